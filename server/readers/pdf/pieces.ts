import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.js'
import { type Matrix, multiply } from '../layout/matrix.ts'
import { type TurnedPiece, turnOf } from '../layout/turns.ts'
import { withoutRadicals } from '../radicals.ts'

/** The pieces of text of a page where they are shown, each with the direction in which it is written. */
export function piecesOf({ items }: TextContent, toPage: Matrix): TurnedPiece[] {
  return withoutLetterSpacing(
    items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [pieceOf(item, toPage)] : [])),
  )
}

/** Three letters or more with a blank between each and the next. */
const SPREAD = /^\s?\S(?: \S){2,}\s?$/u
/** Two or more: a number of a page whose text is spread. */
const SPREAD_FEW = /^\s?\S(?: \S)+\s?$/u
const IDEOGRAPH = /\p{Script=Han}/u

/**
 * Pieces without the blanks that pdfjs takes the room between spread letters for: 经 济 is 经济. Numbers are only spread where
 * a third of the page is, since a blank may part two of them.
 */
function withoutLetterSpacing(pieces: readonly TurnedPiece[]): TurnedPiece[] {
  const isSpread = ({ text }: TurnedPiece) => SPREAD.test(text) && IDEOGRAPH.test(text)
  const letters = (some: readonly TurnedPiece[]) =>
    some.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0)
  const isPage = letters(pieces.filter(isSpread)) * 3 > letters(pieces)
  return pieces.map((piece) =>
    isSpread(piece) || (isPage && SPREAD_FEW.test(piece.text))
      ? { ...piece, text: piece.text.replace(/ /g, '') }
      : { ...piece, text: piece.text.replace(SPREAD_PART, (part) => part.replace(/ /g, '')) },
  )
}

/** A part of a line that is spread to its margins: four ideographs and marks or more, with a blank behind each. */
const SPREAD_PART =
  /(?<!\S)(?:[\p{Script=Han}，。、；：！？（）“”《》] ){3,}[\p{Script=Han}，。、；：！？（）“”《》](?!\S)/gu

/** Share of a type's size above its baseline. */
const ABOVE = 0.85

function pieceOf(item: TextItem, toPage: Matrix): TurnedPiece {
  const [a, b, c, d, x, y] = multiply(toPage, item.transform as unknown as Matrix)
  const size = Math.hypot(c, d) || Math.hypot(a, b)
  const piece = { text: withoutRadicals(item.str), size, turn: turnOf(a, b) }
  if (item.dir !== 'ttb') return { ...piece, x, y, width: item.width }
  // Letters below one another are placed by the middle of their upper edge.
  return { ...piece, x: x - size / 2, y: y + size * ABOVE, width: size, down: item.height }
}
