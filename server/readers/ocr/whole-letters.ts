import type { Ink } from './ink.ts'
import type { TextBox } from './text-boxes.ts'

/** A box is made higher by no more than this share of its height on each side. */
const MOST_MORE = 0.3
/** Rows with less ink than this share of a line's length lie between lines. */
const BLANK = 0.012
/** Rows with more are a ruled line. */
const RULED = 0.6
/** Paper that is kept above and below letters that were cut, as a share of the height. */
const ROOM = 0.05

/**
 * A stretch of text with all of the height of its letters. What finds text marks the middle of a line, and where letters are
 * wider than high too little of it: without their heads 市 is read as 方. Where letters do not reach over its edges it stays.
 */
export function withWholeLetters(box: TextBox, ink: Ink): TextBox {
  const most = Math.round((box.bottom - box.top) * MOST_MORE)
  const room = (box.bottom - box.top) * ROOM
  const above = reach(box, ink, box.top, -1, most)
  const below = reach(box, ink, box.bottom, 1, most)
  return {
    ...box,
    top: above === 0 ? box.top : Math.max(0, box.top - above - room),
    bottom: below === 0 ? box.bottom : Math.min(ink.height, box.bottom + below + room),
  }
}

/** How many rows of ink lie beyond an edge; 0 where no blank row ends them. */
function reach(box: TextBox, ink: Ink, edge: number, step: 1 | -1, most: number): number {
  for (let rows = 0; rows <= most; rows++) {
    const share = inkOfRow(box, ink, edge + rows * step)
    if (share < BLANK) return rows
    if (share > RULED) return 0
  }
  return 0
}

/** Share of a row along a line that is ink. */
function inkOfRow({ left, right, slope }: TextBox, { width, height, dark }: Ink, at: number): number {
  const middle = (left + right) / 2
  const [x1, x2] = [Math.max(0, Math.floor(left)), Math.min(width, Math.ceil(right))]
  let count = 0
  for (let x = x1; x < x2; x++) {
    const y = Math.round(at + slope * (x - middle))
    if (y >= 0 && y < height) count += dark[y * width + x]!
  }
  return count / Math.max(1, x2 - x1)
}
