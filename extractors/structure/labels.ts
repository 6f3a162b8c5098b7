import { OpeningPattern } from '../parsers/opening-pattern.ts'
import { COUNTED_THINGS } from '../lexicon/headings.ts'

/** Labels of headings and items: `第三章 ` `一、` `(一)` `任务一:` `1.` `1.1` `(1)` `①`. */

interface Label {
  /** As written: `(一)`. */
  text: string
  /** How far out it stands among the others, 0 outermost. */
  rank: number
}

const NUMERAL = '[一二三四五六七八九十百〇零]{1,4}'
/** 任务一: stands between (一) and 1. */
const NAMED = 5.5
const RANKED: readonly (readonly [rank: number, pattern: RegExp])[] = [
  [1, new RegExp(`^第(?:${NUMERAL}|\\d{1,3})[编篇]`)],
  [2, new RegExp(`^第(?:${NUMERAL}|\\d{1,3})(?:章|部分)`)],
  [3, new RegExp(`^第(?:${NUMERAL}|\\d{1,3})节`)],
  // 一、二季度 counts; 一、一步一个脚印 is a label, since no list goes on with 一.
  [4, new RegExp(`^${NUMERAL}[、.](?![二三四五六七八九十])`)],
  [4, new RegExp(`^第(?:${NUMERAL}|\\d{1,4})条(?![、,和的规款])`)],
  [5, new RegExp(`^(?:\\(${NUMERAL}\\)[、.]?|[\\u3220-\\u3229])`)],
  [NAMED, new RegExp(`^(?:重点)?(?:${COUNTED_THINGS.join('|')})(?:${NUMERAL}|\\d{1,3})[:、.]`)],
  // 任务三 治理…: a heading alone; the blank behind the number is gone. 工程二期 and 措施三项 are no labels.
  [
    NAMED,
    new RegExp(
      `^(?:重点)?(?:${COUNTED_THINGS.join('|')})${NUMERAL}(?![期标批次类级等是组号区线档年个项条大方件把律体起票网月日度种套处季])(?=[^,。;:]{4,30}$)`,
    ),
  ],
  [6, /^(?:\d{1,3}[.、](?:(?!\d)|(?=\d{1,2}月|(?:19|20)\d\d年))|[\u2488-\u249b])/],
  // 01 before a name in a box of projects.
  [6, /^0\d(?=[\u4e00-\u9fff])(?![年月日])/],
  // 1.1 and 2.1.3 below 1. and 2.1; a number of something (1.1亿元) is none.
  [6.5, /^\d{1,2}(?:\.\d{1,2}){1,2}(?=[\u4e00-\u9fff])(?![亿万千百倍个元吨公平米家户人亩项次年月日度])/],
  [7, /^(?:\(\d{1,3}\)[、.]?|[\u2474-\u2487]|\d{1,2}\)[、.]?)/],
  [8, /^[\u2460-\u2473]/],
]

const PATTERNS = RANKED.map(([rank, pattern]) => [rank, new OpeningPattern(pattern)] as const)

/** The label at the beginning of a paragraph, null where it has none. */
export function labelOf(paragraph: string): Label | null {
  for (const [rank, pattern] of PATTERNS) {
    const match = pattern.exec(paragraph)
    if (match) return { text: match[0], rank }
  }
  return null
}
