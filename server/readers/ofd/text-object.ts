import { usualWidth } from '../layout/letters.ts'
import { apply, type Matrix } from '../layout/matrix.ts'
import { type TurnedPiece, turnOf } from '../layout/turns.ts'
import { withoutRadicals } from '../radicals.ts'
import { childrenOf, type XmlNode } from '../xml.ts'
import { numbersOf } from './package.ts'

/** Room of more than so many sizes within one object parts two pieces: words of two cells in one object. */
const GAP = 1

/** More steps than this in one list of distances are a bomb. */
const MOST_STEPS = 100_000

/** The pieces of a text object (GB/T 33190 chapter 11): a TextCode is one or more of them. */
export function piecesOfText(object: XmlNode, toPage: Matrix): TurnedPiece[] {
  const size = Number(object.attributes.Size) || 0
  if (size <= 0) return []
  const scale = Number(object.attributes.HScale) || 1
  const pieces: TurnedPiece[] = []
  let [x, y] = [0, 0]
  for (const { attributes, text } of childrenOf(object, 'TextCode')) {
    x = numberOr(attributes.X, x)
    y = numberOr(attributes.Y, y)
    const letters = placed(text, x, y, size * scale, attributes)
    if (isColumn(letters, size)) pieces.push(columnOf(letters, size, scale, toPage))
    else pieces.push(...runsOf(letters, size, scale).map((run) => pieceOf(run, size, scale, toPage)))
  }
  return pieces
}

const numberOr = (text: string | undefined, otherwise: number): number => {
  const number = Number(text)
  return text === undefined || !Number.isFinite(number) ? otherwise : number
}

interface Letter {
  letter: string
  x: number
  y: number
}

function placed(text: string, x: number, y: number, size: number, { DeltaX, DeltaY }: XmlNode['attributes']): Letter[] {
  const [right, down] = [stepsOf(DeltaX), stepsOf(DeltaY)]
  const letters: Letter[] = []
  let at = { x, y }
  ;[...withoutIndents(text)].forEach((letter, i) => {
    letters.push({ letter, ...at })
    // Where no distance is given for a letter, writing down the page needs none to the right.
    const step = right[i] ?? (down.length > 0 && right.length === 0 ? 0 : usualWidth(letter) * size)
    at = { x: at.x + step, y: at.y + (down[i] ?? 0) }
  })
  return letters
}

/** Line breaks, and the blanks that a program set around them to indent its markup, are none of the words. */
function withoutIndents(text: string): string {
  const lines = text.split(/\r?\n/)
  return lines.length === 1 ? text : lines.map((line) => line.trim()).join('')
}

/** Distances of letters; `g n d` stands for n times d. */
function stepsOf(text: string | undefined): number[] {
  const steps: number[] = []
  const words = (text ?? '').trim().split(/[\s,]+/)
  for (let i = 0; i < words.length && steps.length < MOST_STEPS; i++) {
    if (words[i]!.toLowerCase() === 'g') {
      const [count, step] = numbersOf(words.slice(i + 1, i + 3).join(' '))
      for (let n = Math.min(count ?? 0, MOST_STEPS - steps.length); n > 0; n--) steps.push(step ?? 0)
      i += 2
    } else if (words[i] !== '') steps.push(Number(words[i]) || 0)
  }
  return steps
}

/** Letters beside one another on one level. */
function runsOf(letters: readonly Letter[], size: number, scale: number): Letter[][] {
  const runs: Letter[][] = []
  letters.forEach((letter, i) => {
    const before = letters[i - 1]
    const free = before && letter.x - before.x - usualWidth(before.letter) * size * scale
    const parted =
      before === undefined || Math.abs(letter.y - before.y) > size * 0.1 || free! > size * GAP || free! < -size * 1.5
    if (parted) runs.push([letter])
    else runs.at(-1)!.push(letter)
  })
  return runs
}

/** Steps down from letter to letter, in sizes, of a word that is written downward. */
const [LEAST_STEP, MOST_STEP] = [0.7, 2.5]

/** Whether all letters stand below one another. */
const isColumn = (letters: readonly Letter[], size: number): boolean =>
  letters.length > 1 &&
  letters.slice(1).every(({ x, y }, i) => {
    const before = letters[i]!
    const step = (y - before.y) / size
    return Math.abs(x - before.x) < size * 0.1 && step > LEAST_STEP && step < MOST_STEP
  })

function columnOf(letters: readonly Letter[], size: number, scale: number, toPage: Matrix): TurnedPiece {
  const first = pieceOf(letters.slice(0, 1), size, scale, toPage)
  const height = letters.at(-1)!.y - letters[0]!.y + size
  const text = withoutRadicals(letters.map(({ letter }) => letter).join(''))
  return { ...first, text, down: (height * first.size) / size }
}

function pieceOf(run: readonly Letter[], size: number, scale: number, toPage: Matrix): TurnedPiece {
  const [a, b, c, d] = toPage
  const [first, last] = [run[0]!, run.at(-1)!]
  const [x, y] = apply(toPage, first.x, first.y)
  return {
    text: withoutRadicals(run.map(({ letter }) => letter).join('')),
    x,
    y,
    width: (last.x - first.x + usualWidth(last.letter) * size * scale) * Math.hypot(a, b),
    size: size * Math.hypot(c, d),
    turn: turnOf(a, b),
  }
}
