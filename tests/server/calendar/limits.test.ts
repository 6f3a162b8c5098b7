import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { calendarFeeds, targets, units, users } from '../../../db/schema/index.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice({ publicUrl: 'http://zb.example' })
})
afterEach(() => office.close())

type Person = Parameters<Office['get']>[0]
const limits = async (person: Person, query = 'from=2026-06-01&to=2026-12-31') =>
  (await office.get(person, `/api/calendar/limits?${query}`)).json()
const keys = async (person: Person, query?: string) =>
  (await limits(person, query)).items.map((one: { kind: string; on: string; path: string }) => [
    one.kind,
    one.on,
    one.path,
  ])

/** A target of 甲局 with a quarterly report, a 督办单 and a problem, and one that 甲局 has not signed for. */
async function year() {
  const id = await office.signedTarget({ deadline: '2026-12-31' })
  await office.done('supervisor', id, 'issue-order', { color: 'yellow', text: '请说明', dueOn: '2026-07-10' })
  await office.done('supervisor', id, 'raise-problem', { text: '台账不全', dueOn: '2026-07-20' })
  const unsigned = office.addTarget({ deadline: null, deadlineBasis: 'none' })
  await office.done('supervisor', unsigned, 'accept')
  await office.done('supervisor', unsigned, 'assign')
  return { id, unsigned }
}

describe('期限日历', () => {
  it('lists what falls due, leads a unit to the form and everybody else to the target', async () => {
    const { id, unsigned } = await year()
    expect(await keys('reporter')).toEqual([
      ['sign', '2026-07-03', `/targets/${unsigned}?step=sign`],
      ['report', '2026-07-10', `/targets/${id}/report`],
      ['order', '2026-07-10', `/targets/${id}?step=answer-order`],
      ['problem', '2026-07-20', `/targets/${id}?step=rectify-problem`],
      ['report', '2026-10-10', `/targets/${id}/report`],
      ['deadline', '2026-12-31', `/targets/${id}/report`],
    ])
    expect((await limits('reporter')).counts).toContainEqual({ on: '2026-12-31', kind: 'deadline', count: 1 })
    expect((await keys('supervisor')).map(([, , path]: string[]) => path)).toContain(`/targets/${id}`)
    expect(await keys('otherReporter')).toEqual([])
    expect(await keys('leader')).toEqual([])
    expect(await keys('leader', 'from=2026-12-01&to=2026-12-31&scope=all')).toHaveLength(1)
    expect((await office.get('admin', '/api/calendar/limits?from=2026-06-01&to=2026-06-02')).statusCode).toBe(403)
    expect((await office.get('leader', '/api/calendar/limits?from=2026-06-02&to=2026-06-01')).statusCode).toBe(400)
    expect((await office.get('leader', '/api/calendar/limits?from=2020-06-02&to=2026-06-01')).statusCode).toBe(400)
  })

  it('drops what is done: a report that was sent, an answered 督办单, a target that has reached its value', async () => {
    const { id } = await year()
    const orders = (await office.get('reporter', '/api/supervision/orders')).json().items
    await office.done('reporter', id, 'answer-order', { orderId: orders[0].id, text: '已加快' })
    const { record } = await office.done('reporter', id, 'draft', { value: 61, asOf: '2026-06-30' })
    await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: ['jump', 'wrong-direction'] })
    expect((await keys('reporter')).filter(([kind]: string[]) => kind === 'report')).toEqual([
      ['report', '2026-10-10', `/targets/${id}/report`],
    ])
    await office.done('supervisor', id, 'approve', { reportId: record!.id })
    expect((await keys('reporter')).map(([kind]: string[]) => kind)).toEqual(['sign', 'problem'])
  })

  it.each(['met', 'suspended'] as const)(
    'keeps 督办单 and 整改 of a target that is %s: they can be answered',
    async (state) => {
      const { id } = await year()
      office.db.update(targets).set({ state }).where(eq(targets.id, id)).run()
      expect((await keys('reporter')).map(([kind]: string[]) => kind)).toEqual(['sign', 'order', 'problem'])
    },
  )

  it('asks each unit by its own line where each reports for itself', async () => {
    const id = office.addTarget({ reporting: 'each' }, [
      { role: 'responsible', name: '甲局' },
      { role: 'responsible', name: '乙局' },
    ])
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
    await office.done('reporter', id, 'sign')
    await office.done('otherReporter', id, 'sign')
    const { record } = await office.done('reporter', id, 'draft', { value: 61, asOf: '2026-06-30' })
    await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: ['jump', 'wrong-direction'] })
    await office.done('supervisor', id, 'approve', { reportId: record!.id })
    expect(await keys('reporter')).toEqual([])
    expect((await keys('otherReporter')).map(([kind]: string[]) => kind)).toEqual(['report', 'report', 'deadline'])
    const { items } = await limits('supervisor')
    expect(items.map((one: { units: string[] }) => one.units)).toEqual([['乙局'], ['乙局'], ['乙局']])
  })

  it('shows a leader what units answer for whose 分管领导 one is', async () => {
    await year()
    office.db.update(units).set({ leaderId: office.userIds.leader }).where(eq(units.id, office.unitIds.own)).run()
    expect((await keys('leader')).map(([kind]: string[]) => kind)).toContain('deadline')
  })

  it('goes out as an iCalendar file, and under a secret address that can be ended', async () => {
    const { id } = await year()
    const file = await office.get('reporter', '/api/calendar/limits.ics')
    expect(file.headers['content-type']).toContain('text/calendar')
    const plain = file.body.replaceAll('\r\n ', '')
    expect(plain).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect(plain).toContain(`UID:deadline-${id}@zhengbiao\r\n`)
    expect(plain).toContain('DTSTART;VALUE=DATE:20261231\r\n')
    expect(plain).toContain('DTEND;VALUE=DATE:20270101\r\n')
    expect(plain).toContain('SUMMARY:完成时限：森林覆盖率\r\n')
    expect(plain).toContain(`URL;VALUE=URI:http://zb.example/targets/${id}/report`)
    // RFC 5545: no line is longer than 75 bytes
    expect(Math.max(...file.body.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)

    expect((await office.get('reporter', '/api/calendar/feed')).json()).toEqual({ feed: null })
    const made = await office.injectAs('reporter', { method: 'POST', url: '/api/calendar/feed' })
    const { path } = made.json<{ path: string }>()
    const stored = office.db.select().from(calendarFeeds).get()!
    expect(path).not.toContain(stored.tokenHash)
    expect(JSON.stringify(stored)).not.toContain(path.split('/').at(-1)!.replace('.ics', ''))
    const read = await office.inject({ url: path })
    expect(read.statusCode).toBe(200)
    expect(read.body.match(/BEGIN:VEVENT/g)).toHaveLength(7) // with the report of the fourth quarter, due in January
    expect((await office.get('reporter', '/api/calendar/feed')).json()).toMatchObject({
      feed: { lastReadAt: office.clock.now.toISOString() },
    })
    expect((await office.inject({ url: `${path.slice(0, -6)}xx.ics` })).statusCode).toBe(404)
    // a new address ends the one before; a disabled account ends both
    const next = (await office.injectAs('reporter', { method: 'POST', url: '/api/calendar/feed' })).json().path
    expect((await office.inject({ url: path })).statusCode).toBe(404)
    const disable = (at: string | null) =>
      office.db.update(users).set({ disabledAt: at }).where(eq(users.id, office.userIds.reporter)).run()
    disable('2026-06-30T00:00:00.000Z')
    expect((await office.inject({ url: next })).statusCode).toBe(404)
    disable(null)
    expect((await office.inject({ url: next })).statusCode).toBe(200)
    await office.injectAs('reporter', { method: 'DELETE', url: '/api/calendar/feed' })
    expect((await office.inject({ url: next })).statusCode).toBe(404)
  })
})
