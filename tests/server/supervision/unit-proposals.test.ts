import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GivenUnit } from '../../../db/given-units.ts'
import { UnitHistory } from '../../../server/supervision/unit-proposals/history.ts'
import { buildOffice, type Office } from './office.ts'

const given = (targetId: number, indicator: string, unitId: number, role: GivenUnit['role'] = 'lead'): GivenUnit => ({
  targetId,
  indicator,
  deadline: `2025-12-${String(targetId).padStart(2, '0')}`,
  unitId,
  role,
})

describe('what units were given before', () => {
  const history = new UnitHistory([
    given(1, '森林覆盖率', 1),
    given(1, '森林覆盖率', 2, 'support'),
    given(2, '森林 覆盖率', 1),
    given(2, '森林 覆盖率', 1, 'support'),
    given(2, '森林 覆盖率', 2, 'support'),
    given(3, '城区公园绿地面积', 3),
    given(4, '城市公园绿地面积', 4, 'responsible'),
    given(5, '义务教育巩固率', 5),
    given(6, '森林覆盖率', 2, 'support'),
  ])
  const said = (indicator: string) =>
    history
      .for(indicator)
      .map(({ unitId, role, precedent, count, example }) => [unitId, role, precedent, count, example.id])

  it.each([
    // blanks do not make another indicator; who answers stands before who supports, however often; a target with two roles counts once
    [
      '森林覆盖率',
      [
        [1, 'lead', 'indicator', 2, 2],
        [2, 'support', 'indicator', 3, 6],
      ],
    ],
    [
      '城市公园绿地面积',
      [
        [4, 'responsible', 'indicator', 1, 4],
        [3, 'lead', 'words', 1, 3],
      ],
    ],
    ['新增城市公园绿地', [[4, 'responsible', 'words', 1, 4]]],
    ['水稻播种面积', []],
    ['', []],
  ])('%s', (indicator, expected) => {
    expect(said(indicator)).toEqual(expected)
  })

  it('answers for many targets out of very many indicators at once', () => {
    const large = new UnitHistory(
      (function* () {
        for (let id = 1; id <= 5_000; id++) yield given(id, `第${id}号泵站改造和第${id % 977}号渠道整治`, id % 80)
      })(),
    )
    const began = process.cpuUsage()
    for (let id = 1; id <= 200; id++) large.for(`第${id}号泵站改造`)
    const { user } = process.cpuUsage(began)
    expect(user / 1000).toBeLessThan(2_000) // milliseconds; it takes some tens
  })
})

describe('交办 of many', () => {
  let office: Office
  let [former, again, alike, strange]: number[] = []
  beforeAll(async () => {
    office = await buildOffice()
    former = await office.signedTarget()
    again = office.addTarget({ deadline: '2027-12-31' }, [])
    alike = office.addTarget({ indicator: '全市森林覆盖率', reportFrequency: 'monthly' }, [])
    strange = office.addTarget({ indicator: '数字档案馆' }, [])
    for (const id of [again, alike, strange]) await office.done('supervisor', id!, 'accept')
  })
  afterAll(() => office.close())
  const proposals = async () =>
    (await office.get('supervisor', `/api/targets/unit-proposals?ids=${[again, alike, strange].join(',')}`)).json()

  it('is proposed units with the reason, and what stands already', async () => {
    const { items } = await proposals()
    const why = { unitId: office.unitIds.own, name: '甲局', role: 'lead', count: 1, example: { id: former } }
    expect(items).toMatchObject([
      {
        targetId: again,
        fields: { reportFrequency: null, supervisorId: null },
        units: [{ ...why, precedent: 'indicator' }],
      },
      { targetId: alike, fields: { reportFrequency: 'monthly' }, units: [{ ...why, precedent: 'words' }] },
      { targetId: strange, units: [] },
    ])
    // proposed, and nothing of it is there
    expect((await office.get('supervisor', `/api/targets/${again}`)).json().lead).toEqual([])
    expect((await office.get('leader', '/api/targets/unit-proposals?ids=1')).statusCode).toBe(403)
  })

  it('stands for the unit that does the work of a dissolved one today', async () => {
    const { items } = (await office.get('admin', '/api/units')).json()
    const of = (id: number) => items.find((one: { id: number }) => one.id === id)
    const change = (payload: object) =>
      office.injectAs('admin', { method: 'PATCH', url: `/api/units/${office.unitIds.own}`, payload })
    await change({ version: of(office.unitIds.own).version, archived: true, successorId: office.unitIds.other })
    expect((await proposals()).items[0].units).toMatchObject([{ name: '乙局', example: { id: former } }])
    await change({ version: of(office.unitIds.own).version + 1, archived: false, successorId: null })
  })

  it('takes units, people and frequency for each, and what is said for all where one says nothing', async () => {
    const leader = office.userIds.leader
    const unit = (name: string) => [{ role: 'lead', name }]
    const item = (id: number, more: object) => ({ id, version: office.target(id).version, ...more })
    const response = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/targets/steps/assign',
      payload: {
        reportFrequency: 'quarterly',
        contactLeaderId: leader,
        items: [
          item(again!, { units: unit('甲局') }),
          item(alike!, {
            units: unit('乙局'),
            reportFrequency: 'yearly',
            contactLeaderId: null,
            startOn: '2026-02-01',
          }),
          item(strange!, {}),
        ],
      },
    })
    expect(response.json()).toMatchObject({ done: 2, failed: 1, items: [{ ok: true }, { ok: true }, { ok: false }] })
    expect(office.target(again!)).toMatchObject({
      state: 'assigned',
      reportFrequency: 'quarterly',
      contactLeaderId: leader,
      supervisorId: office.userIds.supervisor,
    })
    expect(office.target(alike!)).toMatchObject({
      state: 'assigned',
      reportFrequency: 'yearly',
      contactLeaderId: null,
      startOn: '2026-02-01',
    })
    expect(office.target(strange!).state).toBe('confirmed')
    // nobody who is not asked for
    const refused = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/targets/steps/assign',
      payload: { items: [item(strange!, { reason: 'x' })] },
    })
    expect(refused.statusCode).toBe(400)
  })
})
