import type { Line, Rule } from './types.ts'

/** A rule above notes is shorter than this share of the lines of its page, and longer than so many points. */
const LONGEST_RULE = 0.5
const SHORTEST_RULE = 36
/** The type of notes is smaller than the text's by this factor at least. */
const SMALLER = 0.95
/** Notes stand in the lower part of a page: shares of its height. */
const LOWER = 0.4
/** The rule begins where the lines begin, give or take so many points. */
const SAME_LEFT = 8

/**
 * The lines of a page without its footnotes, and these: what stands in smaller type below a short rule at the left margin,
 * down to the last line. `given` is sorted from top to bottom.
 * @param level the level rules of the page
 * @param height of the page, in points
 */
export function withoutNotes(
  given: readonly Line[],
  level: readonly Rule[],
  height: number,
): { lines: readonly Line[]; notes: readonly Line[] } {
  if (given.length < 2) return { lines: given, notes: [] }
  const left = Math.min(...given.map(({ x1 }) => x1))
  const width = Math.max(...given.map(({ x2 }) => x2)) - left
  const usual = usualSize(given)
  for (const { x1, x2, y1 } of level) {
    const length = x2 - x1
    if (y1 < height * LOWER || length < SHORTEST_RULE || length > width * LONGEST_RULE || x1 > left + SAME_LEFT)
      continue
    const first = given.findIndex(({ y }) => y > y1)
    const notes = first <= 0 ? [] : given.slice(first)
    if (notes.length > 0 && notes.every(({ size }) => size < usual * SMALLER))
      return { lines: given.slice(0, first), notes }
  }
  return { lines: given, notes: [] }
}

/** Size of the type that most letters are set in; 0 where there are none. */
export function usualSize(lines: readonly Pick<Line, 'size' | 'text'>[]): number {
  const letters = new Map<number, number>()
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length)
  return [...letters].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0]
}

/** What a note begins with: its number or sign. */
const SIGN = /^[[(〔（]?(?:\d{1,3}|[\u2460-\u2473])[\])〕）]?[.、\s]*(?=[^\d\s%.,年月日])|^\*+\s*/

/** The notes of all pages as they are written at the end of a text: 注1：…, a line each. */
export function notesInWords(lines: readonly Line[]): string[] {
  const notes: string[] = []
  for (const { text } of lines) {
    const sign = SIGN.exec(text)?.[0]
    if (sign !== undefined || notes.length === 0) notes.push(`注${notes.length + 1}：${text.slice(sign?.length ?? 0)}`)
    else notes[notes.length - 1] += text
  }
  return notes
}
