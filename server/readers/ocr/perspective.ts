import { type Canvas, newCanvas } from './canvas.ts'
import type { TextBox } from './text-boxes.ts'

/** A projective map: x' = (a·x + b·y + c) / (g·x + h·y + 1), y' = (d·x + e·y + f) / (g·x + h·y + 1). */
export type Projection = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
]

interface Point {
  x: number
  y: number
}

/** A line that is all but upright: x = at + slant · (y − middle of the picture). */
interface Side {
  at: number
  slant: number
}

/** Lines so many times as long as high tell how the page slopes. */
const LONG = 4
/** So many of them at least, over this share of the height. */
const FEWEST_LINES = 6
const LEAST_SPAN = 0.3
/** So many lines begin or end at one margin at least, this share of all, over this share of the height. */
const FEWEST_AT_MARGIN = 8
const SHARE_AT_MARGIN = 0.4
const MARGIN_SPAN = 0.35
/** Points of one margin are no farther from it than this, in heights of a line. */
const AT_MARGIN = 0.3
/** More points are not held against each other. */
const MOST_POINTS = 140
/** No page is photographed so much from the side. */
const MOST_SLANT = 0.15
/** A margin is upright unless so many times as many lines begin at a slanting one. */
const MORE_AT_SLANT = 1.4
const UPRIGHT = 0.004
/** Slopes change by no more than this from the middle of a page to its edge, and by more than they miss their change. */
const MOST_FAN = 0.06
const SURE_FAN = 3
/** Corners that are off by less than this, in heights of a line, are left to the reading of each line. */
const LEAST_OFF = 0.5

/**
 * From a page that is looked at straight to its picture, which was taken from above or from the side: lines of text that
 * slope the more the lower they stand, margins that run together. Null where the picture shows none of this.
 * @param boxes stretches of text on the picture, whose lines are level in the middle
 */
export function perspectiveOf(
  boxes: readonly TextBox[],
  { width, height }: { width: number; height: number },
): Projection | null {
  const heights = boxes.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b)
  const letter = heights[Math.floor(heights.length / 2)] ?? 0
  const fan = slopesOf(boxes, height)
  const [left, right] = sidesOf(boxes, letter, width, height)
  if (letter === 0 || (fan === null && left === null && right === null)) return null
  const [cx, cy] = [width / 2, height / 2]
  const l = left ?? { at: 0, slant: right?.slant ?? 0 }
  const r = right ?? { at: width, slant: left?.slant ?? 0 }
  const [top, bottom] = [height * 0.05, height * 0.95]
  const slopeAt = (y: number) => (fan === null ? 0 : fan.middle + fan.change * (y - cy))
  const corner = (side: Side, y: number): Point => {
    const slope = slopeAt(y)
    const at = (y + slope * (side.at - side.slant * cy - cx)) / (1 - slope * side.slant)
    return { x: side.at + side.slant * (at - cy), y: at }
  }
  const seen = [corner(l, top), corner(r, top), corner(r, bottom), corner(l, bottom)] as const
  const straight = [
    { x: l.at, y: top },
    { x: r.at, y: top },
    { x: r.at, y: bottom },
    { x: l.at, y: bottom },
  ] as const
  const off = Math.max(...seen.map(({ x, y }, i) => Math.hypot(x - straight[i]!.x, y - straight[i]!.y)))
  return off < letter * LEAST_OFF ? null : fromRectangle(straight[0], straight[2], seen)
}

/** How the slope of lines changes down the page; null where too few tell. */
function slopesOf(boxes: readonly TextBox[], height: number): { middle: number; change: number } | null {
  const cy = height / 2
  let lines = boxes
    .filter(({ left, right, top, bottom }) => right - left > LONG * (bottom - top))
    .map(({ left, right, top, bottom, slope }) => ({
      y: (top + bottom) / 2 - cy,
      slope,
      weight: (right - left) ** 2,
    }))
  let fit: { middle: number; change: number } | null = null
  for (let round = 0; round < 3; round++) {
    const ys = lines.map(({ y }) => y)
    if (lines.length < FEWEST_LINES || Math.max(...ys) - Math.min(...ys) < height * LEAST_SPAN) return fit
    const own = (fit = straightLine(lines.map(({ y, slope, weight }) => ({ x: slope, y, weight }))))
    const misses = lines.map(({ y, slope }) => Math.abs(slope - own.middle - own.change * y))
    const usual = [...misses].sort((a, b) => a - b)[Math.floor(misses.length / 2)]!
    const fan = Math.abs(own.change * cy)
    if (fan > MOST_FAN || fan < usual * SURE_FAN) fit = { middle: 0, change: 0 }
    lines = lines.filter((_, i) => misses[i]! <= Math.max(usual * 3, 0.001))
  }
  return fit
}

/** x = middle + change · y, by the least squares. */
function straightLine(points: readonly (Point & { weight: number })[]): { middle: number; change: number } {
  let [n, sy, sx, syy, sxy] = [0, 0, 0, 0, 0]
  for (const { x, y, weight } of points) {
    n += weight
    sy += weight * y
    sx += weight * x
    syy += weight * y * y
    sxy += weight * x * y
  }
  const spread = n * syy - sy * sy
  const change = spread > 0 ? (n * sxy - sx * sy) / spread : 0
  return { middle: (sx - change * sy) / n, change }
}

/** The margins at which most lines begin and end, or columns of a table on either half of the page. */
function sidesOf(boxes: readonly TextBox[], letter: number, width: number, height: number): [Side | null, Side | null] {
  const points: Point[] = boxes.flatMap(({ left, right, top, bottom, slope }) => {
    const [y, half] = [(top + bottom) / 2, (right - left) / 2]
    return [
      { x: left, y: y - slope * half },
      { x: right, y: y + slope * half },
    ]
  })
  const side = (isOwn: (x: number) => boolean) => {
    const own = points.filter(({ x }) => isOwn(x))
    return sideOf(own, letter, height, linesAt(own, letter) * SHARE_AT_MARGIN)
  }
  return [side((x) => x < width / 2), side((x) => x >= width / 2)]
}

/** How many lines points belong to: those nearer than a letter from top to bottom are of one. */
function linesAt(points: readonly Point[], letter: number): number {
  const ys = points.map(({ y }) => y).sort((a, b) => a - b)
  return ys.filter((y, i) => i === 0 || y - ys[i - 1]! > letter / 2).length
}

function sideOf(all: readonly Point[], letter: number, height: number, share: number): Side | null {
  const step = Math.max(1, Math.ceil(all.length / MOST_POINTS))
  const points = all.filter((_, i) => i % step === 0)
  const cy = height / 2
  let best: { at: Point[]; slant: number } | null = null
  let upright: { at: Point[]; slant: number } | null = null
  const near = (from: Point, slant: number) =>
    points.filter(({ x, y }) => Math.abs(x - from.x - slant * (y - from.y)) < letter * AT_MARGIN)
  for (const from of points) {
    const own = near(from, 0)
    if (own.length > (upright?.at.length ?? 0)) upright = { at: own, slant: 0 }
    for (const to of points) {
      if (to.y - from.y < height * MARGIN_SPAN) continue
      const slant = (to.x - from.x) / (to.y - from.y)
      if (Math.abs(slant) > MOST_SLANT) continue
      const at = near(from, slant)
      if (at.length > (best?.at.length ?? 0)) best = { at, slant }
    }
  }
  if (best === null || linesAt(best.at, letter) < Math.max(FEWEST_AT_MARGIN, share / step)) return null
  if (Math.abs(best.slant) > UPRIGHT && best.at.length < (upright?.at.length ?? 0) * MORE_AT_SLANT) best = upright!
  const fit = straightLine(best.at.map(({ x, y }) => ({ x, y: y - cy, weight: 1 })))
  return { at: fit.middle, slant: fit.change }
}

/** The projection of a rectangle, given by two corners, onto four corners clockwise from the upper left. */
function fromRectangle(from: Point, to: Point, [p0, p1, p2, p3]: readonly [Point, Point, Point, Point]): Projection {
  const [dx1, dx2, dx3] = [p1.x - p2.x, p3.x - p2.x, p0.x - p1.x + p2.x - p3.x]
  const [dy1, dy2, dy3] = [p1.y - p2.y, p3.y - p2.y, p0.y - p1.y + p2.y - p3.y]
  const whole = dx1 * dy2 - dx2 * dy1
  const g = (dx3 * dy2 - dx2 * dy3) / whole
  const h = (dx1 * dy3 - dx3 * dy1) / whole
  const [w, t] = [to.x - from.x, to.y - from.y]
  const rows = [
    [p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x],
    [p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y],
    [g, h, 1],
  ].map(([x, y, one]) => [x! / w, y! / t, one! - (x! * from.x) / w - (y! * from.y) / t]) as [Row, Row, Row]
  const one = rows[2][2]
  const [first, second, third] = rows.map((row) => row.map((value) => value / one)) as [Row, Row, Row]
  return [...first, ...second, third[0], third[1]]
}

type Row = [number, number, number]

export function project([a, b, c, d, e, f, g, h]: Projection, x: number, y: number): [number, number] {
  const scale = g * x + h * y + 1
  return [(a * x + b * y + c) / scale, (d * x + e * y + f) / scale]
}

/** A picture as it would be if the page had been looked at straight: each pixel is mixed of the four around its place. */
export function withoutPerspective(picture: Canvas, toPicture: Projection): Canvas {
  const { width, height } = picture
  const from = picture.getContext('2d').getImageData(0, 0, width, height).data
  const { canvas, context } = newCanvas(width, height)
  const image = context.createImageData(width, height)
  const { data } = image
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      const [sx, sy] = project(toPicture, x, y)
      const [left, top] = [Math.floor(sx), Math.floor(sy)]
      data[at + 3] = 255
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) {
        data[at] = data[at + 1] = data[at + 2] = 255
        continue
      }
      const [fx, fy] = [sx - left, sy - top]
      const first = (top * width + left) * 4
      const below = first + width * 4
      for (let c = 0; c < 3; c++) {
        const upper = from[first + c]! * (1 - fx) + from[first + 4 + c]! * fx
        const lower = from[below + c]! * (1 - fx) + from[below + 4 + c]! * fx
        data[at + c] = upper * (1 - fy) + lower * fy
      }
    }
  }
  context.putImageData(image, 0, 0)
  return canvas
}
