import { TextDecoder } from 'node:util'
import type { Piece } from './layout/index.ts'

/** A page is unreadable where this share of its characters stands in no Chinese or Latin text. */
const STRANGE = 0.3
/** With fewer characters nothing can be told. */
const FEWEST = 20

/**
 * Whether what a file says of its letters is nonsense. A font may draw letters by their places in its file and not tell which
 * they are; then their places come out as if they were characters: controls, letters of foreign scripts, rare ideographs.
 */
export function isUnreadable(pieces: readonly Pick<Piece, 'text'>[]): boolean {
  const letters = [...pieces.map(({ text }) => text).join('')].filter((letter) => letter.trim() !== '')
  if (letters.length < FEWEST) return false
  return letters.filter((letter) => !isUsual(letter)).length > letters.length * STRANGE
}

/** Marks, digits and Latin letters, full-width forms, kana, compatibility forms, arrows and signs. */
const USUAL =
  /[\u0020-\u007E\u00A0-\u00BF\u00D7\u00F7\u02C7-\u02D9\u0391-\u03C9\u2010-\u27BF\u3000-\u33FF\uFE10-\uFE6F\uFF01-\uFFEE]/

const isUsual = (letter: string): boolean => USUAL.test(letter) || common().has(letter)

let known: Set<string> | undefined

/** Ideographs of everyday use: those of GB 2312 and the first level of Big5, which hold what print needs. */
function common(): ReadonlySet<string> {
  known ??= new Set([
    ...lettersOf('gb18030', [0xb0, 0xf7], [[0xa1, 0xfe]]),
    ...lettersOf(
      'big5',
      [0xa4, 0xc6],
      [
        [0x40, 0x7e],
        [0xa1, 0xfe],
      ],
    ),
  ])
  return known
}

type Bounds = readonly [first: number, last: number]

/** The characters of a code of two bytes within these bounds. */
function lettersOf(encoding: string, [first, last]: Bounds, seconds: readonly Bounds[]): string {
  const bytes: number[] = []
  for (let lead = first; lead <= last; lead++)
    for (const [from, to] of seconds) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail)
  return new TextDecoder(encoding).decode(new Uint8Array(bytes))
}
