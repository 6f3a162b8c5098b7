import type { ColumnRole } from '../structure/types.ts'
import { isBodyLike, TIME_LIKE, VALUE_LIKE } from './cell-alignment.ts'
import type { TextAt } from './cell-headers.ts'
import { endsTable, isUnitRole } from './cell-kinds.ts'
import type { PlacedLine } from './cell-places.ts'

/** Reads rows without a number: exactly one line a column, told by their values. */
export class PlainRows {
  constructor(
    private readonly textAt: TextAt,
    private readonly columns: readonly ColumnRole[],
    private at: number,
  ) {}

  /** Adds the rows to those of the table; returns the position behind the last. */
  read(rows: PlacedLine[][]): number {
    while (this.plainRow(rows)) {
      /* rows are kept by the reader */
    }
    return this.at
  }

  /** A row of exactly one line a column, told by its values; the cell of a merged column before its name may be missing. A single line before such a row is a group title. */
  private plainRow(rows: PlacedLine[][]): boolean {
    const found = this.plainRowAt(this.at) ?? this.plainRowAt(this.at + 1)
    if (!found) return false
    if (found.from > this.at) rows.push([{ at: this.at, column: 0 }])
    const row: PlacedLine[] = []
    for (let column = found.column; column < this.columns.length; column++)
      row.push({ at: found.from + column - found.column, column })
    rows.push(row)
    this.at = found.from + row.length
    return true
  }

  private plainRowAt(from: number): { from: number; column: number } | null {
    if (this.isPlainRow(from, 0)) return { from, column: 0 }
    const name = this.columns.findIndex((role) => role === 'indicator' || role === 'task')
    const merged = name > 0 && this.columns.slice(0, name).every((role) => role === 'other')
    return merged && this.isPlainRow(from, name) ? { from, column: name } : null
  }

  private isPlainRow(from: number, first: number): boolean {
    let told = 0
    for (let column = first; column < this.columns.length; column++) {
      const text = this.textAt(from + column - first)
      const role = this.columns[column] as ColumnRole
      if (text === '' || endsTable(text)) return false
      if (role === 'value' || role === 'baseline') {
        if (!VALUE_LIKE.test(text)) return false
        told++
      } else if (role === 'deadline' && !TIME_LIKE.test(text)) return false
      else if (isUnitRole(role)) {
        if (!isBodyLike(text)) return false
        told++
      } else if (role === 'indicator' && VALUE_LIKE.test(text) && !/[\u4e00-\u9fff]/.test(text)) return false
    }
    return told > 0
  }
}
