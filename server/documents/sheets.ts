import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { sheetPages, sheets, type StoredRow } from '../../db/schema/index.ts'
import { notFound } from '../errors.ts'
import { ROWS_AT_ONCE } from '../core/file-places.ts'
import type { SheetPage, SheetRow, SheetSummary } from './schemas.ts'

/** The sheets of a file in its order; none where it is no spreadsheet. */
export function listSheets(db: Db, fileId: number): SheetSummary[] {
  return db
    .select()
    .from(sheets)
    .where(eq(sheets.fileId, fileId))
    .orderBy(asc(sheets.position))
    .all()
    .map(({ fileId: _fileId, ...sheet }) => ({ ...sheet, pages: Math.ceil(sheet.rows / ROWS_AT_ONCE) }))
}

/** Some hundred rows of a sheet, from the second page on with the header of the first one; 404 where there are none. */
export function sheetPage(db: Db, fileId: number, sheet: number, page: number): SheetPage {
  const rows = rowsOf(db, fileId, sheet, page)
  if (rows === null) throw notFound('工作表')
  const header = page === 1 ? [] : (rowsOf(db, fileId, sheet, 1) ?? []).filter(({ isHeader }) => isHeader)
  return { header: header.map(shownRow), rows: rows.map(shownRow) }
}

const rowsOf = (db: Db, fileId: number, sheet: number, page: number): StoredRow[] | null =>
  db
    .select({ rows: sheetPages.rows })
    .from(sheetPages)
    .where(and(eq(sheetPages.fileId, fileId), eq(sheetPages.sheet, sheet), eq(sheetPages.page, page)))
    .get()?.rows ?? null

const shownRow = ({ number, isHeader, cells }: StoredRow): SheetRow => ({
  number,
  isHeader: isHeader ?? false,
  cells: cells.map(
    (cell) => cell && { text: cell.text, isNumber: cell.isNumber ?? false, merged: cell.merged ?? null },
  ),
})
