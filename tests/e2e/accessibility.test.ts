import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsInBothModes } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

describe.skipIf(!findChromium())('axe finds nothing serious, light or dark', () => {
  let web: BrowserApp
  let signed: number

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    signed = await office.signedTarget({
      deadline: '2099-12-31',
      extracted: { explanation: { value: { words: '60%', span: { start: 17, end: 20 }, rule: 'quantity/percent' } } },
    })
    const draft = await office.done('reporter', signed, 'draft', { value: 55, asOf: '2026-03-31' })
    await office.done('reporter', signed, 'submit', { reportId: draft.record!.id })
    await office.done('supervisor', signed, 'approve', { reportId: draft.record!.id })
    await office.signedTarget({
      indicator: '新增城镇就业',
      deadline: '2025-12-31',
      start: 44,
      end: 49,
      clauseStart: 33,
      clauseEnd: 54,
    })
    office.addTarget({ indicator: '新建公里数', value: 100, unit: '公里' })
  })
  afterAll(() => web?.close())

  it.each([
    ['supervisor', '/'],
    ['supervisor', '/targets'],
    ['supervisor', '/targets?q=无'],
    ['supervisor', '/documents'],
    ['leader', '/wall'],
    ['leader', '/password'],
    ['leader', '/none'],
    [null, '/sign-in'],
  ] as const)('%s %s', async (person, path) => {
    const page = await web.open(person, path)
    await page.locator('h1, .empty').first().waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    expect(await faultsInBothModes(page)).toEqual([])
    await page.context().close()
  })

  it('a target, its chart as a table, and the reading room', async () => {
    const page = await web.open('supervisor', `/targets/${signed}`)
    await page.locator('.chart svg').waitFor()
    await page.click('summary')
    expect(await faultsInBothModes(page)).toEqual([])
    await page.click('text=看表')
    expect(await faultsInBothModes(page)).toEqual([])
    await page.goto(`/documents/${web.office.documentId}?finding=${signed}`)
    await page.locator('mark.active').first().waitFor()
    expect(await faultsInBothModes(page)).toEqual([])
  })

  it('on a phone, with its panels open', async () => {
    const page = await web.open('supervisor', '/targets', { viewport: { width: 390, height: 844 } })
    await page.locator('.body [role=row]').first().waitFor()
    await page.click('[aria-label=打开导航]')
    expect(await faultsInBothModes(page)).toEqual([])
    await page.locator('.veil').click({ position: { x: 380, y: 400 } })
    await page.getByRole('button', { name: /截至/ }).click()
    expect(await faultsInBothModes(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
