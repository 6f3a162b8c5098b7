import { describe, expect, it } from 'vitest'
import { plausibility, type PlausibilityGoal, type WarningCode } from '../../db/domain/plausibility.ts'

const share: PlausibilityGoal = {
  kind: 'quantity',
  op: '>=',
  value: 90,
  unit: '%',
  measure: 'level',
  baselineValue: 70,
}
const money: PlausibilityGoal = { ...share, value: 50, unit: '亿元', baselineValue: null }
const cases: [string, PlausibilityGoal, number | null, [string, number][], WarningCode[]][] = [
  ['a first value on the way', share, 82, [], []],
  ['no number at all', share, null, [['2026-03-31', 80]], []],
  ['a step up', share, 84, [['2026-03-31', 80]], []],
  ['a fall where it should rise', share, 79, [['2026-03-31', 80]], ['wrong-direction']],
  ['more than all', share, 101, [['2026-03-31', 99]], ['over-hundred']],
  ['more than all where the target is more than all', { ...share, value: 120 }, 110, [['2026-03-31', 100]], []],
  ['a growth rate that falls', { ...share, measure: 'growth', value: 8 }, 6, [['2026-03-31', 7]], []],
  ['a share written as a fraction', share, 0.85, [], ['order-of-magnitude']],
  ['万元 where 亿元 is meant', money, 420_000, [['2026-03-31', 41]], ['order-of-magnitude']],
  ['a jump', money, 45, [['2026-03-31', 20]], ['jump']],
  ['from 0 to something', money, 5, [['2026-03-31', 0]], ['jump']],
  ['0 stays 0', { ...money, op: '<=', value: 0 }, 0, [['2026-03-31', 0]], []],
  ['a rise where it should fall', { ...money, op: '<=', value: 5 }, 9, [['2026-03-31', 8]], ['wrong-direction']],
  ['under nothing', money, -1, [], ['negative']],
  ['a correction of the same day', money, 30, [['2026-06-30', 29]], ['same-day']],
  ['a past value', money, 30, [['2026-09-30', 33]], ['older']],
  [
    'the last value counts, not the oldest',
    money,
    45,
    [
      ['2025-03-31', 10],
      ['2026-03-31', 40],
    ],
    [],
  ],
]

describe('plausibility', () => {
  it.each(cases)('%s', (_name, goal, value, earlier, codes) => {
    const found = plausibility(
      goal,
      { value, asOf: '2026-06-30' },
      earlier.map(([asOf, v]) => ({ asOf, value: v })),
      50,
    )
    expect(found.map((w) => w.code)).toEqual(codes)
  })

  it('shows values with their unit and dates', () => {
    const [warning] = plausibility(money, { value: 45, asOf: '2026-06-30' }, [{ asOf: '2026-03-31', value: 20 }], 50)
    expect(warning?.text).toBe('比上次（2026-03-31，20亿元）增加125%，请核对')
  })

  it('asks when another unit of measure is named', () => {
    expect(plausibility(money, { value: 45, asOf: '2026-06-30', unit: '万元' }, [], 50).map((w) => w.code)).toEqual([
      'unit-differs',
    ])
    expect(plausibility(money, { value: 45, asOf: '2026-06-30', unit: ' 亿元 ' }, [], 50)).toEqual([])
  })
})
