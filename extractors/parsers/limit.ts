import { lastOfMonth, lastOfYear } from './calendar.ts'
import { chineseValue } from './number.ts'
import { findTimes, type FoundTime } from './time.ts'
import type { TimeBase } from './time-core.ts'

const WHOLE_YEAR = /^(?:全年度?|年内|年度内|本年度?)(?![\u4e00-\u9fff])/
const MONTH = '(?:1[0-2]|[1-9一二三四五六七八九]|十[一二]?)'
/** `3月`, `3月份`, `3—5月`, `3月、6月、9月`: nothing but months. */
const MONTHS = new RegExp(`^(?:${MONTH}月?份?[—~,、至到和及-])*(?<last>1[0-2]|[1-9一二三四五六七八九]|十[一二]?)月份?$`)

/** `2027-03`, `2027.6`, `2027/11`: a month, as the cells of a column of limits have it. */
const MONTH_OF_YEAR = /^(20\d\d)[-./](0?[1-9]|1[0-2])$/
const YEARS = /^(?:20\d\d[—~至到-]{1,2})?(20\d\d)$/

/**
 * Times of a range that is a limit and nothing else: the cell of a column of deadlines, the words behind 完成时限. There a
 * month or 全年 alone is a limit, too.
 */
export function findLimits(text: string, start: number, end: number, base: TimeBase): FoundTime[] {
  const words = text.slice(start, end)
  const { year } = base
  // 2026—2027, 2028: years alone, as the cells of a column of limits have them.
  const years = YEARS.exec(words.trim())?.[1]
  if (years !== undefined)
    return [
      {
        start,
        end,
        first: `${words.trim().slice(0, 4)}-01-01`,
        last: lastOfYear(Number(years)),
        role: 'limit',
        relative: false,
        term: false,
        rule: 'time-point/years',
      },
    ]
  const dashed = MONTH_OF_YEAR.exec(words.trim())
  if (dashed) {
    const last = lastOfMonth(Number(dashed[1]), Number(dashed[2]))
    const first = `${last.slice(0, 8)}01`
    return [{ start, end, first, last, role: 'limit', relative: false, term: false, rule: 'time-point/month' }]
  }
  const month = year === null ? null : MONTHS.exec(words.trim())
  const whole = year === null ? null : WHOLE_YEAR.exec(words)
  if (year === null || (!month && !whole)) return findTimes(text, start, end, base)
  const last = month?.groups?.['last']
  return [
    {
      start,
      end: whole ? start + whole[0].length : end,
      first: `${year}-01-01`,
      last:
        last === undefined
          ? lastOfYear(year)
          : lastOfMonth(year, /\d/.test(last) ? Number(last) : (chineseValue(last) ?? 12)),
      role: 'limit',
      relative: true,
      term: false,
      rule: whole ? 'relative-time/whole-year' : 'relative-time/month',
    },
  ]
}
