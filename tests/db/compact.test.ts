import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import * as schema from '../../db/schema/index.ts'
import { staleVersions, versionsOf } from '../../db/target-versions.ts'
import { columnNames, ownTables, rowChunks } from '../../db/whole-tables.ts'

/** How many migrations there were before instants, dates and words of the large tables became numbers. */
const BEFORE = 25

const TABLES = ['targets', 'target_units', 'target_versions', 'reports', 'light_spans', 'unit_light_spans'] as const
const [FIRST, SECOND, THIRD] = ['2024-02-29T15:59:59.999Z', '2025-07-01T16:00:00.000Z', '2026-01-02T03:04:05.060Z']
const unit = (role: string, name: string, unitId: number | null, signedAt: string | null, groupId?: number) => ({
  role,
  name,
  unitId,
  signedAt,
  ...(groupId === undefined ? {} : { groupId }),
})
const UNITS = [unit('lead', '甲“办”', 1, null), unit('support', '某些单位', null, null)]
const SIGNED = [unit('lead', '甲“办”', 1, THIRD), unit('support', '乙局', 2, null, 3)]
const WITH_MORE = [{ ...unit('lead', '甲“办”', 1, null), remark: '旧' }]

let client: Sqlite.Database
beforeEach(() => {
  client = new Sqlite(':memory:')
  migrate(client, { backupDir: null, upTo: BEFORE })
  client.pragma('foreign_keys = OFF')
  const insert = (table: string, rows: Record<string, string | number | null>[]) => {
    for (const row of rows)
      client
        .prepare(
          `INSERT INTO ${table} (${Object.keys(row)
            .map((name) => `"${name}"`)
            .join(', ')}) VALUES (${Object.keys(row).map(() => '?')})`,
        )
        .run(Object.values(row))
  }
  insert('files', [{ id: 1, sha256: 'a', name: 'a', format: 'txt', size: 1, raw_text: '文', imported_at: FIRST }])
  insert('documents', [{ id: 1, file_id: 1, title: '文', start: 0, end: 1, created_at: FIRST }])
  insert(
    'units',
    [1, 2, 3].map((id) => ({ id, name: `单位${id}`, kind: id === 3 ? 'group' : 'unit', created_at: FIRST })),
  )
  const target = { document_id: 1, kind: 'quantity', indicator: '绿道里程', confidence: 1, start: 0, end: 1 }
  const place = { clause_start: 0, clause_end: 1, clause_path: '[]', evidence: '新建绿道', created_at: FIRST }
  const open = { state: 'signed', value: 12.5, deadline: '2026-12-31', start_on: '2024-01-01', assigned_at: SECOND }
  insert('targets', [
    { ...target, ...place, ...open, id: 4, updated_at: THIRD, signed_at: THIRD },
    // what no clock and no calendar wrote
    { ...target, ...place, id: 5, updated_at: 'x', confirmed_at: '2025-07-01 16:00', deadline: '2025年底' },
    { ...target, ...place, id: 9, updated_at: FIRST },
  ])
  client.exec('DELETE FROM targets WHERE id = 9')
  insert('target_units', [
    { id: 1, target_id: 4, role: 'lead', position: 0, name: '甲“办”', unit_id: 1, signed_at: THIRD },
    { id: 2, target_id: 4, role: 'support', position: 0, name: '乙局', unit_id: 2, group_id: 3 },
  ])
  const version = { target_id: 4, kind: 'quantity', indicator: '绿道里程', value: 12.5, parts: '[]', step: 'x' }
  const given = { deadline: '2026-12-31', start_on: '2024-01-01' }
  const lists = [UNITS, UNITS, WITH_MORE, SIGNED].map((list) => JSON.stringify(list))
  insert('target_versions', [
    { ...version, id: -4, valid_from: FIRST, valid_until: SECOND, state: 'extracted', units: lists[0]! },
    { ...version, ...given, id: 2, valid_from: SECOND, valid_until: SECOND, state: 'assigned', units: lists[1]! },
    { ...version, ...given, id: 3, valid_from: SECOND, valid_until: THIRD, state: 'assigned', units: lists[2]! },
    { ...version, ...given, ...open, id: 6, valid_from: THIRD, signed_at: THIRD, units: lists[3]! },
    { ...version, id: 7, target_id: 5, valid_from: 'x', state: 'somehow', units: '不是清单' },
  ])
  const report = { target_id: 4, unit_id: 1, value: 3, created_at: SECOND }
  insert('reports', [
    { ...report, id: 1, as_of: '2025-06-30', status: 'approved', submitted_at: SECOND, decided_at: THIRD },
    { ...report, id: 2, as_of: '2025-07-31', status: 'draft', source: 'unit' },
    { ...report, id: 3, as_of: '1999-02-30', status: 'unheard', source: 'statistics', created_at: 'x' },
  ])
  const span = { target_id: 4, light: 'due_soon', late: 0, progress: 12.25, value: 3, missing_baseline: 1 }
  insert('light_spans', [
    { ...span, from_day: '2025-07-01', to_day: '2026-12-31', value_as_of: '2025-06-30' },
    { ...span, from_day: '2027-01-01', to_day: '9999-12-31', light: 'done', late: 1, value_as_of: null },
  ])
  insert('unit_light_spans', [{ ...span, unit_id: 2, from_day: '2025-07-02', to_day: '2026-01-01', value_as_of: null }])
})
afterEach(() => client.close())

const told = () =>
  Object.fromEntries(
    TABLES.map((table) => [table, [...rowChunks(client, table, columnNames(client, table))].flat()] as const),
  )

it('numbers tell the very texts that stood in the tables before', () => {
  const before = Object.fromEntries(
    TABLES.map((table) => {
      const key = table.endsWith('spans') ? 'target_id, from_day' : 'id'
      return [table, client.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).all()] as const
    }),
  )
  const columns = TABLES.map((table) => columnNames(client, table))
  migrate(client, { backupDir: null })
  expect(TABLES.map((table) => columnNames(client, table))).toEqual(columns)
  expect(told()).toEqual(before)
  expect(client.prepare('SELECT typeof(valid_from), count(*) FROM version_steps GROUP BY 1').raw().all()).toEqual([
    ['integer', 4],
    ['text', 1],
  ])
})

it('what stays from version to version is written once, and read as before', () => {
  migrate(client, { backupDir: null })
  expect(ownTables(client).filter((name) => name.includes('version'))).toEqual(['setting_versions', 'target_versions'])
  const counts = ['version_steps', 'version_contents', 'version_units'].map((table) =>
    client.prepare(`SELECT count(*) FROM ${table} WHERE target_id = 4`).pluck().get(),
  )
  expect(counts).toEqual([4, 2, 3])
  const db = drizzle(client, { schema })
  const versions = versionsOf(db, 4)
  expect(versions.map(({ units }) => units)).toEqual([UNITS, UNITS, WITH_MORE, SIGNED])
  expect(versions[3]).toMatchObject({ state: 'signed', deadline: '2026-12-31', signedAt: THIRD })
  // the record and its open version say the same, the other target's do not
  expect(staleVersions(db)).toEqual([5])
})

it('numbers go on from where they stood, and what was found by words is found', () => {
  migrate(client, { backupDir: null })
  client.exec(`INSERT INTO targets (document_id, kind, indicator, confidence, start, "end", clause_start, clause_end, clause_path,
    evidence, created_at, updated_at) VALUES (1, 'duty', '另一事项', 1, 0, 1, 0, 1, '[]', '另一证据', 0, 0)`)
  expect(client.prepare('SELECT max(id) FROM targets').pluck().get()).toBe(10)
  const found = client.prepare(`SELECT rowid FROM targets_fts WHERE targets_fts MATCH ? ORDER BY rowid`).pluck()
  expect(found.all('"新建绿道"')).toEqual([4, 5])
  expect(found.all('"另一事项"')).toEqual([10])
})
