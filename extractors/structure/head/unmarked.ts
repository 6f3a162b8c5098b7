import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { isOneOfParts } from './one-of-parts.ts'
import { MOST_LINES_ABOUT, isAround } from './lines-about.ts'
import {
  SECTION,
  isHeadline,
  NO_TITLE,
  MARK_BEFORE,
  isPartHeading,
  headlineLines,
  DAY_BEHIND,
  SITE_BEHIND,
} from './headline.ts'
import { endsLikeTitle, isDateLine, isPageLine, isOrganLine, isMonthLine } from '../../text/marks.ts'
import { isMetadata } from '../metadata.ts'
import { isTableHeader } from '../tables.ts'

/** A line that begins a title of its own: the matter, or a place with its year (云川县2024年度…考核细则). */
const BEGINS_TITLE = /^(?:关于|印发|转发|[\u4e00-\u9fff]{2,12}[省市县区州旗镇乡局委](?:20\d\d年|关于))/

/** What a page calls a section (政策, 公开年报) has no more characters; a title broken over lines begins with more. */
const LONGEST_PAGE_WORD = 8

/** Whether a line is a title by itself, which begins with a place. */
const isWholeTitle = (text: string): boolean =>
  text.length >= 12 && /^(?!关于|印发)[\u4e00-\u9fff]{2,8}[省市县区州旗镇乡]/.test(text) && endsLikeTitle(text)

/** 《某某计划》将于近期印发: a report whose subject is what it brings. */
const BROUGHT = /^《([^《》]{6,60})》(?:[将已]于?|即将|近日|日前|正式)[^,。;]{0,12}(?:印发|出台|发布|下发|公布)/

/** …联合印发《某某计划》: news without a headline; what they tell of dates them, but is not their title. */
const TOLD_OF = /(?:印发|出台|制定|发布|下发)了?《([^《》]{6,60})》/

const OPENS_PART = /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))/

/** A document that begins without number and addressees: its title is the first line that reads like one, else the first line. */
export function unmarkedHead(paragraphs: readonly Paragraph[], end: number): HeadAt {
  let begin = 0
  while (begin < end && begin < MOST_LINES_ABOUT && isAround(paragraphs, begin)) begin++
  if (begin === end) begin = 0
  // 政策 above a headline: a section of the page.
  if (SECTION.test((paragraphs[begin] as Paragraph).text) && isHeadline(paragraphs[begin + 1]?.text ?? '。')) begin++
  return (
    (isOneOfParts(paragraphs, begin)
      ? null
      : (titleAmong(paragraphs, begin, end) ?? opening(paragraphs, begin, end))) ?? nameless(paragraphs, begin)
  )
}

/** A document that nothing names: it is known by what it tells of, or by its first words. */
function nameless(paragraphs: readonly Paragraph[], begin: number): HeadAt {
  const { text } = paragraphs[begin] as Paragraph
  const title = TOLD_OF.exec(text.slice(0, 200))?.[1] ?? text.replace(/\t+/g, ' ').trim().slice(0, 40)
  return { first: begin, last: begin - 1, title, number: null, guess: 'missing' }
}

/** The first run of lines that reads like a title, among the first of a document. */
function titleAmong(paragraphs: readonly Paragraph[], begin: number, end: number): HeadAt | null {
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
      if (!endsLikeTitle(title.replace(PART_OF_FILE, ''))) continue
      const own = title.replace(MARK_BEFORE, '').replace(PART_OF_FILE, '')
      const again = titleAgain(paragraphs, k + 1, limit, own)
      const cover = coverBelow(paragraphs, again?.at ?? k, limit)
      const whole = `${again?.title ?? own}${cover.period}`
      return { first: i, last: cover.last, title: whole, number: null, guess: 'title-alone' }
    }
  }
  return null
}

/** The title that a document's first line holds, or that it is as a headline. */
function opening(paragraphs: readonly Paragraph[], begin: number, end: number): HeadAt | null {
  const { text } = paragraphs[begin] as Paragraph
  const within = { first: begin, last: begin - 1, number: null }
  const runIn = TITLE_RUN_IN.exec(text.slice(0, 100))
  const title = runIn?.[1] ?? runIn?.[2]
  if (title && !isMetadata({ text })) return { ...within, title, guess: 'title-alone' }
  const brought = BROUGHT.exec(text.slice(0, 100))?.[1]
  if (brought) return { ...within, title: brought }
  const above = TITLE_OF_TABLE.exec(text)?.[0]
  if (above) return { ...within, title: above, guess: 'title-alone' }
  if (!isHeadline(text) || isPartHeading(text, paragraphs[begin + 1]?.text ?? '')) return null
  const again = headlineAgain(paragraphs, begin)
  const lines = headlineLines(paragraphs, again, end)
  const headline = lines.map((line) => line.text).join('')
  return {
    first: begin,
    last: again + lines.length - 1,
    title: headline.replace(MARK_BEFORE, '').replace(DAY_BEHIND, '').replace(SITE_BEHIND, ''),
    number: null,
    guess: 'first-line',
  }
}

/** 首页政策解读关于…的解读 above 关于…的解读: the line in which a headline stands without what the page sets before it. */
function headlineAgain(paragraphs: readonly Paragraph[], begin: number): number {
  const { text } = paragraphs[begin] as Paragraph
  const below = paragraphs[begin + 1]?.text ?? ''
  return below.length >= LEAST_AGAIN && below.length < text.length && text.endsWith(below) ? begin + 1 : begin
}
/** Shorter words may close a headline by chance. */
const LEAST_AGAIN = 8

/** 【…】“…”: a headline in brackets before the text; 关于…的意见。为…: a title in one run with it. */
const TITLE_RUN_IN = /^【([^【】]{10,60})】|^(关于[^。,;:]{4,60}(?:意见|通知|方案|措施|办法|计划))。(?=.)/

/** 云川县…考核细则序号考核内容分值…: a title in one run with the heads of the columns below it. */
const TITLE_OF_TABLE = /^[\u4e00-\u9fff\d-]{4,50}?(?:细则|办法|标准|方案|清单|表)(?=序号)/

/** (上), (截至10月31日): which part of the document the page holds, or of which day. */
const PART_OF_FILE = /\((?:[上中下]|截[至止]到?[^()]{2,12})\)$/

/** Lines between what a page calls a document and the document's own title, and how many characters more the first has. */
const MOST_LINES_TO_OWN = 4

const MOST_MORE = 6

/** The document's own title where the page above has set a place or a word before it, or has it once or twice more. */
function titleAgain(
  paragraphs: readonly Paragraph[],
  from: number,
  limit: number,
  title: string,
): { at: number; title: string } | null {
  let again: { at: number; title: string } | null = null
  let last = from - 1
  let told = false
  for (let at = from; at <= Math.min(last + MOST_LINES_TO_OWN, limit - 1); at++) {
    const { text } = paragraphs[at] as Paragraph
    const own: string = again?.title ?? title
    told ||= /[。;]/.test(text) && !isAround(paragraphs, at)
    // Below sentences the same words may be the name of what is attached.
    if (told && text.length === own.length) continue
    if (text.length < 8 || own.length - text.length > MOST_MORE || !own.endsWith(text) || !endsLikeTitle(text)) continue
    again = { at, title: text }
    last = at
  }
  return again
}

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
