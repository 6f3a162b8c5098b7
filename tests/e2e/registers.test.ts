import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/transaction.ts'
import { targetUnits, unitAliases, units, users } from '../../db/schema/index.ts'
import { createUnit, getUnit } from '../../server/core/units.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

/** Units with their names, and the accounts: what two people keep together. */
describe.skipIf(!findChromium())('the registers', () => {
  let web: BrowserApp
  const ids: Record<string, number> = {}

  beforeAll(async () => {
    web = await startBrowserApp()
    inTransaction(web.office.db, (tx) => {
      const stamp = web.office.actorOf('admin')
      const city = createUnit(tx, stamp, { name: '霁川市人民政府' }).id
      for (const name of ['霁川市卫生健康委员会', '霁川市教育局', '霁川市农业农村局'])
        ids[name] = createUnit(tx, stamp, { name, parentId: city }).id
      ids.county = createUnit(tx, stamp, {
        name: '石鹭市教育局',
        parentId: createUnit(tx, stamp, { name: '石鹭市人民政府', parentId: city }).id,
      }).id
    })
  })
  afterAll(() => web?.close())

  const unitOf = (id: number, name: string) =>
    web.office.db
      .select()
      .from(targetUnits)
      .where(eq(targetUnits.targetId, id))
      .all()
      .find((one) => one.name === name)?.unitId

  it('an alias that the rule concluded is marked, and stays away when a person takes it away', async () => {
    const { office } = web
    const id = office.addTarget({}, [{ role: 'lead', name: '市卫计委' }])
    await office.done('supervisor', id, 'accept')
    expect(unitOf(id, '市卫计委')).toBe(ids['霁川市卫生健康委员会'])

    const page = await web.open('admin', '/system?part=units')
    const row = page.getByRole('row', { name: /霁川市卫生健康委员会/ })
    await row.getByText('市卫计委').waitFor()
    expect(await row.textContent()).toContain('市卫计委规则')
    await row.getByRole('button', { name: '修改霁川市卫生健康委员会' }).click()
    const dialog = page.getByRole('dialog', { name: '修改单位' })
    await dialog.getByText('按名称规则认出', { exact: true }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByLabel('简称').fill('卫健委') // what is being typed outlives the removal beside it
    // the short message goes by itself: waited for before it comes
    await Promise.all([
      page.getByText('1 条未交办的目标会重新问是哪个单位').waitFor(),
      dialog.getByRole('button', { name: '删除别名市卫计委' }).click(),
    ])
    expect(await dialog.getByLabel('简称').inputValue()).toBe('卫健委')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(getUnit(office.db, ids['霁川市卫生健康委员会']!).shortName).toBe('卫健委')
    expect(unitOf(id, '市卫计委')).toBeNull()
    await page.reload()
    await row.waitFor()
    expect(await row.textContent()).not.toContain('市卫计委')
    web.assertQuiet()
  })

  it('the units a name may mean are one click, by keyboard too; any other unit can be chosen', async () => {
    const { office } = web
    const id = office.addTarget({ indicator: '义务教育巩固率' }, [
      { role: 'lead', name: '教育局' },
      { role: 'support', name: '市林草局' },
    ])
    await office.done('supervisor', id, 'accept')
    const page = await web.open('supervisor', `/targets/${id}`)
    await page.getByRole('button', { name: '交办', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '交办' })
    const first = dialog.getByRole('group', { name: '“教育局”是哪个单位' })
    const likely = first.getByRole('button', { name: /可能是\s*霁川市教育局/ })
    await likely.waitFor()
    expect(await first.getByRole('button').allTextContents()).toEqual(['可能是霁川市教育局', '可能是石鹭市教育局'])
    expect(await seriousFaults(page)).toEqual([])
    await likely.focus()
    await page.keyboard.press('Enter')
    await first.waitFor({ state: 'detached' })
    const second = dialog.getByRole('group', { name: '“市林草局”是哪个单位' })
    // the focus is with the next name: no way back to the mouse
    await expect.poll(() => second.evaluate((group) => group.contains(document.activeElement))).toBe(true)
    await second.getByText('没有相近的单位').waitFor()
    await second.getByLabel('为“市林草局”另选单位').selectOption({ label: '＋ 新建单位“市林草局”' })
    await second.getByRole('button', { name: '记住' }).click()
    await dialog.getByRole('region', { name: '尚未对应的单位名称' }).waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: '交办', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(office.target(id).state).toBe('assigned')
    expect(unitOf(id, '教育局')).toBe(ids['霁川市教育局'])
    const made = office.db.select().from(units).where(eq(units.name, '市林草局')).get()!
    expect(unitOf(id, '市林草局')).toBe(made.id)
    expect(
      office.db
        .select()
        .from(unitAliases)
        .all()
        .find(({ name }) => name === '教育局'),
    ).toMatchObject({ source: 'person', unitId: ids['霁川市教育局'] })
    web.assertQuiet()
  })

  it('two people at one unit: the second sees both versions, loses nothing typed, and decides', async () => {
    const { office } = web
    const id = ids['霁川市农业农村局']!
    const page = await web.open('admin', '/system?part=units')
    await page.getByRole('button', { name: '修改霁川市农业农村局' }).click()
    const dialog = page.getByRole('dialog', { name: '修改单位' })
    await dialog.getByLabel('简称').fill('农业局')
    const change = async (fields: object) => {
      const answer = await office.injectAs('supervisor', {
        method: 'PATCH',
        url: `/api/units/${id}`,
        payload: { version: getUnit(office.db, id).version, ...fields },
      })
      expect(answer.statusCode).toBe(200)
    }
    await change({ shortName: '农业农村局', successorId: ids['霁川市教育局'] })
    await dialog.getByRole('button', { name: '保存' }).click()
    const conflict = dialog.locator('.conflict')
    await conflict.getByRole('row', { name: '简称 农业局 农业农村局' }).waitFor()
    await conflict.getByRole('row', { name: '承继单位 （空） 霁川市教育局' }).waitFor()
    expect(await conflict.getByRole('columnheader').allTextContents()).toEqual(['内容', '您填写的', '现在存的'])
    expect(await dialog.getByLabel('简称').inputValue()).toBe('农业局')
    await change({ shortName: '农村局' }) // and once more
    await conflict.getByRole('button', { name: '核对过了，按我填写的提交' }).click()
    await conflict.getByRole('row', { name: '简称 农业局 农村局' }).waitFor()
    await conflict.getByRole('button', { name: '核对过了，按我填写的提交' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(getUnit(office.db, id)).toMatchObject({ shortName: '农业局', successorId: null })

    await page.getByRole('button', { name: '修改霁川市农业农村局' }).click()
    await dialog.getByLabel('简称').fill('不要了')
    await change({ shortName: '农口' })
    await dialog.getByRole('button', { name: '保存' }).click()
    await conflict.getByRole('button', { name: '放弃我填写的，看最新内容' }).click()
    await conflict.waitFor({ state: 'detached' })
    expect(await dialog.getByLabel('简称').inputValue()).toBe('农口')
  })

  it('two administrators at one account: the same', async () => {
    const { office } = web
    const page = await web.open('admin', '/system?part=people')
    await page.getByRole('button', { name: '修改otherReporter' }).click()
    const dialog = page.getByRole('dialog', { name: '修改账号' })
    await dialog.getByLabel('姓名').fill('乙局新填报人')
    const user = () => office.db.select().from(users).where(eq(users.username, 'otherReporter')).get()!
    const changed = await office.injectAs('admin', {
      method: 'PATCH',
      url: `/api/users/${user().id}`,
      payload: { version: user().version, displayName: '乙局张三', email: 'zhang@example.invalid', disabled: true },
    })
    expect(changed.statusCode).toBe(200)
    await dialog.getByRole('button', { name: '保存' }).click()
    const conflict = dialog.locator('.conflict')
    await conflict.getByRole('row', { name: '姓名 乙局新填报人 乙局张三' }).waitFor()
    await conflict.getByRole('row', { name: '邮箱 （空） zhang@example.invalid' }).waitFor()
    await conflict.getByRole('row', { name: '停用 否 是' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(await dialog.getByLabel('姓名').inputValue()).toBe('乙局新填报人')
    await conflict.getByRole('button', { name: '核对过了，按我填写的提交' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(user()).toMatchObject({ displayName: '乙局新填报人', email: null, disabledAt: null })
  })
})
