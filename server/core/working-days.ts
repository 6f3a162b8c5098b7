import chineseDays from 'chinese-days'
import { addDays, daysBetween } from '../../db/domain/dates.ts'
import type { Db } from '../../db/open.ts'
import { readSetting } from '../settings/store.ts'

/** What the State Council published after the library's own table was made. Dates in Asia/Shanghai. */
interface CalendarChanges {
  /** Days off that would be working days. */
  daysOff: readonly string[]
  /** Working days that would be days off (调休上班). */
  workdays: readonly string[]
}

/** 工作日 as offices count them: Monday to Friday without the published holidays, with the days worked in exchange. */
export interface WorkingDays {
  isWorkingDay: (date: string) => boolean
  /**
   * The working day on which a limit of `count` working days ends: the day itself is not counted, as in limits of answers.
   * @param count whole number, 0 or more; 0 is the date itself, or the next working day where it is a day off
   */
  after: (date: string, count: number) => string
  /** The day itself where it is a working day, else the last one before it. */
  lastOn: (date: string) => string
  /** How many working days lie after `from` up to and with `to`; 0 where `to` is not later. */
  between: (from: string, to: string) => number
  /** Days off from `from` to `to`, both inclusive, by date. */
  daysOff: (from: string, to: string) => string[]
}

/** The longest stretch that is looked through for days off, in days: more would be nobody's question. */
export const MAX_DAYS = 800

/** Longer than any row of days off: a date that is found in none of so many days is none that can be counted with. */
const LONGEST_BREAK = 400

export function workingDaysOf(changes: CalendarChanges): WorkingDays {
  const off = new Set(changes.daysOff)
  const on = new Set(changes.workdays)
  const isWorkingDay = (date: string) => on.has(date) || (!off.has(date) && chineseDays.isWorkday(date))
  /** The day itself where it is a working day, else the nearest one after (1) or before (-1) it. */
  const nearest = (date: string, direction: 1 | -1) => {
    let day = date
    for (let i = 0; i < LONGEST_BREAK; i++, day = addDays(day, direction)) if (isWorkingDay(day)) return day
    throw new RangeError(`no working day near ${date}`)
  }
  return {
    isWorkingDay,
    after(date, count) {
      let day = date
      for (let i = 0; i < count; i++) day = nearest(addDays(day, 1), 1)
      return nearest(day, 1)
    },
    lastOn: (date) => nearest(date, -1),
    between(from, to) {
      let count = 0
      for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count++
      return count
    },
    daysOff(from, to) {
      const length = Math.min(daysBetween(from, to), MAX_DAYS - 1)
      return Array.from({ length: length + 1 }, (_, i) => addDays(from, i)).filter((date) => !isWorkingDay(date))
    },
  }
}

/** The working days by the published table and the office's own additions (setting `calendar`). */
export const readWorkingDays = (db: Db): WorkingDays => workingDaysOf(readSetting(db, 'calendar'))
