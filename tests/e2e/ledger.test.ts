import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const MANY = 350

describe.skipIf(!findChromium())('a long ledger', () => {
  let web: BrowserApp

  beforeAll(async () => {
    web = await startBrowserApp()
    for (let i = 1; i <= MANY; i += 1)
      web.office.addTarget({
        state: 'in_progress',
        indicator: `第${String(i).padStart(3, '0')}项指标`,
        deadline: '2099-12-31',
      })
  })
  afterAll(() => web?.close())

  it('comes page by page as it is scrolled, to its very end, with few rows in the page', async () => {
    const page = await web.open('supervisor', '/targets?sort=indicator')
    await page.locator('.body [role=row]').first().waitFor()
    const table = page.locator('[role=table]')
    expect(await table.getAttribute('aria-rowcount')).toBe(String(MANY))
    const last = page.locator('.body [role=row]', { hasText: `第${MANY}项指标` })
    for (let turn = 0; turn < 200 && (await last.count()) === 0; turn += 1) {
      // looked at in the frame after the one that has seen the scroll
      await table.evaluate(
        (element) =>
          new Promise((seen) => {
            element.scrollTop += 2_000
            requestAnimationFrame(() => requestAnimationFrame(seen))
          }),
      )
      expect(await page.locator('.body [role=row]').count()).toBeGreaterThan(0)
    }
    await last.waitFor()
    expect(await page.locator('.body [role=row]').count()).toBeLessThan(80)
    expect(await page.locator('.page-header').textContent()).toContain(`共 ${MANY} 项`)
    web.assertQuiet()
  })

  it('moves from row to row by the arrow keys and opens one by Enter', async () => {
    const page = await web.open('supervisor', '/targets?sort=indicator')
    await page.locator('[data-index="0"]').focus()
    for (let i = 0; i < 3; i += 1) {
      await page.keyboard.press('ArrowDown')
      await expect.poll(() => page.evaluate('document.activeElement.dataset.index')).toBe(String(i + 1))
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/targets\/\d+/)
    await expect.poll(() => page.locator('h1').textContent()).toBe('第004项指标')
  })

  it('keeps the columns that were chosen, and the order in the address', async () => {
    const page = await web.open('supervisor', '/targets')
    await page.locator('.body [role=row]').first().waitFor()
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.locator('label', { hasText: '类别' }).click()
    await page.keyboard.press('Escape')
    await page.reload()
    await page.getByRole('columnheader', { name: '类别' }).waitFor()
    await page.getByRole('columnheader', { name: '期限' }).getByRole('button').click()
    await page.waitForURL(/sort=-deadline/)
    expect(await page.getByRole('columnheader', { name: '期限' }).getAttribute('aria-sort')).toBe('descending')
  })
})
