import type { Db } from '../../db/open.ts'
import { type Follower, lightCode, type StandingColumns } from './columns.ts'
import { CountedDocuments } from './counted-documents.ts'
import { DayCounts, type Days } from './day-counts.ts'
import { eachMain, KEYS, keyOfRow, keysOf } from './light-keys.ts'
import { type Standing, standingOn } from './standing.ts'
import { TargetLists } from './target-lists.ts'
import { SEVERAL } from './unit-sets.ts'

/** Days of which sums are kept, back from today and ahead of it; an earlier day is counted from all targets. */
const DAYS_BACK = 1_100
const DAYS_AHEAD = 120
/** Where there are so many units and deadlines that not even so many days back have room, no sums are kept. */
const LEAST_BACK = 60
/** So many days ahead are kept at least: where fewer are left, the sums are made anew. */
const LEAST_AHEAD = 30

/** Bytes that sums may take; where units and deadlines are more, fewer days back are kept. */
const MOST_BYTES = 40 * 1024 * 1024

/**
 * What the office counts of every day of the last years: how many targets had which code, deadline and unit, by their
 * light, how many documents had any, and which targets turned red other than by their deadline. A day that nobody has
 * looked at costs a few sums of changes instead of a look at every target.
 *
 * Each row of the columns adds what it is on its first day and takes it away behind its last ({@link DayCounts}). The sums are
 * made ready in pieces when nobody waits ({@link readySums}); from then on each change of a target takes its rows out and adds
 * the new ones. A person who sees less than the office, and filters of what is not in them, look at their own targets.
 */
export class DaySums implements Follower {
  /** By code of a row: everything that was known. */
  readonly codes: DayCounts
  /** By number of the deadline times {@link KEYS} and light: what figures of the lights count, as all that follow. */
  readonly deadlines: DayCounts
  /** By 主办 unit times {@link KEYS} and light of its line. */
  readonly units: DayCounts
  /** Those without a leading or answering unit, as kind 0. */
  readonly unresolved: DayCounts
  readonly documents: CountedDocuments
  /** By the day on which it became so: what is red and became something then otherwise than by its deadline. */
  private readonly lateReds = new TargetLists()
  private readonly days: Days
  /** Targets up to this number have been added. */
  private upTo = 0
  /** Of the target that is being replaced. */
  private hadLate: number[] = []

  constructor(
    private readonly columns: StandingColumns,
    public today: number,
    readonly daysBack = DAYS_BACK,
  ) {
    this.days = { first: today - daysBack, last: today + DAYS_AHEAD }
    this.codes = new DayCounts(this.days)
    this.deadlines = new DayCounts(this.days)
    this.units = new DayCounts(this.days)
    this.unresolved = new DayCounts(this.days)
    this.documents = new CountedDocuments(columns, this.days)
  }

  get isComplete(): boolean {
    return this.upTo === Infinity
  }

  get isTooLarge(): boolean {
    return [this.codes, this.deadlines, this.units].reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES
  }

  /** Whether the day is told of, where all targets have been added. */
  covers(day: number): boolean {
    return this.isComplete && day >= this.days.first && day <= this.days.last
  }

  /** Whether the sums go on for another while after the day. */
  lastsBeyond(day: number): boolean {
    return day >= this.today && day + LEAST_AHEAD <= this.days.last
  }

  /** Adds the next targets. @returns whether there are more */
  addNext(targets: number, documents: number): boolean {
    if (this.isComplete) return this.documents.look(documents)
    const last = Math.min(this.columns.targets, this.upTo + targets)
    for (let id = this.upTo + 1; id <= last; id++) this.step(id, 1)
    this.upTo = last === this.columns.targets ? Infinity : last
    return true
  }

  before(id: number): void {
    if (id <= this.upTo) this.step(id, -1)
  }

  after(id: number): void {
    if (id <= this.upTo) this.step(id, 1)
  }

  /**
   * Targets that may have become red after one day and until another though the deadline that they have on this one had
   * passed on the first: all that have are among them.
   */
  redLate(after: number, until: number): Int32Array {
    return this.lateReds.of(Array.from({ length: Math.max(0, until - after) }, (_, i) => after + 1 + i))
  }

  /**
   * Tells of a deadline, as a day, whether no target with it had one of some lights on a day: a page of these needs not look at
   * its targets.
   */
  withoutLights(day: number, lights: readonly number[]): (deadline: number) => boolean {
    const keys = keysOf(lights)
    const deadlines = new Set<number>()
    this.deadlines.each(day, (kind) => {
      if (keys.has(kind % KEYS)) deadlines.add(this.columns.deadlineDays[Math.floor(kind / KEYS)]!)
    })
    return (deadline) => !deadlines.has(deadline)
  }

  private step(id: number, step: 1 | -1): void {
    const { columns, codes, deadlines, units, unresolved } = this
    const { from, to, deadline, deadlineDays, units: setOf, unitSets, light } = columns
    const red = lightCode('overdue')
    const late: number[] = []
    for (let row = columns.lastRow(id); row >= columns.firstRow(id); row--) {
      const [fromDay, toDay] = [from[row]!, to[row]!]
      codes.add(columns.codeAt(row), fromDay, toDay, step)
      const key = keyOfRow(columns, row)
      if (key < 0) continue
      deadlines.add(deadline[row]! * KEYS + key, fromDay, toDay, step)
      const set = setOf[row]!
      const unitId = unitSets.soleMain[set]!
      if (unitId !== SEVERAL) units.add(unitId * KEYS + key, fromDay, toDay, step)
      else eachMain(unitSets.list[set]!, key, (one, own) => units.add(one * KEYS + own, fromDay, toDay, step))
      if (unitSets.unresolved[set] === 1) unresolved.add(0, fromDay, toDay, step)
      if (light[row] === red && fromDay >= this.days.first && fromDay !== deadlineDays[deadline[row]!]! + 1)
        late.push(fromDay)
    }
    this.documents.note(columns.documentId[id]!)
    if (step > 0) for (const day of late) if (!this.hadLate.includes(day)) this.lateReds.add(day, id)
    this.hadLate = step > 0 ? [] : late
  }
}

/** Null where they would be too large. */
const kept = new WeakMap<StandingColumns, DaySums | null>()

/** The sums that tell of the day; null where there are none. */
export function sumsOn({ columns, number }: Standing): DaySums | null {
  const sums = kept.get(columns)
  return sums?.covers(number) ? sums : null
}

/** The same of a day before today: what is counted of today is kept and followed as it is. */
export function sumsOfPast(standing: Standing): DaySums | null {
  const sums = sumsOn(standing)
  return sums !== null && standing.number < sums.today ? sums : null
}

/** Targets and documents that are added at once: whoever asks meanwhile waits for some 30 ms. */
const TARGETS_AT_ONCE = 10_000
const DOCUMENTS_AT_ONCE = 500

/** Makes the sums ready a piece further. @returns whether there is more to do */
export const readySums = (db: Db, today: string): boolean => readySumsOf(standingOn(db, today))

/** The same of the columns of a standing, whose day is today. */
export function readySumsOf({ columns, number }: Standing): boolean {
  let sums = kept.get(columns)
  if (sums === null) return false
  if (sums === undefined || !sums.lastsBeyond(number))
    sums = keep(columns, new DaySums(columns, number, sums?.daysBack))
  sums.today = number
  const isMore = sums.addNext(TARGETS_AT_ONCE, DOCUMENTS_AT_ONCE)
  if (!sums.isTooLarge) return isMore
  const daysBack = Math.floor(sums.daysBack / 2)
  keep(columns, daysBack < LEAST_BACK ? null : new DaySums(columns, number, daysBack))
  return true
}

/** Keeps sums in place of those that there were. */
function keep<S extends DaySums | null>(columns: StandingColumns, sums: S): S {
  const known = kept.get(columns)
  if (known) columns.lasting.delete(known)
  if (sums !== null) columns.lasting.add(sums)
  kept.set(columns, sums)
  return sums
}
