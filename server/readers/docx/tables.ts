import { MOST_COVERED, repeatedCell } from '../repeated.ts'
import { type CellPart, innerRows, isFrame, rowPart, wordsOfCell } from '../table-rows.ts'

/** A cell as it is read. */
export interface Cell {
  /** Columns it covers. */
  span: number
  /** First of a cell over several rows, or one of the rows it reaches over. */
  merge: 'first' | 'goes on' | null
  parts: CellPart[]
}

export interface Row {
  /** Columns left free before its first cell. */
  before: number
  cells: Cell[]
}

export const newCell = (): Cell => ({ span: 1, merge: null, parts: [] })

/** What is read of a table: its rows, each with those of the tables in its cells below it; of a frame what stands in it. */
export function tableParts(rows: readonly Row[]): CellPart[] {
  if (isFrame(rows.map(({ cells }) => cells))) return rows.flatMap(({ cells }) => cells.flatMap(({ parts }) => parts))
  /** Cells that reach down, by their column. */
  const above = new Map<number, string>()
  return rows.flatMap(({ before, cells }) => {
    const shown: string[] = Array.from({ length: Math.min(before, MOST_COVERED) }, () => '')
    for (const cell of cells) {
      const column = shown.length
      const own = wordsOfCell(cell.parts)
      if (cell.merge === 'first') above.set(column, repeatedCell(own))
      else if (cell.merge === null) above.delete(column)
      shown.push(cell.merge === 'goes on' ? (above.get(column) ?? own) : own)
      for (let i = 1; i < Math.min(cell.span, MOST_COVERED); i++) shown.push('')
    }
    const row = shown.some((text) => text !== '') ? [rowPart(shown.join('\t').trimEnd())] : []
    return [...row, ...innerRows(cells.map(({ parts }) => parts))]
  })
}
