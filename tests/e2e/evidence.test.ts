import { eq } from 'drizzle-orm'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachments, changeRequests } from '../../db/schema/index.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'
import { startStep } from './start-step.ts'

const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n%${name}`) })

describe.skipIf(!findChromium())('evidence in the dialogs', () => {
  let web: BrowserApp
  let id: number

  beforeAll(async () => {
    web = await startBrowserApp()
    id = await web.office.signedTarget({ deadline: dayFrom(100) })
  })
  afterAll(() => web?.close())

  const stored = () => web.office.db.select().from(attachments).all()
  async function attach(dialog: Locator, name: string) {
    await dialog.locator('input[type=file]').setInputFiles(file(name))
    await dialog.getByRole('link', { name, exact: true }).waitFor()
  }
  async function downloaded(page: Page, link: Locator): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    return download.suggestedFilename()
  }

  it('goes along with 延期, is taken away again where the dialog is closed, and is read by who decides', async () => {
    const page = await web.open('reporter', `/targets/${id}`)
    let dialog = await startStep(page, '申请延期')
    await attach(dialog, '看错了.pdf')
    expect(stored().map((row) => row.name)).toEqual(['看错了.pdf'])
    await dialog.getByRole('button', { name: '取消' }).click()
    await expect.poll(stored).toEqual([])

    dialog = await startStep(page, '申请延期')
    await dialog.locator('[name=deadline]').fill(dayFrom(200))
    await dialog.locator('[name=reason]').fill('汛期影响施工')
    await attach(dialog, '多余.pdf')
    await attach(dialog, '监理说明.pdf')
    await dialog.getByRole('button', { name: '删除多余.pdf' }).click()
    await dialog.getByRole('link', { name: '多余.pdf' }).waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.waitFor({ state: 'detached' })
    const request = () => web.office.db.select().from(changeRequests).where(eq(changeRequests.targetId, id)).get()
    await expect.poll(() => request()?.reason).toBe('汛期影响施工')
    expect(stored()).toMatchObject([{ name: '监理说明.pdf', requestId: request()!.id }])
    // Beside the target and in its history.
    await expect.poll(() => page.getByRole('link', { name: '监理说明.pdf' }).count()).toBe(2)

    const office = await web.open('supervisor', '/supervision?tab=requests')
    const line = office.locator('li.line', { hasText: '汛期影响施工' })
    expect(await downloaded(office, line.getByRole('link', { name: '监理说明.pdf' }))).toBe('监理说明.pdf')
    await line.getByRole('button', { name: '同意', exact: true }).click()
    await office.getByRole('dialog', { name: '同意申请' }).getByRole('button', { name: '同意', exact: true }).click()
    await expect.poll(() => web.office.target(id).deadline).toBe(dayFrom(200))
    web.assertQuiet()
  })

  it('goes along with 变更, with the answer to a 督办单 and with a rectification, and stands on the printed sheet', async () => {
    const order = (
      await web.office.done('supervisor', id, 'issue-order', {
        color: 'yellow',
        text: '进度滞后，请说明原因',
        dueOn: dayFrom(5),
      })
    ).record!.id
    await web.office.done('supervisor', id, 'raise-problem', { text: '台账不全', dueOn: dayFrom(5) })
    const page = await web.open('reporter', `/targets/${id}`)
    let dialog = await startStep(page, '申请变更')
    await dialog.getByLabel('目标值').fill('58')
    await dialog.locator('[name=reason]').fill('统计口径调整')
    await attach(dialog, '口径通知.pdf')
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: '回复', exact: true }).click()
    dialog = page.getByRole('dialog', { name: '回复督办单' })
    await dialog.locator('[name=text]').fill('已增派施工力量')
    await attach(dialog, '施工照片.pdf')
    await dialog.getByRole('button', { name: '提交回复' }).click()
    await dialog.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: '报送整改' }).click()
    dialog = page.getByRole('dialog', { name: '报送整改情况' })
    await dialog.locator('[name=text]').fill('台账已补齐')
    await attach(dialog, '台账.pdf')
    await dialog.getByRole('button', { name: '报送', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })

    const office = await web.open('supervisor', '/supervision?tab=requests')
    await office.locator('li.line').getByRole('link', { name: '口径通知.pdf' }).waitFor()
    await office.goto('/supervision?tab=problems')
    await office.locator('li.line').getByRole('link', { name: '台账.pdf' }).waitFor()
    await office.goto('/supervision?tab=orders')
    const line = office.locator('li.line', { hasText: '已增派施工力量' })
    expect(await downloaded(office, line.getByRole('link', { name: '施工照片.pdf' }))).toBe('施工照片.pdf')
    await line.getByRole('link', { name: '原单' }).click()
    await office.waitForURL(`**/targets/${id}/orders/${order}`)
    await office.locator('.sheet').getByRole('link', { name: '施工照片.pdf' }).waitFor()
    web.assertQuiet()
  })

  it('says why a file is refused, and sends the form without it', async () => {
    const page = await web.open('supervisor', `/targets/${id}`)
    const dialog = await startStep(page, '申请中止')
    await dialog.locator('[name=reason]').fill('政策调整')
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: '程序.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') })
    await dialog
      .getByRole('alert')
      .getByText(/程序\.pdf/)
      .waitFor()
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('申请中止').first().waitFor()
    expect(stored().map((row) => row.name)).not.toContain('程序.pdf')
  })
})
