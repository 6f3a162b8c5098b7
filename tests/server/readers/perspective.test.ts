import { describe, expect, it } from 'vitest'
import { newCanvas } from '../../../server/readers/ocr/canvas.ts'
import {
  composed,
  frameOf,
  inverse,
  perspectiveOf,
  project,
  type Projection,
  projectedBox,
  withoutPerspective,
} from '../../../server/readers/ocr/perspective.ts'
import { rulesOf } from '../../../server/readers/ocr/ink.ts'
import type { TextBox } from '../../../server/readers/ocr/text-boxes.ts'
import { wordsOf } from '../../../server/readers/ocr/words.ts'

const SIZE = { width: 1600, height: 2200 }
const STRAIGHT: Projection = [1, 0, 0, 0, 1, 0, 0, 0]
/** Seen from below its middle: narrower at the top. */
const FROM_BELOW: Projection = [0.94, -0.05, 120, 0, 0.98, 20, 0, -0.00006]
/** Seen from the left: lower at the right. */
const FROM_LEFT: Projection = [1, 0, 10, -0.03, 1, 40, 0.00005, 0]

/** The lines of a page as they stand on its picture: paragraphs of full lines, the first indented, the last short. */
function linesSeen(seen: Projection): TextBox[] {
  return Array.from({ length: 30 }, (_, i) => {
    const y = 200 + i * 60
    const [from, to] = [i % 5 === 0 ? 284 : 220, i % 5 === 4 ? 700 + i * 11 : 1380]
    const [x1, y1] = project(seen, from, y)
    const [x2, y2] = project(seen, to, y)
    const middle = (y1 + y2) / 2
    return { left: x1, right: x2, top: middle - 18, bottom: middle + 18, slope: (y2 - y1) / (x2 - x1) }
  })
}

/** The ink of these lines: letters one below the other. */
function inkSeen(seen: Projection) {
  const dark = new Uint8Array(SIZE.width * SIZE.height)
  for (let i = 0; i < 30; i++) {
    for (let letter = i % 5 === 0 ? 2 : 0; letter < (i % 5 === 4 ? 12 : 36); letter++) {
      for (let down = 0; down < 28; down++) {
        for (const across of [0, 1, 2, 25, 26]) {
          const [x, y] = project(seen, 220 + letter * 32 + across, 186 + i * 60 + down)
          dark[Math.round(y) * SIZE.width + Math.round(x)] = 1
        }
      }
    }
  }
  return { ...SIZE, dark }
}

describe('a page that was photographed from the side', () => {
  it.each([
    ['from below', FROM_BELOW],
    ['from the left', FROM_LEFT],
  ])('%s is straight again: its margins upright, its lines level', (_, seen) => {
    const boxes = linesSeen(seen)
    const found = perspectiveOf(boxes, inkSeen(seen))!
    const lines = linesSeen(STRAIGHT).map((line, i) => ({ straight: line, seen: boxes[i]! }))
    // Where a point of the straight page is looked for on the picture, the one of the picture stands, but for size and place.
    const back = (x: number, y: number) => nearest(found, x, y)
    const full = lines.filter(({ straight }) => straight.right === 1380 && straight.left === 220)
    const ends = full.map(({ seen: { left, right, top, bottom, slope } }) => {
      const middle = (top + bottom) / 2
      const half = ((right - left) / 2) * slope
      return { from: back(left, middle - half), to: back(right, middle + half) }
    })
    const spread = (values: number[]) => Math.max(...values) - Math.min(...values)
    expect(spread(ends.map(({ from }) => from[0]))).toBeLessThan(6)
    expect(spread(ends.map(({ to }) => to[0]))).toBeLessThan(6)
    for (const { from, to } of ends) expect(Math.abs(to[1] - from[1])).toBeLessThan(4)
  })
  it('one that lies straight is left as it is, and so is an empty one', () => {
    expect(perspectiveOf(linesSeen(STRAIGHT), inkSeen(STRAIGHT))).toBeNull()
    expect(perspectiveOf([], { ...SIZE, dark: new Uint8Array(SIZE.width * SIZE.height) })).toBeNull()
  })
  it('the way there and back is none, and one projection after another is one', () => {
    for (const [x, y] of [
      [100, 200],
      [1500, 2100],
    ] as const) {
      const [bx, by] = project(composed(inverse(FROM_LEFT), FROM_LEFT), x, y)
      expect([bx, by].map((value) => Math.round(value * 1000) / 1000)).toEqual([x, y])
      const both = project(composed(FROM_BELOW, FROM_LEFT), x, y)
      const after = project(FROM_BELOW, ...project(FROM_LEFT, x, y))
      expect(both.map(Math.round)).toEqual(after.map(Math.round))
    }
  })
  it('its text is kept with some paper, as fine as on the picture, and not the desk around it', () => {
    const { shift, size } = frameOf(linesSeen(FROM_BELOW), FROM_BELOW)
    const onPage = [project(shift, 0, 0), project(shift, size.width, size.height)]
    // The lines stand from 220 to 1380 and from 200 to 1940.
    expect(onPage[0]![0]).toBeGreaterThan(60)
    expect(onPage[0]![0]).toBeLessThan(200)
    expect(onPage[1]![0]).toBeGreaterThan(1400)
    expect(onPage[1]![1]).toBeGreaterThan(1960)
    expect(onPage[1]![1]).toBeLessThan(2150)
    expect(size.width).toBeGreaterThan((onPage[1]![0] - onPage[0]![0]) * 0.9)
  })
  it('its words are marked where they stand on the picture', () => {
    const line = {
      text: '目标值达',
      characters: [...'目标值达'].map((text, i) => ({ text, confidence: 1, x: 110 + i * 20 })),
      left: 100,
      right: 180,
      top: 50,
      bottom: 70,
    }
    const [word] = wordsOf([line], '目标值达', 0, [1, 0, 30, 0, 1, -10, 0, 0])
    expect(word!.box).toEqual([133, 40, 207, 60])
  })
  it('is mixed of the pixels of the picture, with paper where there are none', () => {
    const { canvas, context } = newCanvas(40, 40)
    context.fillStyle = '#000'
    context.fillRect(10, 10, 10, 10)
    const moved = withoutPerspective(canvas, [1, 0, 5, 0, 1, 5, 0, 0])
    const { data } = moved.getContext('2d').getImageData(0, 0, 40, 40)
    const grey = (x: number, y: number) => data[(y * 40 + x) * 4]
    expect([grey(4, 10), grey(5, 5), grey(14, 14), grey(16, 14), grey(39, 39)]).toEqual([255, 0, 0, 255, 255])
  })
})

/** The point that a projection maps to this one, looked for step by step. */
function nearest(map: Projection, x: number, y: number): [number, number] {
  let at: [number, number] = [x, y]
  for (let i = 0; i < 60; i++) {
    const [px, py] = project(map, ...at)
    at = [at[0] + (x - px) * 0.9, at[1] + (y - py) * 0.9]
  }
  return at
}

describe('ruled lines', () => {
  /** A picture of 600 by 800 pixels with strokes two pixels thick, each from one point to another. */
  const strokes = (...lines: (readonly [x1: number, y1: number, x2: number, y2: number])[]) => {
    const dark = new Uint8Array(600 * 800)
    for (const [x1, y1, x2, y2] of lines) {
      const steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1))
      for (let i = 0; i <= steps; i++) {
        const [x, y] = [Math.round(x1 + ((x2 - x1) * i) / steps), Math.round(y1 + ((y2 - y1) * i) / steps)]
        dark[y * 600 + x] = dark[y * 600 + x + 1] = dark[(y + 1) * 600 + x] = 1
      }
    }
    return { width: 600, height: 800, dark }
  }
  it('that lean a little are one each, where their middle is', () => {
    const found = rulesOf(strokes([50, 100, 550, 111], [60, 120, 72, 700]))
    expect(found).toHaveLength(2)
    const [level, upright] = found as [(typeof found)[number], (typeof found)[number]]
    expect(Math.abs(level.y1 - 105.5)).toBeLessThan(3)
    expect(level.x2 - level.x1).toBeGreaterThan(490)
    expect(Math.abs(upright.x1 - 66)).toBeLessThan(3)
    expect(upright.y2 - upright.y1).toBeGreaterThan(570)
  })
  it('are longer than the strokes of large type', () => {
    const stroke = strokes([300, 300, 300, 330])
    expect(rulesOf(stroke)).toHaveLength(1)
    expect(rulesOf(stroke, 32)).toHaveLength(0)
  })
})

it('a line of the picture stands level and in its place on the straight page', () => {
  const [line] = linesSeen(FROM_LEFT)
  const { left, right, top, bottom, slope } = projectedBox(line!, FROM_LEFT)
  expect([left, right].map(Math.round)).toEqual([284, 1380])
  expect(Math.abs((top + bottom) / 2 - 200)).toBeLessThan(3)
  expect(Math.abs(slope)).toBeLessThan(0.001)
})
