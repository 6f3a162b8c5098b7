import { and, asc, desc, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { decodeCursor, encodeCursor } from './schema.ts'

/** What to sort by, before the record's number. Rows without a value in the first column come last either way. */
export interface SortKey {
  columns: AnySQLiteColumn[]
  descending: boolean
}

/** A row with the values it was sorted by, as {@link sortKeyOf} selects them. */
interface KeyedRow {
  id: number
  /** JSON array of the columns' values. */
  sortKey: string
}

/** To be selected as `sortKey`. */
export const sortKeyOf = ({ columns }: SortKey): SQL<string> => sql<string>`json_array(${sql.join(columns, sql`, `)})`

/**
 * One page by keys, so that no row comes twice whatever is written meanwhile, and an index can find its beginning.
 * Rows with a value are asked for first, those without after them: one query could use no index for both.
 * @param fetch runs the list's query with a condition, an order and a limit
 */
export function pageByKey<Row extends KeyedRow>(
  key: SortKey,
  id: AnySQLiteColumn,
  cursor: string | undefined,
  limit: number,
  fetch: (where: SQL | undefined, order: SQL[], limit: number) => Row[],
): { rows: Omit<Row, 'sortKey'>[]; nextCursor: string | null } {
  const all = [...key.columns, id]
  const after = decodeCursor(cursor, all.length)
  const order = (columns: AnySQLiteColumn[]) => columns.map((column) => (key.descending ? desc(column) : asc(column)))
  const beyond = (columns: AnySQLiteColumn[], values: (string | number | null)[]) =>
    sql`(${sql.join(columns, sql`, `)}) ${sql.raw(key.descending ? '<' : '>')} (${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )})`

  const first = key.columns[0]
  const nullable = first !== undefined && !first.notNull
  const amongEmpty = after !== null && nullable && after[0] === null
  const rows = amongEmpty
    ? []
    : fetch(and(nullable ? isNotNull(first) : undefined, after ? beyond(all, after) : undefined), order(all), limit + 1)
  if (nullable && rows.length <= limit) {
    const rest = all.slice(1)
    rows.push(
      ...fetch(
        and(isNull(first), amongEmpty ? beyond(rest, after.slice(1)) : undefined),
        order(rest),
        limit + 1 - rows.length,
      ),
    )
  }
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ sortKey: _sortKey, ...row }) => row),
    nextCursor:
      rows.length > limit && last
        ? encodeCursor([...(JSON.parse(last.sortKey) as (string | number | null)[]), last.id])
        : null,
  }
}

/**
 * One page of a list in the order of its numbers, the newest first.
 * @param fetch runs the list's query with a condition, an order and a limit
 */
export function pageById<Row>(
  id: AnySQLiteColumn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  fetch: (before: SQL | undefined, order: SQL, limit: number) => Row[],
  idOf: (row: Row) => number,
): { items: Row[]; nextCursor: string | null } {
  const at = decodeCursor(cursor, 1)
  const rows = fetch(at ? lt(id, Number(at[0])) : undefined, desc(id), limit + 1)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : encodeCursor([idOf(last)]) }
}
