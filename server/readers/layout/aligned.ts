import { segmentsOf } from './lines.ts'
import type { LaidTable, Line, Rule } from './types.ts'

/** Segments of a line stand so many characters apart at least. */
const GAP = 1.5
/** A table without upright rules has so many lines of segments one below the other at least. */
const FEWEST_LINES = 3

interface Span {
  from: number
  to: number
}

/** Runs of lines whose words stand in aligned columns. `next` is the first line behind the table. */
export function alignedTableAt(
  lines: readonly Line[],
  from: number,
  rules: readonly Rule[],
): { table: LaidTable; next: number } | null {
  const first = segmentsOf(lines[from]!, GAP)
  if (first.length < 2) return null
  const rows: Line[][] = []
  let at = from
  for (; at < lines.length; at++) {
    const segments = segmentsOf(lines[at]!, GAP)
    const before = lines[at - 1]
    if (at > from && lines[at]!.top - before!.bottom > lines[at]!.size * 2.2) break
    if (segments.length === 1 && !standsInColumn(segments[0]!, rows)) break
    rows.push(segments)
  }
  while (rows.length > 0 && rows.at(-1)!.length === 1) {
    rows.pop()
    at--
  }
  const parted = rows.filter((row) => row.length > 1)
  const columns = columnsOf(parted)
  const most = Math.max(...rows.map((row) => row.length))
  const levels = rules.filter(({ y1 }) => y1 > rows[0]![0]!.top - 12 && y1 < rows.at(-1)![0]!.bottom + 12)
  // Two columns are also a list of names with their posts, or a form's labels: only three, or rules between, make a table.
  if (
    parted.length < (levels.length >= 2 ? 2 : FEWEST_LINES) ||
    columns.length < (levels.length >= 2 ? 2 : 3) ||
    columns.length < most
  )
    return null
  return {
    table: {
      rows: cellsOf(rows, columns, levels),
      edges: columns.map((span) => span.from),
      top: rows[0]![0]!.top,
      bottom: rows.at(-1)![0]!.bottom,
      ruled: false,
    },
    next: at,
  }
}

/** A line of one segment belongs to the table where it goes on with a cell above: inside one of its columns. */
function standsInColumn(segment: Line, rows: readonly Line[][]): boolean {
  const columns = columnsOf(rows.filter((row) => row.length > 1))
  if (columns.length < 2) return false
  const touched = columns.filter(({ from, to }) => segment.x1 < to && segment.x2 > from)
  const width = columns.at(-1)!.to - columns[0]!.from
  return touched.length === 1 && segment.x2 - segment.x1 < width * 0.6
}

/** Where the words of all rows leave an upright band free, two columns meet. */
function columnsOf(rows: readonly Line[][]): Span[] {
  const spans = rows.flatMap((row) => row.map(({ x1, x2 }) => ({ from: x1, to: x2 }))).sort((a, b) => a.from - b.from)
  const columns: Span[] = []
  for (const span of spans) {
    const last = columns.at(-1)
    if (last !== undefined && span.from < last.to) last.to = Math.max(last.to, span.to)
    else columns.push({ ...span })
  }
  return columns
}

/** Words by row and column. Between rules all lines are one row; without, a line with nothing in the first column goes on with the row above. */
function cellsOf(rows: readonly Line[][], columns: readonly Span[], levels: readonly Rule[]): string[][] {
  const ruled = levels.length >= rows.length / 2
  const cells: string[][] = []
  let above: Line | null = null
  for (const row of rows) {
    const shown = columns.map(() => '')
    for (const segment of row) {
      const middle = (segment.x1 + segment.x2) / 2
      const column = columns.findIndex(({ to }) => middle <= to)
      shown[column] = segment.text
    }
    const y = row[0]!.y
    const crossed: boolean = above === null || levels.some(({ y1 }) => y1 > above!.y && y1 < y)
    const goesOn = ruled ? !crossed : above !== null && shown[0] === '' && row.length < Math.max(2, columns.length - 1)
    if (goesOn && cells.length > 0) {
      const last = cells.at(-1)!
      shown.forEach((text, i) => {
        last[i] += text
      })
    } else cells.push(shown)
    above = row[0]!
  }
  return cells
}
