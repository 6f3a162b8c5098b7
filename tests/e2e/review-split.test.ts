import { inArray } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { targets } from '../../db/schema/index.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const EVIDENCE = '到2026年，全市森林覆盖率达到60%以上，城市绿地率不低于38%；到2027年建成绿道120公里。'

describe.skipIf(!findChromium())('拆分 and 对照', () => {
  let web: BrowserApp
  let sentence: number
  let plain: number

  beforeAll(async () => {
    web = await startBrowserApp()
    sentence = web.office.addTarget({ evidence: EVIDENCE, clauseStart: 700, confidence: 0.99 })
    plain = web.office.addTarget({ indicator: '城乡供水保障率和水质达标率', value: 95, confidence: 0.98 })
  })
  afterAll(() => web?.close())

  const shows = (page: Page, name: string) => expect.poll(() => page.locator('.candidate h2').textContent()).toBe(name)
  const focused = (page: Page, label: string, index: number) =>
    expect
      .poll(() =>
        page
          .getByLabel(label, { exact: true })
          .nth(index)
          .evaluate((field) => field === document.activeElement),
      )
      .toBe(true)
  const live = () =>
    web.office.db
      .select()
      .from(targets)
      .where(inArray(targets.state, ['extracted', 'confirmed']))
      .all()
      .map(({ indicator, value, unit, deadline, state }) => [indicator, value, unit, deadline, state])

  it('a sentence that carries three targets is taken apart by keyboard alone, and put together again', async () => {
    const page = await web.open('supervisor', '/review')
    await shows(page, '森林覆盖率')
    const more = page.getByRole('region', { name: '本句还可以拆出' })
    await more.getByText('城市绿地率').waitFor()
    expect(await more.locator('li').allTextContents()).toEqual([
      '城市绿地率，不低于 38%',
      '建成绿道，不低于 120 公里2027-12-31',
    ])

    await page.keyboard.press('s')
    await focused(page, '指标', 0)
    await page.keyboard.press('Escape')
    await page.getByRole('form', { name: '拆分' }).waitFor({ state: 'detached' })
    await page.keyboard.press('s')
    await focused(page, '指标', 0)
    expect(
      await page
        .getByLabel('指标', { exact: true })
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value)),
    ).toEqual(['森林覆盖率', '城市绿地率', '建成绿道'])
    // from the first name by Tab to the third value: nothing on the way needs the mouse
    for (
      let i = 0;
      i < 60 &&
      !(await page
        .getByLabel('目标值')
        .nth(2)
        .evaluate((field) => field === document.activeElement));
      i++
    )
      await page.keyboard.press('Tab')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('125')
    await page.keyboard.press('Enter')
    await expect.poll(live).toEqual(
      expect.arrayContaining([
        ['森林覆盖率', 60, '%', '2026-12-31', 'extracted'],
        ['城市绿地率', 38, '%', '2026-12-31', 'extracted'],
        ['建成绿道', 125, '公里', '2027-12-31', 'extracted'],
      ]),
    )
    await page.getByText('待校核 4 条').waitFor()
    await shows(page, '森林覆盖率') // the first part stays in hand, the others come next
    await more.waitFor({ state: 'detached' })
    await page.keyboard.press('a')
    await shows(page, '城市绿地率')
    await page.keyboard.press('j')
    await shows(page, '建成绿道')
    await page.keyboard.press('k')
    await shows(page, '城市绿地率')

    await page.keyboard.press('u')
    await shows(page, '森林覆盖率')
    await expect.poll(() => web.office.target(sentence).state).toBe('extracted')
    await page.keyboard.press('u')
    await page.getByText('待校核 2 条').waitFor()
    await shows(page, '森林覆盖率')
    expect(live()).toHaveLength(2)
    await more.getByText('城市绿地率').waitFor() // what was taken together can be taken apart again
    web.assertQuiet()
  })

  it('says which part is wrong before anything is stored, and keeps what was typed', async () => {
    const page = await web.open('supervisor', `/review?at=${plain}`)
    await shows(page, '城乡供水保障率和水质达标率')
    await page.keyboard.press('s')
    await focused(page, '指标', 0)
    await page.keyboard.press('Enter')
    await page.getByText('与第 1 条相同').waitFor()
    await focused(page, '指标', 1)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('水质达标率')
    await page.getByLabel('目标值').nth(1).fill('九十八')
    await page.getByText('应为一个数').waitFor()
    await page.keyboard.press('Enter')
    expect(live()).toHaveLength(2)
    await page.getByLabel('目标值').nth(1).fill('98')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '再加一条' }).press('Enter')
    await focused(page, '指标', 2)
    await page.getByRole('button', { name: '去掉第 3 条' }).press('Enter')
    await focused(page, '指标', 1)
    await page.getByLabel('指标', { exact: true }).nth(0).fill('城乡供水保障率')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => live().map(([name, value]) => [name, value]))
      .toEqual(
        expect.arrayContaining([
          ['城乡供水保障率', 95],
          ['水质达标率', 98],
        ]),
      )
    expect(live()).toHaveLength(3)
    // what was mended in the first part stands beside what was read
    const note = page.locator('.mended')
    await note.getByRole('row', { name: /指标.*森林覆盖率.*城乡供水保障率/ }).waitFor()
    web.assertQuiet()
  })

  it('holds extracted, confirmed and present version of a target side by side, with who changed what', async () => {
    const { office } = web
    const mended = office.addTarget({ indicator: '绿地率' })
    await office.done('supervisor', mended, 'accept', {
      value: 62,
      units: [
        { role: 'lead', name: '甲局' },
        { role: 'support', name: '乙局' },
      ],
    })
    await office.done('supervisor', mended, 'assign')
    const { record } = await office.done('supervisor2', mended, 'ask-extension', {
      deadline: '2099-06-30',
      reason: '受汛期影响',
    })
    await office.done('supervisor', mended, 'grant', { requestId: record!.id })
    const untouched = office.addTarget()
    const byHand = office.addTarget({ extracted: null, state: 'confirmed' })

    const page = await web.open('leader', `/targets/${mended}`)
    const panel = page.getByRole('region', { name: '抽取与校核对照' }).first()
    await panel.getByRole('row', { name: /目标值 60 已改为\s*62/ }).waitFor()
    await panel.getByRole('row', { name: /配合单位 — 已改为\s*乙局/ }).waitFor()
    await panel.getByRole('row', { name: /完成时限 2026-12-31 2026-12-31 已改为\s*2099-06-30/ }).waitFor()
    expect(await panel.getByRole('list', { name: '谁改了什么' }).locator('li').allTextContents()).toEqual([
      expect.stringMatching(/立项supervisor.*目标值 60 → 62/) as string,
      expect.stringMatching(/交办supervisor.*督查责任人 — → supervisor/) as string,
      expect.stringMatching(/同意申请supervisor.*完成时限 2026-12-31 → 2099-06-30/) as string,
    ])
    expect(await seriousFaults(page)).toEqual([])
    await page.goto(`/targets/${untouched}`)
    await page.getByText('还没有校核，现在的内容就是抽取的结果。').waitFor()
    await page.goto(`/targets/${byHand}`)
    await page.getByText('没有抽取的版本可以对照').waitFor()
    const reporter = await web.open('reporter', `/targets/${mended}`)
    await reporter.getByRole('heading', { name: '填报', exact: true }).waitFor()
    expect(await reporter.getByText('抽取与校核对照').count()).toBe(0)
    web.assertQuiet()
  })
})
