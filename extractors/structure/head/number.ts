import type { Paragraph } from '../paragraphs.ts'
import type { ReadField } from './head-at.ts'
import type { ReadingText } from '../../text/reading-text.ts'
import { readNumber } from '../document-number.ts'

/**
 * 发文字号 that stands behind the signature, where gazettes have it, or that page layout put into a sentence. Of several it
 * is the first, which may be another document's.
 */
export function numberWithin(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  from: number,
  end: number,
): ReadField {
  const start = (paragraphs[from - 1] ?? paragraphs[from])?.start ?? 0
  const stop = (paragraphs[end - 1] as Paragraph).end
  const alone = [
    ...paragraphs.slice(from, end).map(({ text }) => readNumber(text)),
    ...reading.displaced.map(({ at, text }) => (at >= start && at <= stop ? readNumber(text) : null)),
  ].filter((number) => number !== null)
  const several = new Set(alone).size > 1
  return { value: alone[0] ?? null, doubt: alone.length === 0 ? 'missing' : several ? 'from-text' : null }
}
