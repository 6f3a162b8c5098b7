import { describe, expect, it } from 'vitest'
import type { ReportStatus } from '../../db/domain/report-terms.ts'
import { alongLine, type CountedReport, countedPoints, countedReports, partAtGaps } from '../../db/domain/trajectory.ts'

let last = 0
const report = (
  asOf: string,
  value: number | null,
  status: ReportStatus = 'approved',
  decidedAt: string | null = null,
  more: Partial<CountedReport> = {},
): CountedReport => ({ id: ++last, asOf, value, status, source: 'unit', decidedAt, correctsId: null, ...more })

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
      alongLine(line, '2024-12-31'),
      alongLine(line, '2025-01-06'),
      alongLine(line, '2025-01-16'),
      alongLine(line, '2026-01-01'),
    ]).toEqual([null, 5, 25, 40])
    expect(alongLine([], '2025-01-01')).toBeNull()
  })
})

describe('reports that count', () => {
  it('are the approved ones up to the day, the oldest first, of one day the last decided at the end', () => {
    const reports = [
      report('2025-06-30', 2, 'approved', '2025-07-09'),
      report('2025-06-30', 1, 'approved', '2025-07-02'),
      report('2025-09-30', 3, 'returned', '2025-10-02'),
      report('2026-06-30', 4, 'approved', '2026-07-02'),
      report('2025-08-31', 5, 'approved', '2025-09-01'),
    ]
    expect(countedReports(reports, '2026-01-01').map(({ value }) => value)).toEqual([1, 2, 5])
  })

  it("leave out the statistics office's values and what an approved report corrects", () => {
    const wrong = report('2025-06-30', 1)
    const open = report('2025-07-31', 2)
    const reports = [
      wrong,
      open,
      report('2025-06-30', 7, 'approved', '2025-08-01', { source: 'statistics' }),
      report('2025-06-30', 3, 'approved', '2025-07-09', { correctsId: wrong.id }),
      report('2025-07-31', 4, 'submitted', null, { correctsId: open.id }),
    ]
    expect(countedPoints(reports, '2026-01-01')).toEqual([
      { on: '2025-06-30', value: 3 },
      { on: '2025-07-31', value: 2 },
    ])
  })
})
