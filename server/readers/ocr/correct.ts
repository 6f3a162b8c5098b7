import type { ReadCharacter } from './read-line.ts'

const WIDE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF“”‘’]/

/** Signs that the model takes for one another where a year of a document number stands between brackets. */
const NUMBER = /([〔［[【（({「])\s*([12][\dOoＯlI〇]{3})\s*([〕］\]】）)}」])(?=\s*[\dOolI第]{1,4}\s*号)/g
const DIGIT_LIKE: Readonly<Record<string, string>> = { O: '0', o: '0', Ｏ: '0', 〇: '0', l: '1', I: '1' }

/** Puts right what is sure from what stands beside it. Every character keeps its place. */
export function corrected(line: readonly ReadCharacter[]): ReadCharacter[] {
  const kept = line
    .filter(({ text }, i) => (text.trim() !== '' || !touchesWide(line, i)) && !isNoteMark(line, i))
    .map((one) => ({ ...one }))
  // A ruled line at the end of a cell is read as a letter.
  while (/^[|｜丨]$/.test(kept.at(-1)?.text ?? '')) kept.pop()
  while (/^[|｜丨]$/.test(kept[0]?.text ?? '')) kept.shift()
  const text = kept.map((one) => one.text).join('')
  if (text.length !== kept.length) return kept
  for (const match of text.matchAll(NUMBER)) {
    const open = match.index
    const close = open + match[0].length - 1
    kept[open]!.text = '〔'
    kept[close]!.text = '〕'
  }
  kept.forEach((one, i) => {
    const digit = DIGIT_LIKE[one.text]
    const [before, after] = [kept[i - 1]?.text ?? '', kept[i + 1]?.text ?? '']
    if (digit !== undefined && /\d/.test(before) && endsNumber(digit, after)) one.text = digit
    else if (POINT.test(one.text) && /\d/.test(before) && DECIMALS.test(text.slice(i + 1))) one.text = '.'
    else if (one.text === ',' && WIDE.test(before) && WIDE.test(after)) one.text = '，'
    else if (one.text === ':' && WIDE.test(before) && !/\d/.test(after)) one.text = '：'
    else if (one.text === ';' && WIDE.test(before)) one.text = '；'
  })
  return kept
}

/** What is read where the point of a number stands, and decimals: no year begins a sentence there. */
const POINT = /[。·．]/
const DECIMALS = /^\d{1,2}(?![\d年])/

/** Whether what stands behind a letter that looks like a digit shows that it is one: 9O%, 1OO个; 5l may be litres. */
const endsNumber = (digit: string, after: string): boolean =>
  /[\d年月日%％号〕.]/.test(after) ||
  DIGIT_LIKE[after] !== undefined ||
  (digit === '0' && /[\u4E00-\u9FFF]/.test(after))

function touchesWide(line: readonly ReadCharacter[], at: number): boolean {
  return WIDE.test(line[at - 1]?.text ?? '　') || WIDE.test(line[at + 1]?.text ?? '　')
}

/** The raised number of a footnote is read as a small ring: 用水量°. Degrees stand behind digits. */
const isNoteMark = (line: readonly ReadCharacter[], at: number): boolean =>
  line[at]!.text === '°' && /[\u4E00-\u9FFF]/.test(line[at - 1]?.text ?? '')

const OPEN = '（(〔［[【「『'
const CLOSE = '）)〕］]】」』'

/**
 * Brackets that the model took for one another: where a pair does not match, both become the round ones that offices
 * write most, or 〔〕 around a year. Every character keeps its place.
 */
export function withMatchedBrackets(text: string): string {
  const letters = [...text]
  if (letters.length !== text.length) return text
  const open: number[] = []
  letters.forEach((letter, at) => {
    if (OPEN.includes(letter)) open.push(at)
    else if (CLOSE.includes(letter)) {
      const from = open.pop()
      if (from === undefined || OPEN.indexOf(letters[from]!) === CLOSE.indexOf(letter)) return
      const isYear = /^[12]\d{3}$/.test(letters.slice(from + 1, at).join(''))
      letters[from] = isYear ? '〔' : '（'
      letters[at] = isYear ? '〕' : '）'
    } else if (letter === '\f') open.length = 0
  })
  return letters.join('')
}

/** A text in which all brackets of one side are one, to find in it what was read with others. */
export const withOneBracket = (text: string): string =>
  text.replace(/[(〔［[【「『]/g, '（').replace(/[)〕］\]】」』]/g, '）')
