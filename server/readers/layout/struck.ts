import { edgesOf, partOf } from './letters.ts'
import { isLevel } from './rules.ts'
import type { LaidPage, Piece, Rule } from './types.ts'

/**
 * A page without words that a rule runs through: they were deleted, and printed to show it. The words beside them take the room
 * that they leave, which would look like that between two cells.
 */
export function withoutStruckThrough(page: LaidPage): LaidPage {
  const level = page.rules.filter(isLevel)
  if (level.length === 0) return page
  const holes: Piece[] = []
  const pieces = page.pieces.flatMap((piece) =>
    unstruck(
      piece,
      level.filter((rule) => strikes(rule, piece)),
      holes,
    ),
  )
  for (const hole of holes) fill(hole, pieces)
  return { ...page, pieces }
}

/** Words nearer than this to those that are left out, in sizes, stand beside them. */
const BESIDE = 0.5

/** Adds what is left out; letters beside one another leave one hole. */
function addHole(holes: Piece[], letter: Piece): void {
  const last = holes.at(-1)
  const isNext = last?.y === letter.y && Math.abs(last.x + last.width - letter.x) < letter.size * BESIDE
  if (isNext) last.width = letter.x + letter.width - last.x
  else holes.push(letter)
}

/** Widens the piece behind a hole, or else the one before it. */
function fill(hole: Piece, pieces: Piece[]): void {
  const near = hole.size * BESIDE
  const end = hole.x + hole.width
  const onLine = (piece: Piece) => Math.abs(piece.y - hole.y) < near
  const after = pieces.findIndex((piece) => onLine(piece) && Math.abs(piece.x - end) < near)
  const before = pieces.findIndex((piece) => onLine(piece) && Math.abs(piece.x + piece.width - hole.x) < near)
  // At the start or the end of a line there is no room between words.
  if (after < 0 || before < 0) return
  const piece = pieces[after]!
  pieces[after] = { ...piece, x: hole.x, width: piece.x + piece.width - hole.x }
}

/** Through the middle of the letters and within them: neither an underline nor the rule of a table. */
function strikes({ x1, x2, y1 }: Rule, { x, y, width, size }: Piece): boolean {
  const above = y - y1
  return above > size * 0.18 && above < size * 0.5 && x1 >= x - size * 0.3 && x2 <= x + width + size * 0.3
}

/** The parts of a piece that no rule runs through; what is left out is put into `holes`. */
function unstruck(piece: Piece, rules: readonly Rule[], holes: Piece[]): Piece[] {
  if (rules.length === 0) return [piece]
  const edges = edgesOf(piece)
  const parts: Piece[] = []
  let from = 0
  const count = edges.length - 1
  for (let i = 0; i <= count; i++) {
    const middle = (edges[i]! + (edges[i + 1] ?? Infinity)) / 2
    if (i < count && !rules.some(({ x1, x2 }) => x1 <= middle && x2 >= middle)) continue
    if (i > from) parts.push(partOf(piece, from, i))
    if (i < count) addHole(holes, partOf(piece, i, i + 1))
    from = i + 1
  }
  return parts
}
