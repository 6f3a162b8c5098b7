import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { ANNOUNCEMENT, announcementNumber } from './counted.ts'
import { TITLE, OFFICIAL_KIND, MOST_TITLE_LINES, isTitleLine } from './title-words.ts'
import { isAddressees } from './addressees.ts'
import { isDateLine } from '../../text/marks.ts'
import { issuerOf } from './issuer-of-title.ts'
import { ownTitle } from './title-again.ts'
import { readNumber } from '../document-number.ts'
import { titleAbove, isNamedAbove } from './title-lines.ts'

/** A title and, with no number between, the line of addressees. */
export function headAtAddressees(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  if (!isAddressees((paragraphs[at] as Paragraph).text)) return null
  const above = titleAbove(paragraphs, at, after)
  if (!above || !TITLE.test(above.title) || !OFFICIAL_KIND.test(above.title)) return null
  return { ...above, last: at, number: null }
}

/** After the date that closes a document, a title that names its issuer opens the next. */
export function headAfterDate(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const before = paragraphs[at - 1]
  if (at > 0 && !(before && (isDateLine(before.text) || readNumber(before.text) !== null))) return null
  let last = at
  let title = ''
  for (
    ;
    last < paragraphs.length && last - at < MOST_TITLE_LINES && isTitleLine((paragraphs[last] as Paragraph).text);
    last++
  ) {
    title += (paragraphs[last] as Paragraph).text
    if (OFFICIAL_KIND.test(title) && TITLE.test(title)) {
      const own = ownTitle(last > at && isNamedAbove(paragraphs, last) ? (paragraphs[last] as Paragraph).text : title)
      // Its number below tells more of it.
      if (ANNOUNCEMENT.test(own) && announcementNumber(paragraphs[last + 1]) !== null) return null
      return issuerOf(own) !== null && last > after && at > after ? { first: at, last, title: own, number: null } : null
    }
  }
  return null
}
