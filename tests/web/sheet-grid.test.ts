import { expect, test } from 'vitest'
import { columnName, drawnAt, gridOf } from '../../web/src/reading/original/sheet-grid.ts'

type Merged = 'first' | 'below' | 'beside' | null
const cell = (text: string, merged: Merged = null) => ({ text, isNumber: false, merged })
const row = (number: number, cells: (ReturnType<typeof cell> | null)[], isHeader = false) => ({
  number,
  isHeader,
  cells,
})
const shown = (rows: Parameters<typeof gridOf>[0], width = 3) =>
  gridOf(rows, width).map(({ cells }) =>
    cells.map((one) => `${one.cell?.text ?? '-'} ${one.columns}x${one.rows}`).join(' | '),
  )

const AREA = [
  row(1, [cell('甲', 'first'), cell('甲', 'beside'), cell('丙')]),
  row(2, [cell('甲', 'below'), cell('甲', 'beside'), cell('丁')]),
]

test.each([
  ['short rows are filled', [row(1, [cell('甲')])], ['甲 1x1 | - 1x1 | - 1x1']],
  ['an area over rows and columns is one cell', AREA, ['甲 2x2 | 丙 1x1', '丁 1x1']],
  ['what is left of an area on the next page is drawn there', AREA.slice(1), ['甲 2x1 | 丁 1x1']],
  [
    'two areas beside each other stay two',
    [
      row(1, [cell('甲', 'first'), cell('乙', 'first'), null]),
      row(2, [cell('甲', 'below'), cell('乙', 'below'), null]),
    ],
    ['甲 1x2 | 乙 1x2 | - 1x1', '- 1x1'],
  ],
  [
    'no area reaches out of a header',
    [row(1, [cell('甲', 'first'), null, null], true), row(2, [cell('甲', 'below'), null, null])],
    ['甲 1x1 | - 1x1 | - 1x1', '甲 1x1 | - 1x1 | - 1x1'],
  ],
])('%s', (_, rows, expected) => expect(shown(rows)).toEqual(expected))

test('a covered cell is drawn by its area', () => {
  const grid = gridOf(AREA, 3)
  expect(drawnAt(grid, 2, 1)).toBe(grid[0]!.cells[0])
  expect(drawnAt(grid, 2, 2)?.cell?.text).toBe('丁')
  expect(drawnAt(grid, 3, 0)).toBeNull()
})

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [255, 'IV'],
])('column %i is %s', (column, name) => expect(columnName(column)).toBe(name))
