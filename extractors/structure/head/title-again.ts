import { OFFICIAL_KINDS, PLAN_KINDS, RULE_KINDS } from '../../lexicon/document-kinds.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import { endsLikeTitle } from '../../text/marks.ts'

/** Shorter titles may stand in one another by chance. */
const LEAST_REPEATED = 8

const wordsOf = (title: string): string => title.replace(/[^\p{L}\p{N}]/gu, '')

/** Whether the second title holds all that the first says. */
export function isTitleAgain(first: string, second: string): boolean {
  const words = wordsOf(first)
  return words.length >= LEAST_REPEATED && wordsOf(second).includes(words)
}

/** 云府发〔2016〕26号《…》: a number in one line with the title. */
export const NUMBER_BEFORE = /^[\u4e00-\u9fff]{1,14}〔(?:19|20)\d\d〕\d{1,5}号(?=《)/

/** A day that a database prints behind a title: …的通知(2004/06/23). */
const DAY_OF_PAGE = /\((?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\)$/

/** What a page says of a document's validity, behind its title: …的通知(有效). */
const VALIDITY = /\((?:现行|继续)?有效\)$|\((?:已经?)?(?:失效|废止)\)$/

/** A title that its page sets in book marks. */
const IN_BOOK_MARKS = /^《([^《》]{8,})》$/

/** 《云川市…的意见》云川市…的意见: the title in book marks and once more behind them, in one run. */
function behindBookMarks(title: string): string {
  const close = title.startsWith('《') ? title.indexOf('》') : -1
  return close >= LEAST_REPEATED && title.slice(1, close) === title.slice(close + 1) ? title.slice(close + 1) : title
}

/** A title that stands twice in one run. */
function once(title: string): string {
  const half = title.slice(0, title.length >> 1)
  return half + half === title ? half : title
}

/** Marks that one of two titles may have more than the other. */
const MOST_MARKS = 3

/** One title ends and the next begins with its issuer, told by its place, in one run of words. */
const TITLE_AND_TITLE = new RegExp(
  `(?:${anyOf([...OFFICIAL_KINDS, ...PLAN_KINDS, ...RULE_KINDS])})(?![的和与及])(?=(?:中共|国务院|国家|[\\u4e00-\\u9fff]{1,8}[省市县区州盟旗镇乡])[\\u4e00-\\u9fff]{0,16}(?:政府|办公[厅室]|委员会|[局厅])(?:关于|印发|转发|发布))`,
)

/** The document's own title where a page's title runs into it: what stands last of two that say the same. */
export function ownTitle(given: string): string {
  const title = once(
    behindBookMarks(given.replace(DAY_OF_PAGE, '').replace(VALIDITY, '').replace(NUMBER_BEFORE, '')),
  ).replace(IN_BOOK_MARKS, '$1')
  const seam = TITLE_AND_TITLE.exec(title)
  if (seam) return title.slice(seam.index + seam[0].length)
  for (let length = (title.length >> 1) + MOST_MARKS; length >= LEAST_REPEATED; length--)
    if (endsLikeTitle(title.slice(0, length)) && isTitleAgain(title.slice(0, length), title.slice(length)))
      return title.slice(length)
  return title
}
