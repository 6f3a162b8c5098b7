import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OpenDb, openDatabase } from '../../../db/open.ts'
import { StandingsReader } from '../../../db/standings.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { systemStamp } from '../../../server/actor.ts'
import { appendAudit } from '../../../server/audit/append.ts'
import { madeFrom, readColumns, writeColumns } from '../../../server/counting/columns-file.ts'
import { dayOf, type StandingColumns } from '../../../server/counting/columns.ts'
import { standingOn } from '../../../server/counting/standing.ts'
import { roleBits } from '../../../server/counting/unit-sets.ts'
import { columnsPath } from '../../../server/paths.ts'
import { fillDatabase } from '../../bench/fill.ts'
import { importsOf } from '../../code-graph.ts'

const TODAY = '2026-06-30'
const DAYS = ['2024-03-01', '2025-12-31', TODAY, '2027-01-01']

/** Files that are imported for their types alone, or whose statements say nothing of what is counted. */
const TYPES_ALONE = new Set(['extractors/types.ts', 'db/prepared.ts'])

let folder: string
let path: string
let db: OpenDb
let reader: StandingsReader
let columns: StandingColumns
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhengbiao-columns-'))
  path = join(folder, 'test.sqlite')
  db = openDatabase(path)
  fillDatabase(db, { documents: 5, units: 6, targets: 200, reports: 600 }, TODAY)
  inTransaction(db, (tx) => appendAudit(tx, systemStamp('test', new Date(0)), 'test.first', 'test', 1, null, null))
  reader = new StandingsReader(db.$client)
  columns = standingOn(db, TODAY).columns
})
afterAll(() => {
  db.$client.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => writeColumns(path, reader, columns, reader.newestChange()))

/** Everything that the columns say of every target on some days. */
function told(from: StandingColumns) {
  const { state, kind, light, flags, deadline, deadlines, units, unitSets, documentId, start, ids } = from
  return DAYS.flatMap((day) => {
    const { rowOf: rows } = from.on(dayOf(day))
    return Array.from({ length: ids }, (_, id) => {
      const row = rows[id]!
      const own = [documentId[id], start[id]]
      if (row < 0) return [day, id, ...own]
      const values = [state[row], kind[row], light[row], flags[row], deadlines[deadline[row]!]]
      return [day, id, ...own, ...values, unitSets.list[units[row]!]]
    })
  })
}

describe('the file of the columns', () => {
  test('gives back what was written, and can be followed on', () => {
    const kept = readColumns(path, reader)!
    expect(kept.seen).toBe(reader.newestChange())
    expect(told(kept.columns)).toEqual(told(columns))
    // the next target and the next set of units go where there is room for neither yet
    const next = { fromDay: 0, toDay: 65_535, state: 'assigned', kind: 'duty', deadline: '2031-01-01' } as const
    const more = { missingBaseline: false, light: 'normal', late: false, hasValue: true } as const
    const units = kept.columns.unitSets.numberOf([{ role: 'support', unitId: null }])
    kept.columns.replace({ id: 5000, documentId: 3, start: 7 }, [{ ...next, ...more, units }])
    const row = kept.columns.on(dayOf(TODAY)).rowOf[5000]!
    expect(kept.columns.deadlines[kept.columns.deadline[row]!]).toBe('2031-01-01')
    expect(kept.columns.units[row]).toBe(units)
    expect(kept.columns.unitSets.list[units]).toMatchObject({ all: [] })
    expect(kept.columns.unitSets.parts(null)[units]).toBe(roleBits(['support']))
  })

  test('knows what the database has written since', () => {
    inTransaction(db, (tx) => appendAudit(tx, systemStamp('test', new Date(0)), 'test.next', 'test', 2, null, null))
    db.$client.prepare('INSERT INTO standing_changes (target_id) VALUES (7)').run()
    const kept = readColumns(path, reader)!
    expect(reader.changedSince(kept.seen)).toEqual([7])
  })

  test('is not used where so much was written since that the list of changes has been cut', () => {
    db.$client.exec('DELETE FROM standing_changes')
    db.$client.prepare('INSERT INTO standing_changes (seq, target_id) VALUES (?, 7)').run(10_000_000)
    expect(readColumns(path, reader)).toBeNull()
  })

  test('of a database with another past, or of one that was set back, is not used', () => {
    const other = join(folder, 'other.sqlite')
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(path, other)
    const restored = openDatabase(other)
    const own = new StandingsReader(restored.$client)
    expect(readColumns(path, own)).not.toBeNull()
    restored.$client.exec(`DROP TRIGGER audit_log_no_update; UPDATE audit_log SET hash = 'another'`)
    expect(readColumns(path, own)).toBeNull()
    restored.$client.exec('DROP TRIGGER audit_log_no_delete; DELETE FROM audit_log')
    expect(readColumns(path, own)).toBeNull()
    restored.$client.close()
  })

  test.each([
    ['cut off', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5000))],
    ['of something else', (file: string) => writeFileSync(file, 'no columns')],
    ['gone', (file: string) => rmSync(file)],
  ])('that is %s is not used', (_what, spoil) => {
    spoil(columnsPath(folder))
    expect(readColumns(path, reader)).toBeNull()
  })

  test('is of another program where any file has changed from which columns follow', () => {
    const follows = new Set(['columns.ts', 'intervals.ts', 'unit-sets.ts'].map((name) => `server/counting/${name}`))
    for (const path of follows)
      // grows while it is walked through
      for (const { of } of importsOf(path)) if (!TYPES_ALONE.has(of)) follows.add(of)
    expect(follows.size).toBeGreaterThan(8)
    const files = madeFrom()
    expect([...follows].filter((path) => !files.some((file) => file.endsWith(`/${path}`)))).toEqual([])
  })

  test('that cannot be written is left out', () => {
    expect(() => writeColumns(join(folder, 'nowhere', 'test.sqlite'), reader, columns, 1)).not.toThrow()
  })
})
