import { CHINESE_DIGITS, CHINESE_MULTIPLIERS, RANGE_JOINTS, SOME_MORE } from '../lexicon/numerals.ts'
import { CharacterSet } from './character-set.ts'
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

/** Behind the number at the offset, or one character on. */
function skipNumber(text: string, at: number): number {
  if (!isDigitAt(text, at) && !isChineseNumeralAt(text, at)) return at + 1
  const number = readNumber(text, at)
  let end = number ? number.end : at + 1
  // The rest of a name with digits in it (2.0版, 1-2, 318/317) is part of it.
  while (end - at < LONGEST_CODE && /[\d.A-Z]/i.test(text[end] ?? '')) end++
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
  const range = readRange(text, low)
  if (range) return range
  return withUnit(text, low, low.value, low.end, low.chinese ? 'number/chinese' : 'number/arabic')
}

/** 专栏3, 附件2: the number of a part of the document. */
const LABELS = ['专栏', '附件', '附表', '图表', '附录', '序号']

/** A letter, 第, a point, a stroke or a plus directly before: the number belongs to a name (G5, 第2, “8+8”, 318/317). */
function isPartOfName(text: string, at: number): boolean {
  const before = text[at - 1] as string
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
  if (/[A-Z]/i.test(before) || LABELS.includes(text.slice(at - 2, at))) return true
  return before === '-' && /[A-Z0-9]/i.test(text[at - 2] ?? '')
}

/** What 一 stands before in words that count nothing: 一批, 一系列, 一体, 一流. */
const AFTER_ONE = new CharacterSet('批系定般些律致流网窗步线体旦直向同切站门种类样把手')

/** 几十, 上百 and numerals that close a longer word (万一, 统一, 之一) are no counts. */
function isPlausibleChinese(text: string, number: FoundNumber): boolean {
  const before = text[number.start - 1] ?? ''
  if ('第统唯之数逐专单同初其周星期如'.includes(before) && before !== '') return false
  return true
}

function withUnit(
  text: string,
  first: FoundNumber,
  value: number | [number, number],
  numberEnd: number,
  rule: string,
): FoundQuantity | null {
  const after = text[numberEnd] ?? ''
  const more = SOME_MORE.includes(after)
  const unit = readUnit(text, more ? numberEnd + 1 : numberEnd)
  const writing: FoundQuantity['writing'] = first.chinese ? 'chinese' : 'arabic'
  const common = {
    start: first.start,
    valueStart: first.start,
    valueEnd: numberEnd,
    value,
    writing,
    form: 'number' as const,
  }
  if (!unit) {
    const counter = first.chinese ? null : unknownCounter(text, numberEnd)
    if (counter)
      return { ...common, end: numberEnd + 1, unit: counter, kind: 'counter', more: false, rule: `${rule}-counter` }
    if (first.chinese || isNameBehind(text, numberEnd)) return null
    return { ...common, end: numberEnd, unit: '', kind: 'bare', more: false, rule }
  }
  if (/^[MG]$/.test(unit.unit) && !isBandwidth(text, first, unit.end)) return null
  if (isNameBehind(text, unit.end) && !/[A-Z]/i.test(text[unit.end] as string)) return null
  const behind = text[unit.end] ?? ''
  const some = more || /[余多]/.test(text.slice(numberEnd, unit.end)) || (unit.kind !== 'percent' && behind === '余')
  const end = behind === '余' ? unit.end + 1 : unit.end
  return { ...common, end, unit: unit.unit, kind: unit.kind, more: some, rule }
}

/** 100M以上 is a bandwidth, 5G基站 a name. */
const isBandwidth = (text: string, number: FoundNumber, end: number): boolean =>
  number.value >= 10 && /^$|[,、。;)和及以的]/.test(text[end] ?? '')

/** 闸门30扇、: a single character between an Arabic number and a mark is its counter, in the lexicon or not. */
function unknownCounter(text: string, at: number): string | null {
  const character = text[at] ?? ''
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
const NAME_BEGINS = new CharacterSet(
  '强号版热周国省工行计战+×*:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz级-',
)

function isNameBehind(text: string, at: number): boolean {
  if (!NAME_BEGINS.holds(text, at)) return false
  NAME_BEHIND.lastIndex = at
  return NAME_BEHIND.test(text)
}

/** `2.35:1`: how many times the second of two things the first is; a time of day (9:10) and a score are none. */
function readRatio(text: string, low: FoundNumber): FoundQuantity | null {
  const end = low.end + 2
  if (low.chinese || !text.startsWith(':1', low.end) || /[\d.:]/.test(text[end] ?? '')) return null
  const { start, value } = low
  return {
    start,
    end,
    valueStart: start,
    valueEnd: low.end,
    value,
    unit: '',
    kind: 'bare',
    writing: 'arabic',
    more: false,
    form: 'number',
    rule: 'number/ratio',
  }
}

/** `3—5家`, `260-300万人次`, `3家至5家`, `5%~8%`, `10至15个`. */
function readRange(text: string, low: FoundNumber): FoundQuantity | null {
  const firstUnit = readUnit(text, low.end)
  for (const between of firstUnit ? [low.end, firstUnit.end] : [low.end]) {
    const joint =
      RANGE_JOINTS.find((word) => text.startsWith(word, between)) ??
      // 建2到3个: no unit before it, and nothing that it goes up from (由30到50%).
      (between === low.end && text[between] === '到' && !firstUnit && !/[由从]/.test(text[low.start - 1] ?? '')
        ? '到'
        : null)
    if (!joint) continue
    const high = readNumber(text, between + joint.length)
    if (!high || high.chinese !== low.chinese || high.value <= low.value) continue
    const secondUnit = readUnit(text, high.end)
    if (!secondUnit && joint !== '至' && joint !== '到') {
      if (low.chinese) continue
      return withUnit(text, low, [low.value, high.value], high.end, 'range')
    }
    if (!secondUnit || (between !== low.end && !sameMeasure(firstUnit as FoundUnit, secondUnit))) continue
    return withUnit(text, low, [low.value, high.value], high.end, 'range')
  }
  return null
}

const sameMeasure = (a: FoundUnit, b: FoundUnit): boolean => a.unit === b.unit || b.unit.startsWith(a.unit)
