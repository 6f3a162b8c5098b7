import { describe, expect, test } from 'vitest'
import { amountOf, sameUnit, sameValue } from './amount.ts'
import { match } from './match.ts'
import { mistakes, table } from './report.ts'
import { score } from './score.ts'
import { ratesOf } from './tally.ts'
import type { GoldDuty, GoldMilestone, GoldQuantity, PredictedQuantity } from './types.ts'

describe('amounts', () => {
  test.each([
    [1.2, '万亩', [12000], '亩'],
    [3, '亿', [3e8], ''],
    [2, '万亿元', [2e12], '元'],
    [215, '万千瓦', [2_150_000], '千瓦'],
    [600, '千瓦', [600], '千瓦'],
    [3, '个百分点', [3], '百分点'],
    [5, '％', [5], '%'],
    [[1, 2], '千 米', [1, 2], '千米'],
    [0.6, '', [0.6], ''],
  ] as const)('%j %s', (value, unit, values, rest) => expect(amountOf(value, unit)).toEqual({ values, unit: rest }))

  test('a magnitude may stand in the number or in the unit', () =>
    expect(sameValue({ value: 1000, unit: '亿元' }, { value: 1e11, unit: '元' })).toBe(true))
  test('a range is not its lower end', () =>
    expect(sameValue({ value: [1, 2], unit: '家' }, { value: 1, unit: '家' })).toBe(false))
  test('a unit may say more', () => expect(sameUnit({ value: 1, unit: '张床位' }, { value: 1, unit: '张' })).toBe(true))
  test('no unit is not any unit', () => expect(sameUnit({ value: 1, unit: '' }, { value: 1, unit: '个' })).toBe(false))
})

describe('matching', () => {
  const at = (line: number, name: string) => ({ line, name })
  test('prefers the nearer line, then the more alike name, and gives each away once', () => {
    const golds = [at(3, '森林覆盖率'), at(4, '城镇化率')]
    const founds = [at(4, '城镇化率'), at(4, '森林覆盖率'), at(9, '城镇化率')]
    const { pairs, missed, extra } = match(golds, founds, 2, () => true)
    expect(pairs).toContainEqual([golds[1], founds[0]])
    expect(pairs).toContainEqual([golds[0], founds[1]])
    expect([missed, extra]).toEqual([[], [founds[2]]])
  })
  test('does not reach further than it may', () =>
    expect(match([at(1, 'a')], [at(3, 'a')], 1, () => true).pairs).toEqual([]))
})

describe('rates', () => {
  test('of nothing are zero', () =>
    expect(ratesOf({ gold: 0, predicted: 0, hit: 0 })).toMatchObject({ precision: 0, recall: 0, f1: 0 }))
  test('F1 is the harmonic mean', () =>
    expect(ratesOf({ gold: 4, predicted: 2, hit: 2 })).toMatchObject({ precision: 1, recall: 0.5, f1: 2 / 3 }))
})

describe('a text', () => {
  const raw = '一\n到2025年，森林覆盖率达到40%。\n三\n'
  const units = { lead: ['市林业局'], responsible: [], support: [] }
  const quantity: GoldQuantity = {
    kind: 'quantity',
    line: 2,
    doc: 'x',
    indicator: '森林覆盖率',
    op: '>=',
    value: 40,
    unit: '%',
    measure: 'level',
    per: null,
    deadline: '2025-12-31',
    deadline_basis: 'explicit',
    baseline: null,
    optional: false,
    ...units,
  }
  const found: PredictedQuantity = { ...quantity, start: 15 }
  const milestone: GoldMilestone = {
    kind: 'milestone',
    line: 2,
    doc: 'x',
    task: '建成',
    deadline: '2025-12-31',
    optional: true,
    ...units,
  }
  const duty: GoldDuty = {
    kind: 'duty',
    line: 3,
    doc: 'x',
    clause: '三',
    lead: ['市林业局'],
    responsible: ['市财政局'],
    support: [],
  }
  const of = (
    gold: (GoldQuantity | GoldMilestone | GoldDuty)[],
    targets: PredictedQuantity[],
    duties = [{ clause: '三', start: raw.indexOf('三'), lead: ['市林业局等'] }],
  ) =>
    score([
      { name: 't', raw, gold: [{ kind: 'range', doc: 'x', from: 1, to: 3 }, ...gold], prediction: { targets, duties } },
    ])

  test('found right counts in full', () => {
    const { figures } = of([quantity, milestone, duty], [found])
    expect(figures.quantity.f1).toBe(1)
    expect(figures.full.f1).toBe(1)
    expect(figures.milestone).toMatchObject({ gold: 0, predicted: 0 })
    expect(figures.dutyUnits).toMatchObject({ gold: 2, predicted: 1, hit: 1 })
  })

  test.each([
    ['op', { op: '<=' }],
    ['unit', { unit: '‰' }],
    ['measure', { measure: 'growth' }],
    ['deadline', { deadline: null }],
    ['indicator', { indicator: '湿地保护面积' }],
    ['units', { lead: [] }],
  ] as const)('a wrong %s spoils the full tuple only', (attribute, change) => {
    const { figures, attributes, findings } = of([quantity, duty], [{ ...found, ...change } as PredictedQuantity])
    expect([figures.quantity.hit, figures.full.hit]).toEqual([1, 0])
    expect(attributes[attribute]).toMatchObject({ ok: 0, of: 1 })
    expect(findings.wrong[0]?.attributes).toEqual([attribute])
  })

  test('a deadline that only the document implies may be left out', () => {
    expect(of([{ ...quantity, deadline_basis: 'document' }], [{ ...found, deadline: null }]).figures.full.hit).toBe(1)
  })

  test('an optional item costs and earns nothing', () => {
    expect(of([{ ...quantity, optional: true }], []).figures.quantity).toMatchObject({ gold: 0, predicted: 0 })
    expect(of([{ ...quantity, optional: true }], [found]).figures.quantity).toMatchObject({ gold: 0, predicted: 0 })
  })

  test('findings outside the annotated lines do not count', () => {
    const outside = { ...found, start: raw.length }
    expect(of([quantity], [found, outside]).figures.quantity).toMatchObject({ predicted: 1 })
  })

  test('the report names file, line and both readings', () => {
    const result = of([quantity, duty], [{ ...found, deadline: null }], [])
    expect(table(result)).toContain('full tuple')
    expect(mistakes(result, 5)).toContain('t:3 duty 三')
    expect(mistakes(result, 5)).toContain('t:2 deadline')
  })
})
