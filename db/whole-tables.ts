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

/** All rows of a table with some of its columns, some rows at a time. */
export function* rowChunks(client: Sqlite.Database, table: string, columns: readonly string[]): Generator<TableRow[]> {
  const next = client.prepare(
    `SELECT rowid AS "_rowid", ${columns.map((c) => `"${c}"`).join(', ')} FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${CHUNK}`,
  )
  for (let after = -1; ;) {
    const rows = next.all(after) as (TableRow & { _rowid: number })[]
    if (rows.length === 0) return
    after = rows.at(-1)?._rowid ?? after
    yield rows.map(({ _rowid, ...row }) => row)
  }
}
