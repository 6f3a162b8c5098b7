/**
 * Pages of lists by keys: a page begins behind the keys of the last row of the page before, so that no row comes twice
 * whatever is written meanwhile, and an index can find its beginning. Every list is cut by {@link pageAfter}.
 */
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { Problem } from './errors.ts'

/** What a row is sorted by, its number last. */
type Key = (string | number | null)[]

/** What a list is asked for: rows of a page, and where it begins; the first page where there is no cursor. */
interface PageQuery {
  cursor?: string | undefined
  limit: number
}

interface Page<Row> {
  items: Row[]
  /** Null on the last page. */
  nextCursor: string | null
}

/**
 * One page of a list in whatever order.
 * @param width number of keys of a row
 * @param fetch the rows behind `after` (from the first one on where it is null), at most `limit` of them
 */
export function pageAfter<Row>(
  { cursor, limit }: PageQuery,
  width: number,
  fetch: (after: Key | null, limit: number) => Row[],
  keyOf: (row: Row) => Key,
): Page<Row> {
  const rows = fetch(decodeCursor(cursor, width), limit + 1)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : encodeCursor(keyOf(last)) }
}

/** What to sort by, before the record's number. Rows without a value in the first column come last either way. */
export interface SortKey {
  columns: AnySQLiteColumn[]
  descending: boolean
  /** Among equals the lower number comes first, also where the columns are descending; for one column that is never empty. */
  idsRise?: true
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
 * One page in the order of columns.
 * Rows with a value are asked for first, those without after them: one query could use no index for both.
 * @param fetch runs the list's query with a condition, an order and a limit
 */
export function pageByKey<Row extends KeyedRow>(
  key: SortKey,
  id: AnySQLiteColumn,
  query: PageQuery,
  fetch: (where: SQL | undefined, order: SQL[], limit: number) => Row[],
): Page<Omit<Row, 'sortKey'>> {
  const { columns, descending, idsRise = false } = key
  const first = columns[0]
  const nullable = first !== undefined && !first.notNull
  const order = (sorted: AnySQLiteColumn[]) => [
    ...sorted.map((column) => (descending ? desc(column) : asc(column))),
    descending && !idsRise ? desc(id) : asc(id),
  ]
  const beyond = (sorted: AnySQLiteColumn[], values: Key) => {
    if (idsRise && first !== undefined)
      return or((descending ? lt : gt)(first, values[0]), and(eq(first, values[0]), gt(id, values[1])))
    const list = (parts: (AnySQLiteColumn | Key[number])[]) =>
      sql.join(
        parts.map((part) => sql`${part}`),
        sql`, `,
      )
    return sql`(${list([...sorted, id])}) ${sql.raw(descending ? '<' : '>')} (${list(values)})`
  }
  const page = pageAfter<Row>(
    query,
    columns.length + 1,
    (after, limit) => {
      const amongEmpty = after !== null && nullable && after[0] === null
      const rows = amongEmpty
        ? []
        : fetch(
            and(nullable ? isNotNull(first) : undefined, after ? beyond(columns, after) : undefined),
            order(columns),
            limit,
          )
      if (!nullable || rows.length >= limit) return rows
      const rest = columns.slice(1)
      const empty = and(isNull(first), amongEmpty ? beyond(rest, after.slice(1)) : undefined)
      return [...rows, ...fetch(empty, order(rest), limit - rows.length)]
    },
    ({ sortKey, id: number }) => [...(JSON.parse(sortKey) as Key), number],
  )
  return { ...page, items: page.items.map(({ sortKey: _sortKey, ...row }) => row) }
}

/**
 * One page of a list in the order of its numbers, the newest first unless told otherwise.
 * @param fetch runs the list's query with a condition, an order and a limit
 */
export const pageById = <Row>(
  id: AnySQLiteColumn,
  query: PageQuery,
  fetch: (beyond: SQL | undefined, order: SQL, limit: number) => Row[],
  idOf: (row: Row) => number,
  from: 'newest' | 'oldest' = 'newest',
): Page<Row> =>
  pageAfter(
    query,
    1,
    (after, limit) =>
      fetch(
        after ? (from === 'newest' ? lt : gt)(id, Number(after[0])) : undefined,
        from === 'newest' ? desc(id) : asc(id),
        limit,
      ),
    (row) => [idOf(row)],
  )

/** The keys of a row as an opaque text. */
const encodeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** Reads a cursor; 400 where it is not one of ours or has another number of keys. */
function decodeCursor(cursor: string | undefined, width: number): Key | null {
  if (cursor === undefined) return null
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(key) &&
      key.length === width &&
      key.every((one) => one === null || ['string', 'number'].includes(typeof one))
    )
      return key as Key
  } catch {
    // refused below
  }
  throw new Problem(400, 'bad-cursor', '翻页位置无效', '翻页位置无效，请从第一页重新开始。')
}
