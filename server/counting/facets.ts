import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { KINDS } from '../../db/domain/target-terms.ts'
import { LIGHTS, noLights } from '../../db/domain/lights.ts'
import { STATES } from '../../db/domain/states.ts'
import { units } from '../../db/schema/index.ts'
import { lightCode, MISSING_BASELINE, NO_LIGHT, stateCode } from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { kindsOfDocuments } from './source-kinds.ts'
import { eachRow, KIND, LIGHT, MISSING, MONTH, SOURCE, STATE, UNIT } from './select.ts'
import { hasPart, type RoleFilter, type UnitSets } from './unit-sets.ts'
import { selectOn } from './page.ts'
import type { TargetFacets, TargetFilter } from '../core/target-schemas.ts'

/** Most units that are offered; the rest is found by typing. */
const MAX_UNITS = 500

const ROLES = ['main', 'lead', 'responsible', 'support'] as const satisfies readonly RoleFilter[]

/**
 * How many targets each choice of a filter would show, given all the other filters: a count of lights does not look at
 * the light filter itself, and so on. One pass over the targets of the day.
 */
export function targetFacets(db: Db, viewer: Viewer, filter: TargetFilter, asOf: string): TargetFacets {
  const { standing, selection } = selectOn(db, viewer, filter, asOf)
  const { fails } = selection
  const [withoutUnits, withoutRoles] = [selection.withoutUnits(), selection.withoutRoles()]
  const lit = lightsFor(standing.columns, unitAsked(viewer, filter))
  const {
    state,
    kind,
    deadline,
    units: set,
    flags,
    deadlines,
    unitSets,
    documentId,
    highestDocument,
  } = standing.columns
  const { unresolved } = unitSets
  const lights = new Int32Array(LIGHTS.length + 1)
  const states = new Int32Array(STATES.length)
  const kinds = new Int32Array(KINDS.length)
  const dates = new Int32Array(deadlines.length)
  const perDocument = new Int32Array(highestDocument + 1)
  const setsForUnits = new Int32Array(unitSets.list.length)
  const setsForRoles = new Int32Array(unitSets.list.length)
  const missing = { baseline: 0, value: 0, signature: 0, deadline: 0, unit: 0 }
  const assigned = stateCode('assigned')
  const visit = (id: number, row: number) => {
    const failed = fails(id, row)
    if (failed === 0 || failed === LIGHT) lights[lit.code(row)]!++
    if (failed === 0 || failed === STATE) states[state[row]!]!++
    if (failed === 0 || failed === KIND) kinds[kind[row]!]!++
    if (failed === 0 || failed === SOURCE) perDocument[documentId[id]!]!++
    if (failed === 0 || failed === MONTH) dates[deadline[row]!]!++
    if (failed === 0 || failed === UNIT) {
      if (withoutUnits === null || withoutUnits[set[row]!] === 1) setsForUnits[set[row]!]!++
      if (withoutRoles === null || withoutRoles[set[row]!] === 1) setsForRoles[set[row]!]!++
    }
    if (failed === 0 || failed === MISSING) {
      if ((flags[row]! & MISSING_BASELINE) !== 0) missing.baseline++
      if (lit.code(row) !== NO_LIGHT && !lit.hasValue(row)) missing.value++
      if (state[row] === assigned) missing.signature++
      if (deadline[row] === 0) missing.deadline++
      if (unresolved[set[row]!] === 1) missing.unit++
    }
  }
  eachRow(standing, visit, selection.candidates(true))
  return {
    light: LIGHTS.reduce((counts, one) => ({ ...counts, [one]: lights[lightCode(one)]! }), noLights()),
    state: Object.fromEntries(STATES.flatMap((one, i) => (states[i]! > 0 ? [[one, states[i]!]] : []))),
    kind: { quantity: kinds[0]!, milestone: kinds[1]!, duty: kinds[2]! },
    sourceKind: byKind(kindsOfDocuments(db), perDocument),
    units: unitCounts(db, unitSets.perUnit(setsForUnits)),
    deadlineMonths: months(dates, deadlines),
    role: roleCounts(setsForRoles, unitSets, selection.units),
    missing,
  }
}

function byKind(kindOf: ReadonlyMap<number, string>, perDocument: Int32Array): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [id, kind] of kindOf) {
    const n = perDocument[id] ?? 0
    if (n > 0) counts[kind] = (counts[kind] ?? 0) + n
  }
  return counts
}

/** Most targets first. A target counts once for each unit that has a part in it, and not for a group. */
const unitCounts = (db: Db, perUnit: ReadonlyMap<number, number>): TargetFacets['units'] =>
  db
    .select({ unitId: units.id, name: units.name })
    .from(units)
    .where(eq(units.kind, 'unit'))
    .all()
    .flatMap((unit) => {
      const n = perUnit.get(unit.unitId) ?? 0
      return n > 0 ? [{ ...unit, count: n }] : []
    })
    .sort((a, b) => b.count - a.count || a.unitId - b.unitId)
    .slice(0, MAX_UNITS)

/** Targets by the role of their units; where units are chosen, by the roles of those. */
function roleCounts(counts: Int32Array, sets: UnitSets, chosen: ReadonlySet<number> | null): TargetFacets['role'] {
  const role = { main: 0, lead: 0, responsible: 0, support: 0 }
  const bits = sets.marks(
    JSON.stringify(['roles', chosen && [...chosen].sort()]),
    (set) => ROLES.reduce((sum, one, i) => sum | (hasPart(set, chosen, [one]) ? 1 << i : 0), 0),
    chosen,
  )
  counts.forEach((n, set) => {
    if (n > 0) ROLES.forEach((one, i) => (role[one] += (bits[set]! >> i) & 1 ? n : 0))
  })
  return role
}

function months(counts: Int32Array, deadlines: readonly (string | null)[]): TargetFacets['deadlineMonths'] {
  const perMonth = new Map<string, number>()
  counts.forEach((n, i) => {
    const month = deadlines[i]?.slice(0, 7)
    if (n > 0 && month !== undefined) perMonth.set(month, (perMonth.get(month) ?? 0) + n)
  })
  return [...perMonth].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, count]) => ({ month, count }))
}
