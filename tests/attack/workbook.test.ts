import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COLUMNS, HEAD_ROW, SHEET } from '../../server/reports/template.ts'
import { multipart } from '../server/reports/multipart.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'
import { longestPause, printFigures } from './figures.ts'
import { CHANGED_WORKBOOKS, withSheet } from './workbooks.ts'

/** The server may stand still for so long at most while a workbook is read, in milliseconds; the machine of the tests is busy. */
const LONGEST_PAUSE = 1_000

let office: Office
let filled: Buffer
beforeAll(async () => {
  office = await buildOffice()
  await office.signedTarget()
  const response = await office.get('reporter', '/api/reports/template?asOf=2026-06-30')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(response.rawPayload as never)
  const column = COLUMNS.findIndex(({ key }) => key === 'value') + 1
  book
    .getWorksheet(SHEET)!
    .getRow(HEAD_ROW + 1)
    .getCell(column).value = 58
  filled = Buffer.from(await book.xlsx.writeBuffer())
})
afterAll(() => office.close())

const upload = (bytes: Buffer) =>
  office.injectAs('reporter', {
    method: 'POST',
    url: '/api/reports/import',
    ...multipart([{ name: '填报.xlsx', bytes }]),
  })

it.each(CHANGED_WORKBOOKS)(
  'a workbook with $name is read or refused, and nobody waits for it',
  async ({ name, change, added, honest }) => {
    const bytes = await withSheet(filled, change, added)
    const started = performance.now()
    const { result, pause } = await longestPause(() => upload(bytes))
    printFigures(name, {
      bytes: bytes.length,
      ms: Math.round(performance.now() - started),
      pause,
      status: result.statusCode,
    })
    expect(pause).toBeLessThan(LONGEST_PAUSE)
    if (honest) expect(result.json().rows[0], result.body).toMatchObject({ row: HEAD_ROW + 1 })
    else expect(result.statusCode, result.body.slice(0, 500)).toBe(422)
    expect(result.body).not.toContain('系统出错')
  },
)

it('a good workbook is read after all of these', async () => {
  const answer = (await upload(filled)).json()
  expect(answer.rows).toHaveLength(1)
})
