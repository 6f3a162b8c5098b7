import type Sqlite from 'better-sqlite3'
import type { Db } from './database.ts'

/** The bare connection under drizzle, which an open transaction shares with the database that opened it. */
export const clientOf = (db: Db): Sqlite.Database =>
  (db as unknown as { session: { client: Sqlite.Database } }).session.client
