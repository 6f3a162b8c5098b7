import { afterAll, beforeAll, expect, it } from 'vitest'
import { targetsWithSpans, writeSpans } from '../../db/light-spans.ts'
import { type OpenDb, openDatabase } from '../../db/open.ts'

let db: OpenDb
beforeAll(() => {
  db = openDatabase(':memory:')
  db.$client.pragma('foreign_keys = OFF')
})
afterAll(() => db.$client.close())

it('tells the targets that have spans, of their own or of a unit, from those that have none', () => {
  const span = {
    ...{ fromDay: '2026-01-01', toDay: '9999-12-31', light: 'normal' as const, late: false },
    ...{ progress: 50, value: 65, valueAsOf: '2026-01-01', missingBaseline: false },
  }
  writeSpans(db.$client, { targetId: 1, unitId: null }, [], [span])
  writeSpans(db.$client, { targetId: 3, unitId: 7 }, [], [{ ...span, value: 2 }])
  expect(targetsWithSpans(db.$client, [1, 2, 3, 4])).toEqual(new Set([1, 3]))
})
