import { expect, test } from 'vitest'
import { daysLater, isoDate, lastOfMonth, monthsLater } from '../../../extractors/parsers/calendar.ts'

test('every day of a leap year and the next is the day that a calendar has', () => {
  for (let i = 0; i < 731; i++) {
    const day = new Date(Date.UTC(2028, 0, 1 + i))
    const iso = day.toISOString().slice(0, 10)
    expect(isoDate(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())).toBe(iso)
    expect(daysLater('2028-01-01', i)).toBe(iso)
  }
})

test('days before the first and behind the last are reckoned', () => {
  expect(isoDate(2028, 3, 0)).toBe('2028-02-29')
  expect(isoDate(2028, 13, 5)).toBe('2029-01-05')
  expect(lastOfMonth(2027, 12)).toBe('2027-12-31')
})

test('parts of months and days are cut off', () => {
  expect(monthsLater('2027-03-08', 1.5)).toBe('2027-04-08')
  expect(daysLater('2027-03-08', 2.5)).toBe('2027-03-10')
})
