import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { clientOf } from './client.ts'
import type { Db } from './open.ts'

/** Rows of one table on their way into it. */
interface GatheredRows<Row> {
  /** @returns its number among those that are gathered, from 1 */
  add: (row: Row) => number
  /**
   * Copies every row into the table, in the order in which they were added; to be called inside the transaction that stores them.
   * @param shifts what is added to numbers of rows that were gathered elsewhere, by field
   * @returns the number after which the rows stand in the table: the one that was added n-th has so much more n
   */
  write: (shifts?: { readonly [K in keyof Row]?: number }) => number
}

/**
 * Gathers rows of one shape in a temporary table, which belongs to this connection alone and holds no lock of the database, and
 * copies them into their own with one statement. Whoever else writes waits for the copying alone; and where the table has
 * a full-text index, each statement that fires its trigger makes the index write out what it has gathered: thousands of rows
 * of one statement are indexed ten times as fast as rows that come one by one.
 * @param table one that counts its numbers up (AUTOINCREMENT), or has none of its own
 * @param keys the fields that every row has; those left out get what the table gives them
 */
export function gatherRows<T extends SQLiteTable, K extends string & keyof T['$inferInsert']>(
  db: Db,
  table: T,
  keys: readonly K[],
): GatheredRows<Pick<T['$inferInsert'], K>> {
  const client = clientOf(db)
  const name = getTableName(table)
  const all = getTableColumns(table)
  const columns = keys.map((key) => all[key]!)
  const known = new Set<string>(keys)
  const names = columns.map((column) => `"${column.name}"`)
  const gathered = `temp."gathered_${name}"`
  client.exec(`DROP TABLE IF EXISTS ${gathered};
    CREATE TEMP TABLE "gathered_${name}" (nth INTEGER PRIMARY KEY, ${names.join(', ')})`)
  const insert = client.prepare(`INSERT INTO ${gathered} VALUES (?${', ?'.repeat(columns.length)})`)
  let count = 0
  return {
    add: (row) => {
      const strange = Object.keys(row).find((key) => !known.has(key))
      if (strange !== undefined) throw new Error(`${name}: ${strange} is not among the fields that are written`)
      insert.run(
        ++count,
        ...columns.map((column, i) => {
          const value = row[keys[i]!]
          return value === null || value === undefined ? null : column.mapToDriverValue(value)
        }),
      )
      return count
    },
    write: (shifts = {}) => {
      const last =
        (client.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(name) as number | undefined) ?? 0
      const values = names.map((column, i) =>
        shifts[keys[i]!] === undefined ? column : `${column} + ${shifts[keys[i]!]}`,
      )
      const [id, nth] = 'id' in all ? ['id, ', `nth + ${last}, `] : ['', '']
      client.exec(`INSERT INTO "${name}" (${id}${names.join(', ')}) SELECT ${nth}${values.join(', ')} FROM ${gathered} ORDER BY nth;
        DROP TABLE ${gathered}`)
      return last
    },
  }
}
