import type { LaidPage, Piece, Rule } from '../layout/index.ts'
import { IDENTITY, type Matrix, multiply } from '../layout/matrix.ts'
import { withContrast } from './contrast.ts'
import { corrected, withDashes } from './correct.ts'
import { inkBetween, type Ink, inkOf, rulesOf } from './ink.ts'
import { partedAtGaps, stepsOf } from './letter-gaps.ts'
import { freeMemory } from './memory.ts'
import { missedCells } from './missed-cells.ts'
import { type Models, ocrModels } from './models.ts'
import { type Canvas, straighten, turn } from './canvas.ts'
import {
  composed,
  frameOf,
  type Look,
  lookAt,
  perspectiveOf,
  type Projection,
  projectedBox,
  withoutPerspective,
} from './perspective.ts'
import { type LineView, type ReadCharacter, readLine } from './read-line.ts'
import type { RecognisedLine } from './recognised-line.ts'
import { withoutSeals } from './seals.ts'
import { withoutSpecks } from './specks.ts'
import { type TextBox, textBoxes } from './text-boxes.ts'
import { withWholeLetters } from './whole-letters.ts'

/** A page that was read from a picture. */
export interface RecognisedPage {
  /** Pixels of the picture that was read. */
  width: number
  height: number
  lines: RecognisedLine[]
  rules: Rule[]
  /** How many times as wide as high its letters are. */
  aspect: number
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
/** A page that is seen much from the side is made straight in so many steps: the first only shows the others. */
const MOST_ROUNDS = 3
/** Lines that are read to find out, and how much of them, in their heights. */
const SAMPLE = 4
const SAMPLE_LENGTH = 16
/** A page with nothing but noise has lines of less confidence. */
const LEAST_CONFIDENCE = 0.5

/**
 * Reads the picture of a page: turns it upright and straight, as if it had been looked at from above, finds its lines and
 * reads each.
 * @param given loses its round seals
 */
export async function recognisePage(given: Canvas): Promise<RecognisedPage> {
  const models = await ocrModels()
  await freeMemory()
  let picture = given
  withoutSeals(picture)
  withContrast(picture)
  await freeMemory()
  let turns = 0
  let boxes = await textBoxes(picture, models)
  if (isSideways(boxes)) {
    picture = turn(picture, 1)
    turns = 1
    boxes = await textBoxes(picture, models)
  }
  const slope = slopeOf(boxes)
  const angle = Math.abs(slope) > STRAIGHT ? -Math.atan(slope) : 0
  if (angle !== 0) {
    picture = straighten(picture, angle)
    boxes = boxes.map((box) => turnedBox(box, angle, picture))
  }
  const confidence = confidenceOf(await sampleOf(picture, boxes, models))
  if (confidence < UPRIGHT) {
    const turned = turn(picture, 2)
    const turnedBoxes = boxes.map((box) => onItsHead(box, picture))
    if (confidenceOf(await sampleOf(turned, turnedBoxes, models)) > confidence) {
      picture = turned
      turns += 2
      boxes = turnedBoxes
    }
  }
  await freeMemory()
  let ink = inkOf(picture)
  withoutSpecks(picture, ink, usualHeight(boxes))
  await freeMemory()
  const straight = picture
  const looked = boxes
  let perspective: Projection | null = null
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const own = perspectiveOf(boxes, ink)
    if (own === null) break
    const { shift, size } = frameOf(boxes, own)
    const onPicture = composed(own, shift)
    perspective = perspective === null ? onPicture : composed(perspective, onPicture)
    picture = withoutPerspective(straight, perspective, size)
    ink = inkOf(picture)
    await freeMemory()
    const toStraight = perspective
    // To look for lines takes as long as to read twenty of them: until the page is straight, those of the first look will do.
    boxes = looked.map((box) => projectedBox(box, toStraight))
  }
  // Boxes that were only turned or projected are not so exact. Looking takes the most memory: nothing lies beside it but the pictures.
  if (angle !== 0 || perspective !== null) boxes = await textBoxes(picture, models)
  boxes = boxes.map((box) => withWholeLetters(box, ink))
  const rules = rulesOf(ink, usualHeight(boxes))
  const look = perspective === null ? null : lookThrough(straight, perspective)
  const aspect = aspectOf(await sampleOf(picture, boxes, models, look))
  const view = { look, aspect }
  const lines: RecognisedLine[] = []
  await freeMemory()
  const stretches = boxes.flatMap((one) => cutAtRules(one, rules))
  for (const [done, box] of [...stretches, ...missedCells(stretches, rules, ink)].entries()) {
    if (done % LINES_KEPT === LINES_KEPT - 1) await freeMemory()
    const line = await recogniseLine(picture, withRoom(box, rules, picture.width), ink, models, view)
    if (line !== null) lines.push(...partedAtGaps(line))
  }
  const { width, height } = picture
  return {
    width,
    height,
    lines: withoutReadTwice(lines),
    rules,
    aspect,
    perspective,
    toPage: shareOfGiven(given, straight, turns, angle),
  }
}

/** The height of most lines. */
const usualHeight = (boxes: readonly TextBox[]): number =>
  boxes.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b)[Math.floor(boxes.length / 2)] ?? 0

/** Looks at a picture by the places of the straight page. */
function lookThrough(picture: Canvas, perspective: Projection): Look {
  const look = lookAt(picture)
  return (toPage, size) => look(composed(perspective, toPage), size)
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

async function recogniseLine(
  picture: Canvas,
  wide: TextBox,
  ink: Ink,
  models: Models,
  view: LineView,
): Promise<RecognisedLine | null> {
  const height = wide.bottom - wide.top
  const read = corrected(await readLine(picture, wide, models, view))
  if (read.every(({ text }) => text.trim() === '') || mean(read) < LEAST_CONFIDENCE) return null
  const middle = { ...wide, top: wide.top + height * 0.2, bottom: wide.bottom - height * 0.2 }
  const edges = inkBetween(ink, middle) ?? wide
  const characters = withDashes(read, edges.left)
  const text = characters.map((one) => one.text).join('')
  return { characters, text, left: edges.left, right: edges.right, top: wide.top, bottom: wide.bottom }
}

const mean = (characters: readonly ReadCharacter[]): number =>
  characters.length === 0 ? 0 : characters.reduce((sum, { confidence }) => sum + confidence, 0) / characters.length

/** A line that was read to find out, and the height of its box in pixels. */
interface Sample {
  characters: ReadCharacter[]
  height: number
}

/** Reads the beginnings of the longest lines. */
async function sampleOf(
  picture: Canvas,
  boxes: readonly TextBox[],
  models: Models,
  look: Look | null = null,
): Promise<Sample[]> {
  const longest = [...boxes].sort((a, b) => b.right - b.left - (a.right - a.left)).slice(0, SAMPLE)
  const samples: Sample[] = []
  for (const box of longest) {
    const height = box.bottom - box.top
    const right = Math.min(box.right, box.left + height * SAMPLE_LENGTH)
    const characters = await readLine(picture, { ...box, right, ...levelAt(box, right) }, models, { look })
    samples.push({ characters, height })
  }
  return samples
}

/** Top and bottom of the beginning of a slanting line, where its own middle is. */
function levelAt({ right, top, bottom, slope }: TextBox, end: number): Pick<TextBox, 'top' | 'bottom'> {
  const shift = (slope * (end - right)) / 2
  return { top: top + shift, bottom: bottom + shift }
}

const confidenceOf = (samples: readonly Sample[]): number =>
  samples.length === 0 ? 1 : samples.reduce((sum, { characters }) => sum + mean(characters), 0) / samples.length

/** Width of letters in their height, which is that of the box around a line; 1 where it is about that, or cannot be told. */
function aspectOf(samples: readonly Sample[]): number {
  const aspects = samples.flatMap(({ characters, height }) => stepsOf(characters).map((step) => step / height))
  const middle = aspects.sort((a, b) => a - b)[Math.floor(aspects.length / 2)]
  if (middle === undefined || aspects.length < FEWEST_STEPS) return 1
  return middle > SQUARE[0] && middle < SQUARE[1] ? 1 : Math.min(MOST_ASPECT, Math.max(1 / MOST_ASPECT, middle))
}

/** Where a box is on a picture that is turned about its middle by an angle (radians). */
function turnedBox({ left, right, top, bottom, slope }: TextBox, angle: number, { width, height }: Size): TextBox {
  const [dx, dy] = [(left + right - width) / 2, (top + bottom - height) / 2]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [x, y] = [width / 2 + dx * cos - dy * sin, height / 2 + dx * sin + dy * cos]
  const lean = Math.atan(slope)
  const half = (((right - left) / 2) * Math.cos(lean + angle)) / Math.cos(lean)
  const up = (bottom - top) / 2
  return { left: x - half, right: x + half, top: y - up, bottom: y + up, slope: Math.tan(lean + angle) }
}

/** Where a box is on a picture that is turned by half. */
const onItsHead = ({ left, right, top, bottom, slope }: TextBox, { width, height }: Size): TextBox => ({
  left: width - right,
  right: width - left,
  top: height - bottom,
  bottom: height - top,
  slope,
})

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

/** Height of a full-width character, as a share of the box that was found around it. */
const OF_BOX = 0.72
/** Letters between so many times as wide as high are square: boxes are not exact, and type is spaced. */
const SQUARE = [0.78, 1.15] as const
/** Farther from square is a mistake. */
const MOST_ASPECT = 2.2
/** So many steps from letter to letter show their width. */
const FEWEST_STEPS = 12
/** Sizes nearer than this share are one. */
const SAME_SIZE = 0.12

/** A recognised page as the layout takes it: pieces of text in points; `scale` is points for a pixel. */
export function laidPage({ width, height, lines, rules, aspect }: RecognisedPage, scale: number): LaidPage {
  const down = scale * aspect
  const sizes = commonSizes(lines.map((line) => ({ size: sizeOf(line, aspect), count: line.characters.length })))
  const pieces = lines.map((line, i): Piece => {
    const size = sizes[i]!
    return {
      text: line.text,
      x: line.left * scale,
      // The middle of full-width characters lies so much above their baseline.
      y: ((line.top + line.bottom) / 2) * down + 0.35 * size * scale,
      width: (line.right - line.left) * scale,
      size: size * scale,
    }
  })
  return {
    width: width * scale,
    height: height * down,
    pieces,
    rules: rules.map(({ x1, y1, x2, y2 }) => ({ x1: x1 * scale, y1: y1 * down, x2: x2 * scale, y2: y2 * down })),
  }
}

/** Steps within this share of the middle one are those of the type; others lie over a gap. */
const NEAR_MIDDLE = 0.3

/**
 * Type size of a line: the mean distance of neighbouring ideographs, or else by its height. Recognition tells places in
 * coarse steps, so that the middle one alone of a short line would be a tenth too small or too large.
 */
export function sizeOf(
  { characters, top, bottom }: Pick<RecognisedLine, 'characters' | 'top' | 'bottom'>,
  aspect: number,
): number {
  const steps = stepsOf(characters).sort((a, b) => a - b)
  if (steps.length < 4) return (bottom - top) * aspect * OF_BOX
  const middle = steps[Math.floor(steps.length / 2)]!
  const near = steps.filter((step) => Math.abs(step - middle) < middle * NEAR_MIDDLE)
  return near.reduce((sum, step) => sum + step, 0) / near.length
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
