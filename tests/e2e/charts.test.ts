import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { NOW } from './clock.ts'

const EVIL = '<img src=x onerror=alert(1)>'
const REFRESHES = 60
const WARM = 20

describe.skipIf(!findChromium())('charts, the wall screen and width', () => {
  let web: BrowserApp
  let signed: number

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    signed = await office.signedTarget({ indicator: EVIL, deadline: '2099-12-31' })
    for (const [value, asOf] of [
      [51, '2025-03-31'],
      [53, '2025-06-30'],
      [56, '2026-03-31'],
    ] as const) {
      const draft = await office.done('reporter', signed, 'draft', { value, asOf })
      await office.done('reporter', signed, 'submit', { reportId: draft.record!.id })
      await office.done('supervisor', signed, 'approve', { reportId: draft.record!.id })
    }
  })
  afterAll(() => web?.close())

  it('draw a chart only at a width, and again at the new one after it was hidden', async () => {
    const page = await web.open('leader', `/targets/${signed}`)
    const drawn = () => page.locator('.chart svg').evaluate((svg) => Math.round(svg.getBoundingClientRect().width))
    await page.locator('.chart svg').waitFor()
    const wide = await drawn()
    expect(wide).toBeGreaterThan(500)
    await page.evaluate('document.querySelector("#page").style.display = "none"')
    await page.setViewportSize({ width: 1100, height: 800 })
    await page.evaluate('document.querySelector("#page").style.display = ""')
    await expect.poll(drawn).toBeLessThan(wide)
    expect(await drawn()).toBeGreaterThan(300)
    web.assertQuiet()
  })

  it('tell a point in words, and a name in a tooltip is never markup', async () => {
    const page = await web.open('leader', `/targets/${signed}`)
    const chart = page.locator('.chart .drawn')
    await page.locator('.chart svg').waitFor()
    const box = (await chart.boundingBox())!
    for (let x = 0.05; x < 1; x += 0.02) await page.mouse.move(box.x + box.width * x, box.y + box.height / 2)
    expect(await page.locator('.chart img').count()).toBe(0)
    expect(await page.locator('.chart table').textContent()).toContain('56%')
    web.assertQuiet()
  })

  it('frees the chart when its page is left', async () => {
    const page = await web.open('leader', `/targets/${signed}`)
    await page.locator('.chart svg').waitFor()
    for (let i = 0; i < 5; i += 1) {
      await page.click('nav >> text=文件库')
      await page.locator('h1', { hasText: '文件库' }).waitFor()
      await page.goBack()
      await page.locator('.chart svg').waitFor()
    }
    expect(await page.locator('.chart svg').count()).toBe(1)
    web.assertQuiet()
  })

  it('does not grow on the wall: an hour of refreshes, run at once', async () => {
    const page = await web.open('leader', '/wall')
    await page.clock.install({ time: NOW })
    await page.reload()
    await page.locator('a.tile').first().waitFor()
    const session = await page.context().newCDPSession(page)
    /** After a forced collection; the least of three, for what is on its way through the engine is no growth. */
    const measure = async () => {
      const sizes: number[] = []
      for (let i = 0; i < 3; i += 1) {
        await session.send('HeapProfiler.collectGarbage')
        sizes.push((await session.send('Runtime.getHeapUsage')).usedSize)
      }
      const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
      return { nodes, jsEventListeners, usedSize: Math.min(...sizes) }
    }
    const refresh = async () => {
      const answer = page.waitForResponse((response) => response.url().includes('/api/overview'))
      await page.clock.runFor(60_000)
      await (await answer).finished()
    }
    // By then the engine has compiled what runs at every refresh; compiled code counts as heap.
    for (let i = 0; i < WARM; i += 1) await refresh()
    const before = await measure()
    for (let i = 0; i < REFRESHES; i += 1) await refresh()
    const after = await measure()
    expect(after.nodes).toBeLessThan(before.nodes + 20)
    expect(after.jsEventListeners).toBeLessThan(before.jsEventListeners + 5)
    expect(after.usedSize).toBeLessThan(before.usedSize * 1.1)
  })

  it.each(['/', '/targets', '/documents', '/wall', '/password'])(
    '%s fits a phone without scrolling sideways',
    async (path) => {
      const page = await web.open('supervisor', path, { viewport: { width: 390, height: 844 } })
      await page.locator('h1').first().waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    },
  )
})
