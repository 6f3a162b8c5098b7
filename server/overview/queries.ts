import { and, asc, count, desc, eq, inArray, ne, notInArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../db/open.ts'
import { documents, lightCache, targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { type LightCounts, noLights } from '../../db/domain/lights.ts'
import { addDays } from '../../db/domain/dates.ts'
import type { Light } from '../../db/domain/lights.ts'
import { answers, MISSING, UNTRACKED } from '../targets/filter.ts'
import { visibleTo } from '../targets/visible.ts'
import type { Overview, OverviewLights } from './schemas.ts'

type Viewer = Pick<Actor, 'role' | 'unitId'>

/** Days over which "turned red" looks back where no day to compare with is given. */
export const LOOK_BACK_DAYS = 7

const MAX_TURNED_RED = 50

const tracked = (viewer: Viewer): SQL | undefined => and(notInArray(targets.state, [...UNTRACKED]), visibleTo(viewer))
const lightOn = (day: string) => and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, day))

/** The days whose lights the overview counts. */
export const overviewDays = (asOf: string, compare: string | null): string[] => [
  asOf,
  compare ?? addDays(asOf, -LOOK_BACK_DAYS),
]

/** Everything the overview shows about one day; the lights must have been filled for {@link overviewDays}. */
export function overview(db: Db, viewer: Viewer, asOf: string, compare: string | null): Overview {
  const earlier = compare ?? addDays(asOf, -LOOK_BACK_DAYS)
  const { total, lights, documents: perDocument, months } = countTargets(db, viewer, asOf)
  return {
    asOf,
    total,
    lights,
    documents: perDocument,
    months,
    unconfirmed:
      viewer.role === 'reporter'
        ? 0
        : db.select({ n: count() }).from(targets).where(eq(targets.state, 'extracted')).get()!.n,
    units: countUnits(db, viewer, asOf),
    turnedRed: turnedRed(db, viewer, asOf, earlier),
    coverage: coverage(db, viewer, asOf, total),
    compare:
      compare === null
        ? null
        : { asOf: compare, lights: countLights(db, viewer, compare), changes: countChanges(db, viewer, asOf, compare) },
  }
}

interface Counted {
  total: number
  lights: LightCounts
}

function add<K>(counts: Map<K, Counted>, key: K, light: Light, n: number): void {
  let counted = counts.get(key)
  if (counted === undefined) counts.set(key, (counted = { total: 0, lights: noLights() }))
  counted.total += n
  counted.lights[light] += n
}

/** One pass over the tracked targets, from which lights, documents and months are summed up. */
function countTargets(db: Db, viewer: Viewer, asOf: string) {
  const month = sql<string | null>`substr(${targets.deadline}, 1, 7)`
  const groups = db
    .select({ documentId: targets.documentId, month, light: lightCache.light, late: lightCache.late, n: count() })
    .from(targets)
    .innerJoin(lightCache, lightOn(asOf))
    .where(tracked(viewer))
    .groupBy(targets.documentId, month, lightCache.light, lightCache.late)
    .all()
  const lights: OverviewLights = { ...noLights(), done: { onTime: 0, late: 0 } }
  const perDocument = new Map<number, Counted>()
  const perMonth = new Map<string, Counted>()
  let total = 0
  for (const { documentId, month: deadlineMonth, light, late, n } of groups) {
    total += n
    addLight(lights, light, late, n)
    add(perDocument, documentId, light, n)
    if (deadlineMonth !== null) add(perMonth, deadlineMonth, light, n)
  }
  const named = db
    .select({ id: documents.id, number: documents.number, title: documents.title })
    .from(documents)
    .orderBy(sql`${documents.issuedOn} desc`, asc(documents.id))
    .all()
  return {
    total,
    lights,
    documents: named.flatMap((document) => {
      const counted = perDocument.get(document.id)
      return counted === undefined ? [] : [{ ...document, ...counted }]
    }),
    months: [...perMonth].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, counted]) => ({ month: name, ...counted })),
  }
}

function countUnits(db: Db, viewer: Viewer, asOf: string): Overview['units'] {
  const own = viewer.role === 'reporter' ? eq(targetUnits.unitId, viewer.unitId ?? -1) : undefined
  const groups = db
    .select({ unitId: targetUnits.unitId, light: lightCache.light, n: sql<number>`count(distinct ${targets.id})` })
    .from(targets)
    .innerJoin(lightCache, lightOn(asOf))
    .innerJoin(targetUnits, eq(targetUnits.targetId, targets.id))
    .where(and(tracked(viewer), answers, sql`${targetUnits.unitId} is not null`, own))
    .groupBy(targetUnits.unitId, lightCache.light)
    .all()
  const perUnit = new Map<number, Counted>()
  for (const { unitId, light, n } of groups) add(perUnit, unitId!, light, n)
  const names = new Map(
    db
      .select({ id: units.id, name: units.name })
      .from(units)
      .all()
      .map((unit) => [unit.id, unit.name]),
  )
  return [...perUnit]
    .map(([unitId, counted]) => ({ unitId, name: names.get(unitId) ?? '', ...counted }))
    .sort(
      (a, b) =>
        b.lights.overdue - a.lights.overdue ||
        b.lights.behind - a.lights.behind ||
        b.total - a.total ||
        a.unitId - b.unitId,
    )
}

/** Tracked targets with their light on `asOf` and, where they were known then, on `earlier`. */
const before = alias(lightCache, 'before')
const lightBefore = (day: string) => and(eq(before.targetId, targets.id), eq(before.asOf, day))

/** How many targets went from which light to which between the two days; those that stayed as they were are left out. */
function countChanges(
  db: Db,
  viewer: Viewer,
  asOf: string,
  earlier: string,
): NonNullable<Overview['compare']>['changes'] {
  return db
    .select({ from: before.light, to: lightCache.light, count: count() })
    .from(targets)
    .innerJoin(lightCache, lightOn(asOf))
    .leftJoin(before, lightBefore(earlier))
    .where(and(tracked(viewer), isAnother))
    .groupBy(before.light, lightCache.light)
    .all()
    .map(({ from, ...change }) => ({ from: from ?? ('none' as const), ...change }))
}

const isAnother = sql`${before.light} is not ${lightCache.light}`

/** Red on `asOf` and not on the earlier day: the deadline has passed since, or somebody took back what had been done. */
function turnedRed(db: Db, viewer: Viewer, asOf: string, earlier: string): Overview['turnedRed'] {
  const rows = db
    .select({ id: targets.id, indicator: targets.indicator, deadline: targets.deadline })
    .from(targets)
    .innerJoin(lightCache, lightOn(asOf))
    .leftJoin(before, lightBefore(earlier))
    .where(and(tracked(viewer), eq(lightCache.light, 'overdue'), isAnother))
    .orderBy(desc(targets.deadline), asc(targets.id))
    .limit(MAX_TURNED_RED)
    .all()
  const named = db
    .select({ targetId: targetUnits.targetId, name: targetUnits.name })
    .from(targetUnits)
    .where(
      and(
        inArray(
          targetUnits.targetId,
          rows.map(({ id }) => id),
        ),
        ne(targetUnits.role, 'support'),
      ),
    )
    .orderBy(asc(targetUnits.id))
    .all()
  return rows.map((row) => ({
    ...row,
    since: row.deadline === null ? null : addDays(row.deadline, 1),
    units: named.filter(({ targetId }) => targetId === row.id).map(({ name }) => name),
  }))
}

function countLights(db: Db, viewer: Viewer, asOf: string): OverviewLights {
  const lights: OverviewLights = { ...noLights(), done: { onTime: 0, late: 0 } }
  const groups = db
    .select({ light: lightCache.light, late: lightCache.late, n: count() })
    .from(targets)
    .innerJoin(lightCache, lightOn(asOf))
    .where(tracked(viewer))
    .groupBy(lightCache.light, lightCache.late)
    .all()
  for (const { light, late, n } of groups) addLight(lights, light, late, n)
  return lights
}

function addLight(lights: OverviewLights, light: Light, late: boolean, n: number): void {
  if (light === 'done') lights.done[late ? 'late' : 'onTime'] += n
  else lights[light] += n
}

function coverage(db: Db, viewer: Viewer, asOf: string, total: number): Overview['coverage'] {
  const counted = db
    .select({
      missingBaseline: sql<number>`coalesce(sum(${MISSING.baseline}), 0)`,
      missingValue: sql<number>`coalesce(sum(${MISSING.value}), 0)`,
      notSigned: sql<number>`coalesce(sum(${MISSING.signature}), 0)`,
      missingDeadline: sql<number>`coalesce(sum(${MISSING.deadline}), 0)`,
      missingUnit: sql<number>`coalesce(sum(${MISSING.unit}), 0)`,
    })
    .from(targets)
    .innerJoin(lightCache, lightOn(asOf))
    .where(tracked(viewer))
    .get()!
  return { ...counted, total }
}
