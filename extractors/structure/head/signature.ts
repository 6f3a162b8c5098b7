import type { Paragraph } from '../paragraphs.ts'
import type { ReadingText } from '../../text/reading-text.ts'
import { isSigner, isDateLine } from '../../text/marks.ts'
import { namesApart, splitIssuers } from './issuers-apart.ts'

/** A body that signs alone on its line below a sentence, where the page has lost its date. */
export function undatedSignature(paragraphs: readonly Paragraph[], from: number, end: number): string | null {
  for (let i = from + 1; i < end; i++)
    if (/[。:]$/.test((paragraphs[i - 1] as Paragraph).text) && isSigner((paragraphs[i] as Paragraph).text))
      return (paragraphs[i] as Paragraph).text
  return null
}

/** The bodies that sign above the first date that stands below such, blanks between them. */
export function signatureOf(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  from: number,
  end: number,
  title: string,
): string | null {
  for (let i = from + 1; i < end; i++) {
    if (!isDateLine((paragraphs[i] as Paragraph).text)) continue
    let first = i
    while (first - 1 >= from && isSigned(reading, paragraphs[first - 1] as Paragraph)) first--
    if (first === i) continue
    const names = paragraphs.slice(first, i).map((line) => namesApart(reading, line) ?? splitIssuers(line.text))
    const piece = first > from ? (paragraphs[first - 1] as Paragraph).text : ''
    // 国家云水 / 改革委: a page breaks names anywhere; the title has them whole.
    if (piece.length > 1 && piece.length <= LONGEST_PIECE && title.includes(piece + (names[0] as string)))
      names[0] = piece + (names[0] as string)
    return names.join(' ')
  }
  return null
}

const isSigned = (reading: ReadingText, line: Paragraph): boolean =>
  isSigner(line.text) ||
  // 云川市大数据和智慧城市中心: 和 is part of its name.
  (line.text.endsWith('中心') && isSigner(line.text.replace('和', ''))) ||
  (line.text.length <= LONGEST_SIGNATURE && splitIssuers(line.text).split(' ').every(isSigner)) ||
  (line.text.length <= LONGEST_SIGNATURE && namesApart(reading, line) !== null)

/** Names of several issuers on one line have no more characters. */
const LONGEST_SIGNATURE = 80
/** The first piece of a name that a page has broken, in characters. */
const LONGEST_PIECE = 12
