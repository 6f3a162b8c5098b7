import { OFFICIAL_KINDS, PLAN_KINDS, RULE_KINDS } from '../lexicon/document-kinds.ts'
import { anyOf } from '../parsers/word-finder.ts'
import {
  endsLikeTitle,
  isDateLine,
  isNumberLine,
  isOrganLine,
  isPageLine,
  isSigner,
  isSalutation,
  isSpokenLine,
  speakerOf,
} from '../text/marks.ts'
import { isAbout, isMetadata, readMetadata } from './metadata.ts'
import { readNumber } from './document-number.ts'
import type { Paragraph } from './paragraphs.ts'
import { labelOf } from './labels.ts'
import type { HeadDoubt } from '../types.ts'

/** Where a document begins: indexes into the paragraphs, both inclusive. */
export interface HeadAt {
  first: number
  /** Last paragraph of the head: title, number or the line of addressees. */
  last: number
  title: string
  number: string | null
  /** Where the title is a guess: what it was taken from. */
  guess?: HeadDoubt
}

/** A title has no more lines than this, its issuer included. */
const MOST_TITLE_LINES = 6
const LONGEST_TITLE_LINE = 90

const ADDRESSEE_BEGINS =
  /^(?:[各市省州县区驻在本全]|国务院|中央|有关|相关|[\u4e00-\u9fff]{2,8}(?:[省市县区州盟旗]|新区|科技城|管委会|开发区))/
const ADDRESSEE_ENDS =
  /(?:政府|部门|单位|委员会|机构|管委会|办事处|企业|公司|[局委办厅院校行镇处]|集团|部队|组织|街道)[)）]?:$/
const TITLE = /(?:关于|印发|转发|批转|发布|公布).{2,}|^.{0,30}(?:公告|通告|命令|令)$/
const RED_HEAD = /^[\u4e00-\u9fff]{2,40}(?:文件|令)$/
const OFFICIAL_KIND = new RegExp(`(?:${anyOf(OFFICIAL_KINDS)})(?:\\([^()]*\\))?$`)

/** A number without the issuer's sign, as minutes of meetings carry it: 〔2021〕14号. */
const BARE_NUMBER = /^[〔[(【]((?:19|20)\d\d)[〕\])】]第?(\d{1,5})[号期]$/
const MINUTES = /纪要$/

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

/** Lines about a document (发文字号, 成文日期) beside its title; a table of them has no more. */
export const MOST_LINES_ABOUT = 40
/** Lines between a title that a web page sets above a document and the document's own. */
const MOST_LINES_BETWEEN = 12
const wordsOf = (title: string): string => title.replace(/[^\p{L}\p{N}]/gu, '')

/** Whether a head is the one before it once more: the page's title, lines about the document, and the document's own head. */
function isSameHead(before: HeadAt, head: HeadAt, paragraphs: readonly Paragraph[]): boolean {
  if (before.number !== null && head.number !== null && before.number !== head.number) return false
  const between = paragraphs.slice(before.last + 1, head.first)
  if (
    between.length > MOST_LINES_BETWEEN ||
    between.some(({ text }) => text.length > LONGEST_TITLE_LINE || /[。;]/.test(text))
  )
    return false
  return isTitleAgain(before.title, head.title)
}

/** Shorter titles may stand in one another by chance. */
const LEAST_REPEATED = 8

/** Whether the second title holds all that the first says. */
function isTitleAgain(first: string, second: string): boolean {
  const words = wordsOf(first)
  return words.length >= LEAST_REPEATED && wordsOf(second).includes(words)
}

/** Lines about the document right below its head (发布日期, 来源) belong to it. */
export function withLinesAbout(paragraphs: readonly Paragraph[], head: HeadAt): HeadAt {
  let { last } = head
  while (
    last + 1 < paragraphs.length &&
    (isMetadata(paragraphs[last + 1] as Paragraph) || isValue(paragraphs, last + 1))
  )
    last++
  return { ...head, last }
}

/** What stands below its label and is as short as such values are. */
const LONGEST_VALUE = 30
const isValue = (paragraphs: readonly Paragraph[], at: number): boolean => {
  const { text } = paragraphs[at] as Paragraph
  return text.length <= LONGEST_VALUE && !/[。;:]$/.test(text) && isAbout(paragraphs, at)
}

/** 云川市人民政府令 / 第12号 / 《…办法》已经…通过,现予公布: an order, whose title is what it puts into force. */
function headOfOrder(paragraphs: readonly Paragraph[], at: number): HeadAt | null {
  const order = (paragraphs[at] as Paragraph).text
  if (!order.endsWith('令') || !isOrganLine(order.slice(0, -1))) return null
  const number = /^\(?第(\d{1,4})号\)?$/.exec(paragraphs[at + 1]?.text ?? '')
  if (!number) return null
  const put = /^《([^《》]{4,60})》/.exec(paragraphs[at + 2]?.text ?? '')
  return { first: at, last: at + 1, title: put ? (put[1] as string) : order, number: `${order}第${number[1]}号` }
}

/** 政府工作报告 / ——2012年2月29日在…会议上 / 云川区人民政府区长 张三 / 各位代表: */
function headOfReport(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
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

/** A title above its 发文字号, or below it where the head is red. */
function headAtNumber(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const number = readNumber((paragraphs[at] as Paragraph).text)
  if (number === null) return null
  const above = titleAbove(paragraphs, at, after)
  if (above && TITLE.test(above.title) && !RED_HEAD.test(above.title))
    return { ...above, title: wholeTitle(paragraphs, above.title, at), last: withAddressees(paragraphs, at), number }
  const before = paragraphs[at - 1]
  const below = before && isDateLine(before.text) ? null : titleBelow(paragraphs, at)
  if (!below)
    return above && endsLikeTitle(above.title) ? { ...above, last: withAddressees(paragraphs, at), number } : null
  return { first: above?.first ?? at, last: withAddressees(paragraphs, below.last), title: below.title, number }
}

/** 云川市人民政府办公室转发市教育局等部门制订的: where the page has lost the end of a title, that of what it hands down. */
const wholeTitle = (paragraphs: readonly Paragraph[], title: string, number: number): string =>
  (title.endsWith('的') && titleBehindSignature(paragraphs, number + 1)) || title

/**
 * 云府办发〔2024〕7号 / 各县…: / 现将《某某方案》印发给你们 / signature / 云江市某某方案: a notice without a title of its own, the
 * first of its text. Its title is what the page's table gives, else that of what it hands down.
 */
function headWithoutTitle(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const number = readNumber((paragraphs[at] as Paragraph).text)
  const addressees = number === null ? at : at + 1
  if (after >= 0 || !paragraphs[addressees] || !isAddressees((paragraphs[addressees] as Paragraph).text)) return null
  for (let i = 0; i < at; i++)
    if (!isMetadata(paragraphs[i] as Paragraph) && !isPageLine((paragraphs[i] as Paragraph).text)) return null
  const put = HANDS_DOWN.exec(paragraphs[addressees + 1]?.text.slice(0, LONGEST_OPENING) ?? '')
  const title =
    readMetadata(paragraphs, 0, at).title ?? titleBehindSignature(paragraphs, addressees + 1) ?? put?.[1] ?? put?.[2]
  if (title) return { first: at, last: addressees, title, number }
  // Addressees, with or without a number above, are a head though nothing names the document.
  const opening = paragraphs[addressees + 1]?.text.slice(0, LONGEST_NAMELESS)
  return opening ? { first: at, last: addressees, title: opening, number, guess: 'missing' } : null
}
/** First words by which a document without a title is known, in characters. */
const LONGEST_NAMELESS = 40
const LONGEST_OPENING = 240
/** 《…》已经…同意,现印发给你们; 现将《…》印发给你们. Of several things handed down none names the notice. */
const HANDS_DOWN =
  /^《([^《》]{4,80})》[已业经]|(?:现将|现印发)《([^《》]{4,80})》(?![中《、和及与]|[^,。;]{0,4}(?:提出|确定|明确|部署|安排))/
/** A notice that hands something down has no more lines before its date. */
const MOST_LINES_OF_NOTICE = 10

/** The title of what is attached, below the date of the notice. */
function titleBehindSignature(paragraphs: readonly Paragraph[], from: number): string | null {
  for (let i = from; i < Math.min(from + MOST_LINES_OF_NOTICE, paragraphs.length); i++) {
    if (!isDateLine((paragraphs[i] as Paragraph).text)) continue
    const behind = /^\(/.test(paragraphs[i + 1]?.text ?? '') ? i + 2 : i + 1
    const { text } = paragraphs[behind] ?? { text: '' }
    return isTitleLine(text) && endsLikeTitle(text) ? text : null
  }
  return null
}

/** 云川市人民政府 / 市长办公会议纪要 / 〔2021〕14号: only minutes have a number that names no issuer. */
function headOfMinutes(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const bare = BARE_NUMBER.exec((paragraphs[at] as Paragraph).text)
  if (!bare) return null
  const above = titleAbove(paragraphs, at, after)
  return above && MINUTES.test(above.title) ? { ...above, last: at, number: `〔${bare[1]}〕${bare[2]}号` } : null
}

/** 云川市税务局关于…的通告 / 2024年第2号: announcements are counted by the year. */
function headOfAnnouncement(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  const number = announcementNumber(paragraphs[at])
  const above = number === null ? null : titleAbove(paragraphs, at, after)
  return above && ANNOUNCEMENT.test(above.title) ? { ...above, last: at, number } : null
}
const ANNOUNCEMENT = /(?:公告|通告|令)$/

const announcementNumber = (paragraph: Paragraph | undefined): string | null =>
  /^\(?((?:19|20)\d\d年第\d{1,4}号)\)?$/.exec(paragraph?.text ?? '')?.[1] ?? null

/** A title and, with no number between, the line of addressees. */
function headAtAddressees(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
  if (!isAddressees((paragraphs[at] as Paragraph).text)) return null
  const above = titleAbove(paragraphs, at, after)
  if (!above || !TITLE.test(above.title) || !OFFICIAL_KIND.test(above.title)) return null
  return { ...above, last: at, number: null }
}

/** After the date that closes a document, a title that names its issuer opens the next. */
function headAfterDate(paragraphs: readonly Paragraph[], at: number, after: number): HeadAt | null {
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

interface TitleLines {
  first: number
  title: string
}

function titleAbove(paragraphs: readonly Paragraph[], at: number, after: number): TitleLines | null {
  let end = at
  while (end - 1 > after && at - end < MOST_LINES_ABOUT && isAbout(paragraphs, end - 1)) end--
  let first = end
  while (first - 1 > after && end - first < MOST_TITLE_LINES && isTitleLine((paragraphs[first - 1] as Paragraph).text))
    first--
  if (first === end) return null
  const own = repeatedTitle(paragraphs, first, end)
  // What the page above calls the document is its title, without the body that a database names in between.
  const whole = (paragraphs[end - 1] as Paragraph).text
  if (end - first > 1 && ABOUT.test(whole) && endsLikeTitle(whole) && standsAbove(paragraphs, first, whole))
    return { first: end - 1, title: whole }
  if (end - first > 1 && isNamedAbove(paragraphs, end - 1)) return { first: end - 1, title: ownTitle(whole) }
  const begins = firstTitleLine(paragraphs, issuerLine(paragraphs, own, end), end)
  return { first: own > first ? first : begins, title: joinTitle(paragraphs, begins, end) }
}

const ABOUT = /^(?:关于|印发|转发|批转)/

/** 某局 / 某局 政策文件 / 某局关于…的通知: whether a site names itself above a whole title that names the same body. */
function isNamedAbove(paragraphs: readonly Paragraph[], at: number): boolean {
  const { text } = paragraphs[at] as Paragraph
  const issuer = endsLikeTitle(text) && TITLE.test(text) ? issuerOf(text) : null
  return issuer !== null && (paragraphs[at - 1]?.text.startsWith(issuer) ?? false)
}

/** Whether a line stands by itself in the lines above, too. */
function standsAbove(paragraphs: readonly Paragraph[], before: number, line: string): boolean {
  for (let i = before - 1; i >= Math.max(0, before - MOST_LINES_BETWEEN); i--)
    if ((paragraphs[i] as Paragraph).text === line) return true
  return false
}

/** Where the title begins again: a page's title stands above the document's own, which may be broken into lines. */
function repeatedTitle(paragraphs: readonly Paragraph[], first: number, at: number): number {
  for (let i = at - 1; i > first; i--)
    for (let k = first; k < i; k++)
      if (isTitleAgain((paragraphs[k] as Paragraph).text.replace(NUMBER_BEFORE, ''), joinTitle(paragraphs, i, at)))
        return i
  return first
}

/** The line of the issuer, where one of the lines is: what stands above it belongs to the document before. */
function issuerLine(paragraphs: readonly Paragraph[], first: number, at: number): number {
  for (let i = at - 2; i > first; i--) {
    const text = (paragraphs[i] as Paragraph).text
    if (
      isOrganLine(text) &&
      /(?:政府|办公[厅室]|国务院|委员会|[局厅部委院])$/.test(text) &&
      !isOrganLine((paragraphs[i - 1] as Paragraph).text)
    )
      return i
  }
  return first
}

/** The first line that is the issuer or begins the title; what stands above is left of the text or page before. */
function firstTitleLine(paragraphs: readonly Paragraph[], from: number, at: number): number {
  for (let i = from; i < at; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (isOrganLine(text) || issuerOf(text) !== null || /^(?:关于|印发|转发|批转|发布|公布)/.test(text)) return i
    // Several bodies in one line, whose matter begins on the next.
    if (ENDS_LIKE_BODY.test(text) && i + 1 < at && ABOUT.test((paragraphs[i + 1] as Paragraph).text)) return i
  }
  return from
}

const ENDS_LIKE_BODY = /^[\u4e00-\u9fff]{4,80}(?:政府|办公[厅室]|委员会|协会|[局厅部委办])$/

function titleBelow(paragraphs: readonly Paragraph[], at: number): { title: string; last: number } | null {
  let title = ''
  let first = at + 1
  while (first < paragraphs.length && first - at <= MOST_LINES_ABOUT && isMetadata(paragraphs[first] as Paragraph))
    first++
  for (
    let i = first;
    i < paragraphs.length && i - first < MOST_TITLE_LINES && isTitleLine((paragraphs[i] as Paragraph).text);
    i++
  ) {
    title += (paragraphs[i] as Paragraph).text
    if (endsLikeTitle(title) && TITLE.test(title) && !/^附件/.test(title)) return { title: ownTitle(title), last: i }
  }
  return null
}

const joinTitle = (paragraphs: readonly Paragraph[], first: number, end: number): string =>
  ownTitle(
    paragraphs
      .slice(first, end)
      .map(({ text }) => text)
      .join(''),
  )

/** 云府发〔2016〕26号《…》: a number in one line with the title. */
const NUMBER_BEFORE = /^[\u4e00-\u9fff]{1,14}〔(?:19|20)\d\d〕\d{1,5}号(?=《)/

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
function ownTitle(given: string): string {
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

/** A line of a title: short, without a sentence end, no label, no date, no row of a table. */
function isTitleLine(text: string): boolean {
  if (text.length > LONGEST_TITLE_LINE || /[。;:!?\t]/.test(text)) return false
  if (isDateLine(text) || isNumberLine(text) || isSpokenLine(text) || isPageLine(text)) return false
  if (labelOf(text) !== null || isMetadata({ text }) || CUT_NUMBER.test(text)) return false
  return !/^(?:附件|附表|目录|\(此件|\(下载|抄送|主题词)/.test(text)
}

/** 云府发〔20243: a number of which the page has lost the end. */
const CUT_NUMBER = /^[\u4e00-\u9fff]{1,10}[〔[【](?:19|20)\d{2,6}$/

const isAddressees = (text: string): boolean =>
  text.length <= 300 &&
  text.endsWith(':') &&
  labelOf(text) === null &&
  (text.startsWith('各') || (ADDRESSEE_BEGINS.test(text) && ADDRESSEE_ENDS.test(text.slice(-8))))

/** The number or the addressees may stand below the title: the head ends with the last of them. */
function withAddressees(paragraphs: readonly Paragraph[], last: number): number {
  for (let i = last + 1; i <= last + 2 && i < paragraphs.length; i++)
    if (isAddressees((paragraphs[i] as Paragraph).text)) return i
  return last
}

const ISSUER =
  /^((?:中共|中国|国务院|[\u4e00-\u9fff]{2,24}?(?:政府|办公[厅室]|委员会|[委局厅部院行署]|领导小组|指挥部)).{0,60}?)(?=关于|印发|转发|批转|发布|公布|公告|通告|令)/

/** 云川市人民政府常务会议纪要: minutes are of the body that met. */
const MEETING =
  /^([\u4e00-\u9fff]{2,24}?(?:政府|委员会|办公[厅室]|指挥部|领导小组))(?=[\u4e00-\u9fff]{0,10}(?:会议)?纪要$)/

/** 2024年云川省政府工作报告. */
const WORK_REPORT = /^(?:(?:19|20)\d\d年)?([\u4e00-\u9fff]{2,10}?[省市县区州盟旗镇乡])(?:人民)?政府工作报告/

const JOINT = /^[\u4e00-\u9fff]{2,24}等(?:[\d一二三四五六七八九十]{1,3}个?)?(?:部门|单位)(?=关于|印发|转发|公布)/

/** The first of several issuers that a title names for all: 国家发展改革委等部门. */
export const jointIssuerOf = (title: string): string | null => JOINT.exec(title)?.[0] ?? null

/** The issuer on a line of its own in a head, a red one (云川市人民政府文件) included; null where there is none. */
export function issuerLineOf(paragraphs: readonly Paragraph[], head: HeadAt, from = head.first): string | null {
  for (let i = from; i <= head.last; i++) {
    const { text } = paragraphs[i] as Paragraph
    const name = text.replace(/(?:文件|令)$/, '')
    if (isPageLine(text)) continue
    if (isOrganLine(name) || (text.endsWith('文件') && isSigner(name))) return name
  }
  return null
}

/** The bodies that a title begins with, null where it begins with the matter. */
export function issuerOf(title: string): string | null {
  const match = ISSUER.exec(title) ?? MEETING.exec(title)
  const report = WORK_REPORT.exec(title)?.[1]
  if (!match) return report ? `${report}人民政府` : null
  const issuer = match[1] as string
  return isOrganLine(issuer) || /(?:政府|办公[厅室]|国务院|委员会|[委局厅部])$/.test(issuer) ? issuer : null
}
