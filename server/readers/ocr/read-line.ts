import type { Models } from './models.ts'
import { type Canvas, newCanvas } from './canvas.ts'
import type { TextBox } from './text-boxes.ts'

/** A character that was read, with its place on the picture. */
export interface ReadCharacter {
  text: string
  /** 0 to 1. */
  confidence: number
  /** Middle, in pixels of the picture. */
  x: number
}

/** Height of a line that the model reads. */
const HEIGHT = 48
const LEAST_WIDTH = 48
/** Longest line, in heights; longer ones are made narrower. */
const MOST_HEIGHTS = 90

/** Reads one stretch of text. */
export async function readLine(
  picture: Canvas,
  box: TextBox,
  { readLine: read, characters }: Models,
): Promise<ReadCharacter[]> {
  const [boxWidth, boxHeight] = [box.right - box.left, box.bottom - box.top]
  const width = Math.round(Math.min(MOST_HEIGHTS * HEIGHT, Math.max(LEAST_WIDTH, (boxWidth * HEIGHT) / boxHeight)))
  const { context } = newCanvas(width, HEIGHT)
  const [sx, sy] = [width / boxWidth, HEIGHT / boxHeight]
  const middle = (box.left + box.right) / 2
  // Sheared, so that a slanting line becomes level.
  context.setTransform(sx, -box.slope * sy, 0, sy, -box.left * sx, (-box.top + box.slope * middle) * sy)
  context.drawImage(picture, 0, 0)
  const pixels = context.getImageData(0, 0, width, HEIGHT).data
  const plane = width * HEIGHT
  const input = new Float32Array(plane * 3)
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) input[c * plane + i] = (pixels[i * 4 + 2 - c]! / 255 - 0.5) / 0.5
  }
  const output = await read(input, [1, 3, HEIGHT, width])
  const likely = output.data as Float32Array
  const [, steps, kinds] = output.dims as [number, number, number]
  const line: ReadCharacter[] = []
  let before = 0
  for (let step = 0; step < steps; step++) {
    let best = 0
    const row = step * kinds
    for (let kind = 1; kind < kinds; kind++) if (likely[row + kind]! > likely[row + best]!) best = kind
    const confidence = likely[row + best]!
    const x = box.left + ((step + 0.5) / steps) * boxWidth
    if (best !== 0 && best !== before) line.push({ text: characters[best] ?? '', confidence, x })
    else if (best !== 0) {
      // The same character over several steps: its place is their middle, its confidence the best of them.
      const last = line.at(-1)!
      last.confidence = Math.max(last.confidence, confidence)
    }
    before = best
  }
  return line
}
