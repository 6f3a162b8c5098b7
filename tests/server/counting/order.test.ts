import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Marks } from '../../../server/counting/marks.ts'
import { addDays } from '../../../db/domain/dates.ts'
import { dayOf, StandingColumns } from '../../../server/counting/columns.ts'
import { deadlineKey, DeadlineOrder } from '../../../server/counting/deadline-order.ts'
import { compareDescending, compareSorted, firstOf, Order } from '../../../server/counting/order.ts'
import { Standing } from '../../../server/counting/standing.ts'
import { FIRST, intervals } from './intervals.ts'

const DEADLINES = ['2026-01-20', '2026-02-10', '2026-12-31', '2027-06-30'].map(dayOf)

/** A day as a number, nothing to be sorted by, or a target that was not known. */
const key = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 20_000, max: 20_006 }) },
  fc.constant(Infinity),
  fc.constant(NaN),
)

test('an order is by key and number, whether keys are whole numbers or not', () => {
  const some = fc.array(fc.oneof(key, fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 60 })
  fc.assert(
    fc.property(fc.oneof(some, fc.array(key, { maxLength: 60 })), (list) => {
      const keys = Float64Array.from([NaN, ...list])
      const known = [...keys].flatMap((key, id) => (Number.isNaN(key) ? [] : [{ id, key }]))
      const all = new Order(keys).page(() => true, null, { descending: false, limit: Infinity })
      expect(all).toEqual(known.sort((a, b) => (a.key === b.key ? a.id - b.id : a.key - b.key)))
    }),
    { numRuns: 500, examples: [[[]], [[0.5]], [[0.1, 0.2, 0.3]], [[0.3, 0.2, 0.1]]] },
  )
})

test('the first of a few are those of all of them, sorted', () => {
  const one = fc.record({ id: fc.nat(30), key: fc.constantFrom(1, 2, 2.5, Infinity) })
  fc.assert(
    fc.property(
      fc.uniqueArray(one, { maxLength: 40, selector: ({ id }) => id }),
      fc.option(one, { nil: null }),
      fc.boolean(),
      fc.integer({ min: 1, max: 50 }),
      (few, after, descending, limit) => {
        const compare = descending ? compareDescending : compareSorted
        const behind = few.filter((own) => after === null || compare(own, after) > 0).sort(compare)
        expect(firstOf(few, after, descending, limit)).toEqual(behind.slice(0, limit))
      },
    ),
    { numRuns: 500 },
  )
})

test('a page goes no further back than it is asked to, and then not to what has no key', () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 60 }),
      fc.option(fc.record({ id: fc.nat(60), key: fc.integer({ min: 20_000, max: 20_006 }) }), { nil: null }),
      fc.integer({ min: 19_999, max: 20_008 }),
      fc.integer({ min: 1, max: 12 }),
      (some, after, least, limit) => {
        const order = new Order(Float64Array.from([NaN, ...some]))
        const all = order.page(() => true, after, { descending: true, limit: Infinity })
        const within = all.filter(({ key }) => key >= least && key !== Infinity)
        expect(order.page(() => true, after, { descending: true, limit, least })).toEqual(within.slice(0, limit))
      },
    ),
    { numRuns: 500 },
  )
})

test('keys of which nothing is accepted are passed over, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 60 }),
      fc.option(fc.record({ id: fc.nat(60), key: key.filter((one) => !Number.isNaN(one)) }), { nil: null }),
      fc.subarray([20_000, 20_001, 20_002, 20_003, 20_004, 20_005, 20_006, Infinity]),
      fc.boolean(),
      fc.integer({ min: 1, max: 12 }),
      (some, after, none, descending, limit) => {
        const keys = Float64Array.from([NaN, ...some])
        const order = new Order(keys)
        const accepted = (id: number) => !none.includes(keys[id]!)
        const seen: number[] = []
        const accept = (id: number) => (seen.push(id), accepted(id))
        const without = (one: number) => none.includes(one)
        expect(order.page(accept, after, { descending, limit, without })).toEqual(
          order.page(accepted, after, { descending, limit }),
        )
        expect(seen.filter((id) => !accepted(id))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

test('the order by deadline is that of any day, whatever was written since it was asked', () => {
  let [moved, asked] = [0, 0]
  const write = fc.tuple(fc.integer({ min: 1, max: 40 }), intervals)
  const question = fc.record({
    day: fc.integer({ min: FIRST - 1, max: FIRST + 70 }),
    after: fc.option(fc.record({ id: fc.nat(40), key: fc.constantFrom(...DEADLINES, Infinity) }), { nil: null }),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 12 }),
    every: fc.integer({ min: 1, max: 3 }),
    least: fc.constantFrom(undefined, undefined, ...DEADLINES),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(write, question), { minLength: 10, maxLength: 40 }), (all) => {
      const columns = new StandingColumns()
      const order = new DeadlineOrder(columns)
      for (const [[id, list], { day, after, descending, limit, every, least }] of all) {
        columns.replace({ id, documentId: 1, start: 0 }, list)
        expect(order.follow()).toBe(true)
        const standing = new Standing(addDays('1970-01-01', day), columns)
        const accept = (one: number) => one % every === 0
        const keys = Float64Array.from({ length: columns.ids }, (_, one) => {
          const row = columns.rowAt(one, day)
          return row < 0 ? NaN : deadlineKey(columns, row)
        })
        keys.forEach((key, one) => {
          const last = columns.lastRow(one)
          if (!Number.isNaN(key) && key !== deadlineKey(columns, last)) moved++
        })
        const how = { descending, limit, ...(descending ? { least } : {}) }
        expect(order.page(standing, accept, after, how)).toEqual(new Order(keys).page(accept, after, how))
        asked++
      }
    }),
  )
  expect([moved > 50, asked > 300]).toEqual([true, true])
})

test('marks hold what was set last of each number', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5000), fc.boolean())), (steps) => {
      const [marks, plain] = [new Marks(), new Set<number>()]
      for (const [id, belongs] of steps) {
        marks.set(id, belongs)
        if (belongs) plain.add(id)
        else plain.delete(id)
      }
      for (const [id] of steps) expect([id, marks.has(id)]).toEqual([id, plain.has(id)])
      expect(marks.has(9_999)).toBe(false)
    }),
  )
})
