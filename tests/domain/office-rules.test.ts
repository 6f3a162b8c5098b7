import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../server/rules/numbering.ts'
import {
  corrected,
  DEFAULT_FORMULA,
  formulaText,
  rank,
  rankingGroups,
  type RankingInput,
  scoreWords,
} from '../../db/domain/ranking.ts'
import { quoted, remindersOf, type ReminderSubject } from '../../server/rules/reminders.ts'
import { addDays } from '../../db/domain/dates.ts'
import { similarity } from '../../db/domain/similarity.ts'

describe('numbering', () => {
  it('fills in year and running number', () => {
    expect(formatNumber('政督〔{year}〕{n}号', 2026, 12)).toBe('政督〔2026〕12号')
    expect(formatNumber('DC-{n}-{year}', 2026, 7)).toBe('DC-7-2026')
  })
})

describe('ranking', () => {
  const lights = { doneOnTime: 0, doneLate: 0, normal: 0, due_soon: 0, behind: 0, overdue: 0, unreported: 0 }
  const events = { urge: 0, returned: 0, lateSignature: 0, yellowOrder: 0, redOrder: 0 }
  /** Without a least number of items, which other examples are about. */
  const ANY_NUMBER = { ...DEFAULT_FORMULA, leastItems: 1 }
  const unit = (
    unitId: number,
    l: Partial<typeof lights>,
    e: Partial<typeof events> = {},
    group: string | null = null,
  ): RankingInput => ({
    unitId,
    name: `单位${unitId}`,
    group,
    lights: { ...lights, ...l },
    events: { ...events, ...e },
  })

  it('ranks with ties and leaves out units without counted targets', () => {
    const rows = rank(
      [
        unit(1, { overdue: 1 }),
        unit(2, { normal: 2 }),
        unit(3, { doneOnTime: 1 }),
        unit(4, { unreported: 3 }),
        unit(5, { behind: 1, normal: 1 }),
      ],
      ANY_NUMBER,
    )
    expect(rows.map((r) => [r.unitId, r.rank, r.score])).toEqual([
      [2, 1, 100],
      [3, 1, 100],
      [5, 3, 80],
      [1, 4, 0],
    ])
  })
  it('takes points off and never falls under 0', () => {
    expect(rank([unit(1, { normal: 1 }, { redOrder: 1, urge: 3 })], DEFAULT_FORMULA)[0]).toMatchObject({
      base: 100,
      minus: 3.5,
      score: 96.5,
    })
    expect(rank([unit(1, { overdue: 1 }, { redOrder: 9 })], DEFAULT_FORMULA)[0]?.score).toBe(0)
  })
  it('ranks each group apart, and gives no rank to a unit with fewer items than asked for', () => {
    const rows = rank(
      [
        unit(3, { behind: 4 }, {}, '市直部门'),
        unit(4, { normal: 2 }, {}, '市直部门'),
        unit(1, { normal: 5 }, {}, '县区'),
        unit(2, { behind: 5 }, {}, '县区'),
        unit(5, { overdue: 3 }),
        unit(6, { doneOnTime: 3 }),
      ],
      DEFAULT_FORMULA,
    )
    expect(rows.map((r) => [r.group, r.unitId, r.rank, r.score])).toEqual([
      ['市直部门', 3, 1, 60],
      ['市直部门', 4, null, 100],
      ['县区', 1, 1, 100],
      ['县区', 2, 2, 60],
      [null, 6, 1, 100],
      [null, 5, 2, 0],
    ])
    expect(rankingGroups(rows).map(({ title, rows: own }) => [title, own.length])).toEqual([
      ['市直部门', 2],
      ['县区', 2],
      ['其他单位', 2],
    ])
    expect(rankingGroups(rows.filter(({ group }) => group === null))[0]!.title).toBeNull()
  })
  it('tells beside a frozen ranking what 申诉 have put right, in the group alone', () => {
    const rows = rank(
      [unit(1, { normal: 3 }, {}, '县区'), unit(2, { behind: 3 }, {}, '县区'), unit(3, { behind: 3 }, {}, '市直部门')],
      DEFAULT_FORMULA,
    )
    expect(corrected(rows, new Map())).toEqual(new Map())
    expect(corrected(rows, new Map([[2, 100]]))).toEqual(new Map([[2, { score: 100, rank: 1 }]]))
    expect(corrected(rows, new Map([[1, 50]]))).toEqual(
      new Map([
        [2, { score: 60, rank: 1 }],
        [1, { score: 50, rank: 2 }],
      ]),
    )
  })
  it('says how a score came about, so that it can be reckoned again', () => {
    const [row] = rank([unit(1, { normal: 3, behind: 2 }, { urge: 2, redOrder: 1 })], DEFAULT_FORMULA)
    expect(scoreWords(row!, DEFAULT_FORMULA)).toBe('（正常100×3＋滞后60×2）÷5＝84；84－催办0.5×2－红色督办单2×1＝81')
    const [plain] = rank([unit(1, { overdue: 3 })], DEFAULT_FORMULA)
    expect(scoreWords(plain!, DEFAULT_FORMULA)).toBe('（逾期0×3）÷3＝0')
  })
  it('says its formula with every weight in it', () => {
    expect(formulaText(DEFAULT_FORMULA)).toContain('计分事项少于3项的只计分、不排名')
    expect(formulaText(DEFAULT_FORMULA)).toContain('逾期完成80分')
    expect(formulaText(DEFAULT_FORMULA)).toContain('未报事项不计入')
    expect(formulaText(DEFAULT_FORMULA)).toContain('红色督办单每件扣2分')
  })
})

it('names a target in the quotation marks of a message, with its own inside', () => {
  expect(quoted('打造“5G＋工厂”案例')).toBe('“打造‘5G＋工厂’案例”')
})

describe('reminders', () => {
  const subject: ReminderSubject = {
    id: 7,
    indicator: '森林覆盖率',
    state: 'in_progress',
    deadline: '2026-06-30',
    done: false,
    reportFrequency: null,
    startOn: '2026-01-01',
    lastAsOf: [],
    reporting: 'any',
    doneUnits: [],
    assignedOn: '2026-01-05',
    units: [
      { unitId: 1, name: '林业局', role: 'lead', signed: true },
      { unitId: 2, name: '财政局', role: 'support', signed: true },
    ],
  }
  const rules = { dueDays: [30, 7, 3], signDays: 5, graceDays: 10 }
  const keys = (s: ReminderSubject, today: string) => remindersOf(s, today, rules).map((r) => r.causeKey)

  it('reminds 30, 7 and 3 days before, and of overdue from the day after', () => {
    expect(keys(subject, '2026-05-30')).toEqual([])
    expect(keys(subject, '2026-05-31')).toEqual(['due:7:2026-06-30:30'])
    expect(keys(subject, '2026-06-23')).toEqual(['due:7:2026-06-30:7'])
    expect(keys(subject, '2026-06-30')).toEqual(['due:7:2026-06-30:3'])
    expect(keys(subject, '2026-07-01')).toEqual(['overdue:7:2026-06-30'])
    expect(remindersOf(subject, '2026-07-03', rules)[0]?.text).toContain('已逾期3天')
  })
  it('starts anew when the deadline has been extended', () => {
    expect(keys({ ...subject, deadline: '2026-07-02' }, '2026-06-30')).toEqual(['due:7:2026-07-02:3'])
  })
  it('asks for a missing report after the days of grace, and only of units that answer', () => {
    const monthly = {
      ...subject,
      reportFrequency: 'monthly' as const,
      deadline: null,
      lastAsOf: [{ unitId: 1, asOf: '2026-03-31' }],
    }
    expect(keys(monthly, '2026-05-09')).toEqual([])
    expect(keys(monthly, '2026-05-10')).toEqual(['missing:7:2026-04-30'])
    expect(remindersOf(monthly, '2026-05-10', rules)[0]?.unitIds).toEqual([1])
    expect(keys({ ...monthly, lastAsOf: [{ unitId: 1, asOf: '2026-04-01' }] }, '2026-05-10')).toEqual([])
    expect(keys({ ...monthly, assignedOn: '2026-05-01' }, '2026-05-10')).toEqual([])
  })
  it('tells the unit that has not signed', () => {
    const s = {
      ...subject,
      state: 'assigned' as const,
      deadline: null,
      units: subject.units.map((u) => ({ ...u, signed: u.unitId !== 2 })),
    }
    expect(keys(s, '2026-01-10')).toEqual([])
    expect(remindersOf(s, '2026-01-11', rules)).toMatchObject([{ causeKey: 'unsigned:7:2:2026-01-05', unitIds: [2] }])
  })
  it('gives, after any stop, nothing that an uninterrupted job would not have given, and at last the same causes', () => {
    const days = Array.from({ length: 90 }, (_, i) => addDays('2026-05-01', i))
    fc.assert(
      fc.property(fc.subarray(days), (ran) => {
        const all = new Set(days.flatMap((day) => keys(subject, day)))
        const sent = ran.flatMap((day) => keys(subject, day))
        for (const key of sent) expect(all).toContain(key)
        if (ran.at(-1) !== undefined && ran.at(-1)! > '2026-06-30') expect(sent).toContain('overdue:7:2026-06-30')
      }),
    )
  })
  it('is silent about what is done, closed or suspended', () => {
    expect(keys({ ...subject, done: true }, '2026-07-01')).toEqual([])
    for (const state of ['met', 'closed', 'suspended', 'confirmed'] as const)
      expect(keys({ ...subject, state }, '2026-07-01')).toEqual([])
  })
})

describe('likeness of texts', () => {
  it('is 1 for the same words whatever the punctuation, 0 for nothing in common, and the same both ways', () => {
    expect(similarity('森林 覆盖率', '森林覆盖率。')).toBe(1)
    expect(similarity('森林覆盖率', '污水处理')).toBe(0)
    expect(similarity('全市森林覆盖率', '森林覆盖率')).toBeCloseTo(0.8)
    expect(similarity('', '')).toBe(1)
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(similarity(a, b)).toBe(similarity(b, a))
        expect(similarity(a, b)).toBeLessThanOrEqual(1)
        expect(similarity(a, a)).toBe(1)
      }),
    )
  })
})
