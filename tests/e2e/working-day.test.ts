import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notifications, rankingAppeals, users } from '../../db/schema/index.ts'
import { messagePath } from '../../db/domain/messages.ts'
import { PASSWORD } from '../server/helper.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'

/** More than a screen of rows. */
const MANY = 12

describe.skipIf(!findChromium())('the pages of a working day', () => {
  let web: BrowserApp
  let first: number
  /** Targets with the numbers of their reports, which wait to be reviewed. */
  const waiting: { id: number; reportId: number }[] = []
  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    for (let i = 0; i < MANY; i++) {
      const id = await office.signedTarget({ indicator: `第${i + 1}项指标`, deadline: dayFrom(40 + i) })
      if (i === 0) first = id
      const { record } = await office.done('reporter', id, 'draft', {
        value: 55,
        asOf: dayFrom(-5),
        note: '按计划推进。'.repeat(20),
      })
      await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: ['jump', 'wrong-direction'] })
      waiting.push({ id, reportId: record!.id })
    }
    const other = office.addTarget({ indicator: '只归乙局的一项', deadline: dayFrom(60) }, [
      { role: 'lead', name: '乙局' },
    ])
    await office.done('supervisor', other, 'accept')
    await office.done('supervisor', other, 'assign')
  })
  afterAll(() => web?.close())

  it('督查 shows many rows a screen, its lists at the side, no button that shouts, and one unit where it is asked for', async () => {
    const page = await web.open('supervisor', '/supervision')
    await page.locator('li.line').first().waitFor()
    expect(await page.locator('li.line').count()).toBe(MANY)
    const boxes = await page
      .locator('li.line')
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom))
    expect(boxes.filter((bottom) => bottom <= 900).length).toBeGreaterThanOrEqual(7)
    expect(await page.locator('li.line .btn.primary').count()).toBe(0)
    const nav = page.getByRole('navigation', { name: '督查事项' })
    const tops = await nav
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top))
    expect(new Set(tops).size).toBe(tops.length) // one below the other
    await page.getByLabel('单位', { exact: true }).selectOption({ label: '乙局' })
    await page.getByText('这个单位没有').waitFor()
    await nav.getByRole('link', { name: /未签收/ }).click()
    await page.locator('li.line', { hasText: '只归乙局的一项' }).waitFor()
    web.assertQuiet()
  })

  it('台账 selects all that is found by the box in its head, and keeps 清除全部条件 beside the search', async () => {
    const page = await web.open('supervisor', '/targets?sort=indicator&unitId=' + web.office.unitIds.own)
    await page.locator('.body [role=row]').first().waitFor()
    await page.getByLabel('选择符合条件的全部').check()
    await page.getByText(`已选 ${MANY} 项`).waitFor()
    await page.getByLabel('选择符合条件的全部').uncheck()
    await expect.poll(() => page.getByText(/^已选 \d+ 项/).count()).toBe(0)
    for (const width of [1440, 1280, 1100, 390]) {
      await page.setViewportSize({ width, height: 844 })
      const topOf = async (locator: ReturnType<Page['locator']>) => (await locator.boundingBox())!.y
      expect(await topOf(page.getByRole('button', { name: '清除全部条件' })), String(width)).toBe(
        await topOf(page.getByLabel('搜索目标')),
      )
    }
    web.assertQuiet()
  })

  it('文件库 offers the years that its documents have', async () => {
    const page = await web.open('leader', '/documents')
    await page.locator('.body [role=row]').first().waitFor()
    expect(await page.getByLabel('年份').locator('option').allInnerTexts()).toEqual(['全部年份', '2024 年'])
  })

  it('审计 names the person whose account was changed, and an empty system begins with its units', async () => {
    await web.office.injectAs('admin', {
      method: 'POST',
      url: '/api/users',
      payload: { username: 'lisi', displayName: '李四', role: 'leader' },
    })
    const page = await web.open('admin', '/system?part=audit')
    await page.getByRole('cell', { name: '人员 李四' }).waitFor()
    expect(await page.getByRole('cell', { name: /^人员 \d+$/ }).count()).toBe(0)

    const empty = await startBrowserApp()
    try {
      empty.office.db.$client.exec(
        'PRAGMA foreign_keys = OFF; DELETE FROM units; DELETE FROM unit_aliases; DELETE FROM documents; PRAGMA foreign_keys = ON',
      )
      empty.office.db.update(users).set({ unitId: null }).run()
      const start = await empty.open('admin', '/')
      const steps = start.getByRole('region', { name: '开始使用' }).getByRole('listitem')
      await steps.first().waitFor()
      expect(await steps.getByRole('link').allInnerTexts()).toEqual([
        '写上单位名称',
        '建立单位',
        '开设账号',
        '给领导开账号',
      ])
      expect(await steps.nth(1).getAttribute('class')).not.toContain('done')
      expect(await steps.nth(1).getByRole('link').getAttribute('href')).toBe('/intake/units')
      expect(await steps.nth(3).getAttribute('class')).toContain('done')
      expect(await start.getByRole('region', { name: '从这里开始' }).count()).toBe(0)
    } finally {
      await empty.close()
    }
  })

  it('a link of a message leads through the sign-in to the form itself', async () => {
    await web.office.done('supervisor', first, 'issue-order', { color: 'yellow', text: '请说明', dueOn: dayFrom(5) })
    const told = web.office.db
      .select()
      .from(notifications)
      .where(eq(notifications.userId, web.office.userIds.reporter))
      .all()
      .find(({ kind }) => kind === 'order')!
    const page = await web.open(null, messagePath(told, 'reporter')!)
    await page.locator('[name=username]').fill('reporter')
    await page.locator('[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '回复督办单' })
    await dialog.waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.keyboard.press('Escape')
    await page.goto('/notifications')
    await page.getByRole('button', { name: '标为已读', exact: true }).first().waitFor()
    await page.getByRole('button', { name: '接收方式' }).click()
    const choice = page.getByLabel('期限提醒发消息网关')
    expect(await choice.isDisabled()).toBe(true) // no gateway is set up
    web.assertQuiet()
  })

  it('the calendar shows the limits of the month, leads to the form, and gives a secret address once', async () => {
    const month = dayFrom(40).slice(0, 7)
    const page = await web.open('reporter', `/calendar?month=${month}&day=${dayFrom(40)}`)
    const list = page.getByRole('region', { name: /\d+年\d+月\d+日/ })
    await list.getByRole('link', { name: '第1项指标' }).waitFor()
    expect(await list.getByRole('link', { name: '第1项指标' }).getAttribute('href')).toBe(`/targets/${first}/report`)
    await page.getByRole('button', { name: '生成订阅地址' }).click()
    const address = (await page.locator('code').innerText()).trim()
    expect((await web.office.inject({ url: new URL(address).pathname })).body).toContain('第1项指标')
    await page.reload()
    await page.getByText('还没有被读取').or(page.getByText('最近读取')).waitFor()
    expect(await page.content()).not.toContain(address.split('/').at(-1))
    web.assertQuiet()
  })

  it('消息渠道 are set up with a password that is not shown again', async () => {
    const page = await web.open('admin', '/system?part=channels')
    await page.getByRole('button', { name: '设置消息网关' }).click()
    const dialog = page.getByRole('dialog', { name: '设置消息网关' })
    await dialog.locator('[name=url]').fill('http://127.0.0.1:9/in')
    await dialog.locator('[name=channel-secret]').fill('a-secret-of-sixteen')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('127.0.0.1:9').waitFor()
    await page.getByRole('button', { name: '给消息网关发测试消息' }).click()
    await page.getByText(/没有发出：/).waitFor()
    await page.getByRole('button', { name: '设置消息网关' }).click()
    expect(await page.content()).not.toContain('a-secret-of-sixteen')
    web.assertQuiet()
  })

  it('a published ranking stands in groups, says how a score came about, and takes an appeal that the office answers', async () => {
    const { office } = web
    for (const { id, reportId } of waiting.slice(0, 3)) await office.done('supervisor', id, 'approve', { reportId })
    const period = dayFrom(0).slice(0, 7)
    const send = (url: string, payload: object) => office.injectAs('supervisor', { method: 'POST', url, payload })
    const { id, version } = (await send('/api/bulletins', { period })).json()
    expect((await send(`/api/bulletins/${id}/issue`, { version })).statusCode).toBe(200)
    const unit = await web.open('reporter', `/bulletins?view=ranking&period=${period}`)
    await unit.getByRole('button', { name: '申诉' }).click()
    await unit.getByRole('dialog', { name: '申诉' }).locator('[name=text]').fill('催办重复计了一次')
    await unit.getByRole('button', { name: '提交申诉' }).click()
    await unit.getByText('待答复').waitFor()
    const page = await web.open('supervisor', '/today')
    await page.getByRole('link', { name: '去答复（1）' }).click()
    await page.getByText('怎么算的').first().click()
    await page
      .getByText(/÷\d+＝/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '答复甲局的申诉' }).click()
    const dialog = page.getByRole('dialog', { name: '答复申诉' })
    await dialog.getByLabel('申诉成立').check()
    await dialog.locator('[name=score]').fill('88')
    await dialog.locator('[name=text]').fill('经核属实')
    await dialog.getByRole('button', { name: '答复', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(/申诉后更正：88\.00 分/).waitFor()
    expect(office.db.select().from(rankingAppeals).all()).toMatchObject([{ status: 'upheld', correctedScore: 88 }])
    web.assertQuiet()
  })
})
