import { apply, type Matrix } from './matrix.ts'
import type { LaidPage, Piece, Rule } from './types.ts'

/** Directions of text that are told apart: from the left, downward, from the right, upward, and aslant. */
type Turn = 0 | 1 | 2 | 3 | null

/** A piece with the direction in which it is written on the page as it is shown. */
export interface TurnedPiece extends Piece {
  turn: Turn
  /** How far it reaches down, in points, where its letters stand upright below one another; its place is that of the first. */
  down?: number
}

/** Shares of a type's size above and below its baseline. */
const ABOVE = 0.85
const BELOW = 0.15

/** Columns of upright letters, read from the right, lie as lines do that are turned to run downward. */
const asTurned = ({ down, ...piece }: TurnedPiece): TurnedPiece =>
  down === undefined
    ? piece
    : { ...piece, x: piece.x + piece.size * BELOW, y: piece.y - piece.size * ABOVE, width: down, turn: 1 }

/** The pieces of a page, on which most letters may stand below one another. */
function withColumns(pieces: readonly TurnedPiece[]): readonly TurnedPiece[] {
  const count = (own: readonly TurnedPiece[]) => own.reduce((sum, { text }) => sum + text.length, 0)
  const below = pieces.filter(({ down }) => down !== undefined)
  return count(below) * 2 > count(pieces) ? pieces.map(asTurned) : pieces
}

/** The direction of text that advances by (a, b). */
export function turnOf(a: number, b: number): Turn {
  const quarters = Math.atan2(b, a) / (Math.PI / 2)
  const turn = Math.round(quarters)
  return Math.abs(quarters - turn) > 0.05 ? null : ((((turn % 4) + 4) % 4) as Turn)
}

/**
 * The page turned so that most of its text runs from the left, as a reader would turn it. Text aslant is a watermark and
 * left out, as is a line up or down the margin.
 */
export function upright(page: { width: number; height: number; pieces: TurnedPiece[]; rules: Rule[] }): LaidPage {
  const letters = [0, 0, 0, 0]
  const given = withColumns(page.pieces)
  for (const { turn, text } of given) if (turn !== null) letters[turn]! += text.length
  const turn = letters.indexOf(Math.max(...letters)) as 0 | 1 | 2 | 3
  const pieces = given.filter((piece) => piece.turn === turn)
  const { width, height } = page
  if (turn === 0) return { width, height, pieces: pieces.map(plain), rules: page.rules }
  const back = BACK[turn](width, height)
  return {
    width: turn === 2 ? width : height,
    height: turn === 2 ? height : width,
    pieces: pieces.map((piece) => {
      const [x, y] = apply(back, piece.x, piece.y)
      return { ...plain(piece), x, y }
    }),
    rules: page.rules.map((rule) => turnedRule(rule, back)),
  }
}

const plain = ({ text, x, y, width, size }: TurnedPiece): Piece => ({ text, x, y, width, size })

/** Turns a page back by quarters, keeping its corner at 0, 0. */
const BACK: Record<1 | 2 | 3, (width: number, height: number) => Matrix> = {
  1: (width) => [0, -1, 1, 0, 0, width],
  2: (width, height) => [-1, 0, 0, -1, width, height],
  3: (_width, height) => [0, 1, -1, 0, height, 0],
}

function turnedRule({ x1, y1, x2, y2 }: Rule, matrix: Matrix): Rule {
  const [ax, ay] = apply(matrix, x1, y1)
  const [bx, by] = apply(matrix, x2, y2)
  return { x1: Math.min(ax, bx), y1: Math.min(ay, by), x2: Math.max(ax, bx), y2: Math.max(ay, by) }
}
