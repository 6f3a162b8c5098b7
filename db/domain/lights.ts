import { daysBetween, type Frequency, lastDuePeriod } from './dates.ts'
import { needsNumbers, rolledValue } from './breakdown.ts'
import { type Course, expectedOn } from './expected.ts'
import { isMet, lacksBaseline, progressOf } from './progress.ts'
import { ORDER_COLOR_TITLES, type OrderColor } from './supervision-terms.ts'
import type { Kind, RollUp } from './target-terms.ts'
import { idsOf } from './vocabulary.ts'

/** The thresholds of the rule; an administrator may change them. */
export interface LightThresholds {
  /** 滞后: more than so many points of per cent below the expected progress. */
  behindPoints: number
  /** 临期: within so many days of the deadline, the deadline's day itself being 0. */
  dueSoonDays: number
  /** A report of a period is missed from so many days after the period's end. */
  reportGraceDays: number
}

export const DEFAULT_THRESHOLDS: LightThresholds = { behindPoints: 10, dueSoonDays: 30, reportGraceDays: 10 }

/** What everybody who shows, sends or counts lights has to know of one. */
interface LightEntry {
  title: string
  /** The published rule in one line, with the thresholds that hold. */
  rule: (limits: LightThresholds) => string
  /** How well off a target is: 0 worst, 3 best. Two lights of one standing are neither better nor worse. */
  standing: 0 | 1 | 2 | 3
  /** Colour of the 督办单 that the office's rules issue for it; null where none is due. */
  order: OrderColor | null
  /** What stands for it in databases: a new light gets a number that no other ever had. */
  stored: number
}

/**
 * The lights in the order in which every list, bar and legend shows them: what needs a hand first.
 *
 * A NEW LIGHT takes an entry here and a line of the rule below; its points in ranking.ts; its colours in
 * web/src/styles/tokens.css and its shape in web/src/components/light-icon.vue; examples in tests/domain/lights.test.ts;
 * and `npm run client`. Everything else is made from this table (tests/domain/cost-of-a-light.test.ts counts the files).
 */
const TABLE = {
  overdue: { title: '逾期', rule: () => '已过期限最后一日，仍未达到', standing: 0, order: 'red', stored: 2 },
  behind: {
    title: '滞后',
    rule: ({ behindPoints }) => `进度落后序时 ${behindPoints} 个百分点以上，或应报未报`,
    standing: 1,
    order: 'yellow',
    stored: 1,
  },
  due_soon: {
    title: '临期',
    rule: ({ dueSoonDays }) => `${dueSoonDays} 日内到期，尚未达到`,
    standing: 2,
    order: 'blue',
    stored: 3,
  },
  normal: { title: '正常', rule: () => '已有填报，进度在序时之内', standing: 2, order: null, stored: 0 },
  done: { title: '已完成', rule: () => '已达到并经审核', standing: 3, order: null, stored: 4 },
  unreported: {
    title: '未报',
    rule: () => '还没有审核过的填报，且尚未到填报时间',
    standing: 2,
    order: null,
    stored: 5,
  },
} as const satisfies Record<string, LightEntry>

export type Light = keyof typeof TABLE
export const LIGHTS = idsOf(TABLE)
export const LIGHT_TITLES = Object.fromEntries(LIGHTS.map((light) => [light, TABLE[light].title])) as Record<
  Light,
  string
>

export const LIGHT_CODES = Object.fromEntries(LIGHTS.map((light) => [light, TABLE[light].stored])) as Record<
  Light,
  number
>

/** 已完成 told apart by punctuality: on or before the deadline's last day, or after it. */
export const DONE_TITLES = { onTime: '按期完成', late: '逾期完成' } as const

/** The same for one target. */
export const doneTitle = (late: boolean): string => DONE_TITLES[late ? 'late' : 'onTime']

/** Title of a light; a target that was met only after its deadline is told apart. */
export const lightTitle = (light: Light, late = false): string =>
  light === 'done' && late ? DONE_TITLES.late : LIGHT_TITLES[light]

/** The published rule of a light in one line, for legends and hints. */
export const lightRule = (light: Light, limits: LightThresholds): string => TABLE[light].rule(limits)

/** Colour of the 督办单 that is due by a light. */
export const orderColorOf = (light: Light): OrderColor | null => TABLE[light].order

/** Colours of 督办单 with the light that each is due by: `蓝色：临期`. */
export const ORDER_RULE_WORDS: readonly string[] = LIGHTS.flatMap((light) => {
  const color = orderColorOf(light)
  return color === null ? [] : [`${ORDER_COLOR_TITLES[color]}：${LIGHT_TITLES[light]}`]
}).reverse()

/** Sense of a change between two lights: −1 for the worse, 1 for the better, 0 for neither. `none`: not known before. */
export const senseOf = (from: Light | 'none', to: Light): number =>
  Math.sign(TABLE[to].standing - (from === 'none' ? 2 : TABLE[from].standing))

/** How many targets have each light. */
export type LightCounts = Record<Light, number>

/** The same with 已完成 told apart into 按期 and 逾期. */
type PunctualCounts = Omit<LightCounts, 'done'> & { done: { onTime: number; late: number } }

/** Counts without the punctuality. */
export const flatCounts = (counts: PunctualCounts): LightCounts => ({
  ...counts,
  done: counts.done.onTime + counts.done.late,
})

/** Nothing counted yet. */
export const noLights = (): LightCounts => Object.fromEntries(LIGHTS.map((light) => [light, 0])) as LightCounts

export const totalOf = (counts: LightCounts): number => LIGHTS.reduce((sum, light) => sum + counts[light], 0)

/** What the rule needs to know of a target. */
export interface LightTarget extends Course {
  kind: Kind
  reportFrequency: Frequency | null
  /** First day on which reports are owed (交办); the start of the course where it is null. */
  reportsFrom: string | null
  /** Date of 办结, when the supervisor found the promise kept; null while that is open. */
  metOn: string | null
  /** Units that report a line of their own each (各单位分别填报); empty where one line is kept for the target. */
  eachUnits: readonly number[]
  /** How their lines make the whole; it counts only where there are such units. */
  rollUp: RollUp
  /** What single units have been given of the whole (分解). A unit with no value here is held against the whole's own. */
  shares: readonly UnitShare[]
  /** Per cent reached by the stages (形象进度) of a target without a number; null where it has none. */
  stages: number | null
}

/** The part of one unit: the value that it has to reach, and its own deadline; null where it has none of its own. */
export interface UnitShare {
  unitId: number
  value: number | null
  dueOn: string | null
}

/** An approved report of the answering unit. 0 is a value; null where the report says it in words. */
export interface LightReport {
  /** The unit that reported; it tells the lines apart where each unit reports its own. */
  unitId: number | null
  asOf: string
  value: number | null
  /** The value as it is told where nothing is measured by it: what one unit has added to a sum. */
  told?: number | null
  /** For a target without a number: whether the unit says it is done. */
  done: boolean | null
}

/** Light of one target on one day, with what it was found from. */
export interface LightResult {
  light: Light
  /** 逾期完成: the light is `done` and was reached only after the deadline. */
  late: boolean
  /** Per cent, two decimals; null where nothing was reported that could be measured. */
  progress: number | null
  expected: number | null
  /** The value that counted and the date of its data. */
  value: number | null
  valueAsOf: string | null
  missingBaseline: boolean
}

/** Beyond a thousand million per cent nobody reads the figure, and one more multiplication would leave the numbers. */
const MOST = 1e9

const round = (percent: number | null) =>
  percent === null ? null : Math.round(Math.max(-MOST, Math.min(MOST, percent)) * 100) / 100

/** From the light that weighs most to the one that weighs least. */
const BY_WEIGHT: readonly Light[] = ['overdue', 'behind', 'due_soon', 'unreported', 'normal', 'done']

/**
 * What several lines of one target say together: the worst of them, so that it is done only when all are, and late when
 * one was. Of two with one light the one that got less far counts, before it the one that reported nothing.
 */
function worstOf<Line extends Pick<LightResult, 'light' | 'late' | 'progress'>>(
  lines: readonly [Line, ...Line[]],
): Line {
  const far = ({ progress }: Line) => progress ?? -Infinity
  const worst = lines.reduce((worst, line) => {
    const weight = BY_WEIGHT.indexOf(line.light) - BY_WEIGHT.indexOf(worst.light)
    return weight < 0 || (weight === 0 && far(line) < far(worst)) ? line : worst
  })
  return { ...worst, late: worst.light === 'done' && lines.some(({ late }) => late) }
}

/** One line of reports, and what they are held against. */
interface LightLine {
  target: LightTarget
  reports: readonly LightReport[]
}

/** Lines whose lights on one day, taken together, are a light; nothing but the lines is needed to reckon it. */
export interface Lines {
  lines: readonly [LightLine, ...LightLine[]]
  combine: <Said extends SaidOfLine>(results: readonly [Said, ...Said[]]) => Said
}
type SaidOfLine = Pick<LightResult, 'light' | 'late' | 'progress' | 'missingBaseline'>

/**
 * The target and its reports as lines. One, where no unit reports its own. Where each does, by 汇总方式: the lines of the units,
 * of which the worst counts; or, for a sum or an average, one line of what they reached together, beside which stands whether
 * one of them has missed its report.
 */
export function linesOf(target: LightTarget, reports: readonly LightReport[]): Lines {
  const { eachUnits, rollUp } = target
  const [first, ...others] = eachUnits.map((unitId) => lineOf(target, unitId, reports))
  if (first === undefined) return { lines: [{ target, reports }], combine: ([only]) => only }
  const missingBaseline = lacksBaseline(target)
  if (isSummed(target)) {
    const whole = { ...target, eachUnits: [], reportFrequency: null }
    const together = reachedTogether(target, reports)
    return {
      lines: [{ target: whole, reports: together }, ...[first, ...others].map(onlyReporting)],
      combine: ([summed, ...units]) => {
        const told = { ...summed, missingBaseline }
        return isOpen(summed.light) && units.some(({ light }) => light === 'behind')
          ? { ...told, light: 'behind' }
          : told
      },
    }
  }
  return {
    lines: [first, ...others],
    combine: (results) => {
      const done = results.filter(({ light }) => light === 'done').length
      const progress = rollUp === 'all' ? { progress: round((100 * done) / results.length) } : {}
      return { ...worstOf(results), missingBaseline, ...progress }
    },
  }
}

/** The line of one of the units that report their own, with what its own light is reckoned from. */
export function linesOfUnit(target: LightTarget, unitId: number, reports: readonly LightReport[]): Lines {
  const own = lineOf(target, unitId, reports)
  const missingBaseline = lacksBaseline(target)
  if (!isSummed(target) || own.target.value !== null)
    return { lines: [own], combine: ([only]) => ({ ...only, missingBaseline }) }
  // Of a sum without shares nobody can say how far one unit has to come: it is done when the whole is.
  const { lines, combine } = linesOf(target, reports)
  return {
    lines: [own, ...lines],
    combine: ([unit, first, ...rest]) => {
      const whole = combine([first!, ...rest])
      const { light, late } = whole.light === 'done' ? whole : unit
      return { ...unit, light, late, missingBaseline }
    },
  }
}

/** A sum or an average is one of numbers. */
const isSummed = ({ rollUp, value }: LightTarget): boolean => value !== null && needsNumbers(rollUp)

/** Lights that a missed report makes worse. */
const isOpen = (light: Light): boolean => light === 'due_soon' || light === 'unreported' || light === 'normal'

/**
 * What a unit reports, against its share of the whole, else against the whole's own value; of a sum without a share against
 * nothing, so that only whether it reports in time counts.
 */
function lineOf(target: LightTarget, unitId: number, reports: readonly LightReport[]): LightLine {
  const share = target.shares.find((one) => one.unitId === unitId)
  const own = reports.filter((report) => report.unitId === unitId)
  const line = { ...target, eachUnits: [], deadline: share?.dueOn ?? target.deadline }
  if (share !== undefined && share.value !== null)
    return { target: { ...line, value: share.value, baselineValue: null, years: [] }, reports: own }
  return isSummed(target) && target.rollUp === 'sum'
    ? withoutNumber({ target: line, reports: own })
    : { target: line, reports: own }
}

/** What the line of one unit is held against: its share of the whole where it has one. */
export const lineTarget = (target: LightTarget, unitId: number): LightTarget => lineOf(target, unitId, []).target

const withoutNumber = ({ target, reports }: LightLine): LightLine => ({
  target: {
    ...target,
    op: null,
    value: null,
    startOn: null,
    years: [],
    stages: null,
    reportsFrom: reportsFrom(target),
  },
  reports: reports.map((report) => ({ ...report, told: report.value, value: null, done: null })),
})

/** The same line where nothing but a missed report counts; who has reached its part owes none any more. */
const onlyReporting = (line: LightLine): LightLine => ({
  target: { ...withoutNumber(line).target, deadline: null, metOn: null },
  reports: line.reports.map((report) => ({ ...report, value: null, done: keeps(line.target, report) })),
})

/**
 * What the units have reached together, from day to day. Where less is better, or just so much, one that has not reported
 * would look like one that has reached it: there the others wait for it.
 */
export function reachedTogether(
  { eachUnits, rollUp, op }: Pick<LightTarget, 'eachUnits' | 'rollUp' | 'op'>,
  reports: readonly Omit<LightReport, 'done'>[],
): LightReport[] {
  const waits = op !== null && op !== '>='
  const latest = new Map<number, number>()
  return byDate(reports).flatMap(({ unitId, asOf, value }) => {
    if (unitId === null || value === null || !eachUnits.includes(unitId)) return []
    latest.set(unitId, value)
    if (waits && latest.size < eachUnits.length) return []
    const reached = rolledValue(rollUp, [...latest.values()], eachUnits.length)
    return reached === null ? [] : [{ unitId: null, asOf, value: reached, done: null }]
  })
}

const byDate = <R extends { asOf: string }>(reports: readonly R[]): R[] =>
  [...reports].sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))

/** First day on which reports are owed; null where none are. */
const reportsFrom = ({ reportsFrom: from, startOn }: LightTarget): string | null => from ?? startOn

/**
 * The published rule of lights, in its order: done, overdue, behind, due soon, normal, unreported. A deadline lasts to
 * the end of its day in Shanghai, so a target is overdue from the day after it; one without a deadline never is. Where
 * each unit reports its own line, {@link linesOf} says how they make the target's.
 * @param reports approved reports of the unit in any order; of two with one date the later in the list counts
 * @param asOf the day that is asked for; later reports are not known on it
 */
export const lightOf = (
  target: LightTarget,
  reports: readonly LightReport[],
  asOf: string,
  limits: LightThresholds,
): LightResult => lightOfLines(linesOf(target, reports), asOf, limits)

/** The same for the line of one of the units that report their own. */
export const lightOfUnit = (
  target: LightTarget,
  unitId: number,
  reports: readonly LightReport[],
  asOf: string,
  limits: LightThresholds,
): LightResult => lightOfLines(linesOfUnit(target, unitId, reports), asOf, limits)

function lightOfLines(
  { lines: [first, ...others], combine }: Lines,
  asOf: string,
  limits: LightThresholds,
): LightResult {
  return combine([
    lineOn(first.target, first.reports, asOf, limits),
    ...others.map((line) => lineOn(line.target, line.reports, asOf, limits)),
  ])
}

/** Light of one line of reports. */
function lineOn(
  target: LightTarget,
  reports: readonly LightReport[],
  asOf: string,
  limits: LightThresholds,
): LightResult {
  const known = byDate(reports.filter((report) => report.asOf <= asOf))
  const last = known[known.length - 1] ?? null
  const doneOn = doneSince(target, known, asOf)
  const expected = round(expectedOn(target, asOf))
  const progress = round(doneOn !== null ? Math.max(100, measured(target, last) ?? 100) : measured(target, last))
  return {
    light: doneOn !== null ? 'done' : openLight(target, known, asOf, progress, expected, limits),
    late: doneOn !== null && target.deadline !== null && doneOn > target.deadline,
    progress,
    expected,
    value: last?.told ?? last?.value ?? null,
    valueAsOf: last?.asOf ?? null,
    missingBaseline: lacksBaseline(target),
  }
}

/** Light of a target whose promise is not kept (yet). */
function openLight(
  target: LightTarget,
  known: readonly LightReport[],
  asOf: string,
  progress: number | null,
  expected: number | null,
  limits: LightThresholds,
): Light {
  const { deadline } = target
  if (deadline !== null && asOf > deadline) return 'overdue'
  const behind = progress !== null && expected !== null && expected - progress > limits.behindPoints
  if (behind || missesReport(target, known, asOf, limits)) return 'behind'
  if (deadline !== null && daysBetween(asOf, deadline) <= limits.dueSoonDays) return 'due_soon'
  return known.length > 0 ? 'normal' : 'unreported'
}

/**
 * The day since which the promise is kept without a break, by the data's dates, or the day of 办结 where the supervisor
 * closed it; null while it is not kept.
 */
function doneSince(target: LightTarget, known: readonly LightReport[], asOf: string): string | null {
  let since: string | null = null
  for (const report of known) since = keeps(target, report) ? (since ?? report.asOf) : null
  if (since !== null) return since
  return target.metOn !== null && target.metOn <= asOf ? target.metOn : null
}

const keeps = (target: LightTarget, report: LightReport): boolean =>
  target.value === null ? report.done === true : report.value !== null && isMet(target, report.value)

/** Progress by the last report; a target without a number goes by its stages, or by the per cent that was reported. */
function measured(target: LightTarget, last: LightReport | null): number | null {
  if (target.value !== null) return last?.value == null ? null : progressOf(target, last.value)
  return last?.value ?? target.stages
}

/** Whether the newest period whose report is due has none. Periods that began before reports were owed do not count. */
function missesReport(
  target: LightTarget,
  known: readonly LightReport[],
  asOf: string,
  limits: LightThresholds,
): boolean {
  const from = reportsFrom(target)
  if (target.reportFrequency === null || from === null) return false
  const due = lastDuePeriod(asOf, target.reportFrequency, limits.reportGraceDays)
  if (due.last < from) return false
  return !known.some((report) => report.asOf >= due.first)
}
