import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
let [contact, led, other]: number[] = []
beforeAll(async () => {
  office = await buildOffice()
  const leader = office.userIds.leader
  contact = office.addTarget({ deadline: '2026-05-31', contactLeaderId: leader }, [{ role: 'lead', name: '乙局' }])
  led = await office.signedTarget({ deadline: '2026-06-20', indicator: '甲局的事' })
  other = office.addTarget({ deadline: '2026-06-01' }, [{ role: 'lead', name: '乙局' }])
  for (const id of [contact, other]) {
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign')
  }
})
afterAll(() => office.close())
const got = async (url: string) => (await office.get('leader', `/api${url}`)).json()
const change = async (leaderId: number | null) => {
  const { items } = await got('/units')
  const { version } = items.find(({ id }: { id: number }) => id === office.unitIds.own)
  return office.injectAs('supervisor', {
    method: 'PATCH',
    url: `/api/units/${office.unitIds.own}`,
    payload: { version, leaderId },
  })
}

describe('我分管的', () => {
  it('are those with the leader as 联系领导, and what units of its field answer for', async () => {
    const url = `/targets?scope=tracked&sort=id&leaderId=${office.userIds.leader}`
    const ids = async () => (await got(url)).items.map(({ id }: { id: number }) => id)
    expect(await ids()).toEqual([contact])
    expect((await change(office.userIds.supervisor)).json().errors[0].path).toBe('leaderId')
    expect((await change(office.userIds.leader)).statusCode).toBe(200)
    expect(await ids()).toEqual([contact, led])
    // by a part of the leader's name too, as everything else in the ledger is found
    const named = await got('/targets?scope=tracked&sort=id&q=eader')
    expect(named.items.map(({ id }: { id: number }) => id)).toEqual([contact, led])
    expect((await got('/targets?scope=tracked&q=e')).items).toEqual([])
    expect((await got(`/targets/facets?scope=tracked&leaderId=${office.userIds.leader}`)).state).toMatchObject({
      assigned: 1,
      signed: 1,
    })
  })

  it('are the first view of a leader: how they stand, and what to ask about and why', async () => {
    const mine = await got('/overview/mine')
    expect([mine.total, mine.lights.overdue]).toEqual([2, 2])
    expect(mine.toAsk.map(({ id, daysOver }: Record<string, number>) => [id, daysOver])).toEqual([
      [contact, 30],
      [led, 10],
    ])
    expect((await office.get('reporter', '/api/overview/mine')).statusCode).toBe(403)
    expect(mine.toAsk.some(({ id }: { id: number }) => id === other)).toBe(false)
  })
})
