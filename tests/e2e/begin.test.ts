import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { documents, instructions, targets } from '../../db/schema/index.ts'
import { faultsInBothModes } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

/** What an office begins with: an item by hand, a 批示 and its answer, a ledger it has kept, the calendar of what is due. */
describe.skipIf(!findChromium())('an office begins', () => {
  let web: BrowserApp
  beforeAll(async () => {
    web = await startBrowserApp()
  })
  afterAll(() => web?.close())

  it('types an item of a meeting: its words are read, mended and 立项', async () => {
    const page = await web.open('supervisor', '/items/new')
    const form = page.getByRole('form', { name: '逐件录入' })
    await form.getByLabel('会议名称').fill('市政府第三次常务会议')
    const words = form.getByLabel('事项内容')
    await words.fill('甲局牵头，2099年底前完成渠道整治12公里。')
    await words.blur()
    await expect.poll(() => form.getByLabel('目标值').inputValue()).toBe('12')
    await form.getByRole('listitem').filter({ hasText: '甲局' }).waitFor()
    expect(await faultsInBothModes(page)).toEqual([])
    await form.getByRole('button', { name: '立项' }).click()
    await page.getByText('刚刚立项 1 件，尚未交办').waitFor()
    const { db } = web.office
    const source = db.select().from(documents).where(eq(documents.title, '市政府第三次常务会议')).get()!
    expect(db.select().from(targets).where(eq(targets.documentId, source.id)).all()).toMatchObject([
      { value: 12, unit: '公里', deadline: '2099-12-31', state: 'confirmed' },
    ])
    web.assertQuiet()
  })

  it('is 立项 right from the words: their reading is waited for', async () => {
    const page = await web.open('supervisor', '/items/new')
    const form = page.getByRole('form', { name: '逐件录入' })
    await form.getByLabel('会议名称').fill('市政府第四次常务会议')
    await page.route('**/api/items/read', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue()
    })
    await form.getByLabel('事项内容').fill('甲局牵头，2099年底前完成岸线整治8公里。')
    await form.getByRole('button', { name: '立项' }).click()
    await page.getByText('刚刚立项 1 件，尚未交办').waitFor()
    expect(web.office.db.select().from(targets).where(eq(targets.value, 8)).all()).toMatchObject([
      { deadline: '2099-12-31', state: 'confirmed' },
    ])
    web.assertQuiet()
  })

  it('writes a 批示, which its unit answers and the leader finds good, each on a page of its own', async () => {
    const page = await web.open('leader', '/supervision?tab=instructions')
    await page.getByRole('button', { name: '作出批示' }).click()
    const dialog = page.getByRole('dialog', { name: '作出批示' })
    await dialog.getByLabel('批示内容').fill('请抓紧整治渠道')
    await dialog.getByLabel('承办单位').fill('甲局')
    await dialog.getByLabel('承办单位').press('Enter')
    expect(await faultsInBothModes(page)).toEqual([])
    await dialog.getByRole('button', { name: '作出批示' }).click()
    await page.getByText('请抓紧整治渠道').waitFor()
    const { id } = web.office.db.select().from(instructions).get()!

    const unit = await web.open('reporter', `/instructions/${id}`, { viewport: { width: 390, height: 844 } })
    await unit.getByRole('button', { name: '报送办理情况' }).click()
    await unit.getByRole('form', { name: '报送办理情况' }).getByRole('textbox').fill('已开工两段')
    await unit.getByRole('form', { name: '报送办理情况' }).getByRole('button', { name: '报送办理情况' }).click()
    await unit.getByText('已开工两段').waitFor()
    expect(await faultsInBothModes(unit)).toEqual([])

    await page.goto(`/instructions/${id}`)
    await page.getByRole('button', { name: '满意' }).click()
    await page.getByRole('form', { name: '满意' }).getByRole('button', { name: '满意' }).click()
    await page.getByText('满意', { exact: true }).and(page.locator('.verdict')).waitFor()
    expect(web.office.db.select().from(instructions).get()).toMatchObject({ verdict: 'satisfied' })
    web.assertQuiet()
  })

  it('asks for the counts of the 批示 once for the list, its tab and the badge', async () => {
    const asked: string[] = []
    const prepare = async (page: Page) => {
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    }
    const page = await web.open('leader', '/supervision?tab=instructions', { prepare })
    await page.getByText('请抓紧整治渠道').waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    const times = (what: string) => asked.filter((path) => path.endsWith(what)).length
    await expect.poll(() => times('/order-proposals')).toBe(2) // the second is the badge's, which asks for both together
    expect(times('/instruction-counts')).toBe(1)
    web.assertQuiet()
  })

  it('brings in a ledger, looks through it page by page, and takes it back', async () => {
    const page = await web.open('supervisor', '/intake/ledger')
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url())
      if (pathname.endsWith('/rows')) asked.push(search)
    })
    const rows = Array.from({ length: 120 }, (_, i) => `第${i}号泵站改造,${i + 1},座,甲局,2099-12-31`)
    rows.push('没有时限的泵站,3,座,甲局,明天晚饭前')
    const buffer = Buffer.from(['事项,目标值,计量单位,牵头单位,完成时限', ...rows].join('\r\n'))
    await page.setInputFiles('input[type=file]', { name: '旧台账.csv', mimeType: 'text/csv', buffer })
    await page.getByText('第 1—100 行，共 121 行').waitFor()
    expect(await faultsInBothModes(page)).toEqual([])
    await page.getByRole('button', { name: '下一页' }).click()
    await page.getByText('第 101—121 行').waitFor()
    asked.length = 0
    await page.getByRole('button', { name: /^有误/ }).click()
    await page.getByText('看不出是哪一天').waitFor()
    expect(asked).toEqual([expect.stringContaining('from=0')]) // another choice begins at its first page, and asks once
    await page.getByRole('button', { name: '只导入其余 120 行' }).click()
    await page.getByText('新增 120').waitFor()
    await page.getByRole('button', { name: '整批撤销' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '整批撤销' }).click()
    await page.getByText('已撤销').first().waitFor()
    expect(web.office.db.select().from(targets).where(eq(targets.indicator, '第1号泵站改造')).all()).toEqual([])
    web.assertQuiet()
  })

  it('sees in the calendar what falls due, and no page wider than a phone', async () => {
    await web.office.signedTarget({ indicator: '今天到期的事', deadline: shanghaiDate(web.office.clock.now) })
    const page = await web.open('reporter', '/calendar', { viewport: { width: 390, height: 844 } })
    await page.getByRole('link', { name: '今天到期的事' }).first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(await faultsInBothModes(page)).toEqual([])
    await page.goto('/tasks')
    await page.locator('h1').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    web.assertQuiet()
  })
})
