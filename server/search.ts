/** Words as typed → what SQLite can look up. */

/** Least length of a word that the trigram index knows. */
const TRIGRAM = 3

/** A text as a LIKE pattern for "contains", to be used with `ESCAPE '\'`. */
export const containsPattern = (text: string): string => `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

/** The words of a search; blanks part them. */
export const searchWords = (q: string | undefined): string[] => (q ?? '').split(/\s+/).filter((word) => word !== '')

/** Whether the trigram index can find the word: by code points, as SQLite counts. */
export const isIndexable = (word: string): boolean => [...word].length >= TRIGRAM

/** Words as one FTS5 expression in which nothing but the words themselves has a meaning; all of them must be there. */
export const matchExpression = (words: readonly string[]): string =>
  words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')
