import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/open.ts'

const db = openDatabase(':memory:')
afterAll(() => {
  db.$client.close()
})

interface ForeignKey {
  table: string
  column: string
  to: string
}

/** Versions name people; nobody is ever removed, so nothing looks for versions by a person. */
const MEMORY = new Set(['version_steps', 'version_contents', 'setting_versions'])

const FOREIGN_KEYS = `SELECT m.name AS "table", f."from" AS "column", f."table" AS "to" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
  WHERE m.type = 'table' ORDER BY 1, 2`
const INDEXED = `SELECT 1 FROM pragma_index_list(?) l, pragma_index_info(l.name) i
  WHERE i.seqno = 0 AND i.name = ? UNION ALL SELECT 1 FROM pragma_table_info(?) WHERE pk = 1 AND name = ?`

// Without one, removing a row that is referred to reads the whole table that refers to it, once for each row removed.
it('every foreign key has an index that begins with it', () => {
  const keys = db.$client.prepare(FOREIGN_KEYS).all() as ForeignKey[]
  expect(keys.length).toBeGreaterThan(40)
  const missing = keys.filter(
    ({ table, column, to }) =>
      !(to === 'users' && MEMORY.has(table)) &&
      db.$client.prepare(INDEXED).get(table, column, table, column) === undefined,
  )
  expect(missing.map(({ table, column }) => `${table}.${column}`)).toEqual([])
})

it('removing 10,000 targets takes no look at all the others for each', () => {
  db.$client
    .exec(`INSERT INTO files (id, sha256, name, format, size, raw_text, imported_at) VALUES (1, 'x', 'x', 'txt', 1, 'x', 'x');
    INSERT INTO documents (id, file_id, title, start, "end", created_at) VALUES (1, 1, 'x', 0, 1, 'x');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO targets (document_id, kind, indicator, evidence, confidence, start, "end", clause_start, clause_end, clause_path, created_at, updated_at)
    SELECT 1, 'duty', 'x', 'x', 1, 0, 1, 0, 1, '[]', 'x', 'x' FROM n`)
  const before = process.cpuUsage() // time of the processor: the machine may have other work
  db.$client.exec('DELETE FROM targets')
  const { user, system } = process.cpuUsage(before)
  const milliseconds = Math.round((user + system) / 1000)
  process.stdout.write(`attack: removing 10,000 targets: ms ${milliseconds}\n`)
  expect(milliseconds).toBeLessThan(8_000) // 0.3 s; without the indexes 25 s
})
