import { and, asc, eq, gt, lt } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { scannedPages, sheetPages, sheets, type StoredCell, type StoredRow } from '../../db/schema/index.ts'
import type { ReadPage, ReadResult, ReadSheet } from '../readers/index.ts'
import type { FilePlaces } from './schemas.ts'

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

/** Where the words from `start` to `end` of a file's text stand: boxes on scanned pages, cells of sheets. */
export function placesOf(db: Db, fileId: number, start: number, end: number): FilePlaces {
  const scans = db
    .select()
    .from(scannedPages)
    .where(and(eq(scannedPages.fileId, fileId), lt(scannedPages.start, end), gt(scannedPages.end, start)))
    .orderBy(asc(scannedPages.page))
    .all()
    .map((scan) => ({
      page: scan.page,
      toPage: [...scan.toPage],
      boxes: lineBoxes(
        scan.words
          .filter(([from, to]) => scan.start + from! < end && scan.start + to! > start)
          .map((word) => partOf(word, start - scan.start, end - scan.start)),
      ),
    }))
  const cells = db
    .select()
    .from(sheetPages)
    .where(and(eq(sheetPages.fileId, fileId), lt(sheetPages.start, end), gt(sheetPages.end, start)))
    .orderBy(asc(sheetPages.sheet), asc(sheetPages.page))
    .all()
    .flatMap(({ sheet, page, rows }) =>
      rows
        .filter((row) => row.start < end && row.end > start)
        .map((row) => ({
          sheet,
          page,
          row: row.number,
          columns: columnsWith(row, start - row.start, end - row.start),
        })),
    )
  return { scans, cells }
}

/** The columns whose words stand between two offsets of the row's line. */
const columnsWith = ({ cells }: StoredRow, start: number, end: number): number[] =>
  cells.flatMap((cell, column) => (cell?.place && cell.place[0] < end && cell.place[1] > start ? [column] : []))

/** The part of a word's box that stands for the letters between two offsets of its page. */
function partOf([from, to, , left, top, right, bottom]: number[], start: number, end: number): Box {
  const place = (at: number) =>
    left! + ((right! - left!) * (Math.min(to!, Math.max(from!, at)) - from!)) / (to! - from!)
  return [place(start), top!, place(end), bottom!]
}

type Box = [left: number, top: number, right: number, bottom: number]

/** Boxes of words that follow each other on a line as one box. */
export function lineBoxes(words: readonly Box[]): Box[] {
  const lines: Box[] = []
  for (const [left, top, right, bottom] of words) {
    const last = lines.at(-1)
    const height = bottom - top
    const onOneLine = last && Math.min(last[3], bottom) - Math.max(last[1], top) > height / 2
    if (onOneLine && left > last[0] && left - last[2] < height * 2) {
      last[1] = Math.min(last[1], top)
      last[2] = Math.max(last[2], right)
      last[3] = Math.max(last[3], bottom)
    } else lines.push([left, top, right, bottom])
  }
  return lines
}
