import { edgesOf, partOf } from './letters.ts'
import { isLevel } from './rules.ts'
import type { LaidPage, Piece, Rule } from './types.ts'

/** A page without words that a rule runs through: they were deleted, and printed to show it. */
export function withoutStruckThrough(page: LaidPage): LaidPage {
  const level = page.rules.filter(isLevel)
  if (level.length === 0) return page
  return {
    ...page,
    pieces: page.pieces.flatMap((piece) =>
      unstruck(
        piece,
        level.filter((rule) => strikes(rule, piece)),
      ),
    ),
  }
}

/** Through the middle of the letters and within them: neither an underline nor the rule of a table. */
function strikes({ x1, x2, y1 }: Rule, { x, y, width, size }: Piece): boolean {
  const above = y - y1
  return above > size * 0.18 && above < size * 0.5 && x1 >= x - size * 0.3 && x2 <= x + width + size * 0.3
}

function unstruck(piece: Piece, rules: readonly Rule[]): Piece[] {
  if (rules.length === 0) return [piece]
  const edges = edgesOf(piece)
  const parts: Piece[] = []
  let from = 0
  const count = edges.length - 1
  for (let i = 0; i <= count; i++) {
    const middle = (edges[i]! + (edges[i + 1] ?? Infinity)) / 2
    if (i < count && !rules.some(({ x1, x2 }) => x1 <= middle && x2 >= middle)) continue
    if (i > from) parts.push(partOf(piece, from, i))
    from = i + 1
  }
  return parts
}
