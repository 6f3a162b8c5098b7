import { afterAll, expect, it } from 'vitest'
import { gatherRows } from '../../db/gathered-rows.ts'
import { openDatabase } from '../../db/open.ts'
import { intakeRecords, intakes } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'

const db = openDatabase(':memory:')
afterAll(() => db.$client.close())

const layout = { sheet: 0, headerRow: 1, headerRows: 1, columns: ['indicator'] }
const row = {
  kind: 'ledger',
  fileName: '台账.csv',
  layout,
  outcome: null,
  createdAt: '2026-06-30T00:00:00.000Z',
} as const
const KEYS = ['kind', 'fileName', 'layout', 'outcome', 'createdAt'] as const

it('writes rows as the schema means them: JSON as JSON, nothing as nothing, defaults where a field is left out; those of another table by their new numbers', () => {
  db.insert(intakes).values(row).run()
  const rows = gatherRows(db, intakes, KEYS)
  const records = gatherRows(db, intakeRecords, ['intakeId', 'entity', 'entityId'])
  for (const outcome of [null, { made: 3 }])
    records.add({ intakeId: rows.add({ ...row, outcome }), entity: 'unit', entityId: 7 })
  expect(db.select().from(intakes).all()).toHaveLength(1)
  const after = inTransaction(db, () => {
    const last = rows.write()
    records.write({ intakeId: last })
    return last
  })
  expect(after).toBe(1)
  expect(db.select().from(intakes).all().slice(1)).toMatchObject([
    { ...row, id: 2, outcome: null, status: 'open', version: 1 },
    { ...row, id: 3, outcome: { made: 3 }, status: 'open', version: 1 },
  ])
  expect(db.$client.prepare('SELECT outcome FROM intakes WHERE id = 2').pluck().get()).toBeNull()
  expect(
    db
      .select()
      .from(intakeRecords)
      .all()
      .map(({ intakeId, entityId }) => [intakeId, entityId]),
  ).toEqual([
    [2, 7],
    [3, 7],
  ])
})

it('leaves nothing behind where its transaction is rolled back, and gives no number of a removed row again', () => {
  const before = db.select().from(intakes).all()
  const failing = () =>
    inTransaction(db, (tx) => {
      const rows = gatherRows(tx, intakes, KEYS)
      rows.add(row)
      rows.write()
      throw new Error('refused in the end')
    })
  expect(failing).toThrow('refused in the end')
  expect(db.select().from(intakes).all()).toEqual(before)
  db.delete(intakeRecords).run()
  db.delete(intakes).run()
  const rows = gatherRows(db, intakes, KEYS)
  rows.add(row)
  expect(rows.write()).toBe(before.at(-1)!.id)
  expect(db.select({ id: intakes.id }).from(intakes).all()).toEqual([{ id: before.at(-1)!.id + 1 }])
})

it('refuses a row with a field that would not be written', () => {
  const rows = gatherRows(db, intakes, ['kind', 'layout', 'createdAt'])
  const { kind, createdAt } = row
  expect(() => rows.add({ kind, createdAt, layout, fileName: 'x' } as never)).toThrow(
    'intakes: fileName is not among the fields that are written',
  )
})
