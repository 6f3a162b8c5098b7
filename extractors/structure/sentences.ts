import type { Range } from '../text/reading-text.ts'
import type { Sentence } from './types.ts'

const CLOSER: Readonly<Record<string, string>> = { '(': ')', '〔': '〕', '[': ']', '【': '】', '《': '》', '“': '”', '‘': '’' }
const END = new Set(['。', '!', '?'])
const AFTER_END = new Set([')', '〕', ']', '】', '》', '”', '’'])

/** A bracket or quote that is not closed within so many characters was never closed. */
const LONGEST_ASIDE = 160

/**
 * Cuts a paragraph into sentences at 。！？ outside brackets and quotes; `gaps` are the tags in it, which belong to no
 * sentence. Linear: brackets are looked ahead for a bounded distance.
 */
export function splitSentences(text: string, paragraph: Range, gaps: readonly Range[]): Sentence[] {
  const sentences: Sentence[] = []
  let from = paragraph.start
  let gap = 0
  const push = (end: number): void => {
    if (end > from) sentences.push({ start: from, end })
    from = end
  }
  for (let i = paragraph.start; i < paragraph.end; i++) {
    while (gap < gaps.length && (gaps[gap] as Range).end <= i) gap++
    const next = gaps[gap]
    if (next && next.start <= i) {
      push(next.start)
      from = skipMarks(text, next.end, paragraph.end)
      i = from - 1
      continue
    }
    const character = text[i] as string
    const closer = CLOSER[character]
    if (closer !== undefined) i = closingOrSelf(text, i, closer, Math.min(paragraph.end, next?.start ?? paragraph.end))
    else if (END.has(character)) {
      while (i + 1 < paragraph.end && AFTER_END.has(text[i + 1] as string)) i++
      push(i + 1)
    }
  }
  push(paragraph.end)
  return sentences
}

/** Behind a tag its own 。 belongs to nothing. */
function skipMarks(text: string, from: number, end: number): number {
  let at = from
  while (at < end && '。;,'.includes(text[at] as string)) at++
  return at
}

/** Index of the closing mark within reach, or the index itself. A 。 before it in quotes is part of the quote. */
function closingOrSelf(text: string, index: number, closer: string, end: number): number {
  const limit = Math.min(end, index + LONGEST_ASIDE)
  const opener = text[index]
  let depth = 0
  for (let i = index; i < limit; i++) {
    if (text[i] === opener) depth++
    else if (text[i] === closer && --depth === 0) return END.has(text[i - 1] as string) && closer === '”' ? index : i
  }
  return index
}
