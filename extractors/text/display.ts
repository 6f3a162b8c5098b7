const FULL_WIDTH: Record<string, string> = {
  '(': '（',
  ')': '）',
  ',': '，',
  ':': '：',
  ';': '；',
  '?': '？',
  '!': '！',
}
const NARROW = /[(),:;?!]/
const CHINESE = /[\u3400-\u9fff\u3001-\u301f\u2018-\u201d]/

/**
 * Words of the reading text as a reader expects them: brackets and punctuation beside Chinese characters
 * full-width again. Digits, letters and `%` stay half-width.
 */
export function displayForm(reading: string): string {
  if (!NARROW.test(reading)) return reading
  let shown = ''
  for (let i = 0; i < reading.length; i++) {
    const character = reading[i] as string
    const wide = FULL_WIDTH[character]
    shown += wide && beside(reading, i) ? wide : character
  }
  return shown
}

/** Whether a Chinese character stands next to the place, or the text has no Latin neighbour there. */
function beside(text: string, index: number): boolean {
  const before = text[index - 1]
  const after = text[index + 1]
  if (before !== undefined && CHINESE.test(before)) return true
  if (after !== undefined && CHINESE.test(after)) return true
  return text[index] === '(' || text[index] === ')' ? CHINESE.test(text) : false
}
