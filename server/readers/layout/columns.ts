import { partedAt, segmentsOf } from './lines.ts'
import type { LaidTable, Line } from './types.ts'

/** A page set in columns has so many lines on each side at least. */
const FEWEST_LINES = 8
/** Between columns of text is at least this much room, in characters. */
const GUTTER = 1.2
/** Lines of text fill their column to this share at least; cells of a table do not. */
const FULL = 0.7
/** Of lines of text in short paragraphs this share fills the column to that one, with so many letters. */
const SOME = 0.3
const FILLING = 0.9
const LONG = 14
/** Shares of the width of the page between which the gutter of two columns lies. */
const MIDDLE = [0.4, 0.6] as const
/** Shares of the width of the text between which the two gutters of three columns lie. */
const THIRDS = [
  [0.28, 0.4],
  [0.6, 0.72],
] as const

/** What stands on a page and is read as a whole. */
export type PageItem = { kind: 'line'; line: Line } | { kind: 'table'; table: LaidTable }

/**
 * What stands on a page, in the order in which a page in two or three columns is read: what stands over all of them, then
 * these from the left. A page in one column comes back as it is.
 * @param items from top to bottom
 * @param width of the page
 * @param known places between the columns of the pages before: where few lines cross them, they part this one, too
 */
export function inColumns(
  items: readonly PageItem[],
  width: number,
  known: readonly number[],
): { groups: PageItem[][]; gutters: readonly number[] } {
  const gutters = guttersOf(items.flatMap(extentsOf), width, known)
  if (gutters.length === 0) return { groups: [[...items]], gutters }
  const groups: PageItem[][] = []
  let columns: PageItem[][] = []
  let over: PageItem[] | null = null
  const flush = () => {
    // Where nothing stands in a column its place is empty.
    groups.push(...columns.filter((group) => (group?.length ?? 0) > 0))
    columns = []
  }
  for (const item of items) {
    const parts = partsAt(item, gutters)
    if (parts.some((part) => gutters.some((gutter) => crosses(part, gutter)))) {
      flush()
      if (over === null) groups.push((over = []))
      over.push(item)
      continue
    }
    over = null
    for (const part of parts) {
      const { x1, x2 } = spanOf(part)
      const at = gutters.filter((gutter) => (x1 + x2) / 2 > gutter).length
      ;(columns[at] ??= []).push(part)
    }
  }
  flush()
  return { groups, gutters }
}

const spanOf = (item: PageItem): { x1: number; x2: number } =>
  item.kind === 'line' ? item.line : { x1: item.table.columns[0]!.from, x2: item.table.columns.at(-1)!.to }

const crosses = (item: PageItem, gutter: number): boolean => spanOf(item).x1 < gutter && spanOf(item).x2 > gutter

/** A line parted where it is known that columns meet. */
function partsAt(item: PageItem, gutters: readonly number[]): PageItem[] {
  if (item.kind === 'table') return [item]
  let lines = segmentsOf(item.line, GUTTER)
  for (const gutter of gutters) lines = lines.flatMap((line) => partedAt(line, gutter))
  return lines.map((line) => ({ kind: 'line', line }))
}

/** Where words stand: a line, or what stands for a row of a table. */
interface Extent {
  x1: number
  x2: number
  y: number
  size: number
  /** Letters in it. */
  count: number
}

/** Size of the type in a table, where it only counts how far apart its rows are. */
const CELL_SIZE = 9
/** Letters of a row of a table: it fills its column. */
const MANY = 20

function extentsOf(item: PageItem): Extent[] {
  if (item.kind === 'line')
    return segmentsOf(item.line, GUTTER).map(({ x1, x2, y, size, text }) => ({ x1, x2, y, size, count: text.length }))
  const { rows, top, bottom } = item.table
  const { x1, x2 } = spanOf(item)
  const pitch = (bottom - top) / rows.length
  return rows.map((_, i) => ({ x1, x2, y: top + pitch * (i + 0.5), size: CELL_SIZE, count: MANY }))
}

/** Places between columns of text; none on a page in one column. */
function guttersOf(parts: readonly Extent[], width: number, known: readonly number[]): readonly number[] {
  const middle = gutterOf(parts, width * MIDDLE[0], width * MIDDLE[1], isParted)
  if (middle !== null) return [middle]
  const left = Math.min(...parts.map(({ x1 }) => x1))
  const own = Math.max(...parts.map(({ x2 }) => x2)) - left
  const [first, second] = THIRDS.map(([from, to], i) =>
    gutterOf(
      parts,
      left + own * from,
      left + own * to,
      (...sides) => sides[i]!.length >= FEWEST_LINES && isText(sides[i]!),
    ),
  ) as [number | null, number | null]
  if (first !== null && second !== null) {
    const between = parts.filter(({ x1, x2 }) => x1 >= first && x2 <= second)
    if (between.length >= FEWEST_LINES && isText(between)) return [first, second]
  }
  const isCrossed = ({ x1, x2 }: Extent) => known.some((gutter) => x1 < gutter && x2 > gutter)
  return parts.filter(isCrossed).length <= parts.length * MOST_CROSSING ? known : []
}

/** Of the lines of a page so many may lie over its columns. */
const MOST_CROSSING = 0.2
/** Steps in which a gutter is looked for. */
const STEPS = 20

/** A place between two columns, which the fewest lines cross; null where `isGutter` of what lies beside it finds none. */
function gutterOf(
  parts: readonly Extent[],
  from: number,
  to: number,
  isGutter: (left: readonly Extent[], right: readonly Extent[]) => boolean,
): number | null {
  let best: { x: number; crossing: number } | null = null
  for (let step = 0; step <= STEPS; step++) {
    const x = from + ((to - from) * step) / STEPS
    const left = parts.filter(({ x2 }) => x2 <= x)
    const right = parts.filter(({ x1 }) => x1 >= x)
    const crossing = parts.length - left.length - right.length
    if (crossing > parts.length * MOST_CROSSING || (best !== null && best.crossing < crossing)) continue
    if (isGutter(left, right)) best = { x, crossing }
  }
  return best?.x ?? null
}

function isParted(left: readonly Extent[], right: readonly Extent[]): boolean {
  if (left.length < FEWEST_LINES || right.length === 0) return false
  return isText(left) && (right.length < FEWEST_LINES ? isLastColumn(left, right) : isText(right))
}

const widest = (parts: readonly Extent[]): number => Math.max(...parts.map(({ x1, x2 }) => x2 - x1))

/**
 * Whether a few lines to the right end the text of the page: they stand beside lines of the left column, one below the
 * other, as wide as these.
 */
function isLastColumn(left: readonly Extent[], right: readonly Extent[]): boolean {
  const first = left.findIndex(({ y, size }) => Math.abs(y - right[0]!.y) < size * 0.5)
  const beside = right.every(({ y, size }, i) => Math.abs(y - (left[first + i]?.y ?? 0)) < size * 0.5)
  const isWide = widest(right) > widest(left) * FULL
  const rest = right.slice(0, -1)
  return beside && isWide && right.length >= 2 && rest.every(({ x1, x2 }) => x2 - x1 > widest(left) * FULL)
}

function isText(parts: readonly Extent[]): boolean {
  const from = Math.min(...parts.map(({ x1 }) => x1))
  const to = Math.max(...parts.map(({ x2 }) => x2))
  const widths = parts.map(({ x1, x2 }) => x2 - x1).sort((a, b) => a - b)
  const counts = parts.map(({ count }) => count).sort((a, b) => a - b)
  const middle = Math.floor(parts.length / 2)
  if (widths[middle]! >= (to - from) * FULL && counts[middle]! >= 8) return true
  // Most paragraphs may be short; some lines fill the column all the same.
  const filling = parts.filter(({ x1, x2, count }) => x2 - x1 >= (to - from) * FILLING && count >= LONG)
  return filling.length >= parts.length * SOME
}
