import { CHINESE_DIGITS, CHINESE_MULTIPLIERS } from '../lexicon/numerals.ts'
import { CharacterSet, codeAt } from './character-set.ts'

/** A number as it stands in a text: `text.slice(start, end)`. */
export interface FoundNumber {
  start: number
  end: number
  value: number
  /** Written with Chinese numerals, which are as often part of a name as a count. */
  chinese: boolean
}

const ZERO = 48
const NINE = 57
const isDigitCode = (code: number): boolean => code >= ZERO && code <= NINE

/** Whether an Arabic digit stands at the offset. */
export const isDigitAt = (text: string, at: number): boolean => isDigitCode(codeAt(text, at))

const DIGITS = new Map(Object.entries(CHINESE_DIGITS))
const MULTIPLIERS = new Map(Object.entries(CHINESE_MULTIPLIERS))
const NUMERALS = new CharacterSet([...Object.keys(CHINESE_DIGITS), ...Object.keys(CHINESE_MULTIPLIERS)])

/** Whether a character that can be part of a Chinese numeral stands at the offset. */
export const isChineseNumeralAt = (text: string, at: number): boolean => NUMERALS.holds(text, at)

/**
 * Reads the number that begins at the offset: `1,234.5`, `0.6`, `三十五`, `两千`, `一点五`.
 * Magnitudes behind Arabic digits (1.5万) belong to the unit and are left to the quantity parser.
 * @returns null where no number begins there
 */
export function readNumber(text: string, at: number): FoundNumber | null {
  return isDigitAt(text, at) ? readArabic(text, at) : readChinese(text, at)
}

/** No amount has more digits than this; a longer run is a code, and would lose its last digits. */
const MOST_DIGITS = 20
/** No code that is passed over is longer: a run of digits without end is passed over in pieces, not read to its end from each. */
export const LONGEST_CODE = 200

function readArabic(text: string, start: number): FoundNumber | null {
  let end = start
  while (end - start <= MOST_DIGITS && isDigitAt(text, end)) end++
  let digits = text.slice(start, end)
  if (digits.length <= 3 && digits[0] !== '0') {
    while ((text.charAt(end) === ',' || text.charAt(end) === ' ') && isGroup(text, end + 1)) {
      digits += text.slice(end + 1, end + 4)
      end += 4
    }
  }
  if (text.charAt(end) === '.' && isDigitAt(text, end + 1)) {
    const point = end
    end++
    while (end - point < MOST_DIGITS && isDigitAt(text, end)) end++
    digits += text.slice(point, end)
  }
  return digits.length > MOST_DIGITS ? null : { start, end, value: Number(digits), chinese: false }
}

/** Exactly three digits: the next group of a number written with commas. */
function isGroup(text: string, at: number): boolean {
  return isDigitAt(text, at) && isDigitAt(text, at + 1) && isDigitAt(text, at + 2) && !isDigitAt(text, at + 3)
}

/** 九千九百九十九万亿… has some thirty characters; what runs on for longer is no number, and must not be read again from each of its characters. */
const LONGEST_NUMERAL = 40

const OF_THOUSAND = '瓦克米伏卡帕焦'

function readChinese(text: string, start: number): FoundNumber | null {
  let end = start
  while (end - start <= LONGEST_NUMERAL && isChineseNumeralAt(text, end)) end++
  if (end === start || end - start > LONGEST_NUMERAL) return null
  // 一千千瓦时: the last 千 is that of the unit.
  if (end - start >= 2 && text.charAt(end - 1) === '千' && OF_THOUSAND.includes(text[end] ?? '\n')) end--
  const value = chineseValue(text.slice(start, end))
  if (value === null) return null
  let fraction = ''
  if (text.charAt(end) === '点') {
    let at = end + 1
    while (DIGITS.has(text.charAt(at))) fraction += DIGITS.get(text.charAt(at++))
    if (fraction) end = at
  }
  return { start, end, value: fraction ? Number(`${value}.${fraction}`) : value, chinese: true }
}

/**
 * Value of a Chinese numeral, by digits (`二〇二五`) or by places (`一千二百三十`, `十五`, `两千五`).
 * @returns null where the characters are no numeral (`一三`) or only a magnitude (`万`, `百`)
 */
export function chineseValue(numeral: string): number | null {
  if (numeral.length === 1) return DIGITS.get(numeral) ?? (numeral === '十' || numeral === '拾' ? 10 : null)
  let hasDigit = false
  let byPlaces = false
  for (const character of numeral) {
    if (DIGITS.has(character)) hasDigit = true
    else byPlaces = true
  }
  if (!byPlaces) return digitByDigit(numeral)
  if (!hasDigit && numeral[0] !== '十' && numeral[0] !== '拾') return null
  // Closed sections: 一亿 and 二千万 stand side by side, while 两万亿 closes 两万 once more.
  const closed: number[] = []
  let section = 0
  let digit = -1
  let lastMultiplier = 1
  for (const character of numeral) {
    const value = DIGITS.get(character)
    if (value !== undefined) {
      if (digit > 0) return null
      digit = value
      if (value === 0) lastMultiplier = 1
      continue
    }
    const multiplier = MULTIPLIERS.get(character) as number
    if (multiplier >= 10_000) {
      let smaller = section + Math.max(digit, 0)
      while (closed.length > 0 && (closed.at(-1) as number) < multiplier) smaller += closed.pop() as number
      closed.push(smaller * multiplier)
      section = 0
    } else {
      section += (digit < 0 ? 1 : digit) * multiplier
    }
    digit = -1
    lastMultiplier = multiplier
  }
  // 两千五 is 2500: a last digit directly behind 百, 千 or 万 counts in the next place down.
  if (digit > 0) section += digit * (lastMultiplier >= 100 ? lastMultiplier / 10 : 1)
  return closed.reduce((sum, part) => sum + part, section)
}

function digitByDigit(numeral: string): number | null {
  if (numeral.length !== 4) return null
  let value = 0
  for (const character of numeral) value = value * 10 + (DIGITS.get(character) as number)
  return value
}
