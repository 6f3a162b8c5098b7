import { describe, expect, it } from 'vitest'
import { evidencePieces } from '../../web/src/domain/evidence.ts'
import { gauge } from '../../web/src/domain/gauge.ts'
import { countedPoints, countedReports, expectedOn, partAtGaps } from '../../web/src/domain/trajectory.ts'

const report = (asOf: string, value: number | null, status = 'approved', decidedAt: string | null = null) => ({
  asOf,
  value,
  status,
  decidedAt,
})

describe('the points of a trajectory', () => {
  it('are the approved values up to the day; 0 is one of them, null is not', () => {
    const reports = [
      report('2025-06-30', 0),
      report('2025-03-31', null),
      report('2025-09-30', 5, 'submitted'),
      report('2026-03-31', 9),
      report('2025-12-31', 7),
    ]
    expect(countedPoints(reports, '2025-12-31')).toEqual([
      { on: '2025-06-30', value: 0 },
      { on: '2025-12-31', value: 7 },
    ])
  })

  it('take the value that was decided last where a day has two', () => {
    expect(
      countedPoints(
        [report('2025-06-30', 4, 'approved', '2025-07-09'), report('2025-06-30', 3, 'approved', '2025-07-02')],
        '2026-01-01',
      ),
    ).toEqual([{ on: '2025-06-30', value: 4 }])
  })

  it('break off where a due report is missing, with a bridge across', () => {
    const points = [
      { on: '2025-03-31', value: 1 },
      { on: '2025-06-30', value: 2 },
      { on: '2025-12-31', value: 4 },
    ]
    expect(partAtGaps(points, 'quarterly')).toEqual({
      solid: [
        ['2025-03-31', 1],
        ['2025-06-30', 2],
        ['2025-12-31', null],
        ['2025-12-31', 4],
      ],
      bridge: [
        ['2025-06-30', 2],
        ['2025-12-31', 4],
        ['2025-12-31', null],
      ],
    })
    expect(partAtGaps(points, null).bridge).toEqual([])
  })

  it('are measured against the straight line between its corners', () => {
    const line = [
      { on: '2025-01-01', value: 0 },
      { on: '2025-01-11', value: 10 },
      { on: '2025-01-21', value: 40 },
    ]
    expect([
      expectedOn(line, '2024-12-31'),
      expectedOn(line, '2025-01-06'),
      expectedOn(line, '2025-01-16'),
      expectedOn(line, '2026-01-01'),
    ]).toEqual([null, 5, 25, 40])
    expect(expectedOn([], '2025-01-01')).toBeNull()
  })
})

describe('reports that count', () => {
  it('are the approved ones up to the day, the newest first, of one day the last decided', () => {
    const reports = [
      { asOf: '2025-06-30', value: null, status: 'approved', decidedAt: '2025-07-02', n: 1 },
      { asOf: '2025-06-30', value: null, status: 'approved', decidedAt: '2025-07-09', n: 2 },
      { asOf: '2025-09-30', value: null, status: 'returned', decidedAt: '2025-10-02', n: 3 },
      { asOf: '2026-06-30', value: null, status: 'approved', decidedAt: '2026-07-02', n: 4 },
      { asOf: '2025-08-31', value: null, status: 'approved', decidedAt: '2025-09-01', n: 5 },
    ]
    expect(countedReports(reports, '2026-01-01').map(({ n }) => n)).toEqual([5, 2, 1])
  })
})

describe('the gauge', () => {
  it('is met to the right of a lower limit and to the left of an upper one', () => {
    const atLeast = gauge('>=', 30, null, [24, 8])
    expect(atLeast.zone[0]).toBe(30)
    expect(atLeast.zone[1]).toBe(atLeast.max)
    const atMost = gauge('<=', 0, null, [2])
    expect(atMost.zone).toEqual([0, 0])
    expect(atMost.at(2)).toBeGreaterThan(atMost.at(0))
  })

  it('is a band for 约 and 区间', () => {
    expect(gauge('~', 100, null, []).zone).toEqual([95, 105])
    expect(gauge('range', 6, 7, []).zone).toEqual([6, 7])
  })

  it('has an axis even where target, baseline and value are one', () => {
    for (const value of [0, 5, -3]) {
      const scale = gauge('>=', value, null, [value, value])
      expect(scale.max).toBeGreaterThan(scale.min)
      expect(Number.isFinite(scale.at(value))).toBe(true)
    }
  })
})

it('cuts the evidence at the words of each field', () => {
  const pieces = evidencePieces('到2027年占比达到30%以上。', {
    deadline: { words: '到2027年' },
    value: { words: '30%' },
    op: { words: '30%以上' },
    lead: { words: '市教育局' },
    unit: { words: '' },
  })
  expect(pieces).toEqual([
    { text: '到2027年', fields: ['deadline'] },
    { text: '占比达到', fields: [] },
    { text: '30%', fields: ['value', 'op'] },
    { text: '以上', fields: ['op'] },
    { text: '。', fields: [] },
  ])
})
