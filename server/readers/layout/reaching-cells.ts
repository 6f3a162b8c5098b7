import { repeatedCell } from '../repeated.ts'
import type { LaidTable } from './types.ts'

/**
 * Fills cells at the end of a page and at the top of the next where the end of the page cut a cell over several rows, whose
 * words stand on one of the two pages alone.
 * @param first the first row of the table below, behind the header that is set again
 */
export function reachOver(above: LaidTable, below: LaidTable, first: number): void {
  const end = above.rows.length - 1
  if (above.cells === undefined || below.cells === undefined || below.rows[first] === undefined) return
  above.rows[end]!.forEach((text, column) => {
    const next = below.rows[first]![column]!
    if ((text === '') === (next === '')) return
    const [up, down] = [heightAt(above.cells!, end, column, -1), heightAt(below.cells!, first, column, 1)]
    const height = text === '' ? up : down
    // One row may have nothing to say; not so in a column that says something everywhere else.
    const isOver = height > 1 || (up + down > 2 && isFilledBesides(column, above.rows, below.rows, end, first))
    if (!isOver) return
    const cut = text === '' ? above.rows.slice(end + 1 - up) : below.rows.slice(first, first + down)
    for (const row of cut) row[column] = repeatedCell(text || next)
  })
}

/** How many rows the cell takes that stands in a row, counted downward (1) or upward (-1). */
function heightAt(cells: readonly (readonly number[])[], row: number, column: number, step: 1 | -1): number {
  let height = 1
  while (cells[row + height * step]?.[column] === cells[row]![column]) height++
  return height
}

const isFilledBesides = (
  column: number,
  above: readonly string[][],
  below: readonly string[][],
  end: number,
  first: number,
): boolean => [...above.slice(0, end), ...below.slice(first + 1)].every((row) => row[column] !== '')
