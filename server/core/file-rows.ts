import { eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, files, formerHeads, importJobs, rereads } from '../../db/schema/index.ts'
import { deletePlaces } from './file-places.ts'
import { LARGE_FILE_BYTES, unindexDocuments } from './search-index.ts'

/**
 * Removes a file with its documents, places, index entries and proposed readings, in the caller's transaction. Its jobs stay
 * and say that the import was undone. Targets of its documents must be gone already: a foreign key refuses otherwise.
 * @returns the hash of its original, which the caller removes from the disk after the transaction
 */
export function removeFileRows(tx: Db, fileId: number): string {
  const file = tx.select().from(files).where(eq(files.id, fileId)).get()!
  const mine = tx.select().from(documents).where(eq(documents.fileId, fileId)).all()
  tx.update(importJobs)
    .set({ fileId: null, message: `《${file.name}》的这次导入后来被撤销。` })
    .where(eq(importJobs.fileId, fileId))
    .run()
  tx.delete(rereads).where(eq(rereads.fileId, fileId)).run()
  const ids = mine.map(({ id }) => id)
  tx.delete(formerHeads).where(inArray(formerHeads.documentId, ids)).run()
  // The triggers take documents of small files out of the index themselves.
  if (file.size > LARGE_FILE_BYTES) unindexDocuments(tx, file.rawText, mine)
  tx.delete(documents).where(eq(documents.fileId, fileId)).run()
  deletePlaces(tx, fileId)
  tx.delete(files).where(eq(files.id, fileId)).run()
  return file.sha256
}
