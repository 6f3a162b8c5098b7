import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { reports, urges } from '../../db/schema/index.ts'
import { PASSWORD } from '../server/helper.ts'
import { faultsInBothModes, seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'
import { startStep } from './start-step.ts'

/** Until a page has its head, and nothing on it is being fetched any more. */
async function filled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' })
}

describe.skipIf(!findChromium())('the pages of work', () => {
  let web: BrowserApp
  let signed: number
  let bulletin: number
  let order: number

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    const followed = { contactLeaderId: office.userIds.leader }
    signed = await office.signedTarget({ ...followed, deadline: dayFrom(400) })
    const done = async (value: number, on: string, decide: 'approve' | 'return') => {
      const { record } = await office.done('reporter', signed, 'draft', { value, asOf: on })
      await office.done('reporter', signed, 'submit', {
        reportId: record!.id,
        confirm: ['jump', 'older', 'wrong-direction', 'same-day'],
      })
      await office.done('supervisor', signed, decide, {
        reportId: record!.id,
        ...(decide === 'return' ? { reason: '请附佐证材料' } : {}),
      })
    }
    await done(55, dayFrom(-120), 'approve')
    await done(56, dayFrom(-40), 'return')
    await office.done('supervisor', signed, 'urge', { text: '请按期填报' })
    order = (
      await office.done('supervisor', signed, 'issue-order', {
        color: 'yellow',
        text: '进度滞后，请说明原因',
        dueOn: dayFrom(5),
      })
    ).record!.id
    await office.done('supervisor', signed, 'raise-problem', { text: '台账不全', dueOn: dayFrom(5) })
    await office.done('reporter', signed, 'ask-extension', { reason: '征地受阻', deadline: dayFrom(500) })
    const roads = { indicator: '新建公里数', value: 100, unit: '公里', deadline: dayFrom(20) }
    const waiting = office.addTarget({ ...followed, ...roads })
    await office.done('supervisor', waiting, 'accept')
    await office.done('supervisor', waiting, 'assign')
    const confirmed = office.addTarget({ indicator: '绿化面积', value: 9, unit: '公顷' }, [
      { role: 'lead', name: '没有见过的局' },
    ])
    await office.done('supervisor', confirmed, 'accept')
    bulletin = (
      await office.injectAs('supervisor', {
        method: 'POST',
        url: '/api/bulletins',
        payload: { period: dayFrom(-31).slice(0, 7) },
      })
    ).json().id
  })
  afterAll(() => web?.close())

  it('axe finds nothing serious on any of them, light or dark, wide or narrow, and nothing runs over the edge', async () => {
    const pages = {
      leader: ['/', '/supervision?tab=instructions'],
      reporter: [
        '/tasks',
        `/targets/${signed}/report`,
        '/notifications',
        `/targets/${signed}/orders/${order}`,
        '/calendar',
      ],
      supervisor: [
        '/supervision',
        ...['requests', 'assign', 'unsigned', 'orders', 'problems', 'meet', 'close', 'differences', 'urges'].map(
          (tab) => `/supervision?tab=${tab}`,
        ),
        '/calendar?scope=all',
        '/bulletins',
        '/bulletins?view=ranking',
        `/bulletins/${bulletin}`,
      ],
      admin: [
        '/system',
        ...['people', 'settings', 'audit', 'backup', 'channels', 'deliveries'].map((part) => `/system?part=${part}`),
      ],
    } as const
    for (const [person, paths] of Object.entries(pages)) {
      const page = await web.open(person as keyof typeof pages, '/password')
      for (const path of paths) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.goto(path)
        await filled(page)
        expect([path, ...(await faultsInBothModes(page))]).toEqual([path])
        await page.setViewportSize({ width: 390, height: 844 })
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 390])
        expect([path, ...(await seriousFaults(page))]).toEqual([path])
      }
      await page.context().close()
    }
    const leader = await web.open('leader', '/')
    // However many lights it names, the sentence breaks instead of running out of its panel.
    const runsOut = await leader.getByRole('region', { name: '我分管的' }).evaluate((panel: HTMLElement) => {
      panel.style.width = '180px'
      return panel.scrollWidth - panel.clientWidth
    })
    expect(runsOut).toBe(0)
    web.assertQuiet()
  }, 600_000)

  it('nor in the dialogs', async () => {
    const page = await web.open('supervisor', `/targets/${signed}`)
    for (const name of ['催办', '发督办单', '分解', '人工亮灯', '改派', '申请变更']) {
      const dialog = await startStep(page, name)
      expect([name, ...(await faultsInBothModes(page))]).toEqual([name])
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await page.context().close()
  })

  it('keeps what was typed when the session ends, when the dialog is closed and when the page is loaded anew', async () => {
    const page = await web.open('supervisor', `/targets/${signed}`)
    const open = () => startStep(page, '催办')
    await (await open()).locator('[name=text]').fill('请于月底前补报')
    await page.keyboard.press('Escape')
    await page.reload()
    const dialog = await open()
    expect(await dialog.locator('[name=text]').inputValue()).toBe('请于月底前补报')
    await page.context().clearCookies()
    await dialog.getByRole('button', { name: '催办', exact: true }).click()
    const again = page.getByRole('dialog', { name: '登录已过期' })
    await again.locator('[name=password]').fill(PASSWORD)
    await again.locator('[name=password]').press('Enter')
    await dialog.waitFor({ state: 'detached' })
    const sent = () =>
      web.office.db
        .select()
        .from(urges)
        .where(eq(urges.targetId, signed))
        .all()
        .map((one) => one.text)
    await expect.poll(sent).toContain('请于月底前补报')
    expect(await (await open()).locator('[name=text]').inputValue()).toBe('')
  })

  it('shows both versions where a colleague was faster, and lets the person choose', async () => {
    const page = await web.open('supervisor', `/targets/${signed}`)
    const dialog = await startStep(page, '人工亮灯')
    await dialog.getByText('滞后', { exact: true }).click()
    await dialog.locator('[name=reason]').fill('现场核查')
    await web.office.done('supervisor2', signed, 'set-light', { light: 'overdue', reason: '抽查' })
    await dialog.getByRole('button', { name: '保存' }).click()
    const conflict = dialog.locator('.conflict')
    await conflict.getByRole('row', { name: /人工亮灯.*（空）.*逾期/ }).waitFor()
    expect(await dialog.locator('[name=reason]').inputValue()).toBe('现场核查')
    await conflict.getByRole('button', { name: '核对过了，按我填写的提交' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(web.office.target(signed)).toMatchObject({ manualLight: 'behind', manualLightReason: '现场核查' })
  })

  it('asks about a doubtful value once, and lets two colleagues at one draft see each other', async () => {
    const page = await web.open('reporter', `/targets/${signed}/report`)
    const form = page.getByRole('form', { name: '填报' })
    await form.getByText('请附佐证材料').waitFor()
    await form.locator('[name=value]').fill('120')
    await form.locator('[name=asOf]').fill(dayFrom(-1))
    await form.getByRole('button', { name: '保存草稿', exact: true }).click()
    const drafts = () => web.office.db.select().from(reports).where(eq(reports.status, 'draft')).all()
    await expect.poll(() => drafts().length).toBe(1)
    await web.office.done('reporter', signed, 'draft', {
      reportId: drafts()[0]!.id,
      reportVersion: 1,
      value: 57,
      asOf: dayFrom(-1),
      correctsId: drafts()[0]!.correctsId,
    })
    await form.locator('[name=value]').fill('130')
    await form.getByRole('button', { name: '提交审核' }).click()
    await form
      .locator('.conflict')
      .getByRole('row', { name: /130.*57/ })
      .waitFor()
    await form.getByRole('button', { name: '核对过了，按我填写的提交' }).click()
    await form.locator('.doubts', { hasText: '超过100%' }).waitFor()
    expect(await form.getByRole('button', { name: '已核对，提交审核' }).isDisabled()).toBe(true)
    await form.locator('[name=value]').fill('58')
    await form.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('已提交，等待督查室审核').waitFor()
    expect(web.office.db.select().from(reports).where(eq(reports.status, 'submitted')).all()).toMatchObject([
      { value: 58 },
    ])
  })

  it('shows a leader what waits without any button to decide, and a department no page of the office', async () => {
    const leader = await web.open('leader', '/supervision?tab=requests')
    await leader.locator('li.line').first().waitFor()
    expect(await leader.locator('li.line').getByRole('button').count()).toBe(0)
    const reporter = await web.open('reporter', '/supervision')
    await reporter.getByText('没有这个页面').first().waitFor()
    const home = await web.open('reporter', '/')
    await home.waitForURL(/\/tasks$/)
  })

  it('makes an account with a password that is shown once, and says when the trail is whole', async () => {
    const page = await web.open('admin', '/system?part=people')
    await page.getByRole('button', { name: '新建账号' }).click()
    const dialog = page.getByRole('dialog', { name: '新建账号' })
    await dialog.getByLabel('用户名').fill('xinren')
    await dialog.getByLabel('姓名').fill('<b>新人</b>')
    await dialog.getByLabel('所属单位').selectOption({ label: '甲局' })
    await dialog.getByRole('button', { name: '开设账号' }).click()
    const shown = page.getByRole('dialog', { name: '账号已开设' })
    const password = (await shown.locator('code').textContent())!.trim()
    expect(await shown.textContent()).toContain('<b>新人</b>')
    await shown.getByRole('button', { name: '我已记下' }).click()
    await page.getByRole('row', { name: /xinren/ }).waitFor()
    expect(await page.content()).not.toContain(password)
    const first = await web.open(null, '/sign-in')
    await first.fill('[name=username]', 'xinren')
    await first.fill('[name=password]', password)
    await first.keyboard.press('Enter')
    await first.getByText('请先设置自己的密码').waitFor()
    await page.goto('/system?part=audit')
    await page.getByRole('button', { name: '校验完整性' }).click()
    await page.getByText(/条记录首尾相连，没有被改动过/).waitFor()
  })

  it('edits a bulletin on the page, keeps the words over a reload, and issues it once', async () => {
    const page = await web.open('supervisor', `/bulletins/${bulletin}`)
    await page.getByLabel('有关要求').fill('请各单位抓紧。')
    await page.reload()
    expect(await page.getByLabel('有关要求').inputValue()).toBe('请各单位抓紧。')
    await page.getByRole('button', { name: '印发', exact: true }).click()
    await page.getByRole('dialog', { name: '印发通报' }).getByRole('button', { name: '印发' }).click()
    await page.getByText(/督查通报〔\d{4}〕1号，/).waitFor()
    expect(await page.getByLabel('有关要求').count()).toBe(0)
    expect(await page.locator('.sheet').textContent()).toContain('请各单位抓紧。')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载 docx' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.docx$/)
  })
})
