import { CharacterSet } from '../parsers/character-set.ts'
import type { Line } from './line.ts'
import { endsSentence, endsWithBracket, hasPunctuation, startsWithField, startsWithLabel } from './marks.ts'

/** Lines on each side that tell how wide the column of text is here. */
const REACH = 14
/** Columns by which full lines differ: a closing sign hangs over, a half-width digit leaves one free. */
const SLACK = 3
const NARROWEST = 12
const WIDEST = 400
/** A larger indent is no paragraph's: the line is centred or set to the right. */
const WIDEST_INDENT = 8

const MARKS = new CharacterSet(',。;:')

/** Column where a line ends, counted from the margin of the text around it. */
export const extent = (line: Line): number => line.width + (line.indent <= WIDEST_INDENT ? line.indent : 0)

/** A line that was cut: it ends no sentence, is no heading and reads like running text. */
function isCut(line: Line): boolean {
  if (
    extent(line) >= WIDEST ||
    line.heading ||
    line.text.includes('\t') ||
    endsSentence(line.text) ||
    endsWithBracket(line.text)
  )
    return false
  if (startsWithField(line.text)) return false
  if (startsWithLabel(line.text)) return MARKS.isIn(line.text)
  return line.width >= 28 || hasPunctuation(line.text)
}

/**
 * Column that the text around each line is wrapped at, 0 where lines are not wrapped (one paragraph, one line). The cut
 * lines around tell it: three of them or more, at least half of all, end within {@link SLACK} columns; two are enough
 * where nothing around is wider. Linear: a window slides over the lines.
 */
export function wrapWidths(lines: readonly Line[]): Uint16Array {
  const widths = new Uint16Array(lines.length)
  const counts = new Uint16Array(WIDEST + SLACK + 1)
  const extents = new Uint16Array(lines.length)
  const cut = new Uint8Array(lines.length)
  lines.forEach((line, i) => {
    extents[i] = Math.min(extent(line), WIDEST)
    cut[i] = isCut(line) ? 1 : 0
  })
  let cuts = 0
  let from = 0
  let to = 0
  for (let i = 0; i < lines.length; i++) {
    for (; to < lines.length && to <= i + REACH; to++)
      if (cut[to]) {
        counts[extents[to]!]!++
        cuts++
      }
    for (; from < i - REACH; from++)
      if (cut[from]) {
        counts[extents[from]!]!--
        cuts--
      }
    widths[i] = cuts < 2 ? 0 : commonExtent(extents, cut, counts, cuts, from, to)
  }
  carry(extents, widths)
  return widths
}

function commonExtent(
  extents: Uint16Array,
  cut: Uint8Array,
  counts: Uint16Array,
  cuts: number,
  from: number,
  to: number,
): number {
  let best = 0
  let bestCount = 0
  let widest = 0
  let counted = 0
  for (let i = from; i < to; i++) {
    const width = extents[i]!
    if (width > widest) widest = width
    // Cut lines end at the same column mostly: what was counted for the one before is so for this one.
    if (!cut[i] || width < NARROWEST || width === counted) continue
    counted = width
    const near = counts[width]! + counts[width - 1]! + counts[width - 2]! + counts[width - 3]!
    if (near > bestCount || (near === bestCount && width > best)) {
      best = width
      bestCount = near
    }
  }
  if (bestCount * 2 < cuts) return 0
  // Paragraphs of one long line each: what ends alike before them are headings with a comma, not cut lines.
  let wider = 0
  for (let i = from; i < to; i++) if (extents[i]! > best + 2 * SLACK) wider++
  if (wider > bestCount) return 0
  return bestCount >= 3 || (bestCount === 2 && widest <= best + SLACK) ? best : 0
}

/**
 * Where headings and short items leave too few cut lines to tell, the width of the text before holds, else of the
 * text behind, as long as nothing nearby is wider and something comes near to it.
 */
function carry(extents: Uint16Array, widths: Uint16Array): void {
  const fits = (index: number, width: number): boolean => {
    let near = false
    for (let i = Math.max(0, index - REACH); i < Math.min(extents.length, index + REACH); i++) {
      const columns = extents[i]!
      if (Math.abs(i - index) <= 4 && columns > width + 3 * SLACK) return false
      if (columns >= width - 2 * SLACK && columns <= width + SLACK) near = true
    }
    return near
  }
  for (let i = 1; i < extents.length; i++) {
    const before = widths[i - 1]!
    if (widths[i] === 0 && before > 0 && fits(i, before)) widths[i] = before
  }
  for (let i = extents.length - 2; i >= 0; i--) {
    const behind = widths[i + 1]!
    if (widths[i] === 0 && behind > 0 && fits(i, behind)) widths[i] = behind
  }
}

/** Whether a line reaches the wrap width, so that what it says may go on in the next line. */
export function isFull(line: Line, wrapWidth: number): boolean {
  const columns = extent(line)
  return wrapWidth > 0 && columns >= wrapWidth - SLACK && columns <= wrapWidth + SLACK
}

/** Whether an open sentence goes on behind a line: it is full but for a lost indent. */
export function reaches(line: Line, wrapWidth: number): boolean {
  return wrapWidth > 0 && extent(line) * 100 >= wrapWidth * 72
}
