import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { isMetadata, isAbout } from '../metadata.ts'
import { isPageLine } from '../../text/marks.ts'

/** Lines about a document (发文字号, 成文日期) beside its title; a table of them has no more. */
export const MOST_LINES_ABOUT = 40

/** Lines about the document right below its head (发布日期, 来源) belong to it. */
export function withLinesAbout(paragraphs: readonly Paragraph[], head: HeadAt): HeadAt {
  let { last } = head
  while (
    last + 1 < paragraphs.length &&
    (isMetadata(paragraphs[last + 1] as Paragraph) || isValue(paragraphs, last + 1))
  )
    last++
  return { ...head, last }
}

/** What stands below its label and is as short as such values are. */
const LONGEST_VALUE = 30

const isValue = (paragraphs: readonly Paragraph[], at: number): boolean => {
  const { text } = paragraphs[at] as Paragraph
  return text.length <= LONGEST_VALUE && !/[。;:]$/.test(text) && isAbout(paragraphs, at)
}

/**
 * The first of the lines above a head that may say something about its document: back to the last full sentence, above the
 * first document all of them.
 */
export function aboutFrom(paragraphs: readonly Paragraph[], first: number, after: number): number {
  if (after < 0 && first < MOST_LINES_ABOUT) return 0
  let from = first
  while (from - 1 > after && first - from < MOST_LINES_ABOUT && !/[。;]/.test((paragraphs[from - 1] as Paragraph).text))
    from--
  return from
}

/** Whether a line is of the page around the document, or says something about it. */
export const isAround = (paragraphs: readonly Paragraph[], at: number): boolean =>
  isAbout(paragraphs, at) || isPageLine((paragraphs[at] as Paragraph).text)
