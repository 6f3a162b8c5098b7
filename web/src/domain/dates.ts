/** Dates are `YYYY-MM-DD` in Asia/Shanghai; China has no daylight saving time, so the offset is fixed. */
const SHANGHAI = 8 * 3_600_000
const DAY = 86_400_000

const iso = (time: number) => new Date(time).toISOString().slice(0, 10)

/** Today's date in Shanghai. `now` in milliseconds since 1970 UTC. */
export const today = (now: number = Date.now()) => iso(now + SHANGHAI)

export const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  iso(Date.parse(value)) === value

export const addDays = (date: string, days: number) => iso(Date.parse(date) + days * DAY)

/** Whole days from `from` to `to`; negative where `to` lies before. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** Last day of the month before the date's. */
export const endOfLastMonth = (date: string) => addDays(`${date.slice(0, 7)}-01`, -1)

export const lastDayOfMonth = (month: string) => {
  const [year = 0, of = 1] = month.split('-').map(Number)
  return iso(Date.UTC(year, of, 0))
}

/** `2026年6月` */
export const monthWords = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`

/** `2026年6月30日` */
export const dateWords = (date: string) => `${monthWords(date)}${Number(date.slice(8, 10))}日`

/** `11月14日`, with its year where that is another than the day's it is held against. */
export const dayWords = (date: string, beside: string) =>
  date.slice(0, 4) === beside.slice(0, 4) ? dateWords(date).slice(5) : dateWords(date)

/** How far a deadline is from the date: `还有 12 天`, `今天到期`, `已过 3 天`. */
export function distance(deadline: string, asOf: string): string {
  const days = daysBetween(asOf, deadline)
  return days > 0 ? `还有 ${days} 天` : days === 0 ? '今天到期' : `已过 ${-days} 天`
}

/** An instant (UTC ISO) as Shanghai time, to the minute. */
export const instantWords = (instant: string) =>
  new Date(Date.parse(instant) + SHANGHAI).toISOString().slice(0, 16).replace('T', ' ')
