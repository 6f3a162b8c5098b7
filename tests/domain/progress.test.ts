import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedLine, expectedOn } from '../../db/domain/expected.ts'
import { type Goal, isMet, lacksBaseline, progressOf } from '../../db/domain/progress.ts'

const goal = (
  op: Goal['op'],
  value: number | null,
  baselineValue: number | null = null,
  measure: Goal['measure'] = 'level',
): Goal => ({ op, value, baselineValue, measure })

describe('met', () => {
  test.each([
    ['>=', 90, 90, true],
    ['>=', 90, 89.99, false],
    ['>=', 0, 0, true],
    ['>=', 0, -1, false],
    ['<=', 5, 5, true],
    ['<=', 5, 5.01, false],
    ['<=', 0, 0, true],
    ['<=', 0, 1, false],
    ['~', 100, 95, true],
    ['~', 100, 105, true],
    ['~', 100, 94.9, false],
    ['~', 100, 105.1, false],
    ['~', -100, -104, true],
    ['~', 0, 0, true],
    ['~', 0, 0.01, false],
    ['range', 3, 3, true],
    ['range', 3, 2, false],
    ['range', 3, 9, true],
    [null, 3, 3, true],
  ] as const)('%s %d with %d: %s', (op, target, value, met) => expect(isMet(goal(op, target), value)).toBe(met))
})

describe('progress in per cent', () => {
  test.each([
    // op, target, baseline, value, progress
    ['>=', 90, 80, 85, 50],
    ['>=', 90, 80, 80, 0],
    ['>=', 90, 80, 70, -100],
    ['>=', 90, 80, 95, 150],
    ['<=', 10, 20, 15, 50],
    ['<=', 10, 20, 25, -50],
    ['<=', 10, 20, 5, 150],
    ['<=', 0, 8, 2, 75],
    ['<=', 0, 8, 0, 100],
    // no baseline
    ['>=', 80, null, 40, 50],
    ['>=', 80, null, 0, 0],
    ['<=', 10, null, 20, 50],
    ['<=', 10, null, 0, 100],
    ['<=', 0, null, 3, 0],
    ['<=', 0, null, 0, 100],
    ['>=', 0, null, 0, 100],
    ['>=', 0, null, -1, 0],
    // t = b: 100 % if met, else 0 %
    ['>=', 90, 90, 90, 100],
    ['>=', 90, 90, 89, 0],
    ['<=', 5, 5, 5, 100],
    ['<=', 5, 5, 6, 0],
    ['>=', 0, 0, 0, 100],
    ['~', 50, 50, 10, 0],
    // the baseline is already better than the target
    ['>=', 90, 95, 92, 100],
    ['>=', 90, 95, 85, 0],
    ['<=', 5, 4, 6, 0],
    // falling target as "about", and overshooting it
    ['~', 100, 0, 50, 50],
    ['~', 100, 0, 150, 50],
    ['~', 50, 100, 75, 50],
    ['~', 100, null, 200, 50],
    ['~', 100, null, 97, 100],
    ['range', 4, 0, 2, 50],
    // under zero
    ['>=', -5, null, -10, 50],
    ['<=', -10, null, -5, 50],
    ['<=', -10, null, 5, -50],
  ] as const)('%s %d from %s: %d is %d %%', (op, target, baseline, value, expected) =>
    expect(progressOf(goal(op, target, baseline), value)).toBeCloseTo(expected, 6),
  )

  test('a growth is measured as itself, whatever level it started from', () => {
    expect(progressOf(goal('>=', 5, 82.9, 'growth'), 2.5)).toBe(50)
    expect(lacksBaseline(goal('>=', 5, null, 'growth'))).toBe(false)
  })
  test('a level without a baseline says so, also where the baseline might be taken for nothing', () => {
    expect(lacksBaseline(goal('>=', 90))).toBe(true)
    expect(lacksBaseline(goal('>=', 90, 0))).toBe(false)
    expect(lacksBaseline(goal(null, null))).toBe(false)
  })
  test('there is none without a number', () => expect(progressOf(goal(null, null), 3)).toBeNull())

  const amount = fc.oneof(
    fc.constantFrom(0, 1, -1, 100),
    fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000),
  )
  const anyGoal = fc.record({
    op: fc.constantFrom('>=', '<=', '~', 'range' as const) as fc.Arbitrary<Goal['op']>,
    value: amount,
    measure: fc.constantFrom('level', 'growth', 'reduction', 'multiple' as const) as fc.Arbitrary<Goal['measure']>,
    baselineValue: fc.option(amount, { nil: null }),
  })
  test('is finite, and 100 or more exactly when met', () => {
    fc.assert(
      fc.property(anyGoal, amount, (g, value) => {
        const progress = progressOf(g, value)!
        expect(Number.isFinite(progress)).toBe(true)
        expect(progress >= 100).toBe(isMet(g, value))
      }),
      { numRuns: 2000 },
    )
  })
  test('stays finite for the smallest and largest numbers there are', () => {
    const wild = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(anyGoal, wild, wild, (g, target, value) => {
        expect(Number.isFinite(progressOf({ ...g, value: target }, value))).toBe(true)
      }),
    )
  })
  test('never falls where the value moves towards the target', () => {
    fc.assert(
      fc.property(
        anyGoal.filter((g) => g.op !== '~'),
        amount,
        amount,
        (g, a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a]
          const [worse, better] = g.op === '<=' ? [high, low] : [low, high]
          expect(progressOf(g, better)!).toBeGreaterThanOrEqual(Math.min(100, progressOf(g, worse)!) - 1e-6)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('expected progress', () => {
  const course = { ...goal('>=', 100, 0), startOn: '2024-01-01', deadline: '2026-01-01', years: [] }
  test.each([
    ['2023-06-01', 0],
    ['2024-01-01', 0],
    ['2024-12-31', 49.93],
    ['2026-01-01', 100],
    ['2027-01-01', 100],
  ])('a straight line: on %s it is %d %%', (day, expected) => expect(expectedOn(course, day)).toBeCloseTo(expected, 2))
  test('goes through the yearly breakdown', () => {
    const years = [
      { dueOn: '2025-12-31', value: 60 },
      { dueOn: '2024-12-31', value: 20 },
    ]
    expect(expectedLine({ ...course, deadline: '2026-12-31', years })).toEqual([
      { on: '2024-01-01', progress: 0 },
      { on: '2024-12-31', progress: 20 },
      { on: '2025-12-31', progress: 60 },
      { on: '2026-12-31', progress: 100 },
    ])
    expect(expectedOn({ ...course, deadline: '2026-12-31', years }, '2025-12-31')).toBe(60)
  })
  test('a breakdown of a falling target is turned into progress', () => {
    const falling = {
      ...goal('<=', 10, 20),
      startOn: '2024-01-01',
      deadline: '2025-12-31',
      years: [{ dueOn: '2024-12-31', value: 18 }],
    }
    expect(expectedOn(falling, '2024-12-31')).toBe(20)
  })
  test('there is none without a start or without anything due', () => {
    expect(expectedOn({ ...course, startOn: null }, '2025-01-01')).toBeNull()
    expect(expectedOn({ ...course, deadline: null }, '2025-01-01')).toBeNull()
  })
  test('a target due before it started is all due', () => {
    expect(expectedOn({ ...course, startOn: '2026-06-01' }, '2026-06-02')).toBe(100)
  })
})
