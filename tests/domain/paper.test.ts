import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulletinPaper } from '../../db/domain/bulletin-paper.ts'
import { figureRuns, layOut, linesOf, type PaperTable, widthOf } from '../../db/domain/paper-table.ts'

const column = (title: string, align: 'left' | 'center' = 'center') => ({ title, align })

describe('tables on paper', () => {
  const narrow: PaperTable = {
    columns: [column('序号'), column('事项', 'left'), column('最新进展')],
    rows: [
      [['10'], '城市生活垃圾回收利用率', ['62.7%', '（2026-06-30）']],
      [['11'], '万人发明专利拥有量', ['1234567.89万元', '（2026-06-30）']],
    ],
  }

  it('gives every column room for what may not break', () => {
    const laid = layOut(narrow)
    expect(laid.landscape).toBe(false)
    expect(laid.widths[0]!).toBeGreaterThanOrEqual(widthOf('10'))
    expect(laid.widths[2]!).toBeGreaterThanOrEqual(widthOf('1234567.89万元'))
    expect(laid.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })

  it('turns the paper where the columns would be pressed too much', () => {
    const wide = { ...narrow, columns: [...narrow.columns, column('责任单位', 'left'), column('依据', 'left')] }
    const long = '霁川市人力资源和社会保障局、霁川市财政局、霁川市教育局'
    const laid = layOut({ ...wide, rows: narrow.rows.map((row) => [...row, long, long]) })
    expect(laid.landscape).toBe(true)
  })

  it('never makes a column narrower than its widest piece while the paper has room', () => {
    const piece = fc.string({ unit: fc.constantFrom('年', '5', '%', '项'), minLength: 1, maxLength: 8 })
    const cell = fc.oneof(piece, fc.array(piece, { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const laid = layOut({ columns: narrow.columns, rows })
        for (const row of rows)
          row.forEach((one, i) => {
            if (typeof one === 'string') return
            for (const part of one) expect(widthOf(part)).toBeLessThanOrEqual(laid.widths[i]! + 1e-9)
            expect(linesOf(one, laid.widths[i]!).join('')).toBe(one.join(''))
          })
      }),
    )
  })

  it('keeps a figure with its unit together, and the text as it was', () => {
    expect(
      figureRuns('其中已完成15项，占62.7%；截至2026年6月30日，2026-07-10前报。').filter(({ whole }) => whole),
    ).toEqual(['15项', '62.7%', '2026年', '6月', '30日', '2026-07-10'].map((text) => ({ text, whole: true })))
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          figureRuns(text)
            .map((run) => run.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})

describe('通报 on paper', () => {
  const item = (id: number) => ({
    id,
    kind: 'quantity',
    indicator: '污水处理率',
    op: '>=',
    value: 95,
    valueHigh: null,
    unit: '%',
    measure: 'level',
    per: null,
    deadline: '2026-05-31',
    units: [] as string[],
    late: false,
    since: '2026-06-01',
    reported: null as { value: number | null; asOf: string } | null,
  })
  const bulletin = (overdue: ReturnType<typeof item>[]) => ({
    title: '关于2026年6月督查事项完成情况的通报',
    number: '督查通报〔2026〕6号',
    office: '霁川市人民政府督查室',
    issuedBy: { displayName: '李明' },
    words: { opening: '', completed: '', overdue: '', ranking: '', closing: '' },
    figures: { units: [], completed: [], overdue, ranking: [] },
  })

  it('says who has to be named, and never a report in words as a value', () => {
    const paper = bulletinPaper(
      bulletin([item(1), { ...item(2), units: ['市水利局'], reported: { value: null, asOf: '2026-05-31' } }]),
    )
    expect(paper.annexes).toHaveLength(1)
    expect(paper.annexes[0]).toMatchObject({ mark: '附件', title: '逾期事项清单', size: '2项', targetIds: [1, 2] })
    expect(paper.annexes[0]!.table.rows).toEqual([
      [['1'], '污水处理率', ['不低于', '95%'], ['2026-05-31'], ['未填报'], '待明确', ['2026-06-01']],
      [
        ['2'],
        '污水处理率',
        ['不低于', '95%'],
        ['2026-05-31'],
        ['已报进展', '\n（2026-05-31）'],
        '市水利局',
        ['2026-06-01'],
      ],
    ])
  })

  it('has a 目录 only where it is long', () => {
    expect(bulletinPaper(bulletin([item(1)])).contents).toBe(false)
    expect(bulletinPaper(bulletin(Array.from({ length: 80 }, (_, i) => item(i)))).contents).toBe(true)
  })
})
