import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateWords,
  daysBetween,
  distance,
  endOfLastMonth,
  instantWords,
  isDate,
  lastDayOfMonth,
  monthWords,
} from '../../db/domain/dates.ts'
import { today } from '../../web/src/today.ts'

describe('today in Shanghai', () => {
  it.each([
    ['2026-06-30T15:59:59.999Z', '2026-06-30'],
    ['2026-06-30T16:00:00.000Z', '2026-07-01'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('%s is %s', (instant, date) => expect(today(new Date(instant))).toBe(date))

  it("shows an instant in the office's own time", () =>
    expect(instantWords('2026-07-05T18:30:00.000Z')).toBe('2026-07-06 02:30'))
})

it('knows which texts are dates', () => {
  expect(['2024-02-29', '2023-02-29', '2024-2-9', '', null, 20240101].map(isDate)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})

it('counts days over months, years and leap days', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  expect(daysBetween('2025-12-31', '2026-01-01')).toBe(1)
  expect(endOfLastMonth('2024-03-15')).toBe('2024-02-29')
  expect(lastDayOfMonth('2023-02')).toBe('2023-02-28')
})

it('tells how far a deadline is', () => {
  expect(distance('2026-07-01', '2026-06-30')).toBe('还有 1 天')
  expect(distance('2026-06-30', '2026-06-30')).toBe('今天到期')
  expect(distance('2026-06-30', '2026-07-01')).toBe('已过 1 天')
})

it('writes dates in words', () => {
  expect(dateWords('2026-06-05')).toBe('2026年6月5日')
  expect(monthWords('2026-12')).toBe('2026年12月')
})
