import { type Light, LIGHTS } from '../../db/domain/lights.ts'
import { type Kind, KINDS } from '../../db/domain/target-terms.ts'
import { type State, STATES } from '../../db/domain/states.ts'
import { dayNumber } from '../../db/domain/dates.ts'
import { OPEN_END } from '../../db/domain/light-spans.ts'
import { ChangeLog } from './change-log.ts'
import { DayRows } from './day-rows.ts'
import { TargetLists } from './target-lists.ts'
import { UnitSets } from './unit-sets.ts'

/** What counts ask of a target, from one day to another (both inclusive), as it was known at the end of each of them. */
export interface StandingInterval {
  fromDay: number
  toDay: number
  state: State
  kind: Kind
  deadline: string | null
  /** Number in {@link UnitSets}. */
  units: number
  missingBaseline: boolean
  /** Null where the target is not tracked. */
  light: Light | null
  late: boolean
  /** Whether an approved report was known. */
  hasValue: boolean
}

/** What does not change about a target. */
interface StandingTarget {
  id: number
  documentId: number
  /** Where it stands in its document. */
  start: number
}

/** Days are kept as numbers since 1970 in 16 bits: up to the year 2149, the last of them being "no end". */
export const LAST_DAY = 65_535
export const dayOf = (date: string): number =>
  date === OPEN_END ? LAST_DAY : Math.min(LAST_DAY, Math.max(0, dayNumber(date)))

export const NO_LIGHT = 0
/** Light of a row as {@link StandingColumns.light} has it. */
export const lightCode = (light: Light): number => LIGHTS.indexOf(light) + 1
export const lightOfCode = (code: number): Light | null => LIGHTS[code - 1] ?? null
export const stateCode = (state: State): number => STATES.indexOf(state)

export const LATE = 1
export const HAS_VALUE = 2
export const MISSING_BASELINE = 4

/** Every code of a row is below this; {@link UNKNOWN} is a code too. */
export const CODES = 1 << 14
/** Code of a target that was not known on the day. */
export const UNKNOWN = 1 << 13

/** State, kind, light and flags of a row as {@link StandingColumns.codeAt} puts them; `own`: some unit has a light of its own line. */
export const partsOfCode = (code: number) => ({
  state: code & 15,
  kind: (code >> 4) & 3,
  light: (code >> 6) & 7,
  flags: (code >> 9) & 7,
  own: ((code >> 12) & 1) === 1,
})

/** The code of a row whose light and flags are those of one unit's line: `own` is told already. */
export const codeOfLine = (code: number, light: number, late: boolean, hasValue: boolean): number =>
  (code & (63 | (MISSING_BASELINE << 9))) | (light << 6) | (((late ? LATE : 0) | (hasValue ? HAS_VALUE : 0)) << 9)

/** Told of each target right before and right after it is replaced. */
export interface Follower {
  before: (id: number) => void
  after: (id: number) => void
}

export type Column = Uint8Array | Uint16Array | Int32Array
const ROW_COLUMNS = ['from', 'to', 'state', 'kind', 'light', 'flags', 'deadline', 'units'] as const
const TARGET_COLUMNS = ['first', 'count', 'documentId', 'start'] as const

/** What {@link StandingColumns} hold, as plain values that can be written to a file. */
export interface KeptColumns {
  /** By name, as long as there are rows and numbers of targets. */
  rows: Record<string, Column>
  targets: Record<string, Column>
  left: number
  deadlines: readonly (string | null)[]
  /** In the order of their numbers. */
  unitSets: readonly string[]
}

/** Bytes that the days kept at hand may take, and between how many and how many days they are. */
const KEPT_BYTES = 32 * 1024 * 1024
const FEWEST_DAYS = 5
const MOST_DAYS = 40

/**
 * What every target was on every day, in columns of numbers: about twenty bytes for each span of days in which nothing
 * changed that counts ask for. The rows of one target stand together; when they change they are appended at the end, and
 * once a quarter of all rows is out of use the columns are compacted.
 */
export class StandingColumns {
  readonly unitSets = new UnitSets()
  /** Every deadline that some target had; null stands first. */
  readonly deadlines: (string | null)[] = [null]
  /** The same as days ({@link dayOf}); Infinity where there is none. */
  readonly deadlineDays: number[] = [Infinity]
  private readonly deadlineNumbers = new Map<string | null, number>([[null, 0]])

  /** By row: */
  from = new Uint16Array(1024)
  to = new Uint16Array(1024)
  state = new Uint8Array(1024)
  kind = new Uint8Array(1024)
  light = new Uint8Array(1024)
  flags = new Uint8Array(1024)
  deadline = new Uint16Array(1024)
  units = new Int32Array(1024)
  private rows = 0
  private left = 0

  /** By number of the target; a count of 0 where there is none. */
  private first = new Int32Array(1024)
  private count = new Uint16Array(1024)
  documentId = new Int32Array(1024)
  start = new Int32Array(1024)
  /** One more than the highest number of a target. */
  ids = 1
  /** The highest number of a document. */
  highestDocument = 0

  /** Of the days last asked for. */
  private readonly days = new Map<number, DayRows>()
  /** Made at the first question for a unit or a document. */
  private lists: { units: TargetLists; documents: TargetLists } | null = null
  /** Numbers of the targets in the order in which they were replaced. */
  readonly changes = new ChangeLog()
  /** Counts that go along with every change, by name; the one that was asked for longest ago stands first. */
  readonly followers = new Map<string, Follower>()
  /** What goes along with every change however many there are. */
  readonly lasting = new Set<Follower>()
  /** How often the arrays have been laid anew: what holds them has to take them again. */
  private moves = 0

  /** How many numbers of targets have been given, those that are gone among them. */
  get targets(): number {
    return this.ids - 1
  }

  /**
   * Everything that the columns hold, as plain values; {@link StandingColumns.from} reads it. To be read at once: it is no
   * copy.
   */
  kept(): KeptColumns {
    const rows = (column: Column) => column.subarray(0, this.rows)
    const targets = (column: Column) => column.subarray(0, this.ids)
    return {
      rows: Object.fromEntries(ROW_COLUMNS.map((name) => [name, rows(this.column(name))])),
      targets: Object.fromEntries(TARGET_COLUMNS.map((name) => [name, targets(this.column(name))])),
      left: this.left,
      deadlines: this.deadlines,
      unitSets: this.unitSets.keys(),
    }
  }

  /** The columns as {@link StandingColumns.kept} gave them. */
  static from({ rows, targets, left, deadlines, unitSets }: KeptColumns): StandingColumns {
    const columns = new StandingColumns()
    const held = columns as unknown as Record<string, Column>
    for (const name of ROW_COLUMNS) held[name] = rows[name]!
    for (const name of TARGET_COLUMNS) held[name] = targets[name]!
    columns.rows = columns.state.length
    columns.ids = columns.documentId.length
    columns.left = left
    columns.highestDocument = columns.documentId.reduce((most, id) => Math.max(most, id), 0)
    for (const deadline of deadlines) columns.deadlineNumber(deadline)
    for (const key of unitSets) columns.unitSets.addKey(key)
    return columns
  }

  private column(name: (typeof ROW_COLUMNS)[number] | (typeof TARGET_COLUMNS)[number]): Column {
    return (this as unknown as Record<string, Column>)[name]!
  }

  /** Replaces what is known of a target. `intervals` follow each other by date without overlap; none takes it out. */
  replace(target: StandingTarget, intervals: readonly StandingInterval[]): void {
    const { id, documentId, start } = target
    this.reserveTarget(id)
    for (const follower of this.allFollowers()) follower.before(id)
    const count = this.count[id]!
    this.noteLists(target, intervals)
    if (count === intervals.length) this.write(this.first[id]!, intervals)
    else {
      this.left += count
      this.reserveRows(intervals.length)
      this.first[id] = this.rows
      this.count[id] = intervals.length
      this.write(this.rows, intervals)
      this.rows += intervals.length
    }
    this.documentId[id] = documentId
    this.highestDocument = Math.max(this.highestDocument, documentId)
    this.start[id] = start
    this.changes.add(id)
    for (const [day, rows] of this.days) if (id < rows.rowOf.length) this.fill(rows, day, id, id)
    for (const follower of this.allFollowers()) follower.after(id)
    if (this.left > 10_000 && this.left > this.rows / 4) this.compact()
  }

  private *allFollowers(): Iterable<Follower> {
    yield* this.followers.values()
    yield* this.lasting
  }

  /** Changes whenever the arrays, the sets of units or the deadlines are others than before. */
  get layout(): string {
    return `${this.moves} ${this.unitSets.list.length} ${this.deadlines.length}`
  }

  deadlineNumber(deadline: string | null): number {
    let number = this.deadlineNumbers.get(deadline)
    if (number === undefined) {
      number = this.deadlines.length
      if (number > 65_535) throw new RangeError('more than 65,535 different deadlines')
      this.deadlines.push(deadline)
      this.deadlineDays.push(deadline === null ? Infinity : dayOf(deadline))
      this.deadlineNumbers.set(deadline, number)
    }
    return number
  }

  /** What every target was on the day ({@link dayOf}) where somebody has asked for all of them lately, else null. */
  atHand(day: number): DayRows | null {
    const rows = this.days.get(day)
    return rows === undefined || rows.rowOf.length < this.ids ? null : this.noted(day, rows)
  }

  /** What every target was on the day ({@link dayOf}). */
  on(day: number): DayRows {
    const known = this.atHand(day)
    if (known !== null) return known
    const size = this.first.length
    const rows = new DayRows(size, () => this.units)
    rows.rowOf.fill(-1, this.ids)
    rows.codes.fill(UNKNOWN, this.ids)
    this.fill(rows, day, 0, this.ids - 1)
    return this.noted(day, rows)
  }

  /** Keeps the rows of a day at hand, and of the days asked for longest ago as many as there is room for. */
  private noted(day: number, rows: DayRows): DayRows {
    this.days.delete(day)
    this.days.set(day, rows)
    let bytes = 0
    for (const one of this.days.values()) bytes += one.bytes
    for (const [oldest, { bytes: its }] of this.days) {
      if (this.days.size <= FEWEST_DAYS || (this.days.size <= MOST_DAYS && bytes <= KEPT_BYTES)) break
      this.days.delete(oldest)
      bytes -= its
    }
    return rows
  }

  /** Writes what the targets with numbers from `low` to `high` were on the day. */
  private fill(rows: DayRows, day: number, low: number, high: number): void {
    const { rowOf, codes } = rows
    const { first, count, from, to } = this
    for (let id = low; id <= high; id++) {
      const begin = first[id]!
      let row = begin + count[id]! - 1
      while (row >= begin && from[row]! > day) row--
      if (row < begin || to[row]! < day) {
        rowOf[id] = -1
        codes[id] = UNKNOWN
      } else {
        rowOf[id] = row
        codes[id] = this.codeAt(row)
      }
    }
    rows.noteSets(low, high)
  }

  /** What filters mostly ask of a row, in one number. */
  codeAt(row: number): number {
    const { state, kind, light, flags, units, unitSets } = this
    return (
      state[row]! | (kind[row]! << 4) | (light[row]! << 6) | (flags[row]! << 9) | (unitSets.lit[units[row]!]! << 12)
    )
  }

  /** The targets in which one of the units has a part, among them some in which it only had one; by number. To be read at once. */
  targetsOf(unitIds: readonly number[]): Int32Array {
    this.lists ??= this.makeLists()
    return this.lists.units.of(unitIds)
  }

  /** The same of documents in which they stand. */
  targetsIn(documentIds: readonly number[]): Int32Array {
    this.lists ??= this.makeLists()
    return this.lists.documents.of(documentIds)
  }

  private makeLists(): { units: TargetLists; documents: TargetLists } {
    const [units, documents] = [new TargetLists(), new TargetLists()]
    for (let id = 1; id < this.ids; id++) {
      documents.add(this.documentId[id]!, id)
      for (const set of this.setsOf(id)) for (const unitId of this.unitSets.list[set]!.all) units.add(unitId, id)
    }
    return { units, documents }
  }

  /** Adds what is about to be written of a target; the units and the document that it has are known already. */
  private noteLists({ id, documentId }: StandingTarget, intervals: readonly StandingInterval[]): void {
    if (this.lists === null) return
    const { units, documents } = this.lists
    if (this.documentId[id] !== documentId) documents.add(documentId, id)
    const known = new Set(this.setsOf(id))
    for (const set of new Set(intervals.map((interval) => interval.units)))
      if (!known.has(set)) for (const unitId of this.unitSets.list[set]!.all) units.add(unitId, id)
  }

  /** Numbers of the sets of units that a target has on some day, most often one. */
  private setsOf(id: number): number[] {
    const sets: number[] = []
    const first = this.first[id]!
    for (let row = first; row < first + this.count[id]!; row++)
      if (!sets.includes(this.units[row]!)) sets.push(this.units[row]!)
    return sets
  }

  /** The first and the last row of a target, by date; where it has none, the last is −1 and the first lies behind it. */
  firstRow(id: number): number {
    return this.first[id]!
  }
  lastRow(id: number): number {
    return this.count[id]! === 0 ? -1 : this.first[id]! + this.count[id]! - 1
  }

  /** Row of one target on a day ({@link dayOf}), −1 where it was not known. To be read at once, as {@link on}. */
  rowAt(id: number, day: number): number {
    if (id >= this.ids) return -1
    const first = this.first[id]!
    for (let row = first + this.count[id]! - 1; row >= first; row--)
      if (this.from[row]! <= day) return this.to[row]! >= day ? row : -1
    return -1
  }

  private write(row: number, intervals: readonly StandingInterval[]): void {
    for (const interval of intervals) {
      this.from[row] = interval.fromDay
      this.to[row] = interval.toDay
      this.state[row] = stateCode(interval.state)
      this.kind[row] = KINDS.indexOf(interval.kind)
      this.light[row] = interval.light === null ? NO_LIGHT : lightCode(interval.light)
      this.flags[row] =
        (interval.late ? LATE : 0) |
        (interval.hasValue ? HAS_VALUE : 0) |
        (interval.missingBaseline ? MISSING_BASELINE : 0)
      this.deadline[row] = this.deadlineNumber(interval.deadline)
      this.units[row] = interval.units
      row++
    }
  }

  private reserveTarget(id: number): void {
    if (id >= this.ids) this.ids = id + 1
    if (id < this.first.length) return
    this.moves++
    const size = grown(this.first.length, id + 1)
    this.first = copyOf(new Int32Array(size), this.first)
    this.count = copyOf(new Uint16Array(size), this.count)
    this.documentId = copyOf(new Int32Array(size), this.documentId)
    this.start = copyOf(new Int32Array(size), this.start)
  }

  private reserveRows(more: number): void {
    if (this.rows + more <= this.from.length) return
    this.resizeRows(grown(this.from.length, this.rows + more))
  }

  private resizeRows(size: number): void {
    this.moves++
    this.from = copyOf(new Uint16Array(size), this.from)
    this.to = copyOf(new Uint16Array(size), this.to)
    this.state = copyOf(new Uint8Array(size), this.state)
    this.kind = copyOf(new Uint8Array(size), this.kind)
    this.light = copyOf(new Uint8Array(size), this.light)
    this.flags = copyOf(new Uint8Array(size), this.flags)
    this.deadline = copyOf(new Uint16Array(size), this.deadline)
    this.units = copyOf(new Int32Array(size), this.units)
  }

  /** Writes all rows anew, in the order of the targets. */
  private compact(): void {
    const order: [row: number, count: number][] = []
    let rows = 0
    for (let id = 1; id < this.ids; id++) {
      const count = this.count[id]!
      if (count === 0) continue
      order.push([this.first[id]!, count])
      this.first[id] = rows
      rows += count
    }
    for (const name of ROW_COLUMNS) {
      const old = this[name]
      const fresh = new (old.constructor as new (size: number) => typeof old)(grown(1024, rows))
      let at = 0
      for (const [row, count] of order) {
        for (let i = 0; i < count; i++) fresh[at + i] = old[row + i]!
        at += count
      }
      ;(this as unknown as Record<string, typeof old>)[name] = fresh
    }
    this.rows = rows
    this.left = 0
    this.moves++
    this.days.clear()
  }
}

/** A size that holds `needed` with room for a quarter more. */
const grown = (size: number, needed: number): number => Math.max(size, Math.ceil(needed * 1.25))

function copyOf<A extends { set(from: A): void }>(fresh: A, old: A): A {
  fresh.set(old)
  return fresh
}
