import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notifications, orderProposals, orders } from '../../../db/schema/index.ts'
import { runDaily } from '../../../server/reminders/daily.ts'
import { loadSetting } from '../../../server/settings/store.ts'
import type { Person } from '../helper.ts'
import { buildOffice, type Office } from './office.ts'

interface Proposal {
  id: number
  version: number
  dueOn: string
  text: string
  approvedAt: string | null
}
let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const list = async (person: Person = 'supervisor') =>
  (await office.get(person, '/api/supervision/order-proposals')).json() as { items: Proposal[]; total: number }
const post = (person: Person, deed: string, payload: Record<string, unknown>) =>
  office.injectAs(person, { method: 'POST', url: `/api/order-proposals/${deed}`, payload })
const seen = (items: readonly Proposal[]) => items.map(({ id, version }) => ({ id, version }))
async function withApproval() {
  const { value, version } = loadSetting(office.db, 'orders')
  const response = await office.injectAs('admin', {
    method: 'PUT',
    url: '/api/settings',
    payload: { orders: { value: { ...value, approval: true }, version } },
  })
  expect(response.statusCode).toBe(200)
}
/** So many overdue targets of 甲局, and what the daily job proposes for them. */
async function overdue(count: number): Promise<Proposal[]> {
  for (let i = 0; i < count; i++) await office.signedTarget({ deadline: '2026-06-29', indicator: `指标${i + 1}` })
  await runDaily(office.db, office.clock.now)
  return (await list()).items
}

describe('待签发', () => {
  it('is known to nobody but the office, and issued by a person as one 督办单 of many items', async () => {
    const items = await overdue(3)
    expect(items).toMatchObject([{ dueOn: '2026-07-07' }, { dueOn: '2026-07-07' }, { dueOn: '2026-07-07' }])
    expect((await office.get('reporter', '/api/supervision/order-proposals')).statusCode).toBe(403)
    expect((await office.get('reporter', '/api/tasks')).json().orders).toEqual([])
    const response = await post('supervisor', 'issue', { items: seen(items), together: true })
    expect(response.json()).toMatchObject({ orders: [{ number: '政督〔2026〕1号', items: 3 }] })
    expect((await list()).total).toBe(0)
    const [order] = (await office.get('reporter', '/api/tasks')).json().orders
    expect(order).toMatchObject({
      dueOn: '2026-07-07',
      items: [{ indicator: '指标1' }, { indicator: '指标2' }, { indicator: '指标3' }],
    })
    expect(
      office.db
        .select()
        .from(notifications)
        .all()
        .filter(({ kind }) => kind === 'order'),
    ).toHaveLength(1)
    // every one of its targets knows of it
    const third = order.items[2].id
    expect((await office.get('supervisor', `/api/supervision/orders?targetId=${third}`)).json().items).toMatchObject([
      { id: order.id },
    ])
    const { steps } = (await office.get('supervisor', `/api/targets/${third}`)).json()
    expect(steps.at(-1)).toMatchObject({ action: 'target.issue-order' })
    // wherever it stands in a list, it says of how many
    const limits = (await office.get('reporter', '/api/calendar/limits?from=2026-07-07&to=2026-07-07')).json()
    expect(limits.items).toMatchObject([{ kind: 'order', indicator: '指标1等3项' }])
    await office.done('reporter', order.items[0].id, 'answer-order', { orderId: order.id, text: '已加快' })
    expect((await office.get('supervisor', '/api/supervision/today')).json().answers).toMatchObject({
      oldest: [{ indicator: '指标1等3项' }],
    })
    // and the same cause is not proposed again
    await runDaily(office.db, office.clock.now)
    expect((await list()).total).toBe(0)
  })

  it('is issued one by one where that is wished, with the text and limit that a person gave it', async () => {
    const items = await overdue(2)
    const edited = await office.injectAs('supervisor', {
      method: 'PATCH',
      url: `/api/order-proposals/${items[0]!.id}`,
      payload: { version: items[0]!.version, text: '请三日内说明', dueOn: '2026-07-03' },
    })
    expect(edited.statusCode).toBe(200)
    expect((await post('supervisor', 'issue', { items: seen(items) })).statusCode).toBe(409)
    expect(office.db.select().from(orders).all()).toEqual([])
    await post('supervisor', 'issue', { items: seen((await list()).items) })
    expect(office.db.select().from(orders).all()).toMatchObject([
      { number: '政督〔2026〕1号', text: '请三日内说明', dueOn: '2026-07-03' },
      { number: '政督〔2026〕2号', dueOn: '2026-07-07' },
    ])
  })

  it('is dismissed with a reason, and the same cause is not proposed again', async () => {
    const items = await overdue(1)
    expect((await post('supervisor', 'dismiss', { items: seen(items), reason: '' })).statusCode).toBe(400)
    expect((await post('supervisor', 'dismiss', { items: seen(items), reason: '单位已说明' })).json()).toEqual({
      done: 1,
    })
    await runDaily(office.db, office.clock.now)
    expect((await list()).total).toBe(0)
  })

  it('waits for a leader where the office asks for 批准; a change takes the 批准 away', async () => {
    await withApproval()
    const items = await overdue(1)
    /** How many wait for the office, and how many for the leader. */
    const waits = async () => (await office.get('supervisor', '/api/supervision/today')).json().proposals
    expect(await waits()).toEqual({ total: 0, others: 1, oldest: [] })
    expect((await post('supervisor', 'issue', { items: seen(items) })).json()).toMatchObject({ code: 'not-approved' })
    expect((await post('supervisor', 'approve', { items: seen(items) })).statusCode).toBe(403)
    await post('leader', 'approve', { items: seen(items) })
    expect(await waits()).toMatchObject({ total: 1, others: 0 })
    let [one] = (await list()).items as [Proposal]
    expect(one.approvedAt).not.toBeNull()
    await office.injectAs('supervisor', {
      method: 'PATCH',
      url: `/api/order-proposals/${one.id}`,
      payload: { version: one.version, text: '改过的事由' },
    })
    ;[one] = (await list()).items as [Proposal]
    expect(one.approvedAt).toBeNull()
    await post('leader', 'approve', { items: seen([one]) })
    expect((await post('supervisor', 'issue', { items: seen((await list()).items) })).statusCode).toBe(200)
  })

  it('takes a 督办单 made by hand too where the office asks for 批准', async () => {
    await withApproval()
    const id = await office.signedTarget()
    await office.done('supervisor', id, 'issue-order', { color: 'yellow', text: '请加快进度', dueOn: '2026-07-10' })
    expect(office.db.select().from(orders).all()).toEqual([])
    expect((await list()).items).toMatchObject([{ text: '请加快进度', dueOn: '2026-07-10', byRule: false }])
  })

  it('lapses where the light has turned', async () => {
    await overdue(1)
    const { targetId } = office.db.select().from(orderProposals).get()!
    const { record } = await office.done('reporter', targetId, 'draft', { value: 61, asOf: '2026-06-28' })
    await office.done('reporter', targetId, 'submit', { reportId: record!.id, confirm: ['jump'] })
    await office.done('supervisor', targetId, 'approve', { reportId: record!.id })
    await runDaily(office.db, office.clock.now)
    expect((await list()).total).toBe(0)
  })
})

describe('今日待办', () => {
  it('counts what waits for the office and names the oldest first', async () => {
    await overdue(1)
    const ids = [await office.signedTarget(), await office.signedTarget()]
    for (const id of ids) {
      const { record } = await office.done('reporter', id, 'draft', { value: 51, asOf: '2026-06-30' })
      await office.done('reporter', id, 'submit', { reportId: record!.id })
      office.clock.now = new Date(office.clock.now.getTime() + 60_000)
    }
    expect((await office.get('supervisor', '/api/supervision/today')).json()).toMatchObject({
      reports: { total: 2, oldest: [{ targetId: ids[0] }, { targetId: ids[1] }] },
      requests: { total: 0, oldest: [] },
      answers: { total: 0 },
      proposals: { total: 1, oldest: [{ unit: expect.any(String) }] },
    })
    expect((await office.get('reporter', '/api/supervision/today')).statusCode).toBe(403)
  })
})

describe('what a report says', () => {
  it('has to explain yellow and red, and nothing where the value keeps up', async () => {
    const id = await office.signedTarget()
    const bare = { problems: null, nextSteps: null, needs: null }
    const first = await office.done('reporter', id, 'draft', { value: 51, asOf: '2026-06-30', ...bare })
    const refused = await office.step('reporter', id, 'submit', { reportId: first.record!.id })
    expect(refused.statusCode).toBe(400)
    expect(refused.json().errors.map(({ path }: { path: string }) => path)).toEqual(['problems', 'nextSteps', 'needs'])
    await office.done('reporter', id, 'draft', { reportId: first.record!.id, value: 60, asOf: '2026-06-30', ...bare })
    await office.done('reporter', id, 'submit', { reportId: first.record!.id })
  })

  it('is shown to the reviewer and told in the story', async () => {
    const id = await office.signedTarget()
    const words = { note: '已开工', problems: '资金未到位', nextSteps: '倒排工期', needs: '请财政局协调' }
    const { record } = await office.done('reporter', id, 'draft', { value: 51, asOf: '2026-06-30', ...words })
    await office.done('reporter', id, 'submit', { reportId: record!.id })
    expect((await office.get('supervisor', '/api/supervision/reports')).json().items).toMatchObject([words])
    const { steps } = (await office.get('supervisor', `/api/targets/${id}`)).json()
    expect(steps.at(-1).text).toContain('需要协调的事项：请财政局协调')
  })
})
