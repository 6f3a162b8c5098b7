import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOURCE_KINDS } from '../../db/domain/source-kinds.ts'
import { countRows, migrate, MIGRATIONS_DIR } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { fillEveryTable } from './fill.ts'

const journal = JSON.parse(readFileSync(join(MIGRATIONS_DIR, 'meta/_journal.json'), 'utf8')) as {
  entries: { tag: string; when: number }[]
}
const ROWS = 3

/** Also of what is a view today. */
const rowsOf = (client: Sqlite.Database, table: string) =>
  client.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()

/** 0021 makes a unit, with its name, of every group that the rows filled before name: one of the ranking, one of each list. */
const madeOf = (table: string, tag: string): number =>
  tag === '0021_groups' && (table === 'units' || table === 'unit_aliases') ? 1 + ROWS : 0

describe('migrations', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-migrate-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are dated in the order in which they are applied', () => {
    const dates = journal.entries.map(({ when }) => when)
    expect(dates).toEqual([...dates].sort((a, b) => a - b))
    expect(new Set(dates).size).toBe(dates.length)
  })

  it.each(journal.entries.slice(0, -1).map(({ tag }, i) => [tag, journal.entries[i + 1]!.tag, i + 1] as const))(
    'a database filled at %s keeps every row under %s',
    (_from, to, n) => {
      const client = new Sqlite(':memory:')
      migrate(client, { backupDir: null, upTo: n })
      fillEveryTable(client, ROWS)
      const before = countRows(client)
      // 0015 fills the register of 来源类别 itself
      const own = (table: string) => (table === 'source_kinds' ? SOURCE_KINDS.length : 0)
      for (const [table, count] of before) expect(count, table).toBe(ROWS + own(table))
      const report = migrate(client, { backupDir: null, upTo: n + 1 })
      expect(report.applied).toHaveLength(1)
      const after = countRows(client)
      for (const [table, count] of before)
        if (table !== 'light_cache' || after.has(table))
          expect(rowsOf(client, table), table).toBe(count + madeOf(table, to))
      expect(client.pragma('foreign_key_check')).toEqual([])
      client.close()
    },
  )

  it('goes from the first to the newest with all rows, and can be searched afterwards', () => {
    const client = new Sqlite(':memory:')
    migrate(client, { backupDir: null, upTo: 1 })
    fillEveryTable(client, ROWS)
    const before = countRows(client)
    migrate(client, { backupDir: null })
    before.delete('light_cache') // what could be made again has gone
    for (const [table, count] of before) expect(rowsOf(client, table), table).toBe(count)
    expect(
      client
        .prepare(`SELECT rowid FROM documents_fts WHERE documents_fts MATCH '"森林覆盖率"' ORDER BY rowid`)
        .pluck()
        .all(),
    ).toEqual([1, 2, 3])
    expect(client.prepare(`SELECT rowid FROM targets_fts WHERE targets_fts MATCH '"数值 2"'`).pluck().all()).toEqual([
      2,
    ])
    client.close()
  })

  it('copies a database with data before it changes it', () => {
    const path = join(folder, 'old.sqlite')
    const old = new Sqlite(path)
    migrate(old, { backupDir: null, upTo: 1 })
    fillEveryTable(old, ROWS)
    const before = countRows(old)
    old.close()
    const backups = join(folder, 'backups')
    const reports: string[] = []
    openDatabase(path, { backupDir: backups, onMigrated: ({ backup }) => reports.push(backup!) }).$client.close()
    expect(readdirSync(backups)).toEqual(['before-migration-1.sqlite'])
    const copy = new Sqlite(reports[0]!, { readonly: true })
    expect(countRows(copy)).toEqual(before)
    copy.close()
    openDatabase(path, { backupDir: backups, onMigrated: () => reports.push('again') }).$client.close()
    expect(reports).toHaveLength(1)
  })

  it('gives much that it has freed back to the disk', () => {
    const path = join(folder, 'large.sqlite')
    const large = openDatabase(path).$client
    large.exec(`DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations);
      CREATE TABLE gone (bytes blob); INSERT INTO gone VALUES (randomblob(5000000)); DROP TABLE gone`)
    large.close()
    expect(statSync(path).size).toBeGreaterThan(5_000_000)
    openDatabase(path, { backupDir: null }).$client.close()
    expect(statSync(path).size).toBeLessThan(2_000_000)
  })

  it('makes no copy of a new database', () => {
    openDatabase(join(folder, 'new.sqlite'), { backupDir: join(folder, 'backups') }).$client.close()
    expect(readdirSync(folder)).not.toContain('backups')
  })

  it('refuses a database of a newer version of the program', () => {
    const path = join(folder, 'future.sqlite')
    const future = openDatabase(path)
    future.$client.prepare(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)`).run()
    future.$client.close()
    expect(() => openDatabase(path)).toThrow(/newer version/)
  })

  describe('that are wrong are undone', () => {
    const withMigration = (sql: string) => {
      const migrations = join(folder, 'migrations')
      mkdirSync(join(migrations, 'meta'), { recursive: true })
      const entry = { idx: 0, version: '6', when: 1, tag: '0000_first', breakpoints: true }
      const next = { ...entry, idx: 1, when: 2, tag: '0001_wrong' }
      writeFileSync(
        join(migrations, 'meta/_journal.json'),
        JSON.stringify({ version: '7', dialect: 'sqlite', entries: [entry, next] }),
      )
      writeFileSync(
        join(migrations, '0000_first.sql'),
        `CREATE TABLE parent (id integer PRIMARY KEY);--> statement-breakpoint\nCREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent(id));`,
      )
      writeFileSync(join(migrations, '0001_wrong.sql'), sql)
      const client = new Sqlite(':memory:')
      client.pragma('foreign_keys = ON')
      migrate(client, { backupDir: null, upTo: 1, folder: migrations })
      client.exec('INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (1, 1), (2, 2)')
      return { client, run: () => migrate(client, { backupDir: null, folder: migrations }) }
    }

    it.each([
      ['losing rows', 'DELETE FROM child WHERE id = 2', /child would go from 2 to 1 rows/],
      ['breaking a foreign key', 'UPDATE child SET parent_id = 7 WHERE id = 1', /broken foreign keys.*child/],
      [
        'failing half-way',
        'INSERT INTO parent VALUES (3);--> statement-breakpoint\nINSERT INTO nowhere VALUES (1)',
        /nowhere/,
      ],
    ])('%s', (_what, sql, message) => {
      const { client, run } = withMigration(sql)
      expect(run).toThrow(message)
      expect(client.prepare('SELECT id, parent_id FROM child').raw().all()).toEqual([
        [1, 1],
        [2, 2],
      ])
      expect(client.prepare('SELECT count(*) FROM parent').pluck().get()).toBe(2)
      expect(client.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(1)
      expect(client.pragma('foreign_keys', { simple: true })).toBe(1)
      client.close()
    })

    it('but a table rebuilt under its children keeps them', () => {
      const { client, run } = withMigration(
        [
          'CREATE TABLE new_parent (id integer PRIMARY KEY, name text)',
          'INSERT INTO new_parent SELECT id, NULL FROM parent',
          'DROP TABLE parent',
          'ALTER TABLE new_parent RENAME TO parent',
        ].join(';--> statement-breakpoint\n'),
      )
      run()
      expect(client.prepare('SELECT count(*) FROM child').pluck().get()).toBe(2)
      client.close()
    })
  })
})
