import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { targets, targetUnits } from '../../../db/schema/index.ts'
import { buildOffice, type Office, TEXT } from '../supervision/office.ts'

let office: Office
beforeEach(async () => { office = await buildOffice() })
afterEach(() => office.close())

const unitsOf = (id: number) => office.db.select().from(targetUnits).where(eq(targetUnits.targetId, id)).all().map((u) => [u.role, u.name, u.unitId])

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
      method: 'POST', url: '/api/targets/steps/accept', payload: { items: [{ id: good, version: 1 }, { id: bad, version: 1 }, { id: 999, version: 1 }] },
    })
    expect(response.json()).toMatchObject({ done: 1, failed: 2, items: [{ id: good, ok: true, state: 'confirmed', version: 2 }, { ok: false, code: 'invalid-input' }, { ok: false, code: 'not-found' }] })
    expect(office.target(good).confirmedAt).toBe(office.clock.now.toISOString())
    expect(office.target(bad)).toMatchObject({ state: 'extracted', version: 1 })
    expect(unitsOf(good)).toEqual([['lead', '甲局', office.unitIds.own]])
  })

  it('mends any field, keeps what was extracted and shows both', async () => {
    const id = office.addTarget()
    const patch = await office.injectAs('supervisor', {
      method: 'PATCH', url: `/api/targets/${id}`, payload: { version: 1, value: 0, deadline: '2027-06-30', units: [{ role: 'lead', name: '甲局' }, { role: 'support', name: '不认识的局' }] },
    })
    expect(patch.statusCode).toBe(200)
    expect(office.target(id)).toMatchObject({ value: 0, deadline: '2027-06-30', deadlineBasis: 'explicit', deadlineRule: '人工校核', version: 2, extracted: { value: 60 } })
    expect(unitsOf(id)).toEqual([['lead', '甲局', office.unitIds.own], ['support', '不认识的局', null]])
    const versions = (await office.get('leader', `/api/targets/${id}/versions`)).json()
    expect(versions.fields.filter((f: { changed: boolean }) => f.changed).map((f: { field: string }) => f.field)).toEqual(['value', 'deadline', 'support'])
  })

  it('refuses fields that do not fit together, a number as text, and an old version', async () => {
    const id = office.addTarget()
    expect((await office.step('supervisor', id, 'mend', { op: 'range', valueHigh: 50 })).json()).toMatchObject({ status: 400, errors: [{ path: 'valueHigh' }] })
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
    const { record } = await office.done('supervisor', id, 'split', { parts: [{ indicator: '城区森林覆盖率', value: 40 }, { indicator: '山区森林覆盖率', value: 80 }] })
    expect(office.target(id)).toMatchObject({ indicator: '城区森林覆盖率', value: 40, state: 'extracted' })
    expect(office.target(record!.id)).toMatchObject({ indicator: '山区森林覆盖率', value: 80, state: 'extracted', extracted: { value: 60 } })
    expect(unitsOf(record!.id)).toEqual([['lead', '甲局', office.unitIds.own]])
    await office.done('supervisor', id, 'undo')
    expect(office.target(id)).toMatchObject({ indicator: '森林覆盖率', value: 60 })
    expect(office.target(record!.id)).toMatchObject({ state: 'dropped', droppedReason: '撤销拆分' })
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
    const payload = { documentId: office.documentId, start, end: start + TEXT.slice(start).indexOf('\n'), kind: 'quantity', indicator: '新建公里数', op: '>=', value: 100, unit: '公里', measure: 'level', deadline: '2026-12-31', units: [{ role: 'lead', name: '乙局' }] }
    const response = await office.injectAs('supervisor', { method: 'POST', url: '/api/targets', payload })
    expect(response.statusCode).toBe(201)
    expect(office.target(response.json().id)).toMatchObject({ state: 'confirmed', confidence: 1, extracted: null, evidence: '到2026年，新建公里数达到100公里。', startOn: '2024-01-10' })
    expect((await office.injectAs('supervisor', { method: 'POST', url: '/api/targets', payload: { ...payload, end: 9999 } })).statusCode).toBe(400)
    expect((await office.injectAs('leader', { method: 'POST', url: '/api/targets', payload })).statusCode).toBe(403)
    expect(office.db.select().from(targets).all()).toHaveLength(1)
  })

  it('asks for an unknown name once and remembers the answer', async () => {
    const a = office.addTarget({}, [{ role: 'lead', name: '市林草局' }, { role: 'support', name: '各有关部门' }])
    const b = office.addTarget({}, [{ role: 'responsible', name: '市林草局' }])
    for (const id of [a, b]) await office.done('supervisor', id, 'accept')
    const refused = await office.step('supervisor', a, 'assign')
    expect(refused.json()).toMatchObject({ status: 409, code: 'unresolved-units', errors: [{ message: '市林草局' }, { message: '各有关部门' }] })
    expect((await office.get('supervisor', '/api/review/names')).json().items).toEqual([{ name: '市林草局', targets: 2, proposals: [] }, { name: '各有关部门', targets: 1, proposals: [] }])
    const name = (payload: object) => office.injectAs('supervisor', { method: 'POST', url: '/api/review/names', payload })
    expect((await name({ name: '市林草局', unitId: office.unitIds.own })).json()).toEqual({ unitId: office.unitIds.own, targets: 2 })
    expect((await name({ name: '各有关部门', create: 'generic' })).statusCode).toBe(200)
    expect((await office.get('supervisor', '/api/review/names')).json().items).toEqual([])
    await office.done('supervisor', a, 'assign')
    const c = office.addTarget({}, [{ role: 'lead', name: '市 林草局' }])
    await office.done('supervisor', c, 'accept')
    expect(unitsOf(c)).toEqual([['lead', '市 林草局', office.unitIds.own]])
  })
})
