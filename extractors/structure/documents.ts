import { DIVISION_KINDS, OFFICIAL_KINDS, PLAN_KINDS, RULE_KINDS } from '../lexicon/document-kinds.ts'
import { anyOf } from '../parsers/word-finder.ts'
import {
  hasPunctuation,
  isDateLine,
  isMonthLine,
  isOrganLine,
  isPageLine,
  isPassedLine,
  isSalutation,
  isSigner,
  isSpokenLine,
  endsLikeTitle,
  speakerOf,
} from '../text/marks.ts'
import { rawSpan, type ReadingText } from '../text/reading-text.ts'
import { readDate } from './dates.ts'
import { labelOf } from './labels.ts'
import {
  findHeads,
  issuerLineOf,
  issuerOf,
  jointIssuerOf,
  MOST_LINES_ABOUT,
  withLinesAbout,
  type HeadAt,
} from './heads.ts'
import { isAbout, isMetadata, readMetadata, type Metadata } from './metadata.ts'
import { readNumber } from './document-number.ts'
import type { Paragraph } from './paragraphs.ts'
import { headDoubts } from './head-doubts.ts'
import type { HeadDoubt } from '../types.ts'
import { isTableHeader } from './tables.ts'
import type { DocumentHead } from './types.ts'

/** A document as a run of paragraphs, `first`..`end` (exclusive), with what its head says. */
export interface DocumentParagraphs {
  head: DocumentHead
  first: number
  /** First paragraph behind the head. */
  body: number
  end: number
}

/** Text before the first head is a document of its own where it holds more than a cover: characters of full sentences. */
const LEAST_OPENING = 300

/** Cuts the paragraphs into documents. A text without any head is one document. */
export function splitDocuments(reading: ReadingText, paragraphs: readonly Paragraph[]): DocumentParagraphs[] {
  if (paragraphs.length === 0) return []
  const heads = findHeads(paragraphs)
  const opening = heads[0] ? heads[0].first : paragraphs.length
  if (opening > 0 && (heads.length === 0 || isMatter(paragraphs.slice(0, opening))))
    heads.unshift(withLinesAbout(paragraphs, unmarkedHead(paragraphs, opening)))
  return heads.map((head, i) =>
    documentOf(
      reading,
      paragraphs,
      head,
      aboutFrom(paragraphs, head.first, heads[i - 1]?.last ?? -1),
      heads[i + 1]?.first ?? paragraphs.length,
    ),
  )
}

/**
 * The first of the lines above a head that may say something about its document: back to the last full sentence, above the
 * first document all of them.
 */
function aboutFrom(paragraphs: readonly Paragraph[], first: number, after: number): number {
  if (after < 0 && first < MOST_LINES_ABOUT) return 0
  let from = first
  while (from - 1 > after && first - from < MOST_LINES_ABOUT && !/[。;]/.test((paragraphs[from - 1] as Paragraph).text))
    from--
  return from
}

/** Whether what stands before the first head is more than a cover: sentences enough, or a table of targets. */
const isMatter = (paragraphs: readonly Paragraph[]): boolean =>
  proseLength(paragraphs, paragraphs.length) >= LEAST_OPENING || paragraphs.some(isTableHeader)

function proseLength(paragraphs: readonly Paragraph[], end: number): number {
  let length = 0
  for (let i = 0; i < end; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (/[。;]/.test(text)) length += text.length
  }
  return length
}

/** A line that begins a title of its own: the matter, or a place with its year (云川县2024年度…考核细则). */
const BEGINS_TITLE = /^(?:关于|印发|转发|[\u4e00-\u9fff]{2,12}[省市县区州旗镇乡局委](?:20\d\d年|关于))/
/** What a page calls a section (政策, 公开年报) has no more characters; a title broken over lines begins with more. */
const LONGEST_PAGE_WORD = 8
/** Whether a line is a title by itself, which begins with a place. */
const isWholeTitle = (text: string): boolean =>
  text.length >= 12 && /^(?!关于|印发)[\u4e00-\u9fff]{2,8}[省市县区州旗镇乡]/.test(text) && endsLikeTitle(text)
/** What a list, a page or a site's section sets before a title: •, Page 6-, 【时政新闻】. */
const MARK_BEFORE =
  /^(?:[•·●■◆] ?|\d{1,2}[.、](?!\d)|Page ?\d{1,4} ?[-—] ?|【[^【】]{0,6}(?:新闻|要闻|动态|公告|资讯|快讯|头条)】(?=.{6}))/i
/** 《某某计划》将于近期印发: a report whose subject is what it brings. */
const BROUGHT = /^《([^《》]{6,60})》(?:[将已]于?|即将|近日|日前|正式)[^,。;]{0,12}(?:印发|出台|发布|下发|公布)/
/** …联合印发《某某计划》: news without a headline; what they tell of dates them, but is not their title. */
const TOLD_OF = /(?:印发|出台|制定|发布|下发)了?《([^《》]{6,60})》/

const OPENS_PART = /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))/

/** A document that begins without number and addressees: its title is the first line that reads like one, else the first line. */
function unmarkedHead(paragraphs: readonly Paragraph[], end: number): HeadAt {
  let begin = 0
  while (begin < end && begin < MOST_LINES_ABOUT && isAround(paragraphs, begin)) begin++
  if (begin === end) begin = 0
  // 政策 above a headline: a section of the page.
  if (SECTION.test((paragraphs[begin] as Paragraph).text) && isHeadline(paragraphs[begin + 1]?.text ?? '。')) begin++
  // Rows of a table are matter: what stands below them is no title of the whole.
  const table = paragraphs.findIndex(isTableHeader)
  const limit = Math.min(end, begin + 12, table < 0 ? end : table)
  for (let i = begin; i < limit; i++) {
    let title = ''
    for (let k = i; k < Math.min(i + 3, limit); k++) {
      const { text } = paragraphs[k] as Paragraph
      if (text.length > 80 || /[。;:\t]/.test(text) || isDateLine(text) || isPageLine(text)) break
      // 三、2026年工作安排: an excerpt begins with one of its parts.
      if (OPENS_PART.test(text)) break
      if (NO_TITLE.test(text)) break
      // What stands above the matter and is no body is left of the page: 最新文件.
      if (k > i && BEGINS_TITLE.test(text) && !isOrganLine((paragraphs[k - 1] as Paragraph).text)) break
      if (k > i && title.length <= LONGEST_PAGE_WORD && isWholeTitle(text) && !isOrganLine(title)) break
      title += text
      if (endsLikeTitle(title.replace(PART_OF_FILE, ''))) {
        const own = title.replace(MARK_BEFORE, '').replace(PART_OF_FILE, '')
        const again = titleAgain(paragraphs, k + 1, limit, own)
        const last = again?.at ?? k
        const cover = coverBelow(paragraphs, last, limit)
        return {
          first: i,
          last: cover.last,
          title: `${again?.title ?? own}${cover.period}`,
          number: null,
          guess: 'title-alone',
        }
      }
    }
  }
  const { text } = paragraphs[begin] as Paragraph
  const runIn = TITLE_RUN_IN.exec(text.slice(0, 100))
  const opening = runIn?.[1] ?? runIn?.[2]
  if (opening && !isMetadata({ text }))
    return { first: begin, last: begin - 1, title: opening, number: null, guess: 'title-alone' }
  const brought = BROUGHT.exec(text.slice(0, 100))?.[1]
  if (brought) return { first: begin, last: begin - 1, title: brought, number: null }
  const above = TITLE_OF_TABLE.exec(text)?.[0]
  if (above) return { first: begin, last: begin - 1, title: above, number: null, guess: 'title-alone' }
  if (isHeadline(text) && !isPartHeading(text, paragraphs[begin + 1]?.text ?? '')) {
    const lines = headlineLines(paragraphs, begin, end)
    const title = lines.map((line) => line.text).join('')
    return {
      first: begin,
      last: begin + lines.length - 1,
      title: title.replace(MARK_BEFORE, '').replace(DAY_BEHIND, ''),
      number: null,
      guess: 'first-line',
    }
  }
  return {
    first: begin,
    last: begin - 1,
    title: TOLD_OF.exec(text.slice(0, 200))?.[1] ?? text.replace(/\t+/g, ' ').trim().slice(0, 40),
    number: null,
    guess: 'missing',
  }
}

/** 【…】“…”: a headline in brackets before the text; 关于…的意见。为…: a title in one run with it. */
const TITLE_RUN_IN = /^【([^【】]{10,60})】|^(关于[^。,;:]{4,60}(?:意见|通知|方案|措施|办法|计划))。(?=.)/
/** When the page was put up, behind a headline: …(发布时间:2022-09-13 10:10). */
const DAY_BEHIND = /\((?:发布|更新)?(?:时间|日期):[^()]{8,24}\)$/
/** 2016年2月16日张三: when a report was given and by whom, which names nothing. */
const DAY_AND_SPEAKER = /^(?:19|20)\d\d年\d{1,2}月\d{1,2}日[\u4e00-\u9fff]{2,4}$/

/** The section of a site or newspaper that a page belongs to, as short as no headline is: 政策, 要闻, a place. */
const SECTION = /^[\u4e00-\u9fff]{2,4}$/
const isHeadline = (text: string): boolean =>
  text.length <= 80 &&
  !/[。;\t|]|:$/.test(text) &&
  labelOf(text) === null &&
  !NO_TITLE.test(text) &&
  !isDateLine(text) &&
  !DAY_AND_SPEAKER.test(text)

/** “十五五”时期的主要目标任务, 2026年重点工作: a part of a report, which the rest of the page goes on with. */
const PART_OF_REPORT =
  /^(?:“十[一二三四五六]五”(?:时期|期间)?|(?:19|20)\d\d年|今年|(?:今后|未来)[一二三四五]年)(?:全?[省市县区])?(?:政府|经济社会发展)?(?:的|和|主要|重点|总体|奋斗|发展|预期)*(?:目标|任务|工作|安排|要求|思路|部署){1,3}$/
/** What the headings of a plan's parts begin with, one below the other. */
const TASK_VERB =
  /^(?:加[快强大]|推[进动]|深化|提[升高]|强化|构建|打造|完善|健全|优化|培育|壮大|做[大强优]|坚持|全面|大力|着力|持续|积极|促进|夯实|拓展)/
const LONGEST_PART_HEADING = 24
const isPartHeading = (text: string, next: string): boolean =>
  PART_OF_REPORT.test(text) ||
  [text, next].every((line) => line.length <= LONGEST_PART_HEADING && TASK_VERB.test(line) && !hasPunctuation(line))

/** The lines of a headline above 同志们:, with which what is spoken begins; else its first alone. */
function headlineLines(paragraphs: readonly Paragraph[], begin: number, end: number): readonly Paragraph[] {
  for (let i = begin + 1; i < Math.min(begin + MOST_HEADLINES + 1, end); i++) {
    const { text } = paragraphs[i] as Paragraph
    if (isSalutation(text)) return paragraphs.slice(begin, i)
    if (hasPunctuation(text) || !isHeadline(text)) break
  }
  return paragraphs.slice(begin, begin + 1)
}
const MOST_HEADLINES = 4

/** 云川县…考核细则序号考核内容分值…: a title in one run with the heads of the columns below it. */
const TITLE_OF_TABLE = /^[\u4e00-\u9fff\d-]{4,50}?(?:细则|办法|标准|方案|清单|表)(?=序号)/

/** (2021-2025年): the years of a plan, on a line of their own below its name. */
const PERIOD_LINE = /^\((?:19|20)\d\d年?[-—~至]{1,2}(?:(?:19|20)\d\d年?|\d{1,2}年)\)$/
/** What a cover says below the name of a plan: its years, which close its title, then who made it and when. */
function coverBelow(paragraphs: readonly Paragraph[], title: number, limit: number): { period: string; last: number } {
  let last = title
  const below = (): string => (last + 1 < limit ? (paragraphs[last + 1] as Paragraph).text : '')
  const period = PERIOD_LINE.test(below()) ? below() : ''
  if (period !== '') last++
  const named = last
  while (isOrganLine(below())) last++
  if (last > named && (isMonthLine(below()) || isDateLine(below()))) return { period, last: last + 1 }
  // A body without a date below it may be the first of a list.
  return { period, last: named }
}

/**
 * 附件2, 目录, 全文: stands above what it names; (此件公开发布): a note; 云川网3月5日讯, (云川县融媒体中心)…: where news come from. None
 * names anything.
 */
const NO_TITLE =
  /^(?:附[件表]\d{0,2}|目录|全文|正文|摘要|导读)$|^\((?:此件|下载|盖章)|^[^,。;:]{0,16}\d{1,2}月\d{1,2}日[电讯]|^\([^()]{2,12}(?:融媒体中心|新闻网|日报社?|电视台)\)/
/** (上), (截至10月31日): which part of the document the page holds, or of which day. */
const PART_OF_FILE = /\((?:[上中下]|截[至止]到?[^()]{2,12})\)$/
/** Lines between what a page calls a document and the document's own title, and how many characters more the first has. */
const MOST_LINES_TO_OWN = 4
const MOST_MORE = 6

/** The document's own title where the page above has set a place or a word before it. */
function titleAgain(
  paragraphs: readonly Paragraph[],
  from: number,
  limit: number,
  title: string,
): { at: number; title: string } | null {
  for (let at = from; at < Math.min(from + MOST_LINES_TO_OWN, limit); at++) {
    const { text } = paragraphs[at] as Paragraph
    if (text.length >= 8 && text.length < title.length && title.length - text.length <= MOST_MORE)
      if (endsLikeTitle(text) && title.endsWith(text)) return { at, title: text }
  }
  return null
}

/** Whether a line is of the page around the document, or says something about it. */
const isAround = (paragraphs: readonly Paragraph[], at: number): boolean =>
  isAbout(paragraphs, at) || isPageLine((paragraphs[at] as Paragraph).text)

function documentOf(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  about: number,
  end: number,
): DocumentParagraphs {
  const metadata = readMetadata(paragraphs, about, Math.min(head.last + 1, end))
  const start = (paragraphs[head.first] as Paragraph).start
  const last = head.last < head.first ? start : (paragraphs[head.last] as Paragraph).end
  const stated = head.number ?? metadata.number
  const number: ReadField =
    stated === null ? numberWithin(reading, paragraphs, head.last + 1, end) : { value: stated, doubt: null }
  const issuer = issuerOfDocument(reading, paragraphs, head, about, end, metadata)
  const title = titleWith(head, metadata)
  const issued = dateOfIssue(paragraphs, head, about, end, metadata)
  return {
    first: head.first,
    body: head.last + 1,
    end,
    head: {
      number: number.value,
      title: title.value,
      issuer: issuer.value === null ? null : splitIssuers(issuer.value).replace(/ /g, '、'),
      issuedOn: issued.value,
      doubts: headDoubts({
        number: number.doubt,
        title: title.doubt,
        issuer: issuer.doubt,
        issuedOn: issued.doubt,
      }),
      range: { start, end: last },
    },
  }
}

/** 标题:云川县2027年政府工作报告: what a page calls the document, where its head has no title, a guess, or a part of it. */
const titleWith = ({ title, guess }: HeadAt, metadata: Metadata): { value: string; doubt: HeadDoubt | null } =>
  metadata.title !== null && (title === '' || guess !== undefined || metadata.title.includes(title))
    ? { value: metadata.title, doubt: null }
    : { value: title, doubt: guess ?? null }

/** What was read for a field of the head, and why it may be wrong; null where it stands where such a field stands. */
interface ReadField {
  value: string | null
  doubt: HeadDoubt | null
}

/** The body that issued a document, by the surest place that names one. */
function issuerOfDocument(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  about: number,
  end: number,
  metadata: Metadata,
): ReadField {
  const named = HEADLINE_OF_ISSUE.test(head.title) ? null : issuerOf(head.title)
  // A plan below the notice that handed it down, whose own head is lost, is signed above its title.
  const signed = signatureOf(reading, paragraphs, head.guess ? about : head.last + 1, end)
  // 市人民政府 of a title is the 云川市人民政府 that signs.
  if (
    named !== null &&
    signed !== null &&
    (signed.endsWith(named) || (NO_PLACE.test(named) && isFullerName(signed, named)))
  )
    return { value: signed, doubt: null }
  // The names of a title run together in it, and stand apart in the signature.
  if (named !== null && signed?.replace(/ /g, '') === named) return { value: signed, doubt: null }
  // The title names the first of several that sign.
  if (named !== null && signed?.startsWith(`${named} `)) return { value: signed, doubt: null }
  if (named !== null) {
    const fuller = NO_PLACE.test(named)
      ? [metadata.issuer, undatedSignature(paragraphs, head.last + 1, end)].find(
          (name) => name !== null && isFullerName(name, named),
        )
      : null
    return { value: fuller ?? namesInTitle(reading, paragraphs, head, named) ?? named, doubt: null }
  }
  const line = issuerLineOf(paragraphs, head)
  if (signed !== null && metadata.issuer !== null && isFullerName(metadata.issuer, signed))
    return { value: metadata.issuer, doubt: null }
  // A signature over two lines, under the whole name in red above the title.
  if (signed !== null && line !== null && line.length > signed.length && line.endsWith(signed))
    return { value: line, doubt: null }
  if (signed !== null)
    return { value: signed, doubt: line === signed || metadata.issuer === signed ? null : 'signature' }
  if (line !== null) return { value: line, doubt: null }
  const apart = namesInTitle(reading, paragraphs, head, null)
  if (apart !== null) return { value: apart, doubt: null }
  const joint = HEADLINE_OF_ISSUE.test(head.title) ? null : jointIssuerOf(head.title)
  if (joint !== null) return { value: joint, doubt: 'joint' }
  const spoken = speakersBody(paragraphs, head)
  if (spoken !== null) return { value: spoken, doubt: 'speaker' }
  if (metadata.issuer !== null) return { value: metadata.issuer, doubt: null }
  const closing = closingOf(paragraphs[end - 1])
  if (closing !== null) return { value: closing.body, doubt: 'signature' }
  // 云川县水利局开展清查工作方案: whoever the title says does it, where nobody signs.
  const doer = DOES.exec(head.title)?.[1] ?? ''
  if (isOrganLine(doer)) return { value: doer, doubt: 'signature' }
  // 云川省人民政府, which a database sets above the title.
  const above = issuerLineOf(paragraphs, head, about)
  return { value: above, doubt: above === null ? 'missing' : 'signature' }
}

/** **云川县水利局**开展: the body that opens a title, before what it does. */
const DOES = /^([\u4e00-\u9fff]{4,24}?(?:政府|办公[厅室]|委员会|[委局厅部]))(?:开展|实施|推进|加强|贯彻|落实)/

/** 三部门印发《…》: a headline that tells what was issued; the page's own words are not of that body. */
const HEADLINE_OF_ISSUE = /》$/

/** 市政府办公室, 区委办公室: a body by its level alone. */
const NO_PLACE = /^[省市区县州旗盟镇乡]/

/** Whether one name is another with its place and level written out: 云江市龙湖区人民政府柳林街道办事处 of 龙湖区柳林街道办事处. */
function isFullerName(full: string, short: string): boolean {
  if (full.length <= short.length || full.at(-1) !== short.at(-1) || short.includes(' ')) return false
  let at = 0
  for (const letter of full) if (letter === short[at]) at++
  return at === short.length
}

/**
 * 发文字号 that stands behind the signature, where gazettes have it, or that page layout put into a sentence. Of several it
 * is the first, which may be another document's.
 */
function numberWithin(reading: ReadingText, paragraphs: readonly Paragraph[], from: number, end: number): ReadField {
  const start = (paragraphs[from - 1] ?? paragraphs[from])?.start ?? 0
  const stop = (paragraphs[end - 1] as Paragraph).end
  const alone = [
    ...paragraphs.slice(from, end).map(({ text }) => readNumber(text)),
    ...reading.displaced.map(({ at, text }) => (at >= start && at <= stop ? readNumber(text) : null)),
  ].filter((number) => number !== null)
  const several = new Set(alone).size > 1
  return { value: alone[0] ?? null, doubt: alone.length === 0 ? 'missing' : several ? 'from-text' : null }
}

/** The date under the first signature, else the first date that stands alone, else one in brackets below the title. */
function dateOfIssue(
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

/** 来源:云川县融媒体中心 below a title that names no kind of document: the day of the page is that of the news. */
const isNews = (paragraphs: readonly Paragraph[], { first, last, title }: HeadAt, about: number): boolean =>
  !(/关于|印发/.test(title) || KIND_OF_DOCUMENT.test(title)) &&
  (paragraphs.slice(Math.min(about, first), last + 1).some(({ text }) => text.length <= 120 && FROM_MEDIA.test(text)) ||
    paragraphs.slice(last + 1, last + 3).some(({ text }) => REPORTED.test(text.slice(0, 60))))
const KIND_OF_DOCUMENT = new RegExp(
  `(?:${anyOf([...OFFICIAL_KINDS, ...RULE_KINDS, ...PLAN_KINDS, ...DIVISION_KINDS, '表'])})(?:\\([^()]*\\))?$`,
)
/** 本报讯(记者 张三), 云川网3月5日电: how news begin. */
const REPORTED = /^.{0,24}(?:本[报网台]|[日晚]报|[网社]).{0,8}[讯电]|\((?:通讯员|记者)|通讯员/
const FROM_MEDIA =
  /来源:?[^,。;:]{0,12}(?:新闻网|融媒体中心?|日报社?|晚报|电视台|新闻中心|传媒中心|广播电视台|(?<!政府|门户|信息)网(?= |发布|$)|[时商导]报|微信)/

/** The day right below a title, as pages print it: 2018-08-06. */
const DAY_BELOW = /^\(?(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\)?$/
/** 云川县 of ——2021年1月20日在云川县第十七届人民代表大会…; empty where no such line is. */
function placeOfMeeting(paragraphs: readonly Paragraph[], head: HeadAt): string {
  for (let i = head.first; i <= head.last; i++) {
    const { text } = paragraphs[i] as Paragraph
    const place = isSpokenLine(text) ? /在([\u4e00-\u9fff]{2,16}?[省市区县旗州盟])第/.exec(text) : null
    if (place) return place[1] as string
  }
  return ''
}

/** The government of the one who gave a report: 云川区人民政府区长 张三, 云川市市长 李四. */
function speakersBody(paragraphs: readonly Paragraph[], head: HeadAt): string | null {
  const { first, last } = head
  const represented = REPRESENTS.exec(
    paragraphs
      .slice(first, last + 3)
      .map(({ text }) => text.slice(0, LONGEST_ADDRESS))
      .join('\n'),
  )?.[1]
  for (let i = first; i <= last; i++) {
    const speaker = speakerOf((paragraphs[i] as Paragraph).text)
    if (!speaker) continue
    const { post } = speaker
    // 省长 张三, of the province whose congress met.
    const whose = speaker.body === '' ? placeOfMeeting(paragraphs, head) : ''
    if (whose !== '' && whose.endsWith(post.slice(0, -1))) return `${whose}人民政府`
    if (speaker.body === '') continue
    // 县人民政府县长, of the county whose congress met.
    const place = /^[省市区县旗州盟]/.test(speaker.body) ? placeOfMeeting(paragraphs, head) : ''
    const body = place !== '' ? place + speaker.body.slice(1) : speaker.body
    if (isOrganLine(body)) return body
    if (/[省市区县旗州盟镇乡]$/.test(body)) return `${body}人民政府`
    if (/^[省市区县旗州盟镇乡]长$/.test(post)) return `${body}${post.slice(0, -1)}人民政府`
  }
  if (!represented) return null
  if (!NO_PLACE.test(represented)) return represented
  const place = placeOfMeeting(paragraphs, head)
  return place.endsWith(represented.slice(0, 1)) ? place + represented.slice(1) : null
}
/** 现在,我代表云川县人民政府向大会报告工作. */
const REPRESENTS = /我代表(中国共产党[\u4e00-\u9fff]{2,16}委员会|[\u4e00-\u9fff]{1,12}人民政府),?向/
/** How far into its paragraphs such words stand, in characters. */
const LONGEST_ADDRESS = 60

/** 云川市水务局2026年5月9日发布,意见反馈截至…: what a page says below a draft of who put it up, and when. Null for any other line. */
function closingOf(paragraph: Paragraph | undefined): { body: string; day: string } | null {
  const found = CLOSING.exec(paragraph?.text.slice(0, LONGEST_CLOSING) ?? '')
  const body = found?.[1] ?? ''
  const day = found ? readDate(found[2] as string) : null
  return day !== null && isSigner(body.replace('和', '')) ? { body, day } : null
}
const LONGEST_CLOSING = 60
const CLOSING = /^([^,。;:\d]{4,36})((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:发布|印发|公布)?(?=[,。在于]|$)/

/** 2021年5月11日,市长主持召开常务会议: the day that minutes are of. */
const HELD = /^(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^。]{0,60}(?:召开|主持)/

/** A body that signs alone on its line below a sentence, where the page has lost its date. */
function undatedSignature(paragraphs: readonly Paragraph[], from: number, end: number): string | null {
  for (let i = from + 1; i < end; i++)
    if (/[。:]$/.test((paragraphs[i - 1] as Paragraph).text) && isSigner((paragraphs[i] as Paragraph).text))
      return (paragraphs[i] as Paragraph).text
  return null
}

function signatureOf(reading: ReadingText, paragraphs: readonly Paragraph[], from: number, end: number): string | null {
  for (let i = from + 1; i < end; i++) {
    if (!isDateLine((paragraphs[i] as Paragraph).text)) continue
    let first = i
    while (first - 1 >= from && isSigned(reading, paragraphs[first - 1] as Paragraph)) first--
    if (first < i)
      return paragraphs
        .slice(first, i)
        .map((line) => namesApart(reading, line) ?? splitIssuers(line.text))
        .join(' ')
  }
  return null
}

const isSigned = (reading: ReadingText, line: Paragraph): boolean =>
  isSigner(line.text) ||
  // 云川市大数据和智慧城市中心: 和 is part of its name.
  (line.text.endsWith('中心') && isSigner(line.text.replace('和', ''))) ||
  (line.text.length <= LONGEST_SIGNATURE && splitIssuers(line.text).split(' ').every(isSigner)) ||
  (line.text.length <= LONGEST_SIGNATURE && namesApart(reading, line) !== null)
/** Names of several issuers on one line have no more characters. */
const LONGEST_SIGNATURE = 80

/** The issuers of a signature that blanks part in the raw text: 国家发展改革委 工业和信息化部. Null where a blank parts letters only. */
function namesApart(reading: ReadingText, line: Paragraph): string | null {
  const { start, end } = rawSpan(reading, line)
  const names = reading.raw.slice(start, end).trim().split(/\s+/)
  return names.length > 1 && names.every((name) => isOrganLine(name) && !/^办公[厅室]$/.test(name))
    ? names.join(' ')
    : null
}

/**
 * The issuers of a title that blanks part in the raw text: 区委办公室 区政府办公室关于…. Null where they are one, or not those
 * that are named.
 */
function namesInTitle(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  named: string | null,
): string | null {
  for (const line of paragraphs.slice(head.first, head.last + 1)) {
    const { start, end } = rawSpan(reading, line)
    const before = reading.raw.slice(start, end).split(/关于|印发|转发|批转/)[0] as string
    const names = before.trim().split(/\s+/)
    if (names.length > 1 && (named === null || names.join('') === named) && names.every(isSigner))
      return names.join(' ')
  }
  return null
}

/** Issuers that stand side by side, with a space between: each begins with the place, or with 中共 and the place. */
function splitIssuers(issuers: string): string {
  if (issuers.startsWith('中共中央')) return issuers.replace(/(?<=[央厅])(?=国务院)/, ' ')
  const place = issuers.replace(/^中共/, '').slice(0, 2)
  if (place.length < 2) return issuers
  let split = issuers
  for (let at = issuers.indexOf(place, 4); at > 0; at = split.indexOf(place, at + 4)) {
    const before = split.slice(at - 2, at) === '中共' ? at - 2 : at
    if (!/[室厅府局委会部院]/.test(split[before - 1] as string)) continue
    split = `${split.slice(0, before)} ${split.slice(before)}`
    at = split.indexOf(place, before)
  }
  return split
}
