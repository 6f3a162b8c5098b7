import type { Canvas } from './canvas.ts'
import type { Ink } from './ink.ts'

/** A speck has less ink than a square with this side, in heights of a line: the point of a number has twice as much. */
const SIDE = 0.045
/** Nothing else stands nearer to a speck, in heights of a line: dots of which a letter is made lie close together. */
const ALONE = 0.15
/** So far from a speck, in pixels, paper is no darker than around it; a sign that is blurred has a soft edge. */
const EDGE = 3
const DARKER = 0.97
/** Of so small letters a point is no larger than a speck, in pixels of a line's height. */
const LEAST_LETTER = 28

/**
 * Takes away dots that stand alone and are smaller than any sign: dust on the glass, or what went wrong on the way of a fax.
 * Between and behind words they are read as signs.
 * @param picture is changed
 * @param ink of the picture, is changed as well
 * @param letter usual height of the boxes around lines, in pixels
 */
export function withoutSpecks(picture: Canvas, { width, height, dark }: Ink, letter: number): void {
  if (letter < LEAST_LETTER) return
  const most = Math.max(1, Math.floor((letter * SIDE) ** 2))
  const around = Math.max(2, Math.round(letter * ALONE))
  const specks: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (dark[y * width + x] === 1 && isAlone(x, y)) specks.push(y * width + x)
  }
  if (specks.length === 0) return
  const context = picture.getContext('2d')
  const image = context.getImageData(0, 0, width, height)
  const { data } = image
  const sharp = specks.filter((speck) => {
    const [x, y] = [speck % width, Math.floor(speck / width)]
    return lightAt(x, y, EDGE) >= lightAt(x, y, around + EDGE) * DARKER
  })
  for (const speck of sharp) {
    dark[speck] = 0
    const [x, y] = [speck % width, Math.floor(speck / width)]
    const paper = (Math.max(0, y - around) * width + Math.max(0, x - around)) * 4
    // The edges of a dot are grey.
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++)
        for (let c = 0; c < 3; c++) data[(ny * width + nx) * 4 + c] = data[paper + c]!
  }
  context.putImageData(image, 0, 0)

  /** How light the pixels are that stand so far from one on the picture, on average. */
  function lightAt(x: number, y: number, far: number): number {
    let [sum, count] = [0, 0]
    for (let ny = Math.max(0, y - far); ny <= Math.min(height - 1, y + far); ny++) {
      const step = Math.abs(ny - y) === far ? 1 : 2 * far
      for (let nx = x - far; nx <= x + far; nx += step) {
        if (nx < 0 || nx >= width) continue
        const at = (ny * width + nx) * 4
        sum += data[at]! + data[at + 1]! + data[at + 2]!
        count++
      }
    }
    return sum / count
  }

  function isAlone(x: number, y: number): boolean {
    let count = 0
    for (let ny = Math.max(0, y - around); ny <= Math.min(height - 1, y + around); ny++) {
      for (let nx = Math.max(0, x - around); nx <= Math.min(width - 1, x + around); nx++) {
        count += dark[ny * width + nx]!
        if (count > most) return false
      }
    }
    return true
  }
}
