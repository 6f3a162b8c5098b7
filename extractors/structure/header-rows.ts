import { isHeadPart, partOfHead } from '../lexicon/table-headers.ts'
import type { TableCell } from './types.ts'

/**
 * Headers of several rows: 目标值 over 2027年 and 2028年. A cell over several columns is followed by empty ones, or stands in each of
 * them; one over several rows is repeated below itself, or nothing stands below it.
 */
interface HeaderRows {
  cells: TableCell[]
  /** How many rows it takes. */
  rows: number
}

export const MOST_HEADER_ROWS = 3
const FEWEST_PARTS = 2

/** The header that begins with the first row: one row, or more where those below it name the parts of its heads. */
export function headerRows(rows: readonly (readonly TableCell[])[]): HeaderRows {
  let cells: readonly TableCell[] = rows[0] ?? []
  let taken = 1
  while (taken < MOST_HEADER_ROWS) {
    const below = rows[taken]
    const joined = below ? withParts(cells, below) : null
    if (!joined) break
    cells = joined
    taken++
  }
  return { cells: [...cells], rows: taken }
}

/** The heads with their parts below them, under 时间进度 the parts alone; null where the second row is no part of the header. */
function withParts(top: readonly TableCell[], below: readonly TableCell[]): TableCell[] | null {
  const width = Math.max(top.length, below.length)
  const head = (i: number): string => top[i]?.text ?? ''
  const part = (i: number): string => below[i]?.text ?? ''
  const isOver = (i: number): boolean => i + 1 < width && (head(i + 1) === '' || head(i + 1) === head(i))
  const cells: TableCell[] = []
  let over = ''
  let parts = 0
  let repeated = 0
  for (let i = 0; i < width; i++) {
    const goesOn = i > 0 && over !== '' && (head(i) === '' || head(i) === over)
    if (head(i) !== '') over = head(i)
    const own = top[i] ?? { ...(below[i] as TableCell), text: '' }
    if (part(i) === '' || part(i) === head(i)) {
      if (part(i) !== '') repeated++
      cells.push(own)
      continue
    }
    if (over === '' || !(goesOn || isOver(i)) || !isHeadPart(part(i))) return null
    parts++
    cells.push({ ...own, text: partOfHead(over, part(i)) })
  }
  const isHeader = parts >= FEWEST_PARTS && (repeated > 0 || part(0) === '')
  return isHeader ? cells : null
}
