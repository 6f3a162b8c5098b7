import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { scannedPages, sheetPages, sheets, type StoredCell, type StoredRow } from '../../db/schema/index.ts'
import type { ReadPage, ReadResult, ReadSheet } from '../readers/types.ts'

/** Rows of a sheet that are kept, and drawn, at once. */
export const ROWS_AT_ONCE = 200

/** What reading a file tells of where its words stand on the original. */
export type ReadPlaces = Pick<ReadResult, 'text' | 'pages' | 'sheets'>

/**
 * Keeps where the words of a file's text stand on its original, in the place of what was kept before. To be called in the
 * transaction that stores the text.
 */
export function storePlaces(tx: Db, fileId: number, { text, pages = [], sheets: given = [] }: ReadPlaces): void {
  deletePlaces(tx, fileId)
  pages.forEach((page, i) => {
    if (page.scan === undefined) return
    const { number, start, scan } = page
    const end = pages[i + 1]?.start ?? text.length
    tx.insert(scannedPages)
      .values({ fileId, page: number, start, end, toPage: scan.toPage, words: words(page) })
      .run()
  })
  given.forEach((sheet, position) => storeSheet(tx, fileId, position, sheet))
}

/** To be called before the file itself is deleted. */
export function deletePlaces(tx: Db, fileId: number): void {
  for (const table of [scannedPages, sheetPages, sheets]) tx.delete(table).where(eq(table.fileId, fileId)).run()
}

const words = ({ start: from, scan }: ReadPage): number[][] =>
  scan!.words.map(({ start, end, confidence, box }) => [start - from, end - from, Math.round(confidence * 100), ...box])

function storeSheet(tx: Db, fileId: number, position: number, { name, columns, rows, isCut }: ReadSheet): void {
  tx.insert(sheets).values({ fileId, position, name, columns, rows: rows.length, isCut }).run()
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const own = rows.slice(from, from + ROWS_AT_ONCE)
    const page = from / ROWS_AT_ONCE + 1
    const [start, end] = [own[0]!.start, own.at(-1)!.end]
    tx.insert(sheetPages)
      .values({ fileId, sheet: position, page, start, end, rows: own.map(storedRow) })
      .run()
  }
}

/** A row as it is kept: what is usual is left out. */
function storedRow({ number, start, end, isHeader, cells }: ReadSheet['rows'][number]): StoredRow {
  return {
    number,
    start,
    end,
    ...(isHeader && { isHeader }),
    cells: cells.map(
      (cell): StoredCell | null =>
        cell && {
          text: cell.text,
          ...(cell.isNumber && { isNumber: true }),
          ...(cell.merged !== null && { merged: cell.merged }),
          ...(cell.place !== null && { place: [cell.place[0] - start, cell.place[1] - start] }),
        },
    ),
  }
}
