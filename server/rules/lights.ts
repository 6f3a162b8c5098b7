import type { LIGHTS } from '../../db/schema/targets.ts'
import { daysBetween, type Frequency, lastDuePeriod } from './dates.ts'
import { type Course, expectedOn } from './expected.ts'
import { isMet, lacksBaseline, progressOf } from './progress.ts'

/** done 已完成 · overdue 逾期 · behind 滞后 · due_soon 临期 · normal 正常 · unreported 未报 */
export type Light = (typeof LIGHTS)[number]

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

/** What the rule needs to know of a target. */
export interface LightTarget extends Course {
  kind: 'quantity' | 'milestone' | 'duty'
  reportFrequency: Frequency | null
  /** First day on which reports are owed (交办); the start of the course where it is null. */
  reportsFrom: string | null
  /** Date of 办结, when the supervisor found the promise kept; null while that is open. */
  metOn: string | null
  /** Per cent reached by the stages (形象进度) of a target without a number; null where it has none. */
  stages: number | null
}

/** An approved report of the answering unit. 0 is a value; null where the report says it in words. */
export interface LightReport {
  asOf: string
  value: number | null
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

/**
 * The published rule of lights, in its order: done, overdue, behind, due soon, normal, unreported. A deadline lasts to
 * the end of its day in Shanghai, so a target is overdue from the day after it; one without a deadline never is.
 * @param reports approved reports of the unit in any order; of two with one date the later in the list counts
 * @param asOf the day that is asked for; later reports are not known on it
 */
export function lightOf(
  target: LightTarget,
  reports: readonly LightReport[],
  asOf: string,
  limits: LightThresholds,
): LightResult {
  const known = reports
    .filter((report) => report.asOf <= asOf)
    .sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))
  const last = known.at(-1) ?? null
  const doneOn = doneSince(target, known, asOf)
  const expected = round(expectedOn(target, asOf))
  const progress = round(doneOn !== null ? Math.max(100, measured(target, last) ?? 100) : measured(target, last))
  return {
    light: doneOn !== null ? 'done' : openLight(target, known, asOf, progress, expected, limits),
    late: doneOn !== null && target.deadline !== null && doneOn > target.deadline,
    progress,
    expected,
    value: last?.value ?? null,
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
  const from = target.reportsFrom ?? target.startOn
  if (target.reportFrequency === null || from === null) return false
  const due = lastDuePeriod(asOf, target.reportFrequency, limits.reportGraceDays)
  if (due.last < from) return false
  return !known.some((report) => report.asOf >= due.first)
}
