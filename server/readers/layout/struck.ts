import { isLevel } from './rules.ts'
import type { LaidPage, Piece, Rule } from './types.ts'

/** A page without words that a rule runs through: they were deleted, and printed to show it. */
export function withoutStruckThrough(page: LaidPage): LaidPage {
  const level = page.rules.filter(isLevel)
  if (level.length === 0) return page
  const pieces = page.pieces.filter((piece) => !level.some((rule) => strikes(rule, piece)))
  return pieces.length === page.pieces.length ? page : { ...page, pieces }
}

/** Through the middle of the letters and no wider than they are: neither an underline nor the rule of a table. */
function strikes({ x1, x2, y1 }: Rule, { x, y, width, size }: Piece): boolean {
  const above = y - y1
  return (
    above > size * 0.18 &&
    above < size * 0.55 &&
    x1 <= x + width * 0.1 &&
    x2 >= x + width * 0.9 &&
    x2 - x1 <= width * 1.2 + size
  )
}
