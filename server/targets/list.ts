import { and, asc, count, eq, inArray, isNull, lte, or, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, lightCache, targets, targetUnits } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { pageByKey, type SortKey, sortKeyOf } from '../keyset.ts'
import { memoize } from '../memo.ts'
import { filterCondition } from './filter.ts'
import { clientOf, computeLights } from './light-cache.ts'
import type { TargetFilter, TargetQuery, TargetRow, TargetSort, UnitRef } from './schemas.ts'

type Viewer = Pick<Actor, 'role' | 'unitId'>

const SORT_COLUMNS = {
  document: [targets.documentId, targets.start],
  deadline: [targets.deadline],
  confidence: [targets.confidence],
  indicator: [targets.indicator],
  progress: [lightCache.progress],
  updatedAt: [targets.updatedAt],
  id: [],
} as const

const sortKey = (sort: TargetSort): SortKey => ({
  columns: [...SORT_COLUMNS[sort.replace('-', '') as keyof typeof SORT_COLUMNS]],
  descending: sort.startsWith('-'),
})

/** What a row of the ledger needs of `targets` and `documents`. */
const RECORD = {
  id: targets.id,
  kind: targets.kind,
  state: targets.state,
  indicator: targets.indicator,
  op: targets.op,
  value: targets.value,
  valueHigh: targets.valueHigh,
  unit: targets.unit,
  measure: targets.measure,
  per: targets.per,
  deadline: targets.deadline,
  clausePath: targets.clausePath,
  manualLight: targets.manualLight,
  confidence: targets.confidence,
  version: targets.version,
  documentId: documents.id,
  documentNumber: documents.number,
  documentTitle: documents.title,
}
/** And of `light_cache`. */
const ROW = {
  ...RECORD,
  light: lightCache.light,
  late: lightCache.late,
  progress: lightCache.progress,
  expected: lightCache.expected,
  reportedValue: lightCache.value,
  reportedAsOf: lightCache.valueAsOf,
  missingBaseline: lightCache.missingBaseline,
}

/** One page of the ledger as it stood on `asOf`; the lights must have been filled for that day. */
export function listTargets(db: Db, viewer: Viewer, query: TargetQuery, asOf: string) {
  const key = sortKey(query.sort)
  const where = filterCondition(db, query, viewer)
  const walk = isNarrow(query) || (isWide(query) && !query.sort.endsWith('progress'))
  const { rows, nextCursor } = pageByKey(key, targets.id, query.cursor, query.limit, (after, order, limit) =>
    selectRows(db, asOf, { sortKey: sortKeyOf(key) }, { where: and(where, after), order, limit, walk }),
  )
  return { items: withUnits(db, rows), nextCursor, total: countTargets(db, viewer, query, asOf) }
}

/** Whether a page can be found without the lights: nothing is filtered or ordered by them. */
export const asksNoLights = ({ light, late, missing, since, sort }: TargetQuery): boolean =>
  !light?.length &&
  late === undefined &&
  since === undefined &&
  !sort.endsWith('progress') &&
  !missing?.some((what) => what === 'value' || what === 'baseline')

/**
 * The same page of a day whose lights are only being filled, for a query that {@link asksNoLights}: the rows of the page
 * get theirs by the rule itself.
 * @param past before today: targets of documents issued after `asOf` were not known on it
 */
export function listUnlit(db: Db, viewer: Viewer, query: TargetQuery, asOf: string, past: boolean) {
  const key = sortKey(query.sort)
  const known = and(knownOn(asOf, past), filterCondition(db, query, viewer))
  const { rows, nextCursor } = pageByKey(key, targets.id, query.cursor, query.limit, (after, order, limit) =>
    db
      .select({ ...RECORD, sortKey: sortKeyOf(key) })
      .from(targets)
      .crossJoin(documents)
      .where(and(known, after))
      .orderBy(...order)
      .limit(limit)
      .all(),
  )
  return {
    items: withUnits(db, withLights(db, rows, asOf)),
    nextCursor,
    total: db.select({ n: count() }).from(targets).crossJoin(documents).where(known).get()!.n,
  }
}

/** One target as the ledger shows it, its light by the rule itself; undefined where nobody knew of it on `asOf`. The caller has made sure that it may be seen. */
export function targetRow(db: Db, id: number, asOf: string, past: boolean): TargetRow | undefined {
  const rows = db
    .select(RECORD)
    .from(targets)
    .crossJoin(documents)
    .where(and(eq(targets.id, id), knownOn(asOf, past)))
    .all()
  return withUnits(db, withLights(db, rows, asOf))[0]
}

const knownOn = (asOf: string, past: boolean) =>
  and(
    eq(documents.id, targets.documentId),
    past ? or(isNull(documents.issuedOn), lte(documents.issuedOn, asOf)) : undefined,
  )

function withLights<T extends { id: number }>(db: Db, rows: T[], asOf: string) {
  const lights = computeLights(
    db,
    rows.map(({ id }) => id),
    asOf,
  )
  return rows.map((row) => {
    const { value, valueAsOf, ...light } = lights.get(row.id)!
    return { ...row, ...light, reportedValue: value, reportedAsOf: valueAsOf }
  })
}

/** Whether the filters leave most targets, so that walking along the index of the order finds a page at once. */
const isWide = ({ light, late, missing, unitId, documentId, ids, q, since }: TargetFilter): boolean =>
  [light, missing, unitId, documentId, ids, q].every((filter) => filter === undefined || filter.length === 0) &&
  late === undefined &&
  since === undefined

/** Whether the filters name few targets, found by themselves before any light is looked at. */
const isNarrow = ({ unitId, documentId, ids, q }: TargetFilter): boolean =>
  [unitId, documentId, ids, q].some((filter) => filter !== undefined && filter.length > 0)

interface Selection {
  where: SQL | undefined
  order?: SQL[]
  limit?: number
  walk?: boolean
}

/** With `walk`, `targets` is read first and in the list's order: SQLite keeps the order of a cross join. */
function selectRows<T extends Record<string, SQL<string>>>(
  db: Db,
  asOf: string,
  more: T,
  { where, order = [], limit = -1, walk = false }: Selection,
) {
  const lit = and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, asOf))
  const ofDocument = eq(documents.id, targets.documentId)
  const from = db.select({ ...ROW, ...more }).from(targets)
  return walk
    ? from
        .crossJoin(lightCache)
        .crossJoin(documents)
        .where(and(lit, ofDocument, where))
        .orderBy(...order)
        .limit(limit)
        .all()
    : from
        .innerJoin(lightCache, lit)
        .innerJoin(documents, ofDocument)
        .where(where)
        .orderBy(...order)
        .limit(limit)
        .all()
}

/** How many targets the filters leave, counted once for as long as nothing changes. */
function countTargets(db: Db, viewer: Viewer, query: TargetQuery, asOf: string): number {
  const { limit: _limit, cursor: _cursor, sort: _sort, ...filter } = query
  return memoize(clientOf(db), JSON.stringify(['count', asOf, viewer.role, viewer.unitId, filter]), () => {
    const where = filterCondition(db, filter as TargetFilter, viewer)
    const lit = and(eq(lightCache.targetId, targets.id), eq(lightCache.asOf, asOf))
    const from = db.select({ n: count() }).from(targets)
    return (
      isNarrow(query) ? from.crossJoin(lightCache).where(and(lit, where)) : from.innerJoin(lightCache, lit).where(where)
    ).get()!.n
  })
}

type SelectedRow = Omit<TargetRow, 'document' | 'lead' | 'responsible' | 'support' | 'reported'> & {
  documentId: number
  documentNumber: string | null
  documentTitle: string
  reportedValue: number | null
  reportedAsOf: string | null
}

function withUnits(db: Db, rows: SelectedRow[]): TargetRow[] {
  const units = unitsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(({ documentId, documentNumber, documentTitle, reportedValue, reportedAsOf, ...row }) => ({
    ...row,
    document: { id: documentId, number: documentNumber, title: documentTitle },
    reported: reportedAsOf === null ? null : { value: reportedValue, asOf: reportedAsOf },
    ...(units.get(row.id) ?? { lead: [], responsible: [], support: [] }),
  }))
}

type Units = Record<'lead' | 'responsible' | 'support', UnitRef[]>

function unitsOf(db: Db, ids: number[]): Map<number, Units> {
  const byTarget = new Map<number, Units>()
  const rows = db
    .select({
      targetId: targetUnits.targetId,
      role: targetUnits.role,
      unitId: targetUnits.unitId,
      name: targetUnits.name,
    })
    .from(targetUnits)
    .where(inArray(targetUnits.targetId, ids))
    .orderBy(asc(targetUnits.position))
    .all()
  for (const { targetId, role, unitId, name } of rows) {
    let units = byTarget.get(targetId)
    if (units === undefined) byTarget.set(targetId, (units = { lead: [], responsible: [], support: [] }))
    units[role].push({ unitId, name })
  }
  return byTarget
}
