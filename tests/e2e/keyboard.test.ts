import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { Gate } from './gate.ts'

const COUNT = 12

describe.skipIf(!findChromium())('by keyboard alone', () => {
  let web: BrowserApp
  const ids: number[] = []

  beforeAll(async () => {
    web = await startBrowserApp()
    // a clear order: most confident first; 8 and 9 say the same
    for (let i = 0; i < COUNT; i++)
      ids.push(
        web.office.addTarget({
          indicator: i === 9 ? '候选8' : `候选${i}`,
          value: i >= 8 ? 60 : i + 1,
          confidence: 0.99 - i / 100,
          start: 5,
          end: 26,
        }),
      )
  })
  afterAll(() => web?.close())

  const heading = (page: Page) => page.locator('.candidate h2')
  const stateOf = (i: number) => web.office.target(ids[i]!)
  /** Waits until this candidate is in view. */
  const shows = async (page: Page, name: string) => {
    await heading(page)
      .and(page.getByText(name, { exact: true }))
      .waitFor()
  }
  const stateOfId = (id: number, state: string) => expect.poll(() => web.office.target(id).state).toBe(state)

  it('candidates are accepted, mended, dropped, merged and taken back', async () => {
    const page = await web.open('supervisor', '/review')
    const press = (key: string) => page.keyboard.press(key)
    await shows(page, '候选0')
    await press('j')
    await shows(page, '候选1')
    await press('k')
    await shows(page, '候选0')

    await press('a')
    await shows(page, '候选1')
    expect(stateOf(0).state).toBe('confirmed')

    await press('e')
    const indicator = page.getByLabel('指标', { exact: true })
    await expect.poll(() => indicator.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('改过的指标 ajkux') // letters of commands are letters while somebody types
    await press('Enter')
    await shows(page, '候选2')
    expect(stateOf(1)).toMatchObject({ state: 'confirmed', indicator: '改过的指标 ajkux' })
    await page.locator('.queue').getByText('已修改并立项 · 不低于 2%').waitFor()
    await page.locator('nav a[href="/review"] .badge').getByText('10', { exact: true }).waitFor()

    await press('x')
    await page.getByText('为什么不予立项？').waitFor()
    await press('Escape')
    await page.getByText('为什么不予立项？').waitFor({ state: 'detached' })
    await press('x')
    await page.getByText('为什么不予立项？').waitFor()
    await press('2')
    await shows(page, '候选3')
    expect(stateOf(2)).toMatchObject({ state: 'dropped', droppedReason: '只是一般要求，没有可督查的结果' })
    await press('x')
    await page.getByLabel('其他理由').focus()
    await page.keyboard.type('本级无此职能')
    await press('Enter')
    await shows(page, '候选4')
    expect(stateOf(3).droppedReason).toBe('本级无此职能')

    await press('u')
    await shows(page, '候选3')
    expect(stateOf(3).state).toBe('extracted')
    await press('u')
    await shows(page, '候选2')
    expect(stateOf(2).state).toBe('extracted')
    await press('a')
    for (let i = 3; i < 8; i++) {
      await shows(page, `候选${i}`)
      await press('j')
    }
    // two that say the same: the second is read like the first
    await shows(page, '候选8')
    await press('m')
    await page.locator('.choice').first().waitFor()
    await press('1')
    await expect.poll(() => stateOf(8).state).toBe('merged')
    expect(stateOf(8).mergedIntoId).toBe(ids[9])
    web.assertQuiet()
  })

  it('sixty candidates take one key and one request each: nothing waits for the mouse', async () => {
    const more = Array.from({ length: 60 }, (_, i) =>
      web.office.addTarget({ indicator: `快${i}`, value: 200 + i, confidence: 0.999 }),
    )
    const page = await web.open('supervisor', '/review')
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/')) asked.push(`${request.method()} ${new URL(request.url()).pathname}`)
    })
    for (let i = 0; i < 60; i++) {
      await shows(page, `快${i}`)
      await page.keyboard.press('a')
    }
    await stateOfId(more[59]!, 'confirmed')
    // What the page asked is told here a little after the database has it.
    await expect
      .poll(() => asked.filter((one) => one.startsWith('POST')))
      .toEqual(more.map((id) => `POST /api/targets/${id}/steps/accept`))
    // Two pages, and at the end what still waits in other files.
    expect(asked.filter((one) => one === 'GET /api/review').length).toBeLessThanOrEqual(3)
    web.assertQuiet()
  })

  describe('while a step is under way', () => {
    let page: Page
    let names: string[]
    let own: number[]
    let gate: Gate
    const asked = (pattern: RegExp) => page.waitForRequest(pattern)
    const STEP = /\/api\/targets\/\d+\/steps\//
    const REREAD = /\/api\/review\?.*id=/
    let turn = 0

    beforeEach(async () => {
      turn += 1
      names = ['甲', '乙', '丙'].map((name) => `${name}${turn}`)
      own = names.map((indicator, i) =>
        web.office.addTarget({ indicator, value: 900 + turn * 10 + i, confidence: 0.9999 + turn / 1e6 - i / 1e7 }),
      )
      gate = new Gate()
      page = await web.open('supervisor', '/review', { prepare: (page) => gate.putUp(page) })
      await shows(page, names[0]!)
    })
    const press = (key: string) => page.keyboard.press(key)
    const state = (i: number) => web.office.target(own[i]!).state

    it('a second press decides nothing that was not in view', async () => {
      gate.hold(STEP)
      await Promise.all([asked(STEP), press('a')])
      await press('a')
      await press('x') // would open the reasons for whatever comes next
      gate.release()
      await shows(page, names[1]!)
      await press('j') // by now all that was pressed has had its turn
      await shows(page, names[2]!)
      expect([0, 1, 2].map(state)).toEqual(['confirmed', 'extracted', 'extracted'])
      expect(await page.getByText('为什么不予立项？').count()).toBe(0)
      web.assertQuiet()
    })

    it('what is pressed for the next one is kept and done', async () => {
      gate.hold(STEP)
      await Promise.all([asked(STEP), press('a')])
      await press('j')
      await shows(page, names[1]!)
      await press('a')
      gate.release()
      await shows(page, names[2]!)
      expect([0, 1, 2].map(state)).toEqual(['confirmed', 'confirmed', 'extracted'])
      gate.hold(STEP)
      await Promise.all([asked(STEP), press('a')])
      await press('k')
      await press('k')
      await shows(page, names[0]!)
      await press('u') // takes back the verdict that is still under way, which is the last by then
      gate.release()
      await shows(page, names[2]!)
      expect([0, 1, 2].map(state)).toEqual(['confirmed', 'confirmed', 'extracted'])
      gate.hold(STEP)
      await Promise.all([asked(STEP), press('u')])
      await press('k')
      await press('k')
      await Promise.all([page.getByText(`已撤销“${names[1]!}”`).waitFor(), gate.release()]) // a short message is waited for before it comes
      await shows(page, names[0]!) // nobody is led away from where they went meanwhile
      expect([0, 1, 2].map(state)).toEqual(['confirmed', 'extracted', 'extracted'])
      web.assertQuiet()
    })

    it('one taken back is shown as it is then, and its key works at once', async () => {
      await press('e')
      await page.getByLabel('指标', { exact: true }).fill(`改过${turn}`)
      await press('Enter')
      await shows(page, names[1]!)
      gate.hold(REREAD)
      await Promise.all([asked(REREAD), press('u')])
      await press('a') // for the one in view still
      gate.release()
      await shows(page, names[0]!) // the correction is taken back with its verdict
      expect([0, 1].map(state)).toEqual(['extracted', 'extracted'])
      await press('a')
      await shows(page, names[1]!)
      expect(web.office.target(own[0]!)).toMatchObject({ state: 'confirmed', indicator: names[0] })
      web.assertQuiet()
    })

    it('a key held down, Enter held down on the button and a double click decide one', async () => {
      const accept = page.getByRole('button', { name: '立项', exact: false }).and(page.locator('[aria-keyshortcuts=a]'))
      for (let i = 0; i < 5; i++) await page.keyboard.down('a')
      await page.keyboard.up('a')
      await shows(page, names[1]!)
      await accept.focus()
      for (let i = 0; i < 5; i++) await page.keyboard.down('Enter')
      await page.keyboard.up('Enter')
      await shows(page, names[2]!)
      await press('k')
      await press('k')
      await press('u')
      await shows(page, names[1]!)
      await accept.dblclick()
      await shows(page, names[2]!)
      await press('k') // by now both clicks have had their turn
      await shows(page, names[1]!)
      expect([0, 1, 2].map(state)).toEqual(['confirmed', 'confirmed', 'extracted'])
      web.assertQuiet()
    })

    it('words typed while a correction is saved stay in the form', async () => {
      await press('e')
      const indicator = page.getByLabel('指标', { exact: true })
      await indicator.fill(`先${turn}`)
      gate.hold(/\/api\/targets\/\d+$/)
      await Promise.all([asked(/\/api\/targets\/\d+$/), page.getByRole('button', { name: '只保存' }).click()])
      await indicator.fill(`先${turn}后`)
      await Promise.all([page.getByText('已修改，尚未立项').waitFor(), gate.release()]) // a short message is waited for before it comes
      expect(await indicator.inputValue()).toBe(`先${turn}后`)
      await indicator.press('Enter')
      await shows(page, names[1]!)
      expect(web.office.target(own[0]!)).toMatchObject({ state: 'confirmed', indicator: `先${turn}后` })
      web.assertQuiet()
    })

    it('one decided elsewhere meanwhile is said to be, and the keys go on', async () => {
      await web.office.step('supervisor', own[0]!, 'accept', {})
      await press('a')
      await page.getByText('已由他人校核').first().waitFor()
      await press('j')
      await shows(page, names[1]!)
      await press('a')
      await shows(page, names[2]!)
      expect(state(1)).toBe('confirmed')
      expect(() => web.assertQuiet()).toThrow(/409/) // the browser itself notes a refused request
    })
  })

  it.each(['/', '/targets', '/review', '/documents', '/supervision'])(
    '%s: the focus is seen wherever Tab leads, and reaches the page over the navigation',
    async (path) => {
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
          return {
            name: `${at.tagName} ${at.textContent?.trim().slice(0, 20) || at.getAttribute('aria-label') || at.outerHTML.slice(0, 120)}`,
            visible: at === document.body || marked || style.boxShadow !== 'none',
          }
        })
        expect(visible, name).toBe(true)
        seen.add(name)
      }
      expect(seen.size).toBeGreaterThan(8)
    },
  )

  it('a dialog holds the focus and gives it back', async () => {
    const id = await web.office.signedTarget({ deadline: '2099-12-31' })
    const page = await web.open('supervisor', `/targets/${id}`)
    const more = page.getByRole('button', { name: /更多办理/ })
    await more.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '人工亮灯' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '人工亮灯' })
    const inside = () => dialog.evaluate((box) => box.contains(document.activeElement))
    await expect.poll(inside).toBe(true)
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      expect(await inside()).toBe(true)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => more.evaluate((button) => button === document.activeElement)).toBe(true)
    web.assertQuiet()
  })
})
