import { cellText } from './cell-text.ts'
import { allGaps, columnsOf, gapsOf, inkOf, isClear, narrowed, placed } from './cells.ts'
import { segmentsOf } from './lines.ts'
import { fillDown, groupsOf, LEAST_GAP, SURE_GAP, WIDE_GAP } from './row-groups.ts'
import type { LaidTable, Line, Span } from './types.ts'

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
  const between = allGaps(gaps, cells, size * SURE_GAP, size * LEAST_GAP)
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
      const rows = rowsOf(own, between, columns)
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

/** The rows of a table; a line over all of its columns is a row of its own. */
function rowsOf(lines: readonly Line[], gaps: readonly Span[], columns: readonly Span[]): string[][] {
  const rows: string[][] = []
  let part: Line[] = []
  const write = () => {
    if (part.length === 0) return
    const own = groupsOf(part, gaps).map((group) => {
      const cells = group.map((i) => placed(part[i]!, gaps))
      return columns.map(({ from, to }, k) =>
        cellText(
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
