import { isHeaderWord, partOfHead, roleOfHeader } from '../lexicon/table-headers.ts'
import { alignCells, contradicts, type CellColumn, cellColumn } from './cell-alignment.ts'
import { GROUP_TITLE, NEXT_CELL, NEXT_NAME, ROW_START, SAME_CELL } from './cell-places.ts'
import type { Line } from './line.ts'
import { endsLikeTitle, startsWithLabel } from './marks.ts'
import { isNameAlone } from './names-in-cells.ts'
import { spannedHeads } from './spanned-heads.ts'

/**
 * Tables whose cells strokes part, as web pages are turned into text: `甲 | 乙 | 丙 |` with a row a line; a cell a line with a
 * stroke behind each; or the strokes on lines of their own. A cell may be empty and may have several lines.
 * (Rows between strokes, `| 甲 | 乙 |`, are rows of tabs by then.)
 */

const STROKE = '|'
const FEWEST_COLUMNS = 2
const FEWEST_STREAM_COLUMNS = 3
const MOST_COLUMNS = 14
/** Lines without a stroke within one cell. */
const MOST_LINES_OF_CELL = 12
/** Rows or, where cells have lines of their own, cells that make a table. */
const FEWEST_ROWS = 2
const FEWEST_CELLS = 9
const SEPARATOR = /^[|:\-— ]+$/

/** A part of a line by two offsets into its text. */
type PartOf = (line: Line, from: number, to: number) => Line

/** One cell: its lines, none where it is empty. */
type Cell = Line[]

/** Puts the cells of stroke tables in the place of their lines; the other lines come back as they are. Linear. */
export function partPipedTables(lines: readonly Line[], partOf: PartOf): Line[] {
  if (!lines.some(({ text }) => text.includes(STROKE))) return [...lines]
  const parted: Line[] = []
  /** Behind the lines that were read in vain, and how often: they are not read for ever. */
  let vain = { end: 0, times: 0 }
  for (let i = 0; i < lines.length;) {
    const read = rowsAt(lines, i, partOf) ?? streamAt(lines, i, partOf)
    if (read && read.rows.length > 0) {
      for (const row of read.rows) pushRow(parted, row)
      i = read.end
      continue
    }
    if (read) vain = { end: Math.max(vain.end, read.end), times: i < vain.end ? vain.times + 1 : 1 }
    const next = vain.times < MOST_VAIN ? i + 1 : Math.max(vain.end, i + 1)
    while (i < next) {
      const line = lines[i++] as Line
      const title = titleLength(line.text)
      parted.push(title > 0 ? partOf(line, 0, title) : line)
    }
  }
  return parted
}

/** Length of the title that a line holds with nothing but a stroke behind it; 0 where it holds none. */
function titleLength(text: string): number {
  if (text.indexOf(STROKE) !== text.length - 1) return 0
  const words = text.slice(0, -1).trimEnd()
  return words.length >= SHORTEST_TITLE && /关于|印发|转发/.test(words) && endsLikeTitle(words) ? words.length : 0
}
const SHORTEST_TITLE = 12

/** Lines are read as a table so often before they count as none. */
const MOST_VAIN = 4

interface PlacedCell {
  cell: Cell
  column: number
}

interface ReadTable {
  /** Empty where the lines that were read are no table. */
  rows: PlacedCell[][]
  /** Index behind the last line that was read. */
  end: number
}

const widest = (rows: readonly Cell[][]): number => rows.reduce((most, { length }) => Math.max(most, length), 0)

const strokesIn = (text: string): number => {
  let strokes = 0
  for (const character of text) if (character === STROKE) strokes++
  return strokes
}
const wordsOf = (cell: Cell): string => cell.map(({ text }) => text.replace(/ /g, '')).join('')

/** Puts a row among the lines: its cells' lines with their places. A row of one cell is a title over the rows below it. */
function pushRow(parted: Line[], row: readonly PlacedCell[]): void {
  const filled = row.filter(({ cell }) => cell.length > 0)
  let column = 0
  filled.forEach(({ cell, column: own }, index) => {
    cell.forEach((line, k) => {
      const before = cell[k - 1]
      const place =
        k > 0
          ? before && isNameAlone(before.text) && isNameAlone(line.text)
            ? NEXT_NAME
            : SAME_CELL
          : index > 0
            ? NEXT_CELL
            : filled.length === 1 && row.length !== 2
              ? GROUP_TITLE
              : ROW_START
      line.cell = { place, tabs: k > 0 || place === GROUP_TITLE ? 0 : own - column, doubtful: false }
      parted.push(line)
    })
    column = own
  })
}

/** The cells of a line, those at its end left out where nothing but a stroke closes the line. */
function cellsOf(line: Line, partOf: PartOf): Cell[] {
  const cells: Cell[] = []
  let from = 0
  for (let at = 0; at <= line.text.length; at++) {
    if (at < line.text.length && line.text[at] !== STROKE) continue
    if (at < line.text.length || line.text.slice(from).trim() !== '') {
      const part = partOf(line, from, at)
      cells.push(part.text === '' ? [] : [part])
    }
    from = at + 1
  }
  return cells
}

/** `甲 | 乙 | 丙 |`, a row a line; a line that no stroke closes goes on below where all others are closed. */
function rowsAt(lines: readonly Line[], from: number, partOf: PartOf): ReadTable | null {
  if (strokesIn((lines[from] as Line).text) < FEWEST_COLUMNS - 1 || isStream(lines, from)) return null
  const closed = (lines[from] as Line).text.endsWith(STROKE)
  const rows: Cell[][] = []
  let end = from
  while (end < lines.length) {
    const line = lines[end] as Line
    if (line.text.includes('\t') || !line.text.includes(STROKE)) break
    // 云川县人民政府关于…的通知 |: the title below the table of what a page says about it.
    if (titleLength(line.text) > 0) break
    if (SEPARATOR.test(line.text)) {
      end++
      continue
    }
    const row = cellsOf(line, partOf)
    end++
    if (closed && !line.text.endsWith(STROKE)) end = closeRow(lines, end, row, partOf)
    rows.push(row)
  }
  const most = widest(rows)
  if (rows.length < FEWEST_ROWS || most < FEWEST_COLUMNS || most > MOST_COLUMNS) return { rows: [], end }
  return { rows: placeRows(rows), end }
}

/** Adds the lines to a row that an open line goes on with, up to the stroke that closes it; returns the index behind them. */
function closeRow(lines: readonly Line[], from: number, row: Cell[], partOf: PartOf): number {
  let end = from
  for (let at = from; at < Math.min(lines.length, end + MOST_LINES_OF_CELL) && row.length <= MOST_COLUMNS; at++) {
    const line = lines[at] as Line
    if (line.text.includes('\t')) break
    if (!line.text.includes(STROKE)) continue
    for (let k = end; k < at; k++) row.at(-1)?.push(lines[k] as Line)
    const [first, ...others] = cellsOf(line, partOf)
    if (first) row.at(-1)?.push(...first)
    row.push(...others)
    end = at + 1
    if (line.text.endsWith(STROKE)) break
  }
  return end
}

/** Whether strokes from here on part cells that have lines of their own: hardly a line holds two. */
function isStream(lines: readonly Line[], from: number): boolean {
  let single = 0
  let several = 0
  for (let i = from; i < Math.min(lines.length, from + FEWEST_CELLS * 2); i++) {
    const { text } = lines[i] as Line
    if (!text.includes(STROKE)) continue
    if (text.split(STROKE).filter((words) => words.trim() !== '').length > 1) several++
    else single++
  }
  return single > 2 * several && single >= FEWEST_CELLS / 2
}

/** A cell a line with a stroke behind each, or the strokes on lines of their own. */
function streamAt(lines: readonly Line[], from: number, partOf: PartOf): ReadTable | null {
  const opens = (lines[from] as Line).text
  const alone = (lines[from + 1]?.text ?? '').startsWith(STROKE)
  if (!(opens.includes(STROKE) || (alone && opens.length <= 40)) || !isStream(lines, from)) return null
  const cells: Cell[] = []
  let open: Cell = []
  let end = from
  let since = 0
  for (let i = from; i < lines.length && since <= MOST_LINES_OF_CELL; i++) {
    const line = lines[i] as Line
    if (line.text.includes('\t')) break
    const strokes = strokesIn(line.text)
    since = strokes > 0 ? 0 : since + 1
    if (strokes === 0) {
      open.push(line)
      continue
    }
    const [first, ...others] = cellsOf(line, partOf)
    if (first) open.push(...first)
    cells.push(open, ...others)
    open = []
    end = i + 1
    // The words behind the last stroke of a line open the next cell.
    if (!line.text.endsWith(STROKE) && others.length > 0) open = cells.pop() as Cell
  }
  const rows = cells.length < FEWEST_CELLS ? null : rowsOfStream(cells)
  if (!rows || rows.length < FEWEST_ROWS) return { rows: [], end }
  // Where strokes stand between cells, the last cell has none behind it.
  const last = rows.at(-1) as Cell[]
  const width = widest(rows)
  const behind = lines[end]
  if (alone && behind && last.length < width && behind.text.length <= 40 && !/[。;:]$/.test(behind.text)) {
    last.push([behind])
    end++
  }
  return { rows: placeRows(rows), end }
}

const isHeader = (cell: Cell): boolean => isHeaderWord(wordsOf(cell)) || /^(?:序号|编号)$/.test(wordsOf(cell))

/** How many cells from the first on are words of a header. */
function headerLength(cells: readonly Cell[]): number {
  let length = 0
  while (length < Math.min(cells.length, MOST_COLUMNS) && isHeader(cells[length] as Cell)) length++
  return length
}

const integer = (cell: Cell): number | null => {
  const words = wordsOf(cell)
  return /^\d{1,3}[.、]?$/.test(words) ? parseInt(words, 10) : null
}

/** Deals a stream of cells out to rows: by running numbers, or by as many cells as the header has. Null where neither tells. */
function rowsOfStream(cells: readonly Cell[]): Cell[][] | null {
  const width = headerLength(cells)
  const headed = width >= FEWEST_STREAM_COLUMNS
  const rows: Cell[][] = headed ? [cells.slice(0, width)] : []
  const rest = cells.slice(headed ? width : 0)
  const numbered = headed
    ? integer(rest[0] ?? []) !== null || isNumberHeader(cells[0] as Cell)
    : integer(rest[0] ?? []) !== null
  if (numbered) return [...rows, ...numberedRows(rest, width)]
  if (!headed) return null
  for (let at = 0; at < rest.length; at += width) rows.push(rest.slice(at, at + width))
  return rows
}

const isNumberHeader = (cell: Cell): boolean => roleOfHeader(wordsOf(cell)) === 'number'

/** `width` is that of the header, 0 where there is none. */
function numberedRows(cells: readonly Cell[], width: number): Cell[][] {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let last: number | null = null
  for (const cell of cells) {
    const number = integer(cell)
    const next = number !== null && (last === null || (number === last + 1 && row.length >= 3))
    const later = number !== null && last !== null && width > 0 && number > last && row.length >= width
    if (next || later) {
      if (row.length > 0) rows.push(...closed(row, width))
      row = []
      last = number
    }
    row.push(cell)
  }
  if (row.length > 0) rows.push(...closed(row, width))
  return rows
}

/** A row without the empty cells that fill it up, and behind it the title of the next rows that ran into it. */
function closed(row: readonly Cell[], width: number): Cell[][] {
  let end = row.length
  while (width > 0 && end > width && (row[end - 1] as Cell).length === 0) end--
  const titles: Cell[][] = []
  while (width > 0 && end > width && isTitle(row[end - 1] as Cell)) titles.unshift([row[--end] as Cell])
  return [row.slice(0, end), ...titles]
}

const isTitle = (cell: Cell): boolean => startsWithLabel(wordsOf(cell)) && wordsOf(cell).length <= 40

/** The header of two rows whose empty cells were not kept, its cells in their columns; null where it is none. */
function spannedHeader([top = [], parts = [], ...rows]: readonly Cell[][]): {
  cells: PlacedCell[][]
  words: string[]
} | null {
  const width = rows[0]?.length ?? 0
  if (width <= top.length || !rows.every((row) => row.length === width || row.length === 1)) return null
  const all = [...top, ...parts]
  const words = all.map(wordsOf)
  const columns = words.includes('') ? null : spannedHeads(words, width)
  if (
    columns?.findLast(({ part }) => part !== null)?.part !== all.length - 1 ||
    columns.some(({ head }) => head >= top.length)
  )
    return null
  const heads = columns.flatMap(({ head }, column) =>
    columns[column - 1]?.head === head ? [] : [{ cell: all[head] as Cell, column }],
  )
  const below = columns.flatMap(({ part }, column) => (part === null ? [] : [{ cell: all[part] as Cell, column }]))
  return {
    cells: [heads, below],
    words: columns.map(({ head, part }) =>
      part === null ? (words[head] as string) : partOfHead(words[head] as string, words[part] as string),
    ),
  }
}

/** Puts the cells of every row into their columns: those of the header, or of the longest row where there is none. */
function placeRows(rows: readonly Cell[][]): PlacedCell[][] {
  const spanned = spannedHeader(rows)
  if (spanned) {
    const columns = spanned.words.map(columnOf)
    const below = rows
      .slice(2)
      .map((row) => (row.length > 1 ? placeUnder(row, columns) : row.map((cell) => ({ cell, column: 0 }))))
    return [...spanned.cells, ...below]
  }
  const [header = []] = rows
  const filled = header.filter((cell) => cell.length > 0)
  const headed = filled.length >= FEWEST_COLUMNS && filled.filter(isHeader).length * 2 >= filled.length
  const width = headed ? header.length : widest(rows)
  const columns = headed ? header.map((cell) => columnOf(wordsOf(cell))) : null
  return rows.map((row) => {
    const cells = withoutFilling(row, width)
    if (columns && row !== header && cells.length > 1) return placeUnder(cells, columns)
    const numbered = integer(cells[0] ?? []) !== null
    // A merged cell that the rows above have already told is missing behind the number, or at the beginning.
    const missing = columns ? 0 : Math.max(0, width - cells.length)
    return cells.map((cell, i) => ({ cell, column: cells.length === 1 ? 0 : numbered && i === 0 ? 0 : i + missing }))
  })
}

const columnOf = (header: string): CellColumn => cellColumn(roleOfHeader(header), header)

function withoutFilling(row: readonly Cell[], width: number): Cell[] {
  let end = row.length
  while (end > width && (row[end - 1] as Cell).length === 0) end--
  return row.slice(0, end)
}

/**
 * A cell a column. Where cells are missing, a merged cell that the rows above have told is missing at the beginning; else those
 * that are there go where they fit best.
 */
function placeUnder(cells: readonly Cell[], columns: readonly CellColumn[]): PlacedCell[] {
  const straight = cells.map((cell, column) => ({ cell, column }))
  if (fits(straight, columns)) return straight
  const told = cells.slice(0, cells.findLastIndex((cell) => cell.length > 0) + 1)
  const merged = told.map((cell, i) => ({ cell, column: i + columns.length - told.length }))
  if (told.length < columns.length && fits(merged, columns)) return merged
  const filled = cells.filter((cell) => cell.length > 0)
  if (filled.length > columns.length) return straight.slice(0, columns.length)
  const places = alignCells(filled.map(wordsOf), columns)
  return filled.map((cell, i) => ({ cell, column: places[i] as number }))
}

const fits = (placed: readonly PlacedCell[], columns: readonly CellColumn[]): boolean =>
  placed.every(
    ({ cell, column }) =>
      cell.length === 0 || (columns[column] !== undefined && !contradicts(columns[column], wordsOf(cell))),
  )
