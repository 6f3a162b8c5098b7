import { CLOSES, ENDS_SENTENCE, kindOf, OPENS, type Pair } from '../text/characters.ts'
import type { Range } from '../text/reading-text.ts'
import type { Sentence } from './types.ts'

/** A bracket or quote that is not closed within so many characters was never closed. */
const LONGEST_ASIDE = 160

/**
 * Cuts a paragraph into sentences at 。！？ outside brackets and quotes; `gaps` are the tags in it, which belong to no
 * sentence; `pairs` are its brackets and quotes.
 */
export function splitSentences(
  text: string,
  paragraph: Range,
  gaps: readonly Range[],
  pairs: readonly Pair[],
): Sentence[] {
  const sentences: Sentence[] = []
  let from = paragraph.start
  let gap = 0
  let pair = 0
  for (let i = paragraph.start; i < paragraph.end; i++) {
    const next = gaps[gap]
    if (next && next.start <= i) {
      if (next.start > from) sentences.push({ start: from, end: next.start })
      from = behindMarks(text, Math.max(next.end, i), paragraph.end)
      i = from - 1
      gap++
      continue
    }
    const kind = kindOf(text.charCodeAt(i))
    if (kind === OPENS) {
      while (pair < pairs.length && (pairs[pair] as Pair).open < i) pair++
      i = behindAside(text, pairs[pair], i, next?.start ?? paragraph.end)
    } else if (kind === ENDS_SENTENCE) {
      while (i + 1 < paragraph.end && kindOf(text.charCodeAt(i + 1)) === CLOSES) i++
      sentences.push({ start: from, end: i + 1 })
      from = i + 1
    }
  }
  if (paragraph.end > from) sentences.push({ start: from, end: paragraph.end })
  return sentences
}

/** Behind a tag its own 。 belongs to nothing. */
function behindMarks(text: string, from: number, end: number): number {
  let at = from
  while (at < end && '。;,'.includes(text[at] as string)) at++
  return at
}

/** Index of the mark that closes a bracket or quote, or of the opening one where it is never closed or is a whole quoted sentence. */
function behindAside(text: string, pair: Pair | undefined, open: number, end: number): number {
  if (!pair || pair.open !== open || pair.close < 0 || pair.close >= end || pair.close - open > LONGEST_ASIDE)
    return open
  const whole =
    text[pair.close] === '”' &&
    kindOf(text.charCodeAt(pair.close - 1)) === ENDS_SENTENCE &&
    !'的等,、;'.includes(text[pair.close + 1] ?? '\n')
  return whole ? open : pair.close
}
