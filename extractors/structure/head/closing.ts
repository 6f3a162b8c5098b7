import type { Paragraph } from '../paragraphs.ts'
import { isSigner } from '../../text/marks.ts'
import { readDate } from '../dates.ts'

/** 云川市水务局2026年5月9日发布,意见反馈截至…: what a page says below a draft of who put it up, and when. Null for any other line. */
export function closingOf(paragraph: Paragraph | undefined): { body: string; day: string } | null {
  const found = CLOSING.exec(paragraph?.text.slice(0, LONGEST_CLOSING) ?? '')
  const body = found?.[1] ?? ''
  const day = found ? readDate(found[2] as string) : null
  return day !== null && isSigner(body.replace('和', '')) ? { body, day } : null
}

const LONGEST_CLOSING = 60

const CLOSING = /^([^,。;:\d]{4,36})((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:发布|印发|公布)?(?=[,。在于]|$)/
