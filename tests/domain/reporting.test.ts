import { describe, expect, test } from 'vitest'
import { lastApproved, openReturn } from '../../db/domain/open-return.ts'
import { reportingUnits, separateLines, servesFor } from '../../db/domain/reporting.ts'

describe('填报方式', () => {
  const units = [
    { unitId: 1, role: 'lead' as const },
    { unitId: 2, role: 'responsible' as const },
    { unitId: 1, role: 'responsible' as const },
    { unitId: 3, role: 'support' as const },
    { unitId: 4, role: 'responsible' as const, isGroup: true },
    { unitId: null, role: 'responsible' as const },
  ]
  test.each([
    ['any', [1, 2], []],
    ['lead', [1], []],
    ['each', [1, 2], [1, 2]],
  ] as const)('%s: who owes, and whose lines are kept apart', (reporting, owing, lines) => {
    expect(reportingUnits(units, reporting)).toEqual(owing)
    expect(separateLines(units, reporting)).toEqual(lines)
  })
  test('where nobody leads the responsible ones report; a single unit has no line of its own', () => {
    expect(reportingUnits(units.slice(1, 2), 'lead')).toEqual([2])
    expect(separateLines(units.slice(0, 1), 'each')).toEqual([])
  })
  test('one report serves all, but not where each reports its own', () => {
    expect(servesFor('any', 2, 1)).toBe(true)
    expect(servesFor('lead', 2, 1)).toBe(true)
    expect(servesFor('each', 2, 1)).toBe(false)
    expect(servesFor('each', 2, 2)).toBe(true)
  })
})

describe('退回重报', () => {
  const one = (id: number, status: string, asOf: string, more: { unitId?: number; correctsId?: number } = {}) => ({
    id,
    status: status as 'returned',
    asOf,
    unitId: more.unitId ?? 1,
    correctsId: more.correctsId ?? null,
    decidedAt: null,
  })
  const returned = one(1, 'returned', '2026-04-30')
  test.each([
    ['stands alone', [], 1],
    ['a later approved one replaced it', [one(2, 'approved', '2026-05-31')], null],
    ['a later one waits', [one(2, 'submitted', '2026-04-30')], null],
    ['a correction with an earlier date waits', [one(2, 'submitted', '2026-04-15', { correctsId: 1 })], null],
    ['the draft of its correction', [one(2, 'draft', '2026-04-30', { correctsId: 1 })], null],
    ['a draft of something else', [one(2, 'draft', '2026-05-31')], 1],
    ['its correction was taken back', [one(2, 'withdrawn', '2026-04-30', { correctsId: 1 })], 1],
    ['another unit reported', [one(2, 'approved', '2026-05-31', { unitId: 2 })], 1],
    ['its correction was sent back too', [one(2, 'returned', '2026-04-30', { correctsId: 1 })], 2],
  ] as const)('%s', (_name, others, id) => {
    expect(openReturn([returned, ...others], 1)?.id ?? null).toBe(id)
  })
  test('上次 is no value that was corrected', () => {
    expect(
      lastApproved([one(1, 'approved', '2026-06-30'), one(2, 'approved', '2026-06-30', { correctsId: 1 })])?.id,
    ).toBe(2)
    expect(
      lastApproved([one(2, 'approved', '2026-03-31', { correctsId: 1 }), one(1, 'approved', '2026-06-30')])?.id,
    ).toBe(2)
  })
})
