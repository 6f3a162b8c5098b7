import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { targetParts } from '../../db/schema/index.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'

const CONFIRM = ['jump', 'older', 'wrong-direction', 'same-day', 'over-hundred', 'order-of-magnitude', 'negative']
const OPEN = { startOn: dayFrom(-700), deadline: dayFrom(200) }
const PLAIN = {
  op: null,
  value: null,
  valueHigh: null,
  unit: null,
  measure: null,
  baselineValue: null,
  baselineUnit: null,
}

/** The page of a target in every state and of every kind: what it says, at both sizes, in both modes. */
describe.skipIf(!findChromium())('the page of a target', () => {
  let web: BrowserApp
  const ids: Record<string, number> = {}

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    const report = async (id: number, value: number | null, on: string, more: object = {}) => {
      const { record } = await office.done('reporter', id, 'draft', { value, asOf: on, ...more })
      await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: CONFIRM })
      await office.done('supervisor', id, 'approve', { reportId: record!.id })
    }
    ids.candidate = office.addTarget()
    ids.assigned = office.addTarget(OPEN)
    await office.done('supervisor', ids.assigned, 'accept')
    await office.done('supervisor', ids.assigned, 'assign', { reportFrequency: 'quarterly' })
    ids.closed = await office.signedTarget({ ...OPEN, deadline: dayFrom(-30) })
    await report(ids.closed, 58, dayFrom(-200))
    await report(ids.closed, 61, dayFrom(-10))
    await office.done('supervisor', ids.closed, 'meet')
    await office.done('supervisor2', ids.closed, 'close')
    ids.suspended = await office.signedTarget(OPEN)
    await report(ids.suspended, 53, dayFrom(-100))
    const asked = await office.done('reporter', ids.suspended, 'ask-suspension', { reason: '项目用地未批' })
    await office.done('supervisor', ids.suspended, 'grant', { requestId: asked.record!.id })
    ids.milestone = await office.signedTarget({ ...OPEN, ...PLAIN, kind: 'milestone', indicator: '市民中心建成投用' })
    await office.done('supervisor', ids.milestone, 'break-down', {
      kind: 'stage',
      parts: [
        { label: '地基', weight: 30 },
        { label: '主体', weight: 70 },
      ],
    })
    const stage = office.db.select().from(targetParts).where(eq(targetParts.targetId, ids.milestone)).all()[0]!
    await office.done('reporter', ids.milestone, 'record-part', {
      partId: stage.id,
      reached: 100,
      reachedOn: dayFrom(-30),
    })
    await report(ids.milestone, null, dayFrom(-30), { done: false, note: '地基完工' })
    ids.duty = await office.signedTarget({ ...PLAIN, deadline: null, kind: 'duty', indicator: '开展城乡环境整治' })
    ids.range = await office.signedTarget({
      ...OPEN,
      op: 'range',
      value: 40,
      valueHigh: 60,
      unit: '万吨',
      baselineValue: 30,
      baselineUnit: '万吨',
    })
    await report(ids.range, 33, dayFrom(-60))
    ids.atMost = await office.signedTarget({
      ...OPEN,
      op: '<=',
      value: 30,
      unit: '微克/立方米',
      baselineValue: 45,
      baselineUnit: '微克/立方米',
    })
    await report(ids.atMost, 38, dayFrom(-40))
    ids.growth = await office.signedTarget({
      ...OPEN,
      measure: 'growth',
      per: 'year',
      value: 8,
      baselineValue: null,
      baselineUnit: null,
    })
    await report(ids.growth, 6.5, dayFrom(-60))
  })
  afterAll(() => web?.close())

  /** What each page must say, in the words of the office. */
  const SAYS: Record<string, readonly RegExp[]> = {
    candidate: [/待校核/, /还没有校核/, /还没有办理记录/],
    assigned: [/已交办/, /未填报/, /期限 .*还有 \d+ 天/],
    closed: [/已销号/, /逾期完成/, /差距已达到/],
    suspended: [/已中止/, /中止期间不亮灯、不计入统计/],
    milestone: [/最近填报未完成/, /还有 \d+ 天/, /形象进度30%/, /时间已过 \d+/, /地基完工/, /按权重汇总100%30%/],
    duty: [/落实时限未定/, /最近填报未填报/],
    range: [/40—60 万吨/, /差 7 万吨/, /上限 60 万吨/, /下限 40 万吨/],
    atMost: [/不高于 30 微克/, /高出 8 微克/],
    growth: [/每年增幅不低于 8%/, /基期不需要/],
  }
  const words = (page: Page) =>
    page
      .locator('#page')
      .innerText()
      .then((text) => text.replace(/\s*[\n\t]\s*/g, ''))

  for (const [colorScheme, width, height] of [
    ['light', 1440, 900],
    ['dark', 390, 844],
  ] as const) {
    it(`in every state, ${colorScheme}, ${width} wide`, async () => {
      const page = await web.open('supervisor', '/', { colorScheme, viewport: { width, height } })
      for (const [name, id] of Object.entries(ids)) {
        await page.goto(`/targets/${id}`)
        await page.getByRole('heading', { name: '抽取与校核对照' }).waitFor()
        await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        for (const said of SAYS[name]!) await expect.poll(() => words(page), { message: name }).toMatch(said)
        expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, width])
        expect([name, ...(await seriousFaults(page))]).toEqual([name])
        if (name === 'suspended') expect(await page.locator('.facts .light').count()).toBe(0)
      }
      web.assertQuiet()
    })
  }
})
