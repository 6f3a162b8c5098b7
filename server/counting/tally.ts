import { LIGHTS } from '../../db/domain/lights.ts'
import type { LightCounts } from '../../db/domain/lights.ts'
import { lightCode } from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { eachTracked } from './select.ts'
import type { Standing } from './standing.ts'
import { SEVERAL, type UnitSet } from './unit-sets.ts'

/** Lights and, one after them, 逾期完成: `done` counts those that were done in time. */
const KEYS = LIGHTS.length + 1
const DONE = lightCode('done') - 1
const DONE_LATE = LIGHTS.length

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
  documents: Map<number, Tally>
  /** By month of the deadline, `YYYY-MM`. */
  months: Map<string, Tally>
  /** By unit that has the target as 主办, each by the light of its own line where it has one. */
  units: Map<number, Tally>
}

/**
 * One pass over the tracked targets that a person may see.
 * @param among only those marked, by their numbers
 */
export function tallies(standing: Standing, viewer: Viewer, among?: Uint8Array): Tallies {
  const { columns } = standing
  const { deadline, units, documentId, unitSets } = columns
  const { list, soleMain } = unitSets
  const lit = lightsFor(columns, unitAsked(viewer))
  const documents = new Groups(1024)
  const deadlines = new Groups(columns.deadlines.length)
  const perUnit = new Groups(1024)
  const all = new Groups(1)
  eachTracked(standing, viewer, (id, row) => {
    if (among !== undefined && among[id] !== 1) return
    const key = keyOf(lit.code(row), lit.isLate(row))
    all.add(0, key)
    documents.add(documentId[id]!, key)
    deadlines.add(deadline[row]!, key)
    const set = units[row]!
    const unitId = soleMain[set]!
    if (unitId === SEVERAL) addEach(perUnit, list[set]!, key)
    else perUnit.add(unitId, key)
  })
  return {
    all: all.folded(() => ['all']).get('all') ?? tallyOf(new Int32Array(KEYS)),
    documents: documents.folded((document) => [document]),
    months: deadlines.folded((number) => {
      const date = columns.deadlines[number] ?? null
      return date === null ? [] : [date.slice(0, 7)]
    }),
    units: perUnit.folded((unitId) => [unitId]),
  }
}

/** Counts a target for each of its 主办 units, by the light of the unit's own line where it has one. */
function addEach(perUnit: Groups, { main, lights }: UnitSet, key: number): void {
  for (const unitId of main) {
    const own = lights.find((one) => one.unitId === unitId)
    perUnit.add(unitId, own === undefined ? key : keyOf(own.code, own.late))
  }
}

/** Where a light is counted: one that was done late apart. */
const keyOf = (code: number, late: boolean): number => (code - 1 === DONE && late ? DONE_LATE : code - 1)

/** Counts by group and light in one array, which grows with the numbers of the groups. */
class Groups {
  private counts: Int32Array
  /** Groups of which something is counted. */
  private readonly filled: number[] = []
  private isFilled: Uint8Array

  constructor(groups: number) {
    this.counts = new Int32Array(groups * KEYS)
    this.isFilled = new Uint8Array(groups)
  }

  add(group: number, key: number): void {
    const at = group * KEYS + key
    if (at >= this.counts.length) {
      const grown = new Int32Array((group + 1) * 2 * KEYS)
      grown.set(this.counts)
      this.counts = grown
      const filled = new Uint8Array((group + 1) * 2)
      filled.set(this.isFilled)
      this.isFilled = filled
    }
    this.counts[at]!++
    if (this.isFilled[group] === 0) {
      this.isFilled[group] = 1
      this.filled.push(group)
    }
  }

  /** The same under other names; a group may count under none or several. */
  folded<K>(keysOf: (group: number) => readonly K[]): Map<K, Tally> {
    const sums = new Map<K, Int32Array>()
    for (const group of this.filled.sort((a, b) => a - b)) {
      const from = group * KEYS
      for (const key of keysOf(group)) {
        let sum = sums.get(key)
        if (sum === undefined) sums.set(key, (sum = new Int32Array(KEYS)))
        for (let i = 0; i < KEYS; i++) sum[i]! += this.counts[from + i]!
      }
    }
    return new Map([...sums].map(([key, sum]) => [key, tallyOf(sum)]))
  }
}

function tallyOf(counts: Int32Array): Tally {
  const doneLate = counts[DONE_LATE]!
  const lights = Object.fromEntries(
    LIGHTS.map((light, i) => [light, counts[i]! + (i === DONE ? doneLate : 0)]),
  ) as LightCounts
  return { total: counts.reduce((sum, n) => sum + n, 0), lights, doneLate }
}
