import { addDays } from './dates.ts'

/** Last day of the newest period that has ended; today where nothing is reported regularly. */
export function lastPeriodEnd(now: string, frequency: string | null): string {
  const year = now.slice(0, 4)
  const month = Number(now.slice(5, 7))
  if (frequency === 'monthly') return addDays(`${now.slice(0, 7)}-01`, -1)
  if (frequency === 'quarterly') return addDays(`${year}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0')}-01`, -1)
  if (frequency === 'yearly') return `${Number(year) - 1}-12-31`
  return now
}
