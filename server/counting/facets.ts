import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { LIGHTS, noLights } from '../../db/domain/lights.ts'
import { STATES } from '../../db/domain/states.ts'
import { units } from '../../db/schema/index.ts'
import { lightCode, MISSING_BASELINE, NO_LIGHT, stateCode } from './columns.ts'
import { type Count, followed, once } from './followed-count.ts'
import { dependsOnColumns } from './listing.ts'
import { lightsFor, nameOf, unitAsked, type Viewer } from './own-lights.ts'
import { kindsOfDocuments } from './source-kinds.ts'
import {
  eachNearlySelected,
  eachRow,
  eachSelected,
  KIND,
  LIGHT,
  MISSING,
  MONTH,
  NO_HITS,
  select,
  type Selection,
  SOURCE,
  STATE,
  UNIT,
} from './select.ts'
import type { Standing } from './standing.ts'
import { ROLE_FILTERS } from './unit-sets.ts'
import { selectOn } from './page.ts'
import type { TargetFacets, TargetFilter } from '../core/target-schemas.ts'

/** Most units that are offered; the rest is found by typing. */
const MAX_UNITS = 500

/**
 * How many targets each choice of a filter would show, given all the other filters: a count of lights does not look at
 * the light filter itself, and so on. One pass over the targets that the filter's units may have, and one over all for the
 * units themselves, which everybody shares who asks the same of another unit; both then go along with what changes.
 */
export function targetFacets(db: Db, viewer: Viewer, filter: TargetFilter, asOf: string): TargetFacets {
  const { standing, selection } = selectOn(db, viewer, filter, asOf)
  const figures = figuresOf(standing, 'facets', viewer, filter, selection, counted)
  const { deadlines } = standing.columns
  return {
    light: LIGHTS.reduce((counts, one) => ({ ...counts, [one]: figures.lights.at(lightCode(one)) }), noLights()),
    state: Object.fromEntries(
      STATES.flatMap((one, i) => (figures.states.at(i) > 0 ? [[one, figures.states.at(i)]] : [])),
    ),
    kind: { quantity: figures.kinds.at(0), milestone: figures.kinds.at(1), duty: figures.kinds.at(2) },
    sourceKind: byKind(kindsOfDocuments(db), figures.documents),
    units: unitCounts(db, unitsOf(db, standing, viewer, filter, selection)),
    deadlineMonths: months(figures.deadlines.counts, deadlines),
    role: { ...figures.role },
    missing: { ...figures.missing },
  }
}

/** Counts by a small number, in an array that grows with it. */
class Counts {
  counts = new Int32Array(64)

  add(index: number, step: number): void {
    if (index >= this.counts.length) {
      const grown = new Int32Array(2 * index + 2)
      grown.set(this.counts)
      this.counts = grown
    }
    this.counts[index]! += step
  }

  copy(): Counts {
    const copy = new Counts()
    copy.counts = this.counts.slice()
    return copy
  }

  at(index: number): number {
    return this.counts[index] ?? 0
  }
}

const newFigures = () => ({
  lights: new Counts(),
  states: new Counts(),
  kinds: new Counts(),
  documents: new Counts(),
  deadlines: new Counts(),
  role: { main: 0, lead: 0, responsible: 0, support: 0 },
  missing: { baseline: 0, value: 0, signature: 0, deadline: 0, unit: 0 },
})

/** Makes a count of what a filter leaves in, and of what it nearly does. */
type Begin<F> = (viewer: Viewer, filter: TargetFilter, selectionOn: (standing: Standing) => Selection) => Count<F>

/** @param selection that of the filter on the day */
function figuresOf<F>(
  standing: Standing,
  what: string,
  viewer: Viewer,
  filter: TargetFilter,
  selection: Selection,
  begin: Begin<F>,
): F {
  const count = () =>
    begin(viewer, filter, (bound) => (bound === standing ? selection : select(bound, viewer, filter, NO_HITS, null)))
  return dependsOnColumns(filter)
    ? followed(standing, `${what} ${JSON.stringify([nameOf(viewer), filter])}`, count)
    : once(standing, count())
}

/** By unit how many targets there would be of it. */
function unitsOf(db: Db, standing: Standing, viewer: Viewer, filter: TargetFilter, selection: Selection): Counts {
  if (selection.units === null) return figuresOf(standing, 'units', viewer, filter, selection, countedByUnit)
  const { unitId: _unitId, ...ofAnybody } = filter
  const wide = selectOn(db, viewer, ofAnybody, standing.day).selection
  const units = figuresOf(standing, 'units', viewer, ofAnybody, wide, countedByUnit)
  const asked = unitAsked(viewer, filter)
  const { columns } = standing
  if (asked === unitAsked(viewer) || asked === null || !columns.unitSets.hasOwnLights) return units
  // who names one unit asks for the lights of its own lines
  const ofUnit = units.copy()
  const own = columns.unitSets.lightsOf(asked)
  eachRow(
    standing,
    (id, row) => {
      const set = columns.units[row]!
      if (own[set] === 0) return
      const step = Number(isOfUnits(selection.fails(id, row))) - Number(wide.fails(id, row) === 0)
      if (step !== 0) addUnits(ofUnit, standing, set, step)
    },
    columns.targetsOf([asked]),
  )
  return ofUnit
}

const isOfUnits = (failed: number): boolean => failed === 0 || failed === UNIT

/** A target counts once for each unit that has a part in it. */
function addUnits(counts: Counts, { columns: { unitSets } }: Standing, set: number, step: number): void {
  const { flat, begins } = unitSets
  for (let i = begins[set]!; i < begins[set + 1]!; i++) counts.add(flat[i]!, step)
}

const countedByUnit: Begin<Counts> = (_viewer, _filter, selectionOn) => {
  const figures = new Counts()
  return {
    figures,
    each: (standing, visit) => {
      const selection = selectionOn(standing)
      eachSelected(standing, selection, selection.candidates(), visit)
    },
    bind: (standing) => {
      const { fails } = selectionOn(standing)
      const { units } = standing.columns
      return {
        accepts: (id, row) => fails(id, row) === 0,
        visit: (_id, row, step) => addUnits(figures, standing, units[row]!, step),
      }
    },
  }
}

const counted: Begin<ReturnType<typeof newFigures>> = (viewer, filter, selectionOn) => {
  const figures = newFigures()
  return {
    figures,
    each: (standing, visit) => eachNearlySelected(standing, selectionOn(standing), visit),
    bind: (standing) => {
      const { columns } = standing
      const { state, kind, deadline, units: set, flags, documentId } = columns
      const { unresolved } = columns.unitSets
      const selection = selectionOn(standing)
      const { fails, units: chosen } = selection
      // of all units where none are chosen
      const parts = columns.unitSets.parts(chosen)
      const lit = lightsFor(columns, unitAsked(viewer, filter))
      const assigned = stateCode('assigned')
      const visit = (id: number, row: number, step: 1 | -1) => {
        const failed = fails(id, row)
        if ((failed & (failed - 1)) !== 0) return
        if (failed === 0 || failed === LIGHT) figures.lights.add(lit.code(row), step)
        if (failed === 0 || failed === STATE) figures.states.add(state[row]!, step)
        if (failed === 0 || failed === KIND) figures.kinds.add(kind[row]!, step)
        if (failed === 0 || failed === SOURCE) figures.documents.add(documentId[id]!, step)
        if (failed === 0 || failed === MONTH) figures.deadlines.add(deadline[row]!, step)
        if (isOfUnits(failed))
          for (let i = 0; i < ROLE_FILTERS.length; i++)
            if ((parts[set[row]!]! >> i) & 1) figures.role[ROLE_FILTERS[i]!] += step
        if (failed === 0 || failed === MISSING) {
          const { missing } = figures
          if ((flags[row]! & MISSING_BASELINE) !== 0) missing.baseline += step
          if (lit.code(row) !== NO_LIGHT && !lit.hasValue(row)) missing.value += step
          if (state[row] === assigned) missing.signature += step
          if (deadline[row] === 0) missing.deadline += step
          if (unresolved[set[row]!] === 1) missing.unit += step
        }
      }
      return { accepts: () => true, visit }
    },
  }
}

function byKind(kindOf: ReadonlyMap<number, string>, perDocument: Counts): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [id, kind] of kindOf) {
    const n = perDocument.at(id)
    if (n > 0) counts[kind] = (counts[kind] ?? 0) + n
  }
  return counts
}

/** Most targets first; not for a group. */
const unitCounts = (db: Db, perUnit: Counts): TargetFacets['units'] =>
  db
    .select({ unitId: units.id, name: units.name })
    .from(units)
    .where(eq(units.kind, 'unit'))
    .all()
    .flatMap((unit) => {
      const n = perUnit.at(unit.unitId)
      return n > 0 ? [{ ...unit, count: n }] : []
    })
    .sort((a, b) => b.count - a.count || a.unitId - b.unitId)
    .slice(0, MAX_UNITS)

function months(counts: Int32Array, deadlines: readonly (string | null)[]): TargetFacets['deadlineMonths'] {
  const perMonth = new Map<string, number>()
  counts.forEach((n, i) => {
    const month = deadlines[i]?.slice(0, 7)
    if (n > 0 && month !== undefined) perMonth.set(month, (perMonth.get(month) ?? 0) + n)
  })
  return [...perMonth].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, count]) => ({ month, count }))
}
