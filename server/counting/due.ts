import { lastDayOfMonth } from '../../db/domain/dates.ts'
import type { Overview } from './overview-schemas.ts'
import type { Tally } from './tally.ts'

/**
 * What is not done and falls due from the day on until the end of its month and of its year.
 * @param deadlines tallies of the day by deadline
 */
export function dueSoon(day: string, deadlines: ReadonlyMap<string, Tally>): Overview['due'] {
  const monthEnd = lastDayOfMonth(day.slice(0, 7))
  const yearEnd = `${day.slice(0, 4)}-12-31`
  const counts = { month: 0, year: 0, lastDay: 0 }
  for (const [on, { total, lights }] of deadlines) {
    if (on < day || on > yearEnd) continue
    const open = total - lights.done
    counts.year += open
    if (on <= monthEnd) counts.month += open
    if (on === yearEnd) counts.lastDay += open
  }
  return {
    month: { until: monthEnd, count: counts.month },
    year: { until: yearEnd, count: counts.year, onLastDay: counts.lastDay },
  }
}
