import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { documents, reports, units } from '../../db/schema/index.ts'
import type { NamedUnit } from '../server/supervision/office.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { remember } from '../server/remember.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'

const LONG = '测试市人民政府办公室政务服务和数据管理协调推进中心'

/** Marks of the overview by kind: what is clicked, and where its number stands. */
const MARKS: Record<string, { link: string; number: (text: string) => number; beside?: string }> = {
  light: { link: 'a.tile', number: (text) => Number(/\d+/.exec(text)![0]), beside: '.count' },
  'piece of all': { link: '.tiles .bar a', number: named },
  unit: { link: '.units a.name', number: named, beside: 'self::li >> .total' },
  'piece of a unit': { link: '.units .bar a', number: named },
  change: { link: 'a.change', number: named },
  'turned red in the sentence': { link: '.standing a:has(b)', number: named },
  'worst and best unit': {
    link: '.lists a',
    number: (text) => Number(/(\d+)\/\d+/.exec(text)![1]),
    beside: 'self::li >> .num',
  },
  coverage: { link: '.coverage a', number: named, beside: 'self::li >> .num' },
  month: { link: 'a.cell', number: named },
  'years before': { link: '.earlier a.year', number: named, beside: 'contains(@class, "line") >> .num:not(a)' },
  'piece of the years before': { link: '.earlier .bar a', number: named },
  'without a deadline': { link: '.undated a', number: named },
  document: { link: '.documents .name a', number: named, beside: 'self::li >> .total' },
  'piece of a document': { link: '.documents .bar a', number: named },
}

function named(text: string): number {
  return Number(/([\d,]+) 项/.exec(text)![1]!.replace(',', ''))
}

describe.skipIf(!findChromium())('the overview', () => {
  let web: BrowserApp
  /** Units with one target each, more than the overview shows at first. */
  let small: string[]

  beforeAll(async () => {
    web = await startBrowserApp()
    const { addTarget, unitIds, db, documentId } = web.office
    const long = db
      .insert(units)
      .values({ name: LONG, createdAt: dayFrom(-900) })
      .returning()
      .get().id
    const role = (of: NamedUnit['role'], name: string, unitId: number) => ({ role: of, name, unitId }) as NamedUnit
    const own = role('lead', '甲局', unitIds.own)
    const report = (targetId: number, asOf: string, value: number) =>
      db.insert(reports).values({ targetId, value, asOf, status: 'approved', createdAt: asOf, decidedAt: asOf }).run()
    const first = db.select().from(documents).get()!
    const second = db
      .insert(documents)
      .values({ ...first, id: undefined, number: '政发〔2025〕7号', title: '关于印发第二个规划的通知' })
      .returning()
      .get().id
    const tracked = { state: 'in_progress' as const, startOn: dayFrom(-700) }
    for (let i = 0; i < 4; i++)
      addTarget({ ...tracked, deadline: dayFrom(-3 - i) }, [own, role('responsible', LONG, long)]) // red since this week
    for (let i = 0; i < 3; i++)
      addTarget({ ...tracked, deadline: '2021-12-31' }, [
        role('responsible', LONG, long),
        role('support', '甲局', unitIds.own),
      ])
    for (let i = 0; i < 5; i++)
      report(
        addTarget({ ...tracked, deadline: dayFrom(400), documentId: i < 2 ? second : documentId }, [
          role('lead', '乙局', unitIds.other),
        ]),
        dayFrom(-40),
        58,
      )
    for (let i = 0; i < 3; i++) report(addTarget({ ...tracked, deadline: dayFrom(20) }, [own]), dayFrom(-60), 59)
    for (let i = 0; i < 4; i++)
      report(
        addTarget({ ...tracked, deadline: dayFrom(200) }, [
          role('lead', '乙局', unitIds.other),
          role('support', LONG, long),
        ]),
        dayFrom(-2),
        60,
      )
    report(addTarget({ ...tracked, deadline: '2022-12-31', documentId: second }, [own]), dayFrom(-300), 61)
    addTarget({ ...tracked, state: 'assigned', deadline: null, baselineValue: null }, [
      { role: 'lead', name: '无此单位' },
    ])
    small = Array.from({ length: 14 }, (_, i) => `第${i + 1}街道办事处`)
    for (const name of small) {
      const { id } = db
        .insert(units)
        .values({ name, createdAt: dayFrom(-900) })
        .returning()
        .get()
      report(addTarget({ ...tracked, deadline: dayFrom(300) }, [role('lead', name, id)]), dayFrom(-2), 60)
    }
    addTarget() // a candidate counts nowhere
    remember(db, dayFrom(-800)) // known long before the days that are looked at
  })
  afterAll(() => web?.close())

  const open = async (query = '', options = {}) => {
    const page = await web.open('leader', `/${query}`, options)
    await page.locator('a.tile').first().waitFor()
    return page
  }
  const numberOf = async (page: Page, { link, number, beside }: (typeof MARKS)[string], index: number) => {
    const mark = page.locator(link).nth(index)
    if (beside === undefined) return number((await mark.getAttribute('aria-label')) ?? (await mark.textContent()) ?? '')
    const [around, inside] = beside.includes('>>') ? (beside.split(' >> ') as [string, string]) : [null, beside]
    const scope = around === null ? mark : mark.locator(`xpath=ancestor::*[${around}][1]`)
    return number((await scope.locator(inside!).first().textContent())!)
  }

  it.each(['', `?asOf=${dayFrom(-4)}&compare=${dayFrom(-30)}`])(
    'leads from every mark of %s to exactly its targets',
    async (query) => {
      const page = await open(query)
      for (const [kind, mark] of Object.entries(MARKS)) {
        const count = await page.locator(mark.link).count()
        expect(count, kind).toBeGreaterThan(0)
        for (let i = 0; i < count; i++) {
          const href = await page.locator(mark.link).nth(i).getAttribute('href')
          const answer = await page.context().request.get(`/api${href!}`)
          expect(answer.status(), `${kind} ${href}`).toBe(200)
          expect((await answer.json()).total, `${kind} ${href}`).toBe(await numberOf(page, mark, i))
        }
      }
      web.assertQuiet()
    },
  )

  it('shows after a click on a mark of any kind as many targets in the ledger', async () => {
    const page = await open()
    for (const [kind, mark] of Object.entries(MARKS)) {
      await page.locator(mark.link).first().waitFor()
      const number = await numberOf(page, mark, 0)
      await page.locator(mark.link).first().click()
      await page.waitForURL(/\/targets\?/)
      await expect
        .poll(() => page.locator('.page-header').textContent(), { message: kind })
        .toMatch(new RegExp(`(?:符合条件|共) ${number} 项`))
      expect(await page.getByRole('table').getAttribute('aria-rowcount'), kind).toBe(String(number))
      await expect
        .poll(() => page.locator('.body [role=row]').count(), { message: kind }) // the rest is out of sight
        .toBeGreaterThanOrEqual(Math.min(number, 10))
      await page.goBack()
    }
    web.assertQuiet()
  })

  it('leaves no hole beside a long list of units, neither the first of them nor all', async () => {
    const page = await web.open('leader', '/', {
      prepare: async (opened) => {
        await opened.route('**/api/overview?*', async (route) => {
          const answer = await route.fetch()
          const overview = (await answer.json()) as { units: { unitId: number; name: string }[] }
          const [one] = overview.units
          const many = Array.from({ length: 60 }, (_, i) => ({ ...one!, unitId: 1000 + i, name: `第${i + 1}局` }))
          await route.fulfill({ response: answer, json: { ...overview, units: many } })
        })
      },
    })
    /** How far the two columns end apart, in pixels. */
    const apart = () =>
      page.evaluate(() => {
        const [list, others] = [...document.querySelector('.columns')!.children].map((one) =>
          one.getBoundingClientRect(),
        )
        return list!.bottom <= others!.top ? 0 : Math.abs(list!.bottom - others!.bottom)
      })
    await page.getByText('全部 60 个单位').waitFor()
    await expect.poll(apart).toBeLessThan(120)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/many-units.png`, fullPage: true })
    await page.getByText('全部 60 个单位').click()
    await page.getByText('第60局').waitFor()
    await expect.poll(apart).toBeLessThan(120)
    await page.getByText('收起', { exact: true }).click()
    await expect.poll(apart).toBeLessThan(120)
  })

  it('compares with another day, says what changed and keeps the day in the address', async () => {
    const page = await open()
    await page.getByText('近七日新转逾期 4 项').waitFor()
    await page.getByRole('button', { name: /^对比/ }).click()
    await page.getByRole('button', { name: '去年末' }).click()
    await page.waitForURL(/compare=\d{4}-12-31/)
    await page.getByRole('heading', { name: /年12月31日以来的变化/ }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: /年12月31日以来的变化/ }).waitFor()
    web.assertQuiet()
  })

  it('goes day by day and by the slider to the state of any day', async () => {
    const page = await open()
    await page
      .getByRole('button', { name: '截至日期' })
      .or(page.getByRole('button', { name: /^截至/ }))
      .first()
      .click()
    await page.getByRole('button', { name: '前一天' }).click()
    await page.waitForURL(new RegExp(`asOf=${dayFrom(-1)}`))
    const slider = page.getByRole('slider')
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL(new RegExp(`asOf=${dayFrom(-2)}`))
    await page.getByLabel('看某一天的情形').fill(dayFrom(-10))
    await page.waitForURL(new RegExp(`asOf=${dayFrom(-10)}`))
    await expect.poll(() => page.locator('a.tile .count').first().textContent()).toBe('3') // the four were not red then
    await page.getByRole('button', { name: '今天' }).click()
    await page.waitForURL((url) => !url.searchParams.has('asOf'))
    await expect.poll(() => page.locator('a.tile .count').first().textContent()).toBe('7')
    web.assertQuiet()
  })

  it('prints everything on A4: no name and no number is cut', async () => {
    const page = await open()
    const words = [
      ...small,
      ...(await page
        .locator('.units .name, .units .total, .documents .name a, .documents .total, a.tile .count, .lists a')
        .allTextContents()),
    ]
    const pdf = await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true })
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
    const paper = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
    let text = ''
    for (let n = 1; n <= paper.numPages; n++) {
      const sheet = await paper.getPage(n)
      const [, , width] = sheet.view as [number, number, number, number]
      for (const item of (await sheet.getTextContent()).items) {
        if (!('str' in item) || item.str.trim() === '') continue
        text += item.str
        expect((item.transform as number[])[4]! + item.width, item.str).toBeLessThanOrEqual(width)
      }
    }
    // Chromium writes some characters as their radicals
    const plain = text.normalize('NFKC').replace(/\s/g, '').replaceAll('⺠', '民')
    expect(words.length).toBeGreaterThan(12)
    for (const word of words) expect(plain).toContain(word.normalize('NFKC').replace(/\s/g, ''))
    for (const word of ['打印', '大屏', '退出']) expect(plain).not.toContain(word)
  })

  it('shows a name of twenty-five characters whole', async () => {
    const page = await open()
    const name = page.locator('.units .name', { hasText: LONG })
    expect(
      await name.evaluate(
        (element) => element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth,
      ),
    ).toBe(true)
  })
})
