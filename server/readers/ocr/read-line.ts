import type { Models } from './models.ts'
import { type Canvas, newCanvas } from './canvas.ts'
import type { Look, Projection } from './perspective.ts'
import type { TextBox } from './text-boxes.ts'

/** A character that was read, with its place on the picture. */
export interface ReadCharacter {
  text: string
  /** 0 to 1. */
  confidence: number
  /** Middle, in pixels of the picture. */
  x: number
  /** What else it may be, where that is not sure, the likeliest first. */
  others?: readonly Likely[]
  /** A sign that is too faint to be read, and may stand behind it. */
  behind?: Likely
}

/** A character that may stand somewhere. */
export interface Likely {
  text: string
  /** 0 to 1. */
  confidence: number
}

/** With less confidence a character may be another. */
const DOUBTFUL = 0.97
/** So many others, each with this confidence at least. */
const MOST_OTHERS = 6
const LEAST_OTHER = 0.001

/** Signs that are small and pale: where they are read as nothing, they may still be likelier than this. */
const SIGNS = new Set('。，、；：%‰（）()./')
const LEAST_SIGN = 0.01

/** Height of a line that the model reads. */
const HEIGHT = 48
const LEAST_WIDTH = 48
/** Longest line, in heights; longer ones are made narrower. */
const MOST_HEIGHTS = 90

/** Each pixel of a line that is looked at through a projection is the mean of so many by so many. */
const FINER = 2

/** How a line is looked at. */
export interface LineView {
  /** Looks at the picture that the page was made straight from, if it was: letters are less blurred than on the straight one. */
  look?: Look | null
  /** How many times as wide as high its letters are on the picture: a page seen from the side is foreshortened. */
  aspect?: number
}

/** Reads one stretch of text. */
export async function readLine(
  picture: Canvas,
  box: TextBox,
  { readLine: read, characters }: Models,
  { look = null, aspect = 1 }: LineView = {},
): Promise<ReadCharacter[]> {
  const [boxWidth, boxHeight] = [box.right - box.left, box.bottom - box.top]
  const own = Math.round(Math.min(MOST_HEIGHTS * HEIGHT, Math.max(1, (boxWidth * HEIGHT) / boxHeight / aspect)))
  // A single digit keeps its shape: there is paper on both sides of it.
  const width = Math.max(LEAST_WIDTH, own)
  const before = Math.floor((width - own) / 2)
  const { context } = newCanvas(width, HEIGHT)
  if (own < width) {
    context.fillStyle = paperAt(picture, box)
    context.fillRect(0, 0, width, HEIGHT)
    context.beginPath()
    context.rect(before, 0, own, HEIGHT)
    context.clip()
  }
  const [sx, sy] = [own / boxWidth, HEIGHT / boxHeight]
  const middle = (box.left + box.right) / 2
  // Sheared, so that a slanting line becomes level.
  if (look === null) {
    context.setTransform(sx, -box.slope * sy, 0, sy, before - box.left * sx, (-box.top + box.slope * middle) * sy)
    context.drawImage(picture, 0, 0)
  } else {
    const [fx, fy] = [sx * FINER, sy * FINER]
    const toPage: Projection = [
      1 / fx,
      0,
      box.left,
      box.slope / fx,
      1 / fy,
      box.top + box.slope * (box.left - middle),
      0,
      0,
    ]
    context.drawImage(look(toPage, { width: own * FINER, height: HEIGHT * FINER }), before, 0, own, HEIGHT)
  }
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
  const signs = characters.flatMap((text, kind) => (SIGNS.has(text) ? [kind] : []))
  let last = 0
  for (let step = 0; step < steps; step++) {
    let best = 0
    const row = step * kinds
    for (let kind = 1; kind < kinds; kind++) if (likely[row + kind]! > likely[row + best]!) best = kind
    const confidence = likely[row + best]!
    const x = box.left + (((step + 0.5) / steps) * width - before) / sx
    const text = characters[best] ?? ''
    const read: ReadCharacter = {
      text,
      confidence,
      x,
      ...(best !== 0 && confidence < DOUBTFUL && { others: othersAt(row, best) }),
    }
    if (best !== 0 && best !== last) line.push(read)
    else if (best !== 0) {
      // The same character over several steps: its place is their middle, its confidence the best of them.
      const same = line.at(-1)!
      if (confidence > same.confidence) line[line.length - 1] = { ...read, x: same.x }
    } else if (line.length > 0) line[line.length - 1] = withSign(line.at(-1)!, row)
    last = best
  }
  return line

  function withSign(one: ReadCharacter, row: number): ReadCharacter {
    const sign = signs.reduce((most, kind) => (likely[row + kind]! > likely[row + most]! ? kind : most))
    const confidence = likely[row + sign]!
    if (confidence < Math.max(LEAST_SIGN, one.behind?.confidence ?? 0)) return one
    return { ...one, behind: { text: characters[sign]!, confidence } }
  }

  function othersAt(row: number, best: number): Likely[] {
    const others: Likely[] = []
    for (let kind = 1; kind < kinds; kind++) {
      const confidence = likely[row + kind]!
      if (kind !== best && confidence >= LEAST_OTHER) others.push({ text: characters[kind] ?? '', confidence })
    }
    return others.sort((a, b) => b.confidence - a.confidence).slice(0, MOST_OTHERS)
  }
}

/** The colour of the paper around a stretch of text: the lightest of its corners. */
function paperAt(picture: Canvas, { left, right, top, bottom }: TextBox): string {
  const context = picture.getContext('2d')
  const colours = [left, right - 1].flatMap((x) =>
    [top, bottom - 1].map((y) => {
      const at = (value: number, most: number) => Math.max(0, Math.min(most - 1, Math.round(value)))
      return context.getImageData(at(x, picture.width), at(y, picture.height), 1, 1).data
    }),
  )
  const light = (colour: Uint8ClampedArray) => colour[0]! + colour[1]! + colour[2]!
  const [r, g, b] = colours.reduce((best, one) => (light(one) > light(best) ? one : best))
  return `rgb(${r}, ${g}, ${b})`
}
