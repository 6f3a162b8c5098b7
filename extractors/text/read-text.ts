import { ExtractionError } from '../types.ts'
import { GROUP_TITLE, NEXT_NAME, NO_CELL, ROW_START, SAME_CELL, type Cells } from './cell-places.ts'
import { joinCards } from './card-lines.ts'
import { joinDatePieces } from './date-pieces.ts'
import { decode, fold } from './fold.ts'
import { findFurniture, isLostGlyph } from './furniture.ts'
import { partGluedTables } from './glued-tables.ts'
import { joins, type OpenParagraph } from './joins.ts'
import { partLabelledLines } from './label-lines.ts'
import type { Line } from './line.ts'
import { cutSeams, pieceOf, splitLines } from './lines.ts'
import {
  awaitsMore,
  endsLikeTitle,
  endsSentence,
  endsWithBracket,
  hasPunctuation,
  isNumberLine,
  startsWithLabel,
  startsWithMetadata,
} from './marks.ts'
import { reaches, wrapWidths } from './measure.ts'
import { joinNames } from './names-in-cells.ts'
import { partPipedTables } from './piped-tables.ts'
import type { DisplacedLine, ReadingText } from './reading-text.ts'
import { tabSpacedTables } from './spaced-tables.ts'
import { ReadingWriter } from './writer.ts'

/** Longer texts are refused, so that offsets and memory stay in bounds. UTF-16 code units. */
const LONGEST_TEXT = 200_000_000

/** How many characters back the title of an attached plan may have been named. */
const TITLE_REACH = 3000

/**
 * Makes raw text readable: folds forms, takes out page layout, undoes hard wraps. Linear in the length of the text.
 * @throws ExtractionError `not-text` for anything but a string, `too-long` beyond {@link LONGEST_TEXT}
 */
export function readText(raw: string): ReadingText {
  if (typeof raw !== 'string') throw new ExtractionError('not-text', 'the input is not text')
  if (raw.length > LONGEST_TEXT)
    throw new ExtractionError('too-long', `the text is longer than ${LONGEST_TEXT} characters`)
  const codes = fold(raw)
  const partOf = (line: Line, from: number, to: number): Line => pieceOf(line, from, to, raw, codes)
  const printed = partLabelledLines(partPipedTables(joinDatePieces(splitLines(raw, codes), codes), partOf), partOf)
  tabSpacedTables(printed, codes)
  joinNames(printed, codes)
  const parted = partGluedTables(joinCards(printed, codes), partOf)
  const all = cutSeams(parted, raw, codes)
  const { furniture, cells } = findFurniture(all)
  return write(raw, codes, withoutFurniture(all, furniture, cells))
}

/**
 * The lines that are text. Where a glyph was lost, what stands behind the gap goes on with the same printed line:
 * it is glued to what is before, and as wide as both together.
 */
function withoutFurniture(all: readonly Line[], furniture: Uint8Array, cells: Cells): KeptLines {
  const lines: Line[] = []
  const inTable = new Map<Line, { place: number; tabs: number }>()
  const glued = new Set<Line>()
  let lost = false
  for (let i = 0; i < all.length; i++) {
    const line = all[i] as Line
    if (furniture[i]) continue
    if (isLostGlyph(line.text)) {
      lost = true
      continue
    }
    const before = lines.at(-1)
    if (lost && before) {
      glued.add(line)
      line.width += before.width + 2
    }
    lost = false
    lines.push(line)
    const place = cells.place[i] as number
    if (place !== NO_CELL) inTable.set(line, { place, tabs: cells.tabs[i] as number })
  }
  return { lines, glued, inTable }
}

interface KeptLines {
  lines: Line[]
  /** Lines that go on with the printed line before, behind a lost glyph. */
  glued: ReadonlySet<Line>
  /** Lines that are cells of a table, and how they follow the line before. */
  inTable: ReadonlyMap<Line, { place: number; tabs: number }>
}

function write(raw: string, codes: Uint16Array, { lines, glued, inTable }: KeptLines): ReadingText {
  const widths = wrapWidths(lines)
  const baseIndents = lowestIndents(lines)
  let tabs = 0
  for (const cell of inTable.values()) tabs += cell.tabs + 1
  // Where line breaks were lost, lines are parted by one more character than the raw text has.
  const writer = new ReadingWriter(raw, codes, tabs + lines.length)
  const displaced: DisplacedLine[] = []
  const doubtful = new Set<number>()
  const open: OpenParagraph = {
    first: lines[0] as Line,
    openFor: 0,
    closedByTag: false,
    runInStyle: false,
    begun: false,
    stopless: isStopless(lines),
  }
  let last: Line | null = null
  let lastWidth = 0
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line
    const cell = inTable.get(line)
    if (cell) {
      const opens = cell.place === ROW_START || cell.place === GROUP_TITLE
      if (last && opens) writer.endParagraph(last.end)
      if (cell.place === NEXT_NAME) writer.writeJoint(line.start)
      else if (cell.place !== SAME_CELL) writer.writeTabs(cell.tabs, line.start)
      if (line.cell?.doubtful) doubtful.add(writer.length)
      writer.writeLine(line)
      if (cell.place === GROUP_TITLE) writer.writeTabs(1, line.end)
      last = line
      continue
    }
    if (last && inTable.has(last)) {
      writer.endParagraph(last.end)
      last = null
    }
    if (last && isDisplaced(last, line, lines[i + 1], lastWidth, writer)) {
      displaced.push({ start: line.start, end: line.end, text: line.text.replace(/ /g, ''), at: writer.length })
      continue
    }
    const joined =
      last !== null && (glued.has(line) || joins(last, line, lines[i + 1], lastWidth, baseIndents[i] as number, open))
    if (!joined) {
      if (last) writer.endParagraph(last.end)
      open.first = line
      open.openFor = 0
    }
    writer.writeLine(line)
    open.openFor = writer.openFor
    open.closedByTag = endsWithBracket(line.text) && writer.endsWithTag
    open.begun ||= line.text.includes('。')
    if (startsWithLabel(line.text)) open.runInStyle = /^[^。]{2,40}。./.test(line.text)
    last = line
    lastWidth = widths[i] as number
  }
  const { out, offsets } = writer.finish()
  return { raw, text: decode(out), offsets, displaced, doubtful }
}

/** A text with so many lines of clauses would have a stop somewhere. */
const FEWEST_CLAUSES = 8
/** Whether a text leaves out every stop, as lists and extracts do. */
function isStopless(lines: readonly Line[]): boolean {
  let clauses = 0
  for (const { text } of lines) {
    if (text.includes('。')) return false
    if (text.includes(',')) clauses++
  }
  return clauses >= FEWEST_CLAUSES
}

/**
 * A 发文字号 or the title of an attached plan that page layout put into the middle of a sentence:
 * the line before is full and open, the line is known, and the line after goes on.
 */
function isDisplaced(
  last: Line,
  line: Line,
  next: Line | undefined,
  wrapWidth: number,
  writer: ReadingWriter,
): boolean {
  if (!next || endsSentence(last.text) || startsWithLabel(next.text)) return false
  if (!reaches(last, wrapWidth) && !awaitsMore(last.text)) return false
  const numbers = isNumberLine(line.text)
  if (!numbers && (!endsLikeTitle(line.text) || hasPunctuation(line.text) || line.text.length < 8)) return false
  // 文号:云水发〔2021〕12号 among the lines that tell of the document stands where it belongs.
  if (startsWithMetadata(last.text) || startsWithMetadata(line.text)) return false
  if (numbers) return !endsLikeTitle(last.text)
  return writer.tail(TITLE_REACH).includes(`《${line.text.replace(/ /g, '')}》`)
}

/** Lowest indent among the lines around each line, in columns. */
function lowestIndents(lines: readonly Line[]): Uint16Array {
  const reach = 12
  const lowest = new Uint16Array(lines.length)
  const indents = new Uint16Array(lines.length)
  lines.forEach(({ indent }, i) => (indents[i] = Math.min(indent, 0xffff)))
  for (let i = 0; i < lines.length; i++) {
    let low = 0xffff
    for (let k = Math.max(0, i - reach), end = Math.min(lines.length, i + reach); k < end; k++)
      if ((indents[k] as number) < low) low = indents[k] as number
    lowest[i] = low
  }
  return lowest
}
