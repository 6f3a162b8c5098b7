/** Targets in an order that the columns in memory do not hold, as far as a page needs them. */
import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { storedInstant } from './stored.ts'
import { endOf, isPresent } from './targets-on.ts'

export type SortField = 'confidence' | 'indicator' | 'updatedAt'

/**
 * Up to so many targets are fetched by their numbers and sorted; more of them are picked out of the index of all targets.
 */
export const FEW = 2000

/** Where number and value of each target stand. An indicator of today is found by an index, an earlier one among the versions. */
const SOURCES: Record<SortField | 'earlierIndicator', { from: string; key: string; id: string }> = {
  confidence: { from: 'targets t WHERE true', key: 't.confidence', id: 't.id' },
  updatedAt: { from: 'targets t WHERE true', key: 't.updated_at', id: 't.id' },
  indicator: { from: 'targets t WHERE true', key: 't.indicator', id: 't.id' },
  earlierIndicator: {
    from: `version_steps v JOIN version_contents c ON c.target_id = v.target_id AND c.n = v.content
      WHERE v.valid_from < :end AND (v.valid_until IS NULL OR v.valid_until >= :end)`,
    key: 'c.indicator',
    id: 'v.target_id',
  },
}

interface Keyed {
  id: number
  /** The value as it is stored. */
  key: [string | number]
}

/**
 * The first of some targets after a key, in the order of a field and then of their numbers.
 * @param after field and number of the row before; null begins with the first
 * @param has whether a target belongs to the list
 * @param few the numbers of all of them, where they are no more than {@link FEW}
 */
export function targetsInOrder(
  client: Sqlite.Database,
  field: SortField,
  descending: boolean,
  day: string,
  after: [value: string | number, id: number] | null,
  has: (id: number) => boolean,
  { few, limit }: { few: ArrayLike<number> | null; limit: number },
): Keyed[] {
  const found: Keyed[] = []
  if (few?.length === 0) return found
  walk(client, field, descending, day, after, few, (id, value) => {
    if (has(id)) found.push({ id, key: [value] })
    return found.length < limit
  })
  return found
}

/** Goes through the targets, by an index where there is one, for as long as `take` says so. */
function walk(
  client: Sqlite.Database,
  field: SortField,
  descending: boolean,
  day: string,
  after: [value: string | number, id: number] | null,
  few: ArrayLike<number> | null,
  take: (id: number, value: string | number) => boolean,
): void {
  const { from, key, id } = SOURCES[field === 'indicator' && !isPresent(client, day) ? 'earlierIndicator' : field]
  const turn = descending ? 'DESC' : 'ASC'
  const conditions = [
    ...(few === null ? [] : [`${id} IN (SELECT value FROM json_each(:ids))`]),
    ...(after === null ? [] : [`(${key}, ${id}) ${descending ? '<' : '>'} (:value, :id)`]),
  ]
  const statement = prepared(
    client,
    `SELECT ${id} AS id, ${key} AS key FROM ${from}${conditions.map((one) => ` AND ${one}`).join('')}
      ORDER BY ${key} ${turn}, ${id} ${turn}`,
  ).raw()
  const ids = few && JSON.stringify(Array.from(few))
  const parameters = {
    ...(from.includes(':end') ? { end: storedInstant(endOf(day)) } : {}),
    ...(ids === null ? {} : { ids }),
    ...(after === null ? {} : { value: after[0], id: after[1] }),
  }
  for (const [one, value] of statement.iterate(parameters) as IterableIterator<[number, string | number]>)
    if (!take(one, value)) return
}
