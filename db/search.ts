import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

const OF_DOCUMENTS = `SELECT id FROM targets WHERE document_id IN (SELECT id FROM documents WHERE number LIKE :pattern ESCAPE '\\')`

const INDEXED = `SELECT rowid FROM targets_fts WHERE targets_fts MATCH :match
  UNION ALL SELECT target_id FROM target_units WHERE id IN (SELECT rowid FROM target_units_fts WHERE target_units_fts MATCH :match)
  UNION ALL ${OF_DOCUMENTS}`

/** Two signs are too few for the trigram index: 45 ms at 100,000 targets. */
const SCANNED = `SELECT id FROM targets WHERE indicator LIKE :pattern ESCAPE '\\' OR evidence LIKE :pattern ESCAPE '\\'
  UNION ALL SELECT target_id FROM target_units WHERE name LIKE :pattern ESCAPE '\\'
  UNION ALL ${OF_DOCUMENTS}`

/**
 * Numbers of the targets in whose indicator, evidence, unit names or document number a word stands; some may come twice.
 * @param match the word as an expression of the full-text index; null where it is too short for it
 * @param pattern the word as a pattern of LIKE
 */
export function targetsWithWord(client: Sqlite.Database, match: string | null, pattern: string): number[] {
  const statement = prepared(client, match === null ? SCANNED : INDEXED).pluck()
  return statement.all(match === null ? { pattern } : { match, pattern }) as number[]
}

const NAMED_BY_INDEX = `SELECT rowid FROM targets_fts WHERE targets_fts MATCH '{indicator} : ' || :match`
const NAMED_BY_SCAN = `SELECT id FROM targets WHERE indicator LIKE :pattern ESCAPE '\\'`

/** Numbers of the targets in whose indicator a word stands; the word as {@link targetsWithWord} takes it. */
export function targetsNamed(client: Sqlite.Database, match: string | null, pattern: string): number[] {
  const statement = prepared(client, match === null ? NAMED_BY_SCAN : NAMED_BY_INDEX).pluck()
  return statement.all(match === null ? { pattern } : { match }) as number[]
}
