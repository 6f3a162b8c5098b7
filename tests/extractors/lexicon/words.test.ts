import { describe, expect, test } from 'vitest'
import { GROWTH_WORDS, REDUCTION_WORDS } from '../../../extractors/lexicon/changes.ts'
import { AFTER, BEFORE } from '../../../extractors/lexicon/comparators.ts'
import {
  AMOUNT_UNITS,
  COUNTER_UNITS,
  MONEY_UNITS,
  PERCENT_UNITS,
  POINT_UNITS,
  TIME_UNITS,
} from '../../../extractors/lexicon/measures.ts'
import { MAGNITUDES } from '../../../extractors/lexicon/numerals.ts'
import { FIVE_YEAR_PLANS } from '../../../extractors/lexicon/periods.ts'
import { readUnit } from '../../../extractors/parsers/unit-of-measure.ts'

const kinds: readonly [kind: string, words: readonly string[]][] = [
  ['amount', AMOUNT_UNITS],
  ['counter', COUNTER_UNITS],
  ['money', MONEY_UNITS],
  ['percent', PERCENT_UNITS],
  ['points', POINT_UNITS],
  ['time', TIME_UNITS],
]

describe('units of measure', () => {
  test.each(kinds)('every %s is read whole, before a mark', (_, words) => {
    expect(words.filter((word) => readUnit(`${word}。`, 0)?.unit !== word)).toEqual([])
  })
  test.each(MAGNITUDES)('%s belongs to the unit as written', (magnitude) =>
    expect(readUnit(`${magnitude}亩`, 0)?.unit).toBe(`${magnitude}亩`),
  )
  test('no unit has two kinds', () => {
    const words = kinds.flatMap(([, list]) => [...new Set(list)])
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
  })
})

describe('comparators', () => {
  test('none has two operators', () => {
    for (const list of [BEFORE, AFTER]) {
      const seen = new Map<string, string>()
      for (const { word, op } of list) {
        expect(seen.get(word) ?? op, word).toBe(op)
        seen.set(word, op)
      }
    }
  })
  test('the longer of two comes first', () =>
    expect(BEFORE.every(({ word }, i) => i === 0 || (BEFORE[i - 1]?.word.length ?? 0) >= word.length)).toBe(true))
})

test('no word is both growth and reduction', () =>
  expect(GROWTH_WORDS.filter((word) => (REDUCTION_WORDS as readonly string[]).includes(word))).toEqual([]))

test('five-year plans end every five years', () =>
  expect(Object.values(FIVE_YEAR_PLANS)).toEqual([2000, 2005, 2010, 2015, 2020, 2025, 2030, 2035]))
