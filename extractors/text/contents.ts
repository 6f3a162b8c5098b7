import { opensWith } from '../parsers/opening-pattern.ts'
import type { Line } from './line.ts'
import { startsWithLabel } from './marks.ts'

/**
 * Headings that a table of contents lists, without blanks, by their first characters: where a line break is lost, they
 * tell where a heading ends and the text under it begins.
 */
export type Contents = Map<string, string[]>

/** Characters of an entry that it is looked up by: its label and the beginning of its words. */
const KEY = 5
const LONGEST_ENTRY = 60
/** Lines of a table of contents; more are none. */
const MOST_ENTRIES = 400

const without = (text: string): string => (text.includes(' ') ? text.replaceAll(' ', '') : text)

/** Notes the entries of a list of chapters that stand in one line, each from one of the offsets to the next. */
export function entriesOfContents(text: string, starts: readonly number[], contents: Contents): void {
  starts.forEach((start, i) => {
    const entry = without(text.slice(start, starts[i + 1] ?? start))
    if (entry.length <= KEY || entry.length > LONGEST_ENTRY) return
    const key = entry.slice(0, KEY)
    const known = contents.get(key)
    if (!known) contents.set(key, [entry])
    else if (known.length < MOST_ENTRIES && !known.includes(entry)) known.push(entry)
  })
}

/** How long the heading is that a line begins with and goes on behind, told by the table of contents; 0 where it begins with none. */
export function headingLength(text: string, contents: Contents): number {
  if (contents.size === 0 || !text.startsWith('第')) return 0
  const words = text.slice(0, 2 * LONGEST_ENTRY)
  const bare = without(words)
  const entry = contents
    .get(bare.slice(0, KEY))
    ?.filter((one) => bare.startsWith(one))
    .sort((a, b) => b.length - a.length)[0]
  if (!entry || bare.length === entry.length) return 0
  let length = 0
  for (let seen = 0; seen < entry.length; length++) if (words[length] !== ' ') seen++
  return length
}

const isTitle = opensWith(/^目 {0,6}录$/)

/**
 * Marks the lines of a table of contents: those below 目录 up to where the first of them comes again as the heading of
 * its part. They name what follows and promise nothing.
 */
export function markContents(lines: readonly Line[], furniture: Uint8Array): void {
  for (let i = 0; i + 1 < lines.length; i++) {
    if (!isTitle((lines[i] as Line).text)) continue
    const end = endOfContents(lines, i + 1)
    for (let k = i; k < end; k++) furniture[k] = 1
    if (end > i) i = end - 1
  }
}

/** Entries that end at text instead of at the first heading's return: fewer are no table of contents. */
const FEWEST_ENTRIES = 3

/** Index behind the last entry, `first` - 1 where the lines are no table of contents. */
function endOfContents(lines: readonly Line[], first: number): number {
  const opening = bareEntry(lines[first] as Line)
  if (opening.length < 2) return first - 1
  let i = first + 1
  for (; i < lines.length && i - first <= MOST_ENTRIES; i++) {
    const line = lines[i] as Line
    if (bareEntry(line).startsWith(opening)) return i
    if (line.text.length > LONGEST_ENTRY || /[。;:]/.test(line.text)) break
  }
  const labelled = lines.slice(first, i).filter(({ text }) => startsWithLabel(text)).length
  return labelled >= FEWEST_ENTRIES && labelled * 2 > i - first && i < lines.length ? i : first - 1
}

/** An entry without blanks, leader dots and page number. */
function bareEntry(line: Line): string {
  const words = without(line.text.slice(0, 2 * LONGEST_ENTRY))
  const dots = words.search(/[.·…—-]{2}/)
  return dots >= 0 ? words.slice(0, dots) : words.replace(/\(?\d{1,4}\)?$/, '')
}
