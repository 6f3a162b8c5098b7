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
/** And in heights of a line. */
const LETTERS_LEVEL = 1.8
const LETTERS_UPRIGHT = 1.2
/** Pixels that a ruled line may lack. */
const GAP = 2
/** So far beside a ruled line, as a share of the longer side, is paper; less than this share of it may be ink. */
const BESIDE = 0.0035
const INK_BESIDE = 0.12
/** Rules closer than this are one thick one. */
const THICK = 8
/** A rule that leans moves on by so many pixels at once, and by no more than this share of its length. */
const STEP = 2
const MOST_LEAN = 0.025

/**
 * Straight level and upright lines on a page, in pixels. One that leans a little stands where its middle is.
 * @param letter usual height of a line of text: of large type a stroke is as long as the ruled lines of small
 */
export function rulesOf(ink: Ink, letter = 0): Rule[] {
  const side = Math.max(ink.width, ink.height)
  const beside = Math.max(4, Math.round(side * BESIDE))
  const level = runs(
    ink.width,
    ink.height,
    (x, y) => isDark(ink, x, y, 0, 1),
    Math.max(side * LEAST_LEVEL, letter * LETTERS_LEVEL),
  )
  const upright = runs(
    ink.height,
    ink.width,
    (y, x) => isDark(ink, x, y, 1, 0),
    Math.max(side * LEAST_UPRIGHT, letter * LETTERS_UPRIGHT),
  )
  return [
    ...level
      .filter((run) => isAlone(run, beside, ink.height, (x, y) => ink.dark[y * ink.width + x]!))
      .map((run): Rule => ({ x1: run.from, x2: run.to, y1: middleOf(run), y2: middleOf(run) })),
    ...upright
      .filter((run) => isAlone(run, beside, ink.width, (y, x) => ink.dark[y * ink.width + x]!))
      .map((run): Rule => ({ x1: middleOf(run), x2: middleOf(run), y1: run.from, y2: run.to })),
  ]
}

const middleOf = ({ parts }: Run): number => Math.round((parts[0]!.line + parts.at(-1)!.line) / 2)

/**
 * Whether a line has paper on both sides: a row of letters whose strokes happen to meet has not.
 * @param lines rows or columns of the picture
 */
function isAlone({ parts }: Run, beside: number, lines: number, ink: (along: number, line: number) => number): boolean {
  let inked = 0
  let seen = 0
  for (const { line, from, to } of parts) {
    for (const next of [line - beside, line + beside]) {
      if (next < 0 || next >= lines) continue
      for (let along = from; along <= to; along++) inked += ink(along, next)
      seen += to - from + 1
    }
  }
  return inked < seen * INK_BESIDE
}

/** Whether a pixel, or its neighbour across the line that is followed, is dark. */
function isDark({ width, height, dark }: Ink, x: number, y: number, dx: number, dy: number): boolean {
  return dark[y * width + x] === 1 || (x + dx < width && y + dy < height && dark[(y + dy) * width + x + dx] === 1)
}

/** A stretch of ink on one row or column of pixels. */
interface Stretch {
  line: number
  from: number
  to: number
}

/** Stretches of ink that go on with one another. */
interface Run {
  from: number
  to: number
  parts: Stretch[]
}

function runs(length: number, lines: number, darkAt: (along: number, line: number) => boolean, least: number): Run[] {
  const found: Run[] = []
  let open: Run[] = []
  for (let line = 0; line < lines; line++) {
    for (const part of runsOfLine(length, line, darkAt, least)) {
      const same = open.find((run) => goesOn(run, part))
      if (same === undefined) {
        const run: Run = { from: part.from, to: part.to, parts: [part] }
        open.push(run)
        found.push(run)
      } else {
        same.from = Math.min(same.from, part.from)
        same.to = Math.max(same.to, part.to)
        same.parts.push(part)
      }
    }
    open = open.filter(({ parts }) => line - parts.at(-1)!.line <= THICK)
  }
  return found
}

/** Whether a stretch is of the same ruled line: of its thickness, or of one that leans. */
function goesOn({ from, to, parts }: Run, next: Stretch): boolean {
  const last = parts.at(-1)!
  const leans = next.line - last.line <= STEP && next.line - parts[0]!.line <= Math.max(THICK, (to - from) * MOST_LEAN)
  const isThick = next.line - parts[0]!.line <= THICK
  return (leans || isThick) && next.from <= to + GAP && next.to >= from - GAP
}

function* runsOfLine(
  length: number,
  line: number,
  darkAt: (along: number, line: number) => boolean,
  least: number,
): Generator<Stretch> {
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
