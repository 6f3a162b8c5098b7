import { Workbook } from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tif } from '../server/readers/files.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { storeOriginal, type StoredOriginal } from './originals.ts'

async function workbook(): Promise<Buffer> {
  const book = new Workbook()
  const tasks = book.addWorksheet('任务分解表')
  tasks.addRow(['霁川市重点任务'])
  tasks.addRow(['序号', '工作任务', '目标要求', '牵头单位'])
  for (let i = 1; i <= 300; i++) tasks.addRow([i, `事项${i}`, `新建农村公路${1000 + i}公里`, '市交通运输局'])
  tasks.mergeCells('A1:D1')
  tasks.mergeCells('D3:D5')
  const indicators = book.addWorksheet('指标')
  indicators.addRow(['指标名称', '计量单位', '目标值'])
  indicators.addRow(['森林覆盖率', '%', 43.5])
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** Two pages of white paper; the words of the second stand in its lower right quarter. */
const PAPER = { width: 600, height: 800, grey: new Uint8Array(600 * 800).fill(255) }
const [FIRST, SECOND] = ['第一页的文字。', '到2027年，节水器具普及率达到95%以上。']
const SCANNED = {
  format: 'tif' as const,
  text: `${FIRST}\n\f\n${SECOND}`,
  pages: [FIRST, SECOND].map((words, i) => {
    const start = i === 0 ? 0 : FIRST.length + 3
    return {
      number: i + 1,
      start,
      width: 600,
      height: 800,
      scan: {
        toPage: [1 / 600, 0, 0, 1 / 800, 0, 0] as const,
        words: [
          {
            start,
            end: start + words.length,
            confidence: 0.9,
            box: [300, 600, 500, 620] as [number, number, number, number],
          },
        ],
      },
    }
  }),
}
const FROM_SCAN = { extracted: { explanation: { scan: { words: '', span: null, rule: 'scan' } } } }

describe.skipIf(!findChromium())('the place of a finding on the original', () => {
  let web: BrowserApp
  let book: StoredOriginal
  let scan: StoredOriginal
  beforeAll(async () => {
    web = await startBrowserApp()
    book = await storeOriginal(web.office, '分解表.xlsx', await workbook())
    scan = await storeOriginal(web.office, '扫描件.tif', tif([PAPER, PAPER]), SCANNED)
  })
  afterAll(() => web?.close())

  it('is a cell of a sheet, whichever sheet and page it stands on', async () => {
    const ids = ['1002公里', '1250公里', '43.5'].map((words) => book.target(words))
    const page = await web.open('supervisor', `/documents/${book.documentId}?original=1&finding=${ids[0]}`)
    const found = page.locator('td.found')
    await expect.poll(() => found.allTextContents()).toEqual(['新建农村公路1002公里'])
    await page.getByText('已定位到任务分解表 C4').waitFor()
    expect(await page.locator('.sheet td[rowspan="3"]').textContent()).toBe('市交通运输局')
    await page.keyboard.press('j')
    await expect.poll(() => found.allTextContents()).toEqual(['新建农村公路1250公里'])
    await expect.poll(() => page.getByLabel('到第几页').inputValue()).toBe('2')
    await expect
      .poll(() => page.locator('.sheet th').allTextContents())
      .toEqual(['序号', '工作任务', '目标要求', '牵头单位'])
    expect(await found.evaluate((cell) => cell.getBoundingClientRect().bottom < window.innerHeight)).toBe(true)
    await page.keyboard.press('j')
    await expect.poll(() => found.allTextContents()).toEqual(['43.5'])
    await page.getByRole('tab', { name: '任务分解表' }).click()
    await expect.poll(() => found.count()).toBe(0)
    await page.locator('.sheet').getByText('事项7', { exact: true }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    web.assertQuiet()
  })

  it('is marked on the picture of a page from which it was recognised', async () => {
    const id = scan.target('95%', FROM_SCAN)
    const page = await web.open('supervisor', `/documents/${scan.documentId}?original=1&finding=${id}`)
    await page.getByText('/ 2 页').waitFor()
    const mark = page.locator('[data-page="2"] rect')
    await mark.waitFor({ state: 'attached' })
    await page.getByText('已定位到第 2 页').waitFor()
    const share = await mark.evaluate((rect) => {
      const [own, paper] = [rect, rect.closest('[data-page]')!].map((one) => one.getBoundingClientRect())
      return { left: (own!.left - paper!.left) / paper!.width, top: (own!.top - paper!.top) / paper!.height }
    })
    const at = SECOND.indexOf('95%') / SECOND.length
    expect(share.left).toBeCloseTo((300 + 200 * at) / 600, 1)
    expect(share.top).toBeCloseTo(600 / 800, 1)
    await page.locator('[data-page="2"] canvas').waitFor()
    await page.getByRole('tab', { name: /读出的目标/ }).click()
    await page.getByText('来自扫描件').waitFor()
    web.assertQuiet()
  })
})
