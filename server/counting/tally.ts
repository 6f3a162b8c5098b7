import { LIGHTS } from '../../db/domain/lights.ts'
import type { LightCounts } from '../../db/domain/lights.ts'
import { HAS_VALUE, MISSING_BASELINE, partsOfCode, stateCode } from './columns.ts'
import { type DaySums, sumsOfPast } from './day-sums.ts'
import { type Counting, followed } from './followed-count.ts'
import { countedKey, DONE, DONE_LATE, eachMain, keyOf, keyOfRow, KEYS } from './light-keys.ts'
import { lightsFor, nameOf, unitAsked, type Viewer } from './own-lights.ts'
import { eachTracked, trackedBy } from './select.ts'
import type { Standing } from './standing.ts'
import { SEVERAL } from './unit-sets.ts'

/** Counts of one group of tracked targets. */
export interface Tally {
  total: number
  lights: LightCounts
  /** Of `lights.done` those that were done only after the deadline. */
  doneLate: number
}

/** The tracked targets of a day, counted as a whole and in groups. */
interface Tallies {
  all: Tally
  documents: DocumentTallies
  deadlines: Map<string, Tally>
  /** By month of the deadline, `YYYY-MM`. */
  months: Map<string, Tally>
  /** By unit that has the target as 主办, each by the light of its own line where it has one. */
  units: Map<number, Tally>
  lacking: Lacking
}

/** How many documents have any, and what one of them has: undefined where that is nothing. */
export interface DocumentTallies {
  count: number
  of: (documentId: number) => Tally | undefined
}

/** How many lack what, by the line that concerns the viewer. */
interface Lacking {
  missingBaseline: number
  missingValue: number
  notSigned: number
  missingDeadline: number
  missingUnit: number
}

/** The tracked targets of the day that a person may see, counted as a whole and in groups. */
export function tallies(standing: Standing, viewer: Viewer): Tallies {
  const sums = viewer.role === 'reporter' ? null : sumsOfPast(standing)
  if (sums !== null) return summed(standing, sums)
  return folded(
    standing,
    followed(standing, `tallies ${nameOf(viewer)}`, () => {
      const figures = newGroups()
      return {
        figures,
        bind: (bound) => ({ accepts: trackedBy(bound, viewer), visit: counting(bound, viewer, figures) }),
        each: (bound, visit) => eachTracked(bound, viewer, visit),
      }
    }),
  )
}

/** The same of those alone that are marked, by their numbers, in one pass. */
export function talliesAmong(standing: Standing, viewer: Viewer, among: Uint8Array): Tallies {
  const figures = newGroups()
  const visit = counting(standing, viewer, figures)
  eachTracked(standing, viewer, (id, row) => {
    if (among[id] === 1) visit(id, row, 1)
  })
  return folded(standing, figures)
}

const newGroups = () => ({
  all: new Groups(),
  documents: new Groups(),
  deadlines: new Groups(),
  units: new Groups(),
  lacking: { missingBaseline: 0, missingValue: 0, notSigned: 0, missingDeadline: 0, missingUnit: 0 } as Lacking,
})

function counting({ columns }: Standing, viewer: Viewer, groups: ReturnType<typeof newGroups>): Counting['visit'] {
  const { deadline, units, documentId, unitSets, flags, state } = columns
  const { list, soleMain, unresolved } = unitSets
  const { lacking } = groups
  const assigned = stateCode('assigned')
  const lit = lightsFor(columns, unitAsked(viewer))
  return (id, row, step) => {
    const key = keyOf(lit.code(row), lit.isLate(row))
    groups.all.add(0, key, step)
    groups.documents.add(documentId[id]!, key, step)
    groups.deadlines.add(deadline[row]!, key, step)
    const set = units[row]!
    const unitId = soleMain[set]!
    if (unitId === SEVERAL) eachMain(list[set]!, key, (one, own) => groups.units.add(one, own, step))
    else groups.units.add(unitId, key, step)
    if ((flags[row]! & MISSING_BASELINE) !== 0) lacking.missingBaseline += step
    if (!lit.hasValue(row)) lacking.missingValue += step
    if (state[row] === assigned) lacking.notSigned += step
    if (deadline[row] === 0) lacking.missingDeadline += step
    if (unresolved[set] === 1) lacking.missingUnit += step
  }
}

const folded = (
  { columns }: Standing,
  { all, documents, deadlines, units, lacking }: ReturnType<typeof newGroups>,
): Tallies => ({
  all: all.folded(() => 'all').get('all') ?? tallyOf(new Int32Array(KEYS)),
  documents: { count: documents.size, of: (documentId) => documents.tally(documentId) },
  deadlines: deadlines.folded((number) => columns.deadlines[number] ?? null),
  months: deadlines.folded((number) => columns.deadlines[number]?.slice(0, 7) ?? null),
  units: units.folded((unitId) => unitId),
  lacking: { ...lacking },
})

/** The same from the sums of the days; a document that is asked for is counted from its targets. */
function summed(standing: Standing, sums: DaySums): Tallies {
  const figures = newGroups()
  const { all, deadlines, units, lacking } = figures
  const assigned = stateCode('assigned')
  sums.codes.each(standing.number, (code, n) => {
    const { state, light, flags } = partsOfCode(code)
    const key = countedKey(state, light, flags)
    if (key < 0) return
    all.add(0, key, n)
    if ((flags & MISSING_BASELINE) !== 0) lacking.missingBaseline += n
    if ((flags & HAS_VALUE) === 0) lacking.missingValue += n
    if (state === assigned) lacking.notSigned += n
  })
  const byLight = (groups: Groups) => (kind: number, n: number) => groups.add(Math.floor(kind / KEYS), kind % KEYS, n)
  sums.deadlines.each(standing.number, byLight(deadlines))
  sums.units.each(standing.number, byLight(units))
  lacking.missingDeadline = deadlines.totalOf(0)
  lacking.missingUnit = sums.unresolved.on(0, standing.number)
  const documents = {
    count: sums.documents.on(standing.number),
    of: (documentId: number) => documentTally(standing, documentId),
  }
  return { ...folded(standing, figures), documents }
}

function documentTally(standing: Standing, documentId: number): Tally | undefined {
  const { columns } = standing
  const counts = new Int32Array(KEYS)
  for (const id of columns.targetsIn([documentId])) {
    const row = columns.documentId[id] === documentId ? standing.row(id) : -1
    const key = row < 0 ? -1 : keyOfRow(columns, row)
    if (key >= 0) counts[key]!++
  }
  const tally = tallyOf(counts)
  return tally.total === 0 ? undefined : tally
}

/** Counts by group and light in one array, which grows with the numbers of the groups. */
class Groups {
  private counts = new Int32Array(64 * KEYS)
  /** One more than the highest group of which something was counted. */
  private length = 0

  add(group: number, key: number, step: number): void {
    const at = group * KEYS + key
    if (at >= this.counts.length) {
      const grown = new Int32Array((group + 1) * 2 * KEYS)
      grown.set(this.counts)
      this.counts = grown
    }
    this.counts[at]! += step
    if (group >= this.length) this.length = group + 1
  }

  /** The same under other names; a group without one is left out. */
  folded<K>(nameFor: (group: number) => K | null): Map<K, Tally> {
    const sums = new Map<K, Int32Array>()
    for (let group = 0; group < this.length; group++) {
      const from = group * KEYS
      if (this.isEmpty(from)) continue
      const name = nameFor(group)
      if (name === null) continue
      let sum = sums.get(name)
      if (sum === undefined) sums.set(name, (sum = new Int32Array(KEYS)))
      for (let i = 0; i < KEYS; i++) sum[i]! += this.counts[from + i]!
    }
    return new Map([...sums].map(([name, sum]) => [name, tallyOf(sum)]))
  }

  totalOf(group: number): number {
    return this.of(group).reduce((sum, n) => sum + n, 0)
  }

  /** Undefined where there is nothing in the group. */
  tally(group: number): Tally | undefined {
    return group >= this.length || this.isEmpty(group * KEYS) ? undefined : tallyOf(this.of(group))
  }

  /** How many groups have something in them. */
  get size(): number {
    let size = 0
    for (let group = 0; group < this.length; group++) if (!this.isEmpty(group * KEYS)) size++
    return size
  }

  private of(group: number): Int32Array {
    return this.counts.subarray(group * KEYS, (group + 1) * KEYS)
  }

  private isEmpty(from: number): boolean {
    for (let i = from; i < from + KEYS; i++) if (this.counts[i] !== 0) return false
    return true
  }
}

function tallyOf(counts: Int32Array): Tally {
  const doneLate = counts[DONE_LATE]!
  const lights = Object.fromEntries(
    LIGHTS.map((light, i) => [light, counts[i]! + (i === DONE ? doneLate : 0)]),
  ) as LightCounts
  return { total: counts.reduce((sum, n) => sum + n, 0), lights, doneLate }
}
