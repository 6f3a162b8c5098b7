import { stepsOf } from './letter-gaps.ts'
import type { ReadCharacter } from './read-line.ts'
import type { RecognisedLine } from './recognised-line.ts'

/** So many steps from letter to letter show how wide letters are. */
const FEWEST_STEPS = 4
/** Beyond the widths of two neighbours there is room for a sign, in steps from letter to letter. */
const ROOM = 0.4
/** More room is of something else. */
const MOST_ROOM = 1.6
/** Digits and small letters are half as wide. */
const NARROW = 0.52

/**
 * A line with the signs that were too faint to be read: where two letters stand as far apart as if a sign stood between them, the
 * one that the model found likeliest there does.
 */
export function withFaintSigns<T extends Pick<RecognisedLine, 'characters' | 'text'>>(read: T): T {
  const steps = stepsOf(read.characters).sort((a, b) => a - b)
  if (steps.length < FEWEST_STEPS) return read
  const step = steps[Math.floor(steps.length / 2)]!
  const characters = read.characters.flatMap((one, i) => {
    const next = read.characters[i + 1]
    if (one.behind === undefined || next === undefined || !isLetter(one) || !isLetter(next)) return [one]
    const room = (next.x - one.x) / step - (widthOf(one) + widthOf(next)) / 2
    if (room < ROOM || room > MOST_ROOM) return [one]
    const sign: ReadCharacter = { ...one.behind, x: one.x + (widthOf(one) / 2 + 0.25) * step }
    return [one, sign]
  })
  if (characters.length === read.characters.length) return read
  return { ...read, characters, text: characters.map(({ text }) => text).join('') }
}

const isLetter = ({ text }: ReadCharacter): boolean => /^[\u4E00-\u9FFF\da-z%‰]$/i.test(text)
const widthOf = ({ text }: ReadCharacter): number => (/^[\da-z]$/i.test(text) ? NARROW : 1)
