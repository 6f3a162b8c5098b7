import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../server/helper.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

describe.skipIf(!findChromium())('两步验证', () => {
  let web: BrowserApp
  beforeAll(async () => {
    web = await startBrowserApp()
  })
  afterAll(() => web?.close())

  /** What the telephone shows now; the clock of the application moves only when the test says so. */
  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
      timestamp: web.office.clock.now.getTime(),
    })
  const nextCode = (secret: string) => {
    web.office.clock.advance(30)
    return codeOf(secret)
  }

  it('is switched on by scanning and one code, asked for at the next sign-in, and switched off again', async () => {
    const page = await web.open('leader', '/')
    await page.getByRole('button', { name: 'leader' }).click()
    await page.getByRole('link', { name: '两步验证' }).click()
    await page.locator('[name=password]').fill(PASSWORD)
    await page.getByRole('button', { name: '开始设置' }).click()
    await page.getByRole('img', { name: '两步验证二维码' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const secret = (await page.locator('code.secret').textContent())!
    await page.locator('[name=code]').fill('000000')
    await page.getByRole('button', { name: '开启', exact: true }).click()
    await page.getByRole('alert').getByText('验证码不正确').waitFor()
    await page.locator('[name=code]').fill(codeOf(secret))
    await page.getByRole('button', { name: '开启', exact: true }).click()
    const recovery = page.getByRole('region', { name: '恢复码' })
    await recovery.waitFor()
    const codes = await recovery.locator('code').allTextContents()
    expect(codes).toHaveLength(10)
    await recovery.getByRole('button', { name: '我已保存好' }).click()
    await page.getByText('已开启').waitFor()
    await page.reload()
    await page.getByText('还有 10 个恢复码可用').waitFor()
    expect(await page.content()).not.toContain(codes[0])

    const other = await web.open(null, '/sign-in?to=%2Ftargets')
    await other.locator('[name=username]').fill('leader')
    await other.locator('[name=password]').fill(PASSWORD)
    await other.keyboard.press('Enter')
    const code = other.locator('[name=code]')
    await code.waitFor()
    await expect.poll(() => code.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await seriousFaults(other)).toEqual([])
    await other.keyboard.type(codeOf(secret)) // has been used to switch it on
    await other.keyboard.press('Enter')
    await other.getByRole('alert').getByText('验证码不正确').waitFor()
    expect(await code.inputValue()).toBe('')
    await code.fill(nextCode(secret))
    await other.keyboard.press('Enter')
    await other.waitForURL('**/targets')

    // Without the telephone: a recovery code opens, and stands for the code at switching off.
    const third = await web.open(null, '/sign-in')
    await third.locator('[name=username]').fill('leader')
    await third.locator('[name=password]').fill(PASSWORD)
    await third.keyboard.press('Enter')
    await third.locator('[name=code]').fill(codes[0]!)
    await third.keyboard.press('Enter')
    await third.waitForURL((url) => url.pathname === '/')
    await third.goto('/second-factor')
    await third.getByText('还有 9 个恢复码可用').waitFor()
    await third.getByRole('button', { name: '关闭两步验证' }).click()
    await third.locator('[name=password]').fill(PASSWORD)
    await third.locator('[name=code]').fill(nextCode(secret))
    await third.getByRole('button', { name: '关闭', exact: true }).click()
    await third.getByRole('button', { name: '开始设置' }).waitFor()
    web.assertQuiet()
  })

  it('is asked of a role by the setting, also of who is at work already, and reset by the administrator', async () => {
    const atWork = await web.open('supervisor', '/supervision')
    await atWork.getByRole('heading', { name: '督查' }).waitFor()
    const admin = await web.open('admin', '/system?part=settings')
    await admin.getByRole('group', { name: '必须开启的角色' }).getByLabel('督查室').check()
    await Promise.all([
      admin.getByText('设置已保存').waitFor(), // a short message is waited for before it comes
      admin.getByRole('button', { name: '保存' }).click(),
    ])

    await atWork.getByRole('navigation', { name: '督查事项' }).getByRole('link', { name: '待审批' }).click()
    await atWork.waitForURL('**/second-factor')
    await atWork.goto('/supervision')
    await atWork.waitForURL('**/second-factor')
    await atWork.locator('[name=password]').fill(PASSWORD)
    await atWork.getByRole('button', { name: '开始设置' }).click()
    const secret = (await atWork.locator('code.secret').textContent())!
    await atWork.locator('[name=code]').fill(codeOf(secret))
    await atWork.getByRole('button', { name: '开启', exact: true }).click()
    await atWork.getByRole('button', { name: '我已保存好' }).click()
    await atWork.goto('/supervision')
    await atWork.getByRole('navigation', { name: '督查事项' }).waitFor()

    await admin.goto('/system?part=people')
    const row = admin.getByRole('row', { name: /supervisor .*已开启两步验证/ })
    await row.getByRole('button', { name: '重置两步验证' }).click()
    await Promise.all([
      admin.getByText('supervisor 的两步验证已重置').waitFor(),
      admin.getByRole('dialog', { name: '重置两步验证' }).getByRole('button', { name: '重置两步验证' }).click(),
    ])
    await admin.goto('/system?part=audit')
    await admin.getByText('重置两步验证').first().waitFor()
  })
})
