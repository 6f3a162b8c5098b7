import type { ScannedWord } from '../types.ts'
import type { RecognisedLine } from './recognised-line.ts'
import { withOneSign } from './correct.ts'
import { project, type Projection } from './perspective.ts'
import type { ReadCharacter } from './read-line.ts'

/** Characters of a word at most: so fine a finding's place is marked on the picture. */
const WORD = 4

/**
 * Where the recognised words of a page stand in its text. Lines are looked for in the order of reading, the long ones
 * first, because a short one may stand in many places; a line that the layout left out (a page number) has no words.
 * @param perspective from the pixels in which lines are given to those in which words are; null where they are the same
 */
export function wordsOf(
  lines: readonly RecognisedLine[],
  text: string,
  start: number,
  perspective: Projection | null = null,
): ScannedWord[] {
  const { packed, places } = withoutBlanks(text)
  const taken = new Uint8Array(packed.length)
  const found = new Map<RecognisedLine, number>()
  const ordered = [...lines].sort((a, b) => a.top + a.bottom - b.top - b.bottom || a.left - b.left)
  const byLength = [...ordered].sort((a, b) => b.text.length - a.text.length)
  for (const line of byLength) {
    const own = withoutBlanks(line.text).packed
    if (own === '') continue
    const after = nearestBefore(ordered, line, found)
    const at = freePlace(packed, own, taken, after) ?? freePlace(packed, own, taken, 0)
    if (at === null) continue
    taken.fill(1, at, at + own.length)
    found.set(line, at)
  }
  const words: ScannedWord[] = []
  for (const [line, at] of found) {
    let position = at
    for (const run of runsOf(line)) {
      const length = run.reduce((sum, one) => sum + one.text.length, 0)
      words.push({
        start: start + places[position]!,
        end: start + places[position + length - 1]! + 1,
        confidence: run.reduce((least, one) => Math.min(least, one.confidence), 1),
        box: boxOf(line, run, perspective),
      })
      position += length
    }
  }
  return words.sort((a, b) => a.start - b.start)
}

/** Characters without blanks, and where in the text each stands. */
function withoutBlanks(text: string): { packed: string; places: number[] } {
  let packed = ''
  const places: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (/\s/.test(text[i]!)) continue
    packed += text[i]
    places.push(i)
  }
  return { packed: withOneSign(packed), places }
}

function freePlace(packed: string, own: string, taken: Uint8Array, from: number): number | null {
  for (let at = packed.indexOf(own, from); at >= 0; at = packed.indexOf(own, at + 1)) {
    if (taken[at] === 0 && taken[at + own.length - 1] === 0) return at
  }
  return null
}

/** Where the line before it in the order of reading was found; 0 where none was. */
function nearestBefore(
  ordered: readonly RecognisedLine[],
  line: RecognisedLine,
  found: ReadonlyMap<RecognisedLine, number>,
): number {
  for (let i = ordered.indexOf(line) - 1; i >= 0; i--) {
    const at = found.get(ordered[i]!)
    if (at !== undefined) return at
  }
  return 0
}

/** The characters of a line in words; blanks are no part of any. */
function runsOf(line: RecognisedLine): ReadCharacter[][] {
  const runs: ReadCharacter[][] = []
  for (const one of line.characters) {
    if (one.text.trim() === '') continue
    const last = runs.at(-1)
    if (last === undefined || last.length >= WORD) runs.push([one])
    else last.push(one)
  }
  return runs
}

function boxOf(
  line: RecognisedLine,
  run: readonly ReadCharacter[],
  perspective: Projection | null,
): ScannedWord['box'] {
  const half = Math.max(2, (line.bottom - line.top) * 0.36)
  const left = Math.max(line.left, run[0]!.x - half)
  const right = Math.min(line.right, run.at(-1)!.x + half)
  const box = [left, line.top, Math.max(right, left + 1), line.bottom] as const
  return (perspective === null ? box : frameOf(box, perspective)).map(Math.round) as ScannedWord['box']
}

/** The frame around where the corners of a box lie. */
function frameOf([left, top, right, bottom]: Readonly<ScannedWord['box']>, perspective: Projection) {
  const corners = [left, right].flatMap((x) => [top, bottom].map((y) => project(perspective, x, y)))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
