import { YEAR_PARTS } from '../lexicon/periods.ts'
import { isoDate, lastOfMonth, lastOfYear } from './calendar.ts'
import { CharacterSet } from './character-set.ts'
import { readBeforeFestival } from './festival.ts'
import { chineseValue } from './number.ts'
import type { Point, TimeCore } from './time-core.ts'

const YEAR = /(\d{4}|[一二][〇零一二三四五六七八九]{3})年?度?/y
const MONTH = /(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?/y
/** 11月1日至11月15): a day whose 日 the writer has left out before the bracket closes. */
const DAY_BEFORE_BRACKET = /(\d{1,2})(?=\))/y
const DAY = /(\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]/y
const DOTTED = /(\d{4})([.\-/])(\d{1,2})(?:\2(\d{1,2}))?/y
/** A day in eight digits, as tables hold it: `20261031`. */
const COMPACT = /((?:19|20)\d\d)(\d\d)(\d\d)(?=[\t\n前]|之前|$)/y
const LISTED = /(\d{4})(?=(?:[、和及,]\d{4}){1,6}年)/y
const MONTHS = /(\d{4})年(\d{1,2})(?:—{1,2}|[-–~至到])(\d{1,2})月份?(?![底末前\d])/y
const JOINT = /—{1,2}|[-–~至到]/y
const THIRDS: readonly [word: string, lastDay: number][] = [
  ['上旬', 10],
  ['中旬', 20],
  ['下旬', 0],
  ['月初', 10],
  ['初', 10],
]
const PARTS = Object.keys(YEAR_PARTS).sort((a, b) => b.length - a.length)

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}
const isYear = (year: number): boolean => year >= 1949 && year <= 2100

/** What a year begins with and goes on with: 2020, 二〇二〇. */
const YEAR_BEGINS = new CharacterSet('0123456789一二')
const YEAR_GOES_ON = new CharacterSet('0123456789〇零一二三四五六七八九')
/** Whether four characters of a year stand at the offset: only then its ways of writing are tried. */
const mayBeYear = (text: string, at: number): boolean =>
  YEAR_BEGINS.holds(text, at) &&
  YEAR_GOES_ON.holds(text, at + 1) &&
  YEAR_GOES_ON.holds(text, at + 2) &&
  YEAR_GOES_ON.holds(text, at + 3)

/** `2020年`, `2020年6月底`, `2019—2021年`, `2016年6月~2018年12月`, `2020-12-31`. */
export function readPoint(text: string, at: number): TimeCore | null {
  if (!mayBeYear(text, at)) return null
  const months = readMonthSpan(text, at)
  if (months) return months
  const first = readDotted(text, at) ?? readCompact(text, at) ?? readYearPoint(text, at, false)
  if (first) {
    const joint = match(JOINT, text, first.end)
    const second = joint
      ? (readDotted(text, JOINT.lastIndex) ??
        readYearPoint(text, JOINT.lastIndex, false) ??
        monthOfYear(text, JOINT.lastIndex, first))
      : null
    if (second && second.last > first.last) return span(first.first, second)
    const { end, last } = first
    return { end, first: first.first, last, relative: false, rule: 'time-point', role: 'during' }
  }
  return readListedYear(text, at) ?? readYearSpan(text, at)
}

/** `2024、2025、2026年分别`: only the last year of the list has its 年. */
function readListedYear(text: string, at: number): TimeCore | null {
  const found = match(LISTED, text, at)
  const year = Number(found?.[1])
  return found && isYear(year)
    ? {
        end: at + 4,
        first: `${year}-01-01`,
        last: lastOfYear(year),
        relative: false,
        rule: 'time-point/listed',
        role: 'during',
      }
    : null
}

const span = (first: string, last: Point): TimeCore => ({
  end: last.end,
  first,
  last: last.last,
  relative: false,
  rule: 'time-point/span',
  role: 'during',
})

/** `2019—2021年`, `(2011—2020)`: the first year has no 年. */
function readYearSpan(text: string, at: number): TimeCore | null {
  const year = match(/(\d{4})/y, text, at)
  if (!year || !isYear(Number(year[1]))) return null
  const joint = match(JOINT, text, at + 4)
  if (!joint) return null
  const second = readYearPoint(text, JOINT.lastIndex, false) ?? readYearPoint(text, JOINT.lastIndex, true)
  if (!second || second.last.slice(0, 4) <= (year[1] as string)) return null
  return span(`${year[1]}-01-01`, second)
}

/** `2028年1-6月`: the first month has no 月. */
function readMonthSpan(text: string, at: number): TimeCore | null {
  const found = match(MONTHS, text, at)
  if (!found) return null
  const [year, first, last] = [Number(found[1]), Number(found[2]), Number(found[3])]
  return isYear(year) && first >= 1 && first < last && last <= 12
    ? span(isoDate(year, first, 1), {
        end: at + found[0].length,
        first: isoDate(year, last, 1),
        last: lastOfMonth(year, last),
      })
    : null
}

/** `2019年6月—12月`: the second month belongs to the first one's year. */
function monthOfYear(text: string, at: number, first: Point): Point | null {
  return match(MONTH, text, at) ? readWithinYear(text, at, Number(first.first.slice(0, 4))) : null
}

function readYearPoint(text: string, at: number, bare: boolean): Point | null {
  const found = match(YEAR, text, at)
  if (!found) return null
  const word = found[1] as string
  const year = /\d/.test(word) ? Number(word) : chineseValue(word)
  if (year === null || !isYear(year)) return null
  if (!found[0].includes('年')) {
    return bare && /[)）]/.test(text[at + found[0].length] ?? '')
      ? { end: at + found[0].length, first: `${year}-01-01`, last: lastOfYear(year) }
      : null
  }
  return (
    readWithinYear(text, at + found[0].length, year) ?? {
      end: at + found[0].length,
      first: `${year}-01-01`,
      last: lastOfYear(year),
    }
  )
}

const TERM_BEGINS = /^([春秋])季(?:学期)?开学(?=前|之前)/
const SEASONS = new CharacterSet('春秋')

/** The part of a year that follows it: `6月30日`, `6月中旬`, `上半年`, `第三季度`, `初`. Null where the year stands alone. */
export function readWithinYear(text: string, at: number, year: number): Point | null {
  const from = text[at] === '的' ? at + 1 : at
  const term = SEASONS.holds(text, from) ? TERM_BEGINS.exec(text.slice(from, from + 10)) : null
  if (term)
    return { end: from + term[0].length, first: `${year}-01-01`, last: lastOfMonth(year, term[1] === '春' ? 2 : 8) }
  const festival = readBeforeFestival(text, from, year)
  if (festival) return festival
  const part = PARTS.find((word) => text.startsWith(word, from))
  if (part) return partOfYear(year, part, from + part.length)
  if (text[at] === '初' && text[at + 1] !== '步')
    return { end: at + 1, first: `${year}-01-01`, last: lastOfMonth(year, 3) }
  if (text[at] === '中' && /[,、。;前]|完成|期$/.test(text[at + 1] ?? ''))
    return { end: at + 1, first: `${year}-01-01`, last: lastOfMonth(year, 6) }
  const month = match(MONTH, text, at)
  if (!month) return null
  const number = numberOf(month[1] as string)
  if (number < 1 || number > 12) return null
  return withinMonth(text, MONTH.lastIndex, year, number)
}

function partOfYear(year: number, part: string, end: number): Point {
  const last = YEAR_PARTS[part] as number
  const length =
    part.includes('季') && !part.startsWith('前') && part.length < 5 && !'春夏秋冬'.includes(part[0] as string) ? 3 : 6
  return { end, first: isoDate(year, Math.max(1, last - length + 1), 1), last: lastOfMonth(year, last) }
}

function withinMonth(text: string, at: number, year: number, month: number): Point {
  const third = THIRDS.find(([word]) => text.startsWith(word, at))
  if (third && !(third[0] === '初' && text[at + 1] === '步')) {
    const last = third[1] === 0 ? lastOfMonth(year, month) : isoDate(year, month, third[1])
    return { end: at + third[0].length, first: isoDate(year, month, 1), last }
  }
  const day = match(DAY, text, at) ?? match(DAY_BEFORE_BRACKET, text, at)
  if (day) {
    const number = numberOf(day[1] as string)
    if (number >= 1 && number <= 31) {
      const date = isoDate(year, month, number)
      return { end: at + day[0].length, first: date, last: date }
    }
  }
  return { end: at, first: isoDate(year, month, 1), last: lastOfMonth(year, month) }
}

/** `2020-12-31`, `2020.12`, `2020/6`: only where no unit makes an amount of it. */
function readDotted(text: string, at: number): Point | null {
  const found = match(DOTTED, text, at)
  if (!found) return null
  const end = DOTTED.lastIndex
  const [year, month, day] = [Number(found[1]), Number(found[3]), found[4] ? Number(found[4]) : null]
  if (!isYear(year) || month < 1 || month > 12 || (day !== null && (day < 1 || day > 31))) return null
  if (day === null && (found[2] === '-' || /[\d万亿元%个家公亩人吨.]/.test(text[end] ?? ''))) return null
  if (day === null) return { end, first: isoDate(year, month, 1), last: lastOfMonth(year, month) }
  const date = isoDate(year, month, day)
  return { end, first: date, last: date }
}

/** Only where it fills its cell or line: elsewhere eight digits are a number or a code. */
function readCompact(text: string, at: number): Point | null {
  if (at > 0 && text[at - 1] !== '\t' && text[at - 1] !== '\n') return null
  const found = match(COMPACT, text, at)
  if (!found) return null
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (!isYear(year) || month < 1 || month > 12 || day < 1 || day > 31) return null
  const date = isoDate(year, month, day)
  return { end: at + 8, first: date, last: date }
}

const numberOf = (word: string): number => (/\d/.test(word) ? Number(word) : (chineseValue(word) ?? 0))
