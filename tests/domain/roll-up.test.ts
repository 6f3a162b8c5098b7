import { describe, expect, test } from 'vitest'
import {
  DEFAULT_THRESHOLDS,
  type Light,
  lightOf,
  lightOfUnit,
  type LightReport,
  type LightTarget,
} from '../../db/domain/lights.ts'

/** 100 公里 by three counties until the end of 2025, from the beginning of that year on. */
const WHOLE: LightTarget = {
  kind: 'quantity',
  op: '>=',
  value: 100,
  measure: 'level',
  baselineValue: null,
  startOn: '2025-01-01',
  deadline: '2025-12-31',
  years: [],
  reportFrequency: null,
  eachUnits: [1, 2, 3],
  rollUp: 'sum',
  shares: [],
  reportsFrom: '2025-01-05',
  metOn: null,
  stages: null,
}
const SHARES = [
  { unitId: 1, value: 50, dueOn: null },
  { unitId: 2, value: 30, dueOn: null },
  { unitId: 3, value: 20, dueOn: '2026-03-31' },
]
const of = (unitId: number, value: number | null, asOf = '2025-06-30', done: boolean | null = null): LightReport => ({
  unitId,
  asOf,
  value,
  done,
})

type Said = [light: Light, progress: number | null, value: number | null]
const said = (target: LightTarget, reports: LightReport[], day: string): Said => {
  const { light, progress, value } = lightOf(target, reports, day, DEFAULT_THRESHOLDS)
  return [light, progress, value]
}
const saidOfUnit = (target: LightTarget, unitId: number, reports: LightReport[], day: string) =>
  lightOfUnit(target, unitId, reports, day, DEFAULT_THRESHOLDS)

describe('the whole by what its units report', () => {
  test.each<[what: string, target: Partial<LightTarget>, reports: LightReport[], day: string, is: Said]>([
    ['a sum of what is there', {}, [of(1, 30), of(2, 22)], '2025-06-30', ['normal', 52, 52]],
    ['a sum that lags', {}, [of(1, 30)], '2025-07-31', ['behind', 30, 30]],
    ['a sum that is reached', {}, [of(1, 70), of(2, 30)], '2025-06-30', ['done', 100, 100]],
    ['a sum past its day', {}, [of(1, 70)], '2026-01-01', ['overdue', 70, 70]],
    [
      'the newest value of each unit',
      {},
      [of(1, 10, '2025-03-31'), of(1, 40), of(2, 20)],
      '2025-06-30',
      ['normal', 60, 60],
    ],
    ['"at most" waits for all of them', { op: '<=' }, [of(1, 20), of(2, 20)], '2025-06-30', ['unreported', null, null]],
    ['"at most" with all of them', { op: '<=' }, [of(1, 20), of(2, 20), of(3, 60)], '2025-06-30', ['done', 100, 100]],
    ['an average waits too', { rollUp: 'average' }, [of(1, 100), of(2, 100)], '2025-06-30', ['unreported', null, null]],
    ['an average', { rollUp: 'average' }, [of(1, 90), of(2, 30), of(3, 60)], '2025-06-30', ['normal', 60, 60]],
    ['the worst', { rollUp: 'worst' }, [of(1, 100), of(2, 60), of(3, 70)], '2025-06-30', ['normal', 60, 60]],
    [
      'all: the share of units that are done',
      { rollUp: 'all' },
      [of(1, 100), of(2, 60)],
      '2025-06-30',
      ['unreported', 33.33, null],
    ],
    ['all of them done', { rollUp: 'all' }, [of(1, 100), of(2, 100), of(3, 101)], '2025-06-30', ['done', 100, 100]],
  ])('%s', (_what, target, reports, day, is) => {
    expect(said({ ...WHOLE, ...target }, reports, day)).toEqual(is)
  })

  test('a unit that misses its report makes the sum yellow, one that has reached its part owes none', () => {
    const monthly: LightTarget = { ...WHOLE, shares: SHARES, reportFrequency: 'monthly' }
    const now = [of(1, 32, '2025-07-31'), of(2, 17, '2025-07-31')]
    expect(said(monthly, [...now, of(3, 11, '2025-07-31')], '2025-08-12')[0]).toBe('normal')
    expect(said(monthly, [...now, of(3, 11, '2025-04-30')], '2025-08-12')[0]).toBe('behind')
    expect(said(monthly, [...now, of(3, 20, '2025-04-30')], '2025-08-12')[0]).toBe('normal')
  })

  test('a task without a number is done when all say so, whatever the way of rolling up', () => {
    const task: LightTarget = { ...WHOLE, kind: 'milestone', op: null, value: null, measure: null }
    const two = [of(1, null, '2025-06-30', true), of(2, null, '2025-06-30', true)]
    expect(said(task, two, '2025-06-30')[0]).toBe('unreported')
    expect(said(task, [...two, of(3, null, '2025-06-30', true)], '2025-06-30')[0]).toBe('done')
  })
})

describe('the line of one unit', () => {
  const shared: LightTarget = { ...WHOLE, shares: SHARES }
  test.each<[what: string, unitId: number, reports: LightReport[], day: string, light: Light, progress: number | null]>(
    [
      ['is held against its share', 2, [of(2, 30)], '2025-06-30', 'done', 100],
      ['lags against its share', 1, [of(1, 10)], '2025-06-30', 'behind', 20],
      ['has its own deadline', 3, [of(3, 15)], '2026-01-01', 'normal', 75],
      ['is not helped by the others', 1, [of(2, 90), of(3, 90)], '2026-01-01', 'overdue', null],
    ],
  )('%s', (_what, unitId, reports, day, light, progress) => {
    expect(saidOfUnit(shared, unitId, reports, day)).toMatchObject({ light, progress })
  })

  test('of a sum without shares goes by its reports alone, and is done when the whole is', () => {
    expect(saidOfUnit(WHOLE, 1, [of(1, 3)], '2025-06-30')).toMatchObject({ light: 'normal', progress: null })
    expect(saidOfUnit(WHOLE, 1, [of(1, 3)], '2026-01-01')).toMatchObject({ light: 'overdue' })
    expect(saidOfUnit(WHOLE, 1, [of(1, 3), of(2, 97)], '2026-01-01')).toMatchObject({ light: 'done' })
  })
})
