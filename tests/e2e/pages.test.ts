import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { files } from '../../db/schema/index.ts'
import { TEXT } from '../server/supervision/office.ts'
import { PASSWORD } from '../server/helper.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { remember } from '../server/remember.ts'
import { findChromium } from './chromium.ts'
import { dayFrom, NOW } from './clock.ts'
import { Gate } from './gate.ts'

const EVIL = '<img src=x onerror=alert(1)>'

describe.skipIf(!findChromium())('the pages in Chromium', () => {
  let web: BrowserApp
  let signed: number
  let overdue: number
  let candidate: number

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    signed = await office.signedTarget({ deadline: '2099-12-31' })
    const draft = await office.done('reporter', signed, 'draft', { value: 0, asOf: dayFrom(-3) })
    await office.done('reporter', signed, 'submit', { reportId: draft.record!.id, confirm: ['below-baseline'] })
    await office.done('supervisor', signed, 'approve', { reportId: draft.record!.id })
    overdue = await office.signedTarget({
      indicator: EVIL,
      deadline: dayFrom(-2),
      start: 44,
      end: 49,
      clauseStart: 33,
      clauseEnd: 54,
    })
    candidate = office.addTarget({
      indicator: '新建公里数',
      value: 100,
      unit: '公里',
      baselineValue: null,
      start: 44,
      end: 49,
      clauseStart: 33,
      clauseEnd: 54,
    })
    remember(office.db, dayFrom(-30))
  })
  afterAll(() => web?.close())

  it('lets a person in and leads on to the page that was asked for', async () => {
    const page = await web.open(null, '/targets?light=overdue')
    await page.waitForURL(/\/sign-in\?to=/)
    await page.fill('[name=username]', 'leader')
    await page.fill('[name=password]', 'wrong')
    await page.click('text=登录 >> nth=-1')
    await page.locator('[role=alert]').waitFor()
    await page.fill('[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/targets\?light=overdue/)
    await page.locator('[role=row][data-index="0"]').waitFor()
  })

  it('drills down from a mark of the overview to exactly its targets, and on to the clause', async () => {
    const page = await web.open('leader', '/')
    const tile = page.locator('a.tile', { hasText: '逾期' }).first()
    await expect.poll(() => tile.locator('.count').textContent()).toBe('1')
    await tile.click()
    await page.waitForURL(/scope=tracked.*light=overdue|light=overdue.*scope=tracked/)
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(1)
    expect(await page.locator('.body [role=row]').textContent()).toContain(EVIL)
    await page.locator('.body [role=row] a').first().click()
    await page.waitForURL(new RegExp(`/targets/${overdue}`))
    expect(await page.locator('h1').textContent()).toBe(EVIL)
    web.assertQuiet()
  })

  it('keeps the filters of the ledger in its address', async () => {
    const page = await web.open('supervisor', '/targets')
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(2)
    await page.getByRole('button', { name: '状态' }).click()
    await page.locator('label', { hasText: '待校核' }).click()
    await page.waitForURL(/state=extracted/)
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.reload()
    await expect.poll(() => page.locator('.body [role=row]').textContent()).toContain('新建公里数')
    await page.fill('[aria-label=搜索目标]', '没有这样的指标')
    await page.waitForURL(/q=/)
    await page.locator('text=没有符合条件的目标').waitFor()
    await page.click('text=清除全部条件')
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(2)
    expect(new URL(page.url()).search).toBe('')
    web.assertQuiet()
  })

  it('shows a target with its value, unit, target and date; 0 is a value', async () => {
    const page = await web.open('leader', `/targets/${signed}`)
    await expect.poll(() => page.locator('.gauge .big').first().textContent()).toBe('0%')
    expect(await page.locator('.gauge').textContent()).toContain('不低于 60%')
    expect(await page.locator('.gauge').textContent()).toContain(dayFrom(-3))
    await page.locator('.chart svg').waitFor()
    await page.click('text=看表')
    expect(await page.locator('.chart table').textContent()).toContain('0%')
    await page.click('text=看图')
    await page.locator('.chart svg').waitFor()
    web.assertQuiet()
  })

  it('shows the past: as of a day before the report there is none', async () => {
    const page = await web.open('leader', `/targets/${signed}?asOf=${dayFrom(-10)}`)
    await expect.poll(() => page.locator('.gauge .big').first().textContent()).toBe('未填报')
    await page.click('nav >> text=目标台账')
    await page.waitForURL(new RegExp(`asOf=${dayFrom(-10)}`))
    web.assertQuiet()
  })

  it('lands on the words of a finding and goes from there to its record and back', async () => {
    const page = await web.open('supervisor', `/documents/${web.office.documentId}?finding=${signed}`)
    const mark = page.locator('mark.active').first()
    await mark.waitFor()
    await expect
      .poll(() =>
        page
          .locator('mark.active')
          .allTextContents()
          .then((texts) => texts.join('')),
      )
      .toBe(TEXT.slice(5, 26).replace('\n', ''))
    await page.keyboard.press('j')
    await page.waitForURL((url) => url.searchParams.get('finding') !== String(signed))
    expect([String(overdue), String(candidate)]).toContain(new URL(page.url()).searchParams.get('finding'))
    await page.keyboard.press('k')
    await page.waitForURL((url) => url.searchParams.get('finding') === String(signed))
    await page.click('text=打开这一项')
    await page.waitForURL(new RegExp(`/targets/${signed}`))
    await page.click('text=在阅读室中看这一句')
    await page.waitForURL(new RegExp(`finding=${signed}`))
    await page.locator('mark.active').first().waitFor()
    web.assertQuiet()
  })

  it('takes an upload, shows how far it is read and names what cannot be read', async () => {
    const page = await web.open('supervisor', '/documents')
    const text =
      '关于印发绿色建筑方案的通知\n\n测政发〔2026〕9号\n\n各有关单位：\n到2027年底，全市绿色建筑占新建建筑比例达到80%以上。（牵头单位：甲局）\n\n测试市人民政府\n2026年1月5日\n'
    await page.setInputFiles('input[type=file]', [
      { name: '绿色建筑.txt', mimeType: 'text/plain', buffer: Buffer.from(text) },
      { name: '空文件.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ])
    await page.locator('.jobs li', { hasText: '绿色建筑.txt' }).locator('text=已入库').waitFor()
    await page.locator('.jobs li', { hasText: '空文件.txt' }).locator('text=未能导入').waitFor()
    await page.locator('.body [role=row]', { hasText: '绿色建筑' }).waitFor()
    expect(web.office.db.select().from(files).all()).toHaveLength(2)
    web.assertQuiet()
  })

  it('asks for a new sign-in over the page when the session has ended, and loses nothing', async () => {
    const page = await web.open('supervisor', '/targets')
    await page.fill('[aria-label=搜索目标]', '森林')
    await page.waitForURL(/q=/)
    await page.locator('.body [role=row]').first().waitFor()
    await page.context().clearCookies()
    await page.fill('[aria-label=搜索目标]', '森林覆盖')
    const dialog = page.getByRole('dialog', { name: '登录已过期' })
    await dialog.waitFor()
    await dialog.locator('[name=password]').fill(PASSWORD)
    await dialog.locator('[name=password]').press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.inputValue('[aria-label=搜索目标]')).toBe('森林覆盖')
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(2)
  })

  it('says that the server cannot be reached, and goes on by a retry', async () => {
    const gate = new Gate()
    const page = await web.open('leader', '/', { prepare: (page) => gate.putUp(page) })
    await page.locator('a.tile').first().waitFor()
    gate.cut(/\/api\/targets/)
    await page.click('nav >> text=目标台账')
    await page.locator('[role=alert]', { hasText: '连接不上服务器' }).waitFor()
    gate.mend()
    await page.getByRole('button', { name: '重试' }).click()
    await page.locator('.body [role=row]').first().waitFor()
  })

  it('shows a department only what is its own, and no upload', async () => {
    const page = await web.open('otherReporter', '/targets')
    await page.locator('text=还没有交办给本单位的目标').waitFor()
    await page.goto(`/targets/${signed}`)
    await page.locator('[role=alert]', { hasText: '没有这个目标' }).waitFor()
    await page.goto('/documents')
    await page.locator('h1', { hasText: '文件库' }).waitFor()
    expect(await page.locator('input[type=file]').count()).toBe(0)
  })

  it('refreshes the wall screen and keeps what it shows while the server is away', async () => {
    const gate = new Gate()
    const page = await web.open('leader', '/wall', {
      prepare: async (page) => {
        await gate.putUp(page)
        await page.clock.install({ time: NOW })
      },
    })
    await page.locator('a.tile').first().waitFor()
    gate.cut(/\/api\/overview/)
    await page.clock.runFor(61_000)
    await page.locator('text=暂时连接不上').waitFor()
    expect(await page.locator('a.tile').count()).toBe(6)
    gate.mend()
    await page.clock.runFor(61_000)
    await page.locator('text=暂时连接不上').waitFor({ state: 'detached' })
    expect(await page.locator('.wall').textContent()).toContain(`截至 ${dayFrom(0).slice(0, 4)}年`)
  })

  it('asks less than 300 KB of script for the first view of the overview', async () => {
    const { gzipSync } = await import('node:zlib')
    const page = await web.open('leader', '/sign-in')
    // A script that the page before was still fetching has no body any more once this one is opened.
    await page.goto('about:blank')
    const sizes: Promise<number>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        sizes.push(response.body().then((body) => gzipSync(body).length))
    })
    await page.context().clearCookies()
    await page.context().request.post('/api/session', {
      data: { username: 'leader', password: PASSWORD },
      headers: { 'x-requested-with': 'zhengbiao' },
    })
    await page.goto('/', { waitUntil: 'networkidle' })
    await page.locator('a.tile').first().waitFor()
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(300 * 1024)
  })
})
