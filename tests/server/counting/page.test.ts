import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../../db/domain/dates.ts'
import { LIGHTS } from '../../../db/domain/lights.ts'
import { MISSING } from '../../../db/domain/missing.ts'
import { STATES } from '../../../db/domain/states.ts'
import { KINDS } from '../../../db/domain/target-terms.ts'
import { type OpenDb, openDatabase } from '../../../db/open.ts'
import { reports, targets, targetUnits } from '../../../db/schema/index.ts'
import { dateOrNull, instantOf, lightFrom, type Stored, storedDay, storedInstant } from '../../../db/stored.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { readVersionUnits } from '../../../db/version-units.ts'
import type { TargetFilter, TargetSort } from '../../../server/core/target-schemas.ts'
import { rewriteSpans } from '../../../server/core/light-spans.ts'
import { writeVersion } from '../../../server/core/versions.ts'
import { targetFacets } from '../../../server/counting/facets.ts'
import { readySums } from '../../../server/counting/day-sums.ts'
import { readyProgress } from '../../../server/counting/orders.ts'
import type { Viewer } from '../../../server/counting/own-lights.ts'
import { targetPage } from '../../../server/counting/page.ts'
import { fillDatabase } from '../../bench/fill.ts'

const TODAY = '2026-06-30'
const UNITS = 6
const TARGETS = 3000
const AT = { at: `${TODAY}T02:00:00.000Z`, id: null, displayName: null }
const OFFICE: Viewer = { role: 'supervisor', unitId: null }

let db: OpenDb
beforeAll(() => {
  db = openDatabase(':memory:')
  fillDatabase(db, { documents: 12, units: UNITS, targets: TARGETS, reports: 2 * TARGETS }, TODAY)
})
afterAll(() => db.$client.close())

/** What the tables say of a target on a day, which the columns, listings and orders in memory have to say too. */
interface Row {
  id: number
  document: number
  start: number
  state: string
  kind: string
  deadline: string | null
  units: { role: string; unitId: number | null }[]
  light: string | null
  progress: number | null
  value: string | null
  indicator: string
  evidence: string
  lacksBaseline: boolean
  confidence: number
  updatedAt: string
}
function rowsOn(day: string): Row[] {
  const end = `${day}T16:00:00.000Z`
  const found = db.$client
    .prepare(
      `SELECT t.id, t.document_id AS document, t.start, v.state, v.kind, v.deadline, v.units, l.light, l.progress, l.value_as_of AS value,
        v.indicator, t.evidence, v.kind = 'quantity' AND v.baseline_value IS NULL AND v.value IS NOT NULL AND v.measure = 'delta' AS lacksBaseline,
        t.confidence, t.updated_at AS updatedAt
      FROM targets t JOIN target_versions v ON v.target_id = t.id AND v.valid_from < :end AND coalesce(v.valid_until, 9e15) >= :end
      LEFT JOIN light_spans l ON l.target_id = t.id AND l.from_day <= :day AND l.to_day >= :day`,
    )
    .all({ day: storedDay(day), end: storedInstant(end) }) as (Omit<
    Row,
    'units' | 'light' | 'deadline' | 'value' | 'updatedAt'
  > & {
    units: string
    light: Stored | null
    deadline: Stored | null
    value: Stored | null
    updatedAt: Stored
  })[]
  return found.map((row) => ({
    ...row,
    units: readVersionUnits(row.units),
    light: row.light === null ? null : lightFrom(row.light),
    deadline: dateOrNull(row.deadline),
    value: dateOrNull(row.value),
    updatedAt: instantOf(row.updatedAt),
  }))
}

const HIDDEN = ['extracted', 'confirmed', 'dropped', 'merged']
const partOf = ({ units }: Row, unitId: number, roles: readonly string[] | undefined) =>
  units.some((unit) => unit.unitId === unitId && (roles === undefined || roles.includes(unit.role)))
const lacks = (row: Row): Record<string, boolean> => ({
  value: row.light !== null && row.value === null,
  signature: row.state === 'assigned',
  deadline: row.deadline === null,
  unit: !row.units.some(({ role, unitId }) => role !== 'support' && unitId !== null),
})

function isIn(row: Row, viewer: Viewer, filter: TargetFilter): boolean {
  const words = filter.q?.split(' ') ?? []
  const { state, kind, light, unitId, role, documentId, missing, deadlineFrom, deadlineTo, deadlineMonth } = filter
  return (
    (viewer.role !== 'reporter' || (!HIDDEN.includes(row.state) && partOf(row, viewer.unitId!, undefined))) &&
    (state === undefined ? !['dropped', 'merged'].includes(row.state) : (state as string[]).includes(row.state)) &&
    words.every((word) => row.indicator.includes(word) || row.evidence.includes(word)) &&
    (kind === undefined || (kind as string[]).includes(row.kind)) &&
    (light === undefined || (light as (string | null)[]).includes(row.light)) &&
    (unitId === undefined || unitId.some((one) => partOf(row, one, role))) &&
    (documentId === undefined || documentId.includes(row.document)) &&
    (missing === undefined || missing.some((one) => lacks(row)[one])) &&
    (deadlineFrom === undefined || (row.deadline !== null && row.deadline >= deadlineFrom)) &&
    (deadlineTo === undefined || (row.deadline !== null && row.deadline <= deadlineTo)) &&
    (deadlineMonth === undefined || row.deadline?.startsWith(deadlineMonth) === true)
  )
}

/** The numbers in order: by value, then by number; turned round as a whole, but what has no value last either way. */
function inOrder(rows: Row[], sort: TargetSort): number[] {
  const turn = sort.startsWith('-') ? -1 : 1
  const field = sort.replace('-', '') as keyof Row
  const keys = (row: Row): (string | number | null)[] =>
    field === 'id' ? [] : field === 'document' ? [row.document, row.start] : [row[field] as string | number | null]
  const compare = (a: Row, b: Row): number => {
    const [ofA, ofB] = [keys(a), keys(b)]
    for (const [i, one] of ofA.entries()) {
      const other = ofB[i]!
      if (one === other) continue
      if (one === null || other === null) return one === null ? 1 : -1
      return one < other ? -turn : turn
    }
    return turn * (a.id - b.id)
  }
  return rows.sort(compare).map(({ id }) => id)
}

const SORTS = [
  'document',
  'deadline',
  '-deadline',
  '-confidence',
  'indicator',
  'progress',
  '-progress',
  '-updatedAt',
  'id',
  '-id',
] as const
const some = <T>(list: readonly T[]) =>
  fc.option(fc.subarray([...list], { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 2 })
const rarely = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 1 })
const unitNumbers = Array.from({ length: UNITS }, (_, i) => i + 1)
const filters = fc
  .record({
    state: some(STATES),
    kind: some(KINDS),
    light: some(LIGHTS),
    unitId: some(unitNumbers),
    q: rarely(fc.constantFrom('养老床位', '覆盖率 农村', '农')),
    documentId: rarely(fc.subarray([1, 2, 3], { minLength: 1 })),
    missing: some(MISSING.filter((one) => one !== 'baseline')),
    deadlineFrom: rarely(fc.constantFrom('2024-01-01', '2026-07-01')),
    deadlineTo: rarely(fc.constantFrom('2026-12-31', '2028-12-31')),
    deadlineMonth: rarely(fc.constantFrom('2026-12', '2027-06')),
  })
  // of most questions few parts are filled
  .chain((whole) => fc.subarray(Object.keys(whole), { maxLength: 3 }).map((names) => ({ whole, names })))
  .map(
    ({ whole, names }) =>
      Object.fromEntries(
        Object.entries(whole).filter(([name, value]) => names.includes(name) && value !== undefined),
      ) as TargetFilter,
  )

const asked = fc.record({
  filter: filters,
  viewer: fc.constantFrom<Viewer>(OFFICE, OFFICE, { role: 'reporter', unitId: 2 }),
  day: fc.constantFrom(TODAY, TODAY, addDays(TODAY, -200)),
  sort: fc.constantFrom<TargetSort>(...SORTS),
})
const changes = fc.array(fc.record({ what: fc.nat(5), target: fc.nat(TARGETS - 2), pick: fc.nat(997) }), {
  maxLength: 6,
})

/** Something is written about one target. */
function change({ what, target, pick }: { what: number; target: number; pick: number }): void {
  inTransaction(db, (tx) => {
    let id = target + 1
    const set = (values: Partial<typeof targets.$inferInsert>) =>
      tx
        .update(targets)
        .set({ ...values, updatedAt: `${TODAY}T0${pick % 9}:00:00.000Z` })
        .where(eq(targets.id, id))
        .run()
    if (what === 0) set({ state: STATES[pick % STATES.length]! })
    if (what === 1) set({ deadline: pick % 7 === 0 ? null : addDays('2024-01-01', pick * 3) })
    if (what === 2) {
      tx.delete(targetUnits).where(eq(targetUnits.targetId, id)).run()
      const unit = { targetId: id, name: '局', position: 0, unitId: pick % 5 === 0 ? null : 1 + (pick % UNITS) }
      tx.insert(targetUnits)
        .values({ ...unit, role: pick % 3 === 0 ? 'support' : 'lead' })
        .run()
    }
    if (what === 3)
      tx.insert(reports)
        .values({
          targetId: id,
          unitId: 1,
          value: pick % 120,
          asOf: addDays(TODAY, -(pick % 40)),
          status: 'approved',
          decidedAt: AT.at,
          createdAt: AT.at,
        })
        .run()
    if (what === 4) set({ indicator: `第${pick}项`, confidence: pick / 1000 })
    if (what === 5) {
      const { id: _id, ...other } = tx.select().from(targets).where(eq(targets.id, id)).get()!
      id = tx
        .insert(targets)
        .values({ ...other, start: pick })
        .returning()
        .get().id
    }
    writeVersion(tx, [id], 'reread', AT)
    rewriteSpans(tx, [id], TODAY)
  })
}

/** Each choice of a filter shows what the page would, were it chosen instead. */
function expectFacets(rows: Row[], viewer: Viewer, filter: TargetFilter, day: string): void {
  const facets = targetFacets(db, viewer, filter, day)
  const count = (other: TargetFilter) => rows.filter((row) => isIn(row, viewer, { ...filter, ...other })).length
  const counts = <K extends string>(names: readonly K[], other: (name: K) => TargetFilter) =>
    Object.fromEntries(names.map((name) => [name, count(other(name))]))
  expect([filter, facets.light]).toEqual([filter, counts(LIGHTS, (light) => ({ light: [light] }))])
  expect([filter, facets.kind]).toEqual([filter, counts(KINDS, (kind) => ({ kind: [kind] }))])
  const lacking = MISSING.filter((one) => one !== 'baseline')
  expect([filter, facets.missing]).toMatchObject([filter, counts(lacking, (one) => ({ missing: [one] }))])
  const role = filter.unitId === undefined ? undefined : (['lead', 'responsible', 'support'] as const)
  if (role) expect([filter, facets.role]).toMatchObject([filter, counts(role, (one) => ({ role: [one] }))])
  for (const unitId of unitNumbers) {
    const found = facets.units.find((unit) => unit.unitId === unitId)?.count ?? 0
    expect([filter, unitId, found]).toEqual([filter, unitId, count({ unitId: [unitId] })])
  }
}

describe('a page of the ledger', () => {
  test('has the targets that the tables say, in their order, whatever was asked and written before', () => {
    let [pages, hits] = [0, 0]
    fc.assert(
      fc.property(fc.array(fc.tuple(asked, changes), { minLength: 12, maxLength: 12 }), (all) => {
        for (const [{ filter, viewer, day, sort }, written] of all) {
          written.forEach(change)
          if (written.length === 1) readyProgress(db, TODAY)
          // at the first question sums of days are not there yet, at the next not complete
          if (written.length > 1) readySums(db, TODAY)
          const rows = rowsOn(day)
          const expected = inOrder(
            rows.filter((row) => isIn(row, viewer, filter)),
            sort,
          )
          if (pages % 3 === 0) expectFacets(rows, viewer, filter, day)
          const { total } = targetPage(db, viewer, filter, day, sort, undefined, 1)
          expect([filter, day, total]).toEqual([filter, day, expected.length])
          // the first pages, and the whole
          let cursor: string | undefined
          for (const begin of [0, 9, 18]) {
            const page = targetPage(db, viewer, filter, day, sort, cursor, 9)
            expect([filter, day, sort, page.ids]).toEqual([filter, day, sort, expected.slice(begin, begin + 9)])
            pages++
            hits += page.ids.length
            if (page.nextCursor === null) break
            cursor = page.nextCursor
          }
          expect(targetPage(db, viewer, filter, day, sort, undefined, null).ids).toEqual(expected)
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
    expect(pages).toBeGreaterThan(80)
    expect(hits).toBeGreaterThan(300)
  })

  test('goes on behind a row that is gone, to the last of those without a value', () => {
    for (const sort of ['progress', '-progress', 'deadline', '-deadline'] as const) {
      const first = targetPage(db, OFFICE, {}, TODAY, sort, undefined, 5)
      change({ what: 0, target: first.ids.at(-1)! - 1, pick: STATES.indexOf('dropped') })
      const seen = [...first.ids]
      for (let { nextCursor } = first; nextCursor !== null;) {
        const page = targetPage(db, OFFICE, {}, TODAY, sort, nextCursor, 400)
        seen.push(...page.ids)
        nextCursor = page.nextCursor
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.slice(5)).toEqual(
        inOrder(
          rowsOn(TODAY).filter((row) => isIn(row, OFFICE, {})),
          sort,
        ).slice(4),
      )
    }
  })
})
