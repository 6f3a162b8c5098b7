import { addDays, periodOf } from './dates.ts'

/** A period of the 通报 by its first and last day, both inclusive, in Asia/Shanghai. */
export interface NamedPeriod {
  name: string
  title: string
  first: string
  last: string
}

/** Reads `2026-06` or `2026-Q2`; null for anything else. */
export function parsePeriod(name: string): NamedPeriod | null {
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name)
  const quarter = /^(\d{4})-Q([1-4])$/.exec(name)
  if (!month && !quarter) return null
  const year = Number((month ?? quarter)?.[1])
  const from = month ? Number(month[2]) : (Number(quarter?.[2]) - 1) * 3 + 1
  const date = (y: number, m: number) => new Date(Date.UTC(y, m - 1, 1)).toISOString().slice(0, 10)
  return {
    name,
    first: date(year, from),
    last: addDays(date(year, from + (month ? 1 : 3)), -1),
    title: month ? `${year}年${from}月` : `${year}年第${'一二三四'[Number(quarter?.[2]) - 1]}季度`,
  }
}

/** `2026年6月`, `2026年第二季度` of `2026-06`, `2026-Q2`; any other text as it is. */
export const periodTitle = (name: string): string => parsePeriod(name)?.title ?? name

/** A month, a quarter or a year in words: `2026年10月`, `2026年第三季度`, `2026年`. */
export function periodWords({ first, last }: Pick<NamedPeriod, 'first' | 'last'>): string {
  const [year, from, to] = [first.slice(0, 4), Number(first.slice(5, 7)), Number(last.slice(5, 7))]
  if (to - from === 11) return `${year}年`
  return periodTitle(from === to ? first.slice(0, 7) : `${year}-Q${to / 3}`)
}

/** A period that may be chosen: its name and its title. */
type PeriodChoice = Pick<NamedPeriod, 'name' | 'title'>

const CHOICES = { months: 12, quarters: 6 }

/** The last twelve months and six quarters that have begun by `day`, the newest first. */
export function periodChoices(day: string): { months: PeriodChoice[]; quarters: PeriodChoice[] } {
  const back = (count: number, frequency: 'monthly' | 'quarterly') => {
    const choices: PeriodChoice[] = []
    for (let at = day; choices.length < count; at = addDays(periodOf(at, frequency).first, -1)) {
      const [year, month] = [at.slice(0, 4), at.slice(5, 7)]
      const name = frequency === 'monthly' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`
      choices.push({ name, title: parsePeriod(name)!.title })
    }
    return choices
  }
  return { months: back(CHOICES.months, 'monthly'), quarters: back(CHOICES.quarters, 'quarterly') }
}
