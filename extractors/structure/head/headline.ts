import type { Paragraph } from '../paragraphs.ts'
import { isDateLine, hasPunctuation, isSalutation } from '../../text/marks.ts'
import { labelOf } from '../labels.ts'

/** What a list, a page or a site's section sets before a title: •, Page 6-, 【时政新闻】. */
export const MARK_BEFORE =
  /^(?:[•·●■◆] ?|\d{1,2}[.、](?!\d)|Page ?\d{1,4} ?[-—] ?|【[^【】]{0,6}(?:新闻|要闻|动态|公告|资讯|快讯|头条)】(?=.{6}))/i

/**
 * 附件2, 目录, 全文: stands above what it names; (此件公开发布): a note; 云川网3月5日讯, (云川县融媒体中心)…: where news come from. None
 * names anything.
 */
export const NO_TITLE =
  /^(?:附[件表]\d{0,2}|目录|全文|正文|摘要|导读)$|^\((?:此件|下载|盖章)|^[^,。;:]{0,16}\d{1,2}月\d{1,2}日[电讯]|^\([^()]{2,12}(?:融媒体中心|新闻网|日报社?|电视台)\)/

/** When the page was put up, behind a headline: …(发布时间:2022-09-13 10:10). */
export const DAY_BEHIND = /\((?:发布|更新)?(?:时间|日期):[^()]{8,24}\)$/

/** The name of the site, and that there is a picture, behind a headline: …开幕[图]_云川资讯. */
export const SITE_BEHIND = /(?:\[(?:组?图|视频)\])?_[^_。]{2,16}$/

/** 2016年2月16日张三: when a report was given and by whom, which names nothing. */
export const DAY_AND_SPEAKER = /^(?:19|20)\d\d年\d{1,2}月\d{1,2}日[\u4e00-\u9fff]{2,4}$/

/** The section of a site or newspaper that a page belongs to, as short as no headline is: 政策, 要闻, a place. */
export const SECTION = /^[\u4e00-\u9fff]{2,4}$/

export const isHeadline = (text: string): boolean =>
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

export const isPartHeading = (text: string, next: string): boolean =>
  PART_OF_REPORT.test(text) ||
  [text, next].every((line) => line.length <= LONGEST_PART_HEADING && TASK_VERB.test(line) && !hasPunctuation(line))

/** The lines of a headline above 同志们:, with which what is spoken begins; else its first alone. */
export function headlineLines(paragraphs: readonly Paragraph[], begin: number, end: number): readonly Paragraph[] {
  for (let i = begin + 1; i < Math.min(begin + MOST_HEADLINES + 1, end); i++) {
    const { text } = paragraphs[i] as Paragraph
    if (isSalutation(text)) return paragraphs.slice(begin, i)
    if (hasPunctuation(text) || !isHeadline(text)) break
  }
  return paragraphs.slice(begin, begin + 1)
}

const MOST_HEADLINES = 4
