import { addDays, dayNumber, daysBetween, periodOf } from './dates.ts'
import { expectedLine } from './expected.ts'
import {
  lightOf,
  type Lines,
  linesOf,
  linesOfUnit,
  type LightReport,
  type LightResult,
  type LightTarget,
  type LightThresholds,
} from './lights.ts'

/** Last day of a span whose end is not known: nothing that is known today ends it. */
export const OPEN_END = '9999-12-31'

/** The light of a target from one day to another, both inclusive. What moves daily (序时进度) is not in it. */
export interface LightSpan extends Omit<LightResult, 'expected'> {
  fromDay: string
  /** {@link OPEN_END} where no end is known. */
  toDay: string
}

/**
 * What {@link lightOf} says on every day from `from` to `until`, as spans that follow each other without a gap;
 * neighbours differ. The rule is asked on few days only: between two of {@link turningDays} nothing but the
 * expected line moves, and it only rises or only falls, so that the light turns at most once and the day is found by halving.
 * @param reports approved reports in any order; of two with one date the later in the list counts
 */
export function spansOf(
  target: LightTarget,
  reports: readonly LightReport[],
  from: string,
  limits: LightThresholds,
  until = OPEN_END,
): LightSpan[] {
  if (target.eachUnits.length === 0) return spansOfLine(target, reports, from, limits, until)
  return spansOfLines(linesOf(target, reports), from, limits, until)
}

/** The same for the line of one of the units that report their own ({@link lightOfUnit}). */
export const unitSpansOf = (
  target: LightTarget,
  unitId: number,
  reports: readonly LightReport[],
  from: string,
  limits: LightThresholds,
  until = OPEN_END,
): LightSpan[] => spansOfLines(linesOfUnit(target, unitId, reports), from, limits, until)

/** Spans of several lines over the same days as one: on each day what they say together. */
function spansOfLines({ lines, combine }: Lines, from: string, limits: LightThresholds, until: string): LightSpan[] {
  const each = lines.map(({ target, reports }) => spansOfLine(target, reports, from, limits, until))
  const spans: LightSpan[] = []
  const at = each.map(() => 0)
  const begins = [...new Set(each.flatMap((line) => line.map(({ fromDay }) => fromDay)))].sort()
  for (const day of begins) {
    const [first, ...others] = each.map((line, i) => {
      while (line[at[i]!]!.toDay < day) at[i]!++
      return line[at[i]!]!
    })
    append(spans, { ...combine([first!, ...others]), fromDay: day, toDay: each[0]!.at(-1)!.toDay })
  }
  return spans
}

/** The spans of one line of reports. */
function spansOfLine(
  target: LightTarget,
  reports: readonly LightReport[],
  from: string,
  limits: LightThresholds,
  until: string,
): LightSpan[] {
  const days = turningDays(target, reports, from, limits).filter((day) => day <= until)
  const spans: LightSpan[] = []
  const at = (day: string) => spanOn(target, reports, day, until, limits)
  days.forEach((day, i) => {
    const first = at(day)
    append(spans, first)
    const next = days[i + 1]
    if (next === undefined && until === OPEN_END) return // nothing turns any more
    const last = next === undefined ? until : addDays(next, -1)
    if (last === day || isSame(first, at(last))) return
    append(spans, at(firstDayUnlike(first, day, last, at)))
  })
  return spans
}

/** Spans up to the day before `from`, and `next`, which begin on it; what goes on unchanged is one span. */
export function continueSpans(before: readonly LightSpan[], from: string, next: readonly LightSpan[]): LightSpan[] {
  const spans: LightSpan[] = []
  const last = addDays(from, -1)
  for (const span of before)
    if (span.fromDay < from) spans.push(span.toDay < from ? { ...span } : { ...span, toDay: last })
  for (const span of next) append(spans, { ...span })
  return spans
}

/** Whether two spans say the same of their days. */
export const isSame = (a: LightSpan, b: LightSpan): boolean =>
  a.light === b.light &&
  a.late === b.late &&
  a.progress === b.progress &&
  a.value === b.value &&
  a.valueAsOf === b.valueAsOf &&
  a.missingBaseline === b.missingBaseline

/** Adds what holds from `next.fromDay` on; nothing where that is what holds anyway. */
function append(spans: LightSpan[], next: LightSpan): void {
  const last = spans.at(-1)
  if (last !== undefined) {
    if (last.toDay >= addDays(next.fromDay, -1) && isSame(last, next)) {
      last.toDay = next.toDay
      return
    }
    if (last.toDay >= next.fromDay) last.toDay = addDays(next.fromDay, -1)
  }
  spans.push(next)
}

function spanOn(
  target: LightTarget,
  reports: readonly LightReport[],
  day: string,
  until: string,
  limits: LightThresholds,
): LightSpan {
  const { expected: _expected, ...said } = lightOf(target, reports, day, limits)
  return { fromDay: day, toDay: until, ...said }
}

/** The first day after `day` that is unlike `first`, where `last` is. */
function firstDayUnlike(first: LightSpan, day: string, last: string, at: (day: string) => LightSpan): string {
  let [like, unlike] = [0, daysBetween(day, last)]
  while (unlike - like > 1) {
    const middle = (like + unlike) >> 1
    if (isSame(first, at(addDays(day, middle)))) like = middle
    else unlike = middle
  }
  return addDays(day, unlike)
}

/**
 * `from` and the later days on which something of the rule begins or bends: a report's date, 办结, 临期, the day after
 * the deadline, corners of the expected line, a report that is missed. By date, each once.
 */
function turningDays(
  target: LightTarget,
  reports: readonly LightReport[],
  from: string,
  limits: LightThresholds,
): string[] {
  const { deadline, metOn } = target
  const dates = reports.map(({ asOf }) => asOf)
  const days = new Set(dates)
  if (metOn !== null) days.add(metOn)
  if (deadline !== null) {
    days.add(addDays(deadline, -limits.dueSoonDays))
    days.add(addDays(deadline, 1))
  }
  for (const { on } of expectedLine(target)) days.add(on)
  for (const missed of missedDays(target, dates, from, limits)) days.add(missed)
  return [from, ...[...days].filter((day) => day > from && !Number.isNaN(dayNumber(day))).sort()]
}

/** The days from which on a report is missed: one for what is known on `from`, one for each later report. */
function missedDays(
  target: LightTarget,
  dates: readonly string[],
  from: string,
  { reportGraceDays }: LightThresholds,
): string[] {
  const frequency = target.reportFrequency
  const owedFrom = target.reportsFrom ?? target.startOn
  if (frequency === null || owedFrom === null) return []
  const known =
    dates
      .filter((date) => date <= from)
      .sort()
      .at(-1) ?? null
  const newest = [known, ...dates.filter((date) => date > from)]
  const firstOwed = periodOf(owedFrom, frequency)
  return newest.map((date) => {
    const unreported = date === null ? firstOwed : periodOf(addDays(periodOf(date, frequency).last, 1), frequency)
    const { last } = unreported.first > firstOwed.first ? unreported : firstOwed
    return addDays(last, reportGraceDays)
  })
}
