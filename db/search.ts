import { or, type SQL, sql } from 'drizzle-orm'
import { documents, targets } from './schema/index.ts'

/** The trigram index finds nothing shorter; those words are looked for row by row. */
const TRIGRAM = 3

/** More words than anybody types; the rest is not looked at. */
const MAX_WORDS = 8

/** Words of a search: what stands between blanks, half-width or full-width. */
export function searchWords(query: string): string[] {
  return query.split(/\s+/u).filter((word) => word !== '').slice(0, MAX_WORDS)
}

/** Targets whose indicator, evidence or unit names hold every word; undefined where there is no word. Needs `targets` in FROM. */
export function targetsMatching(query: string): SQL | undefined {
  return all(searchWords(query).map((word) => {
    if (isShort(word)) {
      const pattern = likePattern(word)
      return sql`(${targets.indicator} LIKE ${pattern} ESCAPE '\\' OR ${targets.evidence} LIKE ${pattern} ESCAPE '\\'
        OR ${targets.id} IN (SELECT target_id FROM target_units WHERE name LIKE ${pattern} ESCAPE '\\'))`
    }
    const phrase = ftsPhrase(word)
    return sql`(${targets.id} IN (SELECT rowid FROM targets_fts WHERE targets_fts MATCH ${phrase})
      OR ${targets.id} IN (SELECT target_id FROM target_units WHERE id IN (SELECT rowid FROM target_units_fts WHERE target_units_fts MATCH ${phrase})))`
  }))
}

/** Documents whose title, number or text holds every word; undefined where there is no word. Needs `documents` in FROM. */
export function documentsMatching(query: string): SQL | undefined {
  return all(searchWords(query).map((word) => {
    if (!isShort(word)) return sql`${documents.id} IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH ${ftsPhrase(word)})`
    const pattern = likePattern(word)
    return or(
      sql`${documents.title} LIKE ${pattern} ESCAPE '\\'`,
      sql`${documents.number} LIKE ${pattern} ESCAPE '\\'`,
      sql`${documents.id} IN (SELECT id FROM documents_search WHERE body LIKE ${pattern} ESCAPE '\\')`,
    )!
  }))
}

const all = (conditions: SQL[]): SQL | undefined => (conditions.length === 0 ? undefined : sql.join(conditions, sql` AND `))

const isShort = (word: string): boolean => [...word].length < TRIGRAM

/** The word as one phrase of FTS5: its own quotes doubled, no other sign has a meaning inside. */
const ftsPhrase = (word: string): string => `"${word.replaceAll('"', '""')}"`

const likePattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`
