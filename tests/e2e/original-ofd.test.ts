import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layer, ofd, rule, words } from '../server/readers/ofd-files.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { storeOriginal, type StoredOriginal } from './originals.ts'

/** Two pages: a head and a sentence whose digits stand in an object of their own, and a table with its rules. */
const PAGES = [
  words('霁川市人民政府文件', 70, 30) +
    rule(30, 50, 180, 50) +
    words('　　到', 30, 60) +
    words('2027', 45, 60, '', '2.5 2.5 2.5') +
    words('年底，公共机构节水器具普及率达到', 55, 60) +
    words('95%', 135, 60, '', '2.5 2.5') +
    words('以上。', 142.5, 60),
  [20, 32, 44].map((y) => rule(20, y, 160, y)).join('') +
    [20, 90, 160].map((x) => rule(x, 20, x, 44)).join('') +
    words('任务', 25, 24) +
    words('责任单位', 95, 24) +
    words('新建改建农村公路', 25, 36) +
    words('市交通运输局', 95, 36),
]

describe.skipIf(!findChromium())('an OFD beside its text', () => {
  let web: BrowserApp
  let file: StoredOriginal
  beforeAll(async () => {
    web = await startBrowserApp()
    file = await storeOriginal(web.office, '节水.ofd', ofd({ pages: PAGES.map(layer) }))
  })
  afterAll(() => web?.close())

  it('is drawn page by page, and a finding is marked in it', async () => {
    const ids = [file.target('95%'), file.target('农村公路')]
    const page = await web.open('supervisor', `/documents/${file.documentId}?original=1&finding=${ids[0]}`)
    const original = page.getByRole('region', { name: '原件' })
    await page.getByText('/ 2 页').waitFor()
    await original.locator('mark').first().waitFor()
    expect((await original.locator('mark').allTextContents()).join('')).toBe('95%')
    await page.getByText('已定位到第 1 页').waitFor()
    await expect.poll(() => original.locator('[data-page="2"] path').count()).toBe(6)
    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT })
    await page.keyboard.press('j')
    await expect.poll(() => original.locator('mark').allTextContents()).toEqual(['农村公路'])
    expect(await seriousFaults(page)).toEqual([])
    web.assertQuiet()
  })

  it('says so where it cannot be drawn', async () => {
    const page = await web.open('supervisor', '/documents')
    await page.route('**/original', (route) => route.fulfill({ body: Buffer.from('PK no zip') }))
    await page.goto(`${web.address}/documents/${file.documentId}?original=1`)
    await page.getByText('原件的内容无法在页面里显示').waitFor()
  })
})
