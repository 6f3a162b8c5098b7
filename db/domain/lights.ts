import { daysBetween, type Frequency, lastDuePeriod } from './dates.ts'
import { type Course, expectedOn } from './expected.ts'
import { isMet, lacksBaseline, progressOf } from './progress.ts'
import { ORDER_COLOR_TITLES, type OrderColor } from './supervision-terms.ts'
import type { Kind } from './target-terms.ts'
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
}

/**
 * The lights in the order in which every list, bar and legend shows them: what needs a hand first.
 *
 * A NEW LIGHT takes an entry here and a line of the rule below; its points in ranking.ts; its colours in
 * web/src/styles/tokens.css and its shape in web/src/components/light-icon.vue; examples in tests/domain/lights.test.ts;
 * and `npm run client`. Everything else is made from this table (tests/domain/cost-of-a-light.test.ts counts the files).
 */
const TABLE = {
  overdue: { title: '逾期', rule: () => '已过期限最后一日，仍未达到', standing: 0, order: 'red' },
  behind: {
    title: '滞后',
    rule: ({ behindPoints }) => `进度落后序时 ${behindPoints} 个百分点以上，或应报未报`,
    standing: 1,
    order: 'yellow',
  },
  due_soon: {
    title: '临期',
    rule: ({ dueSoonDays }) => `${dueSoonDays} 日内到期，尚未达到`,
    standing: 2,
    order: 'blue',
  },
  normal: { title: '正常', rule: () => '已有填报，进度在序时之内', standing: 2, order: null },
  done: { title: '已完成', rule: () => '已达到并经审核', standing: 3, order: null },
  unreported: { title: '未报', rule: () => '还没有审核过的填报，且尚未到填报时间', standing: 2, order: null },
} as const satisfies Record<string, LightEntry>

export type Light = keyof typeof TABLE
export const LIGHTS = idsOf(TABLE)
export const LIGHT_TITLES = Object.fromEntries(LIGHTS.map((light) => [light, TABLE[light].title])) as Record<
  Light,
  string
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
  /** Per cent reached by the stages (形象进度) of a target without a number; null where it has none. */
  stages: number | null
}

/** An approved report of the answering unit. 0 is a value; null where the report says it in words. */
export interface LightReport {
  /** The unit that reported; it tells the lines apart where each unit reports its own. */
  unitId: number | null
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

/** From the light that weighs most to the one that weighs least. */
const BY_WEIGHT: readonly Light[] = ['overdue', 'behind', 'due_soon', 'unreported', 'normal', 'done']

/**
 * What several lines of one target say together: the worst of them, so that it is done only when all are, and late when
 * one was. Of two with one light the one that got less far counts, before it the one that reported nothing.
 */
export function worstOf<Line extends Pick<LightResult, 'light' | 'late' | 'progress'>>(
  lines: readonly [Line, ...Line[]],
): Line {
  const far = ({ progress }: Line) => progress ?? -Infinity
  const worst = lines.reduce((worst, line) => {
    const weight = BY_WEIGHT.indexOf(line.light) - BY_WEIGHT.indexOf(worst.light)
    return weight < 0 || (weight === 0 && far(line) < far(worst)) ? line : worst
  })
  return { ...worst, late: worst.light === 'done' && lines.some(({ late }) => late) }
}

/** The target and its reports line by line: one for each unit that reports its own, else one for the whole. */
export function linesOf(target: LightTarget, reports: readonly LightReport[]): [LightLine, ...LightLine[]] {
  const [first, ...others] = target.eachUnits.map((unit): LightLine => ({
    target: { ...target, eachUnits: [] },
    reports: reports.filter(({ unitId }) => unitId === unit),
  }))
  return first === undefined ? [{ target, reports }] : [first, ...others]
}
interface LightLine {
  target: LightTarget
  reports: readonly LightReport[]
}

/**
 * The published rule of lights, in its order: done, overdue, behind, due soon, normal, unreported. A deadline lasts to
 * the end of its day in Shanghai, so a target is overdue from the day after it; one without a deadline never is. Where
 * each unit reports its own line, the worst of them is the target's.
 * @param reports approved reports of the unit in any order; of two with one date the later in the list counts
 * @param asOf the day that is asked for; later reports are not known on it
 */
export function lightOf(
  target: LightTarget,
  reports: readonly LightReport[],
  asOf: string,
  limits: LightThresholds,
): LightResult {
  const [first, ...others] = linesOf(target, reports)
  return worstOf([
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
  const known = reports
    .filter((report) => report.asOf <= asOf)
    .sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))
  const last = known[known.length - 1] ?? null
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
