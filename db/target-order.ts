/** Targets in an order that the columns in memory do not hold, as far as a page needs them. */
import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { instantOf, type Stored, storedDay, storedInstant } from './stored.ts'
import { endOf } from './targets-on.ts'

export type SortField = 'confidence' | 'indicator' | 'progress' | 'updatedAt'

/**
 * Up to so many marked targets are fetched by their numbers and sorted; more of them are picked out of the index of all
 * targets.
 */
const FEW = 2000

/** Where number and value of each target stand. An indicator of today is found by an index, an earlier one among the versions. */
const SOURCES: Record<SortField | 'earlierIndicator', { from: string; key: string; id: string }> = {
  confidence: { from: 'targets t', key: 't.confidence', id: 't.id' },
  updatedAt: { from: 'targets t', key: 't.updated_at', id: 't.id' },
  indicator: { from: 'targets t', key: 't.indicator', id: 't.id' },
  earlierIndicator: {
    from: `version_steps v JOIN version_contents c ON c.target_id = v.target_id AND c.n = v.content
      WHERE v.valid_from < :end AND (v.valid_until IS NULL OR v.valid_until >= :end)`,
    key: 'c.indicator',
    id: 'v.target_id',
  },
  progress: {
    from: `light_spans l WHERE l.from_day <= :day AND l.to_day >= :day`,
    key: 'l.progress',
    id: 'l.target_id',
  },
}

interface Keyed {
  id: number
  /** The value as it is stored. */
  key: [string | number | null]
}

/**
 * The first marked targets after a key, in the order of a field and then of their numbers; what has no value stands last
 * whichever way, by number.
 * @param after field and number of the row before; null begins with the first
 * @param marks by number of the target: 1 where it belongs to the list
 * @param total how many are marked
 */
export function targetsInOrder(
  client: Sqlite.Database,
  field: SortField,
  descending: boolean,
  day: string,
  after: [value: string | number | null, id: number] | null,
  marks: Uint8Array,
  { total, limit }: { total: number; limit: number },
): Keyed[] {
  const found: Keyed[] = []
  const met = new Uint8Array(marks.length)
  const take = (id: number, value: string | number | null) => {
    met[id] = 1
    if (marks[id] === 1) found.push({ id, key: [value] })
    return found.length < limit
  }
  const valued = after === null || after[0] !== null
  if (valued) walk(client, field, descending, day, after, total <= FEW ? marks : null, take)
  if (found.length >= limit || (field !== 'progress' && valued)) return found
  // what has no value, and what has no span on the day, by number
  const beyond = after !== null && after[0] === null ? after[1] : null
  const withValue = valued && after === null ? met : withProgress(client, day, marks.length)
  const step = descending ? -1 : 1
  for (let id = descending ? marks.length - 1 : 1; id > 0 && id < marks.length && found.length < limit; id += step) {
    if (marks[id] !== 1 || withValue[id] === 1) continue
    if (beyond === null || step * (id - beyond) > 0) found.push({ id, key: [null] })
  }
  return found
}

/** Goes through the targets that have a value, by an index where there is one, for as long as `take` says so. */
function walk(
  client: Sqlite.Database,
  field: SortField,
  descending: boolean,
  day: string,
  after: [value: string | number | null, id: number] | null,
  few: Uint8Array | null,
  take: (id: number, value: string | number | null) => boolean,
): void {
  const { from, key, id } = SOURCES[field === 'indicator' && !isPresent(client, day) ? 'earlierIndicator' : field]
  const turn = descending ? 'DESC' : 'ASC'
  const conditions = [
    `${key} IS NOT NULL`,
    ...(few === null ? [] : [`${id} IN (SELECT value FROM json_each(:ids))`]),
    ...(after === null ? [] : [`(${key}, ${id}) ${descending ? '<' : '>'} (:value, :id)`]),
  ]
  const statement = prepared(
    client,
    `SELECT ${id} AS id, ${key} AS key FROM ${from} ${from.includes('WHERE') ? 'AND' : 'WHERE'} ${conditions.join(' AND ')}
      ORDER BY ${key} ${turn}, ${id} ${turn}`,
  ).raw()
  const ids = few && JSON.stringify(marked(few))
  const parameters = {
    ...(from.includes(':end') ? { end: storedInstant(endOf(day)) } : {}),
    ...(from.includes(':day') ? { day: storedDay(day) } : {}),
    ...(ids === null ? {} : { ids }),
    ...(after === null ? {} : { value: after[0], id: after[1] }),
  }
  for (const [one, value] of statement.iterate(parameters) as IterableIterator<[number, string | number | null]>)
    if (!take(one, value)) return
}

/** Whether no target was changed after the day. */
const isPresent = (client: Sqlite.Database, day: string): boolean =>
  instantOf((prepared(client, 'SELECT max(updated_at) FROM targets').pluck().get() as Stored | null) ?? '') < endOf(day)

function marked(marks: Uint8Array): number[] {
  const ids: number[] = []
  marks.forEach((mark, id) => {
    if (mark === 1) ids.push(id)
  })
  return ids
}

/** Marks of the targets whose progress can be said on the day. */
function withProgress(client: Sqlite.Database, day: string, size: number): Uint8Array {
  const marks = new Uint8Array(size)
  const ids = prepared(
    client,
    'SELECT target_id FROM light_spans WHERE from_day <= ? AND to_day >= ? AND progress IS NOT NULL',
  ).pluck()
  for (const id of ids.all(storedDay(day), storedDay(day)) as number[]) if (id < size) marks[id] = 1
  return marks
}
