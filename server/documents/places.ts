import { and, asc, eq, gt, lt } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { scannedPages, sheetPages, type StoredRow } from '../../db/schema/index.ts'
import type { FilePlaces } from './schemas.ts'

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
