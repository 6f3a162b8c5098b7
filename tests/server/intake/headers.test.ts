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
    [
      'takes the goal that is called so under 目标任务, and what stands before the items as their group',
      ['序号', '重点工作', '目标任务', '←', '←', '责任单位', '←'],
      ['↑', '↑', '指标', '目标值', '计量单位', '市级', '县区'],
      ['number', 'group', 'indicator', 'value', 'unit', 'responsible', 'responsible'],
    ],
    [
      'keeps the person beside a unit out of its names',
      ['事项', '责任单位', '←', '完成时限'],
      ['↑', '单位名称', '责任人', '↑'],
      ['indicator', 'responsible', '', 'deadline'],
    ],
  ])('%s', (_name, above, below, expected) => {
    expect(layout(above, below)).toEqual(expected)
  })

  it('means what a person has said that it means', () => {
    const said = new Map([['推进情况完成值', 'remark']])
    expect(layout(['事项', '完成时限', '推进情况', '←'], ['↑', '↑', '完成值', '进展情况'], said)[2]).toBe('remark')
  })
})

it.each<[string[], string[]]>([
  // the one that could be more gives way to the one that could not
  [
    ['议定事项', '办理情况', '是否办结', '时限'],
    ['indicator', 'progress', 'done', 'deadline'],
  ],
  [
    ['项目名称', '责任单位（联系人）', '年度期限', '目前进度（%）'],
    ['indicator', 'responsible', 'deadline', 'progress'],
  ],
])('a header of one row: %j', (headers, expected) => {
  expect(guessLayout('ledger', [{ name: '台账', rows: [row(1, headers)], isCut: false }], new Map()).columns).toEqual(
    expected,
  )
})
