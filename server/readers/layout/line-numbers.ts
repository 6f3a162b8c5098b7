import { linesOf, segmentsOf } from './lines.ts'
import type { LaidPage, Line, Piece } from './types.ts'

/** Fewer numbers may be those of paragraphs or rows. */
const FEWEST = 6
/** The numbers stand beside this share of the lines at least, or beside every fifth or tenth of them. */
const SHARE = 0.8
/** Steps in which lines are counted. */
const STEPS = [1, 5, 10]
/** Room between a number and its line, in sizes of the type. */
const LEAST_GAP = 0.3
/** Words that stand so many sizes apart are cells. */
const CELL_GAP = 1.5

/**
 * A page without the numbers that a program sets in the margin beside its lines: they count up, each on the level of a
 * line, and nothing else stands as far out. Rows of a table are counted, too, but their lines are cells.
 */
export function withoutLineNumbers(page: LaidPage): LaidPage {
  const isNumber = ({ text }: Piece) => /^\s*\d{1,4}\s*$/.test(text)
  if (page.pieces.filter(isNumber).length < FEWEST) return page
  for (const side of ['left', 'right'] as const) {
    const words = page.pieces.filter((piece) => !isNumber(piece))
    if (words.length === 0) return page
    const edge =
      side === 'left' ? Math.min(...words.map(({ x }) => x)) : Math.max(...words.map(({ x, width }) => x + width))
    const outside = page.pieces.filter(
      (piece) =>
        isNumber(piece) &&
        (side === 'left'
          ? piece.x + piece.width < edge - piece.size * LEAST_GAP
          : piece.x > edge + piece.size * LEAST_GAP),
    )
    const numbers = new Set(outside)
    if (countsLines(outside, linesOf(page.pieces.filter((piece) => !numbers.has(piece)))))
      return { ...page, pieces: page.pieces.filter((piece) => !numbers.has(piece)) }
  }
  return page
}

function countsLines(numbers: readonly Piece[], lines: readonly Line[]): boolean {
  const sorted = [...numbers].sort((a, b) => a.y - b.y)
  const values = sorted.map(({ text }) => Number(text))
  const step = values.length < FEWEST ? 0 : values[1]! - values[0]!
  if (!STEPS.includes(step) || !values.every((value, i) => i === 0 || value === values[i - 1]! + step)) return false
  const isBeside = (line: Line) => sorted.some(({ y }) => Math.abs(y - line.y) < line.size * 0.3)
  const beside = lines.filter(isBeside)
  const isText = beside.filter((line) => segmentsOf(line, CELL_GAP).length === 1).length >= beside.length * SHARE
  return isText && beside.length * step >= lines.length * SHARE
}
