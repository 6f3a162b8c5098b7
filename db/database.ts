import type Sqlite from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type * as schema from './schema/index.ts'

/** What queries take: the database itself or an open transaction. */
export type Db = BaseSQLiteDatabase<'sync', Sqlite.RunResult, typeof schema>

/** An open database: drizzle on top, the bare connection as `$client`. */
export type OpenDb = BetterSQLite3Database<typeof schema> & { $client: Sqlite.Database }
