import { expect, test } from 'vitest'
import { missedCells } from '../../../server/readers/ocr/missed-cells.ts'

const [WIDTH, HEIGHT] = [300, 200]
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom, slope: 0 })
/** Two columns, two rows; the second column has its words. */
const RULES = [
  ...[20, 90, 160].map((y) => ({ x1: 20, x2: 280, y1: y, y2: y })),
  ...[20, 80, 280].map((x) => ({ x1: x, x2: x, y1: 20, y2: 160 })),
]
const WORDS = [box(90, 38, 270, 74), box(90, 108, 270, 144)]

/** Ink of filled frames. */
function ink(...frames: readonly [left: number, top: number, right: number, bottom: number][]) {
  const dark = new Uint8Array(WIDTH * HEIGHT)
  for (const [left, top, right, bottom] of frames)
    for (let y = top; y < bottom; y++) dark.fill(1, y * WIDTH + left, y * WIDTH + right)
  return { width: WIDTH, height: HEIGHT, dark }
}

test('a digit that stands alone in a cell is found with some room around it', () => {
  const [found, ...others] = missedCells(WORDS, RULES, ink([44, 45, 54, 68]))
  expect(others).toEqual([])
  expect(found!.left < 44 && found!.right > 54 && found!.top < 45 && found!.bottom > 68).toBe(true)
  expect(found!.right - found!.left).toBeLessThan(30)
})
test.each([
  ['in a cell with words', [100, 45, 110, 68]],
  ['as wide as a word', [30, 45, 75, 68]],
  ['at the edge: a stroke of the rule', [20, 45, 30, 68]],
  ['a speck of dust', [44, 45, 45, 46]],
  ['outside of the table', [44, 165, 54, 188]],
] as const)('not so %s', (_, frame) => expect(missedCells(WORDS, RULES, ink([...frame]))).toEqual([]))
