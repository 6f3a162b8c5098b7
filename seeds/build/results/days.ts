/** Days on which the demo's people do things. Dates are `YYYY-MM-DD` in Shanghai, instants UTC. */
import { addDays, type Frequency } from '../../../db/domain/dates.ts'
import { DEMO_TODAY } from '../../schema.ts'
import type { Random } from './random.ts'

/** The system went into use here: earlier results were entered afterwards. */
export const SYSTEM_START = '2024-12-02'

const MONTHS: Record<Frequency, number> = { monthly: 1, quarterly: 3, yearly: 12 }

/** Last days of the periods that end from the later of `from` and the end of 2024 up to the newest that is due. */
export function periodEnds(from: string, frequency: Frequency): string[] {
  const ends: string[] = []
  const step = MONTHS[frequency]
  for (let month = 12; ; month += step) {
    const end = new Date(Date.UTC(2024, month, 0)).toISOString().slice(0, 10)
    if (addDays(end, 10) > DEMO_TODAY) return ends
    if (end > from) ends.push(end)
  }
}

/** Public holidays on fixed days; those that move with the moon are left out. */
const isHoliday = (day: string) =>
  ['01-01', '05-01', '05-02', '05-03', '05-04', '05-05'].includes(day.slice(5)) || /-10-0[1-7]$/u.test(day)
const isWorkday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !isHoliday(day)

/** The day itself, or the next on which people work. */
export function workday(date: string): string {
  let day = date
  while (!isWorkday(day)) day = addDays(day, 1)
  return day
}

/** A working instant: some days after `date`, moved off week-ends and holidays, between 9:00 and 17:30 in Shanghai. */
export function workingInstant(date: string, random: Random, least: number, most: number): string {
  let day = workday(addDays(date, Math.round(random.between(least, most))))
  if (day > DEMO_TODAY) day = addDays(DEMO_TODAY, -1)
  const minutes = Math.floor(random.between(9 * 60, 17.5 * 60)) - 8 * 60
  return new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000).toISOString()
}

/** The Shanghai date of an instant. */
export const dateOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)

/** The later of two instants or dates of one form. */
export const later = (a: string, b: string): string => (a > b ? a : b)
