import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'

let client: Sqlite.Database
afterEach(() => client.close())

/** How many migrations there were before groups had members. */
const BEFORE = 21

const all = (sql: string) => client.prepare(sql).all()
const json = (sql: string): unknown => JSON.parse(client.prepare(sql).pluck().get() as string)

/** A database of the version before: two words of a unit for its groups, and what counted by them. */
function older(): void {
  client = new Sqlite(':memory:')
  migrate(client, { backupDir: null, upTo: BEFORE })
  client.exec(`
    INSERT INTO units (id, name, kind, ranking_group, group_names, created_at) VALUES
      (1, '甲市教育局', 'unit', 'department', '组成部门、社会口', 'x'), (2, '乙县人民政府', 'unit', 'area', NULL, 'x'),
      (3, '丙县人民政府', 'unit', 'area', '组成部门', 'x'), (4, '各县政府', 'generic', NULL, NULL, 'x'),
      (5, '社会口', 'unit', NULL, NULL, 'x');
    INSERT INTO unit_aliases (unit_id, name, key, created_at) VALUES (4, '各县政府', '各县政府', 'x');
    INSERT INTO settings (key, value, updated_at) VALUES ('ranking', '{"leastItems":3,"groups":{"department":"市直部门","area":"县（市、区）","park":"园区"}}', 'x');
    INSERT INTO setting_versions (key, value, valid_from) VALUES ('ranking', '{"leastItems":3,"groups":{"area":"县"}}', 'x');
    INSERT INTO rankings (period, formula, rows, frozen_at) VALUES ('2026-06',
      '{"text":"t","groups":{"department":"市直部门","area":"县区"}}', '[{"unitId":2,"group":"area"},{"unitId":5,"group":null}]', 'x');
    INSERT INTO bulletins (period, title, content, status, created_at) VALUES ('2026-06', 't',
      '{"figures":{"ranking":[{"unitId":1,"group":"department"}],"formula":{"points":{},"groups":{"department":"部门"}}},"words":{}}', 'draft', 'x');
    INSERT INTO files (id, sha256, name, format, size, raw_text, imported_at) VALUES (1, 'a', 'a.txt', 'txt', 1, '文', 'x');
    INSERT INTO documents (id, file_id, title, start, "end", created_at) VALUES (1, 1, 't', 0, 1, 'x');
    INSERT INTO targets (id, document_id, kind, indicator, confidence, start, "end", clause_start, clause_end, clause_path, evidence, created_at, updated_at)
      VALUES (1, 1, 'quantity', 'i', 1, 0, 1, 0, 1, '[]', '文', 'x', 'x');
    INSERT INTO target_parts (target_id, kind, position, label, "check") VALUES (1, 'unit', 0, '乙县', 'sum');
    INSERT INTO target_versions (target_id, valid_from, valid_until, step, kind, indicator, units, parts) VALUES
      (1, 'a', 'b', 'import', 'quantity', 'i', '[]', '[]'),
      (1, 'b', NULL, 'break-down', 'quantity', 'i', '[]', '[{"id":1,"kind":"unit","label":"乙县","check":"sum"}]');
  `)
  migrate(client, { backupDir: null })
}

test('groups of the ranking and groups of lists become groups with members', () => {
  older()
  expect(all(`SELECT name, kind, ranked FROM units WHERE id > 3 ORDER BY id`)).toEqual([
    { name: '各县政府', kind: 'group', ranked: 0 },
    { name: '社会口', kind: 'unit', ranked: 0 },
    { name: '市直部门', kind: 'group', ranked: 1 },
    { name: '县（市、区）', kind: 'group', ranked: 1 },
    { name: '社会口（分组）', kind: 'group', ranked: 0 },
    { name: '组成部门', kind: 'group', ranked: 0 },
  ])
  expect(
    all(`SELECT g.name AS "group", u.name AS unit FROM unit_members m JOIN units g ON g.id = m.group_id
      JOIN units u ON u.id = m.unit_id ORDER BY g.id, u.id`),
  ).toEqual([
    { group: '市直部门', unit: '甲市教育局' },
    { group: '县（市、区）', unit: '乙县人民政府' },
    { group: '县（市、区）', unit: '丙县人民政府' },
    { group: '社会口（分组）', unit: '甲市教育局' },
    { group: '组成部门', unit: '甲市教育局' },
    { group: '组成部门', unit: '丙县人民政府' },
  ])
  expect(client.prepare(`SELECT "key" FROM unit_aliases WHERE name = '县（市、区）'`).pluck().get()).toBe('县市、区')
})

test('what was frozen and set calls a group by its title, as it was then', () => {
  older()
  expect(json('SELECT rows FROM rankings')).toEqual([
    { unitId: 2, group: '县区' },
    { unitId: 5, group: null },
  ])
  expect(json('SELECT formula FROM rankings')).toEqual({ text: 't' })
  expect(json('SELECT content FROM bulletins')).toEqual({
    figures: { ranking: [{ unitId: 1, group: '部门' }], formula: { points: {} } },
    words: {},
  })
  expect(json('SELECT value FROM settings')).toEqual({ leastItems: 3 })
  expect(json('SELECT value FROM setting_versions')).toEqual({ leastItems: 3 })
})

test('how parts make the whole is said of the target, also by the version that holds', () => {
  older()
  expect(all('SELECT roll_up FROM targets')).toEqual([{ roll_up: 'sum' }])
  expect(all('SELECT roll_up, parts FROM target_versions ORDER BY id')).toEqual([
    { roll_up: 'worst', parts: '[]' },
    { roll_up: 'sum', parts: '[{"id":1,"kind":"unit","label":"乙县"}]' },
  ])
})
