import type { Piece } from './types.ts'

/** Characters that are as wide as high; others are taken as half as wide. */
export const WIDE = /[\u2014\u2018-\u201D\u2026\u2460-\u24FF\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60\uFFE0-\uFFE6]/

/** Width of a character in sizes of its type, as long as nothing better is known. */
export const usualWidth = (letter: string): number => (letter > '\uFFFF' || WIDE.test(letter) ? 1 : 0.5)

/** A narrow letter is between these many sizes wide. */
const NARROW = [0.3, 0.85] as const

/**
 * Left ends of the characters of a piece and its right end. Full-width letters are as wide as the type is high, and what they
 * leave is shared by the others, whose faces differ; where that cannot be, the width is shared out by the usual widths.
 */
export function edgesOf({ text, x, width, size }: Piece): number[] {
  const usual = [...text].map(usualWidth)
  const wide = usual.filter((one) => one === 1).length
  const narrow = (width - wide * size) / (usual.length - wide) / size
  const isKnown = wide > 0 && narrow >= NARROW[0] && narrow <= NARROW[1]
  const unit = isKnown ? size : width / (usual.reduce((sum, one) => sum + one, 0) || 1)
  const edges = [x]
  for (const one of usual) edges.push(edges.at(-1)! + (isKnown && one < 1 ? narrow : one) * unit)
  return edges
}

/** A part of a piece, by its characters. */
export function partOf(piece: Piece, from: number, to: number): Piece {
  const edges = edgesOf(piece)
  return { ...piece, text: [...piece.text].slice(from, to).join(''), x: edges[from]!, width: edges[to]! - edges[from]! }
}

/** A piece without the blanks at its ends, which are room and no words; null where nothing is left. */
export function withoutOuterBlanks(piece: Piece): Piece | null {
  const letters = [...piece.text]
  const from = letters.findIndex((letter) => letter.trim() !== '')
  if (from < 0) return null
  const to = letters.findLastIndex((letter) => letter.trim() !== '') + 1
  return from === 0 && to === letters.length ? piece : partOf(piece, from, to)
}
