import type { Db } from '../../db/open.ts'
import { clientOf } from '../../db/client.ts'
import { progressOn } from '../../db/light-spans.ts'
import { dayOf, type StandingColumns } from './columns.ts'
import { deadlineKey, DeadlineOrder } from './deadline-order.ts'
import { Order, type Sorted } from './order.ts'
import { type Standing, standingOn } from './standing.ts'

/** What the ledger is sorted by in memory; for the others there is an index of the database. */
export const ORDER_FIELDS = ['document', 'deadline', 'progress'] as const
export type OrderField = (typeof ORDER_FIELDS)[number]

/** Values of a cursor without the number of the target. */
type Values = (string | number | null)[]

/** The key of some targets on the day, in their order; Infinity where there is none, NaN where the target was not known. */
type KeysOf = (db: Db, standing: Standing, ids: readonly number[]) => number[]

interface Field {
  keysOf: KeysOf
  /** As {@link Order.page}, of the targets as they were on the day. */
  page: (db: Db, standing: Standing, ...asked: Parameters<Order['page']>) => Sorted[]
  toCursor: (key: number, standing: Standing, id: number) => Values
  fromCursor: (values: Values) => number
}

const START = 2 ** 32
const number = (value: Values[number] | undefined): number => (value == null ? Infinity : Number(value))

const documentKey = ({ documentId, start }: StandingColumns, id: number): number =>
  documentId[id]! > 0 ? documentId[id]! * START + start[id]! : NaN
/** NaN where the target was not known on the day. */
const keyOfRow = (row: number, keyOf: (row: number) => number): number => (row < 0 ? NaN : keyOf(row))

const FIELDS: Record<OrderField, Field> = {
  document: {
    keysOf: (_db, { columns }, ids) => ids.map((id) => documentKey(columns, id)),
    page: (db, standing, ...asked) => keptOrder(db, standing, 'document').page(...asked),
    toCursor: (_key, { columns }, id) => [columns.documentId[id]!, columns.start[id]!],
    fromCursor: ([document, start]) => number(document) * START + number(start),
  },
  deadline: {
    keysOf: (_db, standing, ids) =>
      ids.map((id) => keyOfRow(standing.row(id), (row) => deadlineKey(standing.columns, row))),
    page: (_db, standing, ...asked) => deadlineOrder(standing.columns).page(standing, ...asked),
    toCursor: (_key, standing, id) => [standing.columns.deadlines[standing.columns.deadline[standing.row(id)]!]!],
    fromCursor: ([date]) => (date === null ? Infinity : dayOf(String(date))),
  },
  progress: {
    keysOf: (db, standing, ids) => {
      const known = new Map(progressOn(clientOf(db), ids, standing.day))
      return ids.map((id) => keyOfRow(standing.row(id), () => known.get(id) ?? Infinity))
    },
    page: (db, standing, ...asked) => keptOrder(db, standing, 'progress').page(...asked),
    toCursor: (key) => [key === Infinity ? null : key],
    fromCursor: ([progress]) => number(progress),
  },
}

/** Bytes that kept orders may take, besides the one by deadline: at a million targets four of them. */
const KEPT_BYTES = 50 * 1024 * 1024

interface Kept {
  order: Order
  /** How many changes of the columns it has seen. */
  seen: number
}
const kept = new WeakMap<StandingColumns, Map<string, Kept>>()

/** One of the orders on a day, and how a cursor says where in it a target stands. */
interface DayOrder {
  /** Some targets in the order. */
  few: (ids: Iterable<number>) => Sorted[]
  page: Order['page']
  toCursor: (one: Sorted) => Values
  fromCursor: (values: Values) => number
}

export function orderBy(db: Db, standing: Standing, field: OrderField): DayOrder {
  const { keysOf, page, toCursor, fromCursor } = FIELDS[field]
  return {
    few: (some) => {
      const ids = [...some]
      const keys = keysOf(db, standing, ids)
      return ids.map((id, i) => ({ id, key: keys[i]! }))
    },
    page: (...asked) => page(db, standing, ...asked),
    toCursor: ({ id, key }) => toCursor(key, standing, id),
    fromCursor,
  }
}

const byDeadline = new WeakMap<StandingColumns, DeadlineOrder>()

/** The order of all days by deadline, as the columns stand now. */
function deadlineOrder(columns: StandingColumns): DeadlineOrder {
  const known = byDeadline.get(columns)
  if (known?.follow()) return known
  const order = new DeadlineOrder(columns)
  byDeadline.set(columns, order)
  return order
}

/** The orders that are kept as a whole: of all days, or of one. */
const ALL_KEYS = {
  document: (_db: Db, { columns }: Standing): Float64Array => {
    const keys = new Float64Array(columns.ids).fill(NaN)
    for (let id = 1; id < keys.length; id++) keys[id] = documentKey(columns, id)
    return keys
  },
  progress: allProgress,
}

function keptOrder(db: Db, standing: Standing, field: keyof typeof ALL_KEYS): Order {
  const { columns, day } = standing
  const { changes } = columns
  let own = kept.get(columns)
  if (own === undefined) kept.set(columns, (own = new Map()))
  const name = field === 'document' ? field : `${field} ${day}`
  const known = own.get(name)
  const changed = known === undefined ? null : changes.since(known.seen)
  let order: Order
  if (known === undefined || changed === null) order = new Order(ALL_KEYS[field](db, standing))
  else {
    order = known.order
    if (changed.length > 0) {
      const keys = FIELDS[field].keysOf(db, standing, changed)
      order.change(changed.map((id, i) => ({ id, key: keys[i]! })))
    }
  }
  own.delete(name)
  own.set(name, { order, seen: changes.position }) // last: the first is the one that was asked for longest ago
  forget(own)
  return order
}

function forget(own: Map<string, Kept>): void {
  let bytes = 0
  for (const { order } of own.values()) bytes += order.bytes
  for (const [name, { order }] of own) {
    if (bytes <= KEPT_BYTES || own.size === 1) return
    own.delete(name)
    bytes -= order.bytes
  }
}

/** Targets whose progress is read at once: whoever asks meanwhile waits for some 30 ms. */
const CHUNK = 5_000

/** Progress that was read before anybody sorted by it, as far as it has come. */
interface Begun {
  day: string
  keys: Float64Array
  upTo: number
  /** How many changes of the columns there had been when it was begun. */
  seen: number
}
const begun = new WeakMap<StandingColumns, Begun>()

/**
 * Reads the progress of the next targets on a day, so that who sorts by it first does not wait for all of them.
 * @returns whether there are more
 */
export function readyProgress(db: Db, day: string): boolean {
  const standing = standingOn(db, day)
  const { keys, upTo } = readFurther(db, standing, CHUNK)
  if (upTo < keys.length - 1) return true
  keptOrder(db, standing, 'progress')
  return false
}

function readFurther(db: Db, standing: Standing, most: number): Begun {
  const { columns, day } = standing
  const { rowOf } = standing.all
  let own = begun.get(columns)
  if (own?.day !== day || columns.changes.since(own.seen) === null) {
    own = { day, keys: new Float64Array(columns.ids).fill(NaN), upTo: 0, seen: columns.changes.position }
    begun.set(columns, own)
  }
  const { keys, upTo } = own
  const last = Math.min(keys.length - 1, upTo + most)
  for (let id = upTo + 1; id <= last; id++) keys[id] = rowOf[id]! < 0 ? NaN : Infinity
  for (const [id, progress] of progressOn(clientOf(db), { first: upTo + 1, last }, day)) keys[id] = progress
  own.upTo = last
  return own
}

/** The progress of all targets: what has been read already is only looked at again where it has changed. */
function allProgress(db: Db, standing: Standing): Float64Array {
  const { columns } = standing
  const { keys: read, seen } = readFurther(db, standing, Infinity)
  begun.delete(columns)
  const keys = new Float64Array(columns.ids).fill(NaN)
  keys.set(read)
  const changed = [...columns.changes.since(seen)!]
  const keysOf = FIELDS.progress.keysOf(db, standing, changed)
  changed.forEach((id, i) => (keys[id] = keysOf[i]!))
  return keys
}
