import { roleOfHeader } from '../../extractors/lexicon/table-headers.ts'
import { readSheets, type Sheet, type SheetCell, type SheetRow } from './sheets.ts'
import type { Reader } from './types.ts'

/**
 * The text of a spreadsheet: its sheets one below the other. The rows of a table are lines with tabs between the cells,
 * its header one line even where the sheet uses two rows; what stands above and below is written as lines of their own.
 */
export const readSpreadsheet: Reader = async (bytes, { fileName, limits }) => {
  const sheets = await readSheets(bytes, fileName, limits)
  const texts = sheets.map(sheetText).filter((text) => text !== '')
  const cut = sheets.filter(({ isCut }) => isCut)
  return {
    text: texts.join('\n'),
    ...(cut.length > 0 && { notes: cut.map(({ name }) => `工作表“${name}”行列过多，只读取了前 2 万行、256 列。`) }),
  }
}

/** Words that a header has at least two of, and in half of its cells. */
const FEWEST_NAMED = 2
const LONGEST_HEADER = 20
/** Rows that a header may take. */
const MOST_HEADER_ROWS = 4
/** A sheet that nobody has named. */
const UNNAMED = /^(?:sheet|工作表|表)\s*\d*$/i

function sheetText({ name, rows: given }: Sheet): string {
  const rows = withoutEmptyColumns(given)
  const lines: string[] = []
  let inTable = false
  for (let i = 0; i < rows.length;) {
    const depth = headerDepth(rows, i)
    if (depth > 0) {
      // A table with nothing above it is called what its sheet is called.
      if (lines.length === 0 && !UNNAMED.test(name)) lines.push(name)
      lines.push(headerLine(rows.slice(i, i + depth)))
      inTable = true
      i += depth
    } else lines.push(inTable ? rowLine(rows[i++]!) : plainLine(rows[i++]!))
  }
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => `${line}\n`)
    .join('')
}

const words = (cell: SheetCell | null | undefined): string => (cell?.text ?? '').replace(/\s+/g, ' ').trim()

/** How many rows the header takes that begins here; 0 where none does. */
function headerDepth(rows: readonly SheetRow[], at: number): number {
  const { cells } = rows[at]!
  if (!isHeader(cells)) return 0
  let depth = 1
  while (depth < MOST_HEADER_ROWS) {
    const above = rows[at + depth - 1]!
    const below = rows[at + depth]
    if (below === undefined || below.number !== above.number + 1) break
    const goesDown = below.cells.some((cell, i) => cell?.merged === 'below' && words(cell) === words(above.cells[i]))
    const parted = above.cells.some((cell) => cell?.merged === 'beside')
    const isShort = below.cells.every((cell) => words(cell).length <= LONGEST_HEADER && !isValue(cell))
    if (!isShort || !(goesDown || parted)) break
    depth++
  }
  return depth
}

/** A cell under a header that holds a value; a year is a header. */
const isValue = (cell: SheetCell | null): boolean =>
  cell !== null && (cell.date !== null || (cell.number !== null && !isYear(cell.number)))

const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1990 && value <= 2100

function isHeader(cells: readonly (SheetCell | null)[]): boolean {
  const own = cells.filter((cell) => cell !== null && cell.merged !== 'beside')
  const texts = own.map(words)
  if (texts.some((text) => text.length > LONGEST_HEADER || /[。；;]/.test(text))) return false
  const named = new Set(texts.filter((text) => roleOfHeader(headerWords(text)) !== 'other'))
  return (
    named.size >= FEWEST_NAMED &&
    named.size * 2 >= texts.length - texts.filter((text) => /^\d{4}年?$/.test(text)).length
  )
}

/** A header as the lexicon knows it: without the blanks that spread its letters, a bare year with its word. */
function headerWords(text: string): string {
  const joined = text.replace(/\s+/g, '')
  return /^(?:19|20)\d\d$/.test(joined) ? `${joined}年` : joined
}

/** One line for the rows of a header: under 责任单位 stands 牵头单位, under 2025年 目标值. */
function headerLine(rows: readonly SheetRow[]): string {
  const columns = Math.max(...rows.map(({ cells }) => cells.length))
  const headers = Array.from({ length: columns }, (_, i) => {
    const parts = rows.map(({ cells }) => headerWords(words(cells[i])))
    const own = parts.filter((part, k) => part !== '' && part !== parts[k - 1])
    const joined = own.join('')
    const last = own.at(-1) ?? ''
    // What a cell is about is said by the lowest row that says it; a year or a group above it belongs to it.
    return joined.length > 14 && roleOfHeader(last) !== 'other' ? last : joined
  })
  return headers.join('\t')
}

/** A row of a table: what is merged with the cell to its left is empty, what is merged with the one above repeats it. */
function rowLine({ cells }: SheetRow): string {
  const texts = cells.map((cell) => (cell?.merged === 'beside' ? '' : words(cell)))
  const filled = texts.filter((text) => text !== '')
  return filled.length === 1 && texts.length > 2 && cells.some((cell) => cell?.merged === 'beside')
    ? filled[0]!
    : texts.join('\t').trimEnd()
}

/** A row outside of any table: title, unit of all values, who made it. */
function plainLine({ cells }: SheetRow): string {
  return cells
    .filter((cell) => cell !== null && (cell.merged === null || cell.merged === 'first'))
    .map(words)
    .join('　')
}

/** Columns in which no row has a word are there for the eye. */
function withoutEmptyColumns(rows: readonly SheetRow[]): SheetRow[] {
  const used: boolean[] = []
  for (const { cells } of rows) {
    cells.forEach((cell, i) => {
      if (words(cell) !== '' && cell?.merged !== 'beside') used[i] = true
    })
  }
  return rows.map(({ number, cells }) => ({ number, cells: cells.filter((_, i) => used[i]) }))
}
