import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reports } from '../../db/schema/index.ts'
import { runDaily } from '../../server/reminders/daily.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom, NOW } from './clock.ts'

const PHONE = { viewport: { width: 390, height: 844 } }

describe.skipIf(!findChromium())('the day of the office', () => {
  let web: BrowserApp
  beforeAll(async () => {
    web = await startBrowserApp()
  })
  afterAll(() => web?.close())

  it('begins with what waits, and issues what the rules propose as one 督办单', async () => {
    for (const indicator of ['绿道建设', '公厕改造'])
      await web.office.signedTarget({ indicator, deadline: dayFrom(-1), startOn: '2024-01-10' })
    await runDaily(web.office.db, NOW)
    const page = await web.open('supervisor', '/today')
    await page.getByRole('region', { name: '待签发的督办单' }).getByText('绿道建设').waitFor()
    expect(await page.locator('nav a[href="/today"] .badge').textContent()).toContain('2')
    expect(await seriousFaults(page)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/today.png`, fullPage: true })
    await page.getByRole('link', { name: '去签发（2）' }).click()
    await page.getByLabel('全选').check()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/proposals.png`, fullPage: true })
    await page.getByRole('button', { name: '签发', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '签发督办单' })
    await dialog.getByText('编号为 1 张督办单').waitFor()
    await dialog.getByRole('button', { name: '签发督办单' }).click()
    await page.getByText('没有待签发的督办单').waitFor()
    // The unit and the office are told all that the one sheet is about, on the page and on paper.
    const unit = await web.open('reporter', '/tasks')
    await unit.getByRole('link', { name: '绿道建设等2项' }).waitFor()
    await unit.getByRole('button', { name: '回复', exact: true }).click()
    await unit.getByRole('dialog', { name: '回复督办单' }).getByText('绿道建设；公厕改造').waitFor()
    await unit.keyboard.press('Escape')
    await unit.getByRole('link', { name: '查看原单' }).click()
    for (const item of ['1．绿道建设：不低于 60%', '2．公厕改造：不低于 60%'])
      await unit.getByRole('cell', { name: item }).waitFor()
    web.assertQuiet()
  })

  it('fits a phone', async () => {
    const page = await web.open('supervisor', '/today', PHONE)
    await page.getByRole('region', { name: '月内到期' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/today-phone.png`, fullPage: true })
  })

  it("lets the second unit report although the first one's was sent back", async () => {
    const id = web.office.addTarget(
      { indicator: '污水处理率', deadline: `${Number(dayFrom(0).slice(0, 4)) + 1}-12-31` },
      [
        { role: 'lead', name: '甲局' },
        { role: 'responsible', name: '乙局' },
      ],
    )
    const { done } = web.office
    await done('supervisor', id, 'accept')
    await done('supervisor', id, 'assign', { reportFrequency: 'monthly', reporting: 'each' })
    await done('reporter', id, 'sign')
    await done('otherReporter', id, 'sign')
    const { record } = await done('reporter', id, 'draft', { value: 51, asOf: dayFrom(-30) })
    await done('reporter', id, 'submit', { reportId: record!.id })
    await done('supervisor', id, 'return', { reportId: record!.id, reason: '口径有误' })
    const page = await web.open('otherReporter', `/targets/${id}/report`)
    await page.getByLabel('完成值').waitFor()
    expect(await page.getByLabel('完成值').inputValue()).toBe('')
    expect(await page.getByText('上次填报被退回').count()).toBe(0)
    await page.getByLabel('完成值').fill('61')
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('已提交，等待督查室审核').waitFor()
    expect(
      web.office.db
        .select()
        .from(reports)
        .all()
        .filter(({ targetId }) => targetId === id),
    ).toMatchObject([{ status: 'returned' }, { status: 'submitted', value: 61, correctsId: null }])
  })
})
