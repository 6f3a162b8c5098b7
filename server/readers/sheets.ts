import type * as Xlsx from '@e965/xlsx'
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'
import { decodeText } from './text.ts'
import { refusePassword } from './odf-password.ts'
import { decoderOfOldBook } from './old-workbooks.ts'
import { DEFAULT_LIMITS, type MergedCell, readContext, ReadError, type ReadLimits } from './types.ts'
import { checkUnpackedSize, openPackage } from './zip.ts'

/** A cell as people see it, and what it holds. */
export interface SheetCell {
  /** As the sheet shows it; a date as 2025年12月31日. Lines of a cell are parted by `\n`. */
  text: string
  /** Where it holds a number; 0.95 is shown as 95% where its format says so. */
  number: number | null
  /** Where it holds a day: yyyy-mm-dd. */
  date: string | null
  merged: MergedCell
}

export interface SheetRow {
  /** As the sheet counts, from 1. */
  number: number
  /** By column from A; null where a cell is empty. */
  cells: (SheetCell | null)[]
}

/** A sheet that is not hidden; rows without a word are left out. */
export interface Sheet {
  name: string
  rows: SheetRow[]
  /** Whether there are more rows or columns than are read. */
  isCut: boolean
}

/** What is read of one sheet at most; a ledger of a province has some thousands of rows. */
const MAX_ROWS = 20_000
const MAX_COLUMNS = 256
const MAX_SHEETS = 100
/** Merged areas of one sheet, and the rows that one may fill. */
const MAX_MERGES = 50_000
const MAX_MERGED_ROWS = 2000
/** Cells of all sheets together. */
const MAX_CELLS = 1_000_000

/**
 * The sheets of a spreadsheet (xlsx, xlsm, xls, et, ods, csv): typed cells with merged areas filled in, formulas by the
 * values that were stored with them. Nothing is computed and nothing outside is opened. What is said of a sheet (rows
 * numbered by the hundred million, areas over all of it) is not believed: only cells that hold something are walked.
 * @param bytes the file
 * @param fileName for messages; `.csv` and `.tsv` are read as text
 * @param limits of its parts once unpacked
 * @throws {ReadError} encrypted, broken, too-large or unpacks-too-large, with a Chinese message that names the file
 */
export async function readSheets(
  bytes: Uint8Array,
  fileName: string,
  limits: Readonly<ReadLimits> = DEFAULT_LIMITS,
): Promise<Sheet[]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const isOle = bytes[0] === 0xd0 && bytes[1] === 0xcf
  if (isZip) {
    await checkUnpackedSize({ bytes, fileName }, limits)
    await refusePassword(await openPackage({ bytes, fileName }, readContext({ fileName, limits })), fileName)
  }
  // Loaded with the first spreadsheet: the library is large.
  const xlsx = await import('@e965/xlsx')
  const options = {
    dense: true,
    sheetRows: MAX_ROWS + 1,
    cellNF: true,
    cellFormula: false,
    cellHTML: false,
    bookVBA: false,
  } as const
  let book: WorkBook
  let decode: Reading['decode']
  try {
    decode = isOle ? decoderOfOldBook(bytes, xlsx.CFB) : (text) => text
    book =
      isZip || isOle
        ? xlsx.read(bytes, { type: 'array', ...options })
        : // Values of a text are text: 1-2 is no day, 007 no number.
          xlsx.read(decodeText({ bytes, fileName }), { type: 'string', raw: true, ...options })
  } catch (error) {
    if (error instanceof ReadError) throw error
    if (error instanceof Error && /password|encrypt/i.test(error.message))
      throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
    throw new ReadError('broken', fileName, '已损坏，无法打开，请用 Excel 或 WPS 打开并另存为 xlsx 后再导入。')
  }
  const reading: Reading = {
    fileName,
    left: MAX_CELLS,
    formats: xlsx.SSF,
    date1904: book.Workbook?.WBProps?.date1904 === true,
    decode,
  }
  return book.SheetNames.slice(0, MAX_SHEETS).flatMap((name, i) => {
    const sheet = book.Sheets[name]
    const isHidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0
    return sheet === undefined || isHidden ? [] : [sheetOf(reading.decode(name), sheet, reading)]
  })
}

/** A workbook that is being read. */
interface Reading {
  fileName: string
  /** Cells that may still be read. */
  left: number
  formats: typeof Xlsx.SSF
  /** Whether its days are counted from 1904, as workbooks that were begun on a Macintosh do, and not from 1900. */
  date1904: boolean
  /** Gives text as it is meant. */
  decode: (text: string) => string
}

function sheetOf(name: string, sheet: WorkSheet, reading: Reading): Sheet {
  const data = (sheet as { '!data'?: (CellObject | undefined)[][] })['!data'] ?? []
  const rows = new Map<number, (SheetCell | null)[]>()
  let isCut = (sheet as { '!fullref'?: string })['!fullref'] !== undefined
  // Rows and cells that are not there are not visited.
  data.forEach((cells, row) => {
    if (row >= MAX_ROWS) {
      isCut = true
      return
    }
    cells.forEach((cell, column) => {
      if (column >= MAX_COLUMNS) {
        isCut = true
        return
      }
      const read = cell === undefined ? null : cellOf(cell, reading)
      if (read === null) return
      if (--reading.left < 0)
        throw new ReadError('too-large', reading.fileName, '的单元格过多（超过 100 万），请拆分后再导入。')
      const own = rows.get(row) ?? []
      own[column] = read
      rows.set(row, own)
    })
  })
  const lastRow = Math.max(-1, ...lastKeys(rows))
  for (const { s, e } of (sheet['!merges'] ?? []).slice(0, MAX_MERGES)) {
    const first = rows.get(s.r)?.[s.c]
    if (!first) continue
    first.merged = 'first'
    // No further down than the sheet has words: an area over the whole sheet is a frame, not a cell.
    for (let row = s.r; row <= Math.min(e.r, lastRow, s.r + MAX_MERGED_ROWS); row++) {
      const own = rows.get(row)
      if (own === undefined) continue
      for (let column = s.c; column <= Math.min(e.c, MAX_COLUMNS - 1); column++) {
        if (row === s.r && column === s.c) continue
        own[column] = { ...first, merged: column === s.c ? 'below' : 'beside' }
      }
    }
  }
  return {
    name,
    rows: [...rows]
      .sort(([a], [b]) => a - b)
      .map(([row, cells]) => ({ number: row + 1, cells: Array.from(cells, (cell) => cell ?? null) })),
    isCut,
  }
}

function* lastKeys(rows: ReadonlyMap<number, unknown>): Generator<number> {
  let last = -1
  for (const row of rows.keys()) last = Math.max(last, row)
  yield last
}

/** A cell with something in it; null for an empty one and for an error such as #REF!. */
function cellOf(cell: CellObject, reading: Reading): SheetCell | null {
  const { t, v } = cell
  if (v === undefined || v === null || t === 'e' || t === 'z') return null
  if (t === 'n' && typeof v === 'number') {
    const format = typeof cell.z === 'string' ? cell.z : ''
    if (format !== '' && reading.formats.is_date(format)) {
      const date = dateOf(v, format, reading)
      if (date !== null) return { ...date, number: null, merged: null }
    }
    return { text: shown(cell, v, reading.decode), number: v, date: null, merged: null }
  }
  if (v instanceof Date) {
    const date = v.toISOString().slice(0, 10)
    return { text: inWords(date), number: null, date, merged: null }
  }
  const text = (typeof v === 'boolean' ? (v ? '是' : '否') : reading.decode(String(v)))
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\f\v\u00A0]/g, ' ')
    .trim()
  return text === '' ? null : { text, number: null, date: null, merged: null }
}

/** A number as the sheet shows it: rounded, with its percent sign, without the blanks that align it. */
function shown(cell: CellObject, value: number, decode: Reading['decode']): string {
  const text = typeof cell.w === 'string' ? decode(cell.w).replace(/\s+/g, ' ').trim() : ''
  // A format may hide a number or write it as a bare sign; a text without a digit says nothing.
  return /\d/.test(text) ? text : String(value)
}

/** A day by its number, where the format shows one; a time of day is a number like any other. */
function dateOf(value: number, format: string, { formats, date1904 }: Reading): { date: string; text: string } | null {
  const parsed = formats.parse_date_code(value, { date1904 }) as { y: number; m: number; d: number } | null
  if (!parsed || parsed.y < 1950 || parsed.y > 2200) return null
  const date = [parsed.y, String(parsed.m).padStart(2, '0'), String(parsed.d).padStart(2, '0')].join('-')
  // Words in quotes and colours in brackets are no part of the pattern.
  const pattern = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
  return { date, text: inWords(date, /y/i.test(pattern), /d/i.test(pattern)) }
}

function inWords(date: string, hasYear = true, hasDay = true): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${hasYear ? `${year}年` : ''}${month}月${hasDay ? `${day}日` : ''}`
}
