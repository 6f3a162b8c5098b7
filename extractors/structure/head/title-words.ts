import { OFFICIAL_KINDS } from '../../lexicon/document-kinds.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import { isDateLine, isNumberLine, isSpokenLine, isPageLine } from '../../text/marks.ts'
import { isMetadata } from '../metadata.ts'
import { labelOf } from '../labels.ts'

/** A title has no more lines than this, its issuer included. */
export const MOST_TITLE_LINES = 6

export const LONGEST_TITLE_LINE = 90

/** What an official title says: 关于…, 印发…, or no more than its kind and its issuer. */
export const TITLE = /(?:关于|印发|转发|批转|发布|公布).{2,}|^.{0,30}(?:公告|通告|命令|令)$/

/** …的通知(试行). */
export const OFFICIAL_KIND = new RegExp(`(?:${anyOf(OFFICIAL_KINDS)})(?:\\([^()]*\\))?$`)

/** 云府发〔20243: a number of which the page has lost the end. */
const CUT_NUMBER = /^[\u4e00-\u9fff]{1,10}[〔[【](?:19|20)\d{2,6}$/

/** A line of a title: short, without a sentence end, no label, no date, no row of a table. */
export function isTitleLine(text: string): boolean {
  if (text.length > LONGEST_TITLE_LINE || /[。;:!?\t]/.test(text)) return false
  if (isDateLine(text) || isNumberLine(text) || isSpokenLine(text) || isPageLine(text)) return false
  if (labelOf(text) !== null || isMetadata({ text }) || CUT_NUMBER.test(text)) return false
  return !/^(?:附件|附表|目录|\(此件|\(下载|抄送|主题词)/.test(text)
}
