import { describe, expect, test } from 'vitest'
import { readTableValue } from '../../../extractors/parsers/table-value.ts'

describe('readTableValue', () => {
  test.each([
    ['90', 90, '', '>=', null],
    ['≥95%', 95, '%', '>=', null],
    ['<1.3%', 1.3, '%', '<=', null],
    ['5万吨以上', 5, '万吨', '>=', null],
    ['下降15%', 15, '%', '>=', 'reduction'],
    ['增长8%左右', 8, '%', '~', 'growth'],
    ['〔13.5〕', 13.5, '', '>=', null],
    ['较“十三五”末下降30%以上', 30, '%', '>=', 'reduction'],
    ['比2020年增长8%', 8, '%', '>=', 'growth'],
    ['提高到80', 80, '', '>=', 'level'],
  ])('%s', (cell, value, unit, op, measure) => expect(readTableValue(cell)).toMatchObject({ value, unit, op, measure }))
  test('a range', () => expect(readTableValue('3~5个')).toMatchObject({ value: [3, 5], unit: '个', op: 'range' }))
  test.each(['新建农田8万亩', '约束性', '—', '持续推进', '达到省定要求'])('%s is no value alone', (cell) =>
    expect(readTableValue(cell)).toBeNull(),
  )
})
