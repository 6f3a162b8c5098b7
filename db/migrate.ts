import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Sqlite from 'better-sqlite3'
import { fillMemory } from './fill-memory.ts'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'

/** Where the generated and the hand-written migrations stand. */
export const MIGRATIONS_DIR = fileURLToPath(new URL('migrations', import.meta.url))

/** The migration after which the memory of an older database is filled: 0007_memory. */
const MEMORY = 1795903613536

/** Tables that may lose rows in a migration: they end by themselves. */
const MAY_LOSE_ROWS = new Set(['sessions'])

export interface MigrationReport {
  /** How many migrations there were before, and the `when` of each that was applied now. */
  before: number
  applied: number[]
  /** The copy made before, null for an empty or in-memory database. */
  backup: string | null
}

interface MigrateOptions {
  /** Folder for the copy made before migrating; null makes none. */
  backupDir: string | null
  /** Apply only the first so many migrations; for tests that fill an older database. */
  upTo?: number
  /** Other folder of migrations; for tests. */
  folder?: string
}

/**
 * Brings a database to the newest migration, all pending ones in one transaction.
 * Foreign keys are switched off outside of it, because inside SQLite ignores the switch, and with them on a rebuilt
 * table would take its children along. Before the commit the foreign keys are checked and the rows of every table
 * counted again; if one is broken or missing, nothing has happened. A database with data is copied first.
 */
export function migrate(client: Sqlite.Database, options: MigrateOptions): MigrationReport {
  const known = readMigrationFiles({ migrationsFolder: options.folder ?? MIGRATIONS_DIR }).slice(0, options.upTo)
  const appliedBefore = appliedMigrations(client)
  const newest = appliedBefore.at(-1)
  const pending = known.filter((migration) => newest === undefined || migration.folderMillis > newest)
  if (
    newest !== undefined &&
    options.upTo === undefined &&
    !known.some((migration) => migration.folderMillis === newest)
  ) {
    throw new Error(
      'this database was written by a newer version of Zhengbiao: start that version, or restore a backup',
    )
  }
  const report: MigrationReport = {
    before: appliedBefore.length,
    applied: pending.map((m) => m.folderMillis),
    backup: null,
  }
  if (pending.length === 0) return report

  if (appliedBefore.length > 0 && options.backupDir !== null) {
    report.backup = copyBefore(client, options.backupDir, appliedBefore.length)
  }
  client.pragma('foreign_keys = OFF')
  try {
    client.transaction(() => apply(client, pending, options.upTo === undefined)).exclusive()
    giveBack(client)
  } finally {
    client.pragma('foreign_keys = ON')
  }
  return report
}

/** The part of a file's pages that may stand empty after a migration. */
const EMPTY_PART = 1 / 4

/** Gives what a migration has freed back to the disk, where it is much; a disk that is too full for that keeps it. */
function giveBack(client: Sqlite.Database): void {
  const pages = (name: string) => client.pragma(name, { simple: true }) as number
  if (client.memory || pages('freelist_count') < pages('page_count') * EMPTY_PART) return
  try {
    client.exec('VACUUM')
    client.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // new rows take the free pages, one after the other
  }
}

/** @param newest whether the newest migration is among them: only then the tables are those that the program writes to */
function apply(client: Sqlite.Database, pending: MigrationMeta[], newest: boolean): void {
  // The table and its columns are those of drizzle's own migrator, so that its tools read them.
  client.exec(
    'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  )
  const before = countRows(client)
  for (const migration of pending) {
    for (const statement of migration.sql) client.exec(statement)
    client
      .prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
      .run(migration.hash, migration.folderMillis)
  }
  if (newest && pending.some(({ folderMillis }) => folderMillis === MEMORY)) fillMemory(client)
  const broken = client.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
  if (broken.length > 0) {
    const first = broken[0]!
    throw new Error(
      `migration undone: ${broken.length} broken foreign keys, the first in ${first.table} row ${first.rowid} to ${first.parent}`,
    )
  }
  const after = countRows(client)
  for (const [table, count] of before) {
    const left = after.get(table) ?? rowsOfView(client, table)
    if (left !== undefined && left < count && !MAY_LOSE_ROWS.has(table)) {
      throw new Error(`migration undone: ${table} would go from ${count} to ${left} rows`)
    }
  }
}

/** Rows of the view that stands in the place of a table whose rows lie in others now; undefined where there is none. */
function rowsOfView(client: Sqlite.Database, name: string): number | undefined {
  const view = client.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?`).get(name)
  return view === undefined ? undefined : (client.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number)
}

/** Rows of every table of ours; virtual tables and their shadows count as part of the table they index. */
export function countRows(client: Sqlite.Database): Map<string, number> {
  const tables = client
    .prepare(
      `
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .pluck()
    .all() as string[]
  return new Map(tables.map((name) => [name, client.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]))
}

/** The `when` of every applied migration, oldest first. */
function appliedMigrations(client: Sqlite.Database): number[] {
  const exists = client.prepare(`SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'`).get()
  if (!exists) return []
  return (
    client.prepare('SELECT created_at FROM __drizzle_migrations ORDER BY created_at').pluck().all() as number[]
  ).map(Number)
}

function copyBefore(client: Sqlite.Database, folder: string, applied: number): string {
  mkdirSync(folder, { recursive: true })
  const name = (n: number) => join(folder, `before-migration-${applied}${n === 1 ? '' : `-${n}`}.sqlite`)
  let n = 1
  while (existsSync(name(n))) n++
  client.prepare('VACUUM INTO ?').run(name(n))
  return name(n)
}
