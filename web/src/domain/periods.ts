import { addDays } from './dates.ts'

/** Last day of the newest period that has ended; today where nothing is reported regularly. */
export function lastPeriodEnd(now: string, frequency: string | null): string {
  const year = now.slice(0, 4)
  const month = Number(now.slice(5, 7))
  if (frequency === 'monthly') return addDays(`${now.slice(0, 7)}-01`, -1)
  if (frequency === 'quarterly')
    return addDays(`${year}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0')}-01`, -1)
  if (frequency === 'yearly') return `${Number(year) - 1}-12-31`
  return now
}

export interface PeriodChoice {
  name: string
  word: string
}

const QUARTERS = ['一', '二', '三', '四']

/** `2026年6月`, `2026年第二季度` */
export function periodWords(name: string): string {
  const [year = '', part = ''] = name.split('-')
  return part.startsWith('Q')
    ? `${year}年第${QUARTERS[Number(part.slice(1)) - 1] ?? ''}季度`
    : `${year}年${Number(part)}月`
}

/** The last twelve months and six quarters that have begun, the newest first. */
export function periodChoices(now: string): { months: PeriodChoice[]; quarters: PeriodChoice[] } {
  const year = Number(now.slice(0, 4))
  const month = Number(now.slice(5, 7)) - 1
  const choice = (name: string): PeriodChoice => ({ name, word: periodWords(name) })
  const at = (count: number, per: number) => (back: number) => {
    const index = year * count + Math.floor(month / per) - back
    return { year: Math.floor(index / count), part: (index % count) + 1 }
  }
  const monthAt = at(12, 1)
  const quarterAt = at(4, 3)
  const backs = (length: number) => Array.from({ length }, (_, index) => index)
  return {
    months: backs(12)
      .map(monthAt)
      .map(({ year: of, part }) => choice(`${of}-${String(part).padStart(2, '0')}`)),
    quarters: backs(6)
      .map(quarterAt)
      .map(({ year: of, part }) => choice(`${of}-Q${part}`)),
  }
}
