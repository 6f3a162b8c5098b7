import { asc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { sourceKinds } from '../../db/schema/index.ts'
import { invalid } from '../errors.ts'

/** The register of 来源类别 in its order, those that are offered no more as well. */
export const listSourceKinds = (db: Db) => db.select().from(sourceKinds).orderBy(asc(sourceKinds.position)).all()

/**
 * Checks that a source may be given this kind.
 * @throws {Problem} 400 where the register has no such kind, or offers it no more
 */
export function checkSourceKind(db: Db, id: string, path = 'kind'): void {
  const kind = db.select().from(sourceKinds).where(eq(sourceKinds.id, id)).get()
  if (!kind || kind.archivedAt !== null) throw invalid([{ path, message: '请从登记的来源类别中选择' }])
}
