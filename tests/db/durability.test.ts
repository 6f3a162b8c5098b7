import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Durability } from '../../db/durability.ts'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { counters } from '../../db/schema/index.ts'

let folder: string
let db: OpenDb
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhengbiao-durability-'))
  db = openDatabase(join(folder, 'test.sqlite'))
})
afterEach(() => {
  db.$client.close()
  rmSync(folder, { recursive: true })
})

let year = 2000
const write = () => db.insert(counters).values({ name: 'test', year: year++, last: 1 }).run()

/** A disk that writes when it is told to. */
function slowDisk() {
  const waiting: { done: () => void; fail: (error: Error) => void }[] = []
  const writeOut = vi.fn(() => new Promise<void>((done, fail) => waiting.push({ done, fail })))
  return { writeOut, waiting }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('what was committed', () => {
  test('is told when it lies on the disk, and the next commit waits for a writing of its own', async () => {
    const { writeOut, waiting } = slowDisk()
    const durability = new Durability(db.$client, writeOut)
    const told: string[] = []
    write()
    const first = durability.settled().then(() => told.push('first'))
    await soon()
    write()
    const second = durability.settled().then(() => told.push('second'))
    const third = durability.settled().then(() => told.push('third'))
    await soon()
    expect(told).toEqual([])
    expect(writeOut).toHaveBeenCalledTimes(1)
    waiting[0]!.done()
    await first
    await soon()
    expect(told).toEqual(['first']) // the second commit may have come after the writing had begun
    expect(writeOut).toHaveBeenCalledTimes(2)
    waiting[1]!.done()
    await Promise.all([second, third])
    expect(writeOut).toHaveBeenCalledTimes(2) // one for both
    await durability.settled() // nothing new: nobody waits
    expect(writeOut).toHaveBeenCalledTimes(2)
    durability.close()
  })

  test('is told by the writing that began after it, however many ask meanwhile', async () => {
    const { writeOut, waiting } = slowDisk()
    const durability = new Durability(db.$client, writeOut)
    write()
    const first = durability.settled()
    await soon()
    const others = [durability.settled(), durability.settled()]
    waiting[0]!.done()
    await first
    await soon()
    expect(writeOut).toHaveBeenCalledTimes(1)
    await Promise.all(others)
    durability.close()
  })

  test('is written out soon where nobody waits for it', async () => {
    const { writeOut, waiting } = slowDisk()
    const durability = new Durability(db.$client, writeOut)
    write()
    await vi.waitFor(() => expect(writeOut).toHaveBeenCalledTimes(1))
    waiting[0]!.done()
    durability.close()
  })

  test('is not told of where the disk takes nothing, and is tried again', async () => {
    const { writeOut, waiting } = slowDisk()
    const durability = new Durability(db.$client, writeOut)
    write()
    const refused = durability.settled()
    await soon()
    waiting[0]!.fail(new Error('EIO'))
    await expect(refused).rejects.toThrow('EIO')
    expect(db.$client.pragma('synchronous', { simple: true })).toBe(2) // each commit waits for the disk again
    const again = durability.settled()
    await soon()
    waiting[1]!.done()
    await again
    durability.close()
  })

  test('reaches the file by a real disk, also after the log has begun anew', async () => {
    const durability = new Durability(db.$client)
    expect(db.$client.pragma('synchronous', { simple: true })).toBe(1)
    write()
    await durability.settled()
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    write()
    await durability.settled()
    write()
    durability.close()
    expect(db.$client.pragma('synchronous', { simple: true })).toBe(2)
  })
})
