import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../db/domain/dates.ts'
import { ROLL_UPS } from '../../db/domain/target-terms.ts'
import { continueSpans, type LightSpan, isSame, OPEN_END, spansOf, unitSpansOf } from '../../db/domain/light-spans.ts'
import {
  DEFAULT_THRESHOLDS,
  lightOf,
  lightOfUnit,
  type LightReport,
  type LightTarget,
  type LightThresholds,
} from '../../db/domain/lights.ts'

const target: LightTarget = {
  kind: 'quantity',
  op: '>=',
  value: 90,
  measure: 'level',
  baselineValue: 70,
  startOn: '2024-01-01',
  deadline: '2025-12-31',
  years: [],
  reportFrequency: null,
  eachUnits: [],
  rollUp: 'worst',
  shares: [],
  reportsFrom: null,
  metOn: null,
  stages: null,
}

describe('spans of lights', () => {
  const shown = (spans: LightSpan[]) => spans.map(({ fromDay, toDay, light }) => [fromDay, toDay, light])

  test('a life without a report', () => {
    expect(shown(spansOf(target, [], '2025-01-01', DEFAULT_THRESHOLDS))).toEqual([
      ['2025-01-01', '2025-11-30', 'unreported'],
      ['2025-12-01', '2025-12-31', 'due_soon'],
      ['2026-01-01', OPEN_END, 'overdue'],
    ])
  })

  test('a report that is left behind by the expected line, and one that keeps the promise', () => {
    const reports = [
      { unitId: 1, asOf: '2024-07-01', value: 75, done: null },
      { unitId: 1, asOf: '2025-06-30', value: 91, done: null },
    ]
    expect(shown(spansOf(target, reports, '2024-07-01', DEFAULT_THRESHOLDS))).toEqual([
      ['2024-07-01', '2024-09-12', 'normal'],
      ['2024-09-13', '2025-06-29', 'behind'],
      ['2025-06-30', OPEN_END, 'done'],
    ])
  })

  test('a report that is missed', () => {
    const monthly: LightTarget = { ...target, reportFrequency: 'monthly', reportsFrom: '2024-02-15' }
    expect(shown(spansOf(monthly, [], '2024-02-15', DEFAULT_THRESHOLDS)).slice(0, 2)).toEqual([
      ['2024-02-15', '2024-03-09', 'unreported'],
      ['2024-03-10', '2025-12-31', 'behind'],
    ])
  })

  const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2023-01-01', n))
  const amount = fc.oneof(fc.integer({ min: -20, max: 120 }), fc.double({ min: -5, max: 5, noNaN: true }))
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 4 })
  const targets: fc.Arbitrary<LightTarget> = fc.record({
    kind: fc.constantFrom('quantity', 'milestone', 'duty'),
    op: fc.constantFrom('>=', '<=', '~', 'range', null),
    value: maybe(amount),
    measure: fc.constantFrom('level', 'growth', 'reduction', 'multiple', null),
    baselineValue: maybe(amount),
    startOn: maybe(day),
    deadline: maybe(day),
    years: fc.array(fc.record({ dueOn: day, value: amount }), { maxLength: 4 }),
    reportFrequency: fc.constantFrom('monthly', 'quarterly', 'yearly', null),
    eachUnits: fc.constantFrom([], [1, 2], [3, 1, 2]),
    rollUp: fc.constantFrom(...ROLL_UPS),
    shares: fc.uniqueArray(fc.record({ unitId: fc.constantFrom(1, 2, 3), value: maybe(amount), dueOn: maybe(day) }), {
      selector: ({ unitId }) => unitId,
      maxLength: 3,
    }),
    reportsFrom: maybe(day),
    metOn: fc.option(day, { freq: 1 }),
    stages: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 1 }),
  })
  const reports: fc.Arbitrary<LightReport[]> = fc.array(
    fc.record({
      unitId: fc.constantFrom(1, 2, 3, null),
      asOf: day,
      value: maybe(amount),
      done: fc.constantFrom(true, false, null),
    }),
    { maxLength: 6 },
  )
  const limits: fc.Arbitrary<LightThresholds> = fc.record({
    behindPoints: fc.constantFrom(0, 5, 10, 33.3, 100),
    dueSoonDays: fc.integer({ min: 1, max: 365 }),
    reportGraceDays: fc.integer({ min: 0, max: 90 }),
  })

  const later = fc.integer({ min: 1, max: 900 })
  const line = fc.constantFrom(-1, 0, 1)

  test('spans and rule agree on every day of the years around', () => {
    fc.assert(
      fc.property(targets, reports, limits, day, later, line, (target, reports, limits, from, days, unit) => {
        const until = addDays(from, days)
        // the whole, or the line of one of the units that report their own
        const unitId = target.eachUnits[unit] ?? null
        const spansFrom = (first: string, last?: string) =>
          unitId === null
            ? spansOf(target, reports, first, limits, last)
            : unitSpansOf(target, unitId, reports, first, limits, last)
        const spans = spansFrom(from)
        expect(spans[0]!.fromDay).toBe(from)
        expect(spans.at(-1)!.toDay).toBe(OPEN_END)
        spans.slice(1).forEach((span, i) => {
          expect(span.fromDay).toBe(addDays(spans[i]!.toDay, 1))
          expect(isSame(span, spans[i]!)).toBe(false)
        })
        // what is known until a day and what is known from it on is the same as all at once
        expect(continueSpans(spansFrom(from, addDays(until, -1)), until, spansFrom(until))).toEqual(spans)
        let i = 0
        for (let on = from; on < '2028-06-01'; on = addDays(on, 1)) {
          while (spans[i]!.toDay < on) i++
          const { expected: _expected, ...said } =
            unitId === null ? lightOf(target, reports, on, limits) : lightOfUnit(target, unitId, reports, on, limits)
          const { fromDay: _from, toDay: _to, ...kept } = spans[i]!
          if (!isSame({ ...spans[i]!, ...said }, spans[i]!)) expect({ on, ...kept }).toEqual({ on, ...said })
        }
      }),
      { numRuns: 150 },
    )
  })
})
