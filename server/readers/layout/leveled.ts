import { allGaps, columnsOf, countedRows, gapsOf, inkOf, narrowed, partsAt, placed } from './cells.ts'
import { gridTable } from './grids.ts'
import { linesOf, segmentsOf, wordsOf } from './lines.ts'
import { fillDown, groupsOf, LEAST_GAP, WIDE_GAP } from './row-groups.ts'
import { NEAR } from './rules.ts'
import type { LaidTable, Line, Piece, Rule, Span } from './types.ts'

/** A table without upright rules has so many level ones: above and below its header, and below its last row. */
const FEWEST_RULES = 3
/** More rules than this on one page are a drawing. */
const MOST_RULES = 1500
/** So many kinds of rules of one width are looked at, those with the most rules first. */
const MOST_WIDTHS = 12
/** A header may stand so many sizes above the first rule. */
const FARTHEST_HEADER = 2.5
/** Columns between level rules may be so near, in sizes. */
const RULED_GAP = 0.3
/** Its lines are no farther apart than this. */
const HEADER_PITCH = 1.9
/** Lines that are nearer stand beside one another. */
const OVERLAPPING = 1.2

/**
 * Tables that only level rules of one width show, between their rows or around their header, and the pieces in none.
 * @param above the columns of a table that ends the page before and may go on
 */
export function leveledTables(
  pieces: readonly Piece[],
  level: readonly Rule[],
  above: readonly Span[] | null,
): { tables: LaidTable[]; rest: Piece[] } {
  const tables: LaidTable[] = []
  let rest = [...pieces]
  if (level.length > MOST_RULES) return { tables, rest }
  for (const rules of sameWidth(level)) {
    const [{ x1, x2 }] = rules as [Rule]
    const middle = ({ x, width }: Piece) => x + width / 2
    const inside = rest.filter((piece) => middle(piece) > x1 && middle(piece) < x2)
    const lines = linesOf(inside)
    for (const run of runsOf(rules, lines)) {
      const table = tableOf(run, level, inside, tables.at(-1)?.columns ?? above)
      if (table === null) continue
      tables.push(table)
      const isIn = (piece: Piece) =>
        middle(piece) > x1 &&
        middle(piece) < x2 &&
        piece.y - piece.size * 0.35 > table.top &&
        piece.y - piece.size * 0.35 < table.bottom
      rest = rest.filter((piece) => !isIn(piece))
    }
  }
  return { tables, rest }
}

/** Rules that begin and end at the same places, from top to bottom, where there are enough of them. */
function sameWidth(level: readonly Rule[]): Rule[][] {
  const groups: Rule[][] = []
  for (const rule of level) {
    const same = groups.find(
      ([first]) => Math.abs(first!.x1 - rule.x1) <= NEAR && Math.abs(first!.x2 - rule.x2) <= NEAR,
    )
    if (same === undefined) groups.push([rule])
    else same.push(rule)
  }
  return groups
    .filter(({ length }) => length >= FEWEST_RULES)
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_WIDTHS)
    .map((rules) => rules.sort((a, b) => a.y1 - b.y1))
}

/** What stands between two rules. */
interface Band {
  top: number
  bottom: number
  lines: Line[]
}

/** Bands that are rows of one table, and what parts its columns. */
interface Run {
  bands: Band[]
  gaps: Span[]
  x1: number
  x2: number
}

function runsOf(rules: readonly Rule[], lines: readonly Line[]): Run[] {
  const runs: Run[] = []
  const [{ x1, x2 }] = rules as [Rule]
  let open: Run | null = null
  const close = () => {
    // A line over all columns behind the last row is none of the table's.
    while (open !== null && open.bands.length > 0 && isOver(open.bands.at(-1)!, open.gaps)) open.bands.pop()
    if (open !== null) runs.push(open)
    open = null
  }
  for (const band of bandsOf(rules, lines)) {
    const ink = inkOf(band.lines)
    const { size } = band.lines[0]!
    if (open !== null) {
      const gaps: Span[] | null = narrowed((open as Run).gaps, band.lines, size * LEAST_GAP)
      if (gaps !== null) {
        ;(open as Run).gaps = gaps
        ;(open as Run).bands.push(band)
        continue
      }
      // The title of a group of rows.
      if (band.lines.length === 1 && ink.length === 1) {
        ;(open as Run).bands.push(band)
        continue
      }
      close()
    }
    if (!band.lines.some((line) => segmentsOf(line, WIDE_GAP).length > 1)) continue
    open = { bands: [band], gaps: gapsOf(ink, size * WIDE_GAP), x1, x2 }
    if (open.gaps.length === 0) open = null
  }
  close()
  for (const run of runs) addHeader(run, lines)
  return runs
}

const isOver = ({ lines }: Band, gaps: readonly Span[]): boolean => narrowed(gaps, lines, 0.01) === null

function bandsOf(rules: readonly Rule[], lines: readonly Line[]): Band[] {
  return rules.slice(1).flatMap(({ y1: bottom }, i) => {
    const top = rules[i]!.y1
    const own = lines.filter(({ y, size }) => y - size * 0.35 > top && y - size * 0.35 < bottom)
    return own.length === 0 ? [] : [{ top, bottom, lines: own }]
  })
}

/** Where rules only stand below the rows, the first row is above all of them. */
function addHeader(run: Run, lines: readonly Line[]): void {
  const { top } = run.bands[0]!
  let { gaps } = run
  let header: Line[] = []
  for (const line of lines.filter(({ y }) => y < top).reverse()) {
    const below = header[0]
    // The title of the table stands above its header.
    if (isHeader(header, gaps) && below!.y - line.y > line.size * OVERLAPPING && inkOf([line]).length === 1) break
    if ((below?.y ?? top) - line.y > line.size * (below === undefined ? FARTHEST_HEADER : HEADER_PITCH)) break
    const left = narrowed(gaps, [line], line.size * LEAST_GAP)
    if (left === null) break
    gaps = left
    header = [line, ...header]
  }
  if (!isHeader(header, gaps)) return
  run.gaps = gaps
  run.bands.unshift({ top: header[0]!.top - 1, bottom: top, lines: header })
}

/** Whether lines name half of the columns at least. */
function isHeader(lines: readonly Line[], gaps: readonly Span[]): boolean {
  const named = [...gaps, null].filter((_, i) => lines.some((line) => placed(line, gaps)[i]!.length > 0))
  return named.length > 1 && named.length * 2 > gaps.length
}

function tableOf(
  { bands, gaps: found, x1, x2 }: Run,
  level: readonly Rule[],
  pieces: readonly Piece[],
  above: readonly Span[] | null,
): LaidTable | null {
  const [top, bottom] = [bands[0]!.top, bands.at(-1)!.bottom]
  const narrow = goingOn(above, bands) ?? found
  const isRow = ({ lines }: Band) => bands.length > 2 || countedRows(lines) === 1
  const rows = bands.flatMap((band) => (isRow(band) ? [band] : partedBands(band, narrow)))
  const parted = rows.filter(({ lines }) => lines.some((line) => segmentsOf(line, WIDE_GAP).length > 1))
  if (parted.length < 2) return null
  const cells = rows.filter((row) => !isOver(row, narrow)).flatMap(({ lines }) => lines)
  const { size } = cells[0]!
  const between = allGaps(narrow, cells, size * RULED_GAP, size * LEAST_GAP)
  const columns = between.map(({ from, to }) => (from + to) / 2)
  const words = pieces.flatMap(wordsOf).flatMap((word) => partsAt(word, columns))
  const upright = rows.flatMap(({ top: y1, bottom: y2, lines }) => {
    const ink = inkOf(lines, false)
    const free = columns.filter((x) => ink.every(({ from, to }) => x <= from || x >= to))
    return [x1, ...free, x2].map((x) => ({ x1: x, x2: x, y1, y2 }))
  })
  const within = level.filter(
    (rule) => rule.y1 > top + NEAR && rule.y1 < bottom - NEAR && rule.x1 >= x1 - NEAR && rule.x2 <= x2 + NEAR,
  )
  const edges = [...rows.map((row) => row.top), bottom].map((y) => ({ x1, x2, y1: y, y2: y }))
  const table = gridTable([...edges, ...within], upright, words, columnsOf(cells, between))
  // Rows that no rules part show no merged cells either.
  if (table !== null && rows.length > bands.length) fillDown(table.rows)
  return table
}

/** The gaps between the columns of a table above, where all rows leave all of them free. */
function goingOn(above: readonly Span[] | null, bands: readonly Band[]): Span[] | null {
  const lines = bands.flatMap((band) => band.lines)
  return above === null || lines.length < 2 ? null : narrowed(gapsOf(above, 0), lines, lines[0]!.size * LEAST_GAP)
}

/** Rows that no rule parts: below a header that has one. */
function partedBands({ top, bottom, lines }: Band, gaps: readonly Span[]): Band[] {
  const groups = groupsOf(lines, gaps)
  return groups.map(({ lines: group }, i) => {
    const last = groups[i + 1]?.lines[0]
    const edge = (at: number) => (lines[at - 1]!.bottom + lines[at]!.top) / 2
    return {
      top: i === 0 ? top : edge(group[0]!),
      bottom: last === undefined ? bottom : edge(last),
      lines: group.map((at) => lines[at]!),
    }
  })
}
