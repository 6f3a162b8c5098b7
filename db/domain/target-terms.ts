import { idsOf } from './vocabulary.ts'

/** A promised number, a dated deliverable without a number, a clause with named units. */
export const KIND_TITLES = { quantity: '量化指标', milestone: '时间节点', duty: '责任分工' } as const
export type Kind = keyof typeof KIND_TITLES
export const KINDS = idsOf(KIND_TITLES)

/** How a reported value is compared with the target's. `~` is "about", `range` has two ends. */
export const OPERATOR_TITLES = { '>=': '不低于', '<=': '不高于', '~': '约', range: '区间' } as const
export type Operator = keyof typeof OPERATOR_TITLES
export const OPERATORS = idsOf(OPERATOR_TITLES)

/** A level to reach, a change by so much, or a multiple of what was (口径). */
export const MEASURE_TITLES = { level: '水平', growth: '增幅', reduction: '降幅', multiple: '倍数' } as const
export type Measure = keyof typeof MEASURE_TITLES
export const MEASURES = idsOf(MEASURE_TITLES)

/** The span of time for which a value is promised again each time. */
export const PER_TITLES = { year: '每年' } as const
export type Per = keyof typeof PER_TITLES
export const PERS = idsOf(PER_TITLES)

/** Where the deadline was read: in the same sentence, in words that govern it, only in the document, nowhere. */
export const DEADLINE_BASIS_TITLES = {
  explicit: '本句写明',
  inherited: '由上文管辖',
  document: '取自全文',
  none: '未写明',
} as const
export type DeadlineBasis = keyof typeof DEADLINE_BASIS_TITLES
export const DEADLINE_BASES = idsOf(DEADLINE_BASIS_TITLES)

/** The units of a target, whatever each of them does for it. */
export const UNITS_TITLE = '承办单位'

/** What a unit does for a target. */
export const UNIT_ROLE_TITLES = { lead: '牵头', responsible: '责任', support: '配合' } as const
export type UnitRole = keyof typeof UNIT_ROLE_TITLES
export const UNIT_ROLES = idsOf(UNIT_ROLE_TITLES)

/**
 * Who reports on a target with several units (填报方式): the lead for all (where nobody leads, the responsible ones), any of
 * the lead and responsible units for all, or each of them a line of its own.
 */
export const REPORTING_TITLES = {
  any: '任一承办单位填报',
  lead: '牵头单位统一填报',
  each: '各单位分别填报',
} as const
export type Reporting = keyof typeof REPORTING_TITLES
export const REPORTINGS = idsOf(REPORTING_TITLES)

/** 分解: by year (序时进度), by county or unit, into stages (形象进度). */
const PART_KIND_TITLES = { year: '年度序时进度', unit: '县区（单位）分解', stage: '形象进度' } as const
export type PartKind = keyof typeof PART_KIND_TITLES
export const PART_KINDS = idsOf(PART_KIND_TITLES)

/**
 * How what several units report, each its own, makes the whole (汇总方式): the sum or the mean of their values, or the whole
 * stands as its worst unit does. `all`: the same, and its progress is the share of units that have done their part.
 */
export const ROLL_UP_TITLES = { sum: '合计', average: '平均值', worst: '取最差', all: '全部完成' } as const
export type RollUp = keyof typeof ROLL_UP_TITLES
export const ROLL_UPS = idsOf(ROLL_UP_TITLES)
