import { partedAt, segmentsOf } from './lines.ts'
import type { Line } from './types.ts'

/** A page set in columns has so many lines on each side at least. */
const FEWEST_LINES = 8
/** Between columns of text is at least this much room, in characters. */
const GUTTER = 1.2
/** Lines of text fill their column to this share at least; cells of a table do not. */
const FULL = 0.7

/**
 * Lines in the order in which a page in two columns is read: what stands over both, the left one, the right one.
 * A page in one column comes back as it is.
 */
export function inColumns(lines: readonly Line[], width: number): Line[][] {
  const parts = lines.flatMap((line) => segmentsOf(line, GUTTER))
  const gutter = gutterOf(parts, width)
  if (gutter === null) return [[...lines]]
  const groups: Line[][] = []
  let left: Line[] = []
  let right: Line[] = []
  const flush = () => {
    groups.push(...[left, right].filter((group) => group.length > 0))
    left = []
    right = []
  }
  for (const line of lines) {
    const segments = segmentsOf(line, GUTTER).flatMap((segment) => partedAt(segment, gutter))
    if (segments.some(({ x1, x2 }) => x1 < gutter && x2 > gutter)) {
      flush()
      if (groups.at(-1)?.some(({ x1, x2 }) => x1 < gutter && x2 > gutter)) groups.at(-1)!.push(line)
      else groups.push([line])
      continue
    }
    for (const segment of segments) (segment.x2 <= gutter ? left : right).push(segment)
  }
  flush()
  return groups
}

/** A place between two columns of text, which the fewest lines cross; null where there is none. */
function gutterOf(parts: readonly Line[], width: number): number | null {
  let best: { x: number; crossing: number } | null = null
  for (let share = 0.4; share <= 0.6; share += 0.01) {
    const x = width * share
    const left = parts.filter(({ x2 }) => x2 <= x)
    const right = parts.filter(({ x1 }) => x1 >= x)
    if (left.length < FEWEST_LINES || right.length === 0) continue
    const crossing = parts.length - left.length - right.length
    if (crossing > parts.length / 5 || (best !== null && best.crossing < crossing)) continue
    if (isText(left) && (right.length < FEWEST_LINES ? isLastColumn(left, right) : isText(right)))
      best = { x, crossing }
  }
  return best?.x ?? null
}

/**
 * Whether a few lines to the right end the text of the page: they stand beside lines of the left column, one below the
 * other, as wide as these.
 */
function isLastColumn(left: readonly Line[], right: readonly Line[]): boolean {
  const first = left.findIndex(({ y, size }) => Math.abs(y - right[0]!.y) < size * 0.5)
  const beside = right.every(({ y, size }, i) => Math.abs(y - (left[first + i]?.y ?? 0)) < size * 0.5)
  const widest = (lines: readonly Line[]) => Math.max(...lines.map(({ x1, x2 }) => x2 - x1))
  const isWide = widest(right) > widest(left) * FULL
  const rest = right.slice(0, -1)
  return beside && isWide && right.length >= 2 && rest.every(({ x1, x2 }) => x2 - x1 > widest(left) * FULL)
}

function isText(lines: readonly Line[]): boolean {
  const from = Math.min(...lines.map(({ x1 }) => x1))
  const to = Math.max(...lines.map(({ x2 }) => x2))
  const widths = lines.map(({ x1, x2 }) => x2 - x1).sort((a, b) => a - b)
  const chars = lines.map(({ text }) => text.length).sort((a, b) => a - b)
  const middle = Math.floor(lines.length / 2)
  return widths[middle]! >= (to - from) * FULL && chars[middle]! >= 8
}
