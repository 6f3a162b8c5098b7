import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

/** Pages of the offices: who has them and what they ask the server for. */
const PAGES: [person: 'supervisor' | 'admin' | 'leader', path: string, asks: RegExp][] = [
  ['leader', '/', /\/api\/overview/],
  ['leader', '/targets', /\/api\/targets\?/],
  ['supervisor', '/supervision', /\/api\/supervision\/reports/],
  ['supervisor', '/supervision?tab=requests', /\/api\/supervision\/requests/],
  ['supervisor', '/supervision?tab=assign', /\/api\/targets\?/],
  ['supervisor', '/supervision?tab=orders', /\/api\/supervision\/orders/],
  ['supervisor', '/supervision?tab=problems', /\/api\/supervision\/problems/],
  ['supervisor', '/supervision?tab=differences', /\/api\/supervision\/differences/],
  ['supervisor', '/supervision?tab=urges', /\/api\/supervision\/urges/],
  ['supervisor', '/documents', /\/api\/documents\?/],
  ['supervisor', '/review', /\/api\/review/],
  ['supervisor', '/bulletins', /\/api\/bulletins/],
  ['supervisor', '/bulletins?view=ranking', /\/api\/rankings/],
  ['admin', '/system?part=units', /\/api\/units/],
  ['admin', '/system?part=people', /\/api\/users/],
  ['admin', '/system?part=settings', /\/api\/settings/],
  ['admin', '/system?part=audit', /\/api\/audit/],
  ['admin', '/system?part=backup', /\/api\/backups/],
  ['admin', '/system?part=deliveries', /\/api\/deliveries/],
  ['leader', '/notifications', /\/api\/notifications/],
]

describe.skipIf(!findChromium())('office pages in trouble', () => {
  let web: BrowserApp

  beforeAll(async () => {
    web = await startBrowserApp()
    await web.office.signedTarget({ deadline: '2099-12-31' })
    web.office.addTarget()
  })
  afterAll(() => web?.close())

  /** What a person sees of it: one clear message with a way on, and nothing that seems to be still on its way. */
  const alert = (page: Page, words: string) => page.locator('main').getByRole('alert').filter({ hasText: words })

  it.each(PAGES)(
    '%s: %s says that the server failed or cannot be reached, and goes on by a retry',
    async (person, path, asks) => {
      const page = await web.open(person, '/password')
      const heading = (word: string) => page.getByRole('heading', { level: 1, name: word, exact: true })
      await heading('修改密码').waitFor()
      const retry = async (words: string) => {
        await alert(page, words).first().getByRole('button', { name: '重试' }).click()
        await expect.poll(() => page.locator('main').getByRole('alert').count()).toBe(0)
        await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
      }

      await page.route(asks, (route) =>
        route.request().resourceType() === 'document'
          ? route.continue()
          : route.fulfill({
              status: 500,
              contentType: 'application/problem+json',
              body: JSON.stringify({ status: 500, code: 'internal', title: '服务出了差错', detail: '请稍后重试。' }),
            }),
      )
      await page.goto(path)
      await alert(page, '服务出了差错').first().waitFor()
      expect(await page.locator('.skeleton').count()).toBe(0)
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      )
      await page.unroute(asks)
      await retry('服务出了差错')

      // Away and back again, with the code of the page at hand and the network gone meanwhile.
      const away = path.startsWith('/bulletins') ? '文件库' : '通报'
      await page.getByRole('navigation', { name: '主导航' }).getByText(away).click()
      await heading(away).waitFor()
      await page.context().setOffline(true)
      await page.goBack()
      await alert(page, '连接不上服务器').first().waitFor()
      await page.getByText('正在显示的内容可能不是最新').waitFor()
      await page.context().setOffline(false)
      await retry('连接不上服务器')
      await page.getByText('正在显示的内容可能不是最新').waitFor({ state: 'detached' })
      await page.context().close()
    },
  )
})
