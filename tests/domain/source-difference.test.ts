import { expect, it } from 'vitest'
import { differs } from '../../db/domain/source-difference.ts'

it.each([
  [62.71, 62.7, 0, false, 'written with one digit less'],
  [62.7, 62.71, 0, false, 'the other way round'],
  [63, 62.71, 0, false, 'rounded to a whole number'],
  [62.71, 62.7, 0.5, false, 'and small beside'],
  [95.47, 95.48, 0.5, false, 'a hundredth of a point'],
  [95.47, 95.48, 0, true, 'a hundredth of a point, where everything is asked about'],
  [0.1 + 0.2, 0.3, 0, false, 'the last bit'],
  [62, 61, 0.5, true, 'a whole point'],
  [1000, 995, 0.5, true, 'just as much as is asked for'],
  [1000, 996, 0.5, false, 'less than is asked for'],
  [3, 0, 0.5, true, 'against nothing'],
  [0, 0, 0, false, 'nothing against nothing'],
  [1e-7, 2e-7, 0.5, true, 'very small values'],
])('%d and %d at %d per cent: %s (%s)', (unit, statistics, percent, expected) => {
  expect(differs(unit, statistics, percent)).toBe(expected)
})
