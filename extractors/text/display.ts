import { CharacterSet } from '../parsers/character-set.ts'

const FULL_WIDTH: ReadonlyMap<string, string> = new Map([
  ['(', '（'],
  [')', '）'],
  [',', '，'],
  [':', '：'],
  [';', '；'],
  ['?', '？'],
  ['!', '！'],
])
const NARROW = /[(),:;?!]/g
/** The same, asked of words most of which have no mark. */
const ANY_NARROW = new CharacterSet('(),:;?!')
const CHINESE = /[\u3400-\u9fff\u3001-\u301f\u2018-\u201d]/

/**
 * Words of the reading text as a reader expects them: brackets and punctuation beside Chinese characters
 * full-width again. Digits, letters and `%` stay half-width.
 */
export function displayForm(reading: string): string {
  if (!ANY_NARROW.isIn(reading)) return reading
  return reading.replace(NARROW, (mark, at: number) => (beside(reading, at) ? (FULL_WIDTH.get(mark) as string) : mark))
}

/** Whether a Chinese character stands next to the place, or the text has no Latin neighbour there. */
function beside(text: string, index: number): boolean {
  if (CHINESE.test(text.charAt(index - 1)) || CHINESE.test(text.charAt(index + 1))) return true
  const mark = text.charAt(index)
  return mark === '(' || mark === ')' ? CHINESE.test(text) : false
}
