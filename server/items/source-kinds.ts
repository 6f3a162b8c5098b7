import { and, eq, ne } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { sourceKinds } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { listSourceKinds } from '../core/source-kinds.ts'
import { conflict, invalid, notFound, wrongState } from '../errors.ts'
import type { changeSourceKindBody, sourceKindSchema } from './schemas.ts'

type Kind = typeof sourceKinds.$inferSelect

/** A kind as it is sent. */
const shown = ({ id, title, addedBy, archivedAt, version }: Kind): z.infer<typeof sourceKindSchema> => ({
  id,
  title,
  builtIn: addedBy === null,
  archived: archivedAt !== null,
  version,
})

/** The register of 来源类别. */
export const shownSourceKinds = (db: Db) => listSourceKinds(db).map(shown)

/** Adds a kind of the office's own behind the others. */
export function addSourceKind(db: Db, stamp: Stamp, title: string) {
  return inTransaction(db, (tx) => {
    refuseKnown(tx, title, null)
    const position = Math.max(0, ...listSourceKinds(tx).map((kind) => kind.position)) + 1
    const kind = tx
      .insert(sourceKinds)
      .values({ id: `office-${position}`, title, position, addedBy: stamp.id, createdAt: stamp.at })
      .returning()
      .get()
    appendAudit(tx, stamp, 'source-kind.add', 'source-kind', kind.id, null, { title })
    return shown(kind)
  })
}

/**
 * Renames a kind of the office, puts it away or offers it again.
 * @throws {Problem} 404, 409 for one that comes with the program or was changed meanwhile, 400 for a name that is taken
 */
export function changeSourceKind(
  db: Db,
  stamp: Stamp,
  id: string,
  { version, title, archived }: z.infer<typeof changeSourceKindBody>,
) {
  return inTransaction(db, (tx) => {
    const before = tx.select().from(sourceKinds).where(eq(sourceKinds.id, id)).get()
    if (!before) throw notFound('来源类别')
    if (before.addedBy === null) throw wrongState('这个来源类别是系统自带的，不能修改。')
    if (before.version !== version) throw conflict(shown(before))
    if (title !== undefined) refuseKnown(tx, title, id)
    const archivedAt = archived === undefined ? before.archivedAt : archived ? stamp.at : null
    const after = tx
      .update(sourceKinds)
      .set({ title: title ?? before.title, archivedAt, version: version + 1 })
      .where(eq(sourceKinds.id, id))
      .returning()
      .get()
    appendAudit(tx, stamp, 'source-kind.change', 'source-kind', id, shown(before), shown(after))
    return shown(after)
  })
}

function refuseKnown(tx: Db, title: string, but: string | null): void {
  const other = tx
    .select({ id: sourceKinds.id })
    .from(sourceKinds)
    .where(and(eq(sourceKinds.title, title), ne(sourceKinds.id, but ?? '')))
    .get()
  if (other) throw invalid([{ path: 'title', message: `已有来源类别“${title}”` }])
}
