import { describe, expect, it } from 'vitest'
import { evidencePieces } from '../../web/src/domain/evidence.ts'
import { axisEnds, gauge } from '../../web/src/domain/gauge.ts'

describe('the axis of a chart', () => {
  it.each([
    [[87.2, 95, 91], 86, 96],
    [[12, 60], 0, 60],
    [[0.004, 0.009], 0, 0.01],
    [[-3, 4], -4, 4],
    [[1_200, 1_210], 1_200, 1_210],
    [[0], 0, 0.5],
  ])('of %j goes from %d to %d', (values, min, max) => {
    expect(axisEnds(values)).toEqual({ min, max })
  })

  it('holds every value between round ends', () => {
    for (const values of [
      [85.98, 99.1, 88],
      [0, 0],
      [7, 7],
      [-0.02, 13_000],
    ]) {
      const ends = axisEnds(values)!
      expect(ends.min).toBeLessThanOrEqual(Math.min(...values))
      expect(ends.max).toBeGreaterThanOrEqual(Math.max(...values))
      expect(ends.max).toBeGreaterThan(ends.min)
    }
    expect(axisEnds([])).toBeNull()
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
