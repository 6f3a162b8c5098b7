import { CHINESE_DIGITS, CHINESE_MULTIPLIERS, RANGE_JOINTS, SOME_MORE } from '../lexicon/numerals.ts'
import { CharacterSet, LETTERS } from './character-set.ts'
import type { FoundNumber } from './number.ts'
import type { FoundQuantity } from './quantity-types.ts'
import { isChineseNumeralAt, isDigitAt, LONGEST_CODE, readNumber } from './number.ts'
import type { FoundUnit } from './unit-of-measure.ts'
import { readUnit } from './unit-of-measure.ts'
import { readWordedQuantity, WORDED_BEGINNINGS } from './worded-quantity.ts'

const BEGINNINGS = new CharacterSet([
  ...'0123456789',
  ...Object.keys(CHINESE_DIGITS),
  ...Object.keys(CHINESE_MULTIPLIERS),
  ...WORDED_BEGINNINGS,
])

/**
 * Finds every number with its unit between two offsets. Numbers inside names (G5, PM2.5, 4A级, 第三, “5+1”) are left out;
 * dates are not told apart here, see `time.ts`.
 */
export function findQuantities(text: string, start: number, end: number): FoundQuantity[] {
  const found: FoundQuantity[] = []
  let at = start
  while (at < end) {
    if (!BEGINNINGS.holds(text, at) || (text[at] === '一' && AFTER_ONE.holds(text, at + 1))) {
      at++
      continue
    }
    const quantity =
      isDigitAt(text, at) || isChineseNumeralAt(text, at) ? readQuantity(text, at, start) : readWordedQuantity(text, at)
    if (quantity && quantity.end <= end) {
      found.push(quantity)
      at = quantity.end
    } else {
      at = skipNumber(text, at)
    }
  }
  return found
}

const LETTER = new CharacterSet(LETTERS)
const LETTER_OR_DIGIT = new CharacterSet(`${LETTERS}0123456789`)
/** What a name with digits goes on with. */
const IN_NAME = new CharacterSet(`${LETTERS}0123456789.`)

/** Behind the number at the offset, or one character on. */
function skipNumber(text: string, at: number): number {
  if (!isDigitAt(text, at) && !isChineseNumeralAt(text, at)) return at + 1
  const number = readNumber(text, at)
  let end = number ? number.end : at + 1
  // The rest of a name with digits in it (2.0版, 1-2, 318/317) is part of it.
  while (end - at < LONGEST_CODE && IN_NAME.holds(text, end)) end++
  return end
}

function readQuantity(text: string, at: number, from: number): FoundQuantity | null {
  const worded = readWordedQuantity(text, at)
  if (worded) return worded
  if (at > from && isPartOfName(text, at)) return null
  // 01项目, 007号: a running number, no count.
  if (text[at] === '0' && isDigitAt(text, at + 1)) return null
  const low = readNumber(text, at)
  if (!low || (low.chinese && !isPlausibleChinese(text, low))) return null
  const ratio = readRatio(text, low)
  if (ratio) return ratio
  const unit = readUnit(text, low.end)
  const range = readRange(text, low, unit)
  if (range) return range
  return withUnit(text, low, low.value, low.end, unit, low.chinese ? 'number/chinese' : 'number/arabic')
}

/** 专栏3, 附件2: the number of a part of the document. */
const LABELS = ['专栏', '附件', '附表', '图表', '附录', '序号']

/** A letter, 第, a point, a stroke or a plus directly before: the number belongs to a name (G5, 第2, “8+8”, 318/317). */
function isPartOfName(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  if (
    before === '第' ||
    before === '前' ||
    before === '+' ||
    before === '/' ||
    before === '.' ||
    before === '×' ||
    before === '№'
  )
    return true
  if (LETTER.holds(before, 0) && countsWhatLettersName(text, at)) return false
  if (LETTER.holds(before, 0) || LABELS.includes(text.slice(at - 2, at))) return true
  return before === '-' && LETTER_OR_DIGIT.holds(text, at - 2)
}

/** 认定孵化型OPC60家, 上架APP15个: letters name what is counted behind them. */
const countsWhatLettersName = (text: string, at: number): boolean =>
  CAPITALS.test(text.slice(Math.max(0, at - 2), at)) && COUNT_BEHIND.test(text.slice(at, at + 9))
const CAPITALS = /^[A-Z]{2}$/
const COUNT_BEHIND = /^\d{2,6}(?:[家名户件]|个(?!百分点)|人次)/

/** What 一 stands before in words that count nothing: 一批, 一系列, 一体, 一流. */
const AFTER_ONE = new CharacterSet('批系定般些律致流网窗步线体旦直向同切站门种类样把手')

/** 几十, 上百 and numerals that close a longer word (万一, 统一, 之一) are no counts. */
function isPlausibleChinese(text: string, number: FoundNumber): boolean {
  const before = text.charAt(number.start - 1)
  if ('第统唯之数逐专单同初其周星期如'.includes(before) && before !== '') return false
  return true
}

/** @param beside the unit that stands directly behind the number */
function withUnit(
  text: string,
  first: FoundNumber,
  value: number | [number, number],
  numberEnd: number,
  beside: FoundUnit | null,
  rule: string,
): FoundQuantity | null {
  const more = SOME_MORE.includes(text.charAt(numberEnd))
  const unit = more ? readUnit(text, numberEnd + 1) : beside
  if (!unit) {
    const counter = first.chinese ? null : unknownCounter(text, numberEnd)
    if (counter) return quantityOf(first, value, numberEnd, numberEnd + 1, counter, 'counter', false, `${rule}-counter`)
    if (first.chinese || isNameBehind(text, numberEnd)) return null
    return quantityOf(first, value, numberEnd, numberEnd, '', 'bare', false, rule)
  }
  if ((unit.unit === 'M' || unit.unit === 'G') && !isBandwidth(text, first, unit.end)) return null
  if (isNameBehind(text, unit.end) && !LETTER.holds(text, unit.end)) return null
  const isOver = text.charAt(unit.end) === '余'
  const some = more || /[余多]/.test(text.slice(numberEnd, unit.end)) || (unit.kind !== 'percent' && isOver)
  return quantityOf(first, value, numberEnd, isOver ? unit.end + 1 : unit.end, unit.unit, unit.kind, some, rule)
}

/** All its fields at once and in one order: every step asks them of every number, and one form of object is asked fastest. */
const quantityOf = (
  first: FoundNumber,
  value: FoundQuantity['value'],
  valueEnd: number,
  end: number,
  unit: string,
  kind: FoundQuantity['kind'],
  more: boolean,
  rule: string,
): FoundQuantity => ({
  start: first.start,
  end,
  valueStart: first.start,
  valueEnd,
  value,
  unit,
  kind,
  writing: first.chinese ? 'chinese' : 'arabic',
  more,
  form: 'number',
  rule,
})

/** 100M以上 is a bandwidth, 5G基站 a name. */
const isBandwidth = (text: string, number: FoundNumber, end: number): boolean =>
  number.value >= 10 && /^$|[,、。;)和及以的]/.test(text[end] ?? '')

/** 闸门30扇、: a single character between an Arabic number and a mark is its counter, in the lexicon or not. */
function unknownCounter(text: string, at: number): string | null {
  const character = text.charAt(at)
  if (
    !/[\u4e00-\u9fff]/.test(character) ||
    '以左的年月日号强级版折分和及与或至到为是在内外上下前后余多起点'.includes(character)
  )
    return null
  return /^(?:[、,。;)]|以上|左右|以内)/.test(text.slice(at + 1, at + 3)) ? character : null
}

/** What makes a name of the number before it: 100**强**, 4**A级**, 2.0**版**, 12345**热线**, 1**号**. */
const NAME_BEHIND = /[强号版A-Z级]|热线|周年|国道|省道|工程|行动|计划|战略|[+×*:]\d/iy

/** What {@link NAME_BEHIND} can begin with. */
const NAME_BEGINS = new CharacterSet(`强号版热周国省工行计战+×*:${LETTERS}级-`)

function isNameBehind(text: string, at: number): boolean {
  if (!NAME_BEGINS.holds(text, at)) return false
  NAME_BEHIND.lastIndex = at
  return NAME_BEHIND.test(text)
}

/** `2.35:1`: how many times the second of two things the first is; a time of day (9:10) and a score are none. */
function readRatio(text: string, low: FoundNumber): FoundQuantity | null {
  const end = low.end + 2
  if (low.chinese || !text.startsWith(':1', low.end) || /[\d.:]/.test(text[end] ?? '')) return null
  return quantityOf(low, low.value, low.end, end, '', 'bare', false, 'number/ratio')
}

/** `3—5家`, `260-300万人次`, `3家至5家`, `5%~8%`, `10至15个`. */
function readRange(text: string, low: FoundNumber, firstUnit: FoundUnit | null): FoundQuantity | null {
  return readRangeAt(text, low, firstUnit, low.end) ?? (firstUnit && readRangeAt(text, low, firstUnit, firstUnit.end))
}

/** @param between where the joint of the two numbers stands: behind the first, or behind its unit */
function readRangeAt(
  text: string,
  low: FoundNumber,
  firstUnit: FoundUnit | null,
  between: number,
): FoundQuantity | null {
  const joint = JOINT_BEGINS.holds(text, between)
    ? (RANGE_JOINTS.find((word) => text.startsWith(word, between)) ??
      // 建2到3个: no unit before it, and nothing that it goes up from (由30到50%).
      (between === low.end && text[between] === '到' && !firstUnit && !/[由从]/.test(text[low.start - 1] ?? '')
        ? '到'
        : null))
    : null
  if (!joint) return null
  const high = readNumber(text, between + joint.length)
  if (!high || high.chinese !== low.chinese || high.value <= low.value) return null
  const secondUnit = readUnit(text, high.end)
  const isBare = secondUnit === null && joint !== '至' && joint !== '到' && !low.chinese
  const isOneMeasure = secondUnit !== null && (between === low.end || sameMeasure(firstUnit as FoundUnit, secondUnit))
  return isBare || isOneMeasure ? withUnit(text, low, [low.value, high.value], high.end, secondUnit, 'range') : null
}
const JOINT_BEGINS = new CharacterSet([...RANGE_JOINTS.map((word) => word.charAt(0)), '到'])

const sameMeasure = (a: FoundUnit, b: FoundUnit): boolean => a.unit === b.unit || b.unit.startsWith(a.unit)
