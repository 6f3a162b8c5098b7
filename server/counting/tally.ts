import { LIGHTS } from '../../db/domain/lights.ts'
import type { LightCounts } from '../../db/domain/lights.ts'
import { lightCode } from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { eachTracked } from './select.ts'
import type { Standing } from './standing.ts'

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
  const { deadline, units, documentId } = columns
  const lit = lightsFor(columns, unitAsked(viewer))
  const documents = new Groups(1024)
  const deadlines = new Groups(columns.deadlines.length)
  const sets = new Groups(columns.unitSets.list.length)
  const all = new Groups(1)
  eachTracked(standing, viewer, (id, row) => {
    if (among !== undefined && among[id] !== 1) return
    const key = keyOf(lit.code(row), lit.isLate(row))
    all.add(0, key)
    documents.add(documentId[id]!, key)
    deadlines.add(deadline[row]!, key)
    sets.add(units[row]!, key)
  })
  return {
    all: all.folded(() => ['all']).get('all') ?? tallyOf(new Int32Array(KEYS)),
    documents: documents.folded((document) => [document]),
    months: deadlines.folded((number) => {
      const date = columns.deadlines[number] ?? null
      return date === null ? [] : [date.slice(0, 7)]
    }),
    units: sets.folded(
      (number) => columns.unitSets.list[number]!.main,
      (number, unitId) => {
        const own = columns.unitSets.list[number]!.lights.find((one) => one.unitId === unitId)
        return own === undefined ? null : keyOf(own.code, own.late)
      },
    ),
  }
}

/** Where a light is counted: one that was done late apart. */
const keyOf = (code: number, late: boolean): number => (code - 1 === DONE && late ? DONE_LATE : code - 1)

/** Counts by group and light in one array, which grows with the numbers of the groups. */
class Groups {
  private counts: Int32Array
  /** Groups of which something is counted: few of the many sets of units that there ever were. */
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

  /**
   * The same under other names; a group may count under none or several.
   * @param lightOf where all of a group count under one of its names with another light than their own; null where they do not
   */
  folded<K>(
    keysOf: (group: number) => readonly K[],
    lightOf: (group: number, key: K) => number | null = () => null,
  ): Map<K, Tally> {
    const sums = new Map<K, Int32Array>()
    for (const group of this.filled.sort((a, b) => a - b)) {
      const from = group * KEYS
      for (const key of keysOf(group)) {
        let sum = sums.get(key)
        if (sum === undefined) sums.set(key, (sum = new Int32Array(KEYS)))
        const light = lightOf(group, key)
        for (let i = 0; i < KEYS; i++) sum[light ?? i]! += this.counts[from + i]!
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
