import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepCopiesInMemory } from '../../db/copies.ts'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'

let folder: string
let db: OpenDb
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhengbiao-copies-'))
  db = openDatabase(join(folder, 'test.sqlite'))
  db.$client.exec(`CREATE TABLE filled (text);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
    INSERT INTO filled SELECT printf('%2000c', '.') FROM n`)
})
afterEach(() => {
  db.$client.close()
  rmSync(folder, { recursive: true })
})

/** Files of SQLite's own that this process has open and that no folder names any more. */
const nameless = () =>
  readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return /etilqs/.test(readlinkSync(join('/proc/self/fd', descriptor)))
    } catch {
      return false // closed in between, as the one that reads the folder
    }
  }).length

/** Changes a hundred pages in a part of a transaction. @returns files that were open for it */
const changeInPart = () =>
  inTransaction(db, (tx) => {
    inTransaction(tx, () => db.$client.exec(`UPDATE filled SET text = text || '!'`))
    return nameless()
  })

test.runIf(platform() === 'linux')('a part of a transaction that changes many pages makes no file', () => {
  expect(changeInPart()).toBe(1)
  keepCopiesInMemory(db.$client)
  expect(changeInPart()).toBe(0)
})

test('what a part has changed is taken back with it', () => {
  keepCopiesInMemory(db.$client)
  const stored = () => db.$client.prepare('SELECT group_concat(text) FROM filled').pluck().get()
  const before = stored()
  inTransaction(db, (tx) => {
    expect(() =>
      inTransaction(tx, () => {
        db.$client.exec(`UPDATE filled SET text = 'x'`)
        throw new Error('taken back')
      }),
    ).toThrow('taken back')
  })
  expect(stored()).toBe(before)
})
