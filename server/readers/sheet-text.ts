import { cellWords as words, headerDepth, headerTitles, isValue } from './sheet-headers.ts'
import { readSheets, type Sheet, type SheetCell, type SheetRow } from './sheets.ts'
import type { Reader, ReadSheet, ReadSheetCell, ReadSheetRow } from './types.ts'

/**
 * The text of a spreadsheet: its sheets one below the other. The rows of a table are lines with tabs between the cells,
 * its header one line even where the sheet uses two rows; what stands above and below is written as lines of their own.
 */
export const readSpreadsheet: Reader = async (bytes, { fileName, limits }) => {
  const given = await readSheets(bytes, fileName, limits)
  const cut = given.filter(({ isCut }) => isCut)
  let text = ''
  const sheets = given.flatMap((sheet) => {
    const lines = linesOf(sheet).filter((line) => line.text.trim() !== '')
    if (lines.length === 0) return []
    if (text !== '') text += '\n'
    const starts = lines.map((line) => {
      const start = text.length
      text += `${line.text}\n`
      return start
    })
    return [drawnSheet(sheet, lines, starts)]
  })
  return {
    text,
    sheets,
    ...(cut.length > 0 && { notes: cut.map(({ name }) => `工作表“${name}”行列过多，只读取了前 2 万行、256 列。`) }),
  }
}

/** A line of the text with the rows that it was made of. */
interface SheetLine {
  text: string
  rows: readonly SheetRow[]
  isHeader: boolean
  /** Offset in the line at which the words of a column begin, for lines of one row. */
  places: ReadonlyMap<number, number>
}

const NO_PLACES: SheetLine['places'] = new Map()

/** A sheet that nobody has named. */
const UNNAMED = /^(?:sheet|工作表|表)\s*\d*$/i

function linesOf({ name, rows }: Sheet): SheetLine[] {
  const used = usedColumns(rows)
  const packed = rows.map((row) => ({ ...row, cells: used.map((column) => row.cells[column] ?? null) }))
  const lines: SheetLine[] = []
  const placed = ({ at }: PlacedText): SheetLine['places'] => new Map(at.map(([i, from]) => [used[i]!, from]))
  let inTable = false
  for (let i = 0; i < rows.length;) {
    const depth = headerDepth(packed, i)
    if (depth > 0) {
      // A table with nothing above it is called what its sheet is called.
      if (lines.length === 0 && !UNNAMED.test(name))
        lines.push({ text: name, rows: [], isHeader: false, places: NO_PLACES })
      const own = { rows: rows.slice(i, i + depth), isHeader: true, places: NO_PLACES }
      lines.push({ text: headerTitles(packed.slice(i, i + depth)).join('\t'), ...own })
      inTable = true
      i += depth
    } else {
      const line = inTable || isRow(packed, i) ? rowLine(packed[i]!) : plainLine(packed[i]!)
      lines.push({ text: line.text, rows: [rows[i]!], isHeader: false, places: placed(line) })
      i++
    }
  }
  return lines
}

/** A row of a table has so many cells at least. */
const FEWEST_CELLS = 3

/** Whether a row is one of a table whose header says nothing that is known: several cells, of which one holds a value, or above such a row. */
function isRow(rows: readonly SheetRow[], at: number): boolean {
  const isFull = (row: SheetRow | undefined) =>
    (row?.cells.filter((cell) => cell !== null && cell.merged !== 'beside').length ?? 0) >= FEWEST_CELLS
  const hasValue = (row: SheetRow | undefined) =>
    row?.cells.some((cell) => isValue(cell) || /^\d[\d.,]*%?$/.test(words(cell))) ?? false
  return isFull(rows[at]) && (hasValue(rows[at]) || (isFull(rows[at + 1]) && hasValue(rows[at + 1])))
}

/** What is drawn of a sheet, and where its words stand in the text, whose lines begin at `starts`. */
function drawnSheet({ name, rows, isCut }: Sheet, lines: readonly SheetLine[], starts: readonly number[]): ReadSheet {
  const drawn = lines.flatMap(({ text, rows: own, isHeader, places }, i) =>
    own.map(({ number, cells }): ReadSheetRow => {
      const start = starts[i]!
      return {
        number,
        start,
        end: start + text.length,
        isHeader,
        cells: cells.map((cell, column) => cell && drawnCell(cell, start, places.get(column))),
      }
    }),
  )
  return { name, columns: columnWidths(rows), rows: drawn, isCut }
}

function drawnCell(cell: SheetCell, start: number, at: number | undefined): ReadSheetCell {
  const { text, number, merged } = cell
  const place: ReadSheetCell['place'] = at === undefined ? null : [start + at, start + at + words(cell).length]
  return { text, isNumber: number !== null, merged, place }
}

/** Narrowest and widest column, in half-width characters; longer words are wrapped. */
const [NARROWEST, WIDEST] = [4, 44]

/** What stands in a column tells how wide it is drawn; an area over several columns tells nothing of any. */
function columnWidths(rows: readonly SheetRow[]): number[] {
  const widths: number[] = []
  for (const { cells } of rows) {
    cells.forEach((cell, column) => {
      const isWide = cell?.merged === 'beside' || cells[column + 1]?.merged === 'beside'
      const own = cell === null || isWide ? 0 : Math.max(...cell.text.split('\n').map(widthOf))
      widths[column] = Math.min(WIDEST, Math.max(NARROWEST, widths[column] ?? 0, own))
    })
  }
  return Array.from(widths, (width) => width ?? NARROWEST)
}

/** In half-width characters. */
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u2E7F' ? 2 : 1), 0)

/** A line, and by column where the words of a cell begin in it. */
interface PlacedText {
  text: string
  at: [column: number, from: number][]
}

/** Joins the words of cells; `null` stands for a cell that is not written. */
function joined(parts: readonly (string | null)[], between: string): PlacedText {
  const at: PlacedText['at'] = []
  let text = ''
  let isFirst = true
  parts.forEach((part, column) => {
    if (part === null) return
    if (!isFirst) text += between
    isFirst = false
    if (part !== '') at.push([column, text.length])
    text += part
  })
  return { text: text.trimEnd(), at }
}

/** A row of a table: what is merged with the cell to its left is empty, what is merged with the one above repeats it. */
function rowLine({ cells }: SheetRow): PlacedText {
  const texts = cells.map((cell) => (cell?.merged === 'beside' ? '' : words(cell)))
  const isOneCell =
    texts.filter((text) => text !== '').length === 1 &&
    texts.length > 2 &&
    cells.some((cell) => cell?.merged === 'beside')
  return isOneCell
    ? joined(
        texts.map((text) => text || null),
        '',
      )
    : joined(texts, '\t')
}

/** A row outside of any table: title, unit of all values, who made it. */
function plainLine({ cells }: SheetRow): PlacedText {
  return joined(
    cells.map((cell) => (cell !== null && (cell.merged === null || cell.merged === 'first') ? words(cell) : null)),
    '　',
  )
}

/** Columns in which no row has a word are there for the eye. */
function usedColumns(rows: readonly SheetRow[]): number[] {
  const used = new Set<number>()
  for (const { cells } of rows) {
    cells.forEach((cell, column) => {
      if (words(cell) !== '' && cell?.merged !== 'beside') used.add(column)
    })
  }
  return [...used].sort((a, b) => a - b)
}
