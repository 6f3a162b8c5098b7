import { and, count, eq, inArray, ne } from 'drizzle-orm'
import type { Db, OpenDb } from '../../db/open.ts'
import { documents, files, targets, targetUnits } from '../../db/schema/index.ts'
import { forgetTargets } from '../../db/target-versions.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { removeFileRows } from '../core/file-rows.ts'
import { removeOriginal } from '../core/originals.ts'
import { notFound, wrongState } from '../errors.ts'

const ofFile = (db: Db, fileId: number) =>
  db.select({ id: documents.id }).from(documents).where(eq(documents.fileId, fileId))

/** Whether nothing that came with the file has been decided on yet: every target of it is still a candidate. */
export const isUndoable = (db: Db, fileId: number): boolean =>
  db
    .select({ id: targets.id })
    .from(targets)
    .where(and(inArray(targets.documentId, ofFile(db, fileId)), ne(targets.state, 'extracted')))
    .limit(1)
    .get() === undefined

/**
 * Takes a wrongly imported file away again, with its documents, candidates and original: one transaction, and the trail
 * keeps what it was. Only as long as every target of it is a candidate; from the first decision on the file is evidence.
 * @throws {Problem} 404, or 409 where a target has been decided on or something else hangs on one
 */
export function undoImport(
  db: OpenDb,
  dataDir: string,
  stamp: Stamp,
  fileId: number,
): { documents: number; targets: number } {
  const { sha256, counts } = inTransaction(db, (tx) => {
    const file = tx
      .select({ name: files.name, sha256: files.sha256, size: files.size })
      .from(files)
      .where(eq(files.id, fileId))
      .get()
    if (!file) throw notFound('文件')
    if (!isUndoable(tx, fileId))
      throw wrongState(`《${file.name}》中已有目标经过校核，不能再撤销导入；读得有误的目标请在校核时选择“不予立项”。`)
    const removed = removeRows(tx, fileId, file.name)
    appendAudit(tx, stamp, 'file.undo-import', 'file', fileId, { ...file, ...removed }, null)
    return { sha256: file.sha256, counts: removed }
  })
  removeOriginal(db, dataDir, sha256)
  return counts
}

function removeRows(tx: Db, fileId: number, name: string): { documents: number; targets: number } {
  const mine = ofFile(tx, fileId)
  const candidates = tx.select({ id: targets.id }).from(targets).where(inArray(targets.documentId, mine))
  const number = (table: typeof targets | typeof documents, where: ReturnType<typeof eq>) =>
    tx.select({ n: count() }).from(table).where(where).get()!.n
  const removed = {
    documents: number(documents, eq(documents.fileId, fileId)),
    targets: number(targets, inArray(targets.documentId, mine)),
  }
  try {
    forgetTargets(
      tx,
      candidates.all().map(({ id }) => id),
    )
    tx.delete(targetUnits).where(inArray(targetUnits.targetId, candidates)).run()
    tx.delete(targets).where(inArray(targets.documentId, mine)).run()
    removeFileRows(tx, fileId)
  } catch (error) {
    // Only what an import writes is removed: whatever else hangs on a candidate was put there by a person.
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
      throw wrongState(`《${name}》中的目标已有人办理过（如批示），不能再撤销导入。`)
    }
    throw error
  }
  return removed
}
