import { placed } from './cells.ts'
import { WIDE } from './letters.ts'
import { type LineCell, mergedFirst } from './merged-first.ts'
import type { Line, Span } from './types.ts'

/** A line is the first of a table only where its words stand so many sizes apart. */
export const WIDE_GAP = 1.5
/** Within a table less is enough: a cell may fill its column. */
export const LEAST_GAP = 0.35
/** A gap that the first row of a table does not show is this wide; less is enough where many lines leave it free. */
export const SURE_GAP = 0.9
/** The lines of a cell stand closer than those of two rows, by this factor. */
const ROW_GAP = 1.18
/** A gap between two lines is wider than another, by this factor. */
const WIDER = 1.05
/** A table whose first column counts its rows has so many of them at least. */
const FEWEST_NUMBERED = 2

/** Lines of a table that are one row. */
interface RowGroup {
  /** Their numbers. */
  lines: number[]
  /** What stands in the first column, where that is the word of a cell over several rows. */
  label: string | null
}

/** Which lines of a table are one row, where no rule says so, from top to bottom. */
export function groupsOf(lines: readonly Line[], gaps: readonly Span[]): RowGroup[] {
  const own = lines.map((line) =>
    placed(line, gaps).map((pieces): LineCell => ({
      text: pieces.map(({ text }) => text).join(''),
      y: pieces[0]?.y ?? line.y,
    })),
  )
  const cells = own.map((row) => row.map(({ text }) => text))
  const pitch = pitchOf(own)
  const numbered = byNumbers(lines, cells, pitch)
  const merged = numbered === null && lines.length > 0 ? mergedFirst(own, lines[0]!.size, pitch * ROW_GAP) : null
  const starts = numbered ?? merged?.starts ?? byPitch(lines, pitch) ?? byFullLines(lines, cells)
  return starts.map((start, k) => {
    const end = starts[k + 1] ?? lines.length
    return { lines: Array.from({ length: end - start }, (_, i) => start + i), label: merged?.labels[k] ?? null }
  })
}

/**
 * Where the first column counts (1, 2, 3), each number is a row: the lines between two of them are parted where they stand
 * farthest apart. What stands above the first number is the header. Null where nothing counts.
 */
function byNumbers(lines: readonly Line[], cells: readonly string[][], pitch: number): number[] | null {
  const numbered = cells.flatMap(([cell], i) => (/^\d{1,3}[.、]?$/.test(cell!) ? [i] : []))
  const numbers = numbered.map((i) => Number.parseInt(cells[i]![0]!, 10))
  const counts = numbers.every((number, k) => k === 0 || number === numbers[k - 1]! + 1)
  if (numbered.length < FEWEST_NUMBERED || !counts) return null
  const gapAbove = (i: number) => lines[i]!.y - lines[i - 1]!.y
  /** The line above which the gap is widest, of those behind `above` up to `row`; the last of several. */
  const partedAt = (above: number, row: number) => {
    let at = row
    for (let i = row; i > above; i--) if (gapAbove(i) > gapAbove(at) * WIDER) at = i
    return at
  }
  const half = Math.ceil(cells[0]!.length / 2)
  const widest = (above: number, row: number) => gapAbove(partedAt(above, row))
  const usual = Math.min(...numbered.slice(1).map((row, k) => widest(numbered[k]!, row)))
  // Beside a number in the middle of its row no other word may stand: then the room between two rows tells.
  const header = cells
    .slice(0, numbered[0])
    .findIndex(
      (row, i) =>
        filled(row) >= half && (overlaps(row, cells[numbered[0]!]!) || widest(i, numbered[0]!) * WIDER > usual),
    )
  const starts = numbered.map((row, k) =>
    k > 0 ? partedAt(numbered[k - 1]!, row) : header >= 0 ? partedAt(header, row) : 0,
  )
  if (starts[0] === 0) return starts
  // What the end of a page cut stands between a header that is set again and the first number.
  const room = pitch * ROW_GAP
  const above = lines.flatMap((_, i) => (i > 0 && i < starts[0]! && gapAbove(i) > room ? [i] : []))
  return [0, ...above, ...starts]
}

/** Whether two lines have words in one column, so that they are two rows: the cells of one are centred over its lines. */
const overlaps = (row: readonly string[], other: readonly string[]): boolean =>
  row.some((cell, i) => cell !== '' && other[i] !== '')

const filled = (row: readonly string[]): number => row.filter((cell) => cell !== '').length

/**
 * How far apart the lines of a cell are: the nearest that two words of one column stand below each other. A line of nothing
 * but digits and Latin letters is not so high, and does not count where others do.
 */
function pitchOf(cells: readonly LineCell[][]): number {
  const pitch = (isCounted: (cell: LineCell) => boolean) =>
    Math.min(
      ...cells[0]!.flatMap((_, column) => {
        const own = cells.map((row) => row[column]!).filter(({ text }) => text !== '')
        return own.slice(1).flatMap((cell, i) => (isCounted(cell) && isCounted(own[i]!) ? [cell.y - own[i]!.y] : []))
      }),
    )
  const own = pitch(({ text }) => WIDE.test(text))
  return Number.isFinite(own) ? own : pitch(() => true)
}

/**
 * Lines of one cell have one pitch, and between two rows there is more room. Null where all lines are as far from one
 * another, and where nothing is wrapped.
 */
function byPitch(lines: readonly Line[], pitch: number): number[] | null {
  const starts = lines.flatMap(({ y }, i) => (i === 0 || y - lines[i - 1]!.y > pitch * ROW_GAP ? [i] : []))
  return starts.length < 2 || starts.length === lines.length ? null : starts
}

/**
 * Each row has one line in which half of its columns have words; the lines between two of these go on with cells of the
 * one above, but for those that the widest gap parts from it (cells that are centred over several lines).
 */
function byFullLines(lines: readonly Line[], cells: readonly string[][]): number[] {
  const half = Math.ceil(cells[0]!.length / 2)
  const full = cells.flatMap((row, i) => (filled(row) >= half ? [i] : []))
  if (full.length === 0) return lines.map((_, i) => i)
  return full.map((row, k) => {
    if (k === 0) return 0
    const above = full[k - 1]!
    const steps = Array.from({ length: row - above }, (_, i) => lines[above + i + 1]!.y - lines[above + i]!.y)
    const widest = Math.max(...steps)
    return widest > Math.min(...steps) * 1.2 ? above + steps.indexOf(widest) + 1 : row
  })
}

/** A first cell that is empty where the others have words belongs to one cell over several rows. */
export function fillDown(cells: string[][]): void {
  cells.slice(1).forEach((row, i) => {
    // Below a header its first words are no cell's.
    if (i === 0 && !/\d/.test(cells[0]!.join(''))) return
    const own = row.filter((cell) => cell !== '').length
    if (row[0] === '' && own >= row.length - 1) row[0] = cells[i]![0]!
  })
}
