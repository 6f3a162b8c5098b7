import type { Line } from './lines.ts'
import { endsSentence, hasPunctuation, startsWithField, startsWithLabel } from './marks.ts'

/** Lines on each side that tell how wide the column of text is here. */
const REACH = 14
const SLACK = 3
const NARROWEST = 12
const WIDEST = 400

/**
 * Column width that the text around each line is wrapped at, 0 where lines are not wrapped (one paragraph, one line).
 * A width counts when at least three lines and a quarter of those around reach it within {@link SLACK} columns and
 * they look like running text. Linear: a window slides over the lines.
 */
export function wrapWidths(lines: readonly Line[]): Uint16Array {
  const widths = new Uint16Array(lines.length)
  const counts = new Uint16Array(WIDEST + SLACK + 1)
  const capped = (line: Line): number => Math.min(line.width, WIDEST)
  const prose = Uint8Array.from(lines, (line) => (isCut(line) ? 1 : 0))
  let from = 0
  let to = 0
  for (let i = 0; i < lines.length; i++) {
    for (; to < lines.length && to <= i + REACH; to++) counts[capped(lines[to] as Line)]!++
    for (; from < i - REACH; from++) counts[capped(lines[from] as Line)]!--
    widths[i] = commonWidth(lines, counts, prose, from, to)
  }
  carry(lines, widths)
  return widths
}

/**
 * Where headings and short items leave too few full lines to tell, the width of the text before holds, else of the
 * text behind, as long as nothing nearby is wider and something comes near to it.
 */
function carry(lines: readonly Line[], widths: Uint16Array): void {
  const fits = (index: number, width: number): boolean => {
    let near = false
    for (let i = Math.max(0, index - REACH); i < Math.min(lines.length, index + REACH); i++) {
      const columns = (lines[i] as Line).width
      if (Math.abs(i - index) <= 4 && columns > width + 3 * SLACK) return false
      if (columns >= width - 2 * SLACK && columns <= width + SLACK) near = true
    }
    return near
  }
  for (let i = 1; i < lines.length; i++) {
    const before = widths[i - 1] as number
    if (widths[i] === 0 && before > 0 && fits(i, before)) widths[i] = before
  }
  for (let i = lines.length - 2; i >= 0; i--) {
    const behind = widths[i + 1] as number
    if (widths[i] === 0 && behind > 0 && fits(i, behind)) widths[i] = behind
  }
}

/** A line that was cut: it ends no sentence, is no heading and reads like running text. */
const isCut = (line: Line): boolean => line.width < WIDEST && !endsSentence(line.text) && !startsWithLabel(line.text) && !startsWithField(line.text)
  && (line.width >= 28 || hasPunctuation(line.text))

function commonWidth(lines: readonly Line[], counts: Uint16Array, prose: Uint8Array, from: number, to: number): number {
  let best = 0
  let bestCount = 0
  for (let i = from; i < to; i++) {
    const width = (lines[i] as Line).width
    if (width < NARROWEST || width >= WIDEST) continue
    const near = counts[width]! + counts[width - 1]! + counts[width - 2]! + counts[width - 3]!
    if (near > bestCount || (near === bestCount && width > best)) {
      best = width
      bestCount = near
    }
  }
  if (bestCount < 3 || bestCount * 4 < to - from) return 0
  let running = 0
  for (let i = from; i < to; i++) {
    const width = (lines[i] as Line).width
    if (prose[i] === 1 && width <= best && width >= best - SLACK) running++
  }
  return running * 3 >= bestCount ? best : 0
}

/** Whether a line reaches the wrap width, so that what it says may go on in the next line. */
export function isFull(line: Line, wrapWidth: number): boolean {
  return wrapWidth > 0 && line.width >= wrapWidth - SLACK && line.width <= wrapWidth + SLACK
}

/** Whether an open sentence goes on behind a line: it is full but for a lost indent. */
export function reaches(line: Line, wrapWidth: number): boolean {
  return wrapWidth > 0 && line.width * 100 >= wrapWidth * 72
}
