import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Marks } from '../../../server/counting/marks.ts'

test('marks are a set of numbers, told in their order, however far they go', () => {
  const change = fc.tuple(fc.oneof(fc.nat(70), fc.nat(20_000)), fc.boolean())
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80 }), fc.nat(300), (changes, room) => {
      const [marks, plain] = [new Marks(room), new Set<number>()]
      for (const [id, belongs] of changes) {
        marks.set(id, belongs)
        if (belongs) plain.add(id)
        else plain.delete(id)
      }
      const told: number[] = []
      marks.each((id) => told.push(id))
      expect(told).toEqual([...plain].sort((a, b) => a - b))
      for (const [id] of changes) expect(marks.has(id)).toBe(plain.has(id))
    }),
    { numRuns: 500 },
  )
})
