import type { Range, ReadingText } from '../text/reading-text.ts'

/** One paragraph or table row of a reading text. */
export interface Paragraph extends Range {
  text: string
}

/** The paragraphs of a reading text in order, none of them empty. */
export function splitParagraphs(reading: ReadingText): Paragraph[] {
  const paragraphs: Paragraph[] = []
  const { text } = reading
  let start = 0
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    if (end > start) paragraphs.push({ start, end, text: text.slice(start, end) })
    start = end + 1
  }
  return paragraphs
}
