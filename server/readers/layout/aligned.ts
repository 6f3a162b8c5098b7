import { cellText } from './cell-text.ts'
import { allGaps, columnsOf, gapsOf, inkOf, isClear, narrowed, placed } from './cells.ts'
import { segmentsOf } from './lines.ts'
import { fillDown, groupsOf, LEAST_GAP, SURE_GAP, WIDE_GAP } from './row-groups.ts'
import type { LaidTable, Line, Piece, Span } from './types.ts'

/** A table has so many lines of several cells at least. */
const FEWEST_LINES = 3
/** More are looked at as another table: a page has no so many lines. */
const MOST_LINES = 400
/** Two columns are also a list of names with their posts. */
const FEWEST_COLUMNS = 3
/** Lines farther apart than this, in sizes, are not of one table. */
const FARTHEST = 3
/** A line of one word that stands so much farther below the last row than these are from one another is behind the table. */
const BEHIND = 1.3
/** So many steps from row to row show how far apart these are. */
const FEWEST_STEPS = 3

/**
 * A table that is told by its aligned columns alone, as Word prints one without borders; `next` is the first line behind it.
 * @param above the columns of a table that ends the page or column before, where `from` is the first line of the next:
 * then one row is enough
 */
export function alignedTableAt(
  lines: readonly Line[],
  from: number,
  above: readonly Span[] | null = null,
): { table: LaidTable; next: number } | null {
  if (above !== null) {
    const gaps = gapsOf(above, 0)
    const found = gaps.length === above.length - 1 ? tableFrom(lines, from, from, gaps) : null
    if (found !== null && found.columns.length === above.length) return found.result(1)
  }
  if (!beginsTable(lines, from)) return null
  const first = firstRow(lines, from)
  const gaps = gapsOf(inkOf(lines.slice(from, first)), lines[from]!.size * WIDE_GAP)
  if (gaps.length === 0) return null
  const found = tableFrom(lines, from, first, gaps)
  return found !== null && found.columns.length >= FEWEST_COLUMNS ? found.result(FEWEST_LINES) : null
}

/** A line of one word is no row where its type is so much larger or smaller than the table's. */
const OTHER_SIZE = 0.12

/** What stands above the next table: 表2 …, or a line in the type of the text. */
const isCaption = (line: Line, own: number): boolean =>
  segmentsOf(line, WIDE_GAP).length === 1 &&
  (Math.abs(line.size - own) > own * OTHER_SIZE ||
    /^附?表\s*[\d一二三四五六七八九十]{1,3}(?![\d.]*[%个])/.test(line.text))

interface Found {
  columns: Span[]
  /** The table, where it has so many lines of several cells. */
  result: (fewest: number) => { table: LaidTable; next: number } | null
}

/** Follows gaps down the lines from `from`; those before `at` are known to leave them free. */
function tableFrom(lines: readonly Line[], from: number, at: number, given: readonly Span[]): Found | null {
  const { size } = lines[from]!
  const own = lines.slice(from, at)
  let gaps = [...given]
  const steps: number[] = []
  let over: Line | null = null
  for (let i = at; i < Math.min(lines.length, from + MOST_LINES); i++) {
    const line = lines[i]!
    const before = lines[i - 1]
    const step = before === undefined || i === from ? 0 : line.y - before.y
    if (step > size * FARTHEST) break
    const ink = inkOf([line])
    if (own.length > 0 && isCaption(line, size)) break
    if (ink.length === 1 && steps.length >= FEWEST_STEPS && step > Math.max(...steps) * BEHIND) break
    const left = narrowed(gaps, [line], size * LEAST_GAP)
    if (left === null) {
      // The title of a group of rows may stand over all columns, where the table goes on below it.
      if (over !== null || ink.length > 1 || own.length === 0) break
      over = line
      continue
    }
    if (over !== null) {
      own.push(over)
      over = null
    }
    gaps = left
    own.push(line)
    if (step > size * OVERLAPPING) steps.push(step)
  }
  while (own.length > 0 && isBehind(own.at(-1)!, gaps)) own.pop()
  if (own.length === 0) return null
  const cells = own.filter((line) => !isOver(line, gaps))
  const shared = allGaps(gaps, cells, size * SURE_GAP, size * LEAST_GAP)
  const header = own.slice(0, Math.min(own.length, firstRow(lines, from) - from))
  const hidden = sharedHeader(header, own.slice(header.length), shared)
  const between = [...shared, ...hidden.gaps].sort((a, b) => a.from - b.from)
  // In running text marks may stand below each other by chance.
  if (own.filter((line) => isClear(line, gaps)).length * 3 < own.length * 2) return null
  const columns = columnsOf(
    own.filter((line) => !isOver(line, between)),
    between,
  )
  return {
    columns,
    result: (fewest) => {
      const parted = own.filter(
        (line) => !isOver(line, between) && placed(line, between).filter((cell) => cell.length > 0).length > 1,
      )
      if (columns.length < 2 || parted.length < fewest) return null
      const rows =
        hidden.gaps.length === 0
          ? rowsOf(own, between, columns)
          : [...headerRows(header, hidden, between, columns), ...rowsOf(own.slice(header.length), between, columns)]
      if (isOutline(rows)) return null
      return {
        table: { rows, columns, top: own[0]!.top, bottom: own.at(-1)!.bottom, ruled: false },
        next: from + own.length,
      }
    },
  }
}

const MARK = /^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[.、．)）]/

/**
 * Whether the rows are the items of a text (一、… 1.…) with a wider gap in one of them: marks stand in the first column, and
 * what is behind the second is empty in most rows.
 */
const isOutline = (rows: readonly (readonly string[])[]): boolean =>
  rows.filter(([first]) => MARK.test(first!)).length * 2 > rows.length &&
  rows.filter((cells) => cells.slice(2).some((cell) => cell !== '')).length * 2 < rows.length

/** The header of a table of which a word stands over several columns: these words, and the gaps that only the rows show. */
interface SharedHeader {
  over: { word: Piece; gap: Span }[]
  gaps: Span[]
}

/**
 * Gaps that the rows leave free and a word in the middle of them hides in the header; on either side of it the header has
 * a word of its own.
 */
function sharedHeader(header: readonly Line[], rows: readonly Line[], known: readonly Span[]): SharedHeader {
  const shared: SharedHeader = { over: [], gaps: [] }
  if (header.length < 2 || rows.length < FEWEST_LINES) return shared
  const { size } = header[0]!
  const words = header.flatMap(({ pieces }) => pieces)
  for (const gap of gapsOf(inkOf(rows), size * SURE_GAP)) {
    if (known.some(({ from, to }) => gap.from < to && gap.to > from)) continue
    const over = words.filter((word) => middleOf(word) > gap.from && middleOf(word) < gap.to)
    const others = words.filter((word) => !over.includes(word))
    const middle = (gap.from + gap.to) / 2
    const left = others.filter((word) => middleOf(word) < middle).map(({ x, width }) => x + width)
    const right = others.filter((word) => middleOf(word) > middle).map(({ x }) => x)
    const free = { from: Math.max(gap.from, ...left), to: Math.min(gap.to, ...right) }
    const isNamed = (from: number, to: number) => others.some((word) => middleOf(word) > from && middleOf(word) < to)
    const edges = known.flatMap(({ from, to }) => [from, to])
    const [before, behind] = [edges.filter((x) => x <= gap.from), edges.filter((x) => x >= gap.to)]
    if (over.length !== 1 || free.to - free.from < size * LEAST_GAP) continue
    if (!isNamed(Math.max(-Infinity, ...before), middle) || !isNamed(middle, Math.min(Infinity, ...behind))) continue
    shared.gaps.push(free)
    shared.over.push({ word: over[0]!, gap: free })
  }
  return shared
}

const middleOf = ({ x, width }: Piece): number => x + width / 2

/** The two rows of a header of which some words stand over several columns; the others count for both rows. */
function headerRows(
  header: readonly Line[],
  { over }: SharedHeader,
  gaps: readonly Span[],
  columns: readonly Span[],
): string[][] {
  const shared = over.map(({ word }) => word)
  const lines = header.map((line) => ({ ...line, pieces: line.pieces.filter((piece) => !shared.includes(piece)) }))
  const cells = lines.map((line) => placed(line, gaps))
  const below = columns.map(({ from, to }, k) =>
    cellText(
      cells.flatMap((row) => row[k]!),
      from,
      to,
    ),
  )
  const above = [...below]
  for (const { word, gap } of over) {
    const first = gaps.indexOf(gap)
    above[first] = word.text
    above[first + 1] = ''
  }
  return [above, below]
}

/** The rows of a table; a line over all of its columns is a row of its own. */
function rowsOf(lines: readonly Line[], gaps: readonly Span[], columns: readonly Span[]): string[][] {
  const rows: string[][] = []
  let part: Line[] = []
  const write = () => {
    if (part.length === 0) return
    const own = groupsOf(part, gaps).map((group) => {
      const cells = group.lines.map((i) => placed(part[i]!, gaps))
      return columns.map(({ from, to }, k) =>
        k === 0 && group.label !== null
          ? group.label
          : cellText(
              cells.flatMap((row) => row[k]!),
              from,
              to,
            ),
      )
    })
    fillDown(own)
    rows.push(...own)
    part = []
  }
  for (const line of lines) {
    if (isOver(line, gaps)) {
      write()
      rows.push([line.text, ...columns.slice(1).map(() => '')])
    } else part.push(line)
  }
  write()
  return rows
}

/** Lines that are nearer than this, in sizes, stand beside one another in cells that are centred over several lines. */
const OVERLAPPING = 1

/** The first line behind those that overlap with the one at `from`. */
function firstRow(lines: readonly Line[], from: number): number {
  let at = from + 1
  while (at < lines.length && lines[at]!.y - lines[at - 1]!.y <= lines[at]!.size * OVERLAPPING) at++
  return at
}

/** Whether the words of a line stand apart as cells do, or those of a line that it overlaps with. */
const beginsTable = (lines: readonly Line[], from: number): boolean =>
  lines.slice(from, firstRow(lines, from)).some((line) => segmentsOf(line, WIDE_GAP).length >= 2)

const isOver = (line: Line, gaps: readonly Span[]): boolean => narrowed(gaps, [line], 0.01) === null

/** A note below the table, or a line over all columns. */
const isBehind = (line: Line, gaps: readonly Span[]): boolean =>
  /^(?:注|备注|说明)[：:]/.test(line.text) || isOver(line, gaps)
