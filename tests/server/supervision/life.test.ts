import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import {
  auditLog,
  changeRequests,
  notifications,
  orders,
  reports,
  targetUnits,
  urges,
} from '../../../db/schema/index.ts'
import { computeLights } from '../../../server/core/light-spans.ts'
import { buildOffice, type Office } from './office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const light = (id: number, asOf = '2026-06-30') => computeLights(office.db, [id], asOf).get(id)
const trail = (id: number) =>
  office.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.entityId, String(id)))
    .all()
    .filter((r) => r.entity === 'target')
    .map((r) => r.action.replace('target.', ''))
const told = (person: 'supervisor' | 'supervisor2' | 'reporter' | 'otherReporter' | 'leader') =>
  office.db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, office.userIds[person]))
    .all()
    .map((n) => n.kind)

describe('the whole life of a target', () => {
  it('tells the 签收 of any day as it was known at its end, by the days that were given then', async () => {
    const id = office.addTarget()
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign')
    office.clock.now = new Date('2026-07-05T02:00:00Z')
    await office.done('reporter', id, 'sign')
    const settings = (await office.get('admin', '/api/settings')).json()
    const { version } = settings.reminders
    const value = { ...settings.reminders.value, signWithinDays: 1 }
    office.clock.now = new Date('2026-07-06T02:00:00Z')
    await office.injectAs('admin', {
      method: 'PUT',
      url: '/api/settings',
      payload: { reminders: { value, version } },
    })
    const on = async (asOf: string) => {
      const answer = await office.get('supervisor', `/api/targets/${id}/signatures?asOf=${asOf}`)
      return answer.statusCode === 200
        ? answer.json().items.map(({ light, dueOn }: { light: string; dueOn: string }) => [light, dueOn])
        : answer.statusCode
    }
    expect(await on('2026-06-29')).toBe(404)
    expect(await on('2026-06-30')).toEqual([['waiting', '2026-07-03']])
    expect(await on('2026-07-04')).toEqual([['late', '2026-07-03']])
    expect(await on('2026-07-05')).toEqual([['signed_late', '2026-07-03']])
    expect(await on('2026-07-06')).toEqual([['signed_late', '2026-07-01']])
  })

  it('goes from 立项 to 销号 by the right people, and the trail tells it', async () => {
    const id = office.addTarget({}, [
      { role: 'lead', name: '甲局' },
      { role: 'support', name: '乙局' },
    ])
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign', {
      reportFrequency: 'quarterly',
      contactLeaderId: office.userIds.leader,
    })
    expect(office.target(id)).toMatchObject({
      state: 'assigned',
      supervisorId: office.userIds.supervisor,
      contactLeaderId: office.userIds.leader,
    })
    expect(told('reporter')).toEqual(['assigned'])
    await office.done('otherReporter', id, 'sign')
    expect(office.target(id).state).toBe('assigned')
    const signatures = async () =>
      (await office.get('supervisor', `/api/targets/${id}/signatures`))
        .json()
        .items.map((s: { light: string }) => s.light)
    expect(await signatures()).toEqual(['waiting', 'signed'])
    await office.done('reporter', id, 'sign')
    expect(await signatures()).toEqual(['signed', 'signed'])
    expect(office.target(id).signedAt).toBe(office.clock.now.toISOString())
    const draft = await office.done('reporter', id, 'draft', { value: 58, asOf: '2026-06-30', note: '半年' })
    expect(draft.state).toBe('in_progress')
    await office.done('reporter', id, 'submit', { reportId: draft.record!.id })
    expect(light(id)?.value).toBeNull()
    await office.done('supervisor', id, 'return', { reportId: draft.record!.id, reason: '请附佐证材料' })
    const again = await office.done('reporter', id, 'draft', {
      value: 61,
      asOf: '2026-06-30',
      correctsId: draft.record!.id,
    })
    await office.done('reporter', id, 'submit', { reportId: again.record!.id })
    expect((await office.step('supervisor', id, 'meet')).json().code).toBe('wrong-state')
    await office.done('supervisor2', id, 'approve', { reportId: again.record!.id })
    expect(light(id)).toMatchObject({ light: 'done', late: false, value: 61 })
    await office.done('leader', id, 'instruct', { text: '抓紧办结' })
    await office.done('supervisor', id, 'meet', { conclusion: '已达到60%以上' })
    expect((await office.step('supervisor', id, 'close')).json()).toMatchObject({ status: 409, code: 'same-person' })
    await office.done('supervisor2', id, 'close')
    expect(office.target(id)).toMatchObject({
      state: 'closed',
      metBy: office.userIds.supervisor,
      closedBy: office.userIds.supervisor2,
    })
    expect(trail(id)).toEqual([
      'accept',
      'assign',
      'sign',
      'sign',
      'draft',
      'submit',
      'return',
      'draft',
      'submit',
      'approve',
      'instruct',
      'meet',
      'close',
    ])
    expect(
      office.db
        .select()
        .from(reports)
        .all()
        .map((r) => [r.value, r.status]),
    ).toEqual([
      [58, 'returned'],
      [61, 'approved'],
    ])
    expect(new Set(told('reporter'))).toEqual(
      new Set(['assigned', 'returned', 'approved', 'instruction', 'met', 'closed']),
    )
  })

  it('tells 逾期办结 from 按期办结 at midnight in Shanghai', async () => {
    const id = await office.signedTarget({ deadline: '2026-06-30' })
    office.clock.now = new Date('2026-06-30T15:59:59.000Z')
    const extension = { reason: '汛期影响施工', deadline: '2026-09-30' }
    const asked = await office.step('reporter', id, 'ask-extension', extension)
    expect(asked.statusCode).toBe(200)
    await office.done('reporter', id, 'withdraw-request', { requestId: asked.json().record.id })
    office.clock.now = new Date('2026-06-30T16:00:00.000Z')
    expect((await office.step('reporter', id, 'ask-extension', extension)).json().code).toBe('after-deadline')
    expect(light(id, '2026-06-30')?.light).not.toBe('overdue')
    expect(light(id, '2026-07-01')?.light).toBe('overdue')
    const report = await office.done('reporter', id, 'draft', { value: 60, asOf: '2026-07-01' })
    await office.done('reporter', id, 'submit', { reportId: report.record!.id })
    await office.done('supervisor', id, 'approve', { reportId: report.record!.id })
    await office.done('supervisor', id, 'meet')
    expect(light(id, '2026-07-01')).toMatchObject({ light: 'done', late: true })
  })
})

describe('who may', () => {
  it('gives strangers 404, the wrong role 403, the wrong state 409, and changes nothing', async () => {
    const id = await office.signedTarget()
    const before = office.target(id)
    expect((await office.step('otherReporter', id, 'draft', { value: 1, asOf: '2026-06-01' })).statusCode).toBe(404)
    expect((await office.step('leader', id, 'urge', { text: '请抓紧' })).statusCode).toBe(403)
    expect((await office.step('admin', id, 'accept')).statusCode).toBe(403)
    expect((await office.step('reporter', id, 'approve', { reportId: 1 })).statusCode).toBe(403)
    expect((await office.step('supervisor', id, 'accept')).json().code).toBe('wrong-state')
    expect((await office.step('supervisor', 9999, 'accept')).statusCode).toBe(404)
    expect(
      (await office.injectAs('otherReporter', { method: 'POST', url: `/api/targets/${id}/steps/sign`, payload: {} }))
        .statusCode,
    ).toBe(404)
    expect(office.target(id)).toEqual(before)
  })

  it('keeps a support unit from reporting and two people from one version', async () => {
    const id = office.addTarget({}, [
      { role: 'lead', name: '甲局' },
      { role: 'support', name: '乙局' },
    ])
    await office.done('supervisor', id, 'accept')
    const version = office.target(id).version
    await office.done('supervisor', id, 'assign')
    expect((await office.step('supervisor2', id, 'assign', { version })).json()).toMatchObject({
      code: 'version-conflict',
      current: { state: 'assigned', units: [{ name: '甲局' }, { name: '乙局' }] },
    })
    await office.done('reporter', id, 'sign')
    expect((await office.step('otherReporter', id, 'draft', { value: 1, asOf: '2026-06-01' })).json()).toMatchObject({
      status: 403,
      code: 'not-answering',
    })
  })

  it('keeps a colleague of another unit from the draft, and a second colleague from an old version of it', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('reporter', id, 'draft', { value: 51, asOf: '2026-03-31' })
    await office.done('reporter', id, 'draft', {
      reportId: record!.id,
      reportVersion: 1,
      value: 52,
      asOf: '2026-03-31',
    })
    const stale = await office.step('reporter', id, 'draft', {
      reportId: record!.id,
      reportVersion: 1,
      value: 53,
      asOf: '2026-03-31',
    })
    expect(stale.json()).toMatchObject({ code: 'version-conflict', current: { value: 52 } })
  })
})

describe('交办', () => {
  it('wants a unit that can sign, and follows a department to its successor', async () => {
    const group = office.addTarget({}, [])
    await office.done('supervisor', group, 'accept')
    expect((await office.step('supervisor', group, 'assign')).json().code).toBe('no-answering-unit')
    office.db.$client
      .prepare('UPDATE units SET archived_at = ?, successor_id = ? WHERE id = ?')
      .run('2018-10-01T00:00:00.000Z', office.unitIds.other, office.unitIds.own)
    const id = office.addTarget()
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign')
    expect(office.db.select().from(targetUnits).where(eq(targetUnits.targetId, id)).all()).toMatchObject([
      { name: '甲局', unitId: office.unitIds.other },
    ])
  })

  it('reassigns: a new unit has to sign, the old one sees it no more', async () => {
    const id = await office.signedTarget()
    const to = { units: [{ role: 'lead', name: '乙局' }], reason: '职能划转' }
    expect(await office.done('supervisor', id, 'reassign', to)).toMatchObject({ state: 'assigned' })
    expect((await office.step('reporter', id, 'draft', { value: 1, asOf: '2026-06-01' })).statusCode).toBe(404)
    expect(await office.done('otherReporter', id, 'sign')).toMatchObject({ state: 'signed' })
  })

  it('assigns many at once with one supervisor and frequency', async () => {
    const ids = [office.addTarget(), office.addTarget()]
    for (const id of ids) await office.done('supervisor', id, 'accept')
    const response = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/targets/steps/assign',
      payload: {
        items: ids.map((id) => ({ id, version: office.target(id).version })),
        reportFrequency: 'monthly',
        supervisorId: office.userIds.supervisor2,
      },
    })
    expect(response.json()).toMatchObject({ done: 2, failed: 0 })
    for (const id of ids)
      expect(office.target(id)).toMatchObject({
        state: 'assigned',
        reportFrequency: 'monthly',
        supervisorId: office.userIds.supervisor2,
      })
    expect((await office.step('supervisor', ids[0]!, 'recall', { reason: '交办有误' })).json().state).toBe('confirmed')
  })
})

describe('督促', () => {
  it('urges and counts, numbers 督办单 without gaps, and has them answered before they are closed', async () => {
    const id = await office.signedTarget()
    for (const text of ['请抓紧', '再次催办']) await office.done('supervisor', id, 'urge', { text })
    expect(office.db.select().from(urges).all()).toHaveLength(2)
    const order = { color: 'yellow', text: '进度滞后', dueOn: '2026-07-10' }
    const first = await office.done('supervisor', id, 'issue-order', order)
    expect((await office.step('supervisor', id, 'issue-order', { ...order, dueOn: '2026-06-29' })).statusCode).toBe(400)
    const second = await office.done('supervisor', id, 'issue-order', order)
    expect([first.record!.number, second.record!.number]).toEqual(['政督〔2026〕1号', '政督〔2026〕2号'])
    const orderId = first.record!.id
    expect((await office.step('supervisor', id, 'close-order', { orderId })).json().code).toBe('order-unanswered')
    await office.done('reporter', id, 'answer-order', { orderId, text: '已增加力量，7月底前补上' })
    expect((await office.step('reporter', id, 'answer-order', { orderId, text: '再答' })).json().code).toBe(
      'order-answered',
    )
    await office.done('supervisor', id, 'close-order', { orderId })
    expect(office.db.select().from(orders).where(eq(orders.id, orderId)).get()).toMatchObject({
      closedBy: office.userIds.supervisor,
    })
    expect(told('reporter')).toEqual(['assigned', 'urged', 'urged', 'order', 'order'])
  })

  it('keeps a problem open until it is mended', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('supervisor', id, 'raise-problem', { text: '台账不全', dueOn: '2026-07-15' })
    const problemId = record!.id
    expect((await office.step('supervisor', id, 'close-problem', { problemId })).statusCode).toBe(409)
    await office.done('reporter', id, 'rectify-problem', { problemId, text: '已补齐' })
    await office.done('supervisor', id, 'reject-problem', { problemId, reason: '仍缺三份' })
    await office.done('reporter', id, 'rectify-problem', { problemId, text: '三份已补' })
    await office.done('supervisor2', id, 'close-problem', { problemId })
  })

  it('sets a light by hand only with a reason and leaves the computed one', async () => {
    const id = await office.signedTarget()
    expect((await office.step('supervisor', id, 'set-light', { light: 'overdue' })).statusCode).toBe(400)
    await office.done('supervisor', id, 'set-light', { light: 'behind', reason: '现场核查质量不高' })
    expect(office.target(id)).toMatchObject({ manualLight: 'behind', manualLightReason: '现场核查质量不高' })
    expect(light(id)?.light).not.toBe('done')
    await office.done('supervisor', id, 'set-light', { light: null })
    expect(office.target(id)).toMatchObject({ manualLight: null, manualLightReason: null })
  })
})

describe('延期、中止、变更', () => {
  it('keeps old and new date, decided by another person than who asked', async () => {
    const id = await office.signedTarget()
    expect(
      (await office.step('reporter', id, 'ask-extension', { reason: '征地受阻', deadline: '2026-12-01' })).statusCode,
    ).toBe(400)
    const { record } = await office.done('reporter', id, 'ask-extension', {
      reason: '征地受阻',
      deadline: '2027-06-30',
    })
    expect(
      (await office.step('reporter', id, 'ask-extension', { reason: '再次申请', deadline: '2027-12-31' })).json().code,
    ).toBe('request-open')
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    expect(office.target(id)).toMatchObject({ deadline: '2027-06-30', deadlineRule: '延期', state: 'signed' })
    expect(office.db.select().from(changeRequests).get()).toMatchObject({
      before: { deadline: '2026-12-31' },
      after: { deadline: '2027-06-30' },
      status: 'granted',
    })
    expect((await office.step('supervisor', id, 'grant', { requestId: record!.id })).json().code).toBe(
      'request-decided',
    )
    const own = await office.done('supervisor', id, 'ask-extension', { reason: '省里统一顺延', deadline: '2027-12-31' })
    expect((await office.step('supervisor', id, 'grant', { requestId: own.record!.id })).json().code).toBe(
      'own-request',
    )
    await office.done('supervisor2', id, 'refuse', { requestId: own.record!.id, reason: '依据不足' })
  })

  it('suspends and resumes where it was', async () => {
    const id = await office.signedTarget()
    await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-06-01' })
    const { record } = await office.done('reporter', id, 'ask-suspension', { reason: '政策调整' })
    expect(await office.done('supervisor', id, 'grant', { requestId: record!.id })).toMatchObject({
      state: 'suspended',
    })
    expect((await office.step('reporter', id, 'draft', { value: 56, asOf: '2026-06-02' })).json().code).toBe(
      'wrong-state',
    )
    expect(await office.done('supervisor', id, 'resume', { reason: '恢复实施' })).toMatchObject({
      state: 'in_progress',
    })
  })

  it('changes what is promised only by 变更 and only to something that fits together', async () => {
    const id = await office.signedTarget()
    expect((await office.step('reporter', id, 'ask-change', { reason: '口径调整', changes: {} })).statusCode).toBe(400)
    expect(
      (await office.step('reporter', id, 'ask-change', { reason: '口径调整', changes: { unit: null } })).statusCode,
    ).toBe(400)
    const { record } = await office.done('reporter', id, 'ask-change', { reason: '口径调整', changes: { value: 58 } })
    await office.done('supervisor', id, 'grant', { requestId: record!.id, reason: '同意' })
    expect(office.target(id)).toMatchObject({ value: 58, extracted: { value: 60 } })
    expect((await office.step('supervisor', id, 'mend', { value: 10 })).json().code).toBe('wrong-state')
  })
})

describe('分解', () => {
  it('checks the parts against the whole, keeps what was reached, and lets counties see their part', async () => {
    const id = await office.signedTarget({ value: 100, unit: '公里' })
    const parts = [
      { label: '甲县', unitId: office.unitIds.other, value: 40 },
      { label: '乙县', value: 50 },
    ]
    const short = await office.step('supervisor', id, 'break-down', { kind: 'unit', rollUp: 'sum', parts })
    expect(short.json()).toMatchObject({ status: 400, errors: [{ path: 'parts' }] })
    await office.done('supervisor', id, 'break-down', {
      kind: 'unit',
      rollUp: 'sum',
      parts: [parts[0], { ...parts[1], value: 60 }],
    })
    const partId = office.db.$client.prepare(`SELECT id FROM target_parts WHERE label = '甲县'`).pluck().get() as number
    await office.done('otherReporter', id, 'record-part', { partId, reached: 12, reachedOn: '2026-06-30' })
    const otherPart = office.db.$client
      .prepare(`SELECT id FROM target_parts WHERE label = '乙县'`)
      .pluck()
      .get() as number
    expect(
      (
        await office.step('otherReporter', id, 'record-part', {
          partId: otherPart,
          reached: 1,
          reachedOn: '2026-06-30',
        })
      ).statusCode,
    ).toBe(403)
    await office.done('supervisor', id, 'break-down', {
      kind: 'unit',
      rollUp: 'sum',
      parts: [
        { ...parts[0], value: 45 },
        { ...parts[1], value: 60 },
      ],
    })
    expect(office.db.$client.prepare(`SELECT reached FROM target_parts WHERE label = '甲县'`).pluck().get()).toBe(12)
    expect((await office.get('otherReporter', `/api/targets/${id}/breakdown`)).json().unit).toMatchObject({
      method: 'sum',
      rollUp: { value: 12, reported: 1, parts: 2 },
    })
    const years = { kind: 'year', parts: [{ label: '2025年', dueOn: '2025-12-31', value: 60 }] }
    expect((await office.step('reporter', id, 'break-down', years)).json().code).toBe('years-by-office')
    await office.done('supervisor', id, 'break-down', years)
  })
})
