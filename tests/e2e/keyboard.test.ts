import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const COUNT = 12

describe.skipIf(!findChromium())('by keyboard alone', () => {
  let web: BrowserApp
  const ids: number[] = []

  beforeAll(async () => {
    web = await startBrowserApp()
    // a clear order: most confident first; 8 and 9 say the same
    for (let i = 0; i < COUNT; i++) ids.push(web.office.addTarget({ indicator: i === 9 ? '候选8' : `候选${i}`, value: i >= 8 ? 60 : i + 1, confidence: 0.99 - i / 100, start: 5, end: 26 }))
  })
  afterAll(() => web?.close())

  const heading = (page: Page) => page.locator('.candidate h2')
  const stateOf = (i: number) => web.office.target(ids[i]!)

  it('candidates are accepted, mended, dropped, merged and taken back', async () => {
    const page = await web.open('supervisor', '/review')
    page.setDefaultTimeout(5_000)
    const press = (key: string) => page.keyboard.press(key)
    const shows = (name: string) => expect.poll(() => heading(page).textContent()).toBe(name)
    await shows('候选0')
    await press('j')
    await shows('候选1')
    await press('k')
    await shows('候选0')

    await press('a')
    await shows('候选1')
    expect(stateOf(0).state).toBe('confirmed')

    await press('e')
    const indicator = page.getByLabel('指标', { exact: true })
    await expect.poll(() => indicator.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('改过的指标 ajkux') // letters of commands are letters while somebody types
    await press('Enter')
    await shows('候选2')
    expect(stateOf(1)).toMatchObject({ state: 'confirmed', indicator: '改过的指标 ajkux' })

    await press('x')
    await page.getByText('为什么不予立项？').waitFor()
    await press('Escape')
    await page.getByText('为什么不予立项？').waitFor({ state: 'detached' })
    await press('x')
    await page.getByText('为什么不予立项？').waitFor()
    await press('2')
    await shows('候选3')
    expect(stateOf(2)).toMatchObject({ state: 'dropped', droppedReason: '只是一般要求，没有可督查的结果' })
    await press('x')
    await page.getByLabel('其他理由').focus()
    await page.keyboard.type('本级无此职能')
    await press('Enter')
    await shows('候选4')
    expect(stateOf(3).droppedReason).toBe('本级无此职能')

    await press('u')
    await shows('候选3')
    expect(stateOf(3).state).toBe('extracted')
    await press('u')
    await shows('候选2')
    expect(stateOf(2).state).toBe('extracted')
    await press('a')
    for (let i = 3; i < 8; i++) {
      await shows(`候选${i}`)
      await press('j')
    }
    // two that say the same: the second is read like the first
    await shows('候选8')
    await press('m')
    await page.locator('.choice').first().waitFor()
    await press('1')
    await expect.poll(() => stateOf(8).state).toBe('merged')
    expect(stateOf(8).mergedIntoId).toBe(ids[9])
    web.assertQuiet()
  })

  it('sixty candidates take no more than a moment each: nothing waits for the mouse', async () => {
    const more = Array.from({ length: 60 }, (_, i) => web.office.addTarget({ indicator: `快${i}`, value: 200 + i, confidence: 0.999 }))
    const page = await web.open('supervisor', '/review')
    const start = Date.now()
    for (let i = 0; i < 60; i++) {
      await expect.poll(() => heading(page).textContent(), { interval: 20 }).toBe(`快${i}`)
      await page.keyboard.press('a')
    }
    await expect.poll(() => web.office.target(more[59]!).state).toBe('confirmed')
    expect(Date.now() - start).toBeLessThan(20_000)
    web.assertQuiet()
  })

  it('the focus is seen wherever Tab leads, and reaches the page over the navigation', async () => {
    for (const path of ['/', '/targets', '/review', '/documents', '/supervision']) {
      const page = await web.open('supervisor', path)
      await page.locator('h1').first().waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      const seen = new Set<string>()
      for (let i = 0; i < 24; i++) {
        await page.keyboard.press('Tab')
        const { name, visible } = await page.evaluate(() => {
          const at = document.activeElement as HTMLElement
          const style = getComputedStyle(at)
          const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
          return { name: `${at.tagName} ${at.textContent?.trim().slice(0, 20) || at.getAttribute('aria-label') || at.outerHTML.slice(0, 120)}`, visible: at === document.body || marked || style.boxShadow !== 'none' }
        })
        expect(visible, `${path}: ${name}`).toBe(true)
        seen.add(name)
      }
      expect(seen.size, path).toBeGreaterThan(8)
      await page.context().close()
    }
  })

  it('a dialog holds the focus and gives it back', async () => {
    const id = await web.office.signedTarget({ deadline: '2099-12-31' })
    const page = await web.open('supervisor', `/targets/${id}`)
    const more = page.getByRole('button', { name: /更多办理/ })
    await more.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '催办' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '催办' })
    await dialog.waitFor()
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => more.evaluate((button) => button === document.activeElement)).toBe(true)
    web.assertQuiet()
  })
})
