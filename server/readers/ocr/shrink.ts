import { type Canvas, newCanvas } from './canvas.ts'

/**
 * Most pixels of a page that is recognised. Letters need 200 dots an inch: A3 at 250 has 12 million, A4 at 300 nine, the
 * photo of a telephone twelve. Recognition holds four pictures of this size at once, of four bytes a pixel.
 */
export const MOST_RECOGNISED = 14_000_000

/** The pixels of a picture as a decoder gives them: one to four bytes each, row by row from the top. */
export interface Pixels {
  width: number
  height: number
  /** Bytes of a pixel: 1 is grey, 3 red, green and blue, 4 these and how opaque. */
  channels: 1 | 3 | 4
  data: ArrayLike<number>
}

/**
 * A picture on white paper, made smaller by a whole number where it has more pixels than recognition needs: each pixel is
 * the mean of those that it stands for. Beside what is given no copy of the large picture is made.
 */
export function onPaper(picture: Pixels): Canvas {
  const { width, height, channels } = picture
  const factor = Math.min(width, height, Math.ceil(Math.sqrt((width * height) / MOST_RECOGNISED)))
  const { canvas, context } = newCanvas(Math.floor(width / factor), Math.floor(height / factor))
  const image = context.createImageData(canvas.width, canvas.height)
  const row = new Float64Array(canvas.width * 3)
  const [used, area] = [canvas.width * factor, factor * factor]
  for (let y = 0; y < canvas.height; y++) {
    row.fill(0)
    for (let inner = 0; inner < factor; inner++) addRow(picture, y * factor + inner, used, factor, row)
    const start = y * canvas.width
    for (let x = 0; x < canvas.width; x++) {
      for (let c = 0; c < 3; c++) image.data[(start + x) * 4 + c] = row[x * 3 + c]! / area
      image.data[(start + x) * 4 + 3] = 255
    }
  }
  context.putImageData(image, 0, 0)
  return canvas

  /** Adds the pixels of one row of the picture to those of the canvas that stand for them. */
  function addRow({ data }: Pixels, y: number, length: number, step: number, sums: Float64Array): void {
    let at = y * width * channels
    for (let x = 0; x < length; x++, at += channels) {
      const to = Math.floor(x / step) * 3
      const opaque = channels === 4 ? data[at + 3]! / 255 : 1
      for (let c = 0; c < 3; c++) sums[to + c]! += data[channels === 1 ? at : at + c]! * opaque + 255 * (1 - opaque)
    }
  }
}
