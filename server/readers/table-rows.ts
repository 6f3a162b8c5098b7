import { MOST_COLUMNS, MOST_COVERED, repeatedCell } from './repeated.ts'

/** A paragraph of a cell, or a row of a table inside of it. */
export interface CellPart {
  text: string
  isRow: boolean
}

/** The paragraphs of a cell on one line; rows of tables inside of it stand below its own row. */
export const wordsOfCell = (parts: readonly CellPart[]): string =>
  onOneLine(parts.flatMap(({ text, isRow }) => (isRow ? [] : [text])).join(' '))

/** The rows of tables inside of cells. */
export const innerRows = (cells: readonly (readonly CellPart[])[]): CellPart[] =>
  cells.flatMap((parts) => parts.filter(({ isRow }) => isRow))

/** A row of a table inside of a cell, by the words of its cells. */
export const innerRow = (cells: readonly string[]): CellPart[] => {
  const line = lineOf(cells)
  return line === null ? [] : [rowPart(line)]
}

export const rowPart = (text: string): CellPart => ({ text, isRow: true })

/** The lines of paragraphs and rows; empty ones are left out. */
export const linesOfParts = (parts: readonly CellPart[]): string[] =>
  parts
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')

/** A table with one cell in each row only frames what stands in it. */
export const isFrame = (rows: readonly (readonly unknown[])[]): boolean => rows.every((cells) => cells.length <= 1)

/** A cell of a table as formats describe it that name the rows and columns which it covers. */
interface SpanCell {
  text: string
  columns: number
  rows: number
}

/** The same, with all that stands in it. */
export type FilledCell = Omit<SpanCell, 'text'> & { parts: readonly CellPart[] }

/** What is read of a table: its rows, each with those of the tables in its cells below it; of a frame what stands in it. */
export function tableParts(rows: readonly (readonly FilledCell[])[]): CellPart[] {
  if (isFrame(rows)) return rows.flat().flatMap(({ parts }) => parts)
  const writer = new TableRows()
  return rows.flatMap((cells) => {
    const line = writer.row(cells.map(({ parts, ...span }) => ({ ...span, text: wordsOfCell(parts) })))
    return [...(line === null ? [] : [rowPart(line)]), ...innerRows(cells.map(({ parts }) => parts))]
  })
}

/**
 * Writes the rows of one table, tabs between cells. A cell over several rows is repeated in each (so that each row names
 * its unit), one over several columns is followed by empty cells.
 */
class TableRows {
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
  parts: readonly CellPart[]
  /** Place of its right edge, in any unit that all cells of the table share. */
  right: number
  /** It goes on the cell above it. */
  goesOn: boolean
}

/** Edges nearer than this (twentieths of a point) are one: rows dragged by hand do not meet exactly. */
const SAME_EDGE = 100

/** The lines of a table whose cells are known by their edges, as {@link TableRows} writes them. */
export function edgeTable(rows: readonly (readonly EdgeCell[])[]): string[] {
  if (isFrame(rows)) return linesOfParts(rows.flat().flatMap(({ parts }) => parts))
  const columns = columnsOf(rows)
  let above: string[] = []
  const lines: string[] = []
  for (const row of rows) {
    const cells: string[] = []
    row.forEach((cell, index) => {
      const last = columns === null ? index : columns(cell.right)
      cells.push(cell.goesOn ? repeatedCell(above[cells.length] ?? '') : wordsOfCell(cell.parts))
      while (cells.length <= last) cells.push('')
    })
    above = cells
    const line = lineOf(cells)
    if (line !== null) lines.push(line)
    lines.push(...linesOfParts(innerRows(row.map(({ parts }) => parts))))
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
