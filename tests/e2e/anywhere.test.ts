import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsInBothModes } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

/** 搜索 and 使用帮助 from anywhere, and 批量交办. */
describe.skipIf(!findChromium())('from anywhere', () => {
  let web: BrowserApp
  let forest: number
  let orderNumber: string
  let again: number
  let plain: number

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    forest = await office.signedTarget({ deadline: '2099-12-31' })
    const order = { color: 'red', text: '请说明进度', dueOn: '2099-01-10' }
    orderNumber = (await office.done('supervisor', forest, 'issue-order', order)).record!.number!
    again = office.addTarget({ deadline: '2100-12-31' }, [])
    plain = office.addTarget({ indicator: '数字档案馆', deadline: '2100-12-31' }, [])
    for (const id of [again, plain]) await office.done('supervisor', id, 'accept')
  })
  afterAll(() => web?.close())

  it('finds by keyboard alone, opens, and lists what was opened', async () => {
    const page = await web.open('supervisor', '/targets')
    const { keyboard } = page
    await page.locator('h1').waitFor()
    const field = page.getByRole('combobox', { name: '搜索', exact: true })
    const shown = page.getByRole('listbox', { name: '搜索结果' }).getByRole('option', { selected: true })
    await keyboard.press('Control+k')
    await field.waitFor()
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.getByText('写一两个词').waitFor()
    await keyboard.type('森林')
    await page.getByRole('group', { name: /^目标/ }).waitFor()
    expect(await faultsInBothModes(page)).toEqual([])
    // up from the first is the last; the field says which one is meant
    const first = await shown.getAttribute('id')
    expect(await field.getAttribute('aria-activedescendant')).toBe(first)
    await keyboard.press('ArrowUp')
    expect(await shown.getAttribute('id')).not.toBe(first)
    await keyboard.press('ArrowDown')
    expect(await shown.getAttribute('id')).toBe(first)
    // the focus stays inside, whichever way
    for (let i = 0; i < 4; i++) await keyboard.press('Tab')
    expect(await page.evaluate('document.querySelector("dialog").contains(document.activeElement)')).toBe(true)
    await keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })

    await keyboard.press('Control+k')
    await field.waitFor()
    await keyboard.type(orderNumber.replace(/[〔〕]/g, ' '))
    await page.getByRole('option', { name: orderNumber }).waitFor()
    await keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/targets/${forest}/orders/\\d+`))
    await page.getByText('请说明进度').first().waitFor()

    // nothing typed: what was opened
    await page.getByRole('button', { name: '搜索', exact: true }).click()
    await page.getByRole('group', { name: '最近打开' }).getByRole('option', { name: orderNumber }).waitFor()
    await keyboard.type('没有这样的词')
    await page.getByText('没有找到。换一个说法').waitFor()
    web.assertQuiet()
  })

  it('tells a unit nothing that is not its own, and fits a phone', async () => {
    const page = await web.open('otherReporter', '/tasks', { viewport: { width: 390, height: 844 } })
    await page.getByRole('button', { name: '搜索', exact: true }).click()
    await page.getByRole('combobox', { name: '搜索', exact: true }).fill('森林')
    await page.getByText('没有找到。换一个说法').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(await faultsInBothModes(page)).toEqual([])
    web.assertQuiet()
  })

  it('has a help for each role, opened by ? on any page', async () => {
    const page = await web.open('reporter', '/calendar')
    await page.locator('h1').waitFor()
    await page.keyboard.press('?')
    await page.waitForURL(/\/help$/)
    await page.getByRole('heading', { name: '要办的都在我的任务' }).waitFor()
    const picture = page.getByRole('img', { name: /^我的任务/ })
    await expect.poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(600)
    expect(await faultsInBothModes(page)).toEqual([])
    await page.getByRole('link', { name: '领导', exact: true }).click()
    await page.getByRole('heading', { name: '先看我分管的' }).waitFor()
    expect(await page.getByRole('link', { name: '去办理' }).count()).toBe(0)
    web.assertQuiet()
  })

  it('gives many at once, with units that had the like before, once a person takes them', async () => {
    const { office } = web
    const page = await web.open('supervisor', '/assign')
    const row = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) })
    const proposal = row('森林覆盖率').getByRole('button', { name: /＋ 牵头 甲局/ })
    await proposal.waitFor()
    expect(await proposal.textContent()).toContain('承办过同一指标 1 项')
    expect(await faultsInBothModes(page)).toEqual([])
    await page.getByLabel('全选 2 项').check()
    await page.getByText('2 项还没有落实牵头或责任单位').waitFor()
    await page.getByRole('button', { name: '采用推荐的单位（1 项）' }).click()
    await page.getByRole('button', { name: '交办 1 项' }).waitFor()
    // what is left gets its unit and settings with the others at once
    const many = page.getByRole('form', { name: '统一设置' })
    await many.getByLabel('添加配合单位').fill('乙局')
    await many.getByLabel('添加配合单位').press('Enter')
    await many.getByLabel('填报频次').selectOption({ label: '按月' })
    await many.getByRole('button', { name: '设给所选 2 项' }).click()
    await row('数字档案馆').getByRole('button', { name: '增减单位' }).click()
    const lead = row('数字档案馆').getByLabel('添加牵头单位')
    await lead.fill('甲局')
    await lead.press('Enter')
    await page.getByRole('button', { name: '交办 2 项' }).click()
    await page.getByText('没有待交办的目标').waitFor()
    for (const id of [again, plain])
      expect(office.target(id)).toMatchObject({ state: 'assigned', reportFrequency: 'monthly' })
    const { lead: leads, support } = (await office.get('supervisor', `/api/targets/${again}`)).json()
    expect([leads[0].name, support[0].name]).toEqual(['甲局', '乙局'])
    web.assertQuiet()
  })
})
