import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { targets } from '../../db/schema/index.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const MANY = 620
/** Overdue ones. */
const LATE = 3

describe.skipIf(!findChromium())('views, selection and export of the ledger', () => {
  let web: BrowserApp

  beforeAll(async () => {
    web = await startBrowserApp()
    for (let i = 0; i < MANY; i++)
      web.office.addTarget({
        indicator: `指标${String(i).padStart(3, '0')}`,
        state: 'confirmed',
        // the late ones have no number: before 交办 a target has no light to find them by
        ...(i < LATE ? { kind: 'milestone' as const, op: null, value: null, unit: null, measure: null } : {}),
        deadline: i < LATE ? '2020-12-31' : '2099-12-31',
      })
  })
  afterAll(() => web?.close())

  it('says what there is outside of 督查 where it lists nothing, and leads there', async () => {
    const page = await web.open('supervisor', '/targets')
    await page.getByText('还没有交办的目标').waitFor()
    await page.getByText(`目前有已立项 ${MANY} 项。`, { exact: false }).waitFor()
    await page.fill('[aria-label=搜索目标]', '指标001')
    await page.getByText('督查中没有符合条件的目标').waitFor()
    await page.getByRole('button', { name: '看已立项的 1 项' }).click()
    await page.waitForURL(/state=confirmed/)
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(1)
    web.assertQuiet()
  })

  it('keeps filters as a view, opens it by its link for somebody else, and takes a change into it', async () => {
    const page = await web.open('supervisor', '/targets?state=confirmed&kind=milestone')
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(3)
    await page.getByRole('button', { name: '视图', exact: true }).click()
    await page.getByLabel('把当前条件存为视图').fill('老账')
    await page.getByLabel('共享给他人').check()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '视图：老账', exact: true }).waitFor()
    await page.waitForURL(/view=1/)

    const other = await web.open('leader', '/targets?view=1')
    await other.waitForURL(/kind=milestone/)
    await expect.poll(() => other.locator('.body [role=row]').count()).toBe(3)
    await other.getByRole('button', { name: '视图：老账', exact: true }).click()
    expect(await other.getByRole('dialog').getByRole('button', { name: '删除' }).count()).toBe(0)

    await page.keyboard.press('Escape')
    await page.fill('[aria-label=搜索目标]', '指标001')
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(1)
    await page.getByRole('button', { name: '视图：老账（已改）' }).click()
    await page.getByRole('button', { name: /更新为当前条件/ }).click()
    await page.getByRole('button', { name: '视图：老账', exact: true }).waitFor()
    await page.getByRole('button', { name: '删除' }).click()
    await page.getByRole('button', { name: '确定删除？' }).click()
    await page.getByRole('button', { name: '视图', exact: true }).waitFor()
    expect(new URL(page.url()).search).not.toContain('view=')
    web.assertQuiet()
  })

  it('says so where the view of a link is gone', async () => {
    // the short message goes by itself: waited for before the page is there
    let told: Promise<void> | undefined
    const page = await web.open('leader', '/targets?view=999', {
      prepare: async (page) => {
        told = page.getByText('链接中的视图已删除，或没有共享给您').waitFor()
        told.catch(() => {}) // where the page does not open, that is what is told
      },
    })
    await told
    await page.getByRole('button', { name: '视图', exact: true }).waitFor()
    expect(() => web.assertQuiet()).toThrow(/404/) // the browser itself notes a refused request
  })

  it('selects over pages and takes a step for more than one request may carry', async () => {
    const page = await web.open('supervisor', '/targets?state=confirmed&sort=indicator')
    await page.locator('.pick input').nth(0).click()
    await page
      .locator('.pick input')
      .nth(4)
      .click({ modifiers: ['Shift'] })
    await page.getByText('已选 5 项').waitFor()
    await page.getByRole('button', { name: `选取符合条件的全部 ${MANY} 项` }).click()
    await page.getByText(`已选 ${MANY} 项`).waitFor()
    await page.fill('[aria-label=搜索目标]', '指标001')
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(1)
    await page.getByText(`已选 ${MANY} 项`).waitFor()
    await page.getByRole('button', { name: '交办', exact: true }).click()
    await Promise.all([
      page.getByText(`已交办，单位会收到签收提醒：${MANY - LATE} 项`).waitFor(), // a short message is waited for before it comes
      page
        .getByRole('dialog')
        .getByRole('button', { name: `交办（${MANY} 项）` })
        .click(),
    ])
    // begun after their deadline: refused one by one, and said so
    const refused = page.getByRole('dialog', { name: `${LATE} 项没有办成` })
    await refused.getByText('指标002').waitFor()
    await refused.getByRole('button', { name: '知道了' }).click()
    expect(await page.getByText('已选').count()).toBe(0)
    expect(
      web.office.db
        .select()
        .from(targets)
        .all()
        .filter(({ state }) => state === 'assigned'),
    ).toHaveLength(MANY - LATE)
    web.assertQuiet()
  })

  it('shows only the steps that the selection allows, and only the selection when asked', async () => {
    const page = await web.open('supervisor', '/targets?sort=indicator')
    await page.locator('.pick input').nth(LATE).click()
    const bar = page.getByRole('region', { name: '所选目标' })
    await bar.getByRole('button', { name: '只看所选' }).waitFor()
    expect(await bar.getByRole('button').allInnerTexts()).toEqual(
      expect.arrayContaining(['催办', '发督办单', '撤回交办', '只看所选']),
    )
    expect(await bar.getByRole('button', { name: '销号' }).count()).toBe(0)
    await bar.getByRole('button', { name: '只看所选' }).click()
    await page.waitForURL(/ids=\d+/)
    await expect.poll(() => page.locator('.body [role=row]').count()).toBe(1)
  })

  it('goes out as a file with exactly what is shown: rows, order, columns', async () => {
    const page = await web.open('leader', '/targets?state=confirmed&kind=milestone&sort=-indicator')
    await page.locator('.body [role=row]').first().waitFor()
    const load = async () => {
      await page.getByRole('button', { name: '导出' }).click()
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name: '文本表格（csv）' }).click()
      const download = await waiting
      expect(download.suggestedFilename()).toMatch(/^目标台账_\d{4}-\d{2}-\d{2}\.csv$/)
      return readFileSync(await download.path(), 'utf8')
        .replace('\uFEFF', '')
        .trim()
        .split('\r\n')
        .map((line) => line.split(','))
    }
    const heads = async () => (await page.getByRole('columnheader').allTextContents()).slice(1) // the first is for the selection

    await page
      .getByRole('button', { name: '显示的列' })
      .or(page.getByRole('button', { name: '列', exact: true }))
      .first()
      .click()
    for (const word of ['最近填报', '进度', '单位', '办理状态']) await page.getByLabel(word, { exact: true }).uncheck()
    await page.getByRole('button', { name: '期限前移' }).click()
    await page.keyboard.press('Escape')
    expect((await heads()).map((word) => word.replace(/[↑↓]/, '').trim())).toEqual(['灯', '指标与出处', '期限', '目标'])
    const rows = await load()
    expect(rows[0]).toEqual([
      ...['编号', '亮灯', '人工亮灯', '指标', '完成时限'],
      ...['目标', '比较方式', '目标值', '目标上限', '计量单位', '口径', '周期'],
    ])
    expect(rows.slice(1).map((cells) => cells.slice(1))).toEqual(
      ['指标002', '指标001', '指标000'].map((name) => [
        '未交办',
        '',
        name,
        '2020-12-31',
        '按期完成',
        '',
        '',
        '',
        '',
        '',
        '',
      ]),
    )

    await page.reload() // the choice is kept
    await page.locator('.body [role=row]').first().waitFor()
    expect(await heads()).toHaveLength(4)
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByLabel('导出全部各列').check()
    await page.keyboard.press('Escape')
    expect((await load())[0]!.length).toBeGreaterThan(20)
    web.assertQuiet()
  })

  it('counts the targets behind every choice of every filter', async () => {
    const page = await web.open('leader', '/targets')
    await page.locator('.body [role=row]').first().waitFor()
    for (const [filter, option, key] of [
      ['灯', '逾期', 'light'],
      ['单位角色', '牵头', 'role'],
      ['缺项', '没有填报值', 'missing'],
    ] as const) {
      await page.getByRole('button', { name: filter, exact: true }).click()
      const choice = page.getByRole('dialog').locator('label', { hasText: option }).first()
      await expect.poll(() => choice.locator('.num').textContent()).toMatch(/^\d+$/)
      await choice.click()
      await page.waitForURL(new RegExp(`${key}=`))
      // the counts beside the choices stay those without this filter; until they have come they may be of the filter before
      const said = async () => [
        await page.locator('.page-header').textContent(),
        `符合条件 ${await choice.locator('.num').textContent()} 项`,
      ]
      await expect.poll(async () => (([header, count]) => header?.includes(count!))(await said())).toBe(true)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '清除全部条件' }).click()
      await page.waitForURL((url) => url.search === '')
    }
    web.assertQuiet()
  })
})
