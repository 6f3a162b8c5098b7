import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'

/** Millimetres in points. */
const MM = 72 / 25.4

/** Pages of a PDF: their size and how far their words reach from its left, in points, and the words, in plain forms (a font may name a character by its radical). */
async function pagesOf(bytes: Buffer) {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const pdf = await task.promise
  const pages = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n)
    const [, , width, height] = page.view as [number, number, number, number]
    const items = (await page.getTextContent()).items.flatMap((item) =>
      'str' in item && item.str.trim() ? [item] : [],
    )
    const text = items.map(({ str }) => str).join('')
    const left = Math.min(...items.map(({ transform }) => transform[4] as number))
    const right = Math.max(...items.map((item) => (item.transform[4] as number) + item.width))
    pages.push({ width, height, left, right, text: text.normalize('NFKC').replace(/\s+/g, '') })
  }
  await task.destroy()
  return pages
}

/** As in a whole city: units enough for both ends of the ranking, two kinds of change, and more to ask about than is shown. */
const fillRanking = async (page: Page) => {
  await page.route('**/api/overview?*', async (route) => {
    const answer = await route.fetch()
    const overview = await answer.json()
    const unit = overview.units[0]
    const lights = { ...unit.lights, overdue: 2, done: 3 }
    await route.fulfill({
      response: answer,
      json: {
        ...overview,
        units: [1, 2, 3, 4, 5, 6].map((unitId) => ({ ...unit, unitId, total: 5, lights })),
        compare: {
          ...overview.compare,
          changes: [
            { from: 'normal', to: 'behind', count: 2 },
            { from: 'behind', to: 'normal', count: 1 },
          ],
        },
      },
    })
  })
}

describe.skipIf(!findChromium())('paper and walls', () => {
  let web: BrowserApp
  let bulletin: number
  const LATE = '2025-05-31'

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    for (let i = 0; i < 30; i++)
      await office.signedTarget({
        indicator: `城镇生活污水处理率、再生水利用率和污泥无害化处置率达到规划要求（第${i}项）`,
        deadline: LATE,
        value: 62.75,
      })
    const answer = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/bulletins',
      payload: { period: dayFrom(0).slice(0, 7) },
    })
    bulletin = answer.json().id
  })
  afterAll(() => web?.close())

  it('prints the 通报 as an official document: letter upright, list across with its head on every page, numbers whole', async () => {
    const page = await web.open('supervisor', `/bulletins/${bulletin}`)
    await page.locator('.sheet').first().waitFor()
    const pages = await pagesOf(await page.pdf({ preferCSSPageSize: true }))
    const list = pages.filter(({ width, height }) => width > height)
    expect(pages[0]!.text).toContain('政府督查室')
    expect(pages[0]!.text).toContain('签发:')
    expect(pages[0]!.height).toBeGreaterThan(pages[0]!.width)
    expect(list.length).toBeGreaterThan(1)
    // Words of the document stand on the page of its signature.
    const signed = pages.find(({ text }) => text.includes('(印发日期)'))!
    expect(signed.text).toContain('附件:')
    expect(signed.text).toMatch(/四、|有关要求/)
    pages.forEach(({ text }, i) => expect(text, `page ${i + 1}`).toContain(`—${i + 1}—`))
    for (const { text } of list) {
      expect(text).toContain('责任单位')
      expect(text).toContain(LATE)
      expect(text).toContain('62.75%')
    }
    // Nothing stands beyond the type area: the first column and the last are there on the pages that lie across.
    expect(list[0]!.text).toContain('逾期起始')
    for (const { width, left, right } of list) {
      expect(left).toBeGreaterThanOrEqual(30 * MM - 1)
      expect(right).toBeLessThanOrEqual(width - 30 * MM + 1)
    }
    web.assertQuiet()
  })

  it('lays the 通报 out within the screen of a telephone', async () => {
    const page = await web.open('supervisor', `/bulletins/${bulletin}`, { viewport: { width: 390, height: 844 } })
    await page.locator('.sheet').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    web.assertQuiet()
  })

  it('prints the overview with the letterhead and the list of what is overdue', async () => {
    const page = await web.open('leader', '/')
    await page.locator('.overdue table').waitFor({ state: 'attached' })
    const pages = await pagesOf(await page.pdf({ preferCSSPageSize: true }))
    expect(pages[0]!.text).toContain('督查工作总览')
    expect(pages.some(({ text }) => text.includes('逾期事项清单(30项)'))).toBe(true)
  })

  it('fills walls of any size without a foot that is cut off, and turns its pages', async () => {
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 3840, height: 2160 },
    ]) {
      const page = await web.open('leader', '/wall', { viewport, prepare: fillRanking })
      await page.getByRole('heading', { level: 1, name: /政府督查室/ }).waitFor()
      await page.locator('footer .standing').waitFor()
      const seen = await page.evaluate(() => {
        const box = document.querySelector('.board')!.getBoundingClientRect()
        const foot = document.querySelector('footer')!.getBoundingClientRect()
        const turning = document.querySelector('.turning')!
        const ends = turning.querySelector('.ranking')!.getBoundingClientRect().bottom
        const letters = document.querySelector('.by-unit .name')!.getBoundingClientRect().height
        return {
          right: Math.round(box.right),
          bottom: Math.round(box.bottom),
          foot: Math.round(foot.bottom),
          scroll: document.documentElement.scrollHeight,
          letters,
          ends: Math.round(ends),
          room: Math.round(turning.getBoundingClientRect().bottom),
        }
      })
      expect([seen.right, seen.bottom]).toEqual([viewport.width, viewport.height])
      expect(seen.foot).toBeLessThanOrEqual(viewport.height)
      expect(seen.scroll).toBeLessThanOrEqual(viewport.height)
      expect(seen.letters / viewport.height).toBeGreaterThan(0.015)
      expect(seen.ends).toBeLessThanOrEqual(seen.room)
      await page.context().close()
    }
    web.assertQuiet()
  })
})
