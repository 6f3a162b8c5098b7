import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { targets, targetUnits } from '../../../db/schema/index.ts'
import { buildOffice, type Office, TEXT } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const unitsOf = (id: number) =>
  office.db
    .select()
    .from(targetUnits)
    .where(eq(targetUnits.targetId, id))
    .all()
    .map((u) => [u.role, u.name, u.unitId])

describe('校核', () => {
  it('lists candidates by confidence, page by page, without skipping equal ones', async () => {
    const ids = [0.5, 0.9, 0.9, 0.7].map((confidence) => office.addTarget({ confidence }))
    const first = (await office.get('supervisor', '/api/review?limit=2')).json()
    expect(first.items.map((c: { id: number }) => c.id)).toEqual([ids[1], ids[2]])
    expect(first.total).toBe(4)
    const second = (await office.get('supervisor', `/api/review?limit=2&cursor=${first.nextCursor}`)).json()
    expect(second.items.map((c: { id: number }) => c.id)).toEqual([ids[3], ids[0]])
    expect(second.nextCursor).toBeNull()
    expect((await office.get('reporter', '/api/review')).statusCode).toBe(403)
  })

  it('accepts many at once, resolving the units of the tag, and says why one cannot be', async () => {
    const good = office.addTarget()
    const bad = office.addTarget({ unit: null })
    const response = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/targets/steps/accept',
      payload: {
        items: [
          { id: good, version: 1 },
          { id: bad, version: 1 },
          { id: 999, version: 1 },
        ],
      },
    })
    expect(response.json()).toMatchObject({
      done: 1,
      failed: 2,
      items: [
        { id: good, ok: true, state: 'confirmed', version: 2 },
        { ok: false, code: 'invalid-input' },
        { ok: false, code: 'not-found' },
      ],
    })
    expect(office.target(good).confirmedAt).toBe(office.clock.now.toISOString())
    expect(office.target(bad)).toMatchObject({ state: 'extracted', version: 1 })
    expect(unitsOf(good)).toEqual([['lead', '甲局', office.unitIds.own]])
  })

  it.each([
    ['灌溉水有效利用系数', 200],
    ['城乡居民收入比', 200],
    ['新建泵站', 400],
  ])('立项 of %s without a unit: %d', async (indicator, status) => {
    const id = office.addTarget({ indicator, value: 0.6, unit: null })
    expect((await office.step('supervisor', id, 'accept')).statusCode).toBe(status)
  })

  it('takes 每年 from a target and gives it, also on the way to 立项, and shows the candidate as it is then', async () => {
    const id = office.addTarget({ per: 'year' })
    const mend = (version: number, per: 'year' | null) =>
      office.injectAs('supervisor', { method: 'PATCH', url: `/api/targets/${id}`, payload: { version, per } })
    expect((await mend(1, null)).statusCode).toBe(200)
    expect(office.target(id).per).toBeNull()
    await office.done('supervisor', id, 'accept', { per: 'year', indicator: '改过的指标' })
    const after = await office.get('supervisor', `/api/review?id=${id}&state=extracted,confirmed,dropped,merged`)
    expect(after.json().items).toMatchObject([{ per: 'year', indicator: '改过的指标', state: 'confirmed' }])
  })

  it('mends any field, keeps what was extracted and shows both', async () => {
    const id = office.addTarget()
    const patch = await office.injectAs('supervisor', {
      method: 'PATCH',
      url: `/api/targets/${id}`,
      payload: {
        version: 1,
        value: 0,
        deadline: '2027-06-30',
        units: [
          { role: 'lead', name: '甲局' },
          { role: 'support', name: '不认识的局' },
        ],
      },
    })
    expect(patch.statusCode).toBe(200)
    expect(office.target(id)).toMatchObject({
      value: 0,
      deadline: '2027-06-30',
      deadlineBasis: 'explicit',
      deadlineRule: '人工校核',
      version: 2,
      extracted: { value: 60 },
    })
    expect(unitsOf(id)).toEqual([
      ['lead', '甲局', office.unitIds.own],
      ['support', '不认识的局', null],
    ])
    const versions = (await office.get('leader', `/api/targets/${id}/versions`)).json()
    expect(
      versions.fields.filter((f: { changed: boolean }) => f.changed).map((f: { field: string }) => f.field),
    ).toEqual(['value', 'deadline', 'support'])
  })

  it('tells which fields the rules doubt, until somebody mends them', async () => {
    const plain = office.addTarget({ confidence: 0.8 })
    const { extracted } = office.target(plain)
    const doubtful = office.addTarget({
      confidence: 0.5,
      extracted: { ...extracted, doubts: ['units', 'indicator', 'value'] },
    })
    const doubts = async () =>
      (await office.get('supervisor', '/api/review'))
        .json()
        .items.map((one: { id: number; doubts: string[] }) => [one.id, one.doubts])
    expect(await doubts()).toEqual([
      [plain, []],
      [doubtful, ['units', 'indicator', 'value']],
    ])
    await office.done('supervisor', doubtful, 'mend', { value: 61 })
    expect(await doubts()).toEqual([
      [plain, []],
      [doubtful, ['units', 'indicator']],
    ])
  })

  it('refuses fields that do not fit together, a number as text, and an old version', async () => {
    const id = office.addTarget()
    expect((await office.step('supervisor', id, 'mend', { op: 'range', valueHigh: 50 })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'valueHigh' }],
    })
    expect((await office.step('supervisor', id, 'mend', { value: '60' })).statusCode).toBe(400)
    await office.done('supervisor', id, 'mend', { value: 61 })
    const stale = await office.step('supervisor2', id, 'mend', { version: 1, value: 62 })
    expect(stale.statusCode).toBe(409)
    expect(stale.json()).toMatchObject({ code: 'version-conflict', current: { value: 61, version: 2 } })
    expect(office.target(id).value).toBe(61)
  })

  it('proposes duplicates and merges them, and takes it back', async () => {
    const keep = office.addTarget({ confidence: 0.95 })
    const twin = office.addTarget({ indicator: '全市森林覆盖率', confidence: 0.6 })
    office.addTarget({ indicator: '造林面积' })
    const { items } = (await office.get('supervisor', '/api/review/duplicates')).json()
    expect(items).toMatchObject([{ keep: { id: keep }, duplicate: { id: twin }, sameDocument: true }])
    await office.done('supervisor', twin, 'merge', { intoId: keep })
    expect(office.target(twin)).toMatchObject({ state: 'merged', mergedIntoId: keep })
    expect((await office.step('supervisor', keep, 'merge', { intoId: twin })).statusCode).toBe(400)
    await office.done('supervisor', twin, 'undo')
    expect(office.target(twin)).toMatchObject({ state: 'extracted', mergedIntoId: null })
  })

  it('splits one into several and takes it back as long as no part has been touched', async () => {
    const id = office.addTarget()
    const { record } = await office.done('supervisor', id, 'split', {
      parts: [
        { indicator: '城区森林覆盖率', value: 40 },
        { indicator: '山区森林覆盖率', value: 80 },
      ],
    })
    expect(office.target(id)).toMatchObject({ indicator: '城区森林覆盖率', value: 40, state: 'extracted' })
    expect(office.target(record!.id)).toMatchObject({
      indicator: '山区森林覆盖率',
      value: 80,
      state: 'extracted',
      extracted: { value: 60 },
    })
    expect(unitsOf(record!.id)).toEqual([['lead', '甲局', office.unitIds.own]])
    await office.done('supervisor', id, 'undo')
    expect(office.target(id)).toMatchObject({ indicator: '森林覆盖率', value: 60 })
    expect(office.target(record!.id)).toMatchObject({ state: 'dropped', droppedReason: '撤销拆分' })
  })

  it('refuses a 拆分 into parts that say the same, and names the part that is wrong', async () => {
    const id = office.addTarget()
    const refused = async (parts: object[]) => (await office.step('supervisor', id, 'split', { parts })).json().errors
    expect(await refused([{}, {}])).toEqual([{ path: 'parts.1', message: '与第1条相同' }])
    expect(await refused([{ value: 40 }, { value: 80, op: 'range', valueHigh: 70 }])).toMatchObject([
      { path: 'parts.1.valueHigh' },
    ])
    expect(await refused([{ value: 40 }])).toMatchObject([{ path: 'parts' }])
    expect(office.db.select().from(targets).all()).toHaveLength(1)
  })

  it('takes steps back one after the other, a 拆分 too when nothing of its parts is left done', async () => {
    const id = office.addTarget()
    const before = office.target(id)
    await office.done('supervisor', id, 'mend', { indicator: '森林覆盖率和绿地率' })
    const { made } = (await office.done('supervisor', id, 'split', {
      parts: [
        { indicator: '森林覆盖率' },
        { indicator: '绿地率', value: 40 },
        { indicator: '绿道里程', value: 90, unit: '公里' },
      ],
    })) as { made?: number[] }
    expect(made).toHaveLength(2)
    const [second] = made!
    await office.done('supervisor', second!, 'accept')
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'undo')
    expect((await office.step('supervisor', id, 'undo')).json()).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('已被处理') as string }],
    })
    await office.done('supervisor', second!, 'undo')
    await office.done('supervisor', id, 'undo')
    expect(made!.map((one) => office.target(one).state)).toEqual(['dropped', 'dropped'])
    expect(office.target(id)).toMatchObject({ indicator: '森林覆盖率和绿地率', value: 60, state: 'extracted' })
    await office.done('supervisor', id, 'undo')
    const { version: _v, updatedAt: _u, ...same } = before
    expect(office.target(id)).toMatchObject(same)
    expect((await office.step('supervisor', id, 'undo')).json().code).toBe('nothing-to-undo')
  })

  it('takes a 拆分 back whose first part is just what the target was', async () => {
    const id = office.addTarget()
    const before = office.target(id)
    const { made } = (await office.done('supervisor', id, 'split', {
      parts: [{ indicator: before.indicator }, { indicator: '绿地率', value: 40 }],
    })) as { made?: number[] }
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'undo')
    await office.done('supervisor', id, 'undo')
    expect(office.target(made![0]!).state).toBe('dropped')
    expect(office.target(id)).toMatchObject({ indicator: before.indicator, value: before.value, state: 'extracted' })
    expect((await office.step('supervisor', id, 'undo')).json().code).toBe('nothing-to-undo')
  })

  it('says what a candidate may be split into', async () => {
    const parts = async (id: number) => {
      const { items } = (await office.get('supervisor', `/api/review?id=${id}`)).json()
      return items[0].parts.map(
        (part: { indicator: string; op: string; value: number; unit: string; deadline: string }) => [
          part.indicator,
          part.op,
          part.value,
          part.unit,
          part.deadline,
        ],
      )
    }
    expect(await parts(office.addTarget())).toEqual([])
    const evidence =
      '到2026年，全市森林覆盖率达到60%以上，城市绿地率不低于38%；到2027年建成绿道120公里，较2020年的70公里明显增加。'
    const many = office.addTarget({ evidence, clauseStart: 700 })
    expect(await parts(many)).toEqual([
      ['森林覆盖率', '>=', 60, '%', '2026-12-31'],
      ['城市绿地率', '>=', 38, '%', '2026-12-31'],
      ['建成绿道', '>=', 120, '公里', '2027-12-31'],
    ])
    // what another candidate holds is not offered again, its value mended or not
    office.addTarget({ evidence, clauseStart: 700, indicator: '城市绿地率', value: 40 })
    expect(await parts(many)).toEqual([
      ['森林覆盖率', '>=', 60, '%', '2026-12-31'],
      ['建成绿道', '>=', 120, '公里', '2027-12-31'],
    ])
    const plain = { op: null, value: null, unit: null, measure: null, baselineValue: null, baselineUnit: null }
    const milestone = office.addTarget({
      ...plain,
      kind: 'milestone',
      indicator: '完成规划编制，启动项目建设',
      evidence: '2026年底前完成规划编制，启动项目建设。',
    })
    expect((await parts(milestone)).map(([indicator]: [string]) => indicator)).toEqual(['完成规划编制', '启动项目建设'])
  })

  it('shows what was extracted, what was confirmed and what holds now, and who changed what', async () => {
    const id = office.addTarget()
    const versions = async (of = id) => (await office.get('supervisor', `/api/targets/${of}/versions`)).json()
    expect(await versions()).toMatchObject({ byHand: false, changes: [] })
    expect(
      (await versions()).fields.some((field: { changed: boolean; since: boolean }) => field.changed || field.since),
    ).toBe(false)
    await office.done('supervisor', id, 'mend', { value: 61 })
    await office.done('supervisor2', id, 'accept', {
      value: 62,
      units: [
        { role: 'lead', name: '甲局' },
        { role: 'support', name: '乙局' },
      ],
    })
    await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
    await office.done('reporter', id, 'sign')
    const { record } = await office.done('reporter', id, 'ask-extension', {
      deadline: '2027-06-30',
      reason: '受汛期影响',
    })
    await office.done('supervisor', id, 'grant', { requestId: record!.id })
    const { fields, changes } = await versions()
    const of = (name: string) => fields.find(({ field }: { field: string }) => field === name)
    expect(of('value')).toEqual({ field: 'value', extracted: 60, confirmed: 62, now: 62, changed: true, since: false })
    expect(of('deadline')).toEqual({
      field: 'deadline',
      extracted: '2026-12-31',
      confirmed: '2026-12-31',
      now: '2027-06-30',
      changed: false,
      since: true,
    })
    expect(of('support')).toEqual({
      field: 'support',
      extracted: [],
      confirmed: ['乙局'],
      now: ['乙局'],
      changed: true,
      since: false,
    })
    expect(
      changes.map((one: { title: string; who: string; fields: object[] }) => [one.title, one.who, one.fields]),
    ).toEqual([
      ['修改', 'supervisor', [{ field: 'value', before: 60, after: 61 }]],
      [
        '立项',
        'supervisor2',
        [
          { field: 'value', before: 61, after: 62 },
          { field: 'support', before: [], after: ['乙局'] },
        ],
      ],
      [
        '交办',
        'supervisor',
        [
          { field: 'reportFrequency', before: null, after: 'quarterly' },
          { field: 'supervisorId', before: null, after: 'supervisor' },
        ],
      ],
      ['同意申请', 'supervisor', [{ field: 'deadline', before: '2026-12-31', after: '2027-06-30' }]],
    ])
    const byHand = office.addTarget({ extracted: null })
    expect(await versions(byHand)).toEqual({ byHand: true, fields: [], changes: [] })
    expect((await office.get('reporter', `/api/targets/${id}/versions`)).statusCode).toBe(403)
  })

  it('drops with a reason only, and undoes each step to exactly what was before', async () => {
    const id = office.addTarget()
    expect((await office.step('supervisor', id, 'drop')).statusCode).toBe(400)
    await office.done('supervisor', id, 'drop', { reason: '属于背景介绍，不是目标' })
    expect((await office.step('supervisor', id, 'accept')).json().code).toBe('wrong-state')
    await office.done('supervisor', id, 'undo')
    const before = office.target(id)
    await office.done('supervisor', id, 'accept', { indicator: '林木覆盖率', units: [] })
    await office.done('supervisor', id, 'undo')
    const { version: _v, updatedAt: _u, ...same } = before
    expect(office.target(id)).toMatchObject(same)
    expect(unitsOf(id)).toEqual([['lead', '甲局', office.unitIds.own]])
    expect((await office.step('supervisor', id, 'undo')).json().code).toBe('nothing-to-undo')
  })

  it('does not undo 立项 once it has been assigned', async () => {
    const id = office.addTarget()
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign')
    expect((await office.step('supervisor', id, 'undo')).statusCode).toBe(409)
  })

  it('adds one by hand from a selection of the document', async () => {
    const start = TEXT.indexOf('到2026年，新建')
    const payload = {
      documentId: office.documentId,
      start,
      end: start + TEXT.slice(start).indexOf('\n'),
      kind: 'quantity',
      indicator: '新建公里数',
      op: '>=',
      value: 100,
      unit: '公里',
      measure: 'level',
      deadline: '2026-12-31',
      units: [{ role: 'lead', name: '乙局' }],
    }
    const response = await office.injectAs('supervisor', { method: 'POST', url: '/api/targets', payload })
    expect(response.statusCode).toBe(201)
    expect(office.target(response.json().id)).toMatchObject({
      state: 'confirmed',
      confidence: 1,
      extracted: null,
      evidence: '到2026年，新建公里数达到100公里。',
      startOn: '2024-01-10',
    })
    expect(
      (await office.injectAs('supervisor', { method: 'POST', url: '/api/targets', payload: { ...payload, end: 9999 } }))
        .statusCode,
    ).toBe(400)
    expect((await office.injectAs('leader', { method: 'POST', url: '/api/targets', payload })).statusCode).toBe(403)
    expect(office.db.select().from(targets).all()).toHaveLength(1)
  })

  it('asks for an unknown name once and remembers the answer', async () => {
    const a = office.addTarget({}, [
      { role: 'lead', name: '市林草局' },
      { role: 'support', name: '各有关部门' },
    ])
    const b = office.addTarget({}, [{ role: 'responsible', name: '市林草局' }])
    for (const id of [a, b]) await office.done('supervisor', id, 'accept')
    const refused = await office.step('supervisor', a, 'assign')
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'unresolved-units',
      errors: [{ message: '市林草局' }, { message: '各有关部门' }],
    })
    expect((await office.get('supervisor', '/api/review/names')).json().items).toEqual([
      { name: '市林草局', targets: 2, proposals: [] },
      { name: '各有关部门', targets: 1, proposals: [] },
    ])
    const name = (payload: object) =>
      office.injectAs('supervisor', { method: 'POST', url: '/api/review/names', payload })
    expect((await name({ name: '市林草局', unitId: office.unitIds.own })).json()).toEqual({
      unitId: office.unitIds.own,
      targets: 2,
    })
    expect((await name({ name: '各有关部门', create: 'group' })).statusCode).toBe(200)
    expect((await office.get('supervisor', '/api/review/names')).json().items).toEqual([])
    await office.done('supervisor', a, 'assign')
    const c = office.addTarget({}, [{ role: 'lead', name: '市 林草局' }])
    await office.done('supervisor', c, 'accept')
    expect(unitsOf(c)).toEqual([['lead', '市 林草局', office.unitIds.own]])
  })
})
