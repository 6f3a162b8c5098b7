import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../db/domain/dates.ts'
import { workingDaysOf } from '../../../server/core/working-days.ts'

const published = workingDaysOf({ daysOff: [], workdays: [] })

describe('working days', () => {
  it.each([
    ['2026-11-27', true, 'a Friday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday worked in exchange'],
  ])('%s is %s: %s', (date, works) => {
    expect(published.isWorkingDay(date)).toBe(works)
  })

  it.each([
    ['2026-11-27', 0, '2026-11-27'],
    ['2026-11-28', 0, '2026-11-30'],
    ['2026-11-27', 1, '2026-11-30'],
    ['2026-11-27', 5, '2026-12-04'],
    ['2026-09-29', 3, '2026-10-09'], // over the holidays of October
  ])('a limit of %s and %s working days ends on %s', (from, count, on) => {
    expect(published.after(from, count)).toBe(on)
  })

  it('takes what the office has added', () => {
    const own = workingDaysOf({ daysOff: ['2026-11-30'], workdays: ['2026-11-28'] })
    expect(own.isWorkingDay('2026-11-30')).toBe(false)
    expect(own.isWorkingDay('2026-11-28')).toBe(true)
    expect(own.after('2026-11-27', 2)).toBe('2026-12-01')
    expect(own.daysOff('2026-11-27', '2026-12-01')).toEqual(['2026-11-29', '2026-11-30'])
  })

  it('ends every limit on a working day, a longer one never earlier', () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2024-01-01', n))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const end = published.after(from, count)
        expect(published.isWorkingDay(end)).toBe(true)
        expect(published.after(from, count + 1) > end).toBe(true)
        expect(end >= from).toBe(true)
      }),
    )
  })
})
