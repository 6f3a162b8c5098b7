/** Single cells of a 台账: a promised value, a date, whether it is done. Each says what is wrong in the cell's own words. */
import { FREQUENCY_TITLES, FREQUENCIES, type Frequency, isDate } from '../../db/domain/dates.ts'
import type { Measure, Operator } from '../../db/domain/target-terms.ts'
import { extract } from '../../extractors/extract.ts'
import { findQuantities } from '../../extractors/parsers/quantity.ts'
import { readTableValue } from '../../extractors/parsers/table-value.ts'
import { findTimes } from '../../extractors/parsers/time.ts'
import { isUsableNumber } from '../number-bound.ts'
import { cellWords } from '../readers/sheet-headers.ts'
import type { SheetCell } from '../readers/sheets.ts'

/** Half-width signs, as the parsers of the extractors take a text. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '')

/** A promised value as the ledger says it. */
export interface LedgerValue {
  op: Operator
  value: number
  valueHigh: number | null
  /** Empty where the cell names none. */
  unit: string
  measure: Measure
}

/** What a row without a value has in its place. */
export const NO_VALUE = { op: null, value: null, valueHigh: null, unit: null, measure: null } as const

/** What is better the less of it there is. */
const LESS_IS_BETTER =
  /能耗|排放|浓度|失业率|死亡|发病率|事故|负债率|不良率|差错率|投诉率|超时率|漏损率|降幅|压减|办理时限|赤字率|PM/i

/**
 * The value of a cell: a number of the sheet (95 % where it is shown so), or `不低于95%`, `≥3.5万亩`, `3—5`, `30以内`.
 * @param indicator tells the direction where the cell does not
 * @returns null where the cell holds words besides (完成主体工程), which are no value
 */
export function ledgerValue(cell: SheetCell, indicator: string): LedgerValue | null {
  const assumed: Operator = LESS_IS_BETTER.test(indicator) ? '<=' : '>='
  if (cell.date !== null) return null
  if (cell.number !== null) {
    const isShare = cell.text.endsWith('%')
    const value = isShare ? rounded(cell.number * 100) : cell.number
    return isUsableNumber(value)
      ? { op: assumed, value, valueHigh: null, unit: isShare ? '%' : '', measure: 'level' }
      : null
  }
  const read = readTableValue(plain(cellWords(cell)))
  if (read === null) return null
  const [low, high] = Array.isArray(read.value) ? read.value : [read.value, null]
  if (!isUsableNumber(low) || (high !== null && (!isUsableNumber(high) || high < low))) return null
  return {
    op: read.compared ? read.op : assumed,
    value: low,
    valueHigh: high,
    unit: read.unit,
    measure: read.measure ?? 'level',
  }
}

/** What stands before a unit of measure to make it larger. */
const MULTIPLIERS: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 }

/**
 * A value in the unit that the row says elsewhere: `1.2万` under 人次 is 12000 人次, as is `1.2万人次`. One in another unit
 * stays as it is.
 */
export function inUnit(value: LedgerValue, unit: string): LedgerValue {
  const factor = MULTIPLIERS[value.unit.slice(0, 1)]
  if (factor === undefined || ![unit, ''].includes(value.unit.slice(1)) || value.unit === unit) return value
  if (unit === '' || unit.startsWith(value.unit)) return value
  const high = value.valueHigh === null ? null : rounded(value.valueHigh * factor)
  return { ...value, value: rounded(value.value * factor), valueHigh: high, unit }
}

/** 0.953 is 95.3 %, not 95.30000000000001. */
const rounded = (value: number): number => Number(value.toPrecision(12))

/** Words of a limit that is no date. */
const NO_LIMIT = /^(?:长期|常年|持续|常态化|按时序进度|按计划)/

/** A day, or that none is set, or why the words are none. */
type LedgerDate = { day: string | null } | { fault: string }

/**
 * The day of a cell: a date of the sheet, `2026-12-31`, `2026.6`, `2026年12月底`, `6月底前` within the ledger's year. Of a
 * span of time (六月, 2026年) its last day counts.
 * @param year of the ledger; null where its words name none
 */
export function ledgerDate(cell: SheetCell | undefined, title: string, year: number | null): LedgerDate {
  const words = plain(cellWords(cell))
  if (cell === undefined || words === '' || NO_LIMIT.test(words)) return { day: null }
  // the whole of the ledger's year; without one it sets no day
  if (/^全年$/.test(words)) return { day: year === null ? null : `${year}-12-31` }
  if (cell.date !== null && isDate(cell.date)) return { day: /日$/.test(cell.text) ? cell.date : lastDay(cell) }
  if (cell.number !== null && Number.isInteger(cell.number) && cell.number >= 1990 && cell.number <= 2100)
    return { day: `${cell.number}-12-31` }
  const numeric = /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?[日前底]*$/.exec(words)
  if (numeric) {
    const [, y, m, d] = numeric
    const month = `${y}-${m!.padStart(2, '0')}`
    const day = d === undefined ? lastOfMonth(Number(y), Number(m)) : `${month}-${d.padStart(2, '0')}`
    return isDate(day) ? { day } : { fault: `${title}“${words}”不是日历上的日期` }
  }
  const written = /(?:(\d{4})年)?(\d+)月(?:(\d+)[日号])?/.exec(words)
  // In 2026年13月 the parsers of the extractors would see the year alone.
  if (written && !isDate(`${written[1] ?? year ?? 2000}-${padded(written[2]!)}-${padded(written[3] ?? '1')}`))
    return { fault: `${title}“${words.slice(0, 40)}”不是日历上的日期` }
  const [found] = findTimes(`${words},`, 0, words.length + 1, { issuedOn: null, year }).slice(-1)
  if (found && isDate(found.last) && !found.term) return { day: found.last }
  return {
    fault:
      year === null && /^\D*\d{1,2}月/.test(words)
        ? `${title}“${words}”没有年份，请写明是哪一年`
        : `${title}“${words.slice(0, 40)}”看不出是哪一天`,
  }
}

const padded = (figures: string): string => figures.padStart(2, '0')

/** A cell that shows only year and month means the end of the month. */
function lastDay(cell: SheetCell): string {
  const [year, month] = cell.date!.split('-').map(Number)
  return /月$/.test(cell.text) ? lastOfMonth(year!, month!) : cell.date!
}

const lastOfMonth = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/** Whether the words say that an item is done; null where they do not say. */
export function isDone(words: string | null): boolean | null {
  if (words === null) return null
  const text = plain(words)
  if (/^(?:否|未|没有|尚未|正在|推进|进行|在办|办理中|部分|基本|滞后|逾期|超期)|未完成|未办结|推进中|进行中/.test(text))
    return false
  if (/^(?:是|√|已?(?:全部)?完成|已?办结|已?销号|达标|已达到|100%)/.test(text)) return true
  return null
}

/** Whether a report in words says nothing but that the item is done. */
export const saysDone = (progress: string): boolean =>
  /^(?:已|全部|全面|按期|如期)*(?:完成|办结|销号|建成|落实)[。.]?$/.test(plain(progress))

/** 100%完成 and 召开3次会议 are no goals, by the confidence of the rules. */
const LEAST_SURE = 0.5

/** The values that a text promises, as the rules read them in a document; what it tells of the past or of rules is none. */
export function valuesInText(text: string): LedgerValue[] {
  const sentence = /[。；;.]$/.test(text) ? text : `${text}。`
  return extract(`${sentence}\n`).targets.flatMap((found): LedgerValue[] => {
    if (found.kind !== 'quantity' || found.confidence < LEAST_SURE) return []
    const { op, value, unit, measure } = found
    const [low, high] = Array.isArray(value) ? value : [value, null]
    return isUsableNumber(low) ? [{ op, value: low, valueHigh: high, unit, measure }] : []
  })
}

/** The one number with the target's unit that a report in words gives: `已建成3200个，开工率90%`. Null where there are more. */
export function valueInWords(text: string, unit: string): number | null {
  const words = plain(text)
  const found = findQuantities(words, 0, words.length).filter(
    (one) => one.unit === plain(unit) && !Array.isArray(one.value),
  )
  return found.length === 1 ? (found[0]!.value as number) : null
}

/** 按月, 每季度, 半年一次 …; null where nothing is said, undefined where the words are none. */
export function frequencyOf(words: string | null): Frequency | null | undefined {
  if (words === null || /^(?:不定期|适时)/.test(words)) return null
  const text = plain(words)
  const titled = FREQUENCIES.find((one) => FREQUENCY_TITLES[one] === text)
  if (titled) return titled
  if (/季/.test(text)) return 'quarterly'
  if (/月/.test(text)) return 'monthly'
  return /年/.test(text) ? 'yearly' : undefined
}

/** The year that a ledger is for, by its title or file name: 霁川市2026年重点工作台账. */
export function yearOf(texts: readonly string[]): number | null {
  for (const text of texts) {
    const year = /(?:19|20)\d\d(?!\d)/.exec(text.normalize('NFKC'))?.[0]
    if (year !== undefined) return Number(year)
  }
  return null
}

/** The day up to which a ledger's progress counts, where a line above the table says it: 数据截至2026年6月底. */
export function asOfIn(texts: readonly string[], year: number | null): string | null {
  for (const text of texts) {
    const words = /(?:截至|截止|统计时间|数据时间|填报时间|填表时间|更新时间)[:：到]?(.{3,20})/.exec(plain(text))?.[1]
    if (words === undefined) continue
    const [time] = findTimes(`${words},`, 0, words.length + 1, { issuedOn: null, year })
    if (time && isDate(time.last)) return time.last
  }
  return null
}
