import ExcelJS from 'exceljs'
import { neutralise } from '../csv.ts'

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
  const book = new ExcelJS.Workbook()
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
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
