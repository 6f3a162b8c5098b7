import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type OpenDb, openDatabase } from '../../../db/open.ts'
import { highestTarget } from '../../../db/standings.ts'
import { counters, targets } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { rewriteSpans } from '../../../server/core/light-spans.ts'
import { writeVersion } from '../../../server/core/versions.ts'
import { plain, Reading } from '../../../server/reading/index.ts'
import { rehearsal } from '../../../server/reading/rehearsal.ts'
import { answerText } from '../../../server/reading/questions.ts'
import type { ReaderThread } from '../../../server/reading/thread.ts'
import { overview } from '../../../server/counting/overview.ts'
import { changeStamp, withoutStamp } from '../../../db/change-stamp.ts'
import { targetFacets } from '../../../server/counting/facets.ts'
import { fillDatabase } from '../../bench/fill.ts'

const TODAY = '2026-06-30'
const WHO = {
  id: 1,
  username: 'a',
  displayName: 'a',
  unitId: null,
  ip: null,
  at: `${TODAY}T02:00:00.000Z`,
  mustChangePassword: false,
  mustSetUpSecondFactor: false,
}
const LEADER = { role: 'leader', unitId: null } as const

describe('counts over many targets', () => {
  let folder: string
  let db: OpenDb
  let reading: Reading
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-counting-'))
    db = openDatabase(join(folder, 'test.sqlite'))
    fillDatabase(db, { documents: 20, units: 10, targets: 6000, reports: 12_000 }, TODAY)
    reading = new Reading(db)
  })
  afterAll(async () => {
    await reading.close()
    db.$client.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ask = () => reading.ask('overview', LEADER, TODAY, null)
  const drop = (id: number, by: OpenDb = db) =>
    inTransaction(by, (tx) => {
      tx.update(targets).set({ state: 'dropped' }).where(eq(targets.id, id)).run()
      writeVersion(tx, [id], 'drop', { at: `${TODAY}T02:00:00.000Z`, id: null, displayName: null })
      rewriteSpans(tx, [id], TODAY)
    })
  const trackedId = () => db.select({ id: targets.id }).from(targets).where(eq(targets.state, 'in_progress')).get()!.id

  test('the thread says what the queries say', async () => {
    expect(await ask()).toEqual(overview(db, LEADER, TODAY, null))
    expect(await reading.ask('facets', LEADER, { kind: ['quantity'] }, TODAY)).toEqual(
      targetFacets(db, LEADER, { kind: ['quantity'] }, TODAY),
    )
    expect((await ask()).total).toBeGreaterThan(3500)
  })

  test('an answer is kept until something is written, by this connection or another', async () => {
    const first = await ask()
    expect(await ask()).toBe(first)
    drop(trackedId())
    const second = await ask()
    expect(second.total).toBe(first.total - 1)
    const other = openDatabase(join(folder, 'test.sqlite'))
    drop(trackedId(), other)
    other.$client.close()
    expect((await ask()).total).toBe(first.total - 2)
  })

  test('many who ask at once share one count; those who ask after a write share one that has seen it', async () => {
    const { total } = await ask()
    drop(trackedId())
    const before = Array.from({ length: 5 }, ask)
    await new Promise((resolve) => setImmediate(resolve))
    drop(trackedId())
    const after = Array.from({ length: 5 }, ask)
    const [early, late] = [await Promise.all(before), await Promise.all(after)]
    expect(new Set(early).size).toBe(1)
    expect(new Set(late).size).toBe(1)
    expect(late[0]!.total).toBe(total - 2)
  })

  test('the event loop goes on while it counts', async () => {
    const fresh = new Reading(db) // which has to read the columns first
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await fresh.ask('overview', LEADER, TODAY, null)
    clearInterval(timer)
    await fresh.close()
    expect(ticks).toBeGreaterThan(2)
  })

  test('a page is the text that its question in the process gives', async () => {
    const [id] = (await reading.ask('page', LEADER, {}, TODAY, 'id', undefined, 1)).ids
    const supervisor = { ...LEADER, ...WHO, role: 'supervisor' } as const
    for (const asked of [
      () => reading.text('ledger', LEADER, { light: ['overdue'] }, TODAY, 'deadline', undefined, 20),
      () => reading.text('target', supervisor, id!, TODAY),
      () => reading.text('tasks', { ...WHO, role: 'reporter', unitId: 1 }, TODAY),
      () => reading.text('reports', supervisor, { limit: 20, status: ['approved'] }),
    ]) {
      const text = plain(await asked())
      expect(text.length).toBeGreaterThan(500)
      expect(() => JSON.parse(text) as unknown).not.toThrow()
    }
    const ledger = plain(await reading.text('ledger', LEADER, {}, TODAY, 'deadline', undefined, 20))
    expect(ledger).toBe(answerText(db, 'ledger', [LEADER, {}, TODAY, 'deadline', undefined, 20]))
    const tasks = { ...WHO, role: 'reporter', unitId: 1 } as const
    expect(plain(await reading.text('tasks', tasks, TODAY))).toBe(answerText(db, 'tasks', [tasks, TODAY]))
  })

  test('a refusal comes out of the thread as the refusal it is', async () => {
    const reporter = { ...WHO, role: 'reporter', unitId: 1 } as const
    await expect(reading.text('target', reporter, 99_999_999, TODAY)).rejects.toMatchObject({
      name: 'Problem',
      status: 404,
      code: 'not-found',
    })
  })

  test('a busy thread gives a count of just now again, but never to whoever has written since', async () => {
    const [reader, writer] = [{ personId: 1 }, { personId: 2 }]
    let moment = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => (moment += 0.01)) // however long a busy machine takes, it is just now
    onTestFinished(() => void vi.restoreAllMocks())
    const total = async (person: typeof reader) => {
      const text = await reading.recentText(person, 'overview', LEADER, TODAY, null)
      return (JSON.parse(plain(text)) as { total: number }).total
    }
    const first = await total(reader)
    drop(trackedId())
    reading.wrote(writer.personId)
    expect(await total(reader)).toBe(first - 1) // nobody waits: it is counted again
    drop(trackedId())
    reading.wrote(writer.personId)
    const others = [1, 2, 3, 4].map((unitId) => reading.text('facets', { role: 'reporter', unitId }, {}, TODAY))
    expect(await Promise.all([total(reader), total(writer)])).toEqual([first - 1, first - 2])
    await Promise.all(others)
  })

  test('what is made ready does not keep whoever asks meanwhile waiting', async () => {
    const fresh = new Reading(db)
    const done: string[] = []
    const warm = fresh.warm([1, 2, 3, 4, 5, 6], TODAY).then(() => done.push('ready'))
    const asked = fresh.text('tasks', { ...WHO, role: 'reporter', unitId: 7 }, TODAY).then(() => done.push('asked'))
    await Promise.all([warm, asked])
    await fresh.close()
    expect(done).toEqual(['asked', 'ready'])
  })

  test('a rehearsal asks what people ask, passes over targets that are gone, and keeps nobody waiting', async () => {
    const fresh = new Reading(db)
    const gone = [...rehearsal([1, 2], highestTarget(db.$client) + 500, TODAY)]
    expect(new Set(gone.map(({ page }) => page))).toEqual(
      new Set(['ledger', 'tasks', 'target', 'reports', 'facets', 'overview']),
    )
    const done: string[] = []
    const played = fresh.rehearse([1, 2, 3], TODAY).then(() => done.push('played'))
    const asked = fresh.text('tasks', { ...WHO, role: 'reporter', unitId: 7 }, TODAY).then(() => done.push('asked'))
    await Promise.all([played, asked])
    await fresh.close()
    expect(done).toEqual(['asked', 'played'])
    expect([...rehearsal([], 10, TODAY)]).toEqual([]) // nobody signs in: nobody will ask
  })

  test('a thread that dies is replaced, and what it was asked is answered', async () => {
    const fresh = new Reading(db)
    const answers = [1, 2, 3].map((unitId) => fresh.ask('facets', { role: 'reporter', unitId }, {}, TODAY))
    await killThreads(fresh)
    expect((await Promise.all(answers)).map(({ light }) => light)).toHaveLength(3)
    await fresh.close()
  })

  test('a write that changes no answer leaves the stamp', () => {
    const count = () =>
      db
        .insert(counters)
        .values({ name: 'test', year: 2026, last: 1 })
        .onConflictDoUpdate({ target: [counters.name, counters.year], set: { last: 2 } })
        .run()
    const stamp = changeStamp(db.$client)
    withoutStamp(db.$client, count)
    expect(changeStamp(db.$client)).toBe(stamp)
    count()
    expect(changeStamp(db.$client)).not.toBe(stamp)
  })
})

/** Ends the threads as a lack of memory would. */
async function killThreads(reading: Reading): Promise<void> {
  const { threads } = reading as unknown as { threads: Map<string, ReaderThread> }
  for (const thread of threads.values()) {
    const { worker } = thread as unknown as { worker: Worker }
    await worker.terminate()
  }
}
