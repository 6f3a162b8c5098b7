import { describe, expect, test } from 'vitest'
import { chineseValue, readNumber } from '../../../extractors/parsers/number.ts'

describe('readNumber', () => {
  test.each([
    ['35%', 35, 2],
    ['0.6', 0.6, 3],
    ['1,234.5亿元', 1234.5, 7],
    ['4 860个', 4860, 5],
    ['12,34', 12, 2],
    ['2019', 2019, 4],
    ['三十五个', 35, 3],
    ['两千家', 2000, 2],
    ['一点五倍', 1.5, 3],
    ['一百二十', 120, 4],
    ['十', 10, 1],
  ])('%s', (text, value, end) => expect(readNumber(text, 0)).toMatchObject({ value, end }))

  test.each(['亿元', '万家', '建成', ''])('%s begins with no number', (text) => expect(readNumber(text, 0)).toBeNull())
})

describe('chineseValue', () => {
  test.each([
    ['二〇二五', 2025],
    ['两千五', 2500],
    ['三万零五百', 30_500],
    ['十五', 15],
    ['一亿二千万', 120_000_000],
  ])('%s', (numeral, value) => expect(chineseValue(numeral)).toBe(value))
  test.each(['一三', '百', '千万'])('%s is no numeral', (numeral) => expect(chineseValue(numeral)).toBeNull())
})
