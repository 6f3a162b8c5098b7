import { afterAll, expect, it } from 'vitest'
import { gatherRows } from '../../db/gathered-rows.ts'
import { openDatabase } from '../../db/open.ts'
import { intakes } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'

const db = openDatabase(':memory:')
afterAll(() => db.$client.close())

const layout = { sheet: 0, headerRow: 1, headerRows: 1, columns: ['indicator'] }
const row = { kind: 'ledger', fileName: '台账.csv', layout, outcome: null, createdAt: '2026-06-30T00:00:00.000Z' } as const
const KEYS = ['kind', 'fileName', 'layout', 'outcome', 'createdAt'] as const

it('writes rows as the schema means them, with the numbers it said: JSON as JSON, nothing as nothing, defaults where a field is left out', () => {
  const told = inTransaction(db, (tx) => {
    const rows = gatherRows(tx, intakes, KEYS)
    const ids = [rows.add(row), rows.add({ ...row, outcome: { made: 3 } })]
    expect(tx.select().from(intakes).all()).toEqual([])
    rows.write()
    return ids
  })
  expect(db.select().from(intakes).all()).toMatchObject([
    { ...row, id: told[0], outcome: null, status: 'open', version: 1 },
    { ...row, id: told[1], outcome: { made: 3 }, status: 'open', version: 1 },
  ])
  expect(db.$client.prepare('SELECT outcome FROM intakes WHERE id = ?').pluck().get(told[0])).toBeNull()
})

it('leaves nothing behind where its transaction is rolled back, and gives no number of a removed row again', () => {
  const before = db.select().from(intakes).all()
  const failing = () =>
    inTransaction(db, (tx) => {
      const rows = gatherRows(tx, intakes, KEYS)
      rows.add(row)
      rows.write()
      gatherRows(tx, intakes, KEYS).add(row)
      throw new Error('refused in the end')
    })
  expect(failing).toThrow('refused in the end')
  expect(db.select().from(intakes).all()).toEqual(before)
  db.delete(intakes).run()
  const rows = gatherRows(db, intakes, KEYS)
  expect(rows.add(row)).toBe(before.at(-1)!.id + 1)
  rows.write()
  expect(db.select({ id: intakes.id }).from(intakes).all()).toEqual([{ id: before.at(-1)!.id + 1 }])
})

it('refuses a row with a field that would not be written', () => {
  const rows = gatherRows(db, intakes, ['kind', 'layout', 'createdAt'])
  const { kind, createdAt } = row
  expect(() => rows.add({ kind, createdAt, layout: {} as never, fileName: 'x' } as never)).toThrow(
    'intakes: fileName is not among the fields that are written',
  )
})
