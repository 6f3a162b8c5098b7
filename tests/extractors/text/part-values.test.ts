import { describe, expect, test } from 'vitest'
import { partValues, type ValueKind } from '../../../extractors/text/part-values.ts'

const L: ValueKind = 'level'
const C: ValueKind = 'change'

describe('values that run together', () => {
  test.each<[string, ValueKind[], string, boolean]>([
    ['41.248', [L, L], '41.2 48', true],
    ['812.5747.5-8%', [L, L, C], '812.5 747.5 -8%', false],
    ['158180', [L, L], '158 180', false],
    ['131200', [L, L], '131 200', false],
    ['1803.332200', [L, L], '1803.33 2200', false],
    ['0.50370.515', [L, L], '0.5037 0.515', false],
    ['1075≥1075', [L, L], '1075 ≥1075', false],
    ['80＞90', [L, L], '80 ＞90', true],
    ['2.45:12.35:1', [L, L], '2.45:1 2.35:1', false],
    ['55>605个百分点', [L, L, C], '55 >60 5个百分点', true],
    ['—60', [L, L], '— 60', true],
    ['77.9提高1岁', [L, L], '77.9 提高1岁', false],
    ['30 45 60', [L, L, L], '30 45 60', true],
    ['60.263.564', [L, L, L], '60.2 63.5 64', true],
  ])('%s', (run, kinds, cells, percent) => expect(partValues(run, kinds, percent)?.cells.join(' ')).toBe(cells))

  test.each(['建成', '5', '', '3.4.5', '约束性'])('%s holds no two values', (run) =>
    expect(partValues(run, [L, L], false)?.cells ?? null).toBeNull(),
  )

  test('where two partings fit, the doubt is told', () => {
    expect(partValues('41.248', [L, L], true)?.doubtful).toBe(false)
    expect(partValues('1112', [L, L], false)?.doubtful).toBe(false)
    expect(partValues('123', [L, L], false)?.doubtful).toBe(true)
  })

  test('a run of digits without end is given up', () =>
    expect(partValues('1'.repeat(10_000), [L, L, L], false)).toBeNull())
})
