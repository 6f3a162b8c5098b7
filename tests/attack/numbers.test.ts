import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { reports, targets } from '../../db/schema/index.ts'
import { DEFAULT_THRESHOLDS, lightOf } from '../../db/domain/lights.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

describe('a number too large to count with', () => {
  it.each([1e16, -1e16, 1e305])('%s is refused in the form and in 校核, with the field named', async (value) => {
    const id = await office.signedTarget()
    const draft = await office.step('reporter', id, 'draft', {
      value,
      done: null,
      asOf: '2026-06-30',
      note: null,
      correctsId: null,
    })
    expect(draft.statusCode).toBe(400)
    expect(draft.json().errors[0]).toMatchObject({ path: 'value' })
    const candidate = office.addTarget()
    const mended = await office.step('supervisor', candidate, 'mend', { value })
    expect(mended.statusCode).toBe(400)
  })

  it.each([Infinity, -Infinity, 1e305, 1.7e308])(
    '%s in a row of an older version takes no page down',
    async (value) => {
      const id = await office.signedTarget()
      const candidate = office.addTarget({ value, valueHigh: value, op: 'range', baselineValue: -value })
      const other = await office.signedTarget({ value: 1, baselineValue: null })
      office.db
        .insert(reports)
        .values({
          targetId: other,
          unitId: office.unitIds.own,
          value,
          asOf: '2026-06-01',
          status: 'approved',
          createdAt: '2026-06-01T00:00:00.000Z',
        })
        .run()
      office.db.update(targets).set({ value }).where(eq(targets.id, id)).run()
      for (const url of [
        '/api/review',
        `/api/documents/${office.documentId}/findings`,
        '/api/targets',
        '/api/targets?sort=progress',
        '/api/targets?sort=-progress&limit=1',
        '/api/targets/facets',
        '/api/overview',
        '/api/targets/' + id,
        '/api/targets/' + other,
        '/api/targets/' + candidate,
        '/api/supervision/reports',
        '/api/review/duplicates',
        '/api/exports/targets?format=csv',
      ]) {
        const response = await office.get('supervisor', url)
        expect([url, response.statusCode, response.statusCode < 400 ? '' : response.body]).toEqual([url, 200, ''])
      }
    },
  )

  it('gives progress that is a finite number', () => {
    const target = {
      kind: 'quantity',
      op: '>=',
      value: 1,
      measure: 'level',
      baselineValue: null,
      startOn: '2024-01-01',
      deadline: '2026-12-31',
      years: [],
      reportFrequency: null,
      eachUnits: [],
      rollUp: 'worst',
      shares: [],
      reportsFrom: null,
      metOn: null,
      stages: null,
    } as const
    const light = lightOf(
      { ...target, years: [] },
      [{ unitId: null, asOf: '2026-01-01', value: 1e305, done: null }],
      '2026-06-30',
      DEFAULT_THRESHOLDS,
    )
    expect(light).toMatchObject({ light: 'done', progress: 1e9 })
  })
})
