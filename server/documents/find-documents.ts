import { and, count, desc, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { containsWord } from '../search.ts'
import { documentHasWord, visibleDocuments } from './queries.ts'

/** The documents in which all words stand, as the list finds them; those first that are called so, and of either the newest first. */
export function findDocuments(db: Db, viewer: Pick<Actor, 'role' | 'unitId'>, words: readonly string[], limit: number) {
  const where = and(visibleDocuments(viewer), ...words.map(documentHasWord))
  const isCalledSo = and(
    ...words.map((word) =>
      or(containsWord(documents.title, word), containsWord(sql`coalesce(${documents.number}, '')`, word)),
    ),
  )
  const items = db
    .select({
      id: documents.id,
      title: documents.title,
      number: documents.number,
      issuer: documents.issuer,
      issuedOn: documents.issuedOn,
    })
    .from(documents)
    .where(where)
    .orderBy(desc(isCalledSo!), desc(documents.issuedOn), desc(documents.id))
    .limit(limit)
    .all()
  return { items, total: db.select({ n: count() }).from(documents).where(where).get()!.n }
}
