import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { clientOf } from './client.ts'
import type { Db } from './open.ts'
import { prepared } from './prepared.ts'

/**
 * Inserts rows of one shape by a statement that is prepared once: of thousands of rows, building a query for each takes
 * longer than writing it.
 * @param keys the fields that every row has; those left out get what the table gives them
 * @returns inserts a row and gives its number
 */
export function rowInserter<T extends SQLiteTable, K extends string & keyof T['$inferInsert']>(
  tx: Db,
  table: T,
  keys: readonly K[],
): (row: Pick<T['$inferInsert'], K>) => number {
  const all = getTableColumns(table)
  const columns = keys.map((key) => all[key]!)
  const known = new Set<string>(keys)
  const statement = prepared(
    clientOf(tx),
    `INSERT INTO "${getTableName(table)}" (${columns.map(({ name }) => `"${name}"`).join(', ')})
      VALUES (${columns.map(() => '?').join(', ')})`,
  )
  return (row) => {
    const strange = Object.keys(row).find((key) => !known.has(key))
    if (strange !== undefined)
      throw new Error(`${getTableName(table)}: ${strange} is not among the fields that are written`)
    const values = columns.map((column, i) => {
      const value = row[keys[i]!]
      return value === null || value === undefined ? null : column.mapToDriverValue(value)
    })
    return Number(statement.run(values).lastInsertRowid)
  }
}
