import { describe, expect, it } from 'vitest'
import {
  comparison,
  figure,
  fileSize,
  formatNumber,
  formatPercent,
  gap,
  reportedWords,
  targetWords,
} from '../../web/src/domain/values.ts'

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

  it('tells 0 per cent from nothing known', () => {
    expect(formatPercent(0)).toBe('0%')
    expect(formatPercent(null)).toBe('—')
  })
})

describe('targets in words', () => {
  it.each([
    [{ ...quantity }, '不低于 30%'],
    [{ ...quantity, value: 0, unit: '起', op: '<=' as const }, '不高于 0 起'],
    [{ ...quantity, op: '~' as const, unit: '万吨' }, '约 30 万吨'],
    [{ ...quantity, op: 'range' as const, valueHigh: 35 }, '30–35%'],
    [{ ...quantity, measure: 'growth' as const, unit: '个百分点', value: 5 }, '增幅不低于 5 个百分点'],
    [{ ...quantity, measure: 'reduction' as const, value: 18 }, '降幅不低于 18%'],
    [{ ...quantity, per: 'year' as const }, '每年不低于 30%'],
    [{ ...quantity, measure: 'multiple' as const, value: 2, unit: '倍' }, '不低于基期的 2 倍'],
    [{ ...quantity, measure: 'growth' as const, per: 'year' as const, value: 7.5 }, '每年增幅不低于 7.5%'],
    [{ ...quantity, kind: 'milestone' as const, op: null, value: null, unit: null }, '按期完成'],
    [{ ...quantity, kind: 'duty' as const, op: null, value: null, unit: null }, '落实到位'],
  ])('%j', (target, words) => expect(targetWords(target)).toBe(words))

  it('has no figure without a value, and one for 0', () => {
    expect(figure({ ...quantity, value: null })).toBeNull()
    expect(figure({ ...quantity, value: 0 })).toBe('0%')
    expect(comparison('range')).toBe('')
  })

  it('never shows a value without its unit', () => {
    expect(reportedWords(0, '%')).toBe('0%')
    expect(reportedWords(3, '万人')).toBe('3 万人')
    expect(reportedWords(null, '%')).toBe('以文字填报')
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
    expect(gap({ op, value, unit }, reported)).toBe(expected)
  })

  it('says nothing where nothing was reported', () => expect(gap({ op: '>=', value: 30, unit: '%' }, null)).toBeNull())
})

it('names the size of files', () => {
  expect([fileSize(0), fileSize(2048), fileSize(52_428_800)]).toEqual(['0 B', '2 KB', '50.0 MB'])
})
