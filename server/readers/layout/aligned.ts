import { segmentsOf } from './lines.ts'
import type { LaidTable, Line, Rule } from './types.ts'

/** A line is the first of a table only where its words stand so many characters apart. */
const WIDE_GAP = 1.5
/** Within a table less is enough: a cell may fill its column. */
const GAP = 0.8
/** Columns that are nearer than this are one, in characters. */
const BAND = 0.6
/** A table has so many lines of several cells at least. */
const FEWEST_LINES = 3
/** Lines farther apart than this, in characters, are not of one table. */
const FARTHEST = 3

interface Span {
  from: number
  to: number
}

/**
 * A table that is told by its aligned columns alone, as Word prints one without borders; `next` is the first line behind
 * it. Two columns are also a list of names with their posts: only three make a table, or two with rules between the rows.
 */
export function alignedTableAt(
  lines: readonly Line[],
  from: number,
  rules: readonly Rule[],
): { table: LaidTable; next: number } | null {
  const first = lines[from]!
  if (!beginsTable(lines, from)) return null
  const rows: Line[][] = []
  let columns: Span[] = []
  let at = from
  for (; at < lines.length; at++) {
    const line = lines[at]!
    if (at > from && line.y - lines[at - 1]!.y > first.size * FARTHEST) break
    const segments = segmentsOf(line, GAP)
    const merged = columnsOf([...columns, ...segments.map(({ x1, x2 }) => ({ from: x1, to: x2 }))], first.size * BAND)
    // A line of running text lies across several columns and makes one of them.
    if (merged.length < Math.max(columns.length, segments.length) || segments.length > merged.length) break
    columns = merged
    rows.push(segments)
  }
  const levels = rules.filter(({ y1 }) => y1 > first.top - 12 && y1 < (rows.at(-1)?.[0]?.bottom ?? 0) + 12)
  const ruled = levels.length >= 3
  while (rows.length > 0 && rows.at(-1)!.length === 1 && columns.length > 2 && endsTable(rows.at(-1)![0]!, columns)) {
    rows.pop()
    at--
  }
  const parted = rows.filter((row) => row.length > 1).length
  if (columns.length < (ruled ? 2 : 3) || parted < (ruled ? 2 : FEWEST_LINES)) return null
  const placed = rows.map((row) => place(row, columns))
  const groups = ruled ? byRules(rows, levels) : (byNumbers(rows, placed) ?? bySpacing(rows, placed))
  const cells = groups.map((group) => columns.map((_, column) => group.map((row) => placed[row]![column]!).join('')))
  fillDown(cells)
  return {
    table: {
      rows: cells,
      edges: columns.map((span) => span.from),
      top: first.top,
      bottom: rows.at(-1)![0]!.bottom,
      ruled: false,
    },
    next: at,
  }
}

/** Lines that are nearer than this, in characters, stand beside one another in cells that are centred over several lines. */
const OVERLAPPING = 1

/** Whether the words of a line stand apart as cells do, or those of a line that it overlaps with. */
function beginsTable(lines: readonly Line[], from: number): boolean {
  for (let i = from; i < lines.length; i++) {
    const { y, size } = lines[i]!
    if (i > from && y - lines[i - 1]!.y > size * OVERLAPPING) return false
    if (segmentsOf(lines[i]!, WIDE_GAP).length >= 2) return true
  }
  return false
}

/** A note below the table stands at its left edge and is no cell that goes on: it is wider than the first column. */
const endsTable = (line: Line, columns: readonly Span[]): boolean =>
  line.x1 < columns[0]!.to && (/^(?:注|备注|说明)[：:]/.test(line.text) || line.x2 > columns[1]!.from)

/** Where the words of all lines leave an upright band free, two columns meet. */
function columnsOf(spans: readonly Span[], band: number): Span[] {
  const columns: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = columns.at(-1)
    if (last !== undefined && span.from < last.to + band) last.to = Math.max(last.to, span.to)
    else columns.push({ ...span })
  }
  return columns
}

/** The words of a line by column. */
function place(row: readonly Line[], columns: readonly Span[]): string[] {
  const cells = columns.map(() => '')
  for (const { x1, x2, text } of row) {
    const middle = (x1 + x2) / 2
    const column = columns.findIndex(({ to }) => middle <= to)
    cells[column] += text
  }
  return cells
}

/** Lines of which no rule lies between are one row. */
function byRules(rows: readonly Line[][], levels: readonly Rule[]): number[][] {
  const groups: number[][] = []
  rows.forEach((row, i) => {
    const above = rows[i - 1]?.[0]
    const crossed = above === undefined || levels.some(({ y1 }) => y1 > above.y && y1 < row[0]!.y)
    if (crossed) groups.push([i])
    else groups.at(-1)!.push(i)
  })
  return groups
}

/** A table whose first column counts its rows has so many of them at least. */
const FEWEST_NUMBERED = 2

/**
 * Where the first column counts (1, 2, 3), each number is a row: the lines between two of them are parted where they stand
 * farthest apart. What stands above the first number is the header. Null where nothing counts.
 */
function byNumbers(rows: readonly Line[][], placed: readonly string[][]): number[][] | null {
  const numbered = placed.flatMap(([cell], i) => (/^\d{1,3}[.、]?$/.test(cell!) ? [i] : []))
  const numbers = numbered.map((i) => Number.parseInt(placed[i]![0]!, 10))
  const counts = numbers.every((number, k) => k === 0 || number === numbers[k - 1]! + 1)
  if (numbered.length < FEWEST_NUMBERED || !counts) return null
  const gapAbove = (i: number) => rows[i]![0]!.y - rows[i - 1]![0]!.y
  /** The line above which the gap is widest, of those behind `above` up to `row`; the last of several. */
  const partedAt = (above: number, row: number) => {
    let at = row
    for (let i = row; i > above; i--) if (gapAbove(i) > gapAbove(at) * 1.1) at = i
    return at
  }
  const half = Math.ceil(placed[0]!.length / 2)
  const header = placed.slice(0, numbered[0]).findIndex((cells) => cells.filter((cell) => cell !== '').length >= half)
  const starts = numbered.map((row, k) =>
    k > 0 ? partedAt(numbered[k - 1]!, row) : header >= 0 ? partedAt(header, row) : 0,
  )
  if (starts[0] !== 0) starts.unshift(0)
  return starts.map((start, k) => {
    const end = starts[k + 1] ?? rows.length
    return Array.from({ length: end - start }, (_, i) => start + i)
  })
}

/**
 * Each row has one line in which half of its columns have words; the lines between two of these go on with cells of the
 * one above, but for those that the widest gap parts from it (cells that are centred over several lines).
 */
function bySpacing(rows: readonly Line[][], placed: readonly string[][]): number[][] {
  const half = Math.ceil((placed[0]?.length ?? 0) / 2)
  const full = placed.flatMap((cells, i) => (cells.filter((cell) => cell !== '').length >= half ? [i] : []))
  if (full.length === 0) return rows.map((_, i) => [i])
  const starts = full.map((row, k) => {
    const above = k === 0 ? -1 : full[k - 1]!
    if (k === 0) return 0
    const gaps = Array.from({ length: row - above }, (_, i) => rows[above + i + 1]![0]!.y - rows[above + i]![0]!.y)
    const widest = Math.max(...gaps)
    return widest > Math.min(...gaps) * 1.2 ? above + gaps.indexOf(widest) + 1 : row
  })
  return starts.map((start, k) => {
    const end = starts[k + 1] ?? rows.length
    return Array.from({ length: end - start }, (_, i) => start + i)
  })
}

/** A first cell that is empty where the others have words belongs to one cell over several rows. */
function fillDown(cells: string[][]): void {
  cells.slice(1).forEach((row, i) => {
    // Below a header its first words are no cell's.
    if (i === 0 && !/\d/.test(cells[0]!.join(''))) return
    const filled = row.filter((cell) => cell !== '').length
    if (row[0] === '' && filled >= row.length - 1) row[0] = cells[i]![0]!
  })
}
