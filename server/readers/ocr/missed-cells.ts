import type { Rule } from '../layout/index.ts'
import type { Ink } from './ink.ts'
import type { TextBox } from './text-boxes.ts'

/** Edges that are no farther apart than this are one, in pixels; a ruled line is about as thick. */
const SAME_EDGE = 6
/** More cells than this are a drawing. */
const MOST_CELLS = 6000
/** So high is what may be a sign, in the usual height of a line's ink, and so wide. */
const HEIGHT = [0.45, 1.5] as const
const MOST_WIDTH = 2.2
/** Ink of a line, as a share of the box around it. */
const INK_OF_BOX = 0.66

/**
 * Signs that stand alone in a cell, where no text was found: a digit of a running number is so small that it is passed over.
 * @param boxes stretches of text that were found
 */
export function missedCells(boxes: readonly TextBox[], rules: readonly Rule[], ink: Ink): TextBox[] {
  const upright = rules.filter(({ x1, x2 }) => x1 === x2)
  const level = rules.filter(({ y1, y2 }) => y1 === y2)
  const [xs, ys] = [edges(upright.map(({ x1 }) => x1)), edges(level.map(({ y1 }) => y1))]
  const heights = boxes.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b)
  const letter = (heights[Math.floor(heights.length / 2)] ?? 0) * INK_OF_BOX
  if (letter === 0 || xs.length * ys.length > MOST_CELLS) return []
  const found: TextBox[] = []
  for (let i = 1; i < xs.length; i++) {
    for (let k = 1; k < ys.length; k++) {
      const [left, right, top, bottom] = [xs[i - 1]!, xs[i]!, ys[k - 1]!, ys[k]!]
      const [x, y] = [(left + right) / 2, (top + bottom) / 2]
      const isRuled =
        [left, right].every((edge) => upright.some(({ x1, y1, y2 }) => isAt(x1, edge) && y1 <= y && y2 >= y)) &&
        [top, bottom].every((edge) => level.some(({ y1, x1, x2 }) => isAt(y1, edge) && x1 <= x && x2 >= x))
      const touches = (box: TextBox) => box.left < right && box.right > left && box.top < bottom && box.bottom > top
      if (!isRuled || boxes.some(touches)) continue
      const sign = signIn(ink, { left, right, top, bottom }, letter)
      if (sign !== null) found.push(sign)
    }
  }
  return found
}

const isAt = (place: number, edge: number): boolean => Math.abs(place - edge) <= SAME_EDGE

/** Different places in order; those that are near are one. */
function edges(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.filter((value, i) => i === 0 || value - sorted[i - 1]! > SAME_EDGE)
}

/** The frame around the ink of a cell, where that is as large as a sign; null where it is not, or touches the edges. */
function signIn(
  { width, dark }: Ink,
  cell: { left: number; right: number; top: number; bottom: number },
  letter: number,
): TextBox | null {
  const [x1, x2, y1, y2] = [
    cell.left + SAME_EDGE,
    cell.right - SAME_EDGE,
    cell.top + SAME_EDGE,
    cell.bottom - SAME_EDGE,
  ]
  let [left, right, top, bottom, count] = [Infinity, -Infinity, Infinity, -Infinity, 0]
  for (let y = y1; y < y2; y++) {
    for (let x = x1; x < x2; x++) {
      const at = y * width + x
      // A speck of dust has no neighbours.
      if (dark[at] !== 1 || dark[at + 1]! + dark[at - 1]! + dark[at + width]! + dark[at - width]! < 2) continue
      count++
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  const [w, h] = [right - left, bottom - top]
  if (count < letter || h < letter * HEIGHT[0] || h > letter * HEIGHT[1] || w > letter * MOST_WIDTH) return null
  if (left === x1 || right === x2 || top === y1 || bottom === y2) return null
  const room = (letter / INK_OF_BOX - letter) / 2
  const middle = (top + bottom) / 2
  const half = Math.max(h / 2, letter / 2) + room
  return { left: left - room, right: right + room, top: middle - half, bottom: middle + half, slope: 0 }
}
