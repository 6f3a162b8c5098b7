/** Which rows of a sheet are the header of a table, and what it calls each column. */
import { isHeaderWord, isPlaceHeader, roleOfHeader } from '../../extractors/lexicon/table-headers.ts'
import type { SheetCell, SheetRow } from './sheets.ts'

/** Words that a header has at least two of, and in half of its cells. */
const FEWEST_NAMED = 2
const LONGEST_HEADER = 20
/** Headers of a table that shares out say what is measured, and in which unit. */
const LONGEST_SHARE = 30
/** Rows that a header may take. */
const MOST_HEADER_ROWS = 4

/** The words of a cell on one line; empty where there is none. */
export const cellWords = (cell: SheetCell | null | undefined): string => (cell?.text ?? '').replace(/\s+/g, ' ').trim()

/** A header that says what a column of a table with targets holds, or one that stands beside such: 一级指标, 类别, 权重. */
const namesColumn = (header: string): boolean => roleOfHeader(header) !== 'other' || isHeaderWord(header)

/**
 * How many rows the header takes that begins at a row; 0 where none does.
 * @param isNamed whether a cell's words are those of a column that is looked for
 */
export function headerDepth(rows: readonly SheetRow[], at: number, isNamed = namesColumn): number {
  const { cells } = rows[at]!
  if (!isHeader(cells, isNamed) && !(isNamed === namesColumn && isHeaderOfShares(rows, at))) return 0
  let depth = 1
  while (depth < MOST_HEADER_ROWS) {
    const above = rows[at + depth - 1]!
    const below = rows[at + depth]
    if (below === undefined || below.number !== above.number + 1) break
    const goesDown = below.cells.some(
      (cell, i) => cell?.merged === 'below' && cellWords(cell) === cellWords(above.cells[i]),
    )
    const parted = above.cells.some((cell) => cell?.merged === 'beside')
    const isShort = below.cells.every((cell) => cellWords(cell).length <= LONGEST_HEADER && !isValue(cell))
    if (!isShort || !(goesDown || parted || fillsGaps(above, below, isNamed))) break
    depth++
  }
  return depth
}

/**
 * Whether a row goes on a header whose merged cells were not kept, as in a csv: it names columns over which nothing stands, and says
 * nothing below a header that goes down.
 */
function fillsGaps(above: SheetRow, below: SheetRow, isNamed: (header: string) => boolean): boolean {
  const own = below.cells.map((cell, i) => ({ under: cellWords(above.cells[i]), words: cellWords(cell) }))
  const said = own.filter(({ words }) => words !== '')
  const named = said.filter(({ words }) => isNamed(headerWords(words)))
  return (
    own.some(({ under, words }) => under === '' && words !== '') &&
    own.some(({ under, words }) => under !== '' && words === '') &&
    named.length >= FEWEST_NAMED &&
    named.length * 2 > said.length
  )
}

/** A cell under a header that holds a value; a year is a header. */
export const isValue = (cell: SheetCell | null): boolean =>
  cell !== null && (cell.date !== null || (cell.number !== null && !isYear(cell.number)))

const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1990 && value <= 2100

function isHeader(cells: readonly (SheetCell | null)[], isNamed: (header: string) => boolean): boolean {
  const own = cells.filter((cell) => cell !== null && cell.merged !== 'beside')
  const texts = own.map(cellWords)
  if (texts.some((text) => text.length > LONGEST_HEADER || /[。；;]/.test(text))) return false
  const named = new Set(texts.filter((text) => isNamed(headerWords(text))))
  return (
    named.size >= FEWEST_NAMED &&
    named.size * 2 >= texts.length - texts.filter((text) => /^\d{4}年?$/.test(text)).length
  )
}

/** Rows below a header within which a value stands. */
const NEAR_ENOUGH = 4

/** The header of a table that shares out: a column of places or bodies, words over all others, and values below them. */
function isHeaderOfShares(rows: readonly SheetRow[], at: number): boolean {
  const { cells } = rows[at]!
  const place = cells.findIndex((cell) => isPlaceHeader(cellWords(cell)))
  const named = cells.filter((cell) => /[\u4E00-\u9FFF]/.test(cellWords(cell)))
  if (
    place < 0 ||
    named.length < FEWEST_NAMED ||
    cells.some((cell) => isValue(cell) || cellWords(cell).length > LONGEST_SHARE)
  )
    return false
  return rows
    .slice(at + 1, at + 1 + NEAR_ENOUGH)
    .some(({ cells: below }) => cellWords(below[place]) !== '' && below.some((cell, i) => i > place && isValue(cell)))
}

/** A header as the lexicon knows it: without the blanks that spread its letters, a bare year with its word. */
export function headerWords(text: string): string {
  const joined = text.replace(/\s+/g, '')
  return /^(?:19|20)\d\d$/.test(joined) ? `${joined}年` : joined
}

/** What each column is called by the rows of a header: under 责任单位 stands 牵头单位, under 2025年 目标值. */
export function headerTitles(rows: readonly SheetRow[], isNamed = namesColumn): string[] {
  const columns = Math.max(...rows.map(({ cells }) => cells.length))
  const sharesOut = rows[0]!.cells.some((cell) => isPlaceHeader(cellWords(cell)))
  return Array.from({ length: columns }, (_, i) => {
    const parts = rows.map(({ cells }) => headerWords(cellWords(cells[i])))
    const own = parts.filter((part, k) => part !== '' && part !== parts[k - 1])
    const joined = own.join('')
    const last = own.at(-1) ?? ''
    // What a cell is about is said by the lowest row that says it; a year or a group above it belongs to it.
    const isKnownAlone = isNamed(last) && !isNamed(joined)
    return isKnownAlone || (joined.length > 14 && isNamed(last) && !sharesOut) ? last : joined
  })
}
