import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { OpenDb } from './database.ts'
import { keepStatements } from './kept-statements.ts'
import { migrate, type MigrationReport } from './migrate.ts'
import * as schema from './schema/index.ts'

/** First SQLite version without the WAL-reset bug that could corrupt a database: https://sqlite.org/wal.html#walresetbug */
export const SQLITE_AT_LEAST = '3.51.3'

/** How long a statement waits for another writer (the import command beside the server), in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000

export type { Db, OpenDb } from './database.ts'

interface OpenOptions {
  /** Called with what was migrated, when something was. */
  onMigrated?: (report: MigrationReport) => void
  /** Where the copy made before a migration goes; the folder of the database unless told; null makes none. */
  backupDir?: string | null
  /** Opens without migrating and without writing; for backups and checks. */
  readonly?: boolean
}

/**
 * The one place that opens a database: WAL, synchronous=FULL (durability.ts takes its place for the connection of the
 * server), foreign keys on, a busy timeout, a SQLite that is new enough, migrated to what this version of the program
 * needs (after a copy of it was made).
 * Throws when the file was written by a newer version of the program.
 * @param path of the file; `:memory:` for one in memory, or the bytes of one (`serialize()`) for a copy of it in memory
 */
export function openDatabase(path: string | Buffer, options: OpenOptions = {}): OpenDb {
  const inMemory = typeof path !== 'string' || path === ':memory:'
  if (!inMemory && !options.readonly) mkdirSync(dirname(path), { recursive: true })
  const client = new Sqlite(path, { readonly: options.readonly ?? false, timeout: BUSY_TIMEOUT_MS })
  try {
    assertVersion(client)
    if (!options.readonly) {
      client.pragma('journal_mode = WAL')
      client.pragma('synchronous = FULL')
      const report = migrate(client, {
        backupDir: inMemory ? null : options.backupDir === undefined ? dirname(path) : options.backupDir,
      })
      if (report.applied.length > 0) options.onMigrated?.(report)
    }
    client.pragma('foreign_keys = ON')
    return wrap(client)
  } catch (error) {
    client.close()
    throw error
  }
}

function wrap(client: Sqlite.Database) {
  const db = drizzle(client, { schema })
  keepStatements((db as unknown as { session: object }).session)
  return db
}

/**
 * Copies a database into a new file, all pages in one go: SQLite begins a copy anew whenever somebody writes between two
 * of its steps, and with an office at work a large one would never end. For a process or thread of its own.
 */
export async function copyDatabase(client: Sqlite.Database, to: string): Promise<void> {
  await client.backup(to, { progress: ({ totalPages }) => Math.max(totalPages, 1) * 2 })
}

/** Version of the SQLite that is compiled in, such as `3.53.2`. */
export function sqliteVersion(client: Sqlite.Database): string {
  return client.prepare('SELECT sqlite_version()').pluck().get() as string
}

function assertVersion(client: Sqlite.Database): void {
  const found = sqliteVersion(client)
  const [a, b] = [found, SQLITE_AT_LEAST].map((version) => version.split('.').map(Number)) as [number[], number[]]
  const difference = [0, 1, 2].map((i) => (a[i] ?? 0) - (b[i] ?? 0)).find((d) => d !== 0) ?? 0
  if (difference < 0)
    throw new Error(`SQLite ${found} is too old, ${SQLITE_AT_LEAST} or newer is needed: run npm ci again`)
}
