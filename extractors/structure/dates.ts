const DATE =
  /((?:19|20)\d\d|[一二][〇零九一二三四五六七八]{3})年([\d一二三四五六七八九十]{1,3})月([\d一二三四五六七八九十]{1,3})日/
const NUMERIC_DATE = /((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})/
const DIGITS = '〇一二三四五六七八九'

/** The first full date in the words as `YYYY-MM-DD`, null where there is none or it is no day of the calendar. */
export function readDate(words: string): string | null {
  const match = DATE.exec(words) ?? NUMERIC_DATE.exec(words)
  if (!match) return null
  const year = yearOf(match[1] as string)
  const month = smallNumber(match[2] as string)
  const day = smallNumber(match[3] as string)
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const yearOf = (words: string): string =>
  [...words.replace(/零/g, '〇')].map((digit) => (DIGITS.includes(digit) ? DIGITS.indexOf(digit) : digit)).join('')

/** 1–99 in digits or Chinese numerals: `十二`, `二十一`, `12`. */
function smallNumber(words: string): number {
  if (/^\d+$/.test(words)) return Number(words)
  const [tens, ones] = words.includes('十') ? words.split('十') : ['0', words]
  const digit = (word: string | undefined, empty: number): number => (word ? Math.max(0, DIGITS.indexOf(word)) : empty)
  return digit(words.startsWith('十') ? '' : tens, words.includes('十') ? 1 : 0) * 10 + digit(ones, 0)
}
