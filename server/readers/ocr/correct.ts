import type { ReadCharacter } from './read-line.ts'

const WIDE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\u3000-\u303F“”‘’]/

/** Signs that the model takes for one another where a year of a document number stands between brackets. */
const NUMBER =
  /([〔［[【（({「])\s*([12１２][0-9０-９OoＯlI〇]{3})\s*([〕］\]】）)}」])(?=\s*[0-9０-９OolI第]{1,4}\s*号)/g
const DIGIT_LIKE: Readonly<Record<string, string>> = { O: '0', o: '0', Ｏ: '0', 〇: '0', l: '1', I: '1' }

/** Puts right what is sure from what stands beside it. Every character keeps its place. */
export function corrected(line: readonly ReadCharacter[]): ReadCharacter[] {
  const kept = line.filter(({ text }, i) => text.trim() !== '' || !touchesWide(line, i)).map((one) => ({ ...one }))
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
    if (digit !== undefined && /\d/.test(before) && /[\d年月日%号〕.]/.test(after)) one.text = digit
    else if (one.text === ',' && WIDE.test(before) && WIDE.test(after)) one.text = '，'
    else if (one.text === ':' && WIDE.test(before) && !/\d/.test(after)) one.text = '：'
    else if (one.text === ';' && WIDE.test(before)) one.text = '；'
  })
  return kept
}

function touchesWide(line: readonly ReadCharacter[], at: number): boolean {
  return WIDE.test(line[at - 1]?.text ?? '　') || WIDE.test(line[at + 1]?.text ?? '　')
}
