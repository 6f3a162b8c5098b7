import { type Canvas, newCanvas } from './canvas.ts'

/** Longer side of the small picture on which seals are looked for, in pixels. */
const SMALL = 420
/** How much more red than green and blue the ink of a seal is; less red is black. */
const REDDER = 1.3
const LEAST_RED = 80
/** Sides of a seal as shares of the shorter side of the page: one of 4 cm on A4 has 0.2. */
const SIDE = [0.09, 0.36] as const
/** One side is no longer than this many of the other. */
const MOST_ASPECT = 1.4
/** Where its ring runs, as shares of half a side, and in how many of the sectors around its middle ink is found there. */
const RING = [0.72, 1.1] as const
const SECTORS = 16
const FEWEST_SECTORS = 13
/** So much of its frame is ink at most. */
const MOST_INK = 0.6
/** Ink nearer than this, in pixels of the small picture, is of one seal: black letters over its ring break it. */
const NEAR = 4
/** The paper around a seal is kept in its own light: red ink lets this share of it through in the red. */
const THROUGH = 0.85

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/**
 * Takes the red ink of round seals away, so that the date and the name below can be read: in red light it is paper, and
 * black ink is black. Other red ink, such as a letterhead, stays.
 * @param picture is changed
 */
export function withoutSeals(picture: Canvas): void {
  const scale = Math.min(1, SMALL / Math.max(picture.width, picture.height))
  const { canvas, context } = newCanvas(picture.width * scale, picture.height * scale)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const { width, height } = canvas
  const { data } = context.getImageData(0, 0, width, height)
  const red = new Uint8Array(width * height)
  for (let i = 0; i < red.length; i++) red[i] = isRed(data, i * 4) ? 1 : 0
  for (const seal of boxesOf(red, width, height)) if (isRing(seal, red, width, height)) clear(picture, seal, scale)
}

const isRed = (data: Uint8ClampedArray, at: number): boolean =>
  data[at]! > LEAST_RED && data[at]! > data[at + 1]! * REDDER && data[at]! > data[at + 2]! * REDDER

/** Frames of red ink that hangs together. */
function boxesOf(red: Uint8Array, width: number, height: number): Box[] {
  const seen = new Uint8Array(red.length)
  const boxes: Box[] = []
  for (let first = 0; first < red.length; first++) {
    if (red[first] === 0 || seen[first] === 1) continue
    const box = { left: width, right: 0, top: height, bottom: 0 }
    const stack = [first]
    seen[first] = 1
    while (stack.length > 0) {
      const at = stack.pop()!
      const [x, y] = [at % width, Math.floor(at / width)]
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y + 1)
      for (let ny = Math.max(0, y - NEAR); ny <= Math.min(height - 1, y + NEAR); ny++) {
        for (let nx = Math.max(0, x - NEAR); nx <= Math.min(width - 1, x + NEAR); nx++) {
          const next = ny * width + nx
          if (red[next] === 0 || seen[next] === 1) continue
          seen[next] = 1
          stack.push(next)
        }
      }
    }
    boxes.push(box)
  }
  return boxes
}

/** Whether red ink is a ring as large as a seal. */
function isRing({ left, right, top, bottom }: Box, red: Uint8Array, width: number, height: number): boolean {
  const [w, h] = [right - left, bottom - top]
  const side = Math.min(width, height)
  if (Math.max(w, h) > Math.min(w, h) * MOST_ASPECT) return false
  if (Math.min(w, h) < side * SIDE[0] || Math.max(w, h) > side * SIDE[1]) return false
  const sectors = new Set<number>()
  let ink = 0
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (red[y * width + x] === 0) continue
      ink++
      const [dx, dy] = [(2 * (x + 0.5 - left)) / w - 1, (2 * (y + 0.5 - top)) / h - 1]
      const radius = Math.hypot(dx, dy)
      if (radius < RING[0] || radius > RING[1]) continue
      sectors.add(Math.min(SECTORS - 1, Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) / 2) * SECTORS)))
    }
  }
  return sectors.size >= FEWEST_SECTORS && ink <= w * h * MOST_INK
}

/** Shows what is below a seal in red light. */
function clear(picture: Canvas, { left, right, top, bottom }: Box, scale: number): void {
  const at = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value / scale)))
  const [x, y] = [at(left - 2, picture.width), at(top - 2, picture.height)]
  const [w, h] = [at(right + 2, picture.width) - x, at(bottom + 2, picture.height) - y]
  const context = picture.getContext('2d')
  const image = context.getImageData(x, y, w, h)
  const { data } = image
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!]
    const redness = Math.min(1, Math.max(0, (r - Math.max(g, b)) / 60))
    const light = Math.min(255, r * (1 + (1 / THROUGH - 1) * redness))
    for (let c = 0; c < 3; c++) data[i + c] = data[i + c]! + (light - data[i + c]!) * redness
  }
  context.putImageData(image, x, y)
}
