import type { ColumnRole } from '../structure/types.ts'
import { cellColumn } from './cell-alignment.ts'
import { gridAt, type CellGrid } from './cell-grid.ts'
import { type Header, headerAt, spannedHeaderAt, type TextAt } from './cell-headers.ts'
import { beginsName, endsName, isUnitRole } from './cell-kinds.ts'
import { type Cells, GROUP_TITLE, NEXT_CELL, NEXT_NAME, type PlacedLine, ROW_START, SAME_CELL } from './cell-places.ts'
import { labelledTableAt } from './labelled-rows.ts'
import type { Line } from './line.ts'
import { NumberedRows } from './numbered-rows.ts'
import { PlainRows } from './plain-rows.ts'
import { hasPoints, PointedRows } from './pointed-rows.ts'
import { hasTail, TailedRows } from './tailed-rows.ts'

/** Tables whose cells stand on a line each, as converters write them: a run of header words, then the cells row by row. */

/** Finds the tables among the lines; `skip` marks lines that are page layout. Linear: every line is looked at a bounded number of times. */
export function findCells(lines: readonly Line[], skip: Uint8Array): Cells {
  const cells: Cells = { place: new Uint8Array(lines.length), tabs: new Uint8Array(lines.length) }
  const kept: number[] = []
  /** The words of those lines without blanks. */
  const bare: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const { cell, text } = lines[i] as Line
    if (cell) {
      cells.place[i] = cell.place
      cells.tabs[i] = cell.tabs
    } else if (!skip[i]) {
      kept.push(i)
      bare.push(text.includes(' ') ? text.replaceAll(' ', '') : text)
    }
  }
  const textAt = (position: number): string => bare[position] ?? ''
  for (let i = 0; i < kept.length; i++) {
    const grid = gridAt(textAt, i)
    if (grid) {
      i = placeGrid(grid, i, kept, cells)
      continue
    }
    const table = labelledTableAt(textAt, i) ?? tableAt(textAt, i)
    if (!table) continue
    const { columns } = table
    for (const row of table.rows) {
      row.forEach(({ at, column }, k) => {
        const line = kept[at] as number
        const before = row[k - 1]
        const next =
          before?.column === column &&
          isUnitRole(columns[column] as ColumnRole) &&
          endsName(textAt(before.at)) &&
          beginsName(textAt(at))
            ? NEXT_NAME
            : SAME_CELL
        cells.place[line] =
          before === undefined
            ? row.length === 1
              ? GROUP_TITLE
              : ROW_START
            : before.column === column
              ? next
              : NEXT_CELL
        cells.tabs[line] = column - (before?.column ?? 0)
      })
    }
    i = table.end - 1
  }
  return cells
}

/** Marks the lines of a grid; returns the position of its last. */
function placeGrid({ header, width, rows }: CellGrid, at: number, kept: readonly number[], cells: Cells): number {
  let next = at
  const mark = (kind: number, tabs: number): void => {
    const line = kept[next++] as number
    cells.place[line] = kind
    cells.tabs[line] = tabs
  }
  for (const row of header) {
    let before = 0
    row.forEach(({ column, lines }, i) => {
      mark(i === 0 ? ROW_START : NEXT_CELL, column - before)
      for (let k = 1; k < lines; k++) mark(SAME_CELL, 0)
      before = column
    })
  }
  for (let i = 0; i < rows * width; i++) mark(i % width === 0 ? ROW_START : NEXT_CELL, i % width === 0 ? 0 : 1)
  return next - 1
}

interface FoundTable {
  columns: readonly ColumnRole[]
  rows: PlacedLine[][]
  /** The position behind its last line. */
  end: number
}

/** The table whose header begins here, its rows opened by a running number or of exactly one line a column; null where none does. */
function tableAt(textAt: TextAt, at: number): FoundTable | null {
  const header = headerAt(textAt, at)
  if (!header) return null
  if (header.columns.includes('number')) return tableBelow(textAt, at, header)
  const spanned = spannedHeaderAt(textAt, at)
  return (spanned && tableBelow(textAt, at, spanned)) ?? tableBelow(textAt, at, header)
}

function tableBelow(textAt: TextAt, at: number, { columns, words, rows: headerRows }: Header): FoundTable | null {
  let next = at
  const rows = headerRows.map((cells) =>
    cells.flatMap(({ column, lines }) => Array.from({ length: lines }, (): PlacedLine => ({ at: next++, column }))),
  )
  const above = rows.length
  const cells = columns.map((role, column) => cellColumn(role, words[column] as string))
  const readers = columns.includes('number')
    ? [new NumberedRows(textAt, columns, cells, rows.slice(), next)]
    : hasPoints(cells)
      ? [new PointedRows(textAt, cells, next)]
      : [
          ...(hasTail(columns) ? [new TailedRows(textAt, columns, cells, next)] : []),
          new PlainRows(textAt, columns, next),
        ]
  let end = next
  for (const reader of readers) if (rows.length === above) end = reader.read(rows)
  return rows.length > above ? { columns, rows, end } : null
}
