import { describe, expect, it } from 'vitest'
import { listedUntil, monthAfter, sheetOf } from '../../web/src/pages/calendar/month-days.ts'

describe('the sheet of a month', () => {
  it('begins on a Monday and ends on a Sunday', () => {
    const sheet = sheetOf('2026-11')
    expect([sheet[0]![0], sheet.at(-1)!.at(-1)]).toEqual(['2026-10-26', '2026-12-06'])
    expect(sheet.every((week) => week.length === 7)).toBe(true)
  })

  it.each([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
  ])('%s and %i is %s', (month, by, other) => expect(monthAfter(month, by)).toBe(other))

  it.each([
    ['2026-11', '2026-11-30', '2026-12-31'],
    ['2026-11', '2026-11-01', '2026-12-06'],
    ['2026-12', '2026-11-30', '2027-01-03'],
    ['2026-09', '2026-11-30', '2026-10-04'],
  ])('%s on %s lists what falls due until %s', (month, today, until) =>
    expect(listedUntil(sheetOf(month), month, today)).toBe(until),
  )
})
