/** Whole tables of a database, for a copy of everything in plain files. */
import type Sqlite from 'better-sqlite3'

export type TableRow = Record<string, string | number | null>

/** Rows read at once. */
const CHUNK = 500

/** Names of our own tables; the search index and drizzle's notes can be made again. */
export const ownTables = (client: Sqlite.Database): string[] =>
  client
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .pluck()
    .all() as string[]

/** Names of the columns of a table, in its order. */
export const columnNames = (client: Sqlite.Database, table: string): string[] =>
  (client.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name)

/** All rows of a table with some of its columns, some rows at a time, in the order of its key. */
export function* rowChunks(client: Sqlite.Database, table: string, columns: readonly string[]): Generator<TableRow[]> {
  const keys = keyOf(client, table)
  const select = (where: string) =>
    client.prepare(
      `SELECT ${[...keys.map((key, i) => `${key} AS "_key${i}"`), ...columns.map((c) => `"${c}"`)].join(', ')} FROM "${table}"
        ${where} ORDER BY ${keys.join(', ')} LIMIT ${CHUNK}`,
    )
  const next = select(`WHERE (${keys.join(', ')}) > (${keys.map(() => '?').join(', ')})`)
  let rows = select('').all() as TableRow[]
  while (rows.length > 0) {
    yield rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]!])))
    const last = rows.at(-1)!
    rows = next.all(keys.map((_, i) => last[`_key${i}`])) as TableRow[]
  }
}

/** The columns by which the rows of a table are told apart; some have no row number, in some it falls under zero. */
function keyOf(client: Sqlite.Database, table: string): string[] {
  const columns = client.pragma(`table_info("${table}")`) as { name: string; pk: number }[]
  const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  return keys.length === 0 ? ['rowid'] : keys.map(({ name }) => `"${name}"`)
}
