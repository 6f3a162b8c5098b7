import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents, files, targets } from '../../db/schema/index.ts'
import { TEXT } from '../server/supervision/office.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const MISSED = '新建公里数达到100公里'
/** About 300 printed pages. */
const LONG_PARAGRAPHS = 3_000

describe.skipIf(!findChromium())('the reading room', () => {
  let web: BrowserApp
  beforeAll(async () => {
    web = await startBrowserApp()
  })
  afterAll(() => web?.close())

  it('adds a target from selected words, which become its evidence', async () => {
    const page = await web.open('supervisor', `/documents/${web.office.documentId}`)
    await page.locator('.reader [data-at]').first().waitFor()
    await page.evaluate((words) => {
      const run = [...document.querySelectorAll('.reader [data-at]')].find((one) => one.textContent?.includes(words))!
      const at = run.textContent!.indexOf(words)
      getSelection()!.setBaseAndExtent(run.firstChild!, at, run.firstChild!, at + words.length)
    }, MISSED)
    await page.getByRole('button', { name: '加为目标' }).click()
    await page.getByText(`“${MISSED}”`).waitFor()
    await page.getByLabel('指标', { exact: true }).fill('新建公里数')
    await page.getByLabel('目标值').fill('100')
    await page.getByLabel('计量单位').fill('公里')
    await page.getByRole('button', { name: '加入台账并立项' }).click()
    await page.locator('mark.active', { hasText: MISSED }).waitFor()
    const row = web.office.db.select().from(targets).orderBy(desc(targets.id)).get()!
    const start = TEXT.indexOf(MISSED)
    expect(row).toMatchObject({
      indicator: '新建公里数',
      kind: 'quantity',
      op: '>=',
      value: 100,
      unit: '公里',
      state: 'confirmed',
      start,
      end: start + MISSED.length,
      evidence: MISSED,
    })
    web.assertQuiet()
  })

  it('offers it to the office only', async () => {
    const page = await web.open('leader', `/documents/${web.office.documentId}`)
    await page.locator('.reader [data-at]').first().waitFor()
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('.reader')!))
    expect(await page.getByRole('button', { name: '加为目标' }).count()).toBe(0)
  })

  it('scrolls through three hundred pages', async () => {
    const { db, clock } = web.office
    const text = Array.from(
      { length: LONG_PARAGRAPHS },
      (_, i) =>
        `（${i + 1}）持续推进第${i + 1}项工作，完善制度，压实责任，强化保障，${'逐级分解任务，'.repeat(8)}确保见到实效。`,
    ).join('\n')
    const fileId = db
      .insert(files)
      .values({
        sha256: 'c'.repeat(64),
        name: '长.txt',
        format: 'txt',
        size: text.length,
        rawText: text,
        importedAt: clock.now.toISOString(),
      })
      .returning()
      .get().id
    const id = db
      .insert(documents)
      .values({ fileId, title: '长文件', start: 0, end: text.length, createdAt: clock.now.toISOString() })
      .returning()
      .get().id
    for (let i = 0; i < 400; i++)
      web.office.addTarget({
        documentId: id,
        start: i * 550 + 10,
        end: i * 550 + 30,
        clauseStart: i * 550,
        clauseEnd: i * 550 + 60,
      })
    const page = await web.open('supervisor', `/documents/${id}`)
    await page
      .locator('.reader .block')
      .nth(LONG_PARAGRAPHS - 1)
      .waitFor({ state: 'attached' })
    const frames = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const reader = document.querySelector('.reader')!
          const took: number[] = []
          let last = performance.now()
          const turn = () => {
            const now = performance.now()
            took.push(now - last)
            last = now
            reader.scrollTop += 400
            if (took.length < 120) requestAnimationFrame(turn)
            else resolve(took)
          }
          requestAnimationFrame(turn)
        }),
    )
    // How long a frame takes is for the benchmark; here every step of the scroll must have arrived.
    expect(frames).toHaveLength(120)
    expect(await page.locator('.reader').evaluate((reader) => reader.scrollTop)).toBeGreaterThan(10_000)
    web.assertQuiet()
  })
})
