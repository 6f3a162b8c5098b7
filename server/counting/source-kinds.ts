import type { Db } from '../../db/open.ts'
import { documents } from '../../db/schema/index.ts'

/** 来源类别 of every document, by its number. */
export const kindsOfDocuments = (db: Db): Map<number, string> =>
  new Map(
    db
      .select({ id: documents.id, kind: documents.kind })
      .from(documents)
      .all()
      .map(({ id, kind }) => [id, kind]),
  )
