/** Words to be found in an original, with the letters that stand around them, so that a frequent number is not mistaken. */
export interface Passage {
  words: string
  before: string
  after: string
  /** Letters (blanks not counted) before the words in what is searched, as far as it is known: the nearest hit wins. */
  near: number
}

/** A passage on one page of the original, pages counted from 1. */
export interface PagePassage extends Passage {
  page: number
}

/** Text without blanks; letter `i` stood at `at[i]`. */
interface Letters {
  text: string
  at: number[]
}

const CONTEXT = 30
const FORM_FEED = '\f'

const isBlank = (code: number) =>
  code <= 0x20 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200f) || code === 0xfeff

/** Full-width forms and radicals that some printers write for characters, as the plain letter. One unit stays one unit. */
function plain(text: string, at: number): string {
  const code = text.charCodeAt(at)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return code >= 0x2f00 && code <= 0x2fdf ? text.charAt(at).normalize('NFKC') : text.charAt(at)
}

/** Leaves out the blanks: no two programs agree on them. */
export function lettersOf(text: string): Letters {
  const at: number[] = []
  let letters = ''
  for (let i = 0; i < text.length; i += 1) {
    if (isBlank(text.charCodeAt(i))) continue
    letters += plain(text, i)
    at.push(i)
  }
  return { text: letters, at }
}

/** Radicals of the supplement stand for any one letter: NFKC does not know what they are. */
const RADICAL = /[\u2e80-\u2ef3]/g

/** Places of `words` in `text`, both without blanks. */
function hits(text: string, words: string): number[] {
  const found: number[] = []
  if (words === '') return found
  for (let at = text.indexOf(words); at >= 0 && found.length < 1000; at = text.indexOf(words, at + 1)) found.push(at)
  if (found.length > 0 || text.search(RADICAL) < 0) return found
  const bare = [...words]
  for (let at = 0; at + bare.length <= text.length; at += 1) {
    if (bare.every((letter, i) => text[at + i] === letter || /[\u2e80-\u2ef3]/.test(text[at + i]!))) found.push(at)
  }
  return found
}

/** Where the passage stands in letters (see {@link lettersOf}): with its surroundings if they are there, else the nearest; null where it is not. */
export function findPassage(
  letters: string,
  { words, before, after, near }: Passage,
): { from: number; to: number } | null {
  const [own, left, right] = [words, before, after].map((part) => lettersOf(part).text) as [string, string, string]
  for (const length of [CONTEXT, 10, 4, 0]) {
    const head = length === 0 ? '' : left.slice(-length)
    const tail = right.slice(0, length)
    const places = hits(letters, head + own + tail).map((at) => at + head.length)
    if (places.length === 0) continue
    const from = places.reduce((best, at) => (Math.abs(at - near) < Math.abs(best - near) ? at : best))
    return { from, to: from + own.length }
  }
  return null
}

/** `text[start..end)` as a passage; `near` counts from `from` on, surroundings are taken between `from` and `to`. */
function passage(text: string, start: number, end: number, from: number, to: number): Passage {
  return {
    words: text.slice(start, end),
    before: text.slice(Math.max(from, start - 2 * CONTEXT), start),
    after: text.slice(end, Math.min(to, end + 2 * CONTEXT)),
    near: lettersOf(text.slice(from, start)).text.length,
  }
}

/** The words from `start` to `end` of the document's text. */
export const passageOf = (text: string, start: number, end: number): Passage =>
  passage(text, start, end, 0, text.length)

/**
 * The same by the pages of a PDF, whose reader parts pages by a form feed: one passage for each page the words stand on.
 * @param firstPage page on which `text` begins
 */
export function pagePassages(text: string, firstPage: number, start: number, end: number): PagePassage[] {
  const found: PagePassage[] = []
  let from = 0
  for (let page = firstPage; from <= text.length; page += 1) {
    const feed = text.indexOf(FORM_FEED, from)
    const to = feed < 0 ? text.length : feed
    if (from >= end) break
    const own = [Math.max(start, from), Math.min(end, to)] as const
    if (own[0] < own[1] && text.slice(...own).trim() !== '')
      found.push({ page, ...passage(text, own[0], own[1], from, to) })
    if (feed < 0) break
    from = feed + 1
  }
  return found
}
