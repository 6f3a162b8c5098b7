import { DONE_TITLES, type Light, LIGHT_TITLES } from './lights.ts'
import { ORDER_COLOR_TITLES } from './supervision-terms.ts'
import { idsOf } from './vocabulary.ts'

/** The lights as bulletins and the ranking count them, 已完成 told apart by punctuality. */
type RankedLight = Exclude<Light, 'done'> | 'doneOnTime' | 'doneLate'

/** Title and points until an administrator sets others, in the order of the columns; `null` points are not counted. */
const RANKED: Record<RankedLight, { title: string; points: number | null }> = {
  doneOnTime: { title: DONE_TITLES.onTime, points: 100 },
  doneLate: { title: DONE_TITLES.late, points: 80 },
  normal: { title: LIGHT_TITLES.normal, points: 100 },
  due_soon: { title: LIGHT_TITLES.due_soon, points: 90 },
  behind: { title: LIGHT_TITLES.behind, points: 60 },
  overdue: { title: LIGHT_TITLES.overdue, points: 0 },
  unreported: { title: LIGHT_TITLES.unreported, points: null },
}
export const RANKED_LIGHTS = idsOf(RANKED)
export const rankedTitle = (light: RankedLight): string => RANKED[light].title
export type RankedCounts = Record<RankedLight, number>

/** A value for each of the counted lights. */
const forRanked = <T>(valueOf: (light: RankedLight) => T) =>
  Object.fromEntries(RANKED_LIGHTS.map((light) => [light, valueOf(light)])) as Record<RankedLight, T>

/** What had to be done about a unit and costs it points, with what it is counted in. */
const EVENTS = {
  urge: { title: '催办', counted: '次' },
  returned: { title: '退回填报', counted: '次' },
  lateSignature: { title: '逾期签收', counted: '项' },
  yellowOrder: { title: `${ORDER_COLOR_TITLES.yellow}督办单`, counted: '件' },
  redOrder: { title: `${ORDER_COLOR_TITLES.red}督办单`, counted: '件' },
} as const
type RankedEvent = keyof typeof EVENTS
export const RANKED_EVENTS = idsOf(EVENTS)
export const eventTitle = (event: RankedEvent): string => EVENTS[event].title
/** What one of them costs, before its points: `催办每次扣`. */
export const eventMinusWords = (event: RankedEvent): string => `${EVENTS[event].title}每${EVENTS[event].counted}扣`

/**
 * Formula of the 考核排名, a setting: points (0–100) for a target by its light, and points off for what had to be done
 * about the unit. A light with `null` points leaves the target out of the count.
 */
export interface RankingFormula {
  points: Record<RankedLight, number | null>
  /** Points off each time. */
  minus: Record<RankedEvent, number>
}

export const DEFAULT_FORMULA: RankingFormula = {
  points: forRanked((light) => RANKED[light].points),
  minus: { urge: 0.5, returned: 0.5, lateSignature: 0.5, yellowOrder: 1, redOrder: 2 },
}

/** What is known of a unit in the period. */
export interface RankingInput {
  unitId: number
  name: string
  lights: RankedCounts
  events: Record<RankedEvent, number>
}

interface RankingRow extends RankingInput {
  /** Units with equal scores share a rank, and the next rank is left out: 1, 2, 2, 4. */
  rank: number
  total: number
  /** Rounded to two decimals, never under 0. */
  score: number
  base: number
  minus: number
}

const round = (n: number) => Math.round((n + Number.EPSILON) * 100) / 100

/** Ranks the units; one without a counted target is left out, because there is nothing to judge. Ties stand by name. */
export function rank(inputs: readonly RankingInput[], formula: RankingFormula): RankingRow[] {
  const rows = inputs.flatMap((input) => {
    const counted = RANKED_LIGHTS.filter((key) => formula.points[key] !== null)
    const total = counted.reduce((n, key) => n + input.lights[key], 0)
    if (total === 0) return []
    const base = round(counted.reduce((sum, key) => sum + input.lights[key] * (formula.points[key] ?? 0), 0) / total)
    const minus = round(RANKED_EVENTS.reduce((sum, key) => sum + input.events[key] * formula.minus[key], 0))
    return [{ ...input, rank: 0, total, base, minus, score: Math.max(0, round(base - minus)) }]
  })
  rows.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name, 'zh-Hans-CN'))
  rows.forEach((row, i) => {
    const above = rows[i - 1]
    row.rank = above !== undefined && above.score === row.score ? above.rank : i + 1
  })
  return rows
}

/** The formula in words, as it stands beside the ranking. */
export function formulaText(formula: RankingFormula): string {
  const counted = RANKED_LIGHTS.filter((k) => formula.points[k] !== null).map(
    (k) => `${rankedTitle(k)}${formula.points[k]}分`,
  )
  const left = RANKED_LIGHTS.filter((k) => formula.points[k] === null).map(rankedTitle)
  const minus = RANKED_EVENTS.filter((k) => formula.minus[k] > 0).map(
    (k) => `${eventMinusWords(k)}${formula.minus[k]}分`,
  )
  return [
    `得分＝各事项得分的平均值－扣分。事项得分：${counted.join('、')}`,
    left.length > 0 ? `；${left.join('、')}事项不计入` : '',
    minus.length > 0 ? `。扣分：${minus.join('、')}` : '',
    '。最低0分，得分相同的名次并列。',
  ].join('')
}
