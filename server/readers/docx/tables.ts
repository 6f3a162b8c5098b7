import { MOST_COVERED, repeatedCell } from '../repeated.ts'

/** A cell as it is read. */
export interface Cell {
  /** Columns it covers. */
  span: number
  /** First of a cell over several rows, or one of the rows it reaches over. */
  merge: 'first' | 'goes on' | null
  /** Its paragraphs. */
  lines: string[]
  /** Rows of tables inside it. */
  nested: string[]
}

export interface Row {
  /** Columns left free before its first cell. */
  before: number
  cells: Cell[]
}

export const newCell = (): Cell => ({ span: 1, merge: null, lines: [], nested: [] })

/** Lines of a table: a row a line, then the rows of tables inside it. A table of one column only frames its text. */
export function tableLines(rows: readonly Row[]): string[] {
  if (rows.every(({ cells }) => cells.length <= 1))
    return rows.flatMap(({ cells }) => cells.flatMap(({ lines, nested }) => [...lines, ...nested]))
  /** Cells that reach down, by their column. */
  const above = new Map<number, string>()
  return rows.flatMap(({ before, cells }) => {
    const shown: string[] = Array.from({ length: Math.min(before, MOST_COVERED) }, () => '')
    for (const cell of cells) {
      const column = shown.length
      const own = cell.lines.join(' ').replace(/\s+/g, ' ').trim()
      if (cell.merge === 'first') above.set(column, repeatedCell(own))
      else if (cell.merge === null) above.delete(column)
      shown.push(cell.merge === 'goes on' ? (above.get(column) ?? own) : own)
      for (let i = 1; i < Math.min(cell.span, MOST_COVERED); i++) shown.push('')
    }
    const nested = cells.flatMap((cell) => cell.nested)
    const row = shown.some((text) => text !== '') ? [shown.join('\t').trimEnd()] : []
    return [...row, ...nested]
  })
}
