import { sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'

/** Documents of larger files are indexed here instead of by the triggers of migrations 0003 and 0014. */
export const LARGE_FILE_BYTES = 1_000_000

/** What the view documents_search takes out of a text. */
const BLANKS = /[\r\n\f \u3000]/g

const OUTSIDE_BASIC_PLANE = /[\uD800-\uDFFF]/

/** A document as it stands in the database. */
interface IndexedDocument {
  id: number
  title: string
  number: string | null
  start: number
  end: number
}

/**
 * Puts documents of a large file into the full-text index, with the very words the view `documents_search` has for them,
 * because the index is emptied by the same words when a document goes.
 */
export function indexDocuments(tx: Db, text: string, documents: readonly IndexedDocument[]): void {
  // The view counts code points, which are not UTF-16 units here: SQLite cuts such a rare text itself.
  const byView = OUTSIDE_BASIC_PLANE.test(text)
  for (const { id, title, number, start, end } of documents) {
    tx.run(
      byView
        ? sql`insert into documents_fts (rowid, title, number, body) select id, title, number, body from documents_search where id = ${id}`
        : sql`insert into documents_fts (rowid, title, number, body) values (${id}, ${title}, ${number ?? ''}, ${bodyOf(text, start, end)})`,
    )
  }
}

/** Takes documents of a large file out of the index; to be called before their rows or the text of their file change. */
export function unindexDocuments(tx: Db, text: string, documents: readonly IndexedDocument[]): void {
  const byView = OUTSIDE_BASIC_PLANE.test(text)
  for (const { id, title, number, start, end } of documents) {
    tx.run(
      byView
        ? sql`insert into documents_fts (documents_fts, rowid, title, number, body) select 'delete', id, title, number, body from documents_search where id = ${id}`
        : sql`insert into documents_fts (documents_fts, rowid, title, number, body) values ('delete', ${id}, ${title}, ${number ?? ''}, ${bodyOf(text, start, end)})`,
    )
  }
}

const bodyOf = (text: string, start: number, end: number): string => text.slice(start, end).replace(BLANKS, '')
