/** Whole tables of a database, for a copy of everything in plain files: with the texts that stand for what is stored as numbers. */
import type Sqlite from 'better-sqlite3'
import { getTableColumns, getTableName, getViewName, getViewSelectedFields, is, Table } from 'drizzle-orm'
import { type SQLiteColumn, SQLiteCustomColumn } from 'drizzle-orm/sqlite-core'
import * as schema from './schema/index.ts'
import { versionUnitsText } from './version-units.ts'

export type TableRow = Record<string, string | number | null>

/** Rows read at once. */
const CHUNK = 500

/** Tables that are read as one: what each version of a target was. */
const SHOWN_AS: Record<string, readonly string[]> = {
  [getViewName(schema.targetVersions)]: [schema.versionSteps, schema.versionContents, schema.versionUnitLists].map(
    (table) => getTableName(table),
  ),
}

/** Names of our own tables; the search index and drizzle's notes can be made again. */
export const ownTables = (client: Sqlite.Database): string[] => {
  const tables = client
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[]
  const hidden = new Set(Object.values(SHOWN_AS).flat())
  return [...tables.filter((name) => !hidden.has(name)), ...Object.keys(SHOWN_AS)].sort()
}

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
    yield rows.map((row) => Object.fromEntries(columns.map((name) => [name, plain(table, name, row[name]!)])))
    const last = rows.at(-1)!
    rows = next.all(keys.map((_, i) => last[`_key${i}`])) as TableRow[]
  }
}

/** By table and column what makes the text of a stored number. */
const TEXTS = new Map(
  Object.values(schema as Record<string, unknown>).flatMap((one) => {
    const [name, columns] = is(one, Table)
      ? [getTableName(one), getTableColumns(one)]
      : one === schema.targetVersions
        ? [getViewName(schema.targetVersions), getViewSelectedFields(schema.targetVersions)]
        : ['', {}]
    return Object.values(columns as Record<string, SQLiteColumn>).flatMap((column) =>
      is(column, SQLiteCustomColumn) ? [[`${name}.${column.name}`, column] as const] : [],
    )
  }),
)

/** A value as it is written outside: what is a list here is JSON there. */
export function plain(table: string, column: string, stored: string | number | null): string | number | null {
  const texts = TEXTS.get(`${table}.${column}`)
  if (texts === undefined || stored === null) return stored
  return texts.name === schema.versionUnitLists.units.name
    ? versionUnitsText(String(stored))
    : (texts.mapFromDriverValue(stored) as string)
}

/** The columns by which the rows of a table are told apart; some have no row number, in some it falls under zero. */
function keyOf(client: Sqlite.Database, table: string): string[] {
  const columns = client.pragma(`table_info("${table}")`) as { name: string; pk: number }[]
  const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  if (table in SHOWN_AS) return ['id']
  return keys.length === 0 ? ['rowid'] : keys.map(({ name }) => `"${name}"`)
}
