import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '../helper.ts'
import { buildOffice, type Office } from './office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

/** Everything that the answers about a target tell a person, as one text. */
async function toldTo(person: Person, id: number): Promise<string> {
  const urls = [
    `/api/targets/${id}`,
    `/api/supervision/orders?targetId=${id}`,
    `/api/supervision/problems?targetId=${id}`,
    `/api/supervision/reports?targetId=${id}&status=draft,submitted,approved,returned,withdrawn`,
  ]
  return (await Promise.all(urls.map(async (url) => (await office.get(person, url)).body))).join('\n')
}

it('a target tells each person what they may see of its records, in lists and in its story alike', async () => {
  const id = office.addTarget({}, [
    { role: 'lead', name: '甲局' },
    { role: 'support', name: '乙局' },
  ])
  await office.done('supervisor', id, 'drop', { reason: '校核时的理由' })
  await office.done('supervisor', id, 'undo')
  await office.done('supervisor', id, 'accept')
  await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
  await office.done('reporter', id, 'sign')
  const fields = { value: 55, done: null, asOf: '2026-06-01', correctsId: null }
  const thrown = await office.done('reporter', id, 'draft', { ...fields, note: '丢弃的草稿' })
  await office.done('reporter', id, 'discard', { reportId: thrown.record!.id })
  const kept = await office.done('reporter', id, 'draft', { ...fields, note: '初稿里的话' })
  await office.done('reporter', id, 'draft', { ...fields, reportId: kept.record!.id, note: '已发出的说明' })
  await office.done('reporter', id, 'submit', { reportId: kept.record!.id, confirm: [] })
  await office.done('reporter', id, 'draft', { ...fields, asOf: '2026-06-02', note: '未发出的草稿' })
  const unitId = office.unitIds.own
  const order = await office.done('supervisor', id, 'issue-order', {
    color: 'blue',
    unitId,
    text: '督办单的内容',
    dueOn: '2026-07-10',
  })
  await office.done('reporter', id, 'answer-order', { orderId: order.record!.id, text: '督办单的回复' })
  const problem = await office.done('supervisor', id, 'raise-problem', {
    unitId,
    text: '发现的问题',
    dueOn: '2026-07-10',
  })
  await office.done('reporter', id, 'rectify-problem', { problemId: problem.record!.id, text: '整改的情况' })
  await office.done('supervisor', id, 'reject-problem', { problemId: problem.record!.id, reason: '整改退回的理由' })

  const DRAFTS = ['丢弃的草稿', '未发出的草稿']
  const FOR_THE_UNIT = ['督办单的内容', '督办单的回复', '发现的问题', '整改的情况', '整改退回的理由']
  const OF_THE_OFFICE = ['校核时的理由']
  const expected: Record<string, [seen: string[], hidden: string[]]> = {
    reporter: [[...DRAFTS, ...FOR_THE_UNIT, '已发出的说明'], OF_THE_OFFICE],
    otherReporter: [['已发出的说明'], [...DRAFTS, ...FOR_THE_UNIT, ...OF_THE_OFFICE]],
    supervisor: [['已发出的说明', ...FOR_THE_UNIT, ...OF_THE_OFFICE], DRAFTS],
    leader: [['已发出的说明', ...FOR_THE_UNIT, ...OF_THE_OFFICE], DRAFTS],
  }
  for (const [person, [seen, hidden]] of Object.entries(expected)) {
    const told = await toldTo(person as Person, id)
    for (const words of seen) expect(told, `${person} ${words}`).toContain(words)
    expect(told, 'what a draft said before it was changed stands in the trail alone').not.toContain('初稿里的话')
    for (const words of hidden) expect(told, `${person} ${words}`).not.toContain(words)
  }
  expect((await office.get('otherReporter', `/api/orders/${order.record!.id}`)).statusCode).toBe(404)
})
