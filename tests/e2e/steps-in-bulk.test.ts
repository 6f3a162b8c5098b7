import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, asc, eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reports, targetParts, targetUnits } from '../../db/schema/index.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom, NOW } from './clock.ts'
import { startStep } from './start-step.ts'

/** 31 December, some years away. */
const YEAR = NOW.getUTCFullYear()
const LAST = `${YEAR + 3}-12-31`

/** What an office does to many at once, and what one target is taken apart into. */
describe.skipIf(!findChromium())('many at once', () => {
  let web: BrowserApp
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-bulk-'))
    web = await startBrowserApp()
  })
  afterAll(async () => {
    await web?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const reportsOf = (id: number) =>
    web.office.db
      .select()
      .from(reports)
      .where(eq(reports.targetId, id))
      .orderBy(asc(reports.id))
      .all()
      .map(({ value, status, decisionReason }) => [value, status, decisionReason])

  it('审核: several reports are approved in one go, others returned with one reason; what cannot be done is said by name', async () => {
    const { office } = web
    const ids: number[] = []
    for (let i = 0; i < 5; i++) {
      const id = await office.signedTarget({ indicator: `审核指标${i}`, deadline: LAST })
      const { record } = await office.done('reporter', id, 'draft', { value: 52 + i, asOf: dayFrom(-10) })
      await office.done('reporter', id, 'submit', {
        reportId: record!.id,
        confirm: ['jump', 'older', 'wrong-direction', 'same-day'],
      })
      ids.push(id)
    }
    const page = await web.open('supervisor', '/supervision')
    const line = (i: number) => page.getByRole('listitem').filter({ hasText: `审核指标${i}` })
    await line(4).waitFor()
    const approve = page.getByRole('button', { name: '批量通过' })
    expect(await approve.isDisabled()).toBe(true)
    for (const i of [0, 1, 2]) await page.getByLabel(`选择审核指标${i}`).check()
    await page.getByText('已选 3 项').waitFor()
    await approve.click()
    const dialog = page.getByRole('dialog', { name: '批量审核通过' })
    await dialog.getByText('共 3 项').click()
    expect(await dialog.locator('details li').allTextContents()).toHaveLength(3)
    await dialog.getByLabel('意见').fill('数据与佐证一致')
    expect(await seriousFaults(page)).toEqual([])
    // a colleague is faster with one of the three
    const { id: reportId } = office.db.select().from(reports).where(eq(reports.targetId, ids[2]!)).get()!
    await office.done('supervisor2', ids[2]!, 'return', { reportId, reason: '请补佐证' })
    // the short message goes by itself: waited for before it comes
    await Promise.all([
      page.getByText('已审核通过：2 项').waitFor(),
      dialog.getByRole('button', { name: '通过（3 项）' }).click(),
    ])
    const told = page.getByRole('dialog', { name: '1 项没有办成' })
    await told.getByText('审核指标2').waitFor()
    await told.getByRole('button', { name: '知道了' }).click()
    await line(0).waitFor({ state: 'detached' })
    expect([0, 1, 2].map((i) => reportsOf(ids[i]!))).toEqual([
      [[52, 'approved', '数据与佐证一致']],
      [[53, 'approved', '数据与佐证一致']],
      [[54, 'returned', '请补佐证']],
    ])

    await page.getByLabel('全选').check()
    await page.getByRole('button', { name: '批量退回' }).click()
    const back = page.getByRole('dialog', { name: '批量退回填报' })
    await back.getByRole('button', { name: '退回（2 项）' }).click()
    await back.getByText('请填写退回理由').waitFor()
    await back.getByLabel('退回理由').fill('请附分县数据')
    await back.getByRole('button', { name: '退回（2 项）' }).click()
    await page.getByText('没有待审核的填报').waitFor()
    expect([3, 4].map((i) => reportsOf(ids[i]!))).toEqual([
      [[55, 'returned', '请附分县数据']],
      [[56, 'returned', '请附分县数据']],
    ])
    expect(office.target(ids[4]!).state).toBe('returned')
    web.assertQuiet()
  })

  it('填报: the template goes out, comes back wrong, and nothing is stored until it is right or the person says so', async () => {
    const { office } = web
    const ids = [
      await office.signedTarget({ indicator: '表格指标甲', deadline: LAST }),
      await office.signedTarget({ indicator: '表格指标乙', deadline: LAST }),
      await office.signedTarget({ indicator: '表格指标丙', deadline: LAST }),
    ]
    const page = await web.open('reporter', '/tasks')
    await page.getByRole('button', { name: '用表格批量填报' }).click()
    const dialog = page.getByRole('dialog', { name: '用表格批量填报' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: '下载 xlsx 模板' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^填报模板_\d{4}-\d{2}-\d{2}\.xlsx$/)
    const template = join(folder, 'template.xlsx')
    await download.saveAs(template)

    /** Fills the given targets' rows by the titles of the columns, as a person would. */
    async function filled(name: string, values: Record<string, Record<string, string | number>>): Promise<string> {
      const book = new ExcelJS.Workbook()
      await book.xlsx.readFile(template)
      const sheet = book.worksheets[0]!
      const titles = (sheet.getRow(3).values as string[]).map((title) => title ?? '')
      sheet.eachRow((row, at) => {
        const cells = at > 3 ? values[String(row.getCell(titles.indexOf('事项')).value)] : undefined
        for (const [title, value] of Object.entries(cells ?? {})) row.getCell(titles.indexOf(title)).value = value
      })
      await book.xlsx.writeFile(join(folder, name))
      return join(folder, name)
    }
    const send = async (path: string) => {
      const [answer] = await Promise.all([
        page.waitForResponse(/\/api\/reports\/import/),
        dialog.locator('input[type=file]').setInputFiles(path),
      ])
      expect(answer.status()).toBe(200)
    }
    const all = () => ids.map((id) => reportsOf(id).length)
    const row = (indicator: string) => dialog.getByRole('row', { name: new RegExp(indicator) })

    await send(
      await filled('wrong.xlsx', {
        表格指标甲: { 完成值: 55, 数据截止日期: dayFrom(-5) },
        表格指标乙: { 完成值: '五十', 数据截止日期: dayFrom(-5) },
        表格指标丙: { 完成值: 180, 数据截止日期: dayFrom(-5) },
      }),
    )
    await dialog.getByText('还没有存').waitFor()
    expect(await row('表格指标甲').textContent()).toContain('可以')
    expect(await row('表格指标乙').textContent()).toMatch(/有误.*完成值“五十”不是数值/)
    expect(await row('表格指标丙').textContent()).toMatch(/请核对.*100/)
    expect(all()).toEqual([0, 0, 0])
    expect(await seriousFaults(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.setViewportSize({ width: 1440, height: 900 })

    // not a template at all
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: '乱.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('not a sheet') })
    await dialog.getByRole('alert').waitFor()
    expect(all()).toEqual([0, 0, 0])

    // put right but for a doubt, which has to be confirmed
    await send(
      await filled('right.xlsx', {
        表格指标甲: {
          完成值: 55,
          数据截止日期: dayFrom(-5),
          进展情况: '年中数',
          存在问题: '无',
          下一步措施: '按计划推进',
          需要协调的事项: '无',
        },
        表格指标乙: { 完成值: 56, 数据截止日期: dayFrom(-5) },
        表格指标丙: { 完成值: 180, 数据截止日期: dayFrom(-5) },
      }),
    )
    await dialog.getByText('可以 2 行，请核对 1 行，有误 0 行').waitFor()
    expect(all()).toEqual([0, 0, 0])
    await Promise.all([
      page.getByText('已提交 3 条填报，等待审核').waitFor(),
      dialog.getByRole('button', { name: '都已核对，全部提交' }).click(),
    ])
    expect(ids.map(reportsOf)).toEqual([
      [[55, 'submitted', null]],
      [[56, 'submitted', null]],
      [[180, 'submitted', null]],
    ])
    await dialog.getByRole('button', { name: '完成' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  const partsOf = (id: number, kind: 'year' | 'unit' | 'stage') =>
    web.office.db
      .select()
      .from(targetParts)
      .where(and(eq(targetParts.targetId, id), eq(targetParts.kind, kind)))
      .orderBy(asc(targetParts.position))
      .all()

  it('分解: by year along the way, by unit with the sum checked, into stages with weights; the parts roll up into the whole', async () => {
    const { office } = web
    const id = await office.signedTarget({
      indicator: '新建公里数',
      value: 100,
      unit: '公里',
      baselineValue: 0,
      baselineUnit: '公里',
      startOn: `${YEAR}-01-01`,
      deadline: LAST,
    })
    const page = await web.open('supervisor', `/targets/${id}`)

    // years: proposed on a straight line, one mended by hand, a wrong order refused
    let dialog = await startStep(page, '分解')
    expect(
      await dialog
        .getByLabel(/^第 \d 行目标$/)
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value)),
    ).toEqual(['25', '50', '75', '100'])
    await dialog.getByLabel('第 2 行目标').fill('80')
    await dialog.getByRole('button', { name: '保存分解' }).click()
    await dialog.getByText(/目标值75与目标方向相反/).waitFor()
    expect(partsOf(id, 'year')).toEqual([])
    await dialog.getByLabel('第 2 行目标').fill('60')
    await dialog.getByRole('button', { name: '保存分解' }).click()
    await dialog.waitFor({ state: 'detached' })
    const years = page.getByRole('region', { name: '年度分解' })
    await years.getByRole('row', { name: new RegExp(`${YEAR + 1}年.*60 公里`) }).waitFor()
    expect(partsOf(id, 'year').map(({ value, dueOn }) => [value, dueOn])).toEqual([
      [25, `${YEAR}-12-31`],
      [60, `${YEAR + 1}-12-31`],
      [75, `${YEAR + 2}-12-31`],
      [100, LAST],
    ])

    // units: what is too little together is refused with the sum
    dialog = await startStep(page, '分解')
    await dialog.getByText('按县市区或单位').click()
    await dialog.getByLabel('第 1 行名称').fill('甲局')
    await dialog.getByLabel('第 1 行目标').fill('60')
    await dialog.getByLabel('第 2 行名称').fill('乙局')
    await dialog.getByLabel('第 2 行目标').fill('30')
    await dialog.getByText('合计 90公里，总目标 100公里').waitFor()
    await dialog.getByRole('button', { name: '保存分解' }).click()
    await dialog.getByText('分解值的合计为90，不能保证总目标100公里').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByLabel('第 2 行目标').fill('45')
    await dialog.getByRole('button', { name: '保存分解' }).click()
    await dialog.waitFor({ state: 'detached' })
    const shares = page.getByRole('region', { name: '分解到单位' })
    await shares.getByText('2 项中 0 项已更新').waitFor()
    expect(partsOf(id, 'unit').map(({ label, unitId, value }) => [label, unitId, value])).toEqual([
      ['甲局', office.unitIds.own, 60],
      ['乙局', office.unitIds.other, 45],
    ])
    expect(office.target(id).rollUp).toBe('sum')
    // who has a part has to see it
    expect(
      office.db
        .select()
        .from(targetUnits)
        .where(eq(targetUnits.targetId, id))
        .all()
        .map(({ role, name }) => [role, name]),
    ).toEqual([
      ['lead', '甲局'],
      ['support', '乙局'],
    ])

    // stages: weights make 100
    dialog = await startStep(page, '分解')
    await dialog.getByText('按阶段（形象进度）').click()
    for (const [i, name, weight] of [
      [1, '路基', '40'],
      [2, '桥梁', '40'],
    ] as const) {
      await dialog.getByLabel(`第 ${i} 行名称`).fill(name)
      await dialog.getByLabel(`第 ${i} 行权重`).fill(weight)
    }
    await dialog.getByRole('button', { name: '保存分解' }).click()
    await dialog.getByText('各阶段权重之和为80，应为100').waitFor()
    await dialog.getByRole('button', { name: '添加一行' }).click()
    await dialog.getByLabel('第 3 行名称').fill('路面')
    await dialog.getByLabel('第 3 行权重').fill('20')
    await dialog.getByText('权重合计 100，应为 100').waitFor()
    await dialog.getByRole('button', { name: '保存分解' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: '形象进度' }).getByText('3 项中 0 项已更新').waitFor()

    // each unit tells of its own part, and the whole is seen on the parent
    const other = await web.open('otherReporter', `/targets/${id}`)
    const own = await startStep(other, '更新分解进度')
    expect(await own.getByLabel(/甲局|路基/).count()).toBe(0) // neither another unit's part nor the lead's stages
    await own.getByLabel('乙局（公里）').fill('12.5')
    await own.getByRole('button', { name: '保存' }).click()
    await own.waitFor({ state: 'detached' })
    await other
      .getByRole('region', { name: '分解到单位' })
      .getByRole('row', { name: /合计.*12\.5 公里/ })
      .waitFor()

    const lead = await web.open('reporter', `/targets/${id}`)
    const form = await startStep(lead, '更新分解进度')
    await form.getByRole('button', { name: '保存' }).click()
    await form.getByText('还没有改动任何一项').waitFor()
    await form.getByLabel('甲局（公里）').fill('20')
    await form.getByLabel('路基（完成 %）').fill('70')
    await form.getByLabel('桥梁（完成 %）').fill('160')
    await form.getByText('形象进度应在 0 到 100 之间').waitFor()
    await form.getByLabel('桥梁（完成 %）').fill('60')
    // meanwhile the other unit mends its figure: the second writer is told, and nothing typed is lost
    await office.done('otherReporter', id, 'record-part', {
      partId: partsOf(id, 'unit')[1]!.id,
      reached: 13,
      reachedOn: dayFrom(-1),
    })
    await form.getByRole('button', { name: '保存' }).click()
    await form.locator('.conflict').waitFor()
    expect(await form.getByLabel('路基（完成 %）').inputValue()).toBe('70')
    await form.getByRole('button', { name: '核对过了，按我填写的提交' }).click()
    await form.waitFor({ state: 'detached' })
    await lead
      .getByRole('region', { name: '分解到单位' })
      .getByRole('row', { name: /合计.*105 公里.*33 公里/ })
      .waitFor()
    await lead.getByRole('region', { name: '分解到单位' }).getByText('2 项中 2 项已更新').waitFor()
    await lead
      .getByRole('region', { name: '形象进度' })
      .getByRole('row', { name: /按权重汇总.*52%/ })
      .waitFor() // 70 × 40 % + 60 × 40 %
    expect(await seriousFaults(lead)).toEqual([])
    expect(partsOf(id, 'stage').map(({ reached }) => reached)).toEqual([70, 60, null])
  })
})
