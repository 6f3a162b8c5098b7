import type { SheetRow } from '../../api/types.ts'

type SheetCell = NonNullable<SheetRow['cells'][number]>

/** A cell as a table draws it, over so many columns and rows. */
export interface GridCell {
  /** From 0. */
  column: number
  /** Null where it is empty. */
  cell: SheetCell | null
  columns: number
  rows: number
}

export interface GridRow {
  number: number
  isHeader: boolean
  cells: GridCell[]
}

/**
 * Rows of a sheet as a table draws them. A merged area is one cell; where its upper part stands on an earlier page, or in
 * another group of rows, what is left of it is drawn here with the same words.
 * @param width how many columns the sheet has
 */
export function gridOf(rows: readonly SheetRow[], width: number): GridRow[] {
  /** The cell that is drawn in each column, as long as the rows go on it. */
  const above: (GridCell | null)[] = []
  return rows.map(({ number, isHeader, cells }, i) => {
    const drawn: GridCell[] = []
    let last: GridCell | null = null
    for (let column = 0; column < width; column += 1) {
      const cell = cells[column] ?? null
      if (cell?.merged === 'beside') {
        // Those of lower rows belong to the area that the cell at its head has drawn.
        if (last) last.columns += 1
        continue
      }
      last = null
      const carrier = above[column] ?? null
      if (cell?.merged === 'below' && carrier && rows[i - 1]?.isHeader === isHeader) {
        carrier.rows += 1
        continue
      }
      last = { column, cell, columns: 1, rows: 1 }
      above[column] = cell?.merged === 'first' || cell?.merged === 'below' ? last : null
      drawn.push(last)
    }
    return { number, isHeader, cells: drawn }
  })
}

/** The name of a column: A for 0, AA for 26. */
export function columnName(column: number): string {
  let name = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name
  return name
}

/** The drawn cells that stand for a cell of a row: itself, or the merged area that it is part of. */
export function drawnAt(grid: readonly GridRow[], number: number, column: number): GridCell | null {
  for (const [index, row] of grid.entries()) {
    for (const cell of row.cells) {
      const inColumns = cell.column <= column && column < cell.column + cell.columns
      if (inColumns && grid.slice(index, index + cell.rows).some((covered) => covered.number === number)) return cell
    }
  }
  return null
}
