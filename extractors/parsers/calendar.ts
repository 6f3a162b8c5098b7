/** `YYYY-MM-DD` of a day; the month counts from 1. A day of 0 is the last day of the month before. */
export function isoDate(year: number, month: number, day: number): string {
  if (isPlainDay(year, month, day)) return `${year}-${twoDigits(month)}-${twoDigits(day)}`
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return date.toISOString().slice(0, 10)
}

/** Days that every month has. */
const SURE_DAYS = 28
/** A day that needs no reckoning. Half a month (1.5 months later) and the day before the first do. */
const isPlainDay = (year: number, month: number, day: number): boolean =>
  year >= 1000 &&
  year <= 9999 &&
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= SURE_DAYS &&
  Number.isInteger(month) &&
  Number.isInteger(day)
const twoDigits = (number: number): string => (number < 10 ? `0${number}` : `${number}`)

/** Last day of a month as `YYYY-MM-DD`. */
export const lastOfMonth = (year: number, month: number): string =>
  isPlainDay(year, month, 1)
    ? `${year}-${twoDigits(month)}-${month === 2 && isLeap(year) ? 29 : (LAST_DAYS[month - 1] as number)}`
    : isoDate(year, month + 1, 0)
const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Last day of a year as `YYYY-MM-DD`. */
export const lastOfYear = (year: number): string => `${year}-12-31`

/** The same day so many months later; a day that the month lacks becomes its last. */
export function monthsLater(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const last = Number(lastOfMonth(year, month + months).slice(8))
  return isoDate(year, month + months, Math.min(day, last))
}

/** So many days later. */
export function daysLater(date: string, days: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return isoDate(year, month, day + days)
}
