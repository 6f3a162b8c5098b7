import { linesOf } from './lines.ts'
import { usualSize } from './notes.ts'
import type { LaidPage, Line, Piece } from './types.ts'

/** Shares of the page's height in which heads and feet stand. */
const HEAD = 0.12
const FOOT = 0.88
/** A head stands on so many pages at least, and on this share of them. */
const FEWEST_PAGES = 3
const SHARE = 0.4

/** Heads of two pages are set in a type that is smaller than the text's by this factor at least. */
const SMALLER = 0.9

/** Without blanks: 3, — 3 —, 第3页, 第3页共9页, 3/9, iv. */
const PAGE_NUMBER =
  /^[—–\-·•|~]*(?:第?\d{1,4}页?(?:[/／,，]?共?\d{1,4}页?)?|(?:Page|P\.)\d{1,4}|[ivx]{1,6})[—–\-·•|~]*$/i

/**
 * What a browser prints around a page: the day and time with the page's name, its address and the number of the page. Each
 * line has it in full, so that a page of one sheet is known by it, too.
 */
const PRINTED_BY_BROWSER =
  /^\d{1,4}\/\d{1,2}\/\d{1,4},? ?(?:[上下]午 ?)?\d{1,2}:\d{2}(?: [AP]M)?(?:\s|$)|^(?:https?|file|\uFB01le|about):\S+\s+\d{1,4}\/\d{1,4}$/

/**
 * Pages without their page numbers and running heads and feet: what stands at the edge of a page and is a number, or comes
 * again at the same edge of many pages with only its digits changed.
 */
export function withoutFurniture(pages: readonly LaidPage[]): LaidPage[] {
  const edges = pages.map(edgeLines)
  const times = new Map<string, number>()
  for (const lines of edges) for (const key of new Set(lines.map(keyOf))) times.set(key, (times.get(key) ?? 0) + 1)
  const least = Math.max(FEWEST_PAGES, pages.length * SHARE)
  const small = usualSize(pages.flatMap(({ pieces }) => pieces)) * SMALLER
  return pages.map((page, i) => {
    const drop = edges[i]!.filter((edge) => {
      const { text } = edge.line
      // On two pages a head is known by its small type, too.
      const enough = pages.length === 2 && edge.line.size <= small ? 2 : least
      const repeated = text.length <= 60 && (times.get(keyOf(edge)) ?? 0) >= enough
      return (
        repeated ||
        PRINTED_BY_BROWSER.test(text) ||
        (edge.outermost && !edge.inText && PAGE_NUMBER.test(text.replace(/\s/g, '')))
      )
    })
    const isDropped = (piece: Piece) => drop.some(({ line }) => standsOn(line, piece))
    return drop.length === 0 ? page : { ...page, pieces: page.pieces.filter((piece) => !isDropped(piece)) }
  })
}

/** Whether a piece is of a line, told by its place: pieces of lines are cut out of those of the page. */
const standsOn = ({ x1, x2, top, bottom }: Line, { x, y, width }: Piece): boolean =>
  y >= top && y <= bottom && x < x2 && x + width > x1

interface Edge {
  line: Line
  place: 'head' | 'foot'
  /** Nothing stands between it and the edge but other heads. */
  outermost: boolean
  /** A bare number that stands where the next line of the text would: the last cell of a table, a line each. */
  inText: boolean
}

function edgeLines({ pieces, height }: LaidPage): Edge[] {
  const lines = linesOf(pieces)
  const first = Math.min(...pieces.map(({ y }) => y))
  const last = Math.max(...pieces.map(({ y }) => y))
  const edges = lines.map((line, i) => ({
    line,
    place: line.y < height / 2 ? ('head' as const) : ('foot' as const),
    outermost: line.y <= first + line.size || line.y >= last - line.size,
    inText: goesOn(lines.slice(Math.max(0, i - 2), i + 1)),
  }))
  return edges.filter(({ line: { y } }) => y < height * HEAD || y > height * FOOT)
}

/** Whether the last of these three lines stands at the margin of the two above it, as far from them as these from each other. */
function goesOn(lines: readonly Line[]): boolean {
  const [first, second, third] = lines
  if (first === undefined || second === undefined || third === undefined) return false
  const pitch = second.y - first.y
  const isInLine = [first, second].every(
    ({ x1, size }) => Math.abs(x1 - third.x1) < 1 && Math.abs(size - third.size) < 0.5,
  )
  return isInLine && Math.abs(third.y - second.y - pitch) < third.size * 0.3
}

const keyOf = ({ line, place }: Edge): string => `${place} ${line.text.replace(/[\d\s]/g, '')}`
