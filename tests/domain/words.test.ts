import { describe, expect, it } from 'vitest'
import { formatNumber, formatPercent, plainNumber, share, signed } from '../../db/domain/numbers.ts'
import {
  comparisonWords,
  figureWords,
  gapWords,
  reportedWords,
  reportSentence,
  targetPieces,
  targetWords,
} from '../../db/domain/target-words.ts'
import { fileSize } from '../../web/src/file-size.ts'

const quantity = {
  kind: 'quantity' as const,
  op: '>=' as const,
  value: 30,
  valueHigh: null,
  unit: '%',
  measure: 'level' as const,
  per: null,
}

describe('numbers', () => {
  it.each([
    [0, '0'],
    [12, '12'],
    [1234.5, '1,234.5'],
    [1_000_000, '1,000,000'],
    [-3.25, '−3.25'],
    [0.1 + 0.2, '0.3'],
    [99.99999, '100'],
  ])('shows %d as %s', (value, text) => expect(formatNumber(value)).toBe(text))

  it.each([
    [1234.5, '1234.5'],
    [0.00004, '0'],
    [-0.00001, '0'],
    [1e21, '1000000000000000000000'],
    [-7, '-7'],
  ])('writes %d as %s in a file', (value, text) => expect(plainNumber(value)).toBe(text))

  it('tells 0 per cent from nothing known', () => {
    expect(formatPercent(0)).toBe('0%')
    expect(formatPercent(null)).toBe('—')
  })
})

describe('shares', () => {
  it.each([
    [0, 0, '—'],
    [0, 10, '0%'],
    [1, 3, '33.3%'],
    [10, 10, '100%'],
    [1, 100_000, '<0.1%'],
    [99_999, 100_000, '>99.9%'],
  ])('%d of %d is %s', (part, whole, text) => {
    expect(share(part, whole)).toBe(text)
  })

  it('have signs when compared', () => expect([signed(3), signed(-2), signed(0)]).toEqual(['+3', '−2', '持平']))
})

describe('targets in words', () => {
  it.each([
    [{ ...quantity }, '不低于 30%'],
    [{ ...quantity, value: 0, unit: '起', op: '<=' as const }, '不高于 0 起'],
    [{ ...quantity, op: '~' as const, unit: '万吨' }, '约 30 万吨'],
    [{ ...quantity, op: 'range' as const, valueHigh: 35 }, '30—35%'],
    [{ ...quantity, measure: 'growth' as const, unit: '个百分点', value: 5 }, '增幅不低于 5 个百分点'],
    [{ ...quantity, measure: 'reduction' as const, value: 18 }, '降幅不低于 18%'],
    [{ ...quantity, per: 'year' as const }, '每年不低于 30%'],
    [{ ...quantity, measure: 'multiple' as const, value: 2, unit: '倍' }, '不低于基期的 2 倍'],
    [{ ...quantity, measure: 'growth' as const, per: 'year' as const, value: 7.5 }, '每年增幅不低于 7.5%'],
    [{ ...quantity, kind: 'milestone' as const, op: null, value: null, unit: null }, '按期完成'],
    [{ ...quantity, kind: 'duty' as const, op: null, value: null, unit: null }, '落实到位'],
  ])('%j', (target, words) => expect(targetWords(target)).toBe(words))

  it('is set closely in files', () => {
    const target = { ...quantity, value: 1200, unit: '公里', measure: 'growth' as const, per: 'year' as const }
    expect(targetWords(target, 'text')).toBe('每年增幅不低于1200公里')
    expect(targetWords(target, 'page')).toBe('每年增幅不低于 1,200 公里')
  })

  it('has no figure without a value, and one for 0', () => {
    expect(figureWords({ ...quantity, value: null })).toBeNull()
    expect(figureWords({ ...quantity, value: 0 })).toBe('0%')
    expect(comparisonWords('range')).toBe('')
  })

  it('never shows a value without its unit', () => {
    expect(reportedWords(0, '%')).toBe('0%')
    expect(reportedWords(3, '万人')).toBe('3 万人')
  })

  it('never says a report in words where a value is expected', () => {
    expect(reportedWords(null, '%')).toBe('已报进展')
    expect(reportSentence({ value: null, asOf: '2024-04-28' }, null)).toBe('2024-04-28 已报进展')
    expect(reportSentence({ value: 58.5, asOf: '2024-04-28' }, '%')).toBe('2024-04-28 为 58.5%')
  })

  it('comes in pieces that no line of a paper breaks', () => {
    expect(targetPieces(quantity)).toEqual(['不低于', '30%'])
    expect(targetPieces({ ...quantity, op: 'range', valueHigh: 40 })).toEqual(['30—40%'])
    expect(targetPieces({ ...quantity, kind: 'milestone', value: null })).toEqual(['按期完成'])
    expect(targetPieces({ ...quantity, kind: undefined, value: null })).toEqual(['—'])
  })
})

describe('what is missing', () => {
  it.each([
    ['>=', 30, '%', 24.5, '差 5.5 个百分点'],
    ['>=', 30, '%', 30, null],
    ['<=', 0, '起', 2, '高出 2 起'],
    ['<=', 0, '起', 0, null],
    ['~', 100, '个', 96, null],
    ['~', 100, '个', 90, '偏离超过 5%'],
  ] as const)('%s %d%s, reported %d', (op, value, unit, reported, expected) => {
    expect(gapWords({ op, value, unit }, reported)).toBe(expected)
  })

  it('says nothing where nothing was reported', () =>
    expect(gapWords({ op: '>=', value: 30, unit: '%' }, null)).toBeNull())
})

it('names the size of files', () => {
  expect([fileSize(0), fileSize(2048), fileSize(52_428_800)]).toEqual(['0 B', '2 KB', '50.0 MB'])
})
