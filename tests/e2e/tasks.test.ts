import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asc, eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { reports, targets } from '../../db/schema/index.ts'
import { rewriteSpans } from '../../server/core/light-spans.ts'
import { PASSWORD } from '../server/helper.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'

const PHONE = { viewport: { width: 390, height: 844 } }
const NEXT_YEAR = `${Number(dayFrom(0).slice(0, 4)) + 1}-12-31`

/** A clerk who comes once a month, with a phone: every state of 我的任务 and of the report form. */
/** What a report of a target in yellow or red has to say. */
async function explain(page: Page) {
  await page.getByLabel('存在问题').fill('无')
  await page.getByLabel('下一步措施').fill('按计划推进')
  await page.getByLabel('需要协调的事项').fill('无')
}

describe.skipIf(!findChromium())('a department on a phone', () => {
  let web: BrowserApp

  beforeAll(async () => {
    web = await startBrowserApp()
  })
  afterAll(() => web?.close())

  const tasks = async () => {
    const page = await web.open('reporter', '/tasks', PHONE)
    await page.locator('h1').waitFor()
    await page.locator('.skeleton').waitFor({ state: 'detached' })
    return page
  }
  const section = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })
  const fits = async (page: Page) => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(await seriousFaults(page)).toEqual([])
  }
  const assigned = async (fields: Parameters<typeof web.office.addTarget>[0]) => {
    const id = web.office.addTarget({ deadline: NEXT_YEAR, ...fields })
    await web.office.done('supervisor', id, 'accept')
    await web.office.done('supervisor', id, 'assign')
    return id
  }
  const stored = (id: number) =>
    web.office.db.select().from(reports).where(eq(reports.targetId, id)).orderBy(asc(reports.id)).all()

  it('says what the page is for where nothing is to be done, and how things go', async () => {
    const page = await tasks()
    await page.getByText('现在没有要办的事').waitFor()
    await page.getByText('督查室交办后，先签收').waitFor()
    await fits(page)
    await page.getByRole('button', { name: '知道了' }).click()
    expect(await page.getByText('督查室交办后，先签收').count()).toBe(0)
    await page.getByRole('button', { name: '怎么办理' }).click()
    await page.getByText('督查室交办后，先签收').waitFor()
    web.assertQuiet()
  })

  it('leads from what is to be signed over the first report to the answer, in whole words', async () => {
    const id = await assigned({
      indicator: '规模以上工业增加值',
      op: '>=',
      value: 7.5,
      unit: '%',
      measure: 'growth',
      per: 'year',
      baselineValue: null,
      baselineUnit: null,
    })
    const page = await tasks()
    const card = section(page, '待签收').locator('li')
    expect((await card.textContent())!.replace(/\s/g, '')).toContain('每年增幅不低于7.5%')
    await fits(page)
    await card.getByRole('button', { name: '签收' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^签收/ }).click()
    await page.getByText('现在没有要办的事').waitFor()

    await page.goto(`/targets/${id}/report`)
    expect((await page.locator('.page-header').textContent())!.replace(/\s/g, '')).toContain('每年增幅不低于7.5%')
    await page.getByRole('button', { name: '提交审核' }).click() // nothing filled in
    await page.getByText('请填写完成值').waitFor()
    await fits(page)
    await page.getByLabel('完成值').fill('8.1')
    await page.getByText('已达到目标').waitFor()
    await page.getByLabel('数据截止').fill(dayFrom(-2))
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('已提交，等待督查室审核').waitFor()
    await fits(page)
    expect(stored(id)).toMatchObject([{ value: 8.1, asOf: dayFrom(-2), status: 'submitted' }])
    web.assertQuiet()
  })

  it('shows a returned report first, with its reason, and takes the corrected one', async () => {
    const id = await web.office.signedTarget({
      indicator: '公厕改造',
      unit: '座',
      op: '>=',
      value: 60,
      deadline: NEXT_YEAR,
    })
    const { record } = await web.office.done('reporter', id, 'draft', { value: 51, asOf: dayFrom(-20) })
    await web.office.done('reporter', id, 'submit', { reportId: record!.id })
    await web.office.done('supervisor', id, 'return', { reportId: record!.id, reason: '数据口径有误，请核对后重报' })
    const page = await tasks()
    expect((await page.locator('.task-section h2').first().textContent())!).toContain('退回重报')
    await section(page, '退回重报').getByText('数据口径有误，请核对后重报').waitFor()
    await section(page, '退回重报').getByRole('link', { name: '重新填报' }).click()
    await page.getByText('上次填报被退回').waitFor()
    expect(await page.getByLabel('完成值').inputValue()).toBe('51')
    await fits(page)
    await page.getByLabel('完成值').fill('52')
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('已提交，等待督查室审核').waitFor()
    expect(stored(id).map(({ value, status }) => [value, status])).toEqual([
      [51, 'returned'],
      [52, 'submitted'],
    ])
    web.assertQuiet()
  })

  it('tells what is late, and since when', async () => {
    const id = await web.office.signedTarget({
      indicator: '老旧小区改造',
      unit: '个',
      value: 20,
      baselineValue: 0,
      baselineUnit: '个',
      deadline: NEXT_YEAR,
    })
    web.office.db
      .update(targets)
      .set({ deadline: dayFrom(-5) })
      .where(eq(targets.id, id))
      .run()
    rewriteSpans(web.office.db, [id], dayFrom(0))
    const page = await tasks()
    const card = section(page, '已经逾期').locator('li', { hasText: '老旧小区改造' })
    expect(await card.textContent()).toContain('已过 5 天')
    await card.getByRole('link', { name: '填报' }).click()
    await page.getByLabel('完成值').fill('12')
    await page.getByLabel('数据截止').fill(dayFrom(-2))
    web.assertQuiet()

    // What was refused is written and sent again: the first refusal does not stand in the way.
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText(/填写有误.*存在问题/).waitFor()
    for (const part of ['存在问题', '下一步措施', '需要协调的事项']) await page.getByLabel(part).fill('无')
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('已提交，等待督查室审核').waitFor()
    expect(() => web.assertQuiet()).toThrow('400')
  })

  it('loses nothing where the session ends while something is typed', async () => {
    const id = await web.office.signedTarget({ indicator: '绿道建设', unit: '公里', value: 60, deadline: NEXT_YEAR })
    const page = await web.open('reporter', `/targets/${id}/report`, PHONE)
    await page.getByLabel('完成值').fill('53')
    await page.getByLabel('进展情况').fill('二标段已经贯通')
    await explain(page)
    await page.context().clearCookies()
    await page.getByRole('button', { name: '提交审核' }).click()
    const again = page.getByRole('dialog', { name: '登录已过期' })
    await again.waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await again.locator('[name=password]').fill(PASSWORD)
    await again.locator('[name=password]').press('Enter')
    await page.getByText('已提交，等待督查室审核').waitFor()
    expect(stored(id)).toMatchObject([{ value: 53, note: '二标段已经贯通', status: 'submitted' }])
  })

  it('loses nothing offline: says so, keeps the words over a reload, and goes on', async () => {
    const id = await web.office.signedTarget({ indicator: '充电桩建设', unit: '个', value: 60, deadline: NEXT_YEAR })
    const page = await web.open('reporter', `/targets/${id}/report`, PHONE)
    await page.getByLabel('完成值').fill('54')
    await page.getByLabel('进展情况').fill('断网前写的')
    await explain(page)
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '保存草稿', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: '连接不上服务器' }).waitFor()
    expect(await page.getByLabel('进展情况').inputValue()).toBe('断网前写的')
    await fits(page)
    await page.context().setOffline(false)
    await page.reload()
    await page.getByText('已恢复上次没有提交的内容').waitFor()
    expect(await page.getByLabel('完成值').inputValue()).toBe('54')
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('已提交，等待督查室审核').waitFor()
    expect(stored(id)).toMatchObject([{ value: 54, note: '断网前写的', status: 'submitted' }])
  })

  it('says on the list that the server is away, and goes on by a retry', async () => {
    const page = await tasks()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '打开导航' }).click()
    await page.click('nav >> text=目标台账')
    await page.getByRole('alert').filter({ hasText: '连接不上服务器' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('alert').getByRole('button', { name: '重试' }).click()
    await page.locator('h1', { hasText: '目标台账' }).waitFor()
  })
})
