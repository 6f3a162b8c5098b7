import { expect, test } from 'vitest'
import { newCanvas } from '../../../server/readers/ocr/canvas.ts'
import { inkOf } from '../../../server/readers/ocr/ink.ts'
import { withoutSpecks } from '../../../server/readers/ocr/specks.ts'

/** Height of the box around a line: letters are 29 pixels high. */
const LETTER = 40

test('dust between words is taken away; points, strokes and letters of dots stay', () => {
  const { canvas, context } = newCanvas(400, 200)
  context.fillStyle = '#000'
  const dust = [
    [30, 30],
    [200, 20],
    [120, 101],
  ] as const
  for (const [x, y] of dust) context.fillRect(x, y, 1, 1)
  // The point of a number, and beside a letter a dot that is its stroke.
  const kept = [
    [60, 60],
    [100, 150],
    [124, 160],
  ] as const
  context.fillRect(60, 60, 3, 3)
  context.fillRect(100, 150, 20, 20)
  context.fillRect(124, 160, 1, 1)
  // A letter of dots.
  for (let x = 300; x < 330; x += 3) for (let y = 80; y < 110; y += 3) context.fillRect(x, y, 1, 1)
  const ink = inkOf(canvas)
  withoutSpecks(canvas, ink, LETTER)
  const greyAt = (x: number, y: number) => context.getImageData(x, y, 1, 1).data[0]
  expect(dust.map(([x, y]) => greyAt(x, y))).toEqual([255, 255, 255])
  expect(dust.map(([x, y]) => ink.dark[y * 400 + x])).toEqual([0, 0, 0])
  expect([...kept, [300, 80], [315, 95]].map(([x, y]) => greyAt(x!, y!))).toEqual([0, 0, 0, 0, 0])
})

test('of small letters nothing is taken: their points are no larger than dust', () => {
  const { canvas, context } = newCanvas(100, 100)
  context.fillStyle = '#000'
  context.fillRect(50, 50, 1, 1)
  const ink = inkOf(canvas)
  withoutSpecks(canvas, ink, 20)
  expect(ink.dark[50 * 100 + 50]).toBe(1)
})

test('a sign that is blurred stays, though only its middle is dark', () => {
  const { canvas, context } = newCanvas(100, 100)
  const image = context.getImageData(0, 0, 100, 100)
  for (let y = 0; y < 100; y++)
    for (let x = 0; x < 100; x++) {
      const grey = 255 - 52 * Math.exp(-((x - 50) ** 2 + (y - 50) ** 2) / 12)
      for (let c = 0; c < 3; c++) image.data[(y * 100 + x) * 4 + c] = grey
    }
  context.putImageData(image, 0, 0)
  const ink = inkOf(canvas)
  expect(ink.dark[50 * 100 + 50]).toBe(1)
  withoutSpecks(canvas, ink, 60)
  expect(context.getImageData(50, 50, 1, 1).data[0]).toBe(203)
})
