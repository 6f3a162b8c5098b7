/** What made people stumble on a working day and is mended: each is looked for where it was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom, NOW } from './clock.ts'

const PHONE = { viewport: { width: 390, height: 844 } }

describe.skipIf(!findChromium())('a day without stumbling', () => {
  let web: BrowserApp
  let signed: number
  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    signed = await office.signedTarget({ indicator: '绿道建设', deadline: dayFrom(40) })
    const other = await office.signedTarget({ indicator: '公厕改造', deadline: dayFrom(60) })
    const text = `“某一项指标”将于${dayFrom(9)}到期，请对照目标查漏补缺，最迟${dayFrom(8)}前报送，并于${dayFrom(7)}前先行说明。`
    const order = async (id: number) =>
      (await office.done('supervisor', id, 'issue-order', { color: 'yellow', text, dueOn: dayFrom(5) })).record!.id
    const answered = await order(signed)
    await order(other)
    await office.done('reporter', signed, 'answer-order', { orderId: answered, text: '已加快施工' })
    for (const [day, value] of [51, 52, 53, 54, 55, 56, 57, 58].entries()) {
      const { record } = await office.done('reporter', other, 'draft', { value, asOf: dayFrom(day - 20) })
      const confirm = ['jump', 'older', 'wrong-direction', 'same-day']
      await office.done('reporter', other, 'submit', { reportId: record!.id, confirm })
      await office.done('supervisor', other, 'approve', { reportId: record!.id })
    }
    await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/items',
      payload: {
        source: { kind: 'meeting', title: '市政府第12次常务会议' },
        text: '甲局研究提出停车收费办法。',
        indicator: '研究停车收费办法',
        kind: 'milestone',
        deadline: null,
        units: [],
      },
    })
  })
  afterAll(() => web?.close())

  it('an empty calendar leads to the limits of everybody', async () => {
    const page = await web.open('supervisor2', `/calendar?month=${dayFrom(40).slice(0, 7)}`)
    await page.getByRole('button', { name: '看全部的期限' }).click()
    await page.getByRole('link', { name: '绿道建设' }).first().waitFor()
    expect(new URL(page.url()).searchParams.get('scope')).toBe('all')
    web.assertQuiet()
  })

  it('文件库 does not say of a source that was typed in that something of it was not read', async () => {
    const page = await web.open('supervisor', '/documents')
    const row = page.locator('.body [role=row]', { hasText: '市政府第12次常务会议' })
    await row.waitFor()
    expect(await row.textContent()).not.toContain('未读出')
  })

  it('today tells of candidates where nothing else waits, and 校核 says once that a limit is not there, then leads on', async () => {
    const { office } = web
    const candidate = office.addTarget({
      indicator: '编制规划',
      deadline: null,
      deadlineBasis: 'none',
      baselineValue: null,
      baselineUnit: null,
    })
    const more = { method: 'GET', url: '/api/targets?state=extracted&scope=all&limit=1' } as const
    expect((await office.injectAs('supervisor', more)).json().total).toBe(1)
    const page = await web.open('supervisor', `/review?at=${candidate}`)
    const limit = page.locator('.pane dl > div', { hasText: '完成时限' })
    expect((await limit.locator('dd').innerText()).trim()).not.toMatch(/未定.+/s)
    const second = await web.open('supervisor', '/today', {
      // nothing waits but the candidate
      prepare: async (of) => {
        await of.route('**/api/supervision/today', async (route) => {
          const answer = await route.fetch()
          const lists = (await answer.json()) as Record<string, { total: number; oldest: unknown[] }>
          await route.fulfill({
            json: Object.fromEntries(Object.keys(lists).map((key) => [key, { total: 0, oldest: [] }])),
          })
        })
        await of.route('**/api/targets?*', async (route) => {
          const { searchParams } = new URL(route.request().url())
          if (searchParams.get('state') === 'extracted') return route.continue()
          return route.fulfill({ json: { items: [], nextCursor: null, total: 0 } })
        })
      },
    })
    await second.getByText('今天没有要办的，另有 1 条候选待校核。').waitFor()
    await page.getByRole('button', { name: /^立项/ }).click()
    await page
      .getByText(/校核.*完/)
      .first()
      .waitFor()
    web.assertQuiet()
  })

  it('rows of 督查 begin on one line, with a box or without', async () => {
    const page = await web.open('supervisor', '/supervision?tab=orders')
    await page.locator('li.line').nth(1).waitFor()
    expect(await page.locator('li.line input.pick').count()).toBe(1)
    const lefts = await page
      .locator('li.line .what')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x))
    expect(new Set(lefts).size).toBe(1)
  })

  it('whoever made a target 办结 is told that 销号 is another person’s, and the report that is judged is named', async () => {
    const { office } = web
    const id = await office.signedTarget({ indicator: '口袋公园', value: 60, deadline: dayFrom(90) })
    const { record } = await office.done('reporter', id, 'draft', { value: 66, asOf: dayFrom(-2) })
    await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: ['jump', 'wrong-direction'] })
    const page = await web.open('supervisor', '/supervision')
    await page.locator('li.line', { hasText: '口袋公园' }).getByRole('button', { name: '通过' }).click()
    const dialog = page.getByRole('dialog', { name: '审核通过' })
    await dialog.getByText(/甲局填报 66%，数据截止/).waitFor()
    await dialog.getByRole('button', { name: '通过', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await office.done('supervisor', id, 'meet')
    await page.goto('/supervision?tab=close')
    const row = page.locator('li.line', { hasText: '口袋公园' })
    await row.getByText('本人办结，须由他人销号').waitFor()
    expect(await row.getByRole('button').count()).toBe(0)
    const other = await web.open('supervisor2', '/supervision?tab=close')
    await other.locator('li.line', { hasText: '口袋公园' }).getByRole('button', { name: '销号' }).waitFor()
    web.assertQuiet()
  })

  it('the import that is being read stands first, and one that waits says nothing', async () => {
    const page = await web.open('supervisor', '/documents')
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' })
    const job = (id: number, status: string, percent: number) => ({
      ...{ id, purpose: 'import', fileName: `第${id}份.txt`, size: 10, status, percent, scan: null },
      ...{ documentsFound: 0, candidatesFound: 0, errorCode: null, message: null, fileId: null, documentId: null },
      ...{ createdAt: NOW.toISOString(), finishedAt: null },
    })
    const jobs = [job(3, 'queued', 0), job(2, 'queued', 0), job(1, 'reading', 40)]
    await page.route('**/api/imports**', (route) =>
      route.request().url().includes('/events') ? route.continue() : route.fulfill({ json: { items: jobs } }),
    )
    await page.setInputFiles('input[type=file]', { name: '一.txt', mimeType: 'text/plain', buffer: Buffer.from('甲') })
    const names = page.getByRole('region', { name: '导入进度' }).locator('.name')
    await names.nth(2).waitFor()
    expect(await names.allInnerTexts()).toEqual(['第1份.txt', '第2份.txt', '第3份.txt'])
    expect(await page.getByRole('region', { name: '导入进度' }).getByRole('progressbar').count()).toBe(1)
  })

  it('a setting that is wrong is gone to, and a long panel takes the whole width', async () => {
    const page = await web.open('admin', '/system?part=settings')
    const name = page.getByLabel('落款的单位名称')
    await name.fill('')
    await page.getByRole('button', { name: '保存' }).last().click()
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    const widths = await page
      .locator('.settings > .long')
      .evaluateAll((all) =>
        all.map((one) => [one.getBoundingClientRect().width, one.parentElement!.getBoundingClientRect().width]),
      )
    expect(widths.length).toBeGreaterThan(0)
    for (const [own, whole] of widths) expect(own).toBe(whole)
  })

  it('no sentence is cut off on a phone, and a card of the ledger is as high as what it says', async () => {
    const page = await web.open('supervisor', '/supervision?tab=orders', PHONE)
    await page.locator('li.line').first().waitFor()
    const cut = (): Promise<string[]> =>
      page
        .locator('main p:not(.one-line)')
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent!))
    expect(await cut()).toEqual([])
    // nor is a date torn
    const torn = await page.locator('main').evaluate((main) => {
      const found: string[] = []
      const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode())
        for (const { index } of node.textContent!.matchAll(/\d{4}-\d\d-\d\d/g)) {
          const date = document.createRange()
          date.setStart(node, index)
          date.setEnd(node, index + 10)
          if (new Set([...date.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
            found.push(node.textContent!)
        }
      return found
    })
    expect(torn).toEqual([])
    await page.goto('/targets')
    const cards = page.locator('.body .card')
    await cards.nth(1).waitFor()
    // the rows are laid by what they measure, a frame after they are there; without any nothing is measured (-Infinity)
    const emptyOf = () =>
      cards.evaluateAll((all) =>
        Math.max(
          ...all.map(
            (card) => card.getBoundingClientRect().bottom - card.lastElementChild!.getBoundingClientRect().bottom,
          ),
        ),
      )
    await expect.poll(emptyOf).toSatisfy((most: number) => Number.isFinite(most) && most <= 12)
    const apart = () =>
      page.locator('.body [role=row]').evaluateAll((all) => {
        const rows = all.map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top)
        return Math.max(...rows.slice(1).map(({ top }, i) => Math.abs(top - rows[i]!.bottom)))
      })
    await expect.poll(apart).toSatisfy((most: number) => Number.isFinite(most) && most < 1.5)
    web.assertQuiet()
  })

  it('many reports of a target stand without a window of their own: the newest, and the others where asked for', async () => {
    const { items } = (
      await web.office.injectAs('supervisor', { method: 'GET', url: '/api/targets?q=公厕改造&limit=1' })
    ).json()
    const page = await web.open('supervisor', `/targets/${items[0].id}`)
    const records = page.getByRole('region', { name: '填报记录' })
    await records.getByRole('button', { name: '更早的 2 次' }).click()
    expect(await records.locator('tbody tr').count()).toBe(8)
    expect(await records.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0)
  })
})
