import type { Rule } from '../layout/index.ts'
import type { Canvas } from './canvas.ts'

/** Which pixels of a picture are ink: darker than what is around them, so that shadows on a photo are none. */
export interface Ink {
  width: number
  height: number
  dark: Uint8Array
}

/** Half the side of the square with which a pixel is compared, and how much darker than it ink is. */
const AROUND = 20
const DARKER = 0.82

export function inkOf(picture: Canvas): Ink {
  const { width, height } = picture
  const pixels = picture.getContext('2d').getImageData(0, 0, width, height).data
  const grey = new Uint8Array(width * height)
  // Sums over all pixels to the upper left, by which the mean of any square is four look-ups. They may run over: the
  // difference is right all the same.
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      const value = (pixels[at]! * 3 + pixels[at + 1]! * 6 + pixels[at + 2]!) / 10
      grey[y * width + x] = value
      row += value
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row
    }
  }
  const dark = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const [y1, y2] = [Math.max(0, y - AROUND), Math.min(height, y + AROUND + 1)]
    for (let x = 0; x < width; x++) {
      const [x1, x2] = [Math.max(0, x - AROUND), Math.min(width, x + AROUND + 1)]
      const w = width + 1
      const sum = (sums[y2 * w + x2]! - sums[y1 * w + x2]! - sums[y2 * w + x1]! + sums[y1 * w + x1]!) >>> 0
      const mean = sum / ((x2 - x1) * (y2 - y1))
      if (grey[y * width + x]! < mean * DARKER) dark[y * width + x] = 1
    }
  }
  return { width, height, dark }
}

/**
 * A ruled line is at least this long, as a share of the longer side of its page: three letters, whose level strokes may
 * meet; upright strokes never do, and a table of one row is not high.
 */
const LEAST_LEVEL = 0.04
const LEAST_UPRIGHT = 0.022
/** Pixels that a ruled line may lack. */
const GAP = 2
/** So far beside a ruled line, as a share of the longer side, is paper; less than this share of it may be ink. */
const BESIDE = 0.0035
const INK_BESIDE = 0.12
/** Rules closer than this are one thick one. */
const THICK = 8

/** Straight level and upright lines on a page, in pixels. */
export function rulesOf(ink: Ink): Rule[] {
  const side = Math.max(ink.width, ink.height)
  const beside = Math.max(4, Math.round(side * BESIDE))
  const level = runs(ink.width, ink.height, (x, y) => isDark(ink, x, y, 0, 1), side * LEAST_LEVEL).map(
    ({ line, from, to }): Rule => ({ x1: from, x2: to, y1: line, y2: line }),
  )
  const upright = runs(ink.height, ink.width, (y, x) => isDark(ink, x, y, 1, 0), side * LEAST_UPRIGHT).map(
    ({ line, from, to }): Rule => ({ x1: line, x2: line, y1: from, y2: to }),
  )
  return [
    ...level.filter((rule) => isAlone(ink, rule, 0, beside)),
    ...upright.filter((rule) => isAlone(ink, rule, beside, 0)),
  ]
}

/** Whether a line has paper on both sides: a row of letters whose strokes happen to meet has not. */
function isAlone({ width, height, dark }: Ink, { x1, x2, y1, y2 }: Rule, dx: number, dy: number): boolean {
  let inked = 0
  let seen = 0
  for (let y = y1; y <= y2; y++) {
    for (let x = x1; x <= x2; x++) {
      for (const side of [-1, 1]) {
        const [nx, ny] = [x + dx * side, y + dy * side]
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
        seen++
        inked += dark[ny * width + nx]!
      }
    }
  }
  return inked < seen * INK_BESIDE
}

/** Whether a pixel, or its neighbour across the line that is followed, is dark. */
function isDark({ width, height, dark }: Ink, x: number, y: number, dx: number, dy: number): boolean {
  return dark[y * width + x] === 1 || (x + dx < width && y + dy < height && dark[(y + dy) * width + x + dx] === 1)
}

interface Run {
  line: number
  from: number
  to: number
}

function runs(length: number, lines: number, darkAt: (along: number, line: number) => boolean, least: number): Run[] {
  const found: Run[] = []
  let open: Run[] = []
  for (let line = 0; line < lines; line++) {
    for (const run of runsOfLine(length, line, darkAt, least)) {
      const same = open.find((one) => line - one.line <= THICK && run.from <= one.to + GAP && run.to >= one.from - GAP)
      if (same === undefined) {
        open.push(run)
        found.push(run)
      } else {
        same.from = Math.min(same.from, run.from)
        same.to = Math.max(same.to, run.to)
      }
    }
    open = open.filter((one) => line - one.line <= THICK)
  }
  return found
}

function* runsOfLine(
  length: number,
  line: number,
  darkAt: (along: number, line: number) => boolean,
  least: number,
): Generator<Run> {
  let from = -1
  let last = -1
  for (let along = 0; along <= length; along++) {
    if (along < length && darkAt(along, line)) {
      if (from < 0) from = along
      last = along
    } else if (from >= 0 && (along === length || along - last > GAP)) {
      if (last - from >= least) yield { line, from, to: last }
      from = -1
    }
  }
}

/** First and last column with ink in a frame; null where there is none. */
export function inkBetween(
  { width, height, dark }: Ink,
  frame: { left: number; right: number; top: number; bottom: number },
): { left: number; right: number } | null {
  const [x1, x2] = [Math.max(0, Math.floor(frame.left)), Math.min(width, Math.ceil(frame.right))]
  const [y1, y2] = [Math.max(0, Math.floor(frame.top)), Math.min(height, Math.ceil(frame.bottom))]
  let left = -1
  let right = -1
  for (let x = x1; x < x2; x++) {
    let count = 0
    for (let y = y1; y < y2; y++) count += dark[y * width + x]!
    if (count < 2) continue
    if (left < 0) left = x
    right = x + 1
  }
  return left < 0 ? null : { left, right }
}
