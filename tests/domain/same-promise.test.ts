import { describe, expect, it } from 'vitest'
import { repeatedIn } from '../../db/domain/same-promise.ts'

const row = (id: number, indicator: string, fields: object = {}) => ({
  ...{ id, indicator, kind: 'quantity' as const, value: 60, valueHigh: null, unit: '个', deadline: '2026-12-31' },
  ...fields,
})
const milestone = { kind: 'milestone' as const, value: null, unit: null }

describe('what a list says a second time', () => {
  it.each([
    ['the same words', [row(1, '改造老旧小区'), row(2, '改造老旧小区')], [[2, 1]]],
    ['a word more', [row(1, '改造老旧小区'), row(2, '全市改造老旧小区')], [[2, 1]]],
    [
      'three times',
      [row(1, '改造老旧小区'), row(2, '改造老旧小区'), row(3, '改造老旧小区')],
      [
        [2, 1],
        [3, 1],
      ],
    ],
    ['another value', [row(1, '改造老旧小区'), row(2, '改造老旧小区', { value: 50 })], []],
    ['another limit', [row(1, '改造老旧小区'), row(2, '改造老旧小区', { deadline: '2025-12-31' })], []],
    ['another thing of the same value', [row(1, '改造老旧小区'), row(2, '新建口袋公园')], []],
    ['milestones', [row(1, '搭建政务平台', milestone), row(2, '搭建政务平台。', milestone)], [[2, 1]]],
  ])('%s', (_what, rows, repeated) => {
    expect([...repeatedIn(rows)].map(([id, first]) => [id, first.id])).toEqual(repeated)
  })
})
