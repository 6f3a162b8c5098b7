import { aliasedTable, and, asc, count, eq, gte, isNull, lt } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { pickFields, PROMISED_FIELDS } from '../../db/domain/target-fields.ts'
import { clientOf } from '../../db/client.ts'
import { addDays, startOfShanghaiDay } from '../../db/domain/dates.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import { formulaText, rank, type RankedCounts, type RankingFormula } from '../../db/domain/ranking.ts'
import type { Db } from '../../db/open.ts'
import { isUndecided } from '../../db/undecided-reports.ts'
import { orders, reports, unitMembers, units, urges } from '../../db/schema/index.ts'
import { lateSignatures } from '../../db/signatures.ts'
import { lastInstantOf, targetsOn } from '../../db/targets-on.ts'
import { lightCode } from './columns.ts'
import { sumsOn } from './day-sums.ts'
import { instructionFigures } from './instruction-figures.ts'
import { type Sorted } from './order.ts'
import { orderBy } from './orders.ts'
import { trackedBy } from './select.ts'
import { type Standing, standingOn } from './standing.ts'
import { tallies, type Tally } from './tally.ts'
import { readSetting, settingsAt } from '../settings/store.ts'
import type { BulletinItem, Figures } from './figures-schemas.ts'

/**
 * The figures of a period: lights on its last day (today, where that has not come), what was completed in it, what is
 * overdue. Counted in a reader thread where the database is large.
 */
export async function takeFigures(
  app: Pick<FastifyInstance, 'reading' | 'now' | 'today'>,
  period: NamedPeriod,
): Promise<Figures> {
  const asOf = period.last < app.today() ? period.last : app.today()
  const counted = await app.reading.ask('figures', period, asOf)
  return { ...counted, takenAt: app.now().toISOString() }
}

/** Most targets that a bulletin names as completed, and as overdue. */
const MAX_ITEMS = 500

/** The same for the day `asOf`, as it was known at its end. */
export function countFigures(db: Db, period: NamedPeriod, asOf: string): Omit<Figures, 'takenAt'> {
  const then = standingOn(db, addDays(period.first, -1))
  const standing = standingOn(db, asOf)
  const counted = tallies(standing, EVERYBODY)
  const units = namedUnits(db, counted.units)
  const formula = readSetting(db, 'ranking')
  const [done, overdue] = [lightCode('done'), lightCode('overdue')]
  const wasDone = (id: number) => {
    const row = then.row(id)
    return row >= 0 && then.columns.light[row] === done
  }
  return {
    asOf,
    total: counted.all.total,
    lights: lightsOf(counted.all),
    units,
    completed: items(db, standing, done, (id) => !wasDone(id)),
    overdue: items(db, standing, overdue, () => true),
    ranking: rankUnits(db, units, period, asOf, formula),
    ...instructionFigures(db, period, asOf),
    formula: { ...formula },
    formulaText: formulaText(formula),
  }
}

/** A bulletin is the office's: it counts everything. */
const EVERYBODY = { role: 'supervisor', unitId: null } as const

const lightsOf = ({ lights: { done, ...lights }, doneLate }: Tally): RankedCounts => ({
  ...lights,
  doneOnTime: done - doneLate,
  doneLate,
})

/** Counts of the real units: nobody answers for a group such as 各县市区政府 as a whole. */
function namedUnits(db: Db, counted: Map<number, Tally>) {
  return db
    .select({ unitId: units.id, name: units.name })
    .from(units)
    .where(eq(units.kind, 'unit'))
    .all()
    .flatMap((unit) => {
      const tally = counted.get(unit.unitId)
      return tally === undefined ? [] : [{ ...unit, total: tally.total, lights: lightsOf(tally) }]
    })
    .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'zh-Hans-CN'))
}

/** The first tracked targets with a light that `accept` takes, by deadline; those without one stand first. */
function items(db: Db, standing: Standing, wanted: number, accept: (id: number) => boolean): BulletinItem[] {
  const { light } = standing.columns
  const passedOver = sumsOn(standing)?.withoutLights(standing.number, [wanted])
  const isTracked = trackedBy(standing, EVERYBODY)
  const order = orderBy(db, standing, 'deadline')
  const page = (after: Sorted | null, limit: number) =>
    order.page(
      (id) => {
        const row = standing.row(id)
        return row >= 0 && light[row] === wanted && accept(id) && isTracked(id, row)
      },
      after,
      { descending: false, limit, without: passedOver },
    )
  const without = page(BEHIND_ALL_DATES, MAX_ITEMS)
  const dated = page(null, MAX_ITEMS - without.length).filter(({ key }) => key !== Infinity)
  const first = [...without, ...dated]
  return targetsOn(
    clientOf(db),
    first.map(({ id }) => id),
    standing.day,
  ).map((target) => ({
    id: target.id,
    ...pickFields(target, PROMISED_FIELDS),
    units: target.units.filter(({ role }) => role !== 'support').map(({ name }) => name),
    light: target.light!,
    late: target.late,
    reported: target.reportedAsOf === null ? null : { value: target.reportedValue, asOf: target.reportedAsOf },
    since: target.light === 'overdue' && target.deadline !== null ? addDays(target.deadline, 1) : null,
    document: target.documentNumber ?? target.documentTitle,
  }))
}

/** What has no deadline stands behind it in the order. */
const BEHIND_ALL_DATES: Sorted = { id: 0, key: Infinity }

/** By unit the ranked group whose member it is; the groups in the order in which offices name them. */
function rankedGroups(db: Db): Map<number, string> {
  const group = aliasedTable(units, 'ranked_group')
  return new Map(
    db
      .select({ unitId: unitMembers.unitId, name: group.name })
      .from(group)
      .innerJoin(unitMembers, eq(unitMembers.groupId, group.id))
      .where(and(eq(group.ranked, true), isNull(group.archivedAt)))
      .orderBy(isNull(group.sequence), asc(group.sequence), asc(group.id))
      .all()
      .map(({ unitId, name }) => [unitId, name]),
  )
}

/** Points of every unit for the period, with what had to be done about it in that time. */
function rankUnits(
  db: Db,
  counted: { unitId: number; name: string; lights: RankedCounts }[],
  period: NamedPeriod,
  asOf: string,
  formula: RankingFormula,
) {
  const [from, to] = [startOfShanghaiDay(period.first), startOfShanghaiDay(addDays(asOf, 1))]
  const n = count()
  const perUnit = (rows: { unitId: number | null; n: number }[]) => new Map(rows.map((row) => [row.unitId, row.n]))
  const urge = perUnit(
    db
      .select({ unitId: urges.unitId, n })
      .from(urges)
      .where(and(gte(urges.sentAt, from), lt(urges.sentAt, to)))
      .groupBy(urges.unitId)
      .all(),
  )
  const returned = perUnit(
    db
      .select({ unitId: reports.unitId, n })
      .from(reports)
      .where(
        and(isUndecided(), eq(reports.status, 'returned'), gte(reports.decidedAt, from), lt(reports.decidedAt, to)),
      )
      .groupBy(reports.unitId)
      .all(),
  )
  const order = (color: 'yellow' | 'red') =>
    perUnit(
      db
        .select({ unitId: orders.unitId, n })
        .from(orders)
        .where(and(eq(orders.color, color), gte(orders.issuedAt, from), lt(orders.issuedAt, to)))
        .groupBy(orders.unitId)
        .all(),
    )
  const [yellow, red] = [order('yellow'), order('red')]
  const late = lateSignatures(
    clientOf(db),
    settingsAt(db, 'reminders', lastInstantOf(asOf)).signWithinDays,
    period.first,
    asOf,
  )
  const groups = rankedGroups(db)
  const names = [...new Set(groups.values())]
  const grouped = counted.map((unit) => ({ ...unit, group: groups.get(unit.unitId) ?? null }))
  return rank(
    grouped
      .sort((a, b) => names.indexOf(a.group ?? '') - names.indexOf(b.group ?? ''))
      .map((unit) => ({
        unitId: unit.unitId,
        name: unit.name,
        group: unit.group,
        lights: unit.lights,
        events: {
          urge: urge.get(unit.unitId) ?? 0,
          returned: returned.get(unit.unitId) ?? 0,
          lateSignature: late.get(unit.unitId) ?? 0,
          yellowOrder: yellow.get(unit.unitId) ?? 0,
          redOrder: red.get(unit.unitId) ?? 0,
        },
      })),
    formula,
  )
}
