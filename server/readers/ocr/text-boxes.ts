import type { Models } from './models.ts'
import { type Canvas, newCanvas } from './canvas.ts'

/** A stretch of one line of text on a picture, in its pixels. */
export interface TextBox {
  left: number
  top: number
  right: number
  bottom: number
  /** How much its middle falls from left to right: pixels down for each pixel to the right. */
  slope: number
}

/** Longer side of the picture that the model looks at; letters of 10 points on A4 are 15 pixels high on it. */
const LOOKED_AT = 1280
/** The model halves the picture five times. */
const STEP = 32

const IS_TEXT = 0.3
const LEAST_CERTAIN = 0.5
/** The model marks the core of a line; so much of the core's half height is added on each side. */
const GROWTH = 1.6
const LEAST_HEIGHT = 3
/** Most boxes of a page: more is noise. */
const MAX_BOXES = 3000

const MEAN = [0.485, 0.456, 0.406]
const DEVIATION = [0.229, 0.224, 0.225]

/** Finds the stretches of text on a picture. */
export async function textBoxes(picture: Canvas, { findText }: Models): Promise<TextBox[]> {
  const scale = Math.min(2, LOOKED_AT / Math.max(picture.width, picture.height))
  const width = Math.max(STEP, Math.round((picture.width * scale) / STEP) * STEP)
  const height = Math.max(STEP, Math.round((picture.height * scale) / STEP) * STEP)
  const { context } = newCanvas(width, height)
  context.drawImage(picture, 0, 0, width, height)
  const pixels = context.getImageData(0, 0, width, height).data
  const plane = width * height
  const input = new Float32Array(plane * 3)
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) input[c * plane + i] = (pixels[i * 4 + c]! / 255 - MEAN[c]!) / DEVIATION[c]!
  }
  const map = (await findText(input, [1, 3, height, width])).data as Float32Array
  const [x, y] = [picture.width / width, picture.height / height]
  return withoutInner(components(map, width, height)).map((box) => ({
    left: Math.max(0, box.left * x),
    right: Math.min(picture.width, box.right * x),
    top: Math.max(0, box.top * y),
    bottom: Math.min(picture.height, box.bottom * y),
    slope: (box.slope * y) / x,
  }))
}

/** Leaves out what lies for the most part inside of another box: a stroke that was found twice. */
function withoutInner(boxes: readonly TextBox[]): TextBox[] {
  const area = (box: TextBox) => (box.right - box.left) * (box.bottom - box.top)
  return boxes.filter((box) =>
    boxes.every((other) => {
      if (other === box || area(other) <= area(box)) return true
      const width = Math.min(box.right, other.right) - Math.max(box.left, other.left)
      const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top)
      return width <= 0 || height <= 0 || width * height < area(box) * 0.5
    }),
  )
}

/** Connected likely pixels, grown to the whole height of their letters. */
function components(map: Float32Array, width: number, height: number): TextBox[] {
  const seen = new Uint8Array(map.length)
  const stack: number[] = []
  const boxes: TextBox[] = []
  for (let first = 0; first < map.length && boxes.length < MAX_BOXES; first++) {
    if (seen[first] || map[first]! <= IS_TEXT) continue
    seen[first] = 1
    stack.push(first)
    const found = new Component()
    while (stack.length > 0) {
      const at = stack.pop()!
      const x = at % width
      const y = (at - x) / width
      found.add(x, y, map[at]!)
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [x + dx, y + dy]
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
          const next = ny * width + nx
          if (seen[next] || map[next]! <= IS_TEXT) continue
          seen[next] = 1
          stack.push(next)
        }
      }
    }
    const box = found.box()
    if (box !== null) boxes.push(box)
  }
  return boxes
}

/** Sums over the pixels of one component. */
class Component {
  private n = 0
  private sum = 0
  private sx = 0
  private sy = 0
  private sxx = 0
  private sxy = 0
  private left = Infinity
  private right = -Infinity
  private top = Infinity
  private bottom = -Infinity

  add(x: number, y: number, likely: number): void {
    this.n++
    this.sum += likely
    this.sx += x
    this.sy += y
    this.sxx += x * x
    this.sxy += x * y
    this.left = Math.min(this.left, x)
    this.right = Math.max(this.right, x)
    this.top = Math.min(this.top, y)
    this.bottom = Math.max(this.bottom, y)
  }

  box(): TextBox | null {
    const width = this.right - this.left + 1
    const spread = this.n * this.sxx - this.sx * this.sx
    const isLong = width > 3 * (this.bottom - this.top + 1)
    const slope = isLong && spread > 0 ? (this.n * this.sxy - this.sx * this.sy) / spread : 0
    // Of a slanting line the height is that of its area, not of its frame.
    const height = isLong ? this.n / width : this.bottom - this.top + 1
    if (height < LEAST_HEIGHT || this.sum / this.n < LEAST_CERTAIN) return null
    const grow = (width * height * GROWTH) / (2 * (width + height))
    const middle = isLong ? this.sy / this.n : (this.top + this.bottom) / 2
    return {
      left: this.left - grow,
      right: this.right + 1 + grow,
      top: middle + 0.5 - height / 2 - grow,
      bottom: middle + 0.5 + height / 2 + grow,
      slope,
    }
  }
}
