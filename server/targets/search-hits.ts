import type { Db } from '../../db/open.ts'
import { isKept, memoize } from '../memo.ts'
import { containsPattern, isIndexable, matchExpression } from '../search.ts'
import { clientOf } from './light-cache.ts'

const OF_DOCUMENTS = `SELECT id FROM targets WHERE document_id IN (SELECT id FROM documents WHERE number LIKE :pattern ESCAPE '\\')`

const INDEXED = `SELECT rowid FROM targets_fts WHERE targets_fts MATCH :match
  UNION ALL SELECT target_id FROM target_units WHERE id IN (SELECT rowid FROM target_units_fts WHERE target_units_fts MATCH :match)
  UNION ALL ${OF_DOCUMENTS}`

/** Two signs are too few for the trigram index: 45 ms at 100,000 targets. */
const SCANNED = `SELECT id FROM targets WHERE indicator LIKE :pattern ESCAPE '\\' OR evidence LIKE :pattern ESCAPE '\\'
  UNION ALL SELECT target_id FROM target_units WHERE name LIKE :pattern ESCAPE '\\'
  UNION ALL ${OF_DOCUMENTS}`

/**
 * Numbers of the targets in whose indicator, evidence, unit names or document number the word stands, as JSON. The page,
 * its count and the counts beside it ask for the same: it is looked for once for as long as nothing is written.
 */
export const searchHits = (db: Db, word: string): string =>
  memoize(clientOf(db), hitsKey(word), () => findHits(db, word))

/** Keeps what another thread has found, so that {@link searchHits} has it. */
export const keepHits = (db: Db, word: string, hits: string): string => memoize(clientOf(db), hitsKey(word), () => hits)

/** Whether {@link searchHits} would have to look through every row: such a word is better looked for in another thread. */
export const isSlowWord = (db: Db, word: string): boolean => !isIndexable(word) && !isKept(clientOf(db), hitsKey(word))

const hitsKey = (word: string) => JSON.stringify(['hits', word])

/** Looks for the word now. */
export function findHits(db: Db, word: string): string {
  const client = clientOf(db)
  const pattern = containsPattern(word)
  const hits = isIndexable(word)
    ? client
        .prepare(INDEXED)
        .pluck()
        .all({ match: matchExpression([word]), pattern })
    : client.prepare(SCANNED).pluck().all({ pattern })
  return JSON.stringify(hits)
}
