import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { isOrganLine } from '../../text/marks.ts'
import { readDate } from '../dates.ts'

/** The order by which rules came out. */
interface Order {
  number: string
  issuer: string
  /** `YYYY-MM-DD`, null where only its number is told. */
  day: string | null
}

/** (1991年3月6日云江市人民政府令第19号发布), also (云江市人民政府令第19号). */
const ORDER =
  /^\(((?:19|20)\d\d年\d{1,2}月\d{1,2}日)?([\u4e00-\u9fff]{2,24})令第?(\d{1,4})号(?:令?(?:发布|公布|颁布|施行))?(?=[,)])/
/** Lines below a title among which it stands. */
const MOST_LINES_BELOW = 3

/** The order that stands in brackets below the title of rules; null where none does. */
export function orderBelow(paragraphs: readonly Paragraph[], { first, last }: HeadAt): Order | null {
  for (const { text } of paragraphs.slice(first, last + 1 + MOST_LINES_BELOW)) {
    const order = ORDER.exec(text)
    const issuer = order?.[2] ?? ''
    if (order && isOrganLine(issuer))
      return { number: `${issuer}令第${order[3]}号`, issuer, day: order[1] ? readDate(order[1]) : null }
  }
  return null
}
