import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reports } from '../../../db/schema/index.ts'
import { COLUMNS, type ColumnKey, HEAD_ROW, SHEET } from '../../../server/reports/template.ts'
import { buildOffice, type Office } from '../supervision/office.ts'
import { multipart } from './multipart.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

const column = (key: ColumnKey) => COLUMNS.findIndex((c) => c.key === key) + 1

async function template() {
  const response = await office.get('reporter', '/api/reports/template?asOf=2026-06-30')
  expect(response.statusCode).toBe(200)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(response.rawPayload as never)
  return { book, sheet: book.getWorksheet(SHEET)! }
}
type Rows = Partial<Record<ColumnKey, ExcelJS.CellValue>>[]
/** Fills the rows of the template in their order. */
async function filled(rows: Rows) {
  const { book, sheet } = await template()
  rows.forEach((cells, i) => {
    for (const [key, value] of Object.entries(cells))
      sheet.getRow(HEAD_ROW + 1 + i).getCell(column(key as ColumnKey)).value = value
  })
  return Buffer.from(await book.xlsx.writeBuffer())
}
const upload = async (bytes: Buffer, query = '') =>
  office.injectAs('reporter', {
    method: 'POST',
    url: `/api/reports/import${query}`,
    ...multipart([{ name: '填报.xlsx', bytes }]),
  })
const stored = () =>
  office.db
    .select()
    .from(reports)
    .all()
    .map((r) => [r.targetId, r.value, r.done, r.asOf, r.status])

describe('the template', () => {
  it("holds the unit's own targets and nothing that would run as a formula", async () => {
    const a = await office.signedTarget({ indicator: '=1+1' })
    const other = office.addTarget({}, [{ role: 'lead', name: '乙局' }])
    await office.done('supervisor', other, 'accept')
    await office.done('supervisor', other, 'assign')
    const { sheet } = await template()
    expect(sheet.rowCount).toBe(HEAD_ROW + 1)
    const row = sheet.getRow(HEAD_ROW + 1)
    expect([
      row.getCell(column('id')).value,
      row.getCell(column('indicator')).value,
      row.getCell(column('target')).value,
      row.getCell(column('asOf')).value,
    ]).toEqual([a, `'=1+1`, '不低于60%', '2026-06-30'])
  })
})

describe('the import', () => {
  it('submits every row: numbers, numbers as text, dates, milestones; 0 is a value', async () => {
    const a = await office.signedTarget()
    const b = await office.signedTarget({ value: 2000, unit: '公里', baselineValue: null })
    const c = await office.signedTarget({
      kind: 'milestone',
      op: null,
      value: null,
      unit: null,
      measure: null,
      baselineValue: null,
    })
    const d = await office.signedTarget({ op: '<=', value: 0, unit: '起', baselineValue: null })
    await office.signedTarget()
    const response = await upload(
      await filled([
        { value: 58.5 },
        { value: '1,234.5', asOf: new Date('2026-06-29T00:00:00.000Z') },
        { done: '是', note: '已开通' },
        { value: 0 },
      ]),
    )
    expect(response.json()).toMatchObject({ stored: true, ok: 4, warnings: 0, errors: 0 })
    expect(stored()).toEqual([
      [a, 58.5, null, '2026-06-30', 'submitted'],
      [b, 1234.5, null, '2026-06-29', 'submitted'],
      [c, null, true, '2026-06-30', 'submitted'],
      [d, 0, null, '2026-06-30', 'submitted'],
    ])
    expect(office.target(a).state).toBe('reported')
  })

  it('stores nothing where one row is wrong, and says row by row what is', async () => {
    const ids = [
      await office.signedTarget(),
      await office.signedTarget(),
      await office.signedTarget(),
      await office.signedTarget(),
      await office.signedTarget(),
    ]
    const bytes = await filled([
      { value: 58 },
      { value: '五十' },
      { value: 58, asOf: '2026-07-01' },
      { value: 58, unit: '万亩' },
      { value: 58, check: 'Z0000000' },
    ])
    const result = (await upload(bytes)).json()
    expect(result).toMatchObject({ stored: false, ok: 1, errors: 4 })
    expect(
      result.rows.map((r: { row: number; targetId: number; status: string; messages: string[] }) => [
        r.row,
        r.targetId,
        r.status,
        r.messages[0],
      ]),
    ).toEqual([
      [4, ids[0], 'ok', undefined],
      [5, ids[1], 'error', '完成值“五十”不是数值'],
      [6, ids[2], 'error', '数据截止日期2026-07-01晚于今天'],
      [7, ids[3], 'error', '计量单位“万亩”与目标的“%”不同，请换算后填写'],
      [8, ids[4], 'error', '校验码与编号不符，该行可能被移动或改动，请重新下载模板'],
    ])
    expect(stored()).toEqual([])
    expect(office.target(ids[0]!).state).toBe('signed')
    expect((await upload(bytes, '?partial=true')).json()).toMatchObject({ stored: true, ok: 1 })
    expect(stored()).toEqual([[ids[0], 58, null, '2026-06-30', 'submitted']])
  })

  it('asks about doubtful values and takes them when confirmed', async () => {
    const id = await office.signedTarget()
    const bytes = await filled([{ value: 0.58 }])
    expect((await upload(bytes)).json()).toMatchObject({
      stored: false,
      warnings: 1,
      rows: [{ status: 'warning', reportId: null }],
    })
    expect(stored()).toEqual([])
    expect((await upload(bytes, '?confirm=true')).json()).toMatchObject({ stored: true, ok: 1 })
    expect(stored()).toEqual([[id, 0.58, null, '2026-06-30', 'submitted']])
  })

  it('cannot write to the targets of another unit with a made-up row', async () => {
    await office.signedTarget()
    const other = office.addTarget({}, [{ role: 'lead', name: '乙局' }])
    await office.done('supervisor', other, 'accept')
    await office.done('supervisor', other, 'assign')
    await office.done('otherReporter', other, 'sign')
    const { checkCode } = await import('../../../server/reports/check-code.ts')
    const result = (
      await upload(await filled([{ id: other, check: checkCode(other, '森林覆盖率'), value: 58 }]))
    ).json()
    expect(result).toMatchObject({ stored: false, errors: 1 })
    expect(stored()).toEqual([])
  })

  it('tells nothing of a target that the unit may not see, whatever the check code', async () => {
    await office.signedTarget()
    const other = office.addTarget({ indicator: '不为人知的事项' }, [{ role: 'lead', name: '乙局' }])
    const unassigned = office.addTarget({ indicator: '尚未交办的事项' })
    const unknown = { check: 'Z0000000', value: 58 }
    const rows = await Promise.all(
      [other, unassigned, 999_999, 1.5, 1e300].map(
        async (id) => (await upload(await filled([{ id, ...unknown }]))).json().rows[0],
      ),
    )
    for (const row of rows) expect(row).toEqual({ ...rows[2], row: HEAD_ROW + 1 })
    expect(rows[0]).toMatchObject({ targetId: null, indicator: null })
  })

  it('refuses a number that nobody can count with, by its row', async () => {
    await office.signedTarget()
    for (const value of [1e300, '9'.repeat(400), -1e16])
      expect((await upload(await filled([{ value }]))).json().rows[0].messages).toEqual([
        '完成值过大，请核对或换用更大的计量单位',
      ])
  })

  it('refuses what is no template', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('别的').addRow(['x'])
    expect((await upload(Buffer.from(await book.xlsx.writeBuffer()))).json().code).toBe('wrong-template')
    expect((await upload(Buffer.from('no zip'))).statusCode).toBe(422)
    await office.signedTarget()
    expect((await upload(await filled([]))).json().detail).toContain('没有填写任何数据')
    expect((await office.get('supervisor', '/api/reports/template')).statusCode).toBe(403)
  })
})
