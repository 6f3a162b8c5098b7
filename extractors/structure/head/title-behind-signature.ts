import type { Paragraph } from '../paragraphs.ts'
import { isDateLine, endsLikeTitle } from '../../text/marks.ts'
import { isTitleLine } from './title-words.ts'

/** A notice that hands something down has no more lines before its date. */
const MOST_LINES_OF_NOTICE = 10

/** The title of what is attached, below the date of the notice. */
export function titleBehindSignature(paragraphs: readonly Paragraph[], from: number): string | null {
  for (let i = from; i < Math.min(from + MOST_LINES_OF_NOTICE, paragraphs.length); i++) {
    if (!isDateLine((paragraphs[i] as Paragraph).text)) continue
    const behind = /^\(/.test(paragraphs[i + 1]?.text ?? '') ? i + 2 : i + 1
    const { text } = paragraphs[behind] ?? { text: '' }
    return isTitleLine(text) && endsLikeTitle(text) ? text : null
  }
  return null
}
