import { describe, expect, it } from 'vitest'
import { checkBreakdown, type Part, rollUpStages, rollUpUnits } from '../../db/domain/breakdown.ts'

const part = (label: string, rest: Partial<Part> = {}): Part => ({
  label,
  unitId: null,
  dueOn: null,
  value: null,
  weight: null,
  reached: null,
  ...rest,
})
const whole = { op: '>=' as const, value: 100, unit: '公里', deadline: '2026-12-31', startOn: '2024-01-01' }

describe('分解 by unit', () => {
  const three = [part('甲县', { value: 33.3 }), part('乙县', { value: 33.3 }), part('丙县', { value: 33.4 })]

  it('takes decimals that add up to the whole', () => {
    expect(checkBreakdown('unit', 'sum', three, whole)).toEqual([])
  })
  it('lets the parts promise more for "at least" and not less', () => {
    expect(checkBreakdown('unit', 'sum', [...three, part('丁县', { value: 1 })], whole)).toEqual([])
    expect(checkBreakdown('unit', 'sum', three.slice(0, 2), whole)[0]?.text).toContain('合计为66.6')
  })
  it('lets the parts promise less for "at most" and not more', () => {
    const most = { ...whole, op: '<=' as const }
    expect(checkBreakdown('unit', 'sum', three.slice(0, 2), most)).toEqual([])
    expect(checkBreakdown('unit', 'sum', [...three, part('丁县', { value: 1 })], most)).toHaveLength(1)
  })
  it('checks an average, and nothing where told so', () => {
    expect(
      checkBreakdown('unit', 'average', [part('甲县', { value: 90 }), part('乙县', { value: 110 })], whole),
    ).toEqual([])
    expect(
      checkBreakdown('unit', 'average', [part('甲县', { value: 90 }), part('乙县', { value: 100 })], whole),
    ).toHaveLength(1)
    expect(checkBreakdown('unit', 'worst', [part('甲县', { value: 1 })], whole)).toEqual([])
  })
  it('names the row that lacks a value, and takes 0 for one', () => {
    expect(checkBreakdown('unit', 'sum', [part('甲县', { value: 100 }), part('乙县')], whole)).toEqual([
      { row: 2, text: '“乙县”缺少分解值' },
    ])
    expect(checkBreakdown('unit', 'sum', [part('甲县', { value: 100 }), part('乙县', { value: 0 })], whole)).toEqual([])
  })
})

describe('分解 by year and stage', () => {
  it('wants years in order, towards the target, and the last one to reach it', () => {
    const years = [
      part('2025年', { dueOn: '2025-12-31', value: 60 }),
      part('2026年', { dueOn: '2026-12-31', value: 100 }),
    ]
    expect(checkBreakdown('year', 'worst', years, whole)).toEqual([])
    expect(checkBreakdown('year', 'worst', [...years].reverse(), whole).length).toBeGreaterThan(0)
    expect(checkBreakdown('year', 'worst', [years[0]!, { ...years[1]!, value: 90 }], whole)[0]?.text).toContain(
      '未达到总目标100公里',
    )
    expect(
      checkBreakdown('year', 'worst', [part('2027年', { dueOn: '2027-12-31', value: 100 })], whole)[0]?.text,
    ).toContain('晚于总时限')
  })
  it('wants weights of 100 in all', () => {
    expect(
      checkBreakdown('stage', 'worst', [part('路基', { weight: 70 }), part('桥梁', { weight: 30 })], whole),
    ).toEqual([])
    expect(checkBreakdown('stage', 'worst', [part('路基', { weight: 70 })], whole)[0]?.text).toContain('70')
    expect(
      checkBreakdown('stage', 'worst', [part('路基', { weight: 100 }), part('路基', { weight: 0 })], whole).length,
    ).toBe(2)
  })
})

describe('roll-up', () => {
  it('weighs stages, counting an untold one as nothing', () => {
    expect(rollUpStages([part('路基', { weight: 70, reached: 50 }), part('桥梁', { weight: 30 })])).toEqual({
      value: 35,
      unit: 'percent',
      reported: 1,
      parts: 2,
    })
  })
  it('adds units up as they come, and waits for all of them before it says an average', () => {
    const told = [part('甲县', { reached: 0 }), part('乙县', { reached: 10 })]
    expect(rollUpUnits('sum', [...told, part('丙县')])?.value).toBe(10)
    expect(rollUpUnits('average', [...told, part('丙县')])?.value).toBeNull()
    expect(rollUpUnits('average', told)?.value).toBe(5)
  })
  it('says nothing of 0 as if it were untold', () => {
    expect(rollUpUnits('sum', [part('甲县', { reached: 0 })])).toMatchObject({ value: 0, reported: 1 })
  })
})
