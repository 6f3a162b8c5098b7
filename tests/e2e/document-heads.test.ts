import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents } from '../../db/schema/index.ts'
import { filesDir } from '../../server/paths.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const TEXT =
  '关于印发规划的通知\n一、目标\n到2026年，森林覆盖率达到60%以上。（牵头单位：甲局）\n到2026年，新建公里数达到100公里。\n'

/** 文件库: heads set by the office, and an original read again. `SCREENS=folder` takes pictures on the way. */
describe.skipIf(!findChromium())('documents in the hands of the office', () => {
  let web: BrowserApp
  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    office.db
      .update(documents)
      .set({ headDoubts: { issuer: 'signature', number: 'missing' }, number: null })
      .run()
    mkdirSync(filesDir(office.dataDir), { recursive: true })
    writeFileSync(join(filesDir(office.dataDir), 'a'.repeat(64)), TEXT)
  })
  afterAll(() => web?.close())

  it('a doubtful head is marked, looked at, mended, and taken back', async () => {
    const page = await web.open('supervisor', '/documents')
    await page.getByText('待核对', { exact: true }).waitFor()
    await page.getByLabel('只看文件信息待核对的').check()
    await page.waitForURL(/doubtful=true/)
    await page.getByRole('button', { name: /^编辑关于印发规划的通知/ }).click()
    const dialog = page.getByRole('dialog', { name: '文件信息' })
    await dialog.getByText('取自落款，请核对').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByLabel('文号').fill('霁府发[2024]3号')
    await dialog.getByLabel('发文单位').fill('霁川市人民政府')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('没有符合条件的文件').waitFor()
    await page.getByLabel('只看文件信息待核对的').uncheck()
    await page.getByText('霁府发〔2024〕3号').waitFor()
    await page.getByText('霁川市人民政府').waitFor()

    await page.getByRole('button', { name: /^编辑/ }).click()
    await dialog.getByText(/发文单位 市政府 → 霁川市人民政府/).waitFor()
    await dialog.getByRole('button', { name: '撤销上一次修改' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('待核对', { exact: true }).waitFor()
    web.assertQuiet()
  })

  it('an original is read again: what would change is shown first, and changed after a yes', async () => {
    const decided = web.office.addTarget()
    await web.office.done('supervisor', decided, 'accept')
    const page = await web.open('supervisor', '/documents')
    await page.getByRole('button', { name: /^重新读取/ }).click()
    const dialog = page.getByRole('dialog', { name: '重新读取' })
    await dialog.getByText('确认之前什么都不会改变', { exact: false }).waitFor()
    await dialog.getByText('新增候选目标', { exact: false }).waitFor()
    await dialog.getByText('不低于 100', { exact: false }).first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: '确认更新' }).click()
    await dialog.getByText(/已按新的读取结果更新.*已校核的 1 项保持不变/).waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await dialog.waitFor({ state: 'detached' })
    expect(web.office.target(decided)).toMatchObject({ state: 'confirmed', indicator: '森林覆盖率' })

    await page.getByRole('button', { name: /^重新读取/ }).click()
    await dialog.getByText('不需要更新', { exact: false }).waitFor()
    web.assertQuiet()
  })

  it('who only reads documents sees neither', async () => {
    const page = await web.open('leader', '/documents')
    await page.getByText('关于印发规划的通知').waitFor()
    expect(await page.getByRole('button', { name: /^重新读取|^编辑/ }).count()).toBe(0)
    web.assertQuiet()
  })
})
