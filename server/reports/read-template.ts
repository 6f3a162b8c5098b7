import type ExcelJS from 'exceljs'
import { checkUnpackedSize } from '../readers/zip.ts'
import { ReadError } from '../readers/types.ts'
import { sheetsOutOfBounds } from './sheet-bounds.ts'
import { COLUMNS, type ColumnKey, HEAD_ROW, SHEET } from './template.ts'
import { newWorkbook } from '../core/new-workbook.ts'

/** Most rows of one import. */
const MAX_ROWS = 2000

/** Characters of a cell that are kept; a spreadsheet holds no more in one. */
const MAX_CELL = 32_767

/** A row of the template in which something has been filled in; `row` is the number that the spreadsheet shows. */
export interface FilledRow {
  row: number
  cells: Record<ColumnKey, string | number | null>
}

/** The filled rows of a template, or why it is none. */
export type ReadTemplate = { rows: FilledRow[] } | { code: string; message: string }

/**
 * Parts of a sheet that say nothing about what was filled in. Each is laid out cell by cell when it is read, and one
 * that covers a whole sheet, as people make them too, has 17 thousand million cells.
 */
const IGNORED = [
  'autoFilter',
  'cols',
  'colBreaks',
  'conditionalFormatting',
  'dataValidations',
  'drawing',
  'extLst',
  'hyperlinks',
  'legacyDrawing',
  'mergeCells',
  'picture',
  'rowBreaks',
  'tableParts',
]

/** Reads a filled template. To be called in a process with limits: the bytes come from anybody. */
export async function readTemplate(bytes: Buffer, fileName: string): Promise<ReadTemplate> {
  const wrong = (detail: string) => ({ code: 'wrong-template', message: `《${fileName}》${detail}` })
  const book = await newWorkbook()
  try {
    await checkUnpackedSize({ bytes, fileName })
    const outOfBounds = await sheetsOutOfBounds(bytes)
    if (outOfBounds !== null) return wrong(outOfBounds)
    await book.xlsx.load(bytes as never, { ignoreNodes: IGNORED })
  } catch (error) {
    if (error instanceof ReadError) return { code: error.code, message: error.message }
    return wrong('不能作为 xlsx 打开，请使用本系统导出的模板。')
  }
  const sheet = book.getWorksheet(SHEET)
  const heads = COLUMNS.map((column, i) => [column.title, plain(sheet?.getRow(HEAD_ROW).getCell(i + 1).value)])
  if (!sheet || heads.some(([title, found]) => title !== found))
    return wrong('的工作表或列与模板不一致，请重新下载模板后填写。')
  const rows: FilledRow[] = []
  // Only rows that are there: asking for one by its number makes it.
  sheet.eachRow((line, row) => {
    if (row <= HEAD_ROW || rows.length > MAX_ROWS) return
    const cells = Object.fromEntries(
      COLUMNS.map((c, i) => [c.key, plain(line.getCell(i + 1).value)]),
    ) as FilledRow['cells']
    if (cells.value !== null || (cells.done !== null && cells.done !== '')) rows.push({ row, cells })
  })
  if (rows.length === 0) return wrong('没有填写任何数据。')
  if (rows.length > MAX_ROWS) return wrong(`超过${MAX_ROWS}行，请分批导入。`)
  return { rows }
}

/** Plain value of a cell: dates as YYYY-MM-DD, a formula by its result, rich text by its text, numbers kept in text stay text. */
function plain(value: ExcelJS.CellValue | undefined): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value
  if (typeof value === 'string') return value.trim() === '' ? null : numberOf(value.trim().slice(0, MAX_CELL))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '日期有误' : value.toISOString().slice(0, 10)
  if (typeof value === 'object' && 'result' in value) return plain(value.result as ExcelJS.CellValue)
  if (typeof value === 'object' && 'richText' in value) return plain(value.richText.map((part) => part.text).join(''))
  if (typeof value === 'object' && 'text' in value) return plain(value.text as ExcelJS.CellValue)
  return String(value)
}

/** People type numbers as text, with thousands in commas; a number so written is one. */
const numberOf = (text: string): string | number =>
  /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : text
