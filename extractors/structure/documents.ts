import { issuerOf } from './head/issuer-of-title.ts'
import { orderBelow } from './head/order-in-brackets.ts'
import type { DocumentHead } from './types.ts'
import type { HeadAt, ReadField } from './head/head-at.ts'
import type { Paragraph } from './paragraphs.ts'
import type { ReadingText } from '../text/reading-text.ts'
import { dateOfIssue } from './head/date.ts'
import { findHeads } from './head/find-heads.ts'
import { headDoubts } from './head-doubts.ts'
import { isTableHeader } from './tables.ts'
import { issuerOfDocument } from './head/issuer.ts'
import { numberWithin } from './head/number.ts'
import { readMetadata, type Metadata } from './metadata.ts'
import { splitIssuers } from './head/issuers-apart.ts'
import { unmarkedHead } from './head/unmarked.ts'
import { withLinesAbout, aboutFrom } from './head/lines-about.ts'

/** A document as a run of paragraphs, `first`..`end` (exclusive), with what its head says. */
export interface DocumentParagraphs {
  head: DocumentHead
  first: number
  /** First paragraph behind the head. */
  body: number
  end: number
}

/** Text before the first head is a document of its own where it holds more than a cover: characters of full sentences. */
const LEAST_OPENING = 300

/** Cuts the paragraphs into documents. A text without any head is one document. */
export function splitDocuments(reading: ReadingText, paragraphs: readonly Paragraph[]): DocumentParagraphs[] {
  if (paragraphs.length === 0) return []
  const heads = findHeads(paragraphs)
  const opening = heads[0] ? heads[0].first : paragraphs.length
  if (opening > 0 && (heads.length === 0 || isMatter(paragraphs.slice(0, opening))))
    heads.unshift(withLinesAbout(paragraphs, unmarkedHead(paragraphs, opening)))
  return heads.map((head, i) =>
    documentOf(
      reading,
      paragraphs,
      head,
      aboutFrom(paragraphs, head.first, heads[i - 1]?.last ?? -1),
      heads[i + 1]?.first ?? paragraphs.length,
    ),
  )
}

/** Whether what stands before the first head is more than a cover: sentences enough, or a table of targets. */
const isMatter = (paragraphs: readonly Paragraph[]): boolean =>
  proseLength(paragraphs, paragraphs.length) >= LEAST_OPENING || paragraphs.some(isTableHeader)

function proseLength(paragraphs: readonly Paragraph[], end: number): number {
  let length = 0
  for (let i = 0; i < end; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (/[。;]/.test(text)) length += text.length
  }
  return length
}

function documentOf(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  about: number,
  end: number,
): DocumentParagraphs {
  const metadata = readMetadata(paragraphs, about, Math.min(head.last + 1, end))
  const start = (paragraphs[head.first] as Paragraph).start
  const last = head.last < head.first ? start : (paragraphs[head.last] as Paragraph).end
  const stated = head.number ?? metadata.number ?? orderBelow(paragraphs, head)?.number ?? null
  const number: ReadField =
    stated === null ? numberWithin(reading, paragraphs, head.last + 1, end) : { value: stated, doubt: null }
  const issuer = issuerOfDocument(reading, paragraphs, head, about, end, metadata)
  const title = titleWith(head, metadata)
  const issued = dateOfIssue(paragraphs, head, about, end, metadata)
  return {
    first: head.first,
    body: head.last + 1,
    end,
    head: {
      number: number.value,
      title: title.value,
      issuer: issuer.value === null ? null : splitIssuers(issuer.value).replace(/ /g, '、'),
      issuedOn: issued.value,
      doubts: headDoubts({
        number: number.doubt,
        title: title.doubt,
        issuer: issuer.doubt,
        issuedOn: issued.doubt,
      }),
      range: { start, end: last },
    },
  }
}

/** 标题:云川县2027年政府工作报告: what a page calls the document, where its head has no title, a guess, or a part of it. */
function titleWith({ title, guess }: HeadAt, metadata: Metadata): ReadField & { value: string } {
  // The page has left out the issuer that the text's own title begins with.
  if (guess !== undefined && metadata.title !== null && title.endsWith(metadata.title) && issuerOf(title) !== null)
    return { value: title, doubt: null }
  return metadata.title !== null && (title === '' || guess !== undefined || metadata.title.includes(title))
    ? { value: metadata.title, doubt: null }
    : { value: title, doubt: guess ?? null }
}
