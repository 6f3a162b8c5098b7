import { describe, expect, it } from 'vitest'
import { readSources } from '../../seeds/build.ts'
import { goalValue } from '../../seeds/build/results/plan.ts'
import { lightToday } from '../../seeds/build/results/track.ts'
import { loadSeeds } from '../../seeds/load.ts'
import { matchTargets, overlap } from '../../seeds/match.ts'

const seeds = loadSeeds()
const notes = readSources().flatMap((s) => s.notes)
const labelOf = (n: (typeof notes)[number]) =>
  n.kind === 'quantity' ? n.indicator : n.kind === 'milestone' ? n.task : n.clause
const candidates = notes.map((n) => ({
  document: n.doc,
  kind: n.kind,
  indicator: labelOf(n),
  deadline: n.deadline,
  value: goalValue(n),
}))

describe('the lights of the demo today', () => {
  const found = matchTargets(
    seeds.tracks.map((t) => t.target),
    candidates,
  )

  it('are those of the published rule', () => {
    seeds.tracks.forEach((track, i) => {
      const note = notes[found[i] ?? -1]
      if (!note) throw new Error(`no annotation for ${track.target.indicator}`)
      if (!track.expected) return
      const { light, late } = lightToday(track, { note })
      expect({ light, late }, `${track.target.document} ${track.target.indicator}`).toEqual(track.expected)
    })
  })

  it.each(['done', 'overdue', 'behind', 'due_soon', 'normal', 'unreported'])('%s is seen', (light) => {
    expect(seeds.tracks.filter((t) => t.expected?.light === light).length).toBeGreaterThanOrEqual(3)
  })

  it('tell late from on time, and one is set by hand with its reason', () => {
    expect(seeds.tracks.filter((t) => t.expected?.light === 'done' && t.expected.late).length).toBeGreaterThan(5)
    expect(seeds.tracks.filter((t) => t.manualLight !== null)).toHaveLength(1)
  })

  it('stand beside everything else that happens in an office', () => {
    const reports = seeds.tracks.flatMap((t) => t.reports)
    for (const status of ['approved', 'returned', 'withdrawn', 'submitted'] as const)
      expect(
        reports.some((r) => r.status === status),
        status,
      ).toBe(true)
    expect(reports.some((r) => r.source === 'statistics')).toBe(true)
    expect(reports.some((r) => r.corrects !== null)).toBe(true)
    const requests = seeds.tracks.flatMap((t) => t.requests)
    for (const status of ['asked', 'granted', 'refused', 'withdrawn'] as const)
      expect(
        requests.some((r) => r.status === status),
        status,
      ).toBe(true)
    for (const color of ['blue', 'yellow', 'red'] as const)
      expect(
        seeds.tracks.some((t) => t.orders.some((o) => o.color === color)),
        color,
      ).toBe(true)
    for (const status of ['open', 'rectified', 'closed'] as const)
      expect(
        seeds.tracks.some((t) => t.problems.some((p) => p.status === status)),
        status,
      ).toBe(true)
    for (const kind of ['year', 'unit', 'stage'] as const)
      expect(
        seeds.tracks.some((t) => t.parts.some((p) => p.kind === kind)),
        kind,
      ).toBe(true)
    for (const t of seeds.tracks) {
      const sum = t.rollUp === 'sum' ? t.parts.filter((p) => p.kind === 'unit') : []
      if (sum.length > 0) expect(sum.reduce((s, p) => s + (p.value ?? 0), 0)).toBeCloseTo(t.target.value ?? NaN, 3)
    }
  })
})

describe('finding the target of a track', () => {
  const ref = {
    document: '甲〔2026〕1号',
    kind: 'quantity' as const,
    indicator: '建成标准厂房',
    deadline: '2026-12-31',
    value: 60,
  }
  const candidate = {
    document: '甲〔2026〕1号',
    kind: 'quantity' as const,
    indicator: '建成标准厂房',
    deadline: '2026-12-31',
    value: 60,
  }

  it('bears small differences of the indicator and a missing deadline', () => {
    expect(matchTargets([ref], [{ ...candidate, indicator: '标准厂房', deadline: null }])).toEqual([0])
  })
  it('never takes another document, kind or value', () => {
    expect(
      matchTargets(
        [ref],
        [
          { ...candidate, document: '乙〔2026〕1号' },
          { ...candidate, value: 61 },
          { ...candidate, kind: 'milestone' as const },
        ],
      ),
    ).toEqual([null])
  })
  it('takes nothing that is called otherwise', () => {
    expect(matchTargets([ref], [{ ...candidate, indicator: '新增就业' }])).toEqual([null])
  })
  it('bears a name of which only the end is left, when document, value and deadline are the same', () => {
    const long = { ...ref, indicator: '高新区二期工程建成标准厂房' }
    expect(matchTargets([long], [{ ...candidate, indicator: '建成标准厂房' }])).toEqual([0])
    expect(matchTargets([long], [{ ...candidate, indicator: '标准厂房', deadline: null }])).toEqual([null])
  })
  it('gives each candidate away once, the best first', () => {
    const other = { ...ref, deadline: '2025-12-31' }
    expect(matchTargets([ref, other], [{ ...candidate, deadline: '2025-12-31' }, candidate])).toEqual([1, 0])
    expect(matchTargets([ref, ref], [candidate])).toEqual([0, null])
  })
  it('finds every track in the annotations', () => {
    const found = matchTargets(
      seeds.tracks.map((t) => t.target),
      candidates,
    )
    expect(found.filter((i) => i === null)).toEqual([])
    expect(new Set(found).size).toBe(found.length)
  })
  it('measures letter pairs', () => {
    expect(overlap('森林覆盖率', '森林覆盖率')).toBe(1)
    expect(overlap('森林覆盖率', '覆盖率')).toBeCloseTo((2 * 2) / 6)
    expect(overlap('甲', '乙')).toBe(0)
  })
})
