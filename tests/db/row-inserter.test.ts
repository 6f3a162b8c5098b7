import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { rowInserter } from '../../db/row-inserter.ts'
import { intakes } from '../../db/schema/index.ts'

const db = openDatabase(':memory:')
afterAll(() => db.$client.close())

it('writes rows as the schema means them: JSON as JSON, nothing as nothing, defaults where a field is left out', () => {
  const insert = rowInserter(db, intakes, ['kind', 'fileName', 'layout', 'outcome', 'createdAt'])
  const layout = { sheet: 0, headerRow: 1, headerRows: 1, columns: ['indicator'] }
  const row = {
    kind: 'ledger',
    fileName: '台账.csv',
    layout,
    outcome: null,
    createdAt: '2026-06-30T00:00:00.000Z',
  } as const
  expect([insert(row), insert({ ...row, outcome: { made: 3 } })]).toEqual([1, 2])
  expect(db.select().from(intakes).all()).toMatchObject([
    { ...row, outcome: null, status: 'open', version: 1 },
    { ...row, outcome: { made: 3 }, status: 'open', version: 1 },
  ])
  expect(db.$client.prepare('SELECT outcome FROM intakes WHERE id = 1').pluck().get()).toBeNull()
})

it('refuses a row with a field that would not be written', () => {
  const insert = rowInserter(db, intakes, ['kind', 'layout', 'createdAt'])
  const row = { kind: 'ledger' as const, layout: {} as never, createdAt: '2026-06-30T00:00:00.000Z', fileName: 'x' }
  expect(() => insert(row)).toThrow('intakes: fileName is not among the fields that are written')
})
