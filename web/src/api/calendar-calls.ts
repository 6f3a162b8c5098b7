import { api, body } from './client.ts'

/** 工作日 as the server counts them. */

/** The day on which a limit of so many working days from `from` ends; of the days that the setting 督办单 names where none are given. */
export const endOfLimit = async (from: string, days?: number) =>
  (await body(api.GET('/api/calendar/limit', { params: { query: { from, days } } }))).on

const years = new Map<string, Promise<ReadonlySet<string>>>()

/** Whether a date is a day off; each year is asked for once. Unknown (a server out of reach) is no day off. */
export async function isDayOff(date: string): Promise<boolean> {
  const year = date.slice(0, 4)
  let days = years.get(year)
  if (days === undefined) {
    const query = { from: `${year}-01-01`, to: `${year}-12-31` }
    days = body(api.GET('/api/calendar/days-off', { params: { query } })).then(({ daysOff }) => new Set(daysOff))
    years.set(year, days)
    days.catch(() => years.delete(year))
  }
  return days.then(
    (off) => off.has(date),
    () => false,
  )
}

/** 期限日历 of the days from `from` to `to`. */
export const fetchLimits = (query: { from: string; to: string; scope: 'mine' | 'all' }, signal?: AbortSignal) =>
  body(api.GET('/api/calendar/limits', { params: { query }, signal }))

export const fetchFeed = (signal?: AbortSignal) => body(api.GET('/api/calendar/feed', { signal }))
/** A new secret address; the one before ends. */
export const makeFeed = () => body(api.POST('/api/calendar/feed'))
export const endFeed = () => body(api.DELETE('/api/calendar/feed'))
