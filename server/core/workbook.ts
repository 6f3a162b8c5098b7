import type ExcelJS from 'exceljs'
import { widthOf } from '../../db/domain/paper-table.ts'
import { neutralise } from '../csv.ts'
import { newWorkbook } from './new-workbook.ts'

export type Cell = string | number | null

/** One sheet: its columns and its rows. */
export interface Sheet {
  name: string
  columns: { title: string; width: number }[]
  rows: Iterable<Cell[]>
  /** Lines above the head, such as a formula or a date. */
  notes?: string[]
}

/** Rows written before other requests get their turn. */
const CHUNK = 500

/**
 * An xlsx of one or more sheets. Every text goes in as text, with what a spreadsheet would run as a formula neutralised.
 * Heads are bold and stay in view.
 */
export async function workbook(sheets: Sheet[]): Promise<Buffer> {
  const book = await newWorkbook()
  book.creator = '政标'
  for (const { name, columns, rows, notes = [] } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: notes.length + 1 }] })
    columns.forEach((column, i) => {
      sheet.getColumn(i + 1).width = column.width
    })
    for (const note of notes) sheet.addRow([neutralise(note)]).font = { italic: true }
    sheet.addRow(columns.map((c) => c.title)).font = { bold: true }
    let written = 0
    for (const row of rows) {
      sheet.addRow(row.map((cell) => (typeof cell === 'string' ? neutralise(cell) : cell)))
      if (++written % CHUNK === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    setUpPrint(sheet, notes.length + 1, columns.length)
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** Widths of all columns, in characters, from which a sheet is printed lying across. */
const UPRIGHT_WIDTH = 95
const MARGINS = { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 }
const RULE = { style: 'thin', color: { argb: 'FF7F7F7F' } } as const

/**
 * How the sheet comes out of the printer: A4, as wide as the paper, across where it is wide, the head again on each page,
 * rules around the cells, and the number of the page below. Long texts break inside their column; lines above the head
 * span the table.
 * @param head row of the column titles, from 1
 */
export function setUpPrint(sheet: ExcelJS.Worksheet, head: number, columns: number): void {
  const widths = Array.from({ length: columns }, (_, i) => sheet.getColumn(i + 1).width ?? 9)
  const total = widths.reduce((sum, width) => sum + width, 0)
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation: total > UPRIGHT_WIDTH ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    printTitlesRow: `${head}:${head}`,
    margins: MARGINS,
  }
  sheet.headerFooter.oddFooter = '&C第 &P 页，共 &N 页'
  sheet.eachRow((row, at) => {
    if (at < head) {
      if (columns > 1) sheet.mergeCells(at, 1, at, columns)
      row.getCell(1).alignment = { wrapText: true, vertical: 'top' }
      row.height = LINE * linesFor(String(row.getCell(1).value ?? ''), total)
      return
    }
    let lines = 1
    for (let i = 1; i <= columns; i++) {
      const cell = row.getCell(i)
      lines = Math.max(lines, linesFor(String(cell.value ?? ''), (widths[i - 1] ?? 9) - 1))
      cell.border = { top: RULE, left: RULE, bottom: RULE, right: RULE }
      const words = typeof cell.value === 'string' && at > head
      cell.alignment = { wrapText: true, vertical: 'middle', horizontal: words ? 'left' : 'center' }
    }
    row.height = LINE * lines + 3
  })
}

/** Height of a line, in points. */
const LINE = 15

/** Lines that a text takes over so many columns of width one: a Chinese character takes two. */
const linesFor = (text: string, width: number) => Math.max(1, Math.ceil((widthOf(text) * 2) / width))

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
