import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { reports, urges } from '../../db/schema/index.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'
import { startStep } from './start-step.ts'
import { Gate } from './gate.ts'

/** Whoever is faster than the server loses nothing and does nothing twice. */
describe.skipIf(!findChromium())('while an answer is awaited', () => {
  let web: BrowserApp
  let signed: number
  let bulletin: number

  beforeAll(async () => {
    web = await startBrowserApp()
    signed = await web.office.signedTarget({ deadline: '2099-12-31' })
    for (const indicator of ['森林面积', '耕地面积', '耕地质量'])
      web.office.addTarget({ indicator, state: 'in_progress' })
    bulletin = (
      await web.office.injectAs('supervisor', {
        method: 'POST',
        url: '/api/bulletins',
        payload: { period: dayFrom(-31).slice(0, 7) },
      })
    ).json().id
  })
  afterAll(() => web?.close())

  async function open(person: 'supervisor' | 'reporter', path: string) {
    const gate = new Gate()
    return { gate, page: await web.open(person, path, { prepare: (page) => gate.putUp(page) }) }
  }

  it('the ledger shows what was searched for last, by Enter at once', async () => {
    const { gate, page } = await open('supervisor', '/targets?sort=indicator')
    await page.locator('.body [role=row]').first().waitFor()
    const field = page.getByLabel('搜索目标')
    gate.hold(/\/api\/targets\?/)
    const asked = page.waitForRequest(/q=%E6%A3%AE/)
    await field.fill('森林面')
    await asked
    await field.fill('耕地质')
    await field.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('q') === '耕地质')
    await field.pressSequentially('量') // its answer comes as late as those before it
    await page.waitForURL((url) => url.searchParams.get('q') === '耕地质量')
    gate.release()
    await page.getByText('符合条件 1 项').waitFor()
    expect(await page.locator('.body [role=row]').textContent()).toContain('耕地质量')
    expect(await field.inputValue()).toBe('耕地质量')
    web.assertQuiet()
  })

  it('a report typed on while its draft is saved is there again after a reload', async () => {
    const { gate, page } = await open('reporter', `/targets/${signed}/report`)
    const form = page.getByRole('form', { name: '填报' })
    await form.locator('[name=value]').fill('55')
    await form.locator('[name=asOf]').fill(dayFrom(-1))
    gate.hold(/\/steps\/draft/)
    await Promise.all([
      page.waitForRequest(/\/steps\/draft/),
      form.getByRole('button', { name: '保存草稿', exact: true }).click(),
    ])
    await form.locator('[name=note]').fill('在保存的时候写的')
    await Promise.all([page.getByText('草稿已保存').waitFor(), gate.release()]) // a short message is waited for before it comes
    await page.reload()
    await page.getByText('已恢复上次没有提交的内容').waitFor()
    expect(await form.locator('[name=note]').inputValue()).toBe('在保存的时候写的')
    await Promise.all([
      page.getByText('草稿已保存').waitFor(),
      form.getByRole('button', { name: '保存草稿', exact: true }).click(),
    ])
    const drafts = web.office.db.select().from(reports).where(eq(reports.targetId, signed)).all()
    expect(drafts).toMatchObject([{ value: 55, note: '在保存的时候写的', status: 'draft' }])
    web.assertQuiet()
  })

  it('a step is taken once by a double click, by Enter twice, and a dialog is not closed over it', async () => {
    const { gate, page } = await open('supervisor', `/targets/${signed}`)
    const sent = () =>
      web.office.db
        .select()
        .from(urges)
        .where(eq(urges.targetId, signed))
        .all()
        .map(({ text }) => text)
    const urge = async (text: string) => {
      const dialog = await startStep(page, '催办')
      await dialog.locator('[name=text]').fill(text)
      gate.hold(/\/steps\/urge/)
      return dialog
    }
    const first = await urge('请补报一')
    await first.getByRole('button', { name: '催办', exact: true }).dblclick()
    await first.getByText('正在办理').waitFor()
    await page.keyboard.press('Escape')
    expect(await first.isVisible()).toBe(true)
    gate.release()
    await first.waitFor({ state: 'detached' })
    const second = await urge('请补报二')
    await second.getByRole('button', { name: '催办', exact: true }).focus()
    await page.keyboard.down('Enter')
    await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    gate.release()
    await second.waitFor({ state: 'detached' })
    expect(sent().sort()).toEqual(['请补报一', '请补报二'])
    web.assertQuiet()
  })

  it('words of a bulletin typed while it is saved stay, and are told as not saved', async () => {
    const { gate, page } = await open('supervisor', `/bulletins/${bulletin}`)
    const words = page.getByLabel('有关要求')
    await words.fill('请抓紧。')
    gate.hold(new RegExp(`/api/bulletins/${bulletin}$`))
    await Promise.all([
      page.waitForRequest((request) => request.method() !== 'GET'),
      page.getByRole('button', { name: '保存', exact: true }).click(),
    ])
    await words.fill('请抓紧，并报结果。')
    await Promise.all([page.getByText('已保存').first().waitFor(), gate.release()]) // a short message is waited for before it comes
    expect(await words.inputValue()).toBe('请抓紧，并报结果。')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('button', { name: '已保存', exact: true }).waitFor()
    await page.reload()
    expect(await words.inputValue()).toBe('请抓紧，并报结果。')
    web.assertQuiet()
  })
})
