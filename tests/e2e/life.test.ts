import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reports, targets, targetUnits } from '../../db/schema/index.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { extract } from '../../extractors/extract.ts'
import { corpusFolder } from '../score/corpus.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom, NOW } from './clock.ts'

const DEMO =
  '关于印发林业方案的通知\n\n测政发〔2026〕9号\n\n各有关单位：\n到2099年底，全市森林覆盖率达到60%以上。（牵头单位：林业主管部门）\n\n测试市人民政府\n2026年1月5日\n'
/** A value that nine tenths of it fall short of. */
const LEAST = 20

/** A real gazette with a target that units answer for, where the corpus lies beside the repository; else a document of our own. */
function source(): { path: string } | { name: string; mimeType: string; buffer: Buffer } {
  const folder = corpusFolder()
  if (folder === null) return { name: '林业方案.txt', mimeType: 'text/plain', buffer: Buffer.from(DEMO) }
  const paths = readdirSync(join(folder, 'seeds'))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => join(folder, 'seeds', name))
  const tells = (path: string) =>
    extract(readFileSync(path, 'utf8')).targets.some(
      (item) =>
        item.kind === 'quantity' &&
        item.op === '>=' &&
        item.measure === 'level' &&
        Number(item.value ?? 0) >= LEAST &&
        item.deadline !== null &&
        item.lead.length + item.responsible.length > 0,
    )
  return { path: paths.find(tells)! }
}

describe.skipIf(!findChromium())('the life of one target', () => {
  let web: BrowserApp
  let running: NodeJS.Timeout | undefined
  beforeAll(async () => {
    web = await startBrowserApp()
    // The clock runs on: the trail tells what happened in the order of time.
    const began = performance.now()
    running = setInterval(() => (web.office.clock.now = new Date(NOW.getTime() + performance.now() - began)), 20)
  })
  afterAll(async () => {
    clearInterval(running)
    await web?.close()
  })

  /** Presses the button of the open dialog that does the step, and waits until it has been done. */
  async function confirm(page: Page, title: string, verb: string) {
    const dialog = page.getByRole('dialog', { name: title })
    await dialog.getByRole('button', { name: verb, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const bar = (page: Page) => page.getByRole('region', { name: '办理', exact: true })

  async function fillIn(page: Page, value: string, asOf: string, note: string) {
    const form = page.getByRole('form', { name: '填报' })
    await form.locator('[name=value]').fill(value)
    await form.locator('[name=asOf]').fill(asOf)
    await form.locator('[name=note]').fill(note)
    await form.locator('[name=problems]').fill('无')
    await form.locator('[name=nextSteps]').fill('按计划推进')
    await form.locator('[name=needs]').fill('无')
    return form
  }

  /** Submits; doubts about the value are asked once and confirmed. */
  async function send(page: Page, form: Locator) {
    await form.getByRole('button', { name: '提交审核' }).click()
    const sent = page.getByText('已提交，等待督查室审核')
    const doubts = form.locator('.doubts')
    await sent.or(doubts).waitFor()
    if (await doubts.isVisible()) {
      for (const box of await doubts.locator('input').all()) await box.check()
      await form.getByRole('button', { name: '已核对，提交审核' }).click()
    }
    await sent.waitFor()
  }

  it('goes from the gazette to 销号 through the hands of four people, and its trail tells it', async () => {
    const { db, unitIds } = web.office
    const supervisor = await web.open('supervisor', '/documents')
    const reporter = await web.open('reporter', '/')
    const colleague = await web.open('supervisor2', '/')
    const leader = await web.open('leader', '/')

    // The document is imported by the page; what was found in it waits to be confirmed.
    const file = source()
    await supervisor.setInputFiles('input[type=file]', 'path' in file ? file.path : file)
    await supervisor.locator('.jobs li').locator('text=已入库').waitFor()
    const named = db
      .selectDistinct({ id: targetUnits.targetId })
      .from(targetUnits)
      .where(inArray(targetUnits.role, ['lead', 'responsible']))
    const target = db
      .select()
      .from(targets)
      .where(
        and(
          eq(targets.state, 'extracted'),
          eq(targets.kind, 'quantity'),
          eq(targets.op, '>='),
          eq(targets.measure, 'level'),
          inArray(targets.id, named),
        ),
      )
      .all()
      .find((one) => (one.value ?? 0) >= LEAST && one.deadline !== null)!
    expect(target).toBeDefined()
    const goal = target.value!
    const short = Math.floor(goal * 0.9)
    const asOf = target.deadline! < dayFrom(0) ? target.deadline! : dayFrom(0)

    // 立项 and 交办: the names of units that nobody knows yet are asked once.
    await supervisor.goto(`/targets/${target.id}`)
    await bar(supervisor).getByRole('button', { name: '立项' }).click()
    await confirm(supervisor, '立项', '立项')
    await bar(supervisor).getByRole('button', { name: '交办' }).click()
    const assign = supervisor.getByRole('dialog', { name: '交办' })
    const names = assign.getByRole('region', { name: '尚未对应的单位名称' }).locator('.name')
    await names.first().waitFor()
    for (let left = await names.count(), first = true; left > 0; left -= 1, first = false) {
      await names
        .first()
        .locator('select')
        .selectOption(first ? String(unitIds.own) : 'group')
      await names.first().getByRole('button', { name: '记住' }).click()
      await expect.poll(() => names.count()).toBe(left - 1)
    }
    await assign.locator('[name=reportFrequency]').selectOption('quarterly')
    await confirm(supervisor, '交办', '交办')
    await supervisor.locator('.state.assigned').waitFor()

    // 签收: the clerk finds it among the tasks.
    await reporter.goto('/tasks')
    const section = (name: string) => reporter.getByRole('region', { name: new RegExp(`^${name}`) })
    await section('待签收').getByRole('button', { name: '签收', exact: true }).first().click()
    await confirm(reporter, '签收', '签收')
    await expect.poll(() => web.office.target(target.id).state).toBe('signed')

    // 填报 with evidence; a file that is not what it says it is gets refused and the form keeps its words.
    await reporter.goto(`/targets/${target.id}/report`)
    const form = await fillIn(reporter, '不是数', asOf, '初报，数据来自部门台账')
    await form.getByRole('button', { name: '提交审核' }).click()
    await form.getByText('应为一个数').waitFor()
    await fillIn(reporter, String(short), asOf, '初报，数据来自部门台账')
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: '台账.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a pdf') })
    await form.locator('[role=alert]', { hasText: '台账.pdf' }).waitFor()
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: '台账.csv', mimeType: 'text/csv', buffer: Buffer.from('地区,数值\n甲区,1\n') })
    await form.getByRole('link', { name: '台账.csv' }).waitFor()
    await send(reporter, form)

    // 退回 by the office, 重报 by the unit, 审核通过 by the office.
    await supervisor.goto('/supervision')
    await supervisor.getByRole('button', { name: '退回', exact: true }).click()
    await supervisor
      .getByRole('dialog', { name: '退回填报' })
      .getByRole('button', { name: '退回', exact: true })
      .click()
    await supervisor.getByText('请填写退回理由').waitFor()
    await supervisor.getByRole('dialog', { name: '退回填报' }).locator('[name=reason]').fill('请附上年末数并说明来源')
    await confirm(supervisor, '退回填报', '退回')
    await supervisor.getByText('没有待审核的填报').waitFor()

    await reporter.goto('/tasks')
    await section('退回重报').getByText('请附上年末数并说明来源').waitFor()
    await section('退回重报').getByRole('link', { name: '重新填报' }).click()
    await reporter.getByText('上次填报被退回').waitFor()
    const again = await fillIn(reporter, String(goal), asOf, '已更正为年末数')
    await again.getByRole('link', { name: '台账.csv' }).waitFor()
    await send(reporter, again)

    await supervisor.reload()
    await supervisor.getByRole('button', { name: '通过', exact: true }).click()
    await confirm(supervisor, '审核通过', '通过')
    await expect.poll(() => web.office.target(target.id).state).toBe('in_progress')
    expect(
      db
        .select()
        .from(reports)
        .where(eq(reports.targetId, target.id))
        .orderBy(asc(reports.id))
        .all()
        .map((one) => [one.value, one.status]),
    ).toEqual([
      [short, 'returned'],
      [goal, 'approved'],
    ])

    // 批示 by the leader, 办结 and 销号 by two people.
    await leader.goto(`/targets/${target.id}`)
    await bar(leader).getByRole('button', { name: '批示' }).click()
    await leader.getByRole('dialog', { name: '批示' }).locator('[name=text]').fill('成效明显，按程序办结')
    await confirm(leader, '批示', '写入批示')
    await supervisor.goto(`/targets/${target.id}`)
    await bar(supervisor).getByRole('button', { name: '办结', exact: true }).click()
    await confirm(supervisor, '办结', '办结')
    await supervisor.locator('.state.met').waitFor()
    expect(await bar(supervisor).getByRole('button', { name: '销号' }).count()).toBe(0)
    await colleague.goto('/supervision?tab=close')
    await colleague.getByRole('button', { name: '销号', exact: true }).click()
    await confirm(colleague, '销号', '销号')
    await colleague.getByText('没有待销号的目标').waitFor()

    // The trail on the page tells who did what, the newest first.
    await colleague.goto(`/targets/${target.id}`)
    await colleague.locator('.state.closed').waitFor()
    const trail = colleague.getByRole('region', { name: '办理经过' })
    const told = (await trail.locator('li').allInnerTexts()).reverse()
    const story = [
      ['立项', 'supervisor'],
      ['交办', 'supervisor'],
      ['签收', 'reporter'],
      ['提交', 'reporter'],
      ['退回', 'supervisor'],
      ['提交', 'reporter'],
      ['审核通过', 'supervisor'],
      ['批示', 'leader'],
      ['办结', 'supervisor'],
      ['销号', 'supervisor2'],
    ] as const
    let at = -1
    for (const [step, who] of story) {
      at = told.findIndex((line, index) => index > at && line.startsWith(step) && line.includes(`${who} `))
      expect(at, `${step} by ${who} in ${told.join(' | ')}`).toBeGreaterThanOrEqual(0)
    }
    expect(told.join('\n')).toContain('请附上年末数并说明来源')
    expect((await web.office.get('admin', '/api/audit/verify')).json().faults).toEqual([])

    // Every person has been told what concerns them.
    await reporter.goto('/notifications')
    for (const words of ['已交办', '退回', '审核通过', '批示', '已办结', '已销号'])
      await reporter.locator('li', { hasText: words }).first().waitFor()
    await reporter.getByRole('button', { name: '全部标为已读' }).click()
    await reporter.getByText('全部已读').waitFor()
  })
})
