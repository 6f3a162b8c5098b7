import type { Canvas } from './canvas.ts'

/** Side of the squares in which the light of the paper is measured, in pixels: higher than a letter. */
const SQUARE = 48
/** So light are the pixels of a square that are paper, as a share of all that are darker. */
const PAPER = 0.85
/** So many of the pixels of a page are the core of its letters. */
const CORE = 0.015
/** Letters whose core has more than this share of the light of their paper are faint, and are made as dark as that. */
const FAINT = 0.55
const WANTED = 0.35
/** Grain becomes darker with the letters. */
const MOST_GAIN = 2.2

/**
 * Makes faint letters darker: those of a copy with little toner, of a pale photo. What they lack of the light of the paper around
 * them grows, so that the paper stays as it is, in the shadow too.
 * @param picture is changed where its letters are faint
 */
export function withContrast(picture: Canvas): void {
  const { width, height } = picture
  const context = picture.getContext('2d')
  const image = context.getImageData(0, 0, width, height)
  const { data } = image
  const paper = paperOf(data, width, height)
  const shares = new Uint32Array(256)
  each(width, height, paper, (at, light) => {
    shares[Math.min(255, Math.floor((greyAt(data, at) / light) * 200))]!++
  })
  const core = quantile(shares, width * height, CORE) / 200
  if (core < FAINT) return
  const gain = Math.min(MOST_GAIN, (1 - WANTED) / (1 - core))
  each(width, height, paper, (at, light) => {
    const more = Math.max(0, (light - greyAt(data, at)) * (gain - 1))
    if (more > 0) for (let c = 0; c < 3; c++) data[at + c] = data[at + c]! - more
  })
  context.putImageData(image, 0, 0)
}

const greyAt = (data: Uint8ClampedArray, at: number): number => (data[at]! * 3 + data[at + 1]! * 6 + data[at + 2]!) / 10

/** The light of the paper in each square. */
interface Paper {
  columns: number
  rows: number
  light: Float32Array
}

function paperOf(data: Uint8ClampedArray, width: number, height: number): Paper {
  const [columns, rows] = [Math.ceil(width / SQUARE), Math.ceil(height / SQUARE)]
  const light = new Float32Array(columns * rows)
  const counts = new Uint32Array(256)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      counts.fill(0)
      let n = 0
      const [x2, y2] = [Math.min(width, (column + 1) * SQUARE), Math.min(height, (row + 1) * SQUARE)]
      for (let y = row * SQUARE; y < y2; y += 2) {
        for (let x = column * SQUARE; x < x2; x += 2, n++) counts[Math.floor(greyAt(data, (y * width + x) * 4))]!++
      }
      light[row * columns + column] = Math.max(1, quantile(counts, n, PAPER))
    }
  }
  return { columns, rows, light }
}

/** The value below which so large a share of those counted lies. */
function quantile(counts: Uint32Array, n: number, share: number): number {
  let sum = 0
  for (let value = 0; value < counts.length; value++) {
    sum += counts[value]!
    if (sum > n * share) return value
  }
  return counts.length - 1
}

/** Each pixel with the light of the paper there, between the middles of the squares around it. */
function each(
  width: number,
  height: number,
  { columns, rows, light }: Paper,
  work: (at: number, light: number) => void,
) {
  for (let y = 0; y < height; y++) {
    const down = Math.max(0, Math.min(rows - 1, (y + 0.5) / SQUARE - 0.5))
    const [row, fy] = [Math.floor(down), down % 1]
    const below = Math.min(rows - 1, row + 1)
    for (let x = 0; x < width; x++) {
      const across = Math.max(0, Math.min(columns - 1, (x + 0.5) / SQUARE - 0.5))
      const [column, fx] = [Math.floor(across), across % 1]
      const right = Math.min(columns - 1, column + 1)
      const upper = light[row * columns + column]! * (1 - fx) + light[row * columns + right]! * fx
      const lower = light[below * columns + column]! * (1 - fx) + light[below * columns + right]! * fx
      work((y * width + x) * 4, upper * (1 - fy) + lower * fy)
    }
  }
}
