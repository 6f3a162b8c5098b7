import type { Line } from './line.ts'

const SPACE = 0x20
/** A piece of a date alone on its line: 2019, 年, 11月. */
const PIECE = /^(?:[\d〇零一二三四五六七八九十]{1,4}|[年月日]|[\d〇零一二三四五六七八九十]{1,4}[年月日])$/
const YEAR = /^(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})年?$/
/** The last piece of a date. */
const LAST = /日$/
const WHOLE = /^[^年月日]{4}年[^年月日]{1,3}月[^年月日]{1,3}日$/
/** 2019 / 年 / 11 / 月 / 15 / 日 has no more lines, and no fewer than two of its marks alone. */
const MOST_PIECES = 6
const LEAST_PIECES = 3
/** Characters between two pieces: a line break, and one blank line at most. */
const LONGEST_GAP = 2

/** Makes one line of a date that a page sets in pieces, each on a line; blanks take the place of the breaks in the codes. Linear. */
export function joinDatePieces(lines: readonly Line[], codes: Uint16Array): Line[] {
  const joined: Line[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line
    const last = YEAR.test(line.text) ? lastPiece(lines, i) : i
    if (last > i) {
      const pieces = lines.slice(i, last + 1)
      joined.push(dateOf(pieces, codes))
      i = last
    } else joined.push(line)
  }
  return joined
}

/** The index of the line that ends the date begun by a line, the line itself where none is begun. */
function lastPiece(lines: readonly Line[], first: number): number {
  let date = ''
  for (let i = first; i < Math.min(first + MOST_PIECES, lines.length); i++) {
    const { text, start, cell } = lines[i] as Line
    if (cell || !PIECE.test(text) || (i > first && start - (lines[i - 1] as Line).end > LONGEST_GAP)) return first
    date += text
    if (LAST.test(text)) return i - first + 1 >= LEAST_PIECES && WHOLE.test(date) ? i : first
  }
  return first
}

function dateOf(pieces: readonly Line[], codes: Uint16Array): Line {
  const first = pieces[0] as Line
  let { text, width } = first
  for (let i = 1; i < pieces.length; i++) {
    const piece = pieces[i] as Line
    const { end } = pieces[i - 1] as Line
    codes.fill(SPACE, end, piece.start)
    text += ' '.repeat(piece.start - end) + piece.text
    width += piece.start - end + piece.width
  }
  return { ...first, end: (pieces.at(-1) as Line).end, width, text }
}
