/**
 * Finds the first of many words that a text holds, in one pass over it.
 * @returns the word, undefined where the text holds none
 */
type WordFinder = (text: string) => string | undefined

/** A finder for a list of plain words (no characters that mean something in a pattern). */
export function wordFinder(words: readonly string[]): WordFinder {
  const any = new RegExp(words.join('|'))
  return (text) => any.exec(text)?.[0]
}

/** Plain words as the alternatives of a pattern, the longest first. */
export const anyOf = (words: readonly string[]): string =>
  [...new Set(words)].sort((a, b) => b.length - a.length).join('|')
