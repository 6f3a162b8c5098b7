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
  /** A unit with fewer counted targets has a score and no rank: one target done is no proof. */
  leastItems: number
  /** Working days after 印发 in which a unit may appeal. */
  appealDays: number
}

export const DEFAULT_FORMULA: RankingFormula = {
  points: forRanked((light) => RANKED[light].points),
  minus: { urge: 0.5, returned: 0.5, lateSignature: 0.5, yellowOrder: 1, redOrder: 2 },
  leastItems: 3,
  appealDays: 5,
}

/** What is known of a unit in the period. */
export interface RankingInput {
  unitId: number
  name: string
  /** Name of the ranked group whose member it is; null for one that is in none: those are ranked together. */
  group: string | null
  lights: RankedCounts
  events: Record<RankedEvent, number>
}

interface RankingRow extends RankingInput {
  /** Within the group; equal scores share a rank, and the next is left out: 1, 2, 2, 4. Null below the least number of items. */
  rank: number | null
  total: number
  /** Rounded to two decimals, never under 0. */
  score: number
  base: number
  minus: number
}

const round = (n: number) => Math.round((n + Number.EPSILON) * 100) / 100

/** The groups in the order in which the rows name them first, units of none last. */
const groupsOf = (rows: readonly { group?: string | null }[]): (string | null)[] => [
  ...new Set(rows.flatMap(({ group }) => group ?? [])),
  null,
]

/**
 * Ranks the units, each within its group: a county has other means than a department. One without a counted target is left
 * out, because there is nothing to judge. Group by group in the order in which the inputs name them, the unranked at the end
 * of theirs; ties stand by name.
 */
export function rank(inputs: readonly RankingInput[], formula: RankingFormula): RankingRow[] {
  const rows = inputs.flatMap((input) => {
    const counted = RANKED_LIGHTS.filter((key) => formula.points[key] !== null)
    const total = counted.reduce((n, key) => n + input.lights[key], 0)
    if (total === 0) return []
    const base = round(counted.reduce((sum, key) => sum + input.lights[key] * (formula.points[key] ?? 0), 0) / total)
    const minus = round(RANKED_EVENTS.reduce((sum, key) => sum + input.events[key] * formula.minus[key], 0))
    const ranked = total >= formula.leastItems
    return [{ ...input, rank: ranked ? 0 : null, total, base, minus, score: Math.max(0, round(base - minus)) }]
  })
  return numbered(rows)
}

/** Rows in their order with the ranks that their scores give; a row whose rank is null keeps none. */
function numbered<Row extends Pick<RankingRow, 'group' | 'rank' | 'score' | 'name'>>(rows: readonly Row[]): Row[] {
  const groups = groupsOf(rows)
  const sorted = [...rows].sort(
    (a, b) =>
      groups.indexOf(a.group) - groups.indexOf(b.group) ||
      Number(a.rank === null) - Number(b.rank === null) ||
      b.score - a.score ||
      a.name.localeCompare(b.name, 'zh-Hans-CN'),
  )
  let place = 0
  return sorted.reduce<Row[]>((done, row) => {
    const above = done.at(-1)
    const sameGroup = above !== undefined && above.group === row.group
    place = sameGroup ? place + 1 : 1
    const shared = sameGroup && above.rank !== null && above.score === row.score
    return [...done, { ...row, rank: row.rank === null ? null : shared ? above.rank : place }]
  }, [])
}

/**
 * The rows as they stand after 申诉 that were upheld: a frozen ranking keeps its ranks, and what was put right is told beside
 * it.
 * @param scores the scores that were put right, by unit
 * @returns by unit, what its row would be; only units whose score or rank is another
 */
export function corrected(
  rows: readonly Pick<RankingRow, 'unitId' | 'group' | 'rank' | 'score' | 'name'>[],
  scores: ReadonlyMap<number, number>,
): Map<number, { score: number; rank: number | null }> {
  if (scores.size === 0) return new Map()
  const before = new Map(rows.map((row) => [row.unitId, row]))
  const after = numbered(rows.map((row) => ({ ...row, score: scores.get(row.unitId) ?? row.score })))
  return new Map(
    after.flatMap(({ unitId, score, rank: place }) => {
      const was = before.get(unitId)!
      return was.score === score && was.rank === place ? [] : [[unitId, { score, rank: place }] as const]
    }),
  )
}

/** The rows by group with the group's title; one group alone needs none where nothing was put into groups. */
export function rankingGroups<Row extends { group?: string | null }>(
  rows: readonly Row[],
): { group: string | null; title: string | null; rows: Row[] }[] {
  const found = groupsOf(rows).flatMap((group) => {
    const own = rows.filter((row) => (row.group ?? null) === group)
    return own.length === 0 ? [] : [{ group, title: group ?? '其他单位', rows: own }]
  })
  return found.length === 1 && found[0]!.group === null ? [{ ...found[0]!, title: null }] : found
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
    '。最低0分；分组排名，得分相同的名次并列',
    formula.leastItems > 1 ? `；计分事项少于${formula.leastItems}项的只计分、不排名` : '',
    '。',
  ].join('')
}

/**
 * How a unit's score came about, so that anybody can reckon it: `（100×3＋60×2）÷5＝84，－催办0.5×2＝83`. The parts of the formula
 * that give nothing are left out.
 * @param formula as it was frozen
 */
export function scoreWords(
  row: Pick<RankingRow, 'lights' | 'events' | 'total' | 'base' | 'minus' | 'score'>,
  formula: { points: Record<string, number | null>; minus: Record<string, number> },
): string {
  const sum = RANKED_LIGHTS.filter((key) => formula.points[key] != null && row.lights[key] > 0)
    .map((key) => `${rankedTitle(key)}${formula.points[key]}×${row.lights[key]}`)
    .join('＋')
  const off = RANKED_EVENTS.filter((key) => row.events[key] > 0 && (formula.minus[key] ?? 0) > 0)
    .map((key) => `－${eventTitle(key)}${formula.minus[key]}×${row.events[key]}`)
    .join('')
  const base = `（${sum}）÷${row.total}＝${row.base}`
  return off === '' ? base : `${base}；${row.base}${off}＝${row.score}`
}

/** 申诉: a unit against its place in a published ranking. */
export const APPEAL_STATUS_TITLES = { asked: '待答复', upheld: '申诉成立', rejected: '维持原结果' } as const
export type AppealStatus = keyof typeof APPEAL_STATUS_TITLES
export const APPEAL_STATUSES = idsOf(APPEAL_STATUS_TITLES)
