import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../../db/domain/dates.ts'
import { documents, reports } from '../../../db/schema/index.ts'
import { buildTestApp } from '../helper.ts'
import { remember } from '../remember.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

test('an empty office has an overview of nothing', async () => {
  const office = await buildTestApp()
  expect(
    (await office.injectAs('leader', { method: 'GET', url: '/api/overview?compare=2026-01-01' })).json(),
  ).toMatchObject({ total: 0, unconfirmed: 0, units: [] })
  await office.close()
})

test('a value behind its baseline lags no more than all that was expected', async () => {
  const office = await buildOffice()
  const id = office.addTarget({ state: 'in_progress', startOn: '2026-01-01', deadline: '2026-12-31' }, [
    { role: 'lead', name: '甲局', unitId: office.unitIds.own } as never,
  ])
  office.db
    .insert(reports)
    .values({ targetId: id, value: 30, asOf: '2026-06-30', status: 'approved', createdAt: '2026-06-30' })
    .run()
  remember(office.db)
  const { toAsk } = (await office.get('leader', '/api/overview')).json()
  expect(toAsk).toMatchObject([{ id, light: 'behind', belowBaseline: true }])
  expect(toAsk[0].lag).toBeGreaterThan(40)
  expect(toAsk[0].lag).toBeLessThanOrEqual(50)
  await office.close()
})

test('the newest documents are named, and how many there are', async () => {
  const office = await buildOffice()
  const { fileId } = office.db.select({ fileId: documents.fileId }).from(documents).get()!
  for (let i = 0; i < 205; i++) {
    const { id } = office.db
      .insert(documents)
      .values({
        ...{ fileId, number: `测发〔2025〕${i + 1}号`, title: `关于第${i + 1}项工作的通知`, issuer: '测试市政府' },
        ...{ issuedOn: addDays('2025-01-01', i), start: 0, end: 1, createdAt: '2025-12-31' },
      })
      .returning()
      .get()
    office.addTarget({ documentId: id, state: 'in_progress' })
  }
  remember(office.db)
  const { documents: named, documentsTotal } = (await office.get('leader', '/api/overview')).json()
  expect(documentsTotal).toBe(205)
  expect(named).toHaveLength(200)
  expect([named[0], named[199]]).toMatchObject([
    { number: '测发〔2025〕205号', title: '关于第205项工作的通知', total: 1 },
    { number: '测发〔2025〕6号' },
  ])
  await office.close()
})

describe('overview', () => {
  let office: Office
  beforeAll(async () => {
    office = await buildOffice() // it is 2026-06-30
    const { addTarget, unitIds, db } = office
    const lead = { role: 'lead' as const, name: '甲局', unitId: unitIds.own }
    const responsible = { role: 'responsible' as const, name: '乙局', unitId: unitIds.other }
    const report = (targetId: number, asOf: string, value: number) =>
      db.insert(reports).values({ targetId, value, asOf, status: 'approved', createdAt: asOf }).run()
    addTarget() // a candidate
    addTarget({ state: 'suspended' }, [lead])
    addTarget({ state: 'in_progress', indicator: '刚逾期', deadline: '2026-06-25' }, [lead, responsible])
    addTarget({ state: 'in_progress', indicator: '早已逾期', deadline: '2025-12-31' }, [responsible])
    report(addTarget({ state: 'in_progress', deadline: '2025-12-31' }, [lead]), '2025-12-31', 60)
    report(addTarget({ state: 'in_progress', deadline: '2025-12-31' }, [lead]), '2026-01-31', 60)
    addTarget({ state: 'assigned', deadline: null, baselineValue: null }, [{ role: 'lead', name: '无此单位' }])
    addTarget({ state: 'confirmed' }, [lead])
    remember(db)
  })
  afterAll(() => office.close())
  const get = async (query = '', person: Parameters<Office['get']>[0] = 'leader') =>
    (await office.get(person, `/api/overview${query}`)).json()

  test('counts lights, units, documents, months and what is missing', async () => {
    const answer = await get('?compare=2026-06-01')
    expect(answer).toMatchObject({
      asOf: '2026-06-30',
      total: 5,
      unconfirmed: 1,
      unassigned: 1,
      lights: { done: { onTime: 1, late: 1 }, overdue: 2, behind: 0, due_soon: 0, normal: 0, unreported: 1 },
      coverage: { missingBaseline: 1, missingValue: 3, notSigned: 1, missingDeadline: 1, missingUnit: 1, total: 5 },
    })
    // a target with a leading unit counts for that one only
    expect(
      answer.units.map((u: { name: string; total: number; lights: { overdue: number } }) => [
        u.name,
        u.total,
        u.lights.overdue,
      ]),
    ).toEqual([
      ['甲局', 3, 1],
      ['乙局', 1, 1],
    ])
    expect(answer.documents).toMatchObject([{ id: office.documentId, total: 5 }])
    expect(answer.months.map((m: { month: string; total: number }) => [m.month, m.total])).toEqual([
      ['2025-12', 3],
      ['2026-06', 1],
    ])
    expect(answer.compare).toMatchObject({ asOf: '2026-06-01', lights: { overdue: 1, due_soon: 1 } })
  })

  test('names what turned red within seven days, and since when', async () => {
    expect((await get()).turnedRed).toMatchObject([
      { indicator: '刚逾期', deadline: '2026-06-25', since: '2026-06-26', units: ['甲局', '乙局'] },
    ])
    expect((await get('?asOf=2026-07-02')).turnedRed).toHaveLength(1)
    expect((await get('?asOf=2026-07-03')).turnedRed).toEqual([])
  })

  test('says what falls due until the end of the month and the year, and names what to ask about', async () => {
    const { due, toAsk, units, office: name } = await get()
    expect(due).toEqual({
      month: { until: '2026-06-30', count: 0 },
      year: { until: '2026-12-31', count: 0, onLastDay: 0 },
    })
    expect(name).toBe('政府督查室')
    expect(toAsk.map((one: { indicator: string; daysOver: number }) => [one.indicator, one.daysOver])).toEqual([
      ['早已逾期', 181],
      ['刚逾期', 5],
    ])
    expect(units.every((unit: { isGroup: boolean }) => !unit.isGroup)).toBe(true)
    const before = await get('?asOf=2026-06-20')
    expect(before.due).toMatchObject({ month: { count: 1 }, year: { count: 1, onLastDay: 0 } })
    const open = 'overdue,behind,due_soon,normal,unreported'
    const ledger = await office.get(
      'leader',
      `/api/targets?scope=tracked&asOf=2026-06-20&deadlineFrom=2026-06-20&deadlineTo=2026-12-31&light=${open}`,
    )
    expect(ledger.json().total).toBe(before.due.year.count)
  })

  test('the day begins at midnight in Shanghai', async () => {
    const { now } = office.clock
    office.clock.now = new Date('2026-06-25T15:59:59.000Z')
    expect(await get()).toMatchObject({ asOf: '2026-06-25', lights: { overdue: 1 } })
    office.clock.now = new Date('2026-06-25T16:00:00.000Z')
    expect(await get()).toMatchObject({ asOf: '2026-06-26', lights: { overdue: 2 } })
    office.clock.now = now
  })

  test('a unit sees its own figures only', async () => {
    const answer = await get('', 'otherReporter')
    expect(answer).toMatchObject({ total: 2, unconfirmed: 0 })
    expect(answer.units.map((u: { name: string }) => u.name)).toEqual(['乙局'])
  })

  test('tells which lights went where since the day compared with', async () => {
    const { compare } = await get('?compare=2026-06-01')
    expect(compare.changes).toEqual([{ from: 'due_soon', to: 'overdue', count: 1 }])
    // the document was issued in 2024: on a day before, nothing was known
    const { total, compare: before } = await get('?compare=2023-06-01')
    expect(before.changes.every((change: { from: string }) => change.from === 'none')).toBe(true)
    expect(before.changes.reduce((sum: number, change: { count: number }) => sum + change.count, 0)).toBe(total)
  })

  test.each(['', '?asOf=2026-06-27&compare=2026-06-20', '?compare=2023-06-01', '?asOf=2026-01-15&compare=2025-12-31'])(
    'every figure of %s is the ledger behind it',
    async (query) => {
      const { asOf, lights, units, documents, months, coverage, compare, turnedRed } = await get(query)
      const behind = async (filter: string) =>
        (await office.get('leader', `/api/targets?scope=tracked&asOf=${asOf}&${filter}`)).json().total as number
      expect(await behind('light=done&late=true')).toBe(lights.done.late)
      expect(await behind('light=done&late=false')).toBe(lights.done.onTime)
      for (const light of ['overdue', 'behind', 'due_soon', 'normal', 'unreported'])
        expect(await behind(`light=${light}`)).toBe(lights[light])
      const rows = [
        ...units.map((unit: { unitId: number }) => [`unitId=${unit.unitId}&role=main`, unit]),
        ...documents.map((document: { id: number }) => [`documentId=${document.id}`, document]),
        ...months.map((month: { month: string }) => [`deadlineMonth=${month.month}`, month]),
      ] as [string, { total: number; lights: Record<string, number> }][]
      expect(rows.length).toBeGreaterThan(4)
      for (const [filter, row] of rows) {
        expect(await behind(filter)).toBe(row.total)
        for (const [light, count] of Object.entries(row.lights))
          expect(await behind(`${filter}&light=${light}`)).toBe(count)
      }
      for (const [name, missing] of [
        ['missingBaseline', 'baseline'],
        ['missingValue', 'value'],
        ['notSigned', 'signature'],
        ['missingDeadline', 'deadline'],
        ['missingUnit', 'unit'],
      ]) {
        expect(await behind(`missing=${missing}`)).toBe(coverage[name!])
      }
      for (const { from, to, count } of compare?.changes ?? [])
        expect(await behind(`since=${compare.asOf}&was=${from}&light=${to}`)).toBe(count)
      const earlier = compare?.asOf ?? '2026-06-23'
      expect(await behind(`since=${earlier}&light=overdue`)).toBe(turnedRed.length)
      expect(await behind(`since=${earlier}`)).toBe(
        compare?.changes.reduce((sum: number, change: { count: number }) => sum + change.count, 0) ??
          (await behind(`since=${earlier}&was=changed`)),
      )
    },
  )

  test('400 for a day that does not exist', async () => {
    expect((await office.get('leader', '/api/overview?asOf=2026-02-30')).statusCode).toBe(400)
  })
})
