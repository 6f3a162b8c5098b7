import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documents, reports } from '../../../db/schema/index.ts'
import { buildOffice, type Office } from '../supervision/office.ts'
import type { Person } from '../helper.ts'
import { remember } from '../remember.ts'

describe('ledger', () => {
  let office: Office
  const id: Record<string, number> = {}
  beforeAll(async () => {
    office = await buildOffice() // it is 2026-06-30
    const { db, addTarget, unitIds } = office
    const lead = [{ role: 'lead' as const, name: '甲局', unitId: unitIds.own }]
    const approved = (targetId: number, asOf: string, value: number) =>
      db
        .insert(reports)
        .values({ targetId, unitId: unitIds.own, value, asOf, status: 'approved', createdAt: asOf })
        .run()
    id.candidate = addTarget({ indicator: '候选指标', deadline: null })
    id.overdue = addTarget({ state: 'in_progress', indicator: '污水处理率', deadline: '2025-12-31' }, lead)
    approved(id.overdue, '2025-12-31', 55)
    id.late = addTarget({ state: 'in_progress', indicator: '绿化覆盖率', deadline: '2025-12-31' }, lead)
    approved(id.late, '2025-12-31', 55)
    approved(id.late, '2026-02-28', 61)
    id.zero = addTarget(
      {
        state: 'in_progress',
        indicator: '重大事故起数',
        op: '<=',
        value: 0,
        unit: '起',
        baselineValue: 3,
        deadline: '2026-12-31',
      },
      lead,
    )
    approved(id.zero, '2026-05-31', 0)
    id.assigned = addTarget(
      {
        state: 'assigned',
        indicator: '100%_全覆盖',
        deadline: '2027-06-30',
        baselineValue: null,
        evidence: '实现100%_全覆盖',
      },
      [{ role: 'support', name: '乙局', unitId: unitIds.other } as never],
    )
    id.dropped = addTarget({ state: 'dropped', indicator: '不要的' })
    remember(db)
  })
  afterAll(() => office.close())

  const list = async (query: string, person: Person = 'supervisor') =>
    (await office.get(person, `/api/targets?${query}`)).json()
  const ids = async (query: string, person?: Person) =>
    (await list(query, person)).items.map((row: { id: number }) => row.id)

  test('shows each row whole, 0 as a value', async () => {
    const { items, total } = await list(`ids=${id.zero}`)
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({
      id: id.zero,
      value: 0,
      light: 'done',
      late: false,
      progress: 100,
      reported: { value: 0, asOf: '2026-05-31' },
      missingBaseline: false,
      document: { number: '政发〔2024〕1号' },
      lead: [{ unitId: office.unitIds.own, name: '甲局' }],
      responsible: [],
      support: [],
      version: 1,
    })
  })

  test('sorts by deadline, those without one last, either way', async () => {
    expect(await ids('sort=deadline')).toEqual([id.overdue, id.late, id.zero, id.assigned, id.candidate])
    expect(await ids('sort=-deadline')).toEqual([id.assigned, id.zero, id.late, id.overdue, id.candidate])
  })

  test.each([
    'deadline',
    '-deadline',
    'progress',
    '-progress',
    'document',
    'indicator',
    '-confidence',
    'id',
    '-id',
    '-updatedAt',
  ])('pages of one by %s are the whole list in order', async (sort) => {
    const whole = await ids(`sort=${sort}`)
    const paged: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: { id: number }[]; nextCursor: string | null } = await list(
        `sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`,
      )
      paged.push(...page.items.map((row) => row.id))
      cursor = page.nextCursor
    }
    expect(paged).toEqual(whole)
    expect(whole).toHaveLength(5)
  })

  test.each([
    ['light=overdue', ['overdue']],
    ['light=done&late=true', ['late']],
    ['light=done&late=false', ['zero']],
    ['light=done,overdue', ['overdue', 'late', 'zero']],
    ['state=extracted', ['candidate']],
    ['state=dropped', ['dropped']],
    ['kind=milestone', []],
    ['deadlineMonth=2025-12', ['overdue', 'late']],
    ['deadlineFrom=2026-01-01&deadlineTo=2026-12-31', ['zero']],
    ['missing=baseline', ['assigned']],
    ['missing=signature', ['assigned']],
    ['missing=value', ['assigned']],
    ['scope=tracked', ['overdue', 'late', 'zero', 'assigned']],
    ['role=support', ['assigned']],
    ['q=污水处理', ['overdue']],
    ['q=绿化', ['late']],
    ['q=森林覆盖率达到', ['overdue', 'late', 'zero', 'candidate']],
    ['q=100%_', ['assigned']],
    ['q=%', ['overdue', 'late', 'zero', 'assigned', 'candidate']],
    ['q=_', ['assigned']],
    ['q=甲局 事故', ['zero']],
    ['q=政发〔2024〕1号', ['overdue', 'late', 'zero', 'assigned', 'candidate']],
    ['q="OR', []],
    ['light=', ['overdue', 'late', 'zero', 'assigned', 'candidate']],
  ] as const)('%s', async (query, names) => {
    expect(await ids(`sort=deadline&${encodeURI(query)}`)).toEqual(names.map((name) => id[name]))
  })

  test('units filter by number and role', async () => {
    expect(await ids(`unitId=${office.unitIds.own}&role=lead&sort=id`)).toEqual([id.overdue, id.late, id.zero])
    expect(await ids(`unitId=${office.unitIds.own}&role=support`)).toEqual([])
  })

  test('shows a past day as it was', async () => {
    expect((await list(`ids=${id.late}&asOf=2026-01-15`)).items[0]).toMatchObject({
      light: 'overdue',
      reported: { value: 55, asOf: '2025-12-31' },
    })
    expect((await list(`ids=${id.late}&asOf=2025-06-30`)).items[0]).toMatchObject({
      light: 'unreported',
      reported: null,
    })
    expect((await list('asOf=2023-12-31')).total).toBe(0) // the document was issued in 2024
  })

  test('a unit sees only what it has a part in and was given', async () => {
    expect(await ids('sort=id', 'reporter')).toEqual([id.overdue, id.late, id.zero])
    expect(await ids('sort=id', 'otherReporter')).toEqual([id.assigned])
    expect((await office.get('otherReporter', `/api/targets/${id.overdue}`)).statusCode).toBe(404)
    expect((await office.get('otherReporter', '/api/targets/facets')).json().light).toMatchObject({
      overdue: 0,
      unreported: 1,
    })
  })

  test.each([
    'limit=0',
    'limit=',
    'limit=501',
    'limit=1.5',
    'limit=null',
    'asOf=2026-02-30',
    'light=red',
    'unitId=0',
    'unitId=a',
    'cursor=xx',
    'sort=drop',
    'deadlineMonth=2026-13',
  ])('400 for %s', async (query) =>
    expect((await office.get('supervisor', `/api/targets?${query}`)).statusCode).toBe(400),
  )

  test('facets count what each choice would show', async () => {
    const facets = (await office.get('supervisor', '/api/targets/facets?light=overdue')).json()
    expect(facets.light).toEqual({ done: 2, overdue: 1, behind: 0, due_soon: 0, normal: 0, unreported: 1 })
    expect(facets.state).toEqual({ in_progress: 1 })
    expect(facets.units).toEqual([{ unitId: office.unitIds.own, name: '甲局', count: 1 }])
    const months = (await office.get('supervisor', '/api/targets/facets?deadlineMonth=2025-12')).json()
    expect(months.deadlineMonths.map((m: { month: string }) => m.month)).toEqual(['2025-12', '2026-12', '2027-06'])
    expect(months.kind).toEqual({ quantity: 2, milestone: 0, duty: 0 })
  })

  test('a target tells its line, reports and steps', async () => {
    const detail = (await office.get('supervisor', `/api/targets/${id.late}`)).json()
    expect(detail.expectedLine).toEqual([
      { on: '2024-01-10', value: 50 },
      { on: '2025-12-31', value: 60 },
    ])
    expect(detail.reports.map((r: { value: number }) => r.value)).toEqual([55, 61])
    expect(detail.evidence).toContain('森林覆盖率')
    expect(detail.allowed).toContain('urge')
    expect((await office.get('leader', `/api/targets/${id.late}`)).json().allowed).toEqual(['instruct'])
    expect((await office.get('supervisor', '/api/targets/99999')).statusCode).toBe(404)
  })

  test('an answer that was kept is not given after a change', async () => {
    const before = (await list('light=overdue')).total
    office.db.insert(documents).values({ fileId: 1, title: 'x', start: 0, end: 1, createdAt: 'x' }).run()
    await office.done('supervisor', id.overdue!, 'set-light', { light: 'normal', reason: '核查后认可' })
    expect((await list('light=overdue')).total).toBe(before)
    const steps = (await office.get('supervisor', `/api/targets/${id.overdue}`)).json().steps
    expect(steps.at(-1)).toMatchObject({
      who: 'supervisor',
      action: 'target.set-light',
      title: '人工亮灯',
      text: '核查后认可',
    })
  })
})
