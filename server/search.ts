import { type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { z } from 'zod'
import { withoutBrackets } from '../db/domain/search-terms.ts'

/** Words as typed → what SQLite can look up. */

/** Least length of a word that the trigram index knows. */
const TRIGRAM = 3

/** A text as a LIKE pattern for "contains", to be used with `ESCAPE '\'`. */
export const containsPattern = (text: string): string => `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

/** Whether the word stands in a column. */
export const containsWord = (column: SQLWrapper, word: string): SQL =>
  sql`${column} like ${containsPattern(word)} escape '\\'`

/** Words of one search. */
const MAX_WORDS = 8

/** The words of a search, each once; blanks part them. */
export const searchWords = (q: string | undefined): string[] => [
  ...new Set((q ?? '').split(/\s+/).filter((word) => word !== '')),
]

/** The words of a search that may name a number: 霁政发[2026]3号 finds 霁政发〔2026〕3号. */
export const numberWords = (q: string): string[] => searchWords(withoutBrackets(q)).slice(0, MAX_WORDS)

/** `?q=`: what is searched for, in so many words that nobody waits for it. */
export const searchQuery = z
  .string()
  .max(200)
  .refine((q) => searchWords(q).length <= MAX_WORDS, `最多${MAX_WORDS}个词，请减少后再查`)

/** Whether the trigram index can find the word: by code points, as SQLite counts. */
export const isIndexable = (word: string): boolean => [...word].length >= TRIGRAM

/** Words as one FTS5 expression in which nothing but the words themselves has a meaning; all of them must be there. */
export const matchExpression = (words: readonly string[]): string =>
  words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')
