import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.js'
import { type Matrix, multiply } from '../layout/matrix.ts'
import { type TurnedPiece, turnOf } from '../layout/turns.ts'
import { withoutRadicals } from '../radicals.ts'

/** The pieces of text of a page where they are shown, each with the direction in which it is written. */
export function piecesOf({ items }: TextContent, toPage: Matrix): TurnedPiece[] {
  return items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [pieceOf(item, toPage)] : []))
}

function pieceOf(item: TextItem, toPage: Matrix): TurnedPiece {
  const [a, b, c, d, x, y] = multiply(toPage, item.transform as unknown as Matrix)
  const size = Math.hypot(c, d) || Math.hypot(a, b)
  return { text: withoutRadicals(item.str), x, y, width: item.width, size, turn: turnOf(a, b) }
}
