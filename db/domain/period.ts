import { addDays } from './dates.ts'

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

/** `2026年6月30日`, as official documents write a date. */
export const chineseDate = (date: string): string => {
  const [y, m, d] = date.split('-').map(Number)
  return `${y}年${m}月${d}日`
}
