import { usualWidth } from './letters.ts'
import { linesOf } from './lines.ts'
import type { Line, Piece } from './types.ts'

/** Most points that a cell keeps free beside its text. */
const MOST_PADDING = 9

/** The words of a cell on one line. Where the next word would have had room, the line was ended on purpose: a blank parts them. */
export function cellText(pieces: readonly Piece[], left: number, right: number): string {
  const lines = linesOf(pieces)
  const padding = Math.min(
    MOST_PADDING,
    ...lines.flatMap(({ x1, x2 }) => [Math.max(0, x1 - left), Math.max(0, right - x2)]),
  )
  const room = right - left - 2 * padding
  return lines
    .map((line, i) => {
      const next = lines[i + 1]
      const isApart = next !== undefined && !isStacked(line, next) && (parted(line, next) || wordsMeet(line, next))
      return isApart ? `${line.text} ` : line.text
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim()

  function parted(line: Line, next: Line): boolean {
    const [word] = FIRST_WORD.exec(next.text)!
    const needed = [...word].reduce((sum, letter) => sum + usualWidth(letter) * 1.1, 0) * line.size
    return room - (line.x2 - line.x1) > needed + line.size * 0.3
  }
}

/** A word with the marks behind it, which no line begins with; or one ideograph with these. */
const FIRST_WORD = /^(?:[\w.%+-]+|.)?[，。；：、！？）”’》〉】〕%]*/

/** Ideographs alone below one another are a word that is written downward. */
const isStacked = (line: Line, next: Line): boolean =>
  IDEOGRAPH.test(line.text) && IDEOGRAPH.test(next.text) && Math.abs(line.x1 - next.x1) < line.size * 0.3

const IDEOGRAPH = /^\p{Script=Han}$/u

/** Latin words that a line break parted. */
const wordsMeet = (line: Line, next: Line): boolean => /[a-z,;:]$/i.test(line.text) && /^[a-z]/i.test(next.text)
