import { endsLikeTitle, hasPunctuation } from '../text/marks.ts'
import { labelOf } from './labels.ts'
import type { Paragraph } from './paragraphs.ts'
import type { Heading } from './types.ts'

/** Rank of an attached plan's title and of 附件 lines: outside all labels. */
const ATTACHMENT_RANK = 0
/** Rank of 表2 某某指标表, which names the table below it and nothing behind: inside all labels. */
const CAPTION_RANK = 99
const NUMBERED_CAPTION = /^(?:[表图]|专栏)\d{1,2}(?:-\d{1,2})?(?=[ :：]?[^\d.、])/
/** 2024年重点工作, “十五五”时期的主要目标任务, 过去五年工作回顾: parts of a report that no label numbers. */
const YEAR_TITLE =
  /^(?:20\d\d年|今年|“?十[一二三四五六]五”?|(?:过去|今后|未来)[一二三四五]年)[\u4e00-\u9fff“”、]{2,20}(?:工作|目标|任务|回顾|安排|要求|重点|思路|打算):?$/
/** 一季度, 下半年重点工作, 6月份: the stage of a plan whose items stand below. */
const STAGE_TITLE =
  /^(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9])月份?)(?:重点|主要)?(?:工作|目标|任务|安排|计划)*:?$/
/** As far out as the chapters of a report. */
const YEAR_RANK = 3
const LONGEST_TITLE = 60
/** The longest heading that opens its paragraph, in characters. */
const LONGEST_HEADING = 48

/** A heading and the rank of its label. */
export interface RankedHeading extends Heading {
  rank: number
  /** Index of its paragraph. */
  paragraph: number
  /** Whether its paragraph holds nothing else. */
  alone: boolean
}

/** Headings of the paragraphs `from`..`to` (exclusive), nested by the ranks of their labels. Linear. */
export function outline(paragraphs: readonly Paragraph[], from: number, to: number): RankedHeading[] {
  const headings: RankedHeading[] = []
  const open: RankedHeading[] = []
  for (let i = from; i < to; i++) {
    const caption = open.at(-1)
    if (caption?.rank === CAPTION_RANK && isRow(paragraphs[i - 1]) && !isRow(paragraphs[i])) {
      caption.bodyEnd = (paragraphs[i] as Paragraph).start
      open.pop()
    }
    const heading = headingOf(paragraphs, i, to)
    if (!heading) continue
    while (open.length > 0 && (open.at(-1) as RankedHeading).rank >= heading.rank)
      (open.pop() as RankedHeading).bodyEnd = heading.start
    heading.parent = open.at(-1) ?? null
    heading.level = open.length + 1
    open.push(heading)
    headings.push(heading)
  }
  const end = to > from ? (paragraphs[to - 1] as Paragraph).end : 0
  for (const heading of open) heading.bodyEnd = end
  return headings
}

const isRow = (paragraph: Paragraph | undefined): boolean => paragraph?.text.includes('\t') === true

/** The heading of so many characters that opens a paragraph. */
const opened = (
  { start, text, end: bodyEnd }: Paragraph,
  paragraph: number,
  rank: number,
  label: string,
  length: number,
  alone: boolean,
): RankedHeading => ({
  start,
  end: start + length,
  level: 1,
  label,
  text: text.slice(0, length),
  parent: null,
  bodyEnd,
  rank,
  paragraph,
  alone,
})

function headingOf(paragraphs: readonly Paragraph[], index: number, to: number): RankedHeading | null {
  const paragraph = paragraphs[index] as Paragraph
  const { text } = paragraph
  if (text.includes('\t')) return null
  const label = labelOf(text)
  if (label) {
    const length = titleLength(text, label.text.length)
    const rest = text.slice(length).replace(/^[。:;]/, '')
    return opened(paragraph, index, label.rank, label.text, length, rest.length === 0)
  }
  const attachment = /^附[件表录][\d一二三四五六七八九十]{0,3}(?=$|[:.、])/.exec(text)
  if (attachment && text.length <= LONGEST_TITLE && index + 1 < to && !isListOfAttachments(paragraphs, index))
    return opened(paragraph, index, ATTACHMENT_RANK, attachment[0], text.length, true)
  if (YEAR_TITLE.test(text) && index + 1 < to && /[。;:]$/.test(paragraphs[index + 1]?.text ?? ''))
    return opened(paragraph, index, YEAR_RANK, '', text.length, true)
  const next = paragraphs[index + 1]
  if (STAGE_TITLE.test(text) && next && index + 1 < to && labelOf(next.text))
    return opened(paragraph, index, YEAR_RANK, '', text.length, true)
  if (
    text.length <= LONGEST_TITLE &&
    next &&
    index + 1 < to &&
    !hasPunctuation(text) &&
    endsLikeTitle(text) &&
    !SAYS_DEED.test(text) &&
    next.text.length > LONGEST_CELL_WORD &&
    !SAYS_VALUE.test(text)
  )
    return opened(paragraph, index, NUMBERED_CAPTION.test(text) ? CAPTION_RANK : ATTACHMENT_RANK, '', text.length, true)
  return null
}

/** 城市防洪标准 / 预期性: below the name of a measure stands a word of its row, in characters. */
const LONGEST_CELL_WORD = 3

/** 深入开展爱河护河行动: what is to be done; 推进绿色转型行动方案 names what is attached. */
const SAYS_DEED =
  /^(?:深入|扎实|持续|大力|积极|全面|加快|组织|继续)*(?:开展|实施|推进|推动|启动)[\u4e00-\u9fff“].*行动”?$/

/** 堤防达到100年一遇防洪标准: the cell of a table, whatever it ends in. */
const SAYS_VALUE = /(?:达到?|不低于|不少于|超过)\s?\d/

/** `附件:1.…` at the end of a notice lists what is attached; nothing stands under it. */
const isListOfAttachments = (paragraphs: readonly Paragraph[], index: number): boolean =>
  /^附件[^:]{0,3}:./.test((paragraphs[index] as Paragraph).text)

const CALLS_ITEM =
  /^(?:改革|重点|工作|民生|整改|目标|建设|主要|实事)?(?:项目|任务|事项|问题|工作|举措|实事)(?:名称|内容)?$/

/** Length of label and title: up to the first 。：；, else the last comma within reach. A short bracket belongs to the title. */
function titleLength(text: string, from: number): number {
  const limit = Math.min(text.length, from + LONGEST_HEADING)
  for (let i = from + 1; i < limit; i++) {
    const character = text[i] as string
    // 一、改革项目:某某改革: what a form calls its items, and the item.
    if (character === ':' && CALLS_ITEM.test(text.slice(from, i)) && i + 1 < text.length) continue
    if ('。:;!?'.includes(character)) return i
    const mark = '(〔【['.indexOf(character)
    if (mark < 0) continue
    const close = text.indexOf(')〕】]'[mark] as string, i)
    if (close < 0 || close >= limit || /[:局委厅]|负责|牵头/.test(text.slice(i, close))) return i
    i = close
  }
  if (text.length <= limit) return text.length
  for (let i = limit - 1; i > from; i--) if (text[i] === ',') return i
  return limit
}
