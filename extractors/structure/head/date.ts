import type { HeadAt, ReadField } from './head-at.ts'
import type { HeadDoubt } from '../../types.ts'
import type { Metadata } from '../metadata.ts'
import type { Paragraph } from '../paragraphs.ts'
import { DAY_AND_SPEAKER, DAY_BEHIND } from './headline.ts'
import { closingOf } from './closing.ts'
import { isNews } from './news.ts'
import { isSpokenLine, isDateLine, isSigner, isPassedLine } from '../../text/marks.ts'
import { readDate } from '../dates.ts'
import { readNumber } from '../document-number.ts'

/** The date under the first signature, else the first date that stands alone, else one in brackets below the title. */
export function dateOfIssue(
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  about: number,
  end: number,
  metadata: Metadata,
): ReadField {
  const found = (value: string | null, doubt: HeadDoubt | null): ReadField => ({
    value,
    doubt: value === null ? 'missing' : doubt,
  })
  const { first } = head
  const from = head.last + 1
  const spoken = paragraphs.slice(first, from).find(({ text }) => isSpokenLine(text))
  if (spoken) return found(readDate(spoken.text), null)
  let alone: string | null = null
  for (let i = head.guess ? about : first; i < end; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (
      isDateLine(text) ||
      (i <= from && text.endsWith('日') && readNumber(text) !== null) ||
      (i === from && (DAY_BELOW.test(text) || DAY_AND_SPEAKER.test(text)))
    ) {
      alone ??= readDate(text)
      if (i > 0 && isSigner((paragraphs[i - 1] as Paragraph).text)) return found(readDate(text), null)
    } else if (
      text.length <= 40 &&
      /^(?:成文日期|发文日期|印发日期|[\u4e00-\u9fff]{2,24}(?:政府|办公[厅室]|[委局厅部院])):?\d{4}[年-]/.test(text)
    ) {
      alone ??= readDate(text)
    }
  }
  if (metadata.written !== null) return found(metadata.written, null)
  if (alone !== null) return found(alone, 'date-alone')
  const closing = closingOf(paragraphs[end - 1])
  if (closing !== null) return found(closing.day, 'date-alone')
  const minutes =
    from > first && (paragraphs.slice(first, from) as Paragraph[]).some(({ text }) => text.endsWith('纪要'))
  for (let i = first; i < Math.min(from + 4, end); i++) {
    const { text } = paragraphs[i] as Paragraph
    if (
      text.length <= 40 &&
      /^[(〔][^\n\r\u2028\u2029\u5e74]*\u5e74[^\n\r\u2028\u2029\u6708]*\u6708.*日|(?:成文|发文|印发|签发|制定)日期/.test(
        text,
      )
    )
      return found(readDate(text), null)
    if (isSpokenLine(text) || isPassedLine(text) || (minutes && HELD.test(text))) return found(readDate(text), null)
  }
  // Beside the number of a document its day of publication is its own. When a page was put up dates nothing but the page: it
  // only helps to tell which year is meant.
  const behind = DAY_BEHIND.exec((paragraphs[first] as Paragraph).text)
  if (behind) return found(readDate(behind[0]), 'date-alone')
  return (metadata.number !== null && isOfYear(metadata.published, metadata.number)) || isNews(paragraphs, head, about)
    ? found(metadata.published, 'date-alone')
    : { value: metadata.published, doubt: 'missing' }
}

/** Whether a day is in the year of a document's number: a page of 2019 may bring what was issued in 2006. */
const isOfYear = (day: string | null, number: string): boolean =>
  day !== null && number.includes(`〔${day.slice(0, 4)}〕`)

/** The day right below a title, as pages print it: 2018-08-06. */
const DAY_BELOW = /^\(?(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\)?$/

/** 2021年5月11日,市长主持召开常务会议: the day that minutes are of. */
const HELD = /^(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^。]{0,60}(?:召开|主持)/
