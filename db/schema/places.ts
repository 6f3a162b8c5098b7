import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { files } from './documents.ts'

/** Where words stand on the original: written with a file's text, and anew with it. All offsets count in its raw text. */

/** A page that was recognised from a picture. */
export const scannedPages = sqliteTable(
  'scanned_pages',
  {
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
    /** From 1. */
    page: integer('page').notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    /** Affine map from the boxes' pixels to shares of the page as the original shows it. */
    toPage: text('to_page', { mode: 'json' }).$type<readonly number[]>().notNull(),
    /** Start and end (from the page's start), confidence in per cent, left, top, right, bottom: a word a list. */
    words: text('words', { mode: 'json' }).$type<number[][]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.page] })],
)

/** A sheet of a spreadsheet. */
export const sheets = sqliteTable(
  'sheets',
  {
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
    /** From 0, in the order of the file. */
    position: integer('position').notNull(),
    name: text('name').notNull(),
    /** Width of each column in half-width characters. */
    columns: text('columns', { mode: 'json' }).$type<number[]>().notNull(),
    /** How many rows there are. */
    rows: integer('rows').notNull(),
    isCut: integer('is_cut', { mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.position] })],
)

/** A cell as it is drawn: its words, whether it is a number, how it is merged, and its place counted from its row's start. */
export interface StoredCell {
  text: string
  isNumber?: true
  merged?: 'first' | 'below' | 'beside'
  place?: [start: number, end: number]
}

export interface StoredRow {
  /** As the sheet counts, from 1. */
  number: number
  start: number
  end: number
  isHeader?: true
  cells: (StoredCell | null)[]
}

/** Some hundred rows of a sheet, so many as are drawn at once. */
export const sheetPages = sqliteTable(
  'sheet_pages',
  {
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
    /** Position of the sheet. */
    sheet: integer('sheet').notNull(),
    /** From 1. */
    page: integer('page').notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    rows: text('rows', { mode: 'json' }).$type<StoredRow[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.sheet, t.page] })],
)
