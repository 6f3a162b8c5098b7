import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Marks } from '../../../server/counting/marks.ts'
import { firstOf, Order } from '../../../server/counting/order.ts'

/** A day as a number, nothing to be sorted by, or a target that was not known. */
const key = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 20_000, max: 20_006 }) },
  fc.constant(Infinity),
  fc.constant(NaN),
)

test('a page picked out of what nobody has sorted is the page of the order', () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 60 }),
      fc.option(fc.record({ id: fc.nat(60), key: key.filter((one) => !Number.isNaN(one)) }), { nil: null }),
      fc.boolean(),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 3 }),
      (some, after, descending, limit, every) => {
        const keys = Float64Array.from([NaN, ...some])
        const accept = (id: number) => id % every === 0
        const picked = firstOf(keys.length, (id) => keys[id]!, accept, after, { descending, limit })
        expect(picked).toEqual(new Order(keys).page(accept, after, { descending, limit }))
      },
    ),
    // a page full of what has no key, and one with a key behind it
    { numRuns: 1000, examples: [[[Infinity, 20_000], null, true, 1, 1]] },
  )
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
