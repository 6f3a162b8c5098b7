import { isUnitName, splitNames } from '../structure/unit-names.ts'
import type { ColumnRole } from '../structure/types.ts'
import { alignCells, type CellColumn, contradicts, TIME_LIKE } from './cell-alignment.ts'
import type { TextAt } from './cell-headers.ts'
import { fits, isUnitRole } from './cell-kinds.ts'
import type { PlacedLine } from './cell-places.ts'

/** Puts the lines of a row into the columns of its table. */
export class RowCells {
  constructor(
    private readonly textAt: TextAt,
    private readonly columns: readonly ColumnRole[],
    private readonly cells: readonly CellColumn[],
  ) {}

  /** Puts the lines of a row into its columns. */
  place(from: number, count: number, firstColumn: number): PlacedLine[] {
    const placed =
      count <= this.columns.length - firstColumn
        ? this.placeFew(from, count, firstColumn)
        : this.placeMany(from, count, firstColumn)
    return placed.some(({ at, column }) => contradicts(this.cells[column] as CellColumn, this.textAt(at)))
      ? this.aligned(from, count, firstColumn)
      : placed
  }

  /** Puts each line of a row where it fits best. */
  aligned(from: number, count: number, firstColumn: number): PlacedLine[] {
    const lines = Array.from({ length: count }, (_, i) => this.textAt(from + i))
    return alignCells(lines, this.cells.slice(firstColumn)).map((column, i) => ({
      at: from + i,
      column: firstColumn + column,
    }))
  }

  /** A line a column; where cells are empty, a column that the line does not fit is passed over. */
  placeFew(from: number, count: number, firstColumn: number): PlacedLine[] {
    const placed: PlacedLine[] = []
    let column = firstColumn
    for (let i = 0; i < count; i++) {
      while (
        this.columns.length - column > count - i &&
        !fits(this.columns[column] as ColumnRole, this.textAt(from + i))
      )
        column++
      placed.push({ at: from + i, column })
      column++
    }
    return placed
  }

  /** Cells of several lines: times and units are told from the right, the rest goes to the left, one line a column first. */
  private placeMany(from: number, count: number, firstColumn: number): PlacedLine[] {
    const placed: PlacedLine[] = []
    let line = count - 1
    let column = this.columns.length - 1
    for (; column > firstColumn && line > column - firstColumn; column--) {
      const role = this.columns[column] as ColumnRole
      if (role !== 'deadline' && !isUnitRole(role)) break
      placed.unshift({ at: from + line--, column })
      while (line > column - firstColumn - 1 && this.isSameCell(from + line, role))
        placed.unshift({ at: from + line--, column })
    }
    for (let i = line; i >= 0; i--) placed.unshift({ at: from + i, column: Math.min(firstColumn + i, column) })
    return placed
  }

  /** Whether a line and the one below are one cell: both times, both units, or a name cut between them. */
  private isSameCell(at: number, role: ColumnRole): boolean {
    const text = this.textAt(at)
    if (!isUnitRole(role)) return TIME_LIKE.test(text) && text.length <= 16
    if (/[、,]$/.test(text)) return true
    const names = splitNames(text)
    if (names.length > 0 && names.every(({ name }) => isUnitName(name))) return true
    const [below] = splitNames(this.textAt(at + 1))
    const above = names.at(-1)
    return below !== undefined && above !== undefined && !isUnitName(below.name) && isUnitName(above.name + below.name)
  }
}
