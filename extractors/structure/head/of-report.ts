import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { LONGEST_TITLE_LINE } from './title-words.ts'
import { isSpokenLine, speakerOf, isSalutation } from '../../text/marks.ts'
import { titleAbove, MOST_LINES_BETWEEN } from './title-lines.ts'

/** 政府工作报告 / ——2012年2月29日在…会议上 / 云川区人民政府区长 张三 / 各位代表: */
export function headOfReport(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  if (!isSpokenLine((paragraphs[at] as Paragraph).text)) return null
  const above = titleAbove(paragraphs, at, after)
  // A page sets the caption of its picture above: 政府工作报告。本报记者 张三 摄.
  const captioned = at === after + 2 && REPORT.test((paragraphs[at - 1] as Paragraph).text)
  if (!above && !captioned && !isAtTop(paragraphs, at)) return null
  let last = at
  for (let i = at + 1; i <= at + 3 && i < paragraphs.length; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (speakerOf(text) || isSalutation(text)) last = i
  }
  return { first: above?.first ?? (captioned ? at : 0), last, title: above?.title ?? '政府工作报告', number: null }
}

const REPORT = /政府工作报告/

/** Whether nothing but short lines of the page stands above. */
const isAtTop = (paragraphs: readonly Paragraph[], at: number): boolean =>
  at < MOST_LINES_BETWEEN &&
  paragraphs.slice(0, at).every(({ text }) => text.length <= LONGEST_TITLE_LINE && !/[。;]/.test(text))
