import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientOf } from '../../db/client.ts'
import { type Db, type OpenDb, openDatabase } from '../../db/open.ts'
import { notFound } from '../../server/errors.ts'
import { SharedTurn } from '../../server/shared-turn.ts'

describe('writes that come at the same moment', () => {
  let folder: string
  let db: OpenDb
  let watcher: OpenDb
  let turn: SharedTurn
  /** What has passed for the turn, in milliseconds: only what a test lets pass. A machine may stop a process for as long as a turn lasts. */
  let passed: number
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-shared-'))
    db = openDatabase(join(folder, 'test.sqlite'))
    db.$client.exec('CREATE TABLE written (name TEXT)')
    watcher = openDatabase(join(folder, 'test.sqlite'))
  })
  afterAll(() => {
    for (const one of [db, watcher]) one.$client.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(() => {
    db.$client.exec('DELETE FROM written')
    turn = new SharedTurn(db)
    passed = 0
    vi.spyOn(performance, 'now').mockImplementation(() => passed)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const write = (name: string) => (tx: Db) => {
    clientOf(tx).prepare('INSERT INTO written VALUES (?)').run(name)
    return name
  }
  const stored = () => watcher.$client.prepare('SELECT name FROM written ORDER BY rowid').pluck().all()
  const refused = (name: string) => (tx: Db) => {
    write(name)(tx)
    throw notFound('目标')
  }

  test('are stored by one commit, in their order, and each gets its own answer', async () => {
    const seen: number[] = []
    const watched = (name: string) => (tx: Db) => {
      seen.push(stored().length)
      return write(name)(tx)
    }
    const answers = await Promise.all(['甲', '乙', '丙'].map((name) => turn.take(watched(name))))
    expect(answers).toEqual(['甲', '乙', '丙'])
    expect(seen).toEqual([0, 0, 0])
    expect(stored()).toEqual(['甲', '乙', '丙'])
  })

  test('begin to be written out when they are committed, once for all and before anybody is told', async () => {
    const seen: string[] = []
    const told = new SharedTurn(db, async () => void seen.push(`begun with ${stored().length}`))
    const take = (name: string) =>
      told
        .take(write(name), (written) => void written.then(() => seen.push(`${name} on the disk`)))
        .then(() => seen.push(`${name} told`))
    await take('甲')
    expect(seen.splice(0)).toEqual(['begun with 1', '甲 on the disk', '甲 told'])
    await Promise.all(['乙', '丙'].map(take))
    expect(seen[0]).toBe('begun with 3')
    expect(seen.filter((one) => one.startsWith('begun'))).toHaveLength(1)
    expect(seen).toHaveLength(5)
  })

  test('one that is refused leaves nothing, the others stay', async () => {
    const [first, second, third] = await Promise.allSettled([
      turn.take(write('甲')),
      turn.take(refused('乙')),
      turn.take(write('丙')),
    ])
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((second as PromiseRejectedResult).reason).toMatchObject({ status: 404 })
    expect(stored()).toEqual(['甲', '丙'])
  })

  test('a fault of one refuses nobody else', async () => {
    const broken = () => {
      throw new TypeError('broken')
    }
    const [first, second, third] = await Promise.allSettled([
      turn.take(write('甲')),
      turn.take(broken),
      turn.take(write('丙')),
    ])
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((second as PromiseRejectedResult).reason).toBeInstanceOf(TypeError)
    expect(stored()).toEqual(['甲', '丙'])
  })

  test('where everything was rolled back in between, everything is written again', async () => {
    let times = 0
    const rollingBack = (tx: Db) => {
      // as SQLite does by itself where the disk is full
      if (times++ === 0) clientOf(tx).exec('ROLLBACK')
      throw notFound('目标')
    }
    const all = await Promise.allSettled([turn.take(write('甲')), turn.take(rollingBack), turn.take(write('丙'))])
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(stored()).toEqual(['甲', '丙'])
    expect(times).toBe(2)
  })

  test('long ones do not keep everybody waiting: what is left gets a transaction of its own', async () => {
    const slow = (name: string) => (tx: Db) => {
      passed += 20
      return { before: stored().length, name: write(name)(tx) }
    }
    const answers = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => turn.take(slow(name))))
    expect(answers.map(({ name }) => name)).toEqual(['甲', '乙', '丙', '丁'])
    expect(answers.at(-1)!.before).toBeGreaterThan(0)
    expect(stored()).toEqual(['甲', '乙', '丙', '丁'])
  })

  test('a refusal by itself is told as it is', async () => {
    await expect(turn.take(refused('甲'))).rejects.toMatchObject({ status: 404 })
    expect(stored()).toEqual([])
    expect(await turn.take(write('乙'))).toBe('乙')
  })
})
