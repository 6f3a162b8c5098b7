import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * Whether a column is one of these numbers, however many: they are one parameter, of which a statement takes few.
 * @param ids the numbers; of a kept query the place of their JSON text
 */
export const isAmong = (column: AnySQLiteColumn, ids: readonly number[] | Placeholder): SQL =>
  sql`${column} in (select value from json_each(${Array.isArray(ids) ? JSON.stringify(ids) : ids}))`
