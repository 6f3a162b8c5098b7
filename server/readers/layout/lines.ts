import { partOf, WIDE, withoutOuterBlanks } from './letters.ts'
import type { Line, Piece } from './types.ts'

/** Share of a type's size above and below its baseline. */
const ABOVE = 0.85
const BELOW = 0.15

/** Of the lower of two heights, so much must be common for pieces to stand on one line. */
const COMMON = 0.5

/** So many lines back a piece may belong to; pieces come sorted by their baselines. */
const LOOK_BACK = 4

/** Gathers pieces into lines, from top to bottom. */
export function linesOf(pieces: readonly Piece[]): Line[] {
  const bands: Band[] = []
  const own = pieces.map(withoutOuterBlanks).filter((piece) => piece !== null)
  for (const piece of own.sort((a, b) => a.y - b.y || a.x - b.x)) {
    const band = bands.slice(-LOOK_BACK).find((one) => one.holds(piece))
    if (band === undefined) bands.push(new Band(piece))
    else band.add(piece)
  }
  return bands
    .map(({ pieces: own }) => lineOf(own))
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.y - b.y || a.x1 - b.x1)
}

/** Pieces that may be one line, measured by the largest of them. */
class Band {
  readonly pieces: Piece[]
  private largest: Piece
  constructor(piece: Piece) {
    this.pieces = [piece]
    this.largest = piece
  }
  add(piece: Piece): void {
    this.pieces.push(piece)
    if (piece.size > this.largest.size) this.largest = piece
  }
  holds(piece: Piece): boolean {
    const [small, large] = piece.size < this.largest.size ? [piece, this.largest] : [this.largest, piece]
    // A seal or a huge title beside small print is no line with it, but where both stand on one baseline.
    if (small.size * 2.2 < large.size) return Math.abs(small.y - large.y) < small.size * 0.3
    const common =
      Math.min(small.y + small.size * BELOW, large.y + large.size * BELOW) -
      Math.max(small.y - small.size * ABOVE, large.y - large.size * ABOVE)
    return common >= small.size * COMMON
  }
}

/** One line of pieces that are known to stand on it. */
function lineOf(given: readonly Piece[]): Line {
  const pieces = withoutDoubles(partedWhereOthersStand(given).sort((a, b) => a.x - b.x))
  const sizes = new Map<number, number>()
  for (const { size, text } of pieces) sizes.set(size, (sizes.get(size) ?? 0) + text.length)
  const size = [...sizes].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
  const base = pieces.find((piece) => piece.size === size)!.y
  const kept = pieces.filter((piece) => !isMark(piece, size, base))
  const own = kept.length > 0 ? kept : pieces
  return {
    pieces: own,
    x1: Math.min(...own.map(({ x }) => x)),
    x2: Math.max(...own.map(({ x, width }) => x + width)),
    top: Math.min(...own.map(({ y, size: height }) => y - height * ABOVE)),
    bottom: Math.max(...own.map(({ y, size: height }) => y + height * BELOW)),
    y: base,
    size,
    text: textOf(own),
  }
}

/**
 * Pieces parted at their blanks where words of another face stand in these: a program that changes the face for quotation
 * marks may write the words around them as one piece that leaves room.
 */
function partedWhereOthersStand(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece) => {
    const blanks = [...piece.text.trim().matchAll(/\s+/g)]
    if (blanks.length === 0) return [piece]
    const [from, to] = [piece.x + piece.size * 0.3, piece.x + piece.width - piece.size * 0.3]
    const isWithin = (other: Piece) => other !== piece && other.x > from && other.x + other.width / 2 < to
    return pieces.some((other) => isWithin(other) && !/\s/.test(other.text)) ? wordsOf(piece) : [piece]
  })
}

/** The words of a piece, each where it stands. */
export function wordsOf(piece: Piece): Piece[] {
  const letters = [...piece.text]
  const words: Piece[] = []
  let from = 0
  for (let i = 0; i <= letters.length; i++) {
    if (i < letters.length && letters[i]!.trim() !== '') continue
    if (i > from) words.push(partOf(piece, from, i))
    from = i + 1
  }
  return words
}

/** A raised number that points to a footnote; behind letters it is a power: m², km². */
function isMark(piece: Piece, size: number, base: number): boolean {
  return (
    piece.size < size * 0.75 &&
    piece.y < base - size * 0.2 &&
    /^[[(〔（]?[\d\u2460-\u2473*]{1,3}[\])〕）]?$/.test(piece.text.trim())
  )
}

/** Heavy type is sometimes the same piece twice, a hair apart. */
function withoutDoubles(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = []
  for (const piece of pieces) {
    const double = kept
      .slice(-3)
      .some(
        (one) =>
          one.text === piece.text &&
          Math.abs(one.x - piece.x) < piece.size * 0.3 &&
          Math.abs(one.y - piece.y) < piece.size * 0.3,
      )
    if (!double) kept.push(piece)
  }
  return kept
}

/**
 * The words of pieces on one line. Blanks that the program put between Chinese and Latin letters are none of the text's;
 * what is far apart is parted by a blank.
 */
function textOf(pieces: readonly Piece[]): string {
  let text = ''
  let end = 0
  for (const piece of pieces) {
    const own = piece.text.replace(/[\t\r\n\u00A0]/g, ' ')
    if (text !== '') {
      const gap = piece.x - end
      const before = text.at(-1)!
      const after = own[0]!
      const apart = !WIDE.test(before) && !WIDE.test(after) ? 0.18 : 0.6
      if (gap > piece.size * apart && before !== ' ' && after !== ' ') text += gap > piece.size * 1.5 ? '　' : ' '
    }
    text += own
    end = Math.max(end, piece.x + piece.width)
  }
  return text.trim()
}

/** Pieces of a line that belong together, parted where nothing stands for `gap` sizes. */
export function segmentsOf(line: Line, gap: number): Line[] {
  const groups: Piece[][] = []
  let end = 0
  for (const piece of line.pieces) {
    if (groups.length === 0 || piece.x - end > line.size * gap) groups.push([piece])
    else groups.at(-1)!.push(piece)
    end = groups.at(-1)!.length === 1 ? piece.x + piece.width : Math.max(end, piece.x + piece.width)
  }
  return groups.length < 2 ? [line] : groups.map(lineOf)
}

/** Room between pieces that a gutter may pass through, in sizes: a mark may hang out of its column. */
const LEAST_GUTTER = 0.4

/** A line parted where it is known that two columns meet; whole where a piece stands there. */
export function partedAt(line: Line, x: number): Line[] {
  const left = line.pieces.filter((piece) => piece.x + piece.width / 2 < x)
  const right = line.pieces.filter((piece) => piece.x + piece.width / 2 >= x)
  if (left.length === 0 || right.length === 0) return [line]
  const gap = Math.min(...right.map((piece) => piece.x)) - Math.max(...left.map((piece) => piece.x + piece.width))
  return gap < line.size * LEAST_GUTTER ? [line] : [lineOf(left), lineOf(right)]
}
