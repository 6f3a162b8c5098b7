import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.js'
import type { LaidPage, Piece, Rule } from '../layout/index.ts'
import { withoutRadicals } from '../radicals.ts'
import { apply, type Matrix, multiply } from './matrix.ts'

/** Directions of text that are told apart: from the left, downward, from the right, upward, and aslant. */
type Turn = 0 | 1 | 2 | 3 | null

export interface TurnedPiece extends Piece {
  turn: Turn
}

/** The pieces of text of a page where they are shown, each with the direction in which it is written. */
export function piecesOf(content: TextContent, toPage: readonly number[]): { pieces: TurnedPiece[] } {
  const pieces: TurnedPiece[] = []
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue
    pieces.push(pieceOf(item, toPage as Matrix))
  }
  return { pieces }
}

function pieceOf(item: TextItem, toPage: Matrix): TurnedPiece {
  const [a, b, c, d, x, y] = multiply(toPage, item.transform as unknown as Matrix)
  // Blanks at the start have a width of their own, of which nothing is known but that a blank is half a letter or whole.
  const text = withoutRadicals(item.str)
  return { text, x, y, width: item.width, size: Math.hypot(c, d) || Math.hypot(a, b), turn: turnOf(a, b) }
}

function turnOf(a: number, b: number): Turn {
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
  for (const { turn, text } of page.pieces) if (turn !== null) letters[turn]! += text.length
  const turn = letters.indexOf(Math.max(...letters)) as 0 | 1 | 2 | 3
  const pieces = page.pieces.filter((piece) => piece.turn === turn)
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
