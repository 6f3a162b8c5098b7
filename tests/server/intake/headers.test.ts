import { describe, expect, it } from 'vitest'
import { guessLayout } from '../../../server/intake/grid.ts'
import type { SheetRow } from '../../../server/readers/sheets.ts'

/** A row of a sheet; `←` is a cell that the one before it reaches into, `↑` one that the one above it does. */
const row = (number: number, texts: string[], above: string[] = []): SheetRow => ({
  number,
  cells: texts.map((text, i) =>
    text === ''
      ? null
      : {
          text: text === '↑' ? above[i]! : text === '←' ? texts[i - 1]! : text,
          number: null,
          date: null,
          merged: text === '↑' ? 'below' : text === '←' ? 'beside' : null,
        },
  ),
})

describe('a header of two rows', () => {
  const layout = (above: string[], below: string[], remembered = new Map<string, string>()) =>
    guessLayout('ledger', [{ name: '台账', rows: [row(1, above), row(2, below, above)], isCut: false }], remembered)
      .columns

  it.each<[string, string[], string[], string[]]>([
    [
      'is read by what stands in its lowest row, whatever the group is about',
      ['事项', '完成时限', '推进情况', '←'],
      ['↑', '↑', '完成值', '进展情况'],
      ['indicator', 'deadline', 'reported', 'progress'],
    ],
    [
      'tells the unit of measure of a goal from the units that answer for it',
      ['任务内容', '年度目标', '←', '责任分工', '←', '推进情况', '←'],
      ['↑', '目标值', '单位', '牵头单位', '责任单位', '已完成', '存在问题'],
      ['indicator', 'value', 'unit', 'lead', 'responsible', 'reported', 'problems'],
    ],
    [
      'keeps a time with what stands under it: what was done last year is no value of today',
      ['事项', '完成时限', '上年', '本期'],
      ['↑', '↑', '完成值', '完成值'],
      ['indicator', 'deadline', 'baseline', 'reported'],
    ],
  ])('%s', (_name, above, below, expected) => {
    expect(layout(above, below)).toEqual(expected)
  })

  it('means what a person has said that it means', () => {
    const said = new Map([['推进情况完成值', 'remark']])
    expect(layout(['事项', '完成时限', '推进情况', '←'], ['↑', '↑', '完成值', '进展情况'], said)[2]).toBe('remark')
  })
})
