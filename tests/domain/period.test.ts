import { describe, expect, it } from 'vitest'
import { FREQUENCIES, periodOf } from '../../db/domain/dates.ts'
import { periodWords } from '../../db/domain/period.ts'

describe('a period of reporting in words', () => {
  it.each([
    ['2026-10-31', ['2026年10月', '2026年第四季度', '2026年']],
    ['2026-03-01', ['2026年3月', '2026年第一季度', '2026年']],
  ])('%s', (day, words) => {
    expect(FREQUENCIES.map((frequency) => periodWords(periodOf(day, frequency)))).toEqual(words)
  })
})
