import { type Canvas, newCanvas } from './canvas.ts'
import type { Ink } from './ink.ts'
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

interface Size {
  width: number
  height: number
}

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
/** No page is photographed so much from the side, in pixels to the right for each down the page. */
const MOST_SLANT = 0.24
/** Slants are tried in these steps, first the wide ones. */
const STEPS = [0.003, 0.001] as const
/** A part of a page is upright unless its columns are so much sharper where they slant. */
const SHARPER = 1.03
/** Slopes change by no more than this from the middle of a page to its edge, and by more than they miss their change. */
const MOST_FAN = 0.16
const SURE_FAN = 3
/** Corners that are off by less than this, in heights of a line, are left to the reading of each line. */
const LEAST_OFF = 0.5

/**
 * From a page that is looked at straight to its picture, which was taken from above or from the side: lines of text that
 * slope the more the lower they stand, columns that run together. Null where the picture shows none of this.
 * @param boxes stretches of text on the picture, whose lines are level in the middle
 */
export function perspectiveOf(boxes: readonly TextBox[], ink: Ink): Projection | null {
  const { width, height } = ink
  const heights = boxes.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b)
  const letter = heights[Math.floor(heights.length / 2)] ?? 0
  const fan = slopesOf(boxes, height)
  if (letter === 0) return null
  const [cx, cy] = [width / 2, height / 2]
  const l = sideOf(ink, width * EDGE, width / 3)
  const r = sideOf(ink, (width * 2) / 3, width * (1 - EDGE))
  if (l === null || r === null) return null
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

/**
 * How much the columns of a part of a page slant, and where its ink is; null where there is none. With the right slant the ink of ruled
 * lines, margins and letters below each other falls into few columns.
 */
function sideOf({ width, height, dark }: Ink, from: number, to: number): Side | null {
  const points: number[] = []
  for (let y = Math.floor(height * EDGE); y < height * (1 - EDGE); y += ROWS)
    for (let x = Math.floor(from); x < to; x++) if (dark[y * width + x] === 1) points.push(x, y - height / 2)
  if (points.length === 0) return null
  const at = points.reduce((sum, value, i) => sum + (i % 2 === 0 ? value : 0), 0) / (points.length / 2)
  const columns = new Int32Array(width * 2)
  const sharpness = (slant: number) => {
    columns.fill(0)
    for (let i = 0; i < points.length; i += 2) {
      const column = Math.round(points[i]! - slant * points[i + 1]! + width / 2) >> 1
      if (column >= 0 && column < columns.length) columns[column]!++
    }
    return columns.reduce((sum, count) => sum + count * count, 0)
  }
  const upright = Math.max(...[0, STEPS[1], -STEPS[1]].map(sharpness))
  let best = { slant: 0, sharpness: upright }
  const tryAll = (first: number, last: number, step: number) => {
    for (let slant = first; slant <= last; slant += step) {
      const own = sharpness(slant)
      if (own > best.sharpness) best = { slant, sharpness: own }
    }
  }
  tryAll(-MOST_SLANT, MOST_SLANT, STEPS[0])
  tryAll(best.slant - STEPS[0], best.slant + STEPS[0], STEPS[1])
  return { at, slant: best.sharpness < upright * SHARPER ? 0 : best.slant }
}

/** Share of the picture at its edges where the edge of the paper may lie, which slants as the page was turned. */
const EDGE = 0.07
/** Of so many rows of pixels one is looked at. */
const ROWS = 3

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

/** Paper that is kept around the text, as a share of its longer side. */
const MARGIN = 0.06
/** Pixels of a straight picture at most. */
const MOST_PIXELS = 14_000_000

/**
 * What is kept of a straight page: its text and some paper, not the desk around it.
 * @param boxes stretches of text on the picture
 * @param toPicture from the straight page to the picture
 * @returns from the pixels that are kept to those of the straight page, and how many they are
 */
export function frameOf(boxes: readonly TextBox[], toPicture: Projection): { shift: Projection; size: Size } {
  const toPage = inverse(toPicture)
  const ends = boxes.flatMap(({ left, right, top, bottom, slope }) => {
    const fall = ((right - left) / 2) * slope
    const shifted = [
      [left, -fall],
      [right, fall],
    ] as const
    return shifted.flatMap(([x, down]) => [top, bottom].map((y) => project(toPage, x, y + down)))
  })
  const [xs, ys] = [ends.map(([x]) => x), ends.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
  const margin = Math.max(width, height) * MARGIN
  const [fullWidth, fullHeight] = [width + 2 * margin, height + 2 * margin]
  // As fine as the picture is where it is finest, in both directions.
  const corners = [left, left + width].flatMap((x) => [top, top + height].map((y) => [x, y] as const))
  const fine = (dx: number, dy: number) => Math.max(...corners.map(([x, y]) => stretchAt(toPicture, x, y, dx, dy)))
  const [across, down] = [fine(1, 0), fine(0, 1)]
  const coarser = Math.max(1, Math.sqrt((fullWidth * across * fullHeight * down) / MOST_PIXELS))
  const [x, y] = [across / coarser, down / coarser]
  return {
    shift: [1 / x, 0, left - margin, 0, 1 / y, top - margin, 0, 0],
    size: { width: Math.round(fullWidth * x), height: Math.round(fullHeight * y) },
  }
}

/**
 * Where a stretch of text of the picture is on the straight page.
 * @param toPicture from the straight page to the picture
 */
export function projectedBox({ left, right, top, bottom, slope }: TextBox, toPicture: Projection): TextBox {
  const toPage = inverse(toPicture)
  const [x, y, fall] = [(left + right) / 2, (top + bottom) / 2, ((right - left) / 2) * slope]
  const [x1, y1] = project(toPage, left, y - fall)
  const [x2, y2] = project(toPage, right, y + fall)
  const [[, above], [, below]] = [project(toPage, x, top), project(toPage, x, bottom)]
  const [middle, half] = [(above + below) / 2, (below - above) / 2]
  return { left: x1, right: x2, top: middle - half, bottom: middle + half, slope: (y2 - y1) / (x2 - x1) }
}

/** How far apart on the picture points are that are a pixel apart on the page. */
function stretchAt(toPicture: Projection, x: number, y: number, dx: number, dy: number): number {
  const [x1, y1] = project(toPicture, x, y)
  const [x2, y2] = project(toPicture, x + dx, y + dy)
  return Math.hypot(x2 - x1, y2 - y1)
}

/** First `inner`, then `outer`. */
export const composed = (outer: Projection, inner: Projection): Projection =>
  asProjection(times(rowsOf(outer), rowsOf(inner)))

/** The way back. */
export function inverse(projection: Projection): Projection {
  const [[a, b, c], [d, e, f], [g, h, i]] = rowsOf(projection)
  return asProjection([
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ])
}

type Rows = readonly [Row, Row, Row]

const rowsOf = ([a, b, c, d, e, f, g, h]: Projection): Rows => [
  [a, b, c],
  [d, e, f],
  [g, h, 1],
]

const asProjection = ([[a, b, c], [d, e, f], [g, h, i]]: Rows): Projection => [
  a / i,
  b / i,
  c / i,
  d / i,
  e / i,
  f / i,
  g / i,
  h / i,
]

const times = (one: Rows, other: Rows): Rows =>
  one.map((row) =>
    [0, 1, 2].map((k) => row[0] * other[0][k]! + row[1] * other[1][k]! + row[2] * other[2][k]!),
  ) as unknown as Rows

/** Draws what stands where `toPicture` leads from the pixels of a new picture of that size. */
export type Look = (toPicture: Projection, size: Size) => Canvas

/** Looks at a picture through projections: each pixel is mixed of the four around its place. */
export function lookAt(picture: Canvas): Look {
  const [fromWidth, fromHeight] = [picture.width, picture.height]
  const from = picture.getContext('2d').getImageData(0, 0, fromWidth, fromHeight).data
  return (toPicture, { width, height }) => {
    const { canvas, context } = newCanvas(width, height)
    const image = context.createImageData(canvas.width, canvas.height)
    const { data } = image
    for (let y = 0; y < canvas.height; y++) {
      for (let x = 0; x < canvas.width; x++) {
        const at = (y * canvas.width + x) * 4
        const [sx, sy] = project(toPicture, x, y)
        const [left, top] = [Math.floor(sx), Math.floor(sy)]
        data[at + 3] = 255
        if (left < 0 || top < 0 || left >= fromWidth - 1 || top >= fromHeight - 1) {
          data[at] = data[at + 1] = data[at + 2] = 255
          continue
        }
        const [fx, fy] = [sx - left, sy - top]
        const first = (top * fromWidth + left) * 4
        const below = first + fromWidth * 4
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
}

/** A picture as it would be if the page had been looked at straight. */
export const withoutPerspective = (picture: Canvas, toPicture: Projection, size: Size = picture): Canvas =>
  lookAt(picture)(toPicture, size)
