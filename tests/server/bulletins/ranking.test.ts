import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, notifications } from '../../../db/schema/index.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice({ now: '2026-06-01T02:00:00.000Z' })
})
afterEach(() => office.close())

const send = (
  person: Parameters<Office['injectAs']>[0],
  method: 'POST' | 'PATCH' | 'PUT',
  url: string,
  payload: object,
) => office.injectAs(person, { method, url, payload })

/** Three targets of 甲局 and one of 乙局; the bulletin of June is issued on 2 July. */
async function published() {
  const units = (await office.get('supervisor', '/api/units')).json<{ items: { id: number; version: number }[] }>()
    .items
  const own = units.find(({ id }) => id === office.unitIds.own)!
  const group = { name: '市直部门', kind: 'group', ranked: true, memberIds: [own.id] }
  expect((await send('supervisor', 'POST', '/api/units', group)).json()).toMatchObject(group)
  for (let i = 0; i < 3; i++) await office.signedTarget({ indicator: `建成率${i}`, deadline: '2026-06-20' })
  const other = office.addTarget({ indicator: '造林面积', deadline: '2026-06-20' }, [{ role: 'lead', name: '乙局' }])
  await office.done('supervisor', other, 'accept')
  await office.done('supervisor', other, 'assign')
  office.clock.now = new Date('2026-07-02T02:00:00.000Z')
  const bulletin = (await send('supervisor', 'POST', '/api/bulletins', { period: '2026-06' })).json()
  const issued = await send('supervisor', 'POST', `/api/bulletins/${bulletin.id}/issue`, { version: 1 })
  expect(issued.statusCode).toBe(200)
}
const ranking = async (person: Parameters<Office['get']>[0] = 'reporter') =>
  (await office.get(person, '/api/rankings?period=2026-06')).json()
const appeal = (person: Parameters<Office['get']>[0] = 'reporter') =>
  send(person, 'POST', '/api/rankings/2026-06/appeals', { text: '催办重复计了一次' })

describe('考核排名', () => {
  it('ranks groups apart with the least number of items, and says both in its words', async () => {
    await published()
    const shown = await ranking()
    expect(shown.rows.map((r: Record<string, unknown>) => [r.name, r.group, r.rank, r.total])).toEqual([
      ['甲局', '市直部门', 1, 3],
      ['乙局', null, null, 1],
    ])
    expect(shown).toMatchObject({ frozenAt: '2026-07-02T02:00:00.000Z', appealUntil: '2026-07-09', appeals: [] })
    expect(shown.formulaText).toContain('少于3项的只计分、不排名')
    const bulletin = (await office.get('reporter', '/api/bulletins')).json().items[0]
    const { words } = (await office.get('reporter', `/api/bulletins/${bulletin.id}`)).json()
    expect(words.ranking).toContain('市直部门中排名靠前的是甲局')
  })

  it('takes one 申诉 of a unit in the days given, answered by the office, and keeps what was frozen', async () => {
    await published()
    const before = await ranking()
    expect((await appeal()).statusCode).toBe(201)
    expect((await appeal()).json().detail).toContain('每期只能申诉一次')
    expect((await appeal('otherReporter')).statusCode).toBe(201)
    expect((await ranking()).appeals.map((one: { unit: { name: string } }) => one.unit.name)).toEqual(['甲局'])
    const [mine, other] = (await ranking('supervisor')).appeals
    expect((await office.get('supervisor', '/api/supervision/today')).json().appeals).toMatchObject({
      total: 2,
      oldest: [{ period: '2026-06', unit: '甲局' }, { unit: '乙局' }],
    })
    const answer = (id: number, body: object) =>
      send('supervisor', 'POST', `/api/ranking-appeals/${id}/answer`, { version: 1, answer: '经核属实', ...body })
    expect((await answer(mine.id, { status: 'rejected', correctedScore: 3 })).statusCode).toBe(400)
    expect((await answer(mine.id, { status: 'upheld', correctedScore: 2.5 })).statusCode).toBe(200)
    expect((await answer(mine.id, { status: 'rejected', correctedScore: null })).json().code).toBe('version-conflict')
    expect((await answer(other.id, { status: 'rejected', correctedScore: null })).statusCode).toBe(200)
    const after = await ranking()
    expect(after.rows).toEqual(before.rows)
    expect(after.corrections).toEqual([{ unitId: office.unitIds.own, score: 2.5, rank: 1 }])
    expect(after.appeals).toMatchObject([{ status: 'upheld', answer: '经核属实', correctedScore: 2.5 }])
    const told = (person: 'reporter' | 'supervisor') =>
      office.db
        .select({ kind: notifications.kind })
        .from(notifications)
        .where(eq(notifications.userId, office.userIds[person]))
        .all()
        .map(({ kind }) => kind)
    expect(told('supervisor').filter((kind) => kind === 'appeal')).toHaveLength(2)
    expect(told('reporter')).toContain('appeal-answered')
    const trail = office.db.select().from(auditLog).where(eq(auditLog.entity, 'ranking')).all()
    expect(trail.map(({ action }) => action)).toEqual([
      'ranking.appeal',
      'ranking.appeal',
      'ranking.answer-appeal',
      'ranking.answer-appeal',
    ])
  })

  it('takes none after the days for it, and none against what is not published', async () => {
    expect((await appeal()).statusCode).toBe(404)
    await published()
    office.clock.now = new Date('2026-07-09T15:59:00.000Z')
    expect((await appeal()).statusCode).toBe(201)
    office.clock.now = new Date('2026-07-09T16:00:00.000Z')
    expect((await appeal('otherReporter')).json()).toMatchObject({
      code: 'wrong-state',
      detail: '申诉期已于2026-07-09结束。',
    })
  })
})
