import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'

test('no run of digits, however long, gives an infinite value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.constantFrom('%', '亿元', '个', '公里'), (digits, unit) => {
      const { targets } = extract(`到2025年，产值达到${'9'.repeat(digits)}${unit}，建成平台${'7'.repeat(digits)}个。`)
      for (const target of targets)
        if (target.kind === 'quantity')
          for (const value of [target.value].flat()) expect(Number.isFinite(value)).toBe(true)
    }),
    { numRuns: 60 },
  )
})
