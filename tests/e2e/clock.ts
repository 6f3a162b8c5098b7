import { addDays, shanghaiDate } from '../../db/domain/dates.ts'

/**
 * When the browser tests play: ten in the morning in Shanghai, on a Wednesday in the middle of a month and of a year. What
 * they expect must not hang on the day on which they run: on the eve of a year, at midnight, or once a deadline has passed.
 */
export const NOW = new Date('2026-06-17T02:00:00.000Z')

/** The day so many days from {@link NOW}, before it where negative: `YYYY-MM-DD` in Shanghai. */
export const dayFrom = (days: number): string => addDays(shanghaiDate(NOW), days)

/** A script for a page: its clock begins at `start` and runs on, as if that were now. */
export const clockFrom = (start: Date): string => `{
  const ahead = ${start.getTime() - Date.now()}
  const now = () => RealDate.now() + ahead
  const RealDate = Date
  globalThis.Date = new Proxy(RealDate, {
    construct: (_, given, self) => Reflect.construct(RealDate, given.length === 0 ? [now()] : given, self),
    apply: () => new RealDate(now()).toString(),
    get: (_, key) => (key === 'now' ? now : Reflect.get(RealDate, key)),
  })
}`
