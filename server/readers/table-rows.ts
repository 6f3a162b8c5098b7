import { MOST_COLUMNS, MOST_COVERED, repeatedCell } from './repeated.ts'

/** A cell of a table as formats describe it that name the rows and columns which it covers. */
export interface SpanCell {
  text: string
  columns: number
  rows: number
}

/**
 * Writes the rows of one table, tabs between cells. A cell over several rows is repeated in each (so that each row names
 * its unit), one over several columns is followed by empty cells.
 */
export class TableRows {
  /** Cells that reach down from rows above, by column. */
  private readonly carried = new Map<number, { text: string; rows: number }>()

  /** The line of a row; null where all its cells are empty. */
  row(given: readonly SpanCell[]): string | null {
    const cells: string[] = []
    const takeCarried = () => {
      for (;;) {
        const above = cells.length < MOST_COLUMNS ? this.carried.get(cells.length) : undefined
        if (above === undefined) return
        if (--above.rows === 0) this.carried.delete(cells.length)
        cells.push(above.text)
      }
    }
    for (const cell of given) {
      takeCarried()
      const columns = Math.max(1, Math.min(MOST_COVERED, cell.columns, MOST_COLUMNS - cells.length))
      const rows = Math.min(MOST_COVERED, Math.max(1, cell.rows))
      for (let column = 0; column < columns; column++) {
        const text = column === 0 ? cell.text : ''
        if (rows > 1 && cells.length < MOST_COLUMNS)
          this.carried.set(cells.length, { text: repeatedCell(text), rows: rows - 1 })
        cells.push(text)
      }
    }
    takeCarried()
    return lineOf(cells)
  }
}

/** A cell as formats describe it that name the places of its edges. */
export interface EdgeCell {
  text: string
  /** Place of its right edge, in any unit that all cells of the table share. */
  right: number
  /** It goes on the cell above it. */
  goesOn: boolean
}

/** Edges nearer than this (twentieths of a point) are one: rows dragged by hand do not meet exactly. */
const SAME_EDGE = 100

/** The lines of a table whose cells are known by their edges, as {@link TableRows} writes them. */
export function edgeTable(rows: readonly (readonly EdgeCell[])[]): string[] {
  const columns = columnsOf(rows)
  let above: string[] = []
  const lines: string[] = []
  for (const row of rows) {
    const cells: string[] = []
    row.forEach((cell, index) => {
      const last = columns === null ? index : columns(cell.right)
      cells.push(cell.goesOn ? repeatedCell(above[cells.length] ?? '') : cell.text)
      while (cells.length <= last) cells.push('')
    })
    above = cells
    const line = lineOf(cells)
    if (line !== null) lines.push(line)
  }
  return lines
}

/** Finds the column that ends at an edge; null where all rows have as many cells, so that edges tell nothing more. */
function columnsOf(rows: readonly (readonly EdgeCell[])[]): ((right: number) => number) | null {
  const counts = new Set(rows.map((row) => row.length))
  if (counts.size <= 1) return null
  const edges = [...new Set(rows.flatMap((row) => row.map(({ right }) => right)))].sort((a, b) => a - b)
  const kept: number[] = []
  for (const edge of edges) if (kept.length === 0 || edge - kept.at(-1)! > SAME_EDGE) kept.push(edge)
  return (right) => {
    const at = kept.findLastIndex((edge) => edge <= right)
    return Math.min(Math.max(0, at), MOST_COVERED)
  }
}

function lineOf(cells: readonly string[]): string | null {
  return cells.some((cell) => cell !== '') ? cells.join('\t').trimEnd() : null
}

/** The text of a cell on one line: what stood on lines of its own is parted by a blank. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
