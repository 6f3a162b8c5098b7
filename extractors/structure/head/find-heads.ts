import { isAbout } from '../metadata.ts'
import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { LONGEST_TITLE_LINE } from './title-words.ts'
import { MOST_LINES_BETWEEN } from './title-lines.ts'
import { headAtAddressees, headAfterDate } from './without-number.ts'
import { headAtNumber } from './at-number.ts'
import { headOfOrder, headOfMinutes, headOfAnnouncement } from './counted.ts'
import { headOfReport } from './of-report.ts'
import { headWithoutTitle } from './without-title.ts'
import { isTitleAgain } from './title-again.ts'
import { withLinesAbout } from './lines-about.ts'

/** Finds the heads of all documents. A head is a title with a 发文字号 or a line of addressees, or a title under a new issuer. */
export function findHeads(paragraphs: readonly Paragraph[]): HeadAt[] {
  const heads: HeadAt[] = []
  for (let i = 0; i < paragraphs.length; i++) {
    const after = heads.at(-1)?.last ?? -1
    if (i <= after) continue
    const head =
      headOfOrder(paragraphs, i) ??
      headAtNumber(paragraphs, i, after) ??
      headWithoutTitle(paragraphs, i, after) ??
      headOfMinutes(paragraphs, i, after) ??
      headOfAnnouncement(paragraphs, i, after) ??
      headOfReport(paragraphs, i, after) ??
      headAtAddressees(paragraphs, i, after) ??
      headAfterDate(paragraphs, i, after)
    if (!head) continue
    const again = heads.at(-1)
    if (again && isSameHead(again, head, paragraphs))
      heads[heads.length - 1] = { ...head, first: again.first, number: head.number ?? again.number }
    // 县人民政府发布通告, which a page sets above the title of what it brings: a head without a line of its own below it.
    else if (again && again.number === null && again.last + 1 === head.first) heads[heads.length - 1] = head
    else heads.push(head)
  }
  return heads.map((head) => withLinesAbout(paragraphs, head))
}

/** Whether a head is the one before it once more: the page's title, lines about the document, and the document's own head. */
function isSameHead(before: HeadAt, head: HeadAt, paragraphs: readonly Paragraph[]): boolean {
  if (before.number !== null && head.number !== null && before.number !== head.number) return false
  if (head.first - before.last - 1 > MOST_LINES_BETWEEN) return false
  for (let i = before.last + 1; i < head.first; i++) {
    const { text } = paragraphs[i] as Paragraph
    if ((text.length > LONGEST_TITLE_LINE || /[。;]/.test(text)) && !isAbout(paragraphs, i)) return false
  }
  // 政务服务|云川市…的意见: the page has set a word before it.
  return isTitleAgain(before.title, head.title) || (before.number === null && before.title.endsWith(head.title))
}
