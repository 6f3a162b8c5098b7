import type { HeadAt, ReadField } from './head-at.ts'
import type { HeadDoubt } from '../../types.ts'
import type { Metadata } from '../metadata.ts'
import type { Paragraph } from '../paragraphs.ts'
import { DAY_AND_SPEAKER, DAY_BEHIND } from './headline.ts'
import { closingOf } from './closing.ts'
import { orderBelow } from './order-in-brackets.ts'
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
  const { signed, alone } = daysOnLines(paragraphs, head, about, end)
  if (signed !== null) return found(signed, null)
  const bracketed = dayInBrackets(paragraphs, first, Math.min(from + MOST_LINES_TO_BRACKET, end))
  if (bracketed !== null) return found(bracketed, null)
  if (metadata.written !== null) return found(metadata.written, null)
  if (alone !== null) return found(alone, 'date-alone')
  const closing = closingOf(paragraphs[end - 1])
  if (closing !== null) return found(closing.day, 'date-alone')
  const order = orderBelow(paragraphs, head)?.day ?? null
  if (order !== null) return found(order, null)
  const told = dayTold(paragraphs, first, from, end)
  if (told !== null) return found(told, null)
  const behind = DAY_BEHIND.exec((paragraphs[first] as Paragraph).text)
  if (behind) return found(readDate(behind[0]), 'page-day')
  return found(isOfItsYear(metadata, head) ? metadata.published : null, 'page-day')
}

/** The first date below a body that signs, and the first that stands alone on its line. */
function daysOnLines(
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  about: number,
  end: number,
): { signed: string | null; alone: string | null } {
  const from = head.last + 1
  let alone: string | null = null
  for (let i = head.guess ? about : head.first; i < end; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (
      isDateLine(text) ||
      (i <= from && text.endsWith('日') && readNumber(text) !== null) ||
      (i === from && (DAY_BELOW.test(text) || DAY_AND_SPEAKER.test(text)))
    ) {
      alone ??= readDate(text)
      if (i > 0 && isSigner((paragraphs[i - 1] as Paragraph).text)) return { signed: readDate(text), alone }
    } else if (text.length <= LONGEST_SIGNED && SIGNED.test(text)) alone ??= readDate(text)
  }
  return { signed: null, alone }
}

/** 云川县水利局2021年3月5日: who signs and when on one line, or a label of the day. */
const SIGNED = /^(?:成文日期|发文日期|印发日期|[\u4e00-\u9fff]{2,24}(?:政府|办公[厅室]|[委局厅部院])):?\d{4}[年-]/
const LONGEST_SIGNED = 40

/** (二〇〇三年一月十日): the day of a document in brackets, below its title or whoever gave it. */
function dayInBrackets(paragraphs: readonly Paragraph[], from: number, to: number): string | null {
  for (let i = from; i < to; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (text.startsWith('(') && isDateLine(text)) return readDate(text)
  }
  return null
}
/** Between a title and such a day stand no more lines: the meeting, the speaker. */
const MOST_LINES_TO_BRACKET = 3

/** The day that a line right below the title tells: of a meeting, of what has been passed there, of the writing. */
function dayTold(paragraphs: readonly Paragraph[], first: number, from: number, end: number): string | null {
  const minutes = paragraphs.slice(first, from).some(({ text }) => text.endsWith('纪要'))
  for (let i = first; i < Math.min(from + 4, end); i++) {
    const { text } = paragraphs[i] as Paragraph
    if ((text.length <= 40 && TELLS_DAY.test(text)) || isSpokenLine(text) || isPassedLine(text)) return readDate(text)
    if (minutes && HELD.test(text)) return readDate(text)
  }
  return null
}
const TELLS_DAY =
  /^[(〔][^\n\r\u2028\u2029\u5e74]*\u5e74[^\n\r\u2028\u2029\u6708]*\u6708.*日|(?:成文|发文|印发|签发|制定)日期/

/**
 * Whether the day on which a page was put up may be that of the document: a page of 2019 may bring what has its number, or the
 * years it is for, from long before.
 */
function isOfItsYear({ number, published }: Metadata, head: HeadAt): boolean {
  const year = published?.slice(0, 4) ?? ''
  const counted = number ?? head.number
  if (counted !== null && /〔\d{4}〕/.test(counted)) return counted.includes(`〔${year}〕`)
  return Number(YEAR_OF_TITLE.exec(head.title)?.[0] ?? Infinity) >= Number(year)
}
const YEAR_OF_TITLE = /20\d\d(?=[年\-—])/

/** The day right below a title, as pages print it: 2018-08-06. */
const DAY_BELOW = /^\(?(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\)?$/

/** 2021年5月11日,市长主持召开常务会议: the day that minutes are of. */
const HELD = /^(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^。]{0,60}(?:召开|主持)/
