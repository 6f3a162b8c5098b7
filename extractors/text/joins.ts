import { isPlaceName } from '../lexicon/places.ts'
import { opensWith } from '../parsers/opening-pattern.ts'
import type { Line } from './line.ts'
import {
  awaitsMore,
  continuesLine,
  endsLikeTitle,
  endsSentence,
  endsWithBracket,
  hasPunctuation,
  isAboutLine,
  isCutSpokenLine,
  isDateLine,
  isDutyLine,
  isMonthLine,
  isNumberLine,
  isOrganLine,
  isPageLine,
  isPassedLine,
  isRestOfDate,
  isSalutation,
  isSpokenLine,
  startsWithField,
  startsWithLabel,
  startsWithMetadata,
  startsWithTag,
} from './marks.ts'
import { extent, isFull, reaches } from './measure.ts'

/** The longest heading that fits on a line, in characters. */
const LONGEST_HEADING = 45
/** In text that is not wrapped, a line without punctuation and up to this long is a heading or a name, not broken. */
const LONGEST_BARE_LINE = 24
/** Columns that the first line of a paragraph is shorter by: two full-width characters. */
const LOST_INDENT = 4
/** A bracket that has been open for longer was never closed. */
const LONGEST_BRACKET = 240

/** What the paragraph so far says about whether it is open. */
export interface OpenParagraph {
  /** First line of the paragraph. */
  first: Line
  /** Characters since a bracket was opened that is still open; 0 where none is. */
  openFor: number
  /** Whether the line before ends with a responsibility tag, which closes its paragraph. */
  closedByTag: boolean
  /** The previous heading of the same kind had its text behind it: `(一)指导思想。深入…`. */
  runInStyle: boolean
  /** A sentence has ended somewhere above: what stands before the first may be headlines. */
  begun: boolean
  /** No sentence of the whole text ends with a stop: each of its lines is one, unless the line is full. */
  stopless: boolean
}

/**
 * Whether line `b` goes on with the sentence or heading of line `a`. `wrapWidth` is the column width around `a`,
 * 0 where text is not wrapped; `next` is the line after `b`.
 */
export function joins(
  a: Line,
  b: Line,
  next: Line | undefined,
  wrapWidth: number,
  baseIndent: number,
  open: OpenParagraph,
): boolean {
  if (isCutDate(a.text, b.text) || isCutSpokenLine(a.text, b.text)) return true
  // The last piece of such a line: nothing else stands in it.
  if (a !== open.first && (isLastOfDate(a.text) || isCutSpokenLine(open.first.text, a.text))) return false
  if (b.opens || isSalutation(b.text) || startsWithMetadata(b.text) || standsAlone(a.text) || standsAlone(b.text))
    return false
  if (a.text.includes('\t') || b.text.includes('\t')) return false
  // A page and its database each set the title once more.
  if (a.text === b.text && endsLikeTitle(a.text)) return false
  if (open.openFor === 0 && opensWithStage(b.text)) return false
  if (continuesLine(b.text) && !endsSentence(a.text)) return true
  if (a === open.first && startsWithMetadata(a.text) && WHOLE_VALUE.test(a.text)) return false
  if (open.openFor > 0 && /^[\d一二三四五六七八九十]{1,3}[)〕]/.test(b.text)) return true
  if (startsWithLabel(b.text)) return false
  if (startsWithTag(b.text) && (endsSentence(a.text) || open.closedByTag)) return true
  if (open.closedByTag || isTitleAndAddressees(a, b)) return false
  if (startsWithField(b.text) && open.openFor === 0) return false
  if (awaitsMore(a.text)) return true
  if (isOpening(b, next) && !isFull(a, wrapWidth)) return false
  if (open.openFor > 0 && open.openFor < LONGEST_BRACKET && !/[。!?]$/.test(a.text)) return true
  if (completesName(open.first, a, b)) return true
  if (a.heading || b.heading) return false
  if (wrapWidth > 0 && extent(a) <= wrapWidth + 3) return joinsWrapped(a, b, next, wrapWidth, baseIndent, open)
  return !open.stopless && joinsUnwrapped(a, b, open)
}

/** 2014 / 年11月5日 / 前,…: a date that a page sets in pieces, each on a line. */
const isCutDate = (above: string, below: string): boolean =>
  (isRestOfDate(below) && /(?:^|[^\d.])(?:19|20)\d\d$/.test(above)) ||
  (opensWithBefore(below) && /(?:^|\d)年\d{1,2}月(?:\d{1,2}日|底)?$/.test(above))
const opensWithBefore = opensWith(/^底?前,/)
const isLastOfDate = opensWith(/^年\d{1,2}月\d{1,2}日$/)

/** 成文日期:2021年3月5日, 文号:云水发〔2021〕12号: nothing follows such a value in its line. */
const WHOLE_VALUE = /(?:\d日|\d-\d{1,2}|号)$/

const standsAlone = (text: string): boolean =>
  isDateLine(text) ||
  isMonthLine(text) ||
  isNumberLine(text) ||
  isSpokenLine(text) ||
  isPassedLine(text) ||
  isPageLine(text)

/**
 * In a column of wrapped text a full line goes on, a short one ends its paragraph. The first line of a paragraph is
 * shorter by its indent, which extraction often loses, so an open sentence needs less than a full line to go on.
 */
function joinsWrapped(
  a: Line,
  b: Line,
  next: Line | undefined,
  wrapWidth: number,
  baseIndent: number,
  open: OpenParagraph,
): boolean {
  if (endsSentence(a.text)) {
    if (!isFull(a, wrapWidth) || b.indent >= baseIndent + 3 || isOpening(b, next)) return false
    return !a.text.endsWith(':') || open.first.indent >= baseIndent + 3
  }
  if (!reaches(a, wrapWidth) || (endsWithBracket(a.text) && isOpening(b, next))) return false
  if (isAddressed(a, b, open)) return false
  if (a !== open.first) return true
  if (
    isOrganLine(a.text) ||
    (endsLikeTitle(a.text) && !hasPunctuation(a.text) && !startsWithLabel(a.text) && !isFull(a, wrapWidth))
  )
    return false
  return !isBareHeading(a.text) || isBrokenHeading(a, b, next, wrapWidth, open)
}

/** The last line of a title and the addressees below it: 关于…的 / 通知 / 各区县人民政府,…: */
const isAddressed = (a: Line, b: Line, open: OpenParagraph): boolean =>
  endsLikeTitle(a.text) &&
  /^各[\u4e00-\u9fff]/.test(b.text) &&
  !hasPunctuation(a.text) &&
  BEGINS_TITLE.test(open.first.text)

/** The last line of a title, wherever it was broken, and a whole line of addressees below it; or a whole title and a body. */
const isTitleAndAddressees = (a: Line, b: Line): boolean =>
  endsLikeTitle(a.text) &&
  !hasPunctuation(a.text) &&
  (/^各[\u4e00-\u9fff][^。;]*:$/.test(b.text) || (BEGINS_TITLE.test(a.text) && isOrganLine(b.text)))

/** Whether a line is the body that issued a document, before its date or its title, or the title of an attached plan. */
function isOpening(line: Line, next: Line | undefined): boolean {
  if (isOrganLine(line.text))
    return next === undefined || isDateLine(next.text) || /^(?:关于|印发|转发)/.test(next.text)
  return (
    next !== undefined &&
    !hasPunctuation(line.text) &&
    endsLikeTitle(line.text) &&
    /^(?:一、|第一[章条部])/.test(next.text)
  )
}

/** A label and words without a mark behind them; dashes and articles always run in. */
const isBareHeading = (text: string): boolean => startsWithLabel(text) && !/^—|^第[^章节]{1,4}[条款]|[。,;:]/.test(text)

/**
 * A heading set in a wider face breaks before the column is full: it has a label and no sentence end, and what
 * follows closes it, as a short line or as a few words before 。
 */
function isBrokenHeading(a: Line, b: Line, next: Line | undefined, wrapWidth: number, open: OpenParagraph): boolean {
  const stop = b.text.indexOf('。')
  if (stop >= 0 && stop <= 16) return true
  if (open.runInStyle && a.text.indexOf('。') < 0) return true
  if (isFull(a, wrapWidth) || isFull(a, wrapWidth - LOST_INDENT)) return true
  const short = b.width * 10 < wrapWidth * 7 && !hasPunctuation(b.text)
  return short && (next === undefined || startsWithLabel(next.text) || next.width > b.width)
}

/** Where one line is one paragraph, only a page break can have cut a line, and that line was running text. */
function joinsUnwrapped(a: Line, b: Line, open: OpenParagraph): boolean {
  if (endsSentence(a.text) || endsWithBracket(a.text) || OWN_FIELD.test(b.text)) return false
  if (isDutyLine(a.text) || isDutyLine(b.text)) return false
  // 青石镇 between paragraphs is whose the next ones are, whether or not the one before ends its sentence.
  if (isOrganLine(a.text) || isPlaceName(b.text)) return false
  const whole = a === open.first
  if (whole && !open.begun && isHeadline(a.text) && b.text.includes('。')) return false
  if (whole && (isAboutLine(a.text) || startsWithMetadata(a.text))) return false
  if (whole && !hasPunctuation(a.text) && a.text.length <= LONGEST_BARE_LINE) return false
  const heading = a.text.replace(NAMED_LABEL, '')
  if (whole && startsWithLabel(a.text) && !/^—|[。;:]/.test(heading) && a.text.length <= LONGEST_HEADING) return false
  if (whole && startsWithField(a.text)) return false
  return !(
    endsLikeTitle(a.text) &&
    a.text.length <= 2 * LONGEST_HEADING &&
    (whole || BEGINS_TITLE.test(open.first.text))
  )
}

/** A line above the first sentence of a text, as long as headlines are, that no sentence mark ends. */
const LONGEST_HEADLINE = 60
const isHeadline = (text: string): boolean => text.length <= LONGEST_HEADLINE && !/[。;]/.test(text)

/** 一季度:…, 6月底:…: the stages of a work, each on a line of its own. */
const STAGE_FIELD = /^(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9])月(?:份|底)?|全年|年底):./
const opensWithStage = opensWith(STAGE_FIELD)

/** 任务一:, whose colon is the label's. */
const NAMED_LABEL = /^[\u4e00-\u9fff]{2,6}\d{0,3}:/

/** 考核内容:…, 分值:3: whatever a form calls what it asks for, it begins a line of its own. */
const OWN_FIELD = /^(?![如以]下)[\u4e00-\u9fff]{2,8}:/

const BEGINS_TITLE = /^(?:[\u4e00-\u9fff]{2,30}(?:政府|办公[厅室]|国务院|委员会|[委局厅部]))?(?:关于|印发|转发|批转)/
const LAST_NAME = /[、,:]([^、,:;。()]{0,18})$/
const NAME_END = /(?:[局委办厅府部会院社署行队团司区县市州园等]|中心|公司|单位|部门|集团|大学|学院)$/

/** Whether a list of units was cut within a name: `…、市农牧局、市旅` and `游局`. */
function completesName(first: Line, a: Line, b: Line): boolean {
  if (b.text.length > 60 || !startsWithField(first.text)) return false
  const last = LAST_NAME.exec(a.text)
  if (!last || last[1] === undefined || NAME_END.test(last[1]) || endsSentence(a.text)) return false
  const rest = b.text.split(/[、,;。]/u, 1)[0] as string
  return rest.length <= 16 && NAME_END.test(rest)
}
