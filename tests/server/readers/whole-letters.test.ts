import { expect, test } from 'vitest'
import { withWholeLetters } from '../../../server/readers/ocr/whole-letters.ts'

/** A picture of 200 by 100 pixels with ink in these rows, from 20 to 180, in every fourth column or in all of them. */
function inkIn(rows: readonly (readonly [from: number, to: number])[], isRule: (row: number) => boolean = () => false) {
  const dark = new Uint8Array(200 * 100)
  for (const [from, to] of rows)
    for (let y = from; y < to; y++) for (let x = 20; x < 180; x += isRule(y) ? 1 : 4) dark[y * 200 + x] = 1
  return { width: 200, height: 100, dark }
}
const box = { left: 20, right: 180, top: 30, bottom: 60, slope: 0 }
const edges = (ink: ReturnType<typeof inkIn>) => {
  const { top, bottom } = withWholeLetters(box, ink)
  return [top, bottom]
}

test.each([
  ['that reach over its edges are taken in, with some paper', inkIn([[25, 63]]), [22.5, 64.5]],
  ['within its edges leave it as it is', inkIn([[32, 58]]), [30, 60]],
  ['that touch the next line leave it as it is', inkIn([[10, 90]]), [30, 60]],
  ['that touch a ruled line leave it as it is', inkIn([[26, 58]], (row) => row < 28), [30, 60]],
] as const)('a box of letters %s', (_, ink, wanted) => {
  expect(edges(ink)).toEqual(wanted)
})
