import { describe, expect, test } from 'vitest'
import {
  addDays,
  daysBetween,
  isDate,
  lastDuePeriod,
  newDataDate,
  periodOf,
  shanghaiDate,
  startOfShanghaiDay,
} from '../../db/domain/dates.ts'

describe('days of the office', () => {
  test.each([
    ['2026-06-30T15:59:59.999Z', '2026-06-30'],
    ['2026-06-30T16:00:00.000Z', '2026-07-01'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
  ])('at %s it is %s in Shanghai', (instant, date) => expect(shanghaiDate(new Date(instant))).toBe(date))

  test('a Shanghai day begins at 16:00 UTC of the day before', () => {
    expect(startOfShanghaiDay('2026-01-01')).toBe('2025-12-31T16:00:00.000Z')
  })

  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2023-2-9', false],
    ['', false],
    ['2023-13-01', false],
  ])('isDate(%j) is %s', (text, expected) => expect(isDate(text)).toBe(expected))

  test('days are added over the end of a leap February', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  })
})

describe('the day to which the data of a new report runs', () => {
  test.each([
    ['2026-11-30', 'quarterly', null, '2026-09-30'],
    ['2026-11-30', 'quarterly', '2026-06-30', '2026-09-30'],
    ['2026-11-30', 'quarterly', '2026-09-30', '2026-11-30'],
    ['2026-11-29', 'quarterly', '2026-10-31', '2026-11-29'],
    ['2026-11-29', 'monthly', '2026-10-31', '2026-11-29'],
    ['2026-11-29', null, null, '2026-11-29'],
  ] as const)('on %s, %s, after %s: %s', (today, frequency, reported, expected) =>
    expect(newDataDate(today, frequency, reported)).toBe(expected),
  )
})

describe('reporting periods', () => {
  test.each([
    ['2026-02-10', 'monthly', '2026-02-01', '2026-02-28'],
    ['2026-05-31', 'quarterly', '2026-04-01', '2026-06-30'],
    ['2026-05-31', 'yearly', '2026-01-01', '2026-12-31'],
  ] as const)('%s lies in the %s period %s – %s', (date, frequency, first, last) =>
    expect(periodOf(date, frequency)).toEqual({ first, last }),
  )

  test.each([
    ['2026-07-09', 'monthly', 10, '2026-05-31'],
    ['2026-07-10', 'monthly', 10, '2026-06-30'],
    ['2026-06-30', 'monthly', 0, '2026-06-30'],
    ['2026-06-29', 'monthly', 0, '2026-05-31'],
    ['2026-01-10', 'yearly', 10, '2025-12-31'],
    ['2026-01-09', 'quarterly', 10, '2025-09-30'],
  ] as const)(
    'on %s the last %s report due after %i days of grace is that of the period to %s',
    (date, frequency, grace, last) => expect(lastDuePeriod(date, frequency, grace).last).toBe(last),
  )
})
