import { idsOf } from './vocabulary.ts'

/**
 * Calendar arithmetic of the office. Dates are `YYYY-MM-DD` in Asia/Shanghai (UTC+8 all year since 1992), instants are
 * UTC ISO strings. Dates of this form compare correctly as strings.
 */

const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** The date on which it is `instant` in Shanghai: from 16:00 UTC it is the next day there. */
export const shanghaiDate = (instant: Date): string =>
  new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)

/** The instant at which the Shanghai day `date` begins, as a UTC ISO string. */
export const startOfShanghaiDay = (date: string): string =>
  new Date(dayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS).toISOString()

/** Days since 1970-01-01 of a date; differences of two are whole days. NaN where `date` is no date. */
export function dayNumber(date: string): number {
  let number = numbers.get(date)
  if (number === undefined) {
    number = Date.parse(`${date}T00:00:00Z`) / DAY_MS
    remember(numbers, date, number)
  }
  return number
}

/** Dates met so far: reading and writing them is most of what the rule of lights costs. */
const numbers = new Map<string, number>()
const dates = new Map<number, string>()
const periods = new Map<string, Period>()

/** The days of some centuries; what is beyond begins anew. */
const MOST_REMEMBERED = 100_000

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (map.size >= MOST_REMEMBERED) map.clear()
  map.set(key, value)
}

function dateOf(number: number): string {
  let date = dates.get(number)
  if (date === undefined) {
    date = new Date(number * DAY_MS).toISOString().slice(0, 10)
    remember(dates, number, date)
  }
  return date
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** The date `days` after `date` (before it where negative). */
export const addDays = (date: string, days: number): string => dateOf(dayNumber(date) + days)

/** The date in Shanghai of an instant written as UTC ISO text: from 16:00 on it is the next day there. */
export function shanghaiDateOf(instant: string): string {
  if (instant[10] !== 'T') return shanghaiDate(new Date(instant)) // written otherwise: slower
  return instant.slice(11, 13) < '16' ? instant.slice(0, 10) : addDays(instant.slice(0, 10), 1)
}

/** Years that a date of the office can lie in: beyond them it is a slip of the keyboard, and counting days would leave `YYYY-MM-DD`. */
export const FIRST_YEAR = 1900
export const LAST_YEAR = 2299

/** Whether this is a real day of the calendar written `YYYY-MM-DD` (2023-02-29 is not), of the years 1900 to 2299. */
export function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const year = Number(text.slice(0, 4))
  if (year < FIRST_YEAR || year > LAST_YEAR) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** How often a unit reports. */
export const FREQUENCY_TITLES = { monthly: '按月', quarterly: '按季', yearly: '按年' } as const
export type Frequency = keyof typeof FREQUENCY_TITLES
export const FREQUENCIES = idsOf(FREQUENCY_TITLES)

const MONTHS: Record<Frequency, number> = { monthly: 1, quarterly: 3, yearly: 12 }

/** A reporting period by its first and last day, both inclusive. */
interface Period {
  readonly first: string
  readonly last: string
}

/** The calendar month, quarter or year in which `date` lies. */
export function periodOf(date: string, frequency: Frequency): Period {
  const key = frequency + date.slice(0, 7)
  let period = periods.get(key)
  if (period === undefined) {
    period = periodAround(date, MONTHS[frequency])
    remember(periods, key, period)
  }
  return period
}

function periodAround(date: string, length: number): Period {
  const year = Number(date.slice(0, 4))
  const firstMonth = Math.floor((Number(date.slice(5, 7)) - 1) / length) * length
  const first = new Date(Date.UTC(year, firstMonth, 1)).toISOString().slice(0, 10)
  const last = new Date(Date.UTC(year, firstMonth + length, 0)).toISOString().slice(0, 10)
  return { first, last }
}

/** The last period that ended at least `graceDays` before or on `date`: the newest for which a report is due. */
export function lastDuePeriod(date: string, frequency: Frequency, graceDays: number): Period {
  const current = periodOf(addDays(date, -graceDays), frequency)
  return current.last === addDays(date, -graceDays) ? current : periodOf(addDays(current.first, -1), frequency)
}

/** Last day of the month before the date's. */
export const endOfLastMonth = (date: string): string => addDays(`${date.slice(0, 7)}-01`, -1)

/** Last day of the month `YYYY-MM`. */
export const lastDayOfMonth = (month: string): string => periodOf(`${month}-01`, 'monthly').last

/** `2026年6月` of a month or date. */
export const monthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`

/** `2026年6月30日`, as official documents write a date. */
export const dateWords = (date: string): string => `${monthWords(date)}${Number(date.slice(8, 10))}日`

/** `11月14日`, with its year where that is another than the day's it is held against. */
export const dayWords = (date: string, beside: string): string =>
  date.slice(0, 4) === beside.slice(0, 4) ? dateWords(date).slice(5) : dateWords(date)

/** How far a deadline is from the date: `还有 12 天`, `今天到期`, `已过 3 天`. */
export function distance(deadline: string, asOf: string): string {
  const days = daysBetween(asOf, deadline)
  return days > 0 ? `还有 ${days} 天` : days === 0 ? '今天到期' : `已过 ${-days} 天`
}

/** An instant (UTC ISO) as Shanghai time, to the minute: `2026-06-30 09:15`. */
export const instantWords = (instant: string): string =>
  new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')

/** Last day of the newest period that has ended by `date`; the date itself where nothing is reported regularly. */
const lastPeriodEnd = (date: string, frequency: Frequency | null): string =>
  frequency === null ? date : lastDuePeriod(date, frequency, 0).last

/**
 * The day to which the data of a new report is proposed to run: the end of the newest period that has ended, and today where
 * that period has been reported (`reported`: the newest day of what was sent in or approved).
 */
export function newDataDate(today: string, frequency: Frequency | null, reported: string | null): string {
  const due = lastPeriodEnd(today, frequency)
  return reported !== null && reported >= due ? today : due
}
