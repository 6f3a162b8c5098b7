import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCheckpoints } from '../../db/checkpoints.ts'
import { until } from '../until.ts'

const ROUNDS = 20

let folder: string
let path: string
let writer: Sqlite.Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhengbiao-checkpoints-'))
  path = join(folder, 'test.sqlite')
  writer = new Sqlite(path)
  writer.pragma('journal_mode = WAL')
  writer.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)')
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (rows: number) => {
  const insert = writer.prepare('INSERT INTO notes (text) VALUES (?)')
  for (let i = 0; i < rows; i++) insert.run('x'.repeat(4000))
}

/** How often the log has begun anew: the first salt in its header grows by one each time (fileformat2, 4.1). */
const timesBegun = () => readFileSync(`${path}-wal`).readUInt32BE(16)

/** Writes a row, unless the thread keeps writers out at the moment. */
function writeUnlessLocked(): void {
  try {
    write(1)
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
  }
}

const size = (file: string) => statSync(file).size

describe('the log of the database', () => {
  it('is written back by a thread, and begins anew while others read', async () => {
    const stop = startCheckpoints(writer, { everyMs: 20, mostPages: 300 })
    const reader = new Sqlite(path, { readonly: true })
    const count = reader.prepare('SELECT count(*) FROM notes').pluck()
    const reading = setInterval(() => count.get(), 1)
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        write(100)
        await until('what was written stands in the database itself', () => size(path) > round * 100 * 4000, {
          every: 10,
        })
        await sleep(60)
      }
      // a log that never begins anew is longer than all that was written
      expect(size(`${path}-wal`)).toBeLessThan(0.4 * ROUNDS * 100 * 4000)
    } finally {
      clearInterval(reading)
      reader.close()
      await stop()
    }
    expect(writer.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
  })

  it('begins anew though there is always somebody who reads what is older than the newest', async () => {
    write(400)
    writer.pragma('busy_timeout = 0')
    const before = timesBegun()
    const readers = [1, 2].map(() => new Sqlite(path, { readonly: true }))
    readers[0]!.exec('BEGIN; SELECT count(*) FROM notes')
    const stop = startCheckpoints(writer, { everyMs: 20, mostPages: 300 })
    try {
      const end = performance.now() + 120_000
      while (timesBegun() === before && performance.now() < end) {
        readers[1]!.exec('BEGIN; SELECT count(*) FROM notes')
        readers[0]!.exec('COMMIT')
        readers.reverse()
        writeUnlessLocked()
        await sleep(1)
      }
      expect(timesBegun()).not.toBe(before)
    } finally {
      await stop()
      for (const reader of readers) reader.close()
    }
  })

  it('ends at once, also twice, and leaves a database that is whole', async () => {
    const stop = startCheckpoints(writer, { everyMs: 5 })
    write(50)
    await Promise.all([stop(), stop()])
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(writer.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(50)
  })
})
