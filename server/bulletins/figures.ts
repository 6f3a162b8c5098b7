import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Light } from '../../db/domain/lights.ts'
import type { Db } from '../../db/open.ts'
import { addDays, startOfShanghaiDay } from '../../db/domain/dates.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import {
  formulaText,
  forRanked,
  rank,
  type RankedCounts,
  rankedLight,
  type RankingFormula,
} from '../../db/domain/ranking.ts'
import { readSetting } from '../settings/store.ts'
import { clientOf } from '../targets/light-cache.ts'
import type { BulletinItem, Figures } from './schemas.ts'

const noLights = () => forRanked(() => 0)

/** Targets that count on a day: given to units by its end, and neither 中止 nor dropped since. */
const COUNTED = `t.state IN ('assigned', 'signed', 'in_progress', 'reported', 'returned', 'met', 'closed') AND t.assigned_at < ?`

/** 主办, as the overview counts it (`answers` of targets/filter.ts): who leads, and who answers where nobody leads. */
const ANSWERS = `(tu.role = 'lead' OR (tu.role = 'responsible'
  AND NOT EXISTS (SELECT 1 FROM target_units lead WHERE lead.target_id = t.id AND lead.role = 'lead')))`

interface LightLine {
  id: number
  unitId: number | null
  name: string | null
  light: Light
  late: 0 | 1
}

/**
 * The figures of a period: lights on its last day (today, where that has not come), what was completed in it, what is
 * overdue. Counted in the counting thread where the database is large.
 */
export async function takeFigures(
  app: Pick<FastifyInstance, 'counting' | 'now' | 'today'>,
  period: NamedPeriod,
): Promise<Figures> {
  const asOf = period.last < app.today() ? period.last : app.today()
  const counted = await app.counting.ask('figures', [asOf, dayBefore(period)], period, asOf)
  return { ...counted, takenAt: app.now().toISOString() }
}

const dayBefore = (period: NamedPeriod): string => addDays(period.first, -1)

/** The same for the day `asOf`; its lights and those of the day before the period must have been filled. */
export function countFigures(db: Db, period: NamedPeriod, asOf: string): Omit<Figures, 'takenAt'> {
  const before = dayBefore(period)
  const end = startOfShanghaiDay(addDays(asOf, 1))
  const client = clientOf(db)
  const lines = client
    .prepare(
      `SELECT t.id, u.id AS unitId, u.name, l.light, l.late FROM targets t
    JOIN light_cache l ON l.target_id = t.id AND l.as_of = ?
    LEFT JOIN target_units tu ON tu.target_id = t.id AND ${ANSWERS} LEFT JOIN units u ON u.id = tu.unit_id AND u.kind = 'unit'
    WHERE ${COUNTED} GROUP BY t.id, u.id`,
    )
    .all(asOf, end) as LightLine[]

  const lights = noLights()
  const byUnit = new Map<number, { unitId: number; name: string; total: number; lights: RankedCounts }>()
  const seen = new Set<number>()
  for (const line of lines) {
    const key = rankedLight(line.light, line.late === 1)
    if (!seen.has(line.id)) lights[key]++
    seen.add(line.id)
    if (line.unitId === null) continue
    const unit = byUnit.get(line.unitId) ?? { unitId: line.unitId, name: line.name ?? '', total: 0, lights: noLights() }
    unit.total++
    unit.lights[key]++
    byUnit.set(line.unitId, unit)
  }
  const units = [...byUnit.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'zh-Hans-CN'))
  const formula = readSetting(db, 'ranking')
  const completed = itemsWhere(
    db,
    asOf,
    end,
    `l.light = 'done' AND NOT EXISTS (SELECT 1 FROM light_cache p WHERE p.as_of = ? AND p.target_id = t.id AND p.light = 'done')`,
    [before],
  )
  const overdue = itemsWhere(db, asOf, end, `l.light = 'overdue'`, [])
  return {
    asOf,
    total: seen.size,
    lights,
    units,
    completed,
    overdue,
    ranking: rankUnits(db, units, period, asOf, formula),
    formula: { ...formula },
    formulaText: formulaText(formula),
  }
}

interface ItemLine extends Pick<BulletinItem, 'kind' | 'measure' | 'per'> {
  id: number
  indicator: string
  op: string | null
  value: number | null
  valueHigh: number | null
  unit: string | null
  deadline: string | null
  light: Light
  late: 0 | 1
  reported: number | null
  reportedOn: string | null
  document: string
  units: string | null
}

function itemsWhere(db: Db, asOf: string, end: string, condition: string, values: string[]): BulletinItem[] {
  const rows = clientOf(db)
    .prepare(
      `SELECT t.id, t.indicator, t.kind, t.measure, t.per, t.op, t.value, t.value_high AS valueHigh, t.unit, t.deadline, l.light, l.late, l.value AS reported, l.value_as_of AS reportedOn,
    coalesce(d.number, d.title) AS document,
    (SELECT group_concat(name, '、') FROM (SELECT coalesce(u.name, tu.name) AS name FROM target_units tu LEFT JOIN units u ON u.id = tu.unit_id
      WHERE tu.target_id = t.id AND tu.role <> 'support' ORDER BY tu.role, tu.position)) AS units
    FROM targets t JOIN light_cache l ON l.target_id = t.id AND l.as_of = ? JOIN documents d ON d.id = t.document_id
    WHERE ${COUNTED} AND ${condition} ORDER BY t.deadline, t.id LIMIT 500`,
    )
    .all(asOf, end, ...values) as ItemLine[]
  return rows.map(({ reported, reportedOn, late, units, ...row }) => ({
    ...row,
    late: late === 1,
    units: units?.split('、') ?? [],
    reported: reportedOn === null ? null : { value: reported, asOf: reportedOn },
    since: row.light === 'overdue' && row.deadline !== null ? addDays(row.deadline, 1) : null,
  }))
}

/** Points of every unit for the period, with what had to be done about it in that time. */
function rankUnits(
  db: Db,
  units: { unitId: number; name: string; lights: RankedCounts }[],
  period: NamedPeriod,
  asOf: string,
  formula: RankingFormula,
) {
  const [from, to] = [startOfShanghaiDay(period.first), startOfShanghaiDay(addDays(asOf, 1))]
  const perUnit = (rows: { unitId: number | null; n: number }[]) => new Map(rows.map((r) => [r.unitId, r.n]))
  const urge = perUnit(
    db.all(
      sql`SELECT unit_id AS unitId, count(*) AS n FROM urges WHERE sent_at >= ${from} AND sent_at < ${to} GROUP BY unit_id`,
    ),
  )
  const returned = perUnit(
    db.all(
      sql`SELECT unit_id AS unitId, count(*) AS n FROM reports WHERE status = 'returned' AND decided_at >= ${from} AND decided_at < ${to} GROUP BY unit_id`,
    ),
  )
  const order = (color: string) =>
    perUnit(
      db.all(
        sql`SELECT unit_id AS unitId, count(*) AS n FROM orders WHERE color = ${color} AND issued_at >= ${from} AND issued_at < ${to} GROUP BY unit_id`,
      ),
    )
  const [yellow, red] = [order('yellow'), order('red')]
  // 签收 counts as late in the period in which its days ran out; the day of 交办 is taken in Shanghai.
  const days = readSetting(db, 'reminders').signWithinDays
  const late = perUnit(
    db.all(sql`SELECT tu.unit_id AS unitId, count(*) AS n FROM target_units tu JOIN targets t ON t.id = tu.target_id
    WHERE t.assigned_at IS NOT NULL AND date(t.assigned_at, '+8 hours', '+' || ${days} || ' days') BETWEEN ${period.first} AND ${addDays(asOf, -1)}
      AND (tu.signed_at IS NULL OR date(tu.signed_at, '+8 hours') > date(t.assigned_at, '+8 hours', '+' || ${days} || ' days')) GROUP BY tu.unit_id`),
  )
  return rank(
    units.map((u) => ({
      unitId: u.unitId,
      name: u.name,
      lights: u.lights,
      events: {
        urge: urge.get(u.unitId) ?? 0,
        returned: returned.get(u.unitId) ?? 0,
        lateSignature: late.get(u.unitId) ?? 0,
        yellowOrder: yellow.get(u.unitId) ?? 0,
        redOrder: red.get(u.unitId) ?? 0,
      },
    })),
    formula,
  )
}
