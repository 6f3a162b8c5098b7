import { addDays, dayNumber, lastDayOfMonth } from '../../../../db/domain/dates.ts'

/** Monday is 0. 1970-01-01 was a Thursday. */
const weekday = (date: string): number => (dayNumber(date) + 3) % 7

/** The days of a month's sheet in rows of seven from Monday on, with those of the neighbours that fill it. */
export function sheetOf(month: string): string[][] {
  const first = `${month}-01`
  const start = addDays(first, -weekday(first))
  const last = lastDayOfMonth(month)
  const weeks: string[][] = []
  for (let day = start; day <= last; day = addDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)))
  return weeks
}

/** The month `by` months after `YYYY-MM`. */
export function monthAfter(month: string, by: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** So many days from today on are listed at the least: a month, however long. */
const AHEAD = 31

/** Up to which day limits are listed beside a sheet: of the present month also what comes after it, for its last days. */
export function listedUntil(sheet: readonly (readonly string[])[], month: string, today: string): string {
  const last = sheet.at(-1)!.at(-1)!
  const ahead = addDays(today, AHEAD)
  return today.startsWith(month) && ahead > last ? ahead : last
}
