import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { isOrganLine } from '../../text/marks.ts'
import { titleAbove } from './title-lines.ts'

/** What is counted over the years, without one in its number. */
const COUNTED = /(?:令|公告)$/

/** 云川市人民政府令 / 第12号 / 《…办法》已经…通过,现予公布: an order, whose title is what it puts into force. */
export function headOfOrder(paragraphs: readonly Paragraph[], at: number): HeadAt | null {
  const order = (paragraphs[at] as Paragraph).text
  const counted = COUNTED.exec(order)
  if (!counted || !isOrganLine(order.slice(0, counted.index))) return null
  const number = /^\(?第(\d{1,4})号\)?$/.exec(paragraphs[at + 1]?.text ?? '')
  if (!number) return null
  const put = /^(?:现(?:发布|公布))?《([^《》]{4,60})》/.exec(paragraphs[at + 2]?.text ?? '')
  return { first: at, last: at + 1, title: put ? (put[1] as string) : order, number: `${order}第${number[1]}号` }
}

/** A number without the issuer's sign, as minutes of meetings carry it: 〔2021〕14号. */
const BARE_NUMBER = /^[〔[(【]((?:19|20)\d\d)[〕\])】]第?(\d{1,5})[号期]$/

const MINUTES = /纪要$/

/** 云川市人民政府 / 市长办公会议纪要 / 〔2021〕14号: only minutes have a number that names no issuer. */
export function headOfMinutes(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const bare = BARE_NUMBER.exec((paragraphs[at] as Paragraph).text)
  if (!bare) return null
  const above = titleAbove(paragraphs, at, after)
  return above && MINUTES.test(above.title) ? { ...above, last: at, number: `〔${bare[1]}〕${bare[2]}号` } : null
}

/** 云川市税务局关于…的通告 / 2024年第2号: announcements are counted by the year. */
export function headOfAnnouncement(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const number = announcementNumber(paragraphs[at])
  const above = number === null ? null : titleAbove(paragraphs, at, after)
  return above && ANNOUNCEMENT.test(above.title) ? { ...above, last: at, number } : null
}

/** What is counted by the year. */
export const ANNOUNCEMENT = /(?:公告|通告|令)$/

/** 2024年第2号, alone on its line. */
export const announcementNumber = (paragraph: Paragraph | undefined): string | null =>
  /^\(?((?:19|20)\d\d年第\d{1,4}号)\)?$/.exec(paragraph?.text ?? '')?.[1] ?? null
