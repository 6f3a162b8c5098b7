import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays, startOfShanghaiDay } from '../../db/domain/dates.ts'
import { LIMIT_TITLES } from '../../db/domain/limits.ts'
import { oneLine } from '../printable.ts'
import { short } from '../rules/reminders.ts'
import type { Limit } from './limits.ts'

/** How often a calendar program should look again, in seconds. */
const TTL_SECONDS = 6 * 3600

/**
 * Limits as an iCalendar file (RFC 5545): each is an event of a whole day that takes no time, with the same UID as long as
 * it is the same limit, so that a program that fetches the file again moves it.
 * @param address where people reach the server, for links; null leaves them out
 */
export function calendarFile(limits: readonly Limit[], address: string | null, now: Date): string {
  const calendar = ical({
    name: '政标 督查期限',
    prodId: { company: 'zhengbiao', product: 'limits', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: TTL_SECONDS,
  })
  for (const limit of limits) {
    const link = address === null ? null : `${address}${limit.path}`
    calendar.createEvent({
      id: `${limit.key.replaceAll(':', '-')}@zhengbiao`,
      stamp: now,
      start: dayOf(limit.on),
      end: dayOf(addDays(limit.on, 1)),
      allDay: true,
      transparency: ICalEventTransparency.TRANSPARENT,
      summary: oneLine(`${LIMIT_TITLES[limit.kind]}：${short(limit.indicator)}`),
      description: [oneLine(limit.indicator), oneLine(limit.units.join('、')), link].filter(Boolean).join('\n'),
      ...(link === null ? {} : { url: link }),
    })
  }
  return calendar.toString()
}

/** Noon of the day in Shanghai is the same date in every time zone in which a server of the office may stand. */
const dayOf = (date: string): Date => new Date(Date.parse(startOfShanghaiDay(date)) + 12 * 3_600_000)
