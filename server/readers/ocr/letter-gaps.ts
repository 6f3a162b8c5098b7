import type { RecognisedLine } from './recognised-line.ts'
import type { ReadCharacter } from './read-line.ts'

/** Letters whose middles are farther apart than this, in steps from letter to letter, are of two columns: 1 and the room of 1.6. */
const APART = 2.6
/** Ink farther than this from the middle of the first or last letter, in steps, is of something else. */
const BEYOND = 1.6
/** Half of a letter with the room beside it, in steps. */
const HALF = 0.55
/** So many steps show how far letters are apart. */
const FEWEST_STEPS = 4

const IDEOGRAPH = /[\u4E00-\u9FFF]/

/** How far neighbouring ideographs are from one another. */
export const stepsOf = (characters: readonly ReadCharacter[]): number[] =>
  characters.slice(1).flatMap((one, i) => {
    const before = characters[i]!
    return IDEOGRAPH.test(before.text) && IDEOGRAPH.test(one.text) ? [one.x - before.x] : []
  })

/**
 * What was read as one line, parted where no letter stands for so long that two columns meet there: where paper is dark or
 * grainy, text is found across the room between them. Its ends are those of its letters, not of the column beside it.
 */
export function partedAtGaps(line: RecognisedLine): RecognisedLine[] {
  const steps = stepsOf(line.characters).sort((a, b) => a - b)
  if (steps.length < FEWEST_STEPS) return [line]
  const step = steps[Math.floor(steps.length / 2)]!
  const groups: ReadCharacter[][] = []
  for (const one of line.characters) {
    const before = groups.at(-1)?.at(-1)
    if (before === undefined || one.x - before.x > step * APART) groups.push([one])
    else groups.at(-1)!.push(one)
  }
  return groups.map((characters, i) => {
    const [first, last] = [characters[0]!.x, characters.at(-1)!.x]
    const isOwnLeft = i === 0 && first - line.left <= step * BEYOND
    const isOwnRight = i === groups.length - 1 && line.right - last <= step * BEYOND
    return {
      ...line,
      characters,
      text: characters.map(({ text }) => text).join(''),
      left: isOwnLeft ? line.left : Math.max(line.left, first - step * HALF),
      right: isOwnRight ? line.right : Math.min(line.right, last + step * HALF),
    }
  })
}
