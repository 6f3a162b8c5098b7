import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type OpenDb } from '../../db/open.ts'
import { type IntakeRow, intakes, settings } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../../server/actor.ts'
import { usageOf } from '../../server/bounded/usage.ts'
import { keepRows, keptRows } from '../../server/intake/rows.ts'
import { IntakeRunner } from '../../server/intake/runner.ts'
import { shownIntake, shownRows } from '../../server/intake/shown.ts'
import { databasePath } from '../../server/paths.ts'
import { longestPause, printFigures } from './figures.ts'
import { LIST_BOMBS } from './list-bombs.ts'

/** What the server may grow by while a list is read elsewhere, in MB: next to nothing, its garbage is not collected at once. */
const GROWTH = 150
/** What the setting 导入 allows in this test: what means to fill gigabytes fills this as well. */
const MEGABYTES = 256

let folder: string
let db: OpenDb
let runner: IntakeRunner
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhengbiao-lists-'))
  db = openDatabase(databasePath(folder))
  db.insert(settings)
    .values({ key: 'imports', value: { memoryMegabytes: MEGABYTES }, updatedAt: '2026-06-30T00:00:00.000Z' })
    .run()
  runner = new IntakeRunner(db)
})
afterAll(async () => {
  await runner.close()
  db.$client.close()
  rmSync(folder, { recursive: true, force: true })
})

function open({ fileName, bytes }: { fileName: string; bytes: Buffer }) {
  const path = join(folder, 'list')
  writeFileSync(path, bytes)
  const stamp = systemStamp('测试', new Date('2026-06-30T00:00:00Z'))
  return runner.run({ do: 'open', kind: 'units', fileName, path, stamp })
}

it.each(Object.entries(LIST_BOMBS))('%s: ends within its limits and takes none of the server', async (name, make) => {
  const list = make()
  const before = usageOf(process.pid)!.bytes
  const { result, pause } = await longestPause(() =>
    open(list).then(
      () => 'read',
      (error: Error & { status?: number; detail?: string }) => `${error.status} ${error.detail ?? error.message}`,
    ),
  )
  const grown = Math.round((usageOf(process.pid)!.bytes - before) / 1024 / 1024)
  printFigures(name, { KB: Math.round(list.bytes.length / 1024), end: result, pause, grown })
  expect(result).toMatch(/^422 /)
  expect(grown).toBeLessThan(GROWTH)
  expect(db.select().from(intakes).all()).toEqual([])
})

it('a list behind them is read', async () => {
  const { id } = await open({ fileName: '单位.csv', bytes: Buffer.from('单位名称,简称\n霁川市水利局,市水利局\n') })
  expect(id).toBe(1)
})

it('a page of a list of 20,000 long rows costs a page', async () => {
  const { id } = await open({ fileName: '单位.csv', bytes: Buffer.from('单位名称,简称\n霁川市教育局,市教育局\n') })
  const row = (n: number): IntakeRow => ({
    ...{ row: n, verdict: n % 10 === 0 ? 'wrong' : 'new', title: `第${n}行`, faults: [], hints: [], knownId: null },
    facts: [{ title: '事项', text: '全面落实各项工作。'.repeat(100) }],
  })
  inTransaction(db, (tx) =>
    keepRows(
      tx,
      id,
      Array.from({ length: 20_000 }, (_, i) => row(i + 1)),
    ),
  )
  const timed = <T>(work: () => T) => {
    const start = performance.now()
    const result = work()
    return { result, ms: performance.now() - start }
  }
  const whole = timed(() => keptRows(db, id))
  const page = timed(() => shownRows(db, 'units', id, { from: 15_000, limit: 100 }))
  const wrong = timed(() => shownRows(db, 'units', id, { verdict: ['wrong'], from: 1_900, limit: 100 }))
  const list = timed(() => shownIntake(db, 'units', id))
  const ms = Object.entries({ whole, page, wrong, list }).map(([name, one]) => [name, Math.round(one.ms)])
  printFigures('a page of 20,000 long rows, in milliseconds', Object.fromEntries(ms))
  expect(page.result.total).toBe(20_000)
  expect(page.result.items[0]).toEqual(row(15_001))
  expect([wrong.result.total, wrong.result.items.at(-1)?.row]).toEqual([2_000, 20_000])
  expect(list.result.counts).toMatchObject({ new: 18_000, wrong: 2_000 })
  for (const one of [page, wrong, list]) expect(one.ms).toBeLessThan(whole.ms / 2)
})
