import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notifications } from '../../../db/schema/index.ts'
import { runDaily } from '../../../server/reminders/daily.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

/** A target that 甲局 leads and 乙局 is responsible for, assigned with a 填报方式 and signed by both. */
async function shared(reporting: 'any' | 'lead' | 'each'): Promise<number> {
  const id = office.addTarget({}, [
    { role: 'lead', name: '甲局' },
    { role: 'responsible', name: '乙局' },
  ])
  await office.done('supervisor', id, 'accept')
  await office.done('supervisor', id, 'assign', { reportFrequency: 'monthly', reporting })
  await office.done('reporter', id, 'sign')
  await office.done('otherReporter', id, 'sign')
  return id
}
const detail = async (person: 'reporter' | 'otherReporter' | 'supervisor', id: number) =>
  (await office.get(person, `/api/targets/${id}`)).json()
const toReport = async (person: 'reporter' | 'otherReporter') =>
  (await office.get(person, '/api/tasks')).json().toReport as { id: number; reporting: string }[]
async function report(person: 'reporter' | 'otherReporter', id: number, value: number, asOf = '2026-06-30') {
  const { record } = await office.done(person, id, 'draft', { value, asOf })
  await office.done(person, id, 'submit', { reportId: record!.id, confirm: ALL })
  return record!.id
}
const ALL = ['jump', 'wrong-direction', 'same-day', 'older', 'order-of-magnitude']
const missing = (person: 'reporter' | 'otherReporter') =>
  office.db
    .select()
    .from(notifications)
    .all()
    .filter((n) => n.userId === office.userIds[person] && n.kind === 'missing').length

describe('填报方式', () => {
  it('is shown to every unit and changed by 变更', async () => {
    const id = await shared('lead')
    for (const person of ['reporter', 'otherReporter'] as const)
      expect(await detail(person, id)).toMatchObject({ reporting: 'lead' })
    const { record } = await office.done('reporter', id, 'ask-change', {
      reason: '分别填报',
      changes: { reporting: 'each' },
    })
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    expect(await detail('otherReporter', id)).toMatchObject({ reporting: 'each' })
  })

  it('任一: a report of one unit serves all, and nobody is told of a period that is served', async () => {
    const id = await shared('any')
    office.clock.now = new Date('2026-08-12T02:00:00.000Z')
    expect([await toReport('reporter'), await toReport('otherReporter')]).toMatchObject([[{ id }], [{ id }]])
    await report('reporter', id, 55, '2026-07-31')
    expect([await toReport('reporter'), await toReport('otherReporter')]).toEqual([[], []])
    await runDaily(office.db, office.clock.now)
    expect([missing('reporter'), missing('otherReporter')]).toEqual([0, 0])
    // the second unit may report all the same, and does not fall over the first one's
    await report('otherReporter', id, 56, '2026-07-31')
  })

  it('牵头: the responsible unit owes nothing and may not report', async () => {
    const id = await shared('lead')
    office.clock.now = new Date('2026-08-12T02:00:00.000Z')
    expect([await toReport('reporter'), await toReport('otherReporter')]).toMatchObject([[{ id }], []])
    expect((await detail('otherReporter', id)).allowed).not.toContain('draft')
    const refused = await office.step('otherReporter', id, 'draft', { value: 55, asOf: '2026-06-30' })
    expect(refused.statusCode).toBe(403)
    expect(refused.json().detail).toContain('由牵头单位统一填报')
    await runDaily(office.db, office.clock.now)
    expect([missing('reporter'), missing('otherReporter')]).toEqual([1, 0])
  })

  it('分别: each owes its own, and the light is the worst of the lines', async () => {
    const id = await shared('each')
    office.clock.now = new Date('2026-08-12T02:00:00.000Z')
    await office.done('supervisor', id, 'approve', { reportId: await report('reporter', id, 61, '2026-07-31') })
    expect([await toReport('reporter'), await toReport('otherReporter')]).toMatchObject([[], [{ id }]])
    expect(await detail('supervisor', id)).toMatchObject({ light: 'behind' })
    await runDaily(office.db, office.clock.now)
    expect([missing('reporter'), missing('otherReporter')]).toEqual([0, 1])
    await office.done('supervisor', id, 'approve', { reportId: await report('otherReporter', id, 60, '2026-07-31') })
    expect(await detail('supervisor', id)).toMatchObject({ light: 'done', reported: { value: 60 } })
  })
})

describe('退回重报', () => {
  it('leaves out a return that a later approved report of the unit has replaced', async () => {
    const id = await shared('any')
    const first = await report('reporter', id, 51, '2026-05-31')
    await office.done('supervisor', id, 'return', { reportId: first, reason: '口径有误' })
    const returned = async () => (await office.get('reporter', '/api/tasks')).json().returned as unknown[]
    expect(await returned()).toMatchObject([{ id, recordId: first }])
    await office.done('supervisor', id, 'approve', { reportId: await report('reporter', id, 53) })
    expect(await returned()).toEqual([])
  })
})
