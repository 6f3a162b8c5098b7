import { afterAll, afterEach, beforeEach, beforeAll, describe, expect, it } from 'vitest'
import { targetVersions, unitMembers } from '../../../db/schema/index.ts'
import { WARNING_CODES } from '../../../db/domain/plausibility.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { createUnit, updateUnit } from '../../../server/core/units.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { templateRows } from '../../../server/reports/template.ts'
import type { Person } from '../helper.ts'
import { buildOffice, type NamedUnit, type Office } from './office.ts'

const OFFICE = '丙局'
let office: Office

/** 各局 with 甲局 (`reporter`) and 乙局 (`otherReporter`), and 丙局, which leads and has nobody who signs in. */
async function begin(): Promise<void> {
  office = await buildOffice()
  const memberIds = [office.unitIds.own, office.unitIds.other]
  inTransaction(office.db, (tx) => {
    createUnit(tx, office.actorOf('admin'), { name: '各局', kind: 'group', memberIds })
    createUnit(tx, office.actorOf('admin'), { name: OFFICE })
  })
}

const TO_GROUP: NamedUnit[] = [{ role: 'responsible', name: '各局' }]

/** A target of 100 公里 given to the group, each member with a share, both signed. */
async function given(units: NamedUnit[] = TO_GROUP, body: Record<string, unknown> = {}): Promise<number> {
  const id = office.addTarget(
    { indicator: '新建公里数', value: 100, unit: '公里', baselineValue: null, startOn: '2026-01-01' },
    units,
  )
  await office.done('supervisor', id, 'accept')
  await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly', rollUp: 'sum', ...body })
  return id
}
const SHARES = () => [
  { label: '甲局', unitId: office.unitIds.own, value: 60 },
  { label: '乙局', unitId: office.unitIds.other, value: 40 },
]
async function signedWithShares(units?: NamedUnit[]): Promise<number> {
  const id = await given(units)
  await office.done('supervisor', id, 'break-down', { kind: 'unit', parts: SHARES() })
  await office.done('reporter', id, 'sign')
  await office.done('otherReporter', id, 'sign')
  return id
}
async function reported(person: Person, id: number, value: number, note = ''): Promise<number> {
  const { record } = await office.done(person, id, 'draft', { value, asOf: '2026-06-29', note })
  const reportId = record!.id
  await office.done(person, id, 'submit', { reportId, confirm: WARNING_CODES })
  await office.done('supervisor', id, 'approve', { reportId })
  return reportId
}
const json = async (person: Person, url: string) => (await office.get(person, url)).json()
type Part = { label: string; reached: number | null; line: { state: string; light: string; holdsBack: boolean } }
const partsOf = async (id: number): Promise<Part[]> =>
  (await json('supervisor', `/api/targets/${id}/breakdown`)).unit.parts

describe('交办 to a group', () => {
  beforeEach(begin)
  afterEach(() => office.close())

  it('gives a part to each member, who signs and reports its own value; the whole rolls up', async () => {
    const id = await given()
    expect((await json('supervisor', `/api/targets/${id}`)).responsible.map((u: { name: string }) => u.name)).toEqual([
      '各局',
      '甲局',
      '乙局',
    ])
    expect(office.target(id)).toMatchObject({ state: 'assigned', reporting: 'each', rollUp: 'sum' })
    expect((await partsOf(id)).map(({ label, line }) => [label, line.state])).toEqual([
      ['甲局', 'assigned'],
      ['乙局', 'assigned'],
    ])
    await office.done('supervisor', id, 'break-down', { kind: 'unit', parts: SHARES() })
    expect(
      office.db
        .select()
        .from(targetVersions)
        .orderBy(targetVersions.id)
        .all()
        .at(-1)!
        .parts.map(({ value }) => value),
    ).toEqual([60, 40])

    // one need not wait for the other
    expect((await office.step('otherReporter', id, 'draft', { value: 1, asOf: '2026-06-29' })).statusCode).toBe(409)
    await office.done('reporter', id, 'sign')
    expect(office.target(id).state).toBe('signed')
    expect((await office.step('otherReporter', id, 'draft', { value: 1, asOf: '2026-06-29' })).json().code).toBe(
      'not-signed',
    )
    await reported('reporter', id, 60)
    await office.done('otherReporter', id, 'sign')
    await reported('otherReporter', id, 5)

    const { unit } = await json('supervisor', `/api/targets/${id}/breakdown`)
    expect(unit).toMatchObject({ method: 'sum', done: 1, rollUp: { value: 65, reported: 2, parts: 2 } })
    expect((unit.parts as Part[]).map(({ reached, line }) => [reached, line.light, line.holdsBack])).toEqual([
      [60, 'done', false],
      [5, 'behind', true],
    ])
    expect(await json('leader', `/api/targets/${id}`)).toMatchObject({ light: 'normal', progress: 65, inPart: false })
    await reported('otherReporter', id, 41)
    expect(await json('leader', `/api/targets/${id}`)).toMatchObject({ light: 'done', reported: { value: 101 } })
  })

  it('refuses a group without members, and a sum where there is no number', async () => {
    inTransaction(office.db, (tx) => createUnit(tx, office.actorOf('admin'), { name: '各乡镇政府', kind: 'group' }))
    const empty = office.addTarget({}, [{ role: 'lead', name: '各乡镇政府' }])
    await office.done('supervisor', empty, 'accept')
    expect((await office.step('supervisor', empty, 'assign')).json().code).toBe('no-answering-unit')
    const task = office.addTarget({ kind: 'milestone', op: null, value: null, unit: null, measure: null }, TO_GROUP)
    await office.done('supervisor', task, 'accept')
    expect((await office.step('supervisor', task, 'assign', { rollUp: 'sum' })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'rollUp' }],
    })
    await office.done('supervisor', task, 'assign', { rollUp: 'all' })
  })

  it('rolls up as is most likely where nobody has said how', async () => {
    for (const [fields, rollUp] of [
      [{ value: 100, unit: '公里' }, 'sum'],
      [{ value: 90, unit: '%' }, 'worst'],
      [{ op: '<=', value: 35, unit: '微克/立方米' }, 'worst'],
      [{ kind: 'milestone', op: null, value: null, unit: null, measure: null }, 'all'],
    ] as const) {
      const id = office.addTarget({ baselineValue: null, ...fields }, TO_GROUP)
      await office.done('supervisor', id, 'accept')
      await office.done('supervisor', id, 'assign')
      expect(office.target(id), JSON.stringify(fields)).toMatchObject({ reporting: 'each', rollUp })
    }
    // what was said stays, whoever comes and goes
    const id = await given(TO_GROUP, { rollUp: undefined })
    await office.done('supervisor', id, 'reassign', { units: TO_GROUP, rollUp: 'all', reason: '另定方式' })
    await office.done('supervisor', id, 'reassign', { units: TO_GROUP, reason: '成员有变' })
    expect(office.target(id).rollUp).toBe('all')
  })

  it('a sum without shares adds what each member has reported, and shows it', async () => {
    const id = await given(TO_GROUP, { rollUp: 'sum' })
    for (const person of ['reporter', 'otherReporter'] as const) await office.done(person, id, 'sign')
    await reported('reporter', id, 12)
    const { unit } = await json('supervisor', `/api/targets/${id}/breakdown`)
    expect(unit.rollUp).toMatchObject({ value: 12, reported: 1, parts: 2 })
    expect(unit.parts.map(({ reached }: { reached: number | null }) => reached)).toEqual([12, null])
    expect((await json('reporter', `/api/targets/${id}`)).reported).toMatchObject({ value: 12 })
    expect((await json('supervisor', `/api/targets/${id}`)).reported).toMatchObject({ value: 12 })
  })

  it('改派 takes new members in and lets those go that left; 撤回交办 leaves the group alone', async () => {
    const id = await given()
    const [group] = office.db.select().from(unitMembers).all()
    const third = inTransaction(office.db, (tx) => {
      const { id: unitId } = createUnit(tx, office.actorOf('admin'), { name: '丁局' })
      updateUnit(tx, office.actorOf('admin'), group!.groupId, 1, { memberIds: [office.unitIds.own, unitId] })
      return unitId
    })
    await office.done('supervisor', id, 'reassign', { units: TO_GROUP, reason: '成员有变' })
    expect((await partsOf(id)).map(({ label }) => label)).toEqual(['甲局', '丁局'])
    const { responsible } = await json('supervisor', `/api/targets/${id}`)
    expect(responsible.map((unit: { unitId: number }) => unit.unitId)).toEqual([
      group!.groupId,
      office.unitIds.own,
      third,
    ])
    await office.done('supervisor', id, 'recall', { reason: '重新研究' })
    expect((await json('supervisor', `/api/targets/${id}`)).responsible).toHaveLength(1)
    expect(await partsOf(id)).toEqual([])
  })

  it('延期 of one member moves its own part, and keeps no other from asking', async () => {
    const id = await signedWithShares()
    const ask = { reason: '雨季停工', deadline: '2027-03-31' }
    const { record } = await office.done('reporter', id, 'ask-extension', ask)
    expect((await office.step('reporter', id, 'ask-extension', ask)).json().code).toBe('request-open')
    await office.done('otherReporter', id, 'ask-extension', ask)
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    expect(office.target(id).deadline).toBe('2026-12-31')
    expect(await json('reporter', `/api/targets/${id}`)).toMatchObject({ deadline: '2027-03-31', value: 60 })
    expect(await json('otherReporter', `/api/targets/${id}`)).toMatchObject({ deadline: '2026-12-31', value: 40 })
    for (const [step, body] of [
      ['ask-suspension', { reason: '暂停办理' }],
      ['ask-change', { reason: '口径调整', changes: { value: 1 } }],
      ['break-down', { kind: 'stage', parts: [{ label: '路基', weight: 100 }] }],
    ] as const)
      expect((await office.step('reporter', id, step, body)).json().code, step).toBe('other-units-whole')
  })

  it('a member that also supports the whole in its own name asks for its part alone', async () => {
    const id = await given([...TO_GROUP, { role: 'support', name: '甲局' }])
    const parts = SHARES().map((part) => ({ ...part, dueOn: '2026-09-30' }))
    await office.done('supervisor', id, 'break-down', { kind: 'unit', parts })
    await office.done('reporter', id, 'sign')
    const ask = { reason: '雨季停工', deadline: '2026-10-31' }
    const { record } = await office.done('reporter', id, 'ask-extension', ask)
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    expect(office.target(id).deadline).toBe('2026-12-31')
    expect((await json('supervisor', `/api/targets/${id}/breakdown`)).unit.parts).toMatchObject([
      { label: '甲局', dueOn: '2026-10-31' },
      { label: '乙局', dueOn: '2026-09-30' },
    ])
    expect((await office.step('reporter', id, 'ask-suspension', { reason: '暂停办理' })).json().code).toBe(
      'other-units-whole',
    )
  })

  it('counts each member by its own light, wherever a unit is counted, and never the group', async () => {
    const id = await signedWithShares([{ role: 'lead', name: OFFICE }, ...TO_GROUP])
    await reported('reporter', id, 60)
    await reported('otherReporter', id, 5)
    const { own, other } = office.unitIds
    const shown = await json('leader', '/api/overview')
    expect(
      Object.fromEntries(
        shown.units.map((unit: { unitId: number; lights: Record<string, number> }) => [
          unit.unitId,
          Object.keys(unit.lights).filter((light) => light !== 'done' && (unit.lights[light] ?? 0) > 0),
        ]),
      ),
    ).toMatchObject({ [own]: [], [other]: ['behind'] })
    expect(shown.units.map((unit: { name: string }) => unit.name)).not.toContain('各局')
    expect(shown.total).toBe(1)
    const lit = async (query: string) => (await json('leader', `/api/targets?${query}`)).items
    expect(await lit(`unitId=${own}&role=main&light=done`)).toMatchObject([
      { id, light: 'done', value: 60, progress: 100 },
    ])
    expect(await lit(`unitId=${own}&light=behind`)).toEqual([])
    expect(await lit(`unitId=${other}&light=behind`)).toMatchObject([{ id, progress: 12.5 }])
    expect(await lit('light=normal')).toMatchObject([{ id, progress: 65 }])
    const facets = await json('leader', '/api/targets/facets')
    expect(facets.units.map((unit: { name: string }) => unit.name)).not.toContain('各局')
    expect((await json('leader', `/api/targets/facets?unitId=${other}`)).light).toMatchObject({ behind: 1, normal: 0 })
    const ranked = (await json('supervisor', '/api/rankings?period=2026-06')).rows
    expect(
      Object.fromEntries(ranked.map((row: { unitId: number; base: number }) => [row.unitId, row.base])),
    ).toMatchObject({ [own]: 100, [other]: 60 })
  })
})

describe('a past day', () => {
  beforeAll(begin)
  afterAll(() => office.close())

  it('stays what it was, whoever comes to the group or leaves it, is rolled up otherwise or gets longer', async () => {
    const id = await signedWithShares([{ role: 'lead', name: OFFICE }, ...TO_GROUP])
    await reported('reporter', id, 60)
    await reported('otherReporter', id, 5)
    const { own, other } = office.unitIds
    const said = async () => {
      const {
        allowed: _allowed,
        version: _version,
        ...detail
      } = await json('leader', `/api/targets/${id}?asOf=2026-06-30`)
      const rows = await json('leader', `/api/targets?asOf=2026-06-30&unitId=${other}`)
      return {
        detail,
        breakdown: await json('leader', `/api/targets/${id}/breakdown?asOf=2026-06-30`),
        partOfOne: await json('reporter', `/api/targets/${id}/breakdown?asOf=2026-06-30`),
        overview: await json('leader', '/api/overview?asOf=2026-06-30'),
        rows: rows.items.map(({ version: _of, ...row }: { version: number }) => row),
        facets: await json('leader', `/api/targets/facets?asOf=2026-06-30&unitId=${own}`),
        ranking: (await json('supervisor', '/api/rankings?period=2026-06')).rows,
      }
    }
    const before = await said()
    expect(before.rows).toMatchObject([{ light: 'behind', progress: 12.5 }])
    expect(before.breakdown.unit.parts).toMatchObject([
      { label: '甲局', line: { light: 'done', state: 'in_progress' } },
      { label: '乙局', line: { light: 'behind', state: 'in_progress', holdsBack: true } },
    ])
    expect((await office.get('leader', `/api/targets/${id}/breakdown?asOf=2023-12-31`)).statusCode).toBe(404)

    office.clock.advance(24 * 3600)
    const [group] = office.db.select().from(unitMembers).all()
    inTransaction(office.db, (tx) => {
      const { id: fourth } = createUnit(tx, office.actorOf('admin'), { name: '丁局' })
      updateUnit(tx, office.actorOf('admin'), group!.groupId, 1, { memberIds: [own, fourth] })
    })
    const units: NamedUnit[] = [{ role: 'lead', name: OFFICE }, ...TO_GROUP]
    const { record } = await office.done('reporter', id, 'ask-extension', {
      reason: '雨季停工',
      deadline: '2027-03-31',
    })
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    await office.done('supervisor', id, 'reassign', { units, rollUp: 'worst', reason: '成员有变' })
    expect((await partsOf(id)).map(({ label }) => label)).toEqual(['甲局', '丁局'])
    expect(await said()).toEqual(before)
  })
})

describe('a member of a group', () => {
  const SECRET = '乙局自己的话'
  /** What all members have to reach together: each is told its own share. */
  const OF_WHOLE = '"value":100,'
  let id: number
  beforeAll(async () => {
    await begin()
    id = await signedWithShares([{ role: 'lead', name: OFFICE }, ...TO_GROUP])
    await reported('reporter', id, 45.25, '甲局自己的话')
    await reported('otherReporter', id, 31.75, SECRET)
    await office.done('otherReporter', id, 'draft', { value: 32.75, asOf: '2026-06-30', note: SECRET })
    await office.done('otherReporter', id, 'ask-extension', { reason: SECRET, deadline: '2027-01-31' })
    await office.done('supervisor', id, 'urge', { unitId: office.unitIds.other, text: SECRET })
    const toOwn = { unitId: office.unitIds.own, color: 'red', text: '请加快', dueOn: '2026-07-10' }
    await office.done('supervisor', id, 'issue-order', toOwn)
    await office.done('supervisor', id, 'urge', { unitId: office.unitIds.own, text: '请抓紧' })
    await office.done('leader', id, 'instruct', { text: '请甲局抓紧', unitIds: [office.unitIds.own] })
    await office.done('leader', id, 'instruct', { text: SECRET, unitIds: [office.unitIds.other] })
  })
  afterAll(() => office.close())

  const routes = () =>
    office.app.routeAccess.filter(
      ({ method, url, roles }) =>
        method === 'GET' &&
        roles !== 'public' &&
        roles.includes('reporter') &&
        (!url.includes(':') || url.startsWith('/api/targets/:id')),
    )
  const QUERY: Record<string, string> = {
    '/api/rankings': '?period=2026-06',
    '/api/calendar/limits': '?from=2026-06-01&to=2026-12-31',
    '/api/supervision/reports': '?status=draft,submitted,approved,returned,withdrawn',
  }
  const call = async (person: Person, url: string) =>
    (await office.get(person, url.replace(':id', String(id)) + (QUERY[url] ?? ''))).body

  it('sees its part and the name of the whole, and nothing that another member said, by any route', async () => {
    let told = 0
    for (const { url } of routes()) {
      if (url === '/api/calendar/feed' || url === '/api/notifications/stream') continue
      const body = await call('reporter', url)
      // what the other reported, and what both came to: from that one could be reckoned from the other
      for (const words of [SECRET, '31.75', '32.75', '"value":77', '"progress":77', OF_WHOLE])
        expect(body, url).not.toContain(words)
      if (body.includes('甲局自己的话')) told++
    }
    expect(told).toBeGreaterThan(1) // else this test looks in the wrong places
    expect(await call('otherReporter', '/api/targets/:id')).toContain(SECRET)
    const own = await json('reporter', `/api/targets/${id}`)
    expect(own).toMatchObject({ indicator: '新建公里数', inPart: true, value: 60, reported: { value: 45.25 } })
    expect(own.parts.map((part: { label: string }) => part.label)).toEqual(['甲局'])
    const who = (person: Person) =>
      json(person, `/api/targets/${id}`).then(({ steps }) => steps.map((one: { who: string }) => one.who))
    expect(await who('supervisor')).toContain('otherReporter')
    expect(await who('reporter')).not.toContain('otherReporter')
    const { unit } = await json('reporter', `/api/targets/${id}/breakdown`)
    expect([unit.parts.length, unit.rollUp, unit.done]).toEqual([1, null, null])
    expect((await json('reporter', `/api/targets/${id}/signatures`)).items).toHaveLength(1)
    // nor is it told with what somebody else was faster
    const late = await office.step('reporter', id, 'draft', { version: 1, value: 50, asOf: '2026-06-29' })
    expect(late.json()).toMatchObject({ status: 409, current: { units: [{ name: '甲局' }] } })
  })

  it('is told its share and its day wherever a list names the target, and in the template that it fills in', async () => {
    const { record } = await office.done('reporter', id, 'ask-extension', { reason: '雨季', deadline: '2027-03-31' })
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    for (const list of ['reports?status=approved', 'requests', 'orders', 'urges']) {
      const own = { id, value: 60, deadline: '2027-03-31' }
      const { items } = await json('reporter', `/api/supervision/${list}`)
      expect(items.length, list).toBeGreaterThan(0)
      for (const { target } of items) expect(target, list).toMatchObject(own)
      const whole = (await json('supervisor', `/api/supervision/${list}`)).items[0].target
      expect(whole, list).toMatchObject({ id, value: 100, deadline: '2026-12-31' })
    }
    const [order] = (await json('reporter', '/api/supervision/orders')).items
    expect(order.items).toMatchObject([
      { id, words: '不低于 60 公里', indicator: '新建公里数', deadline: '2027-03-31' },
    ])
    const { rawPayload } = await office.get('supervisor', `/api/orders/${order.id}/docx`)
    const { text } = await readDocument({ bytes: rawPayload, fileName: '督办单.docx' })
    expect(text).toMatch(/不低于60公里[\s\S]*2027-03-31/)
    expect((await json('reporter', '/api/supervision/instructions')).items[0].target).toMatchObject({ id, value: 60 })
    expect(templateRows(office.db, office.unitIds.own, '2026-06-30')).toMatchObject([
      { id, target: '不低于60公里', deadline: '2027-03-31', last: '45.25公里（2026-06-29）' },
    ])
  })

  it('while the office and the leaders see all of it', async () => {
    for (const person of ['supervisor', 'leader'] as const) {
      expect((await json(person, `/api/targets/${id}`)).reports.length, person).toBe(2)
      expect(await call(person, '/api/targets/:id'), person).toContain(SECRET)
    }
  })
})

describe('groups of units', () => {
  beforeEach(begin)
  afterEach(() => office.close())
  const post = (person: Person, payload: object) =>
    office.injectAs(person, { method: 'POST', url: '/api/units', payload })

  it('have members that are units, and rank a unit in one group at most', async () => {
    const memberIds = [office.unitIds.own]
    const ranked = await post('admin', { name: '市直部门', kind: 'group', ranked: true, memberIds })
    expect(ranked.json()).toMatchObject({ kind: 'group', ranked: true, memberIds })
    for (const [payload, words] of [
      [{ name: '县区', kind: 'group', ranked: true, memberIds }, '“甲局”已在“市直部门”中排名'],
      [{ name: '戊局', memberIds }, '不能有成员单位'],
      [{ name: '戊局', ranked: true }, '只有单位组'],
      [{ name: '大组', kind: 'group', memberIds: [ranked.json().id] }, '不能作成员单位'],
      [{ name: '大组', kind: 'group', memberIds: [999_999] }, '没有这个单位'],
    ] as const)
      expect((await post('admin', payload)).body).toContain(words)
    const back = await office.injectAs('admin', {
      method: 'PATCH',
      url: `/api/units/${ranked.json().id}`,
      payload: { version: 1, kind: 'unit' },
    })
    expect(back.statusCode).toBe(400)
    const kind = async (unitId: number, payload: object) =>
      (await office.injectAs('admin', { method: 'PATCH', url: `/api/units/${unitId}`, payload })).body
    expect(await kind(office.unitIds.own, { version: 1, kind: 'group' })).toContain('的成员单位')
    // 丁局 has been given a target: its days were counted as those of a unit
    const { id: fourth } = (await post('admin', { name: '丁局' })).json()
    await given([{ role: 'lead', name: '丁局' }], { rollUp: undefined })
    expect(await kind(fourth, { version: 1, kind: 'group' })).toContain('已经承办过事项')
    const trail = (await json('admin', '/api/audit?limit=9')).items
    expect(JSON.stringify(trail)).toContain(`"memberIds":[${office.unitIds.own}]`)
  })
})
