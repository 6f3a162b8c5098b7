import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { targetUnits } from '../../../db/schema/index.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { buildOffice, type Office } from './office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const items = async (person: 'supervisor' | 'reporter' | 'otherReporter' | 'leader', url: string) => {
  const response = await office.get(person, url)
  expect(response.statusCode).toBe(200)
  return response.json().items as Record<string, unknown>[]
}

describe('lists of what is under way', () => {
  it('shows the office what waits and every unit its own', async () => {
    const id = await office.signedTarget()
    const other = office.addTarget({}, [{ role: 'lead', name: '乙局' }])
    await office.done('supervisor', other, 'accept')
    await office.done('supervisor', other, 'assign')
    await office.done('otherReporter', other, 'sign')
    for (const [person, target, value] of [
      ['reporter', id, 55],
      ['otherReporter', other, 52],
    ] as const) {
      const { record } = await office.done(person, target, 'draft', { value, asOf: '2026-06-30' })
      expect(await items('supervisor', `/api/supervision/reports?status=draft&targetId=${target}`)).toEqual([])
      expect(await items(person, '/api/supervision/reports?status=draft')).toHaveLength(1)
      await office.done(person, target, 'submit', { reportId: record!.id })
    }
    expect(await items('supervisor', '/api/supervision/reports')).toMatchObject([
      { value: 52, unit: { name: '乙局' }, target: { id: other, version: office.target(other).version } },
      { value: 55, previous: null },
    ])
    expect(await items('reporter', '/api/supervision/reports')).toMatchObject([{ value: 55 }])

    await office.done('supervisor', id, 'issue-order', { color: 'red', text: '请说明原因', dueOn: '2026-07-10' })
    await office.done('supervisor', id, 'urge', { text: '请抓紧' })
    await office.done('supervisor', id, 'raise-problem', { text: '数据不实', dueOn: '2026-07-01' })
    await office.done('reporter', id, 'ask-suspension', { reason: '政策调整' })
    await office.done('leader', id, 'instruct', { text: '请重视' })
    for (const list of [
      'orders?status=open',
      'urges',
      'problems?status=open',
      'requests?status=asked',
      'instructions',
    ]) {
      expect(await items('reporter', `/api/supervision/${list}`)).toHaveLength(1)
      expect(await items('otherReporter', `/api/supervision/${list}`)).toEqual([])
      expect(await items('leader', `/api/supervision/${list}`)).toHaveLength(1)
    }
    expect(await items('supervisor', '/api/supervision/orders?status=answered,closed')).toEqual([])
    office.clock.now = new Date('2026-07-01T16:00:00.000Z')
    expect(await items('supervisor', '/api/supervision/problems')).toMatchObject([{ status: 'open', overdue: true }])
  })

  it('counts on 今日待办 what the person may decide, and apart what waits for somebody else', async () => {
    const asked = await office.signedTarget()
    await office.done('supervisor', asked, 'ask-suspension', { reason: '政策调整' })
    const met = await office.signedTarget()
    const { record } = await office.done('reporter', met, 'draft', { value: 61, asOf: '2026-06-30' })
    await office.done('reporter', met, 'submit', { reportId: record!.id })
    await office.done('supervisor', met, 'approve', { reportId: record!.id })
    await office.done('supervisor', met, 'meet')
    const today = async (person: 'supervisor' | 'supervisor2') =>
      (await office.get(person, '/api/supervision/today')).json()
    expect(await today('supervisor')).toMatchObject({
      requests: { total: 0, others: 1, oldest: [] },
      close: { total: 0, others: 1, oldest: [] },
    })
    expect(await today('supervisor2')).toMatchObject({
      requests: { total: 1, others: 0, oldest: [{ targetId: asked }] },
      close: { total: 1, others: 0, oldest: [{ targetId: met }] },
      reports: { total: 0, others: 0 },
    })
  })

  it('prints a 督办单 with its number, its clause and the answer', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('supervisor', id, 'issue-order', {
      color: 'red',
      text: '请说明原因',
      dueOn: '2026-07-10',
    })
    await office.done('reporter', id, 'answer-order', { orderId: record!.id, text: '已增加力量' })
    const response = await office.get('reporter', `/api/orders/${record!.id}/docx`)
    const { text } = await readDocument({ bytes: response.rawPayload, fileName: '督办单.docx' })
    for (const words of [
      '政督〔2026〕1号',
      '红色督办单',
      '甲局：',
      '不低于60%',
      '政发〔2024〕1号',
      '已增加力量',
      '2026年6月30日',
    ])
      expect(text).toContain(words)
    expect((await office.get('otherReporter', `/api/orders/${record!.id}/docx`)).statusCode).toBe(404)
  })

  it('pages without losing a row', async () => {
    const id = await office.signedTarget()
    for (let i = 0; i < 5; i++) await office.done('supervisor', id, 'urge', { text: `第${i + 1}次催办` })
    const first = (await office.get('supervisor', '/api/supervision/urges?limit=3')).json()
    const second = (await office.get('supervisor', `/api/supervision/urges?limit=3&cursor=${first.nextCursor}`)).json()
    expect([...first.items, ...second.items].map((u: { text: string }) => u.text)).toEqual(
      [5, 4, 3, 2, 1].map((n) => `第${n}次催办`),
    )
    expect(second.nextCursor).toBeNull()
  })
})

describe('我的任务', () => {
  it('tells a unit what to sign, late from the day after the days given, and what to report', async () => {
    const id = office.addTarget()
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign', { reportFrequency: 'monthly' })
    const tasks = async () => (await office.get('reporter', '/api/tasks')).json()
    expect(await tasks()).toMatchObject({
      toSign: [{ id, late: false, dueOn: '2026-07-03', role: 'lead' }],
      toReport: [],
    })
    office.clock.now = new Date('2026-07-03T16:00:00.000Z')
    expect((await tasks()).toSign).toMatchObject([{ id, late: true }])
    await office.done('reporter', id, 'sign')
    expect(await tasks()).toMatchObject({ toSign: [], toReport: [{ id, dueOn: '2026-07-10', late: false }] })
    const { record } = await office.done('reporter', id, 'draft', { value: 51, asOf: '2026-06-30' })
    expect((await tasks()).drafts).toMatchObject([{ id, recordId: record!.id }])
    await office.done('reporter', id, 'submit', { reportId: record!.id })
    expect((await tasks()).toReport).toEqual([])
    await office.done('supervisor', id, 'return', { reportId: record!.id, reason: '请附材料' })
    expect((await tasks()).returned).toMatchObject([{ id, recordId: record!.id, note: '请附材料' }])
    await office.done('reporter', id, 'draft', { value: 51, asOf: '2026-06-30', correctsId: record!.id })
    expect((await tasks()).returned).toEqual([])
    expect((await office.get('otherReporter', '/api/tasks')).json().toSign).toEqual([])
    expect((await office.get('supervisor', '/api/tasks')).statusCode).toBe(403)
  })

  it('lists the fifty most urgent of many, and says how many there are', async () => {
    const ids = Array.from({ length: 53 }, (_, i) =>
      office.addTarget({
        state: 'assigned',
        assignedAt: office.clock.now.toISOString(),
        deadline: `2026-12-${10 + (i % 20)}`,
      }),
    )
    office.db.update(targetUnits).set({ unitId: office.unitIds.own }).run()
    const { toSign, totals } = (await office.get('reporter', '/api/tasks')).json<{
      toSign: { id: number; deadline: string }[]
      totals: Record<string, number>
    }>()
    expect(totals).toEqual({
      toSign: 53,
      toReport: 0,
      returned: 0,
      drafts: 0,
      dueSoon: 0,
      overdue: 0,
      orders: 0,
      problems: 0,
      instructions: 0,
    })
    expect(toSign).toHaveLength(50)
    const deadlines = toSign.map(({ deadline }) => deadline)
    expect(deadlines).toEqual([...deadlines].sort())
    expect(ids).toContain(toSign[0]!.id)
  })
})
