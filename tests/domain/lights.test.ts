import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DEFAULT_THRESHOLDS,
  flatCounts,
  type Light,
  lightOf,
  LIGHTS,
  LIGHT_TITLES,
  lightRule,
  lightTitle,
  type LightReport,
  type LightTarget,
  noLights,
  senseOf,
  totalOf,
} from '../../db/domain/lights.ts'
import { addDays } from '../../db/domain/dates.ts'

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
const report = (asOf: string, value: number | null, done: boolean | null = null): LightReport => ({
  unitId: 1,
  asOf,
  value,
  done,
})
const light = (changes: Partial<LightTarget>, reports: LightReport[], asOf: string) =>
  lightOf({ ...target, ...changes }, reports, asOf, DEFAULT_THRESHOLDS)

interface Example {
  name: string
  changes?: Partial<LightTarget>
  reports?: LightReport[]
  asOf: string
  light: Light
  late?: boolean
}

const EXAMPLES: Example[] = [
  { name: 'nothing reported, nothing due', asOf: '2024-02-01', light: 'unreported' },
  { name: 'on course', reports: [report('2024-12-31', 80)], asOf: '2025-01-01', light: 'normal' },
  {
    name: 'exactly 10 points below is not behind',
    changes: { startOn: '2024-01-01', deadline: '2024-04-10' },
    reports: [report('2024-02-20', 78)],
    asOf: '2024-02-20',
    light: 'normal',
  },
  {
    name: 'more than 10 points below',
    changes: { startOn: '2024-01-01', deadline: '2024-04-10' },
    reports: [report('2024-02-20', 77.9)],
    asOf: '2024-02-20',
    light: 'behind',
  },
  { name: '31 days before the deadline', reports: [report('2025-11-30', 89)], asOf: '2025-11-30', light: 'normal' },
  { name: '30 days before the deadline', reports: [report('2025-11-30', 89)], asOf: '2025-12-01', light: 'due_soon' },
  { name: 'behind goes before due soon', reports: [report('2025-11-30', 75)], asOf: '2025-12-15', light: 'behind' },
  { name: 'due soon goes before unreported', asOf: '2025-12-15', light: 'due_soon' },
  { name: 'on the last day not overdue', reports: [report('2025-12-30', 89)], asOf: '2025-12-31', light: 'due_soon' },
  { name: 'overdue from the day after', reports: [report('2025-12-30', 89)], asOf: '2026-01-01', light: 'overdue' },
  { name: 'overdue without any report', asOf: '2026-01-01', light: 'overdue' },
  {
    name: 'no deadline is never overdue',
    changes: { deadline: null },
    reports: [report('2024-06-30', 1)],
    asOf: '2036-01-01',
    light: 'normal',
  },
  { name: 'no deadline and no report', changes: { deadline: null }, asOf: '2036-01-01', light: 'unreported' },
  { name: 'met in time', reports: [report('2025-12-31', 90)], asOf: '2026-06-01', light: 'done', late: false },
  {
    name: 'met too late',
    reports: [report('2025-12-31', 89), report('2026-01-01', 90)],
    asOf: '2026-06-01',
    light: 'done',
    late: true,
  },
  {
    name: 'met before, as it was known before',
    reports: [report('2025-12-31', 89), report('2026-01-31', 90)],
    asOf: '2026-01-15',
    light: 'overdue',
  },
  {
    name: 'met once and lost again',
    reports: [report('2025-06-30', 91), report('2025-11-30', 89)],
    asOf: '2025-11-30',
    light: 'normal',
  },
  {
    name: 'kept since before the deadline stays in time',
    reports: [report('2025-06-30', 91), report('2026-06-30', 92)],
    asOf: '2026-07-01',
    light: 'done',
    late: false,
  },
  {
    name: 'reports in any order',
    reports: [report('2026-01-01', 90), report('2025-12-31', 89)],
    asOf: '2026-06-01',
    light: 'done',
    late: true,
  },
  {
    name: 'zero reported for zero wanted',
    changes: { op: '<=', value: 0, baselineValue: 12 },
    reports: [report('2024-06-30', 0)],
    asOf: '2024-07-01',
    light: 'done',
    late: false,
  },
  {
    name: 'zero is a report',
    changes: { baselineValue: null, startOn: '2024-06-01' },
    reports: [report('2024-06-30', 0)],
    asOf: '2024-07-01',
    light: 'normal',
  },
  {
    name: 'falling target on course',
    changes: { op: '<=', value: 10, baselineValue: 20 },
    reports: [report('2024-12-31', 15)],
    asOf: '2024-12-31',
    light: 'normal',
  },
  {
    name: 'falling target that rises',
    changes: { op: '<=', value: 10, baselineValue: 20 },
    reports: [report('2024-12-31', 21)],
    asOf: '2024-12-31',
    light: 'behind',
  },
  {
    name: 'monthly report missing',
    changes: { reportFrequency: 'monthly' },
    reports: [report('2024-04-30', 80)],
    asOf: '2024-06-10',
    light: 'behind',
  },
  {
    name: 'monthly report missing, but still in the days of grace',
    changes: { reportFrequency: 'monthly' },
    reports: [report('2024-04-30', 80)],
    asOf: '2024-06-09',
    light: 'normal',
  },
  {
    name: 'first report due and missing',
    changes: { reportFrequency: 'monthly' },
    asOf: '2024-02-10',
    light: 'behind',
  },
  {
    name: 'no report owed for the time before 交办',
    changes: { reportFrequency: 'monthly', reportsFrom: '2024-03-05' },
    asOf: '2024-03-20',
    light: 'unreported',
  },
  {
    name: 'milestone said done',
    changes: { kind: 'milestone', op: null, value: null, baselineValue: null },
    reports: [report('2025-12-31', null, true)],
    asOf: '2026-01-01',
    light: 'done',
    late: false,
  },
  {
    name: 'milestone said done late',
    changes: { kind: 'milestone', op: null, value: null, baselineValue: null },
    reports: [report('2026-01-02', null, true)],
    asOf: '2026-01-03',
    light: 'done',
    late: true,
  },
  {
    name: 'milestone reported in words',
    changes: { kind: 'milestone', op: null, value: null, baselineValue: null },
    reports: [report('2024-12-31', null, false)],
    asOf: '2025-01-01',
    light: 'normal',
  },
  {
    name: 'stages of a milestone behind',
    changes: { kind: 'milestone', op: null, value: null, baselineValue: null, stages: 20 },
    reports: [report('2024-12-31', null, false)],
    asOf: '2025-01-01',
    light: 'behind',
  },
  {
    name: '办结 by the supervisor',
    changes: { kind: 'duty', op: null, value: null, baselineValue: null, deadline: null, metOn: '2025-03-01' },
    asOf: '2025-03-01',
    light: 'done',
    late: false,
  },
  {
    name: '办结 is not known before',
    changes: { kind: 'duty', op: null, value: null, baselineValue: null, deadline: null, metOn: '2025-03-01' },
    asOf: '2025-02-28',
    light: 'unreported',
  },
]

describe('the published rule of lights', () => {
  test.each(EXAMPLES)('$name: $light', ({ changes, reports, asOf, light: expected, late }) => {
    const result = light(changes ?? {}, reports ?? [], asOf)
    expect(result.light).toBe(expected)
    if (late !== undefined) expect(result.late).toBe(late)
  })

  test('of two reports with one date the later given counts', () => {
    expect(light({}, [report('2025-06-30', 95), report('2025-06-30', 80)], '2025-07-01').value).toBe(80)
  })
  test('thresholds are settings', () => {
    const reports = [report('2025-11-01', 89)]
    expect(lightOf(target, reports, '2025-11-01', { ...DEFAULT_THRESHOLDS, dueSoonDays: 60 }).light).toBe('due_soon')
    expect(
      lightOf(target, reports, '2025-11-01', { ...DEFAULT_THRESHOLDS, behindPoints: -5, dueSoonDays: 0 }).light,
    ).toBe('behind')
  })
  test('tells value, date, progress and expectation beside the light', () => {
    expect(light({}, [report('2024-12-31', 80)], '2025-01-01')).toEqual({
      light: 'normal',
      late: false,
      progress: 50,
      expected: 50.14,
      value: 80,
      valueAsOf: '2024-12-31',
      missingBaseline: false,
    })
  })

  const day = fc
    .integer({ min: 0, max: 1500 })
    .map((n) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10))
  const reports = fc.array(
    fc.record({ unitId: fc.constant(1), asOf: day, value: fc.integer({ min: 0, max: 120 }), done: fc.constant(null) }),
    {
      maxLength: 8,
    },
  )
  test('later reports are not known: cutting them off changes nothing', () => {
    fc.assert(
      fc.property(reports, day, (list, asOf) => {
        expect(light({}, list, asOf)).toEqual(
          light(
            {},
            list.filter((r) => r.asOf <= asOf),
            asOf,
          ),
        )
      }),
    )
  })
  test('done exactly when the last known report meets it; overdue exactly when it does not after the deadline', () => {
    fc.assert(
      fc.property(reports, day, (list, asOf) => {
        const result = light({ reportFrequency: 'monthly' }, list, asOf)
        const met = result.value !== null && result.value >= 90
        expect(result.light === 'done').toBe(met)
        expect(result.light === 'overdue').toBe(!met && asOf > '2025-12-31')
        if (result.late) expect(result.light).toBe('done')
      }),
    )
  })
})

describe('each unit a line of its own (各单位分别填报)', () => {
  const of = (unitId: number, asOf: string, value: number): LightReport => ({ unitId, asOf, value, done: null })
  const each: Partial<LightTarget> = { eachUnits: [1, 2] }
  const both = [of(1, '2024-12-31', 91), of(2, '2024-12-31', 79)]
  test.each([
    ['done only when all are', both, '2025-01-01', 'normal', 79],
    ['done', [...both, of(2, '2025-03-31', 90)], '2025-04-01', 'done', 90],
    ['one that reported nothing counts', [of(1, '2024-12-31', 91)], '2025-01-01', 'unreported', null],
    ['overdue by one', both, '2026-01-01', 'overdue', 79],
  ] as const)('%s', (_name, reports, asOf, is, value) => {
    expect(light(each, [...reports], asOf)).toMatchObject({ light: is, value })
  })
  test('late where one was late', () => {
    const reports = [of(1, '2024-12-31', 91), of(2, '2026-02-01', 95)]
    expect(light(each, reports, '2026-02-02')).toMatchObject({ light: 'done', late: true })
  })
  test('a report of one does not serve the other', () => {
    const monthly: Partial<LightTarget> = { ...each, reportFrequency: 'monthly', reportsFrom: '2024-01-01' }
    expect(light(monthly, [of(1, '2024-06-30', 80), of(2, '2024-03-31', 80)], '2024-07-12').light).toBe('behind')
    expect(light({ ...monthly, eachUnits: [] }, [of(1, '2024-06-30', 80)], '2024-07-12').light).toBe('normal')
  })
})

describe('the words of the lights', () => {
  test('are one title and one rule for each', () => {
    expect(new Set(LIGHTS.map((one) => LIGHT_TITLES[one])).size).toBe(LIGHTS.length)
    expect(new Set(LIGHTS.map((one) => lightRule(one, DEFAULT_THRESHOLDS))).size).toBe(LIGHTS.length)
    expect(LIGHTS.map((one) => lightTitle(one))).toEqual(['逾期', '滞后', '临期', '正常', '已完成', '未报'])
    expect([lightTitle('done', true), lightTitle('overdue', true)]).toEqual(['逾期完成', '逾期'])
  })

  const number = (text: string) => Number(/\d+(?:\.\d+)?/.exec(text)![0])
  const limits = fc.record({
    behindPoints: fc.integer({ min: 1, max: 60 }),
    dueSoonDays: fc.integer({ min: 1, max: 300 }),
    reportGraceDays: fc.constant(10),
  })

  test('say the days by which the rule goes: 临期 begins on just that day', () => {
    fc.assert(
      fc.property(limits, (set) => {
        const days = number(lightRule('due_soon', set))
        const on = (asOf: string) =>
          lightOf(target, [report('2024-01-02', 89)], asOf, { ...set, behindPoints: 20 }).light
        expect([on(addDays(target.deadline!, -days)), on(addDays(target.deadline!, -days - 1))]).toEqual([
          'due_soon',
          'normal',
        ])
      }),
    )
  })

  test('say the points by which the rule goes: 滞后 is what lies further behind', () => {
    fc.assert(
      fc.property(limits, (set) => {
        const points = number(lightRule('behind', set))
        // 序时 is 100 % on the last day, and a per cent of the way from 70 to 90 is 0.2
        const at = (behind: number) =>
          lightOf(target, [report('2025-12-01', 70 + 0.2 * (100 - behind))], target.deadline!, set).light
        expect([at(points + 0.5), at(points - 0.5)]).toEqual(['behind', 'due_soon'])
      }),
    )
  })

  test('a change is for the worse, for the better or neither', () => {
    expect([
      senseOf('normal', 'overdue'),
      senseOf('behind', 'done'),
      senseOf('unreported', 'normal'),
      senseOf('none', 'behind'),
    ]).toEqual([-1, 1, 0, -1])
  })

  test('add up', () => {
    const lights = { ...noLights(), overdue: 1, due_soon: 4, normal: 5, unreported: 6, done: { onTime: 3, late: 2 } }
    expect(flatCounts(lights).done).toBe(5)
    expect(totalOf(flatCounts(lights))).toBe(21)
  })
})
