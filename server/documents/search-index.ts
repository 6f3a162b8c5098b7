import { sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import type { FoundDocument } from '../../extractors/types.ts'

/** Documents of larger files are indexed here instead of by the trigger of migration 0003. */
export const LARGE_FILE_BYTES = 1_000_000

/** What the view documents_search takes out of a text. */
const BLANKS = /[\r\n\f \u3000]/g

const OUTSIDE_BASIC_PLANE = /[\uD800-\uDFFF]/

/**
 * Puts the documents of a large file into the full-text index, with the very words the view `documents_search` has for
 * them, because the index is emptied by the view when a document goes.
 */
export function indexLargeFile(tx: Db, text: string, documents: readonly (FoundDocument & { id: number })[]): void {
  // The view counts code points, which are not UTF-16 units here: SQLite cuts such a rare text itself.
  const byView = OUTSIDE_BASIC_PLANE.test(text)
  for (const { id, title, number, start, end } of documents) {
    tx.run(
      byView
        ? sql`insert into documents_fts (rowid, title, number, body) select id, title, number, body from documents_search where id = ${id}`
        : sql`insert into documents_fts (rowid, title, number, body) values (${id}, ${title}, ${number ?? ''}, ${text.slice(start, end).replace(BLANKS, '')})`,
    )
  }
}
