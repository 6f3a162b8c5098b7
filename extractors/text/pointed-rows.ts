import { type CellColumn, contradicts, isBodies, isBodyLike, VALUE_LIKE } from './cell-alignment.ts'
import type { TextAt } from './cell-headers.ts'
import { endsTable } from './cell-kinds.ts'
import type { PlacedLine } from './cell-places.ts'
import { RowCells } from './row-cells.ts'

/**
 * Rows of an assessment, a cell a line, without running numbers: 项目 / 分值 / 目标任务 / 考核部门. The points behind its name open a
 * row; titles of groups stand between rows, cells that are merged with the row above are missing.
 */

/** What the column of points is called. */
const POINTS_HEADER = /^(?:分 ?值|权 ?重|满 ?分|标准分|基本分|分 ?数)(?:\([^()]{1,3}\))?$/
const POINTS = /^(?:100|\d{1,2}(?:\.\d{1,2})?)(?:分|%)?$/
const FEWEST_ROWS = 3
const LONGEST_NAME = 40
/** A row with more lines than this has no cells, it is text. */
const MOST_LINES_OF_ROW = 24
const MOST_TITLES = 3

/** The column of points, -1 where a header has none behind a name. */
const pointsColumn = (columns: readonly CellColumn[]): number => {
  const at = columns.findIndex(({ header }) => POINTS_HEADER.test(header))
  return at > 0 ? at : -1
}

export const hasPoints = (columns: readonly CellColumn[]): boolean => pointsColumn(columns) > 0

/** Reads rows that their points open. */
export class PointedRows {
  private readonly cells: readonly CellColumn[]
  private readonly rowCells: RowCells
  private readonly points: number
  private readonly name: number
  private readonly holdsBodies: boolean

  /** `at` is the position behind the header. */
  constructor(
    private readonly textAt: TextAt,
    headers: readonly CellColumn[],
    private readonly at: number,
  ) {
    this.points = pointsColumn(headers)
    // 目标任务 behind the points: words or a value.
    const cells = headers.map((column, i) =>
      i > this.points && column.role === 'task' ? { ...column, role: 'other' as const } : column,
    )
    this.cells = cells
    this.rowCells = new RowCells(
      textAt,
      cells.map(({ role }) => role),
      cells,
    )
    const before = cells[this.points - 1]?.role
    this.name = this.points > 1 && before === 'value' ? this.points - 2 : this.points - 1
    // 项目 / 目标任务 / 分值: what is to be reached is said between the name and the points.
    if (this.name > 0 && before === 'task' && /目标|要求/.test(cells[this.name]?.header ?? '')) this.name--
    this.holdsBodies = cells.some(({ holdsBodies }) => holdsBodies)
  }

  /** Adds the rows to those of the table, none where they are too few; returns the position behind the last. */
  read(rows: PlacedLine[][]): number {
    const starts = this.starts()
    if (starts.length < FEWEST_ROWS) return this.at
    let lead = this.at
    starts.forEach((start, i) => {
      const next = starts[i + 1]
      const end = next === undefined ? this.lastEnd(start) : this.endBefore(start, next)
      const merged = Math.min(this.name, start - lead)
      while (lead < start - merged) rows.push([{ at: lead++, column: 0 }])
      rows.push([
        ...Array.from({ length: merged }, (_, k) => ({ at: start - merged + k, column: this.name - merged + k })),
        ...this.place(start, end),
      ])
      lead = end
    })
    return lead
  }

  /** A line a column up to the points, those behind them where they fit. */
  private place(start: number, end: number): PlacedLine[] {
    const behind = start + this.points - this.name + 1
    const lines = Array.from({ length: behind - start }, (_, i) => ({ at: start + i, column: this.name + i }))
    return end > behind ? [...lines, ...this.rowCells.aligned(behind, end - behind, this.points + 1)] : lines
  }

  /** The lines that name a row: the points stand behind them. */
  private starts(): number[] {
    const starts: number[] = []
    let since = this.at
    for (let at = this.at; at - since <= MOST_LINES_OF_ROW && this.textAt(at) !== ''; at++) {
      if (!this.isStart(at)) continue
      starts.push(at)
      at += this.points - this.name
      since = at
    }
    return starts[0] !== undefined && starts[0] - this.at <= this.name + MOST_TITLES ? starts : []
  }

  private isStart(at: number): boolean {
    const name = this.textAt(at)
    return (
      POINTS.test(this.textAt(at + this.points - this.name)) &&
      name.length <= LONGEST_NAME &&
      /[\u4e00-\u9fff]{2}/.test(name) &&
      !/[。;:]$/.test(name) &&
      !VALUE_LIKE.test(name) &&
      !(this.holdsBodies && (isBodies(name) || isBodyLike(name)))
    )
  }

  /** Where a row ends before the next: behind its last body, or where it has as many lines as columns. */
  private endBefore(start: number, next: number): number {
    const needed = this.cells.length - this.name
    if (!this.cells.at(-1)?.holdsBodies) return Math.min(next, start + Math.max(needed, this.points - this.name + 1))
    let end = next
    while (end > start + this.points - this.name + 1 && !isBodyLike(this.textAt(end - 1))) end--
    // No body at all: it is merged with the one above, and what is more than the other columns is a title.
    return isBodyLike(this.textAt(end - 1)) ? end : Math.min(next, start + needed - 1)
  }

  private lastEnd(start: number): number {
    const most = start + this.cells.length - this.name
    let end = start + 1
    while (end < most && this.textAt(end) !== '' && !endsTable(this.textAt(end)) && this.isCell(end, start)) end++
    return end
  }

  /** Whether a line of the last row can stand in its column or one behind it. */
  private isCell(at: number, start: number): boolean {
    return this.cells.slice(this.name + at - start).some((column) => !contradicts(column, this.textAt(at)))
  }
}
