import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { orders, problems } from '../../db/schema/index.ts'
import { readWorkingDays } from '../../server/core/working-days.ts'
import { runDaily } from '../../server/reminders/daily.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'
import { startStep } from './start-step.ts'

const YEAR = dayFrom(0).slice(0, 4)

describe.skipIf(!findChromium())('督办单, 批示 and 问题清单 through the pages', () => {
  let web: BrowserApp
  let overdue: number

  beforeAll(async () => {
    web = await startBrowserApp()
    overdue = await web.office.signedTarget({ indicator: '危桥改造', deadline: dayFrom(-3) })
  })
  afterAll(() => web?.close())

  const line = (page: Page, text: string) => page.locator('li.line', { hasText: text })
  /** Presses the button of an open dialog and waits until it is gone. */
  async function send(dialog: Locator, verb: string) {
    await dialog.getByRole('button', { name: verb, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  it('are proposed by the rule, issued by a person in the numbers that the settings say, answered by the unit and closed by the office', async () => {
    const admin = await web.open('admin', '/system?part=settings')
    const colors = admin.getByRole('group', { name: '按规则提出待签发' })
    await colors.getByLabel('黄色').check()
    await colors.getByLabel('红色').check()
    await admin.getByRole('textbox', { name: '督办单', exact: true }).fill('测督〔{year}〕{n}号')
    await admin.getByLabel('回复时限').fill('4')
    await Promise.all([
      admin.getByText('设置已保存').waitFor(), // a short message is waited for before it comes
      admin.getByRole('button', { name: '保存' }).click(),
    ])

    expect(await runDaily(web.office.db, web.office.clock.now)).toMatchObject({ proposed: 1 })
    expect(await runDaily(web.office.db, web.office.clock.now)).toMatchObject({ proposed: 0 })
    expect(web.office.db.select().from(orders).all()).toEqual([])
    const office = await web.open('supervisor', '/supervision?tab=proposals')
    await office.getByText('按规则提出').waitFor()
    await office.getByLabel('选择甲局：危桥改造').check()
    await office.getByRole('button', { name: '签发', exact: true }).click()
    await send(office.getByRole('dialog', { name: '签发督办单' }), '签发督办单')
    await office.getByText('没有待签发的督办单').waitFor()
    await office.goto(`${web.address}/supervision?tab=orders`)
    const row = line(office, `测督〔${YEAR}〕1号`)
    await row.getByText('红色督办单').waitFor()
    const limit = readWorkingDays(web.office.db).after(shanghaiDate(web.office.clock.now), 4)
    expect(await row.textContent()).toContain(`回复时限 ${limit}`)

    const unit = await web.open('reporter', '/tasks')
    await unit
      .getByRole('listitem')
      .filter({ hasText: `测督〔${YEAR}〕1号` })
      .getByRole('button', { name: '回复' })
      .click()
    const dialog = unit.getByRole('dialog', { name: '回复督办单' })
    await dialog.locator('[name=text]').fill('已增派力量，月底前完成')
    await send(dialog, '提交回复')
    await unit.getByText(`测督〔${YEAR}〕1号`).waitFor({ state: 'detached' })

    await office.reload()
    await row.getByText('回复：已增派力量，月底前完成').waitFor()
    await row.getByRole('button', { name: '办结' }).click()
    await send(office.getByRole('dialog', { name: '办结督办单' }), '办结')
    await row.waitFor({ state: 'detached' })
    await office.getByRole('link', { name: '已办结' }).click()
    await row.waitFor()
    expect(await row.getByRole('button').count()).toBe(0)
    expect(web.office.db.select().from(orders).all()).toMatchObject([
      {
        number: `测督〔${YEAR}〕1号`,
        color: 'red',
        answeredBy: web.office.userIds.reporter,
        closedBy: web.office.userIds.supervisor,
      },
    ])
    web.assertQuiet()
  })

  it('print on A4 with nothing cut off, however much was written', async () => {
    const [asked, answered] = ['督', '复'].map(
      (sign) => `${sign}首${`${sign}办事项按月推进落实。`.repeat(140)}${sign}尾`,
    ) as [string, string]
    const { record } = await web.office.done('supervisor', overdue, 'issue-order', {
      color: 'yellow',
      text: asked,
      dueOn: dayFrom(7),
    })
    await web.office.done('reporter', overdue, 'answer-order', { orderId: record!.id, text: answered })
    const page = await web.open('supervisor', `/targets/${overdue}/orders/${record!.id}`)
    await page.locator('.sheet').waitFor()
    const { pages, text } = await readPdf(await page.pdf({ format: 'A4', preferCSSPageSize: true }))
    expect(pages.length).toBeGreaterThan(1)
    for (const { width, height, items } of pages) {
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
      for (const one of items) {
        expect(one.x, one.text).toBeGreaterThan(20)
        expect(one.x + one.width, one.text).toBeLessThan(width - 20)
      }
    }
    for (const part of ['督办单', record!.number!, '甲局：', '危桥改造', '单位回复', asked, answered, '下载']) {
      expect(text.includes(plain(part)), part.slice(0, 20)).toBe(part !== '下载') // the tools are for the screen only
    }
    const [docx] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载 docx' }).click(),
    ])
    expect(docx.suggestedFilename()).toMatch(/督办单.*\.docx$/)
  })

  it('批示 reach the office and the unit', async () => {
    const leader = await web.open('leader', `/targets/${overdue}`)
    await leader.getByRole('button', { name: '批示', exact: true }).click()
    const dialog = leader.getByRole('dialog', { name: '批示' })
    await dialog.locator('[name=text]').fill('请每周报我')
    // a Sunday for which no exchange of working days has been published
    const sunday = Array.from({ length: 7 }, (_, i) => dayFrom(500 + i)).find((day) => new Date(day).getUTCDay() === 0)!
    await dialog.locator('[name=dueOn]').fill(sunday)
    await dialog.getByText('这一天休息，不是工作日').waitFor()
    await send(dialog, '写入批示')
    const office = await web.open('supervisor', '/supervision')
    await office.getByRole('navigation', { name: '督查事项' }).getByRole('link', { name: /批示/ }).click()
    await office.locator('li.instruction', { hasText: '请每周报我' }).getByText('leader').waitFor()
    const unit = await web.open('reporter', '/notifications')
    await unit.getByText(/请每周报我/).waitFor()
    await unit.goto(`/targets/${overdue}`)
    await unit.getByText('请每周报我').first().waitFor()
    web.assertQuiet()
  })

  it('问题清单: raised with a deadline, mended, sent back, mended again and closed', async () => {
    const office = await web.open('supervisor', `/targets/${overdue}`)
    let dialog = await startStep(office, '列入问题清单')
    await dialog.locator('[name=text]').fill('台账与现场不符')
    await dialog.locator('[name=measures]').fill('逐点核实')
    await dialog.locator('[name=dueOn]').fill(dayFrom(10))
    await send(dialog, '列入清单')

    const unit = await web.open('reporter', '/tasks')
    const rectify = async (text: string) => {
      await unit.goto('/tasks')
      await unit
        .getByRole('listitem')
        .filter({ hasText: '台账与现场不符' })
        .getByRole('button', { name: '报送整改' })
        .click()
      const form = unit.getByRole('dialog', { name: '报送整改情况' })
      await form.locator('[name=text]').fill(text)
      await send(form, '报送')
    }
    await rectify('已核实两处')
    await office.goto('/supervision?tab=problems')
    const row = line(office, '台账与现场不符')
    await row.getByText('整改：已核实两处').waitFor()
    await row.getByRole('button', { name: '退回' }).click()
    dialog = office.getByRole('dialog', { name: '退回整改' })
    await dialog.locator('[name=reason]').fill('还有一处没有核实')
    await send(dialog, '退回')
    await row.getByText('待整改').waitFor()

    await rectify('三处全部核实')
    await office.reload()
    await row.getByRole('button', { name: '销号' }).click()
    await send(office.getByRole('dialog', { name: '问题销号' }), '销号')
    await row.waitFor({ state: 'detached' })
    await office.getByRole('link', { name: '已销号' }).click()
    await row.getByText('整改：三处全部核实').waitFor()
    expect(web.office.db.select().from(problems).all()).toMatchObject([{ status: 'closed', dueOn: dayFrom(10) }])
    web.assertQuiet()
  })
})

/** A PDF may hold a sign in another of its forms. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '')

/** Pages of a PDF with every piece of text and where it stands, in points. */
async function readPdf(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => {
      const page = await pdf.getPage(i + 1)
      const { width, height } = page.getViewport({ scale: 1 })
      const { items } = await page.getTextContent()
      return {
        width,
        height,
        items: items.flatMap((one) =>
          'str' in one && one.str.trim() !== ''
            ? [{ text: one.str, x: one.transform[4] as number, width: one.width }]
            : [],
        ),
      }
    }),
  )
  await pdf.destroy()
  return { pages, text: plain(pages.flatMap(({ items }) => items.map((one) => one.text)).join('')) }
}
