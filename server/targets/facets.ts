import { and, count, countDistinct, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { lightCache, targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { noLights } from '../../db/domain/lights.ts'
import { answers, type Dimension, filterCondition, MISSING } from './filter.ts'
import type { TargetFacets, TargetFilter } from './schemas.ts'

type Viewer = Pick<Actor, 'role' | 'unitId'>

/** Most units that are offered; the rest is found by typing. */
const MAX_UNITS = 500

/**
 * How many targets each choice of a filter would show, given all the other filters: a count of lights does not look at
 * the light filter itself, and so on.
 */
export function targetFacets(db: Db, viewer: Viewer, filter: TargetFilter, asOf: string): TargetFacets {
  return {
    ...countColumns(db, viewer, filter, asOf),
    units: countUnits(db, filterCondition(db, filter, viewer, ['unitId']), asOf),
    role: countRoles(db, viewer, filter, asOf),
    missing: countMissing(db, filterCondition(db, filter, viewer, ['missing']), asOf),
  }
}

const month = sql<string | null>`substr(${targets.deadline}, 1, 7)`

interface Group {
  light: TargetFacets['light'] extends Record<infer L, number> ? L : never
  state: string
  kind: 'quantity' | 'milestone' | 'duty'
  month: string | null
  n: number
}

/** Lights, states, kinds and months: one pass over the targets where no filter of theirs is set, else one for each that is. */
function countColumns(
  db: Db,
  viewer: Viewer,
  filter: TargetFilter,
  asOf: string,
): Omit<TargetFacets, 'units' | 'role' | 'missing'> {
  const groups = (without: Dimension[]): Group[] =>
    db
      .select({ light: lightCache.light, state: targets.state, kind: targets.kind, month, n: count() })
      .from(targets)
      .innerJoin(lightCache, and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, asOf)))
      .where(filterCondition(db, filter, viewer, without))
      .groupBy(lightCache.light, targets.state, targets.kind, month)
      .all()
  let shared: Group[] | null = null
  const of = (dimension: Exclude<Dimension, 'unitId' | 'role' | 'missing'>) => {
    const own = filter[dimension]
    if (own !== undefined && own.length > 0) return groups([dimension])
    return (shared ??= groups([]))
  }
  const light = noLights()
  for (const group of of('light')) light[group.light] += group.n
  const state: Record<string, number> = {}
  for (const group of of('state')) state[group.state] = (state[group.state] ?? 0) + group.n
  const kind = { quantity: 0, milestone: 0, duty: 0 }
  for (const group of of('kind')) kind[group.kind] += group.n
  const months = new Map<string, number>()
  for (const group of of('deadlineMonth'))
    if (group.month !== null) months.set(group.month, (months.get(group.month) ?? 0) + group.n)
  return { light, state, kind, deadlineMonths: [...months].sort().map(([name, n]) => ({ month: name, count: n })) }
}

function countUnits(db: Db, where: SQL | undefined, asOf: string): TargetFacets['units'] {
  const n = countDistinct(targets.id)
  return db
    .select({ unitId: units.id, name: units.name, count: n })
    .from(targets)
    .innerJoin(lightCache, and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, asOf)))
    .innerJoin(targetUnits, eq(targetUnits.targetId, targets.id))
    .innerJoin(units, eq(units.id, targetUnits.unitId))
    .where(where)
    .groupBy(units.id)
    .orderBy(desc(n))
    .limit(MAX_UNITS)
    .all()
}

/** Targets by the role of their units; where units are chosen, by the roles of those. */
function countRoles(db: Db, viewer: Viewer, filter: TargetFilter, asOf: string): TargetFacets['role'] {
  const distinct = (role: SQL) => sql<number>`count(distinct case when ${role} then ${targets.id} end)`
  return db
    .select({
      main: distinct(answers!),
      lead: distinct(eq(targetUnits.role, 'lead')),
      responsible: distinct(eq(targetUnits.role, 'responsible')),
      support: distinct(eq(targetUnits.role, 'support')),
    })
    .from(targets)
    .innerJoin(lightCache, and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, asOf)))
    .innerJoin(targetUnits, eq(targetUnits.targetId, targets.id))
    .where(
      and(
        filterCondition(db, filter, viewer, ['role']),
        filter.unitId?.length ? inArray(targetUnits.unitId, filter.unitId) : undefined,
      ),
    )
    .get()!
}

function countMissing(db: Db, where: SQL | undefined, asOf: string): TargetFacets['missing'] {
  const sum = (missing: SQL) => sql<number>`coalesce(sum(${missing}), 0)`
  return db
    .select({
      baseline: sum(MISSING.baseline),
      value: sum(MISSING.value),
      signature: sum(MISSING.signature),
      deadline: sum(MISSING.deadline),
      unit: sum(MISSING.unit),
    })
    .from(targets)
    .innerJoin(lightCache, and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, asOf)))
    .where(where)
    .get()!
}
