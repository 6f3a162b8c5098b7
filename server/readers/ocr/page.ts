import type { LaidPage, Piece, Rule } from '../layout/index.ts'
import { IDENTITY, type Matrix, multiply } from '../layout/matrix.ts'
import { corrected, withDashes } from './correct.ts'
import { inkBetween, type Ink, inkOf, rulesOf } from './ink.ts'
import { freeMemory } from './memory.ts'
import { missedCells } from './missed-cells.ts'
import { type Models, ocrModels } from './models.ts'
import { type Canvas, straighten, turn } from './canvas.ts'
import { perspectiveOf, type Projection, withoutPerspective } from './perspective.ts'
import { type ReadCharacter, readLine } from './read-line.ts'
import { type TextBox, textBoxes } from './text-boxes.ts'

/** A line, or a part of one, that was read from a picture. */
export interface RecognisedLine {
  characters: ReadCharacter[]
  text: string
  /** Pixels of the straightened picture. */
  left: number
  right: number
  top: number
  bottom: number
}

/** A page that was read from a picture. */
export interface RecognisedPage {
  /** Pixels of the straightened picture. */
  width: number
  height: number
  lines: RecognisedLine[]
  rules: Rule[]
  /** From the pixels in which lines and rules are given to those of the straightened picture; null where they are the same. */
  perspective: Projection | null
  /** From the pixels of the straightened picture to shares of the picture that was given, before it was turned. */
  toPage: Matrix
}

/** Less than this angle (radians) is left to the reading of each line. */
const STRAIGHT = 0.003
/** A picture that stands on its head is read with less confidence than this. */
const UPRIGHT = 0.75
/** So many lines are read before the memory that they took is freed: about 12 MB each. */
const LINES_KEPT = 8
/** Lines that are read to find out. */
const SAMPLE = 4
/** A page with nothing but noise has lines of less confidence. */
const LEAST_CONFIDENCE = 0.5

/** Reads the picture of a page: turns it upright and straight, as if it had been looked at from above, finds its lines and reads each. */
export async function recognisePage(given: Canvas): Promise<RecognisedPage> {
  const models = await ocrModels()
  await freeMemory()
  let picture = given
  let turns = 0
  let boxes = await textBoxes(picture, models)
  if (isSideways(boxes)) {
    picture = turn(picture, 1)
    turns = 1
    boxes = await textBoxes(picture, models)
  }
  if ((await confidenceOf(picture, boxes, models)) < UPRIGHT) {
    const turned = turn(picture, 2)
    const turnedBoxes = await textBoxes(turned, models)
    if ((await confidenceOf(turned, turnedBoxes, models)) > (await confidenceOf(picture, boxes, models))) {
      picture = turned
      turns += 2
      boxes = turnedBoxes
    }
  }
  const slope = slopeOf(boxes)
  const angle = Math.abs(slope) > STRAIGHT ? -Math.atan(slope) : 0
  if (angle !== 0) {
    picture = straighten(picture, angle)
    boxes = await textBoxes(picture, models)
  }
  let ink = inkOf(picture)
  const perspective = perspectiveOf(boxes, ink)
  if (perspective !== null) {
    picture = withoutPerspective(picture, perspective)
    await freeMemory()
    boxes = await textBoxes(picture, models)
    ink = inkOf(picture)
  }
  const rules = rulesOf(ink)
  const lines: RecognisedLine[] = []
  await freeMemory()
  const stretches = boxes.flatMap((one) => cutAtRules(one, rules))
  for (const [done, box] of [...stretches, ...missedCells(stretches, rules, ink)].entries()) {
    if (done % LINES_KEPT === LINES_KEPT - 1) await freeMemory()
    const line = await recogniseLine(picture, withRoom(box, rules, picture.width), ink, models)
    if (line !== null) lines.push(line)
  }
  const { width, height } = picture
  return {
    width,
    height,
    lines: withoutReadTwice(lines),
    rules,
    perspective,
    toPage: shareOfGiven(given, { width, height }, turns, angle),
  }
}

/** A scrap of so many letters at most. */
const SCRAP = 2
/** A scrap lies in another line with this share of its width and height. */
const WITHIN = 0.6

/** Lines without scraps of others: the end of a line, or what touches a rule, may be found twice. */
export const withoutReadTwice = <T extends Pick<RecognisedLine, 'text' | 'left' | 'right' | 'top' | 'bottom'>>(
  lines: readonly T[],
): T[] =>
  lines.filter((line) => {
    const isWithin = (other: T) =>
      other.text.length > line.text.length &&
      Math.min(line.right, other.right) - Math.max(line.left, other.left) >= (line.right - line.left) * WITHIN &&
      Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top) >= (line.bottom - line.top) * WITHIN
    return line.text.length > SCRAP || !lines.some(isWithin)
  })

interface Size {
  width: number
  height: number
}

/** Undoes what was done to a picture: turned by quarters about its middle, then by an angle (radians), both clockwise. */
export function shareOfGiven(given: Size, read: Size, quarters: number, angle: number): Matrix {
  const back = -(quarters * Math.PI) / 2 - angle
  const [cos, sin] = [Math.cos(back), Math.sin(back)]
  const steps: Matrix[] = [
    [1, 0, 0, 1, -read.width / 2, -read.height / 2],
    [cos, sin, -sin, cos, 0, 0],
    [1, 0, 0, 1, given.width / 2, given.height / 2],
    [1 / given.width, 0, 0, 1 / given.height, 0, 0],
  ]
  return steps.reduce((all, step) => multiply(step, all), IDENTITY)
}

/** Room beside a stretch of text, as shares of its height: a full stop at the end is often left outside. */
const ROOM_BEFORE = 0.1
const ROOM_BEHIND = 0.3
/** Half of the thickness of a ruled line, in pixels, and what it may lean. */
const RULE = 4

/** A stretch of text with some room at its ends, as far as the ruled lines beside it: behind them stands another cell. */
function withRoom(box: TextBox, rules: readonly Rule[], width: number): TextBox {
  const height = box.bottom - box.top
  let left = Math.max(0, box.left - height * ROOM_BEFORE)
  let right = Math.min(width, box.right + height * ROOM_BEHIND)
  for (const { x1: x } of rules.filter((rule) => isBeside(rule, box))) {
    if (x < box.left + height * NEAR_END) left = Math.max(left, x + RULE)
    else if (x > box.right - height * NEAR_END) right = Math.min(right, x - RULE / 2)
  }
  return { ...box, left, right }
}

/** Whether a rule stands upright beside or in a stretch of text, over most of its height. */
function isBeside({ x1, x2, y1, y2 }: Rule, { top, bottom }: TextBox): boolean {
  const inner = (bottom - top) * 0.3
  return x1 === x2 && y1 < top + inner && y2 > bottom - inner
}

async function recogniseLine(picture: Canvas, wide: TextBox, ink: Ink, models: Models): Promise<RecognisedLine | null> {
  const height = wide.bottom - wide.top
  const read = corrected(await readLine(picture, wide, models))
  if (read.every(({ text }) => text.trim() === '') || mean(read) < LEAST_CONFIDENCE) return null
  const middle = { ...wide, top: wide.top + height * 0.2, bottom: wide.bottom - height * 0.2 }
  const edges = inkBetween(ink, middle) ?? wide
  const characters = withDashes(read, edges.left)
  const text = characters.map((one) => one.text).join('')
  return { characters, text, left: edges.left, right: edges.right, top: wide.top, bottom: wide.bottom }
}

const mean = (characters: readonly ReadCharacter[]): number =>
  characters.length === 0 ? 0 : characters.reduce((sum, { confidence }) => sum + confidence, 0) / characters.length

async function confidenceOf(picture: Canvas, boxes: readonly TextBox[], models: Models): Promise<number> {
  const longest = [...boxes].sort((a, b) => b.right - b.left - (a.right - a.left)).slice(0, SAMPLE)
  let sum = 0
  for (const box of longest)
    sum += mean(await readLine(picture, { ...box, right: Math.min(box.right, box.left + 600) }, models))
  return longest.length === 0 ? 1 : sum / longest.length
}

/** Whether the lines run from top to bottom. */
function isSideways(boxes: readonly TextBox[]): boolean {
  let [upright, level] = [0, 0]
  for (const { left, right, top, bottom } of boxes) {
    const [width, height] = [right - left, bottom - top]
    if (height > width * 2) upright += height
    else if (width > height * 2) level += width
  }
  return upright > level
}

/** The slope of the page: the middle one of its lines, each counting by its length. */
function slopeOf(boxes: readonly TextBox[]): number {
  const long = boxes
    .filter(({ left, right, top, bottom }) => right - left > 4 * (bottom - top))
    .sort((a, b) => a.slope - b.slope)
  const total = long.reduce((sum, { left, right }) => sum + right - left, 0)
  let sum = 0
  for (const { left, right, slope } of long) {
    sum += right - left
    if (sum * 2 >= total) return slope
  }
  return 0
}

/** A rule that stands nearer than this to the end of a stretch of text, in its heights, is its edge and parts nothing. */
const NEAR_END = 0.4

/** A stretch of text over an upright rule is text of two cells. */
function cutAtRules(box: TextBox, rules: readonly Rule[]): TextBox[] {
  const height = box.bottom - box.top
  const cuts = rules
    .filter((rule) => isBeside(rule, box))
    .map(({ x1 }) => x1)
    .filter((x) => x > box.left + height * NEAR_END && x < box.right - height * NEAR_END)
    .sort((a, b) => a - b)
  const parts: TextBox[] = []
  let left = box.left
  for (const cut of [...cuts, null]) {
    const right = cut === null ? box.right : cut - 2
    if (right - left > height * 0.3) {
      // Each part lies where the slanting line is at its own middle.
      const shift = box.slope * ((left + right) / 2 - (box.left + box.right) / 2)
      parts.push({ left, right, top: box.top + shift, bottom: box.bottom + shift, slope: box.slope })
    }
    if (cut !== null) left = cut + 3
  }
  return parts
}

const IDEOGRAPH = /[\u4E00-\u9FFF]/
/** Height of a full-width character, as a share of the box that was found around it. */
const OF_BOX = 0.72
/** Sizes nearer than this share are one. */
const SAME_SIZE = 0.12

/** A recognised page as the layout takes it: pieces of text in points; `scale` is points for a pixel. */
export function laidPage({ width, height, lines, rules }: RecognisedPage, scale: number): LaidPage {
  const sizes = commonSizes(lines.map((line) => ({ size: sizeOf(line), count: line.characters.length })))
  const pieces = lines.map((line, i): Piece => {
    const size = sizes[i]!
    return {
      text: line.text,
      x: line.left * scale,
      // The middle of full-width characters lies so much above their baseline.
      y: ((line.top + line.bottom) / 2 + 0.35 * size) * scale,
      width: (line.right - line.left) * scale,
      size: size * scale,
    }
  })
  return {
    width: width * scale,
    height: height * scale,
    pieces,
    rules: rules.map(({ x1, y1, x2, y2 }) => ({ x1: x1 * scale, y1: y1 * scale, x2: x2 * scale, y2: y2 * scale })),
  }
}

/** Type size of a line: the usual distance of neighbouring ideographs, or else by its height. */
function sizeOf({ characters, top, bottom }: RecognisedLine): number {
  const steps: number[] = []
  characters.forEach((one, i) => {
    const before = characters[i - 1]
    if (before && IDEOGRAPH.test(before.text) && IDEOGRAPH.test(one.text)) steps.push(one.x - before.x)
  })
  steps.sort((a, b) => a - b)
  return steps.length >= 4 ? steps[Math.floor(steps.length / 2)]! : (bottom - top) * OF_BOX
}

/** Sizes that differ by less than the eye sees become the most common of them. */
function commonSizes(given: readonly { size: number; count: number }[]): number[] {
  const kept: number[] = []
  const weight = (size: number) =>
    given.reduce((sum, one) => sum + (Math.abs(one.size - size) < size * 0.04 ? one.count : 0), 0)
  const byWeight = given.map(({ size }) => ({ size, weight: weight(size) })).sort((a, b) => b.weight - a.weight)
  for (const { size } of byWeight) if (!kept.some((one) => Math.abs(one - size) < one * SAME_SIZE)) kept.push(size)
  return given.map(({ size }) =>
    kept.reduce((best, one) => (Math.abs(one - size) < Math.abs(best - size) ? one : best), kept[0] ?? size),
  )
}
