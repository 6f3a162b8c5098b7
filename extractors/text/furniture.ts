import { CharacterSet } from '../parsers/character-set.ts'
import { opensWith } from '../parsers/opening-pattern.ts'
import { NO_CELL, type Cells } from './cell-places.ts'
import { findCells } from './cells.ts'
import { markContents } from './contents.ts'
import type { Line } from './line.ts'
import { hasPunctuation, isDateLine, isOrganLine, isRestOfDate, startsWithField, startsWithLabel } from './marks.ts'

/** What page layout put between the lines of the text: page numbers, running heads, dots of a table of contents. */

const DECORATED_PAGE_NUMBER =
  /^(?:[—\-·•|~]+ ?\d{1,4} ?[—\-·•|~]+|[—\-·•|] ?\d{1,4}|\d{1,4} ?[—·•|]|第 ?\d{1,4} ?页(?: ?[/,]? ?共 ?\d{1,4} ?页)?|\d{1,3} ?\/ ?\d{1,3}|(?:Page|P\.) ?\d{1,4})$/i
const BARE_PAGE_NUMBER = /^\d{1,4}$/

/** Sections and titles of government gazettes, with or without issue and page number. */
const RUNNING_HEAD =
  /^(?:\d{1,4} ?)?(?:(?:上级|本级|国务院|中央|国家|[省市县区州]|省政府|市政府|县政府|区政府|省委|市委|县委|党委|政府|部门|重要|规范性)(?:办公[厅室])?文件(?:选登|选编|汇编)?|人事任免|大 ?事 ?记|公文选登|政策解读|领导讲话|政府令)(?: ?\d{1,4})?$/
const GAZETTE_TITLE =
  /^(?:\d{1,4} ?)?[\u4e00-\u9fff ]{0,20}(?:政府|国务院|办公[厅室]|委员会)? ?公 ?报[ .·\d年第期号总()—-]{0,30}$/
const GAZETTE_LATIN = /^[A-Z .\d]{3,60}$/
const GAZETTE_WORD = /GONGBAO|ZHENGFU|GAZETTE/
const GAZETTE_ISSUE =
  /^(?:\d{1,4} )?(?:20\d\d ?[年.·] ?)?第? ?\d{1,3} ?[期号] ?(?:\( ?总第? ?\d{1,4} ?[期号] ?\))?(?: \d{1,4})?$/

/** A line of a table of contents: leader dots and a page number. */
const LEADER = /[.·…][.·… ]{2,62}\(?\d{1,4}\)?$/

/** Lines that a legal database puts above a document: where it keeps it, and where it was taken from. */
const DATABASE_LINE =
  /^(?:【(?:法宝引证码|法宝联想|全文链接)】|CLI\.[\d.]+$|原文(?:链接|地址|出处) ?:|(?:网址|链接) ?:? ?https?:)/

/** What a web page calls the part of it that shows a document, and the way there. */
const PAGE_PART =
  /^(?:(?:新闻|文章|信息|内容|政策|公告|文件)(?:详情|正文|内容)页?|您?(?:现在|当前)?(?:所在)?的?位置 ?:.{0,60})$/

/** What is left where a font had no glyph; the word goes on behind it. */
const LOST_GLYPH = /^[!?�□]{1,3}$/

export const isLostGlyph = (text: string): boolean => text.length <= 3 && LOST_GLYPH.test(text)

const isSection = opensWith(RUNNING_HEAD)
const isLatin = opensWith(GAZETTE_LATIN)
const isIssue = opensWith(GAZETTE_ISSUE)
const isDecoratedNumber = opensWith(DECORATED_PAGE_NUMBER)
const isPagePart = opensWith(PAGE_PART)
const isOfDatabase = opensWith(DATABASE_LINE)
const isNumberOfOrder = opensWith(/^第 ?\d{1,4} ?号$/)
/** What the page number at the end of a line of contents ends with. */
const LAST_OF_NUMBER = new CharacterSet('0123456789)')

function isRunningHead(text: string): boolean {
  return (
    text.length <= 60 &&
    (isSection(text) ||
      (text.includes('报') && GAZETTE_TITLE.test(text)) ||
      (isLatin(text) && GAZETTE_WORD.test(text)) ||
      isIssue(text))
  )
}

/** A line that looks like running text, not like a cell of a table. */
const isProse = (line: Line | undefined): boolean =>
  line !== undefined && line.width >= 16 && (line.width >= 28 || hasPunctuation(line.text)) && !line.text.includes('\t')

/**
 * Marks the lines that are page layout: 1 where the line is to be left out. A bare number counts as a page number
 * only beside a running head, a page break or running text and not in a table with a cell a line.
 */
export function findFurniture(lines: readonly Line[]): { furniture: Uint8Array; cells: Cells } {
  const furniture = new Uint8Array(lines.length)
  for (let i = 0; i < lines.length; i++) {
    const { text, cell } = lines[i] as Line
    if (cell) continue
    // 云川市人民政府令 / 第12号: the number of an order, not of a gazette.
    if (isNumberOfOrder(text) && /[令告]$/.test(lines[i - 1]?.text ?? '')) continue
    if (
      text.length <= 80 &&
      (isDecoratedNumber(text) ||
        isRunningHead(text) ||
        isPagePart(text) ||
        (LAST_OF_NUMBER.holds(text, text.length - 1) && LEADER.test(text)))
    )
      furniture[i] = 1
    else if (text.length <= 200 && isOfDatabase(text)) furniture[i] = 1
  }
  markContents(lines, furniture)
  const cells = findCells(lines, furniture)
  const repeated = repeatedHeads(lines, cells)
  for (let i = 0; repeated.size > 0 && i < lines.length; i++) {
    const { text } = lines[i] as Line
    if (text.length <= 80 && cells.place[i] === NO_CELL && repeated.has(withoutDigits(text))) furniture[i] = 1
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line
    if (furniture[i] || cells.place[i] !== NO_CELL || line.text.length > 4 || !BARE_PAGE_NUMBER.test(line.text))
      continue
    // 2014 / 年11月5日: the year of a date that stands in pieces.
    if (isRestOfDate(lines[i + 1]?.text ?? '')) continue
    const layout =
      furniture[i - 1] === 1 || furniture[i + 1] === 1 || line.pageBreak || lines[i + 1]?.pageBreak === true
    const between = isDateLine(lines[i - 1]?.text ?? '') || isOrganLine(lines[i + 1]?.text ?? '')
    if (layout || between || i === 0 || i === lines.length - 1 || isProse(lines[i - 1]) || isProse(lines[i + 1]))
      furniture[i] = 1
  }
  return { furniture, cells }
}

const withoutDigits = (text: string): string => text.replace(/[\d —·-]/g, '')

/** Short lines that come three times or more, at least half of the times next to a page number. */
function repeatedHeads(lines: readonly Line[], cells: Cells): Set<string> {
  const seen = new Map<string, { times: number; besideNumber: number }>()
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line
    if (cells.place[i] !== NO_CELL || line.width > 80 || line.width < 6 || hasPunctuation(line.text)) continue
    if (startsWithLabel(line.text) || startsWithField(line.text) || isRestOfDate(line.text)) continue
    const key = withoutDigits(line.text)
    if (key.length < 3) continue
    const count = seen.get(key) ?? { times: 0, besideNumber: 0 }
    count.times++
    if (isAnyNumber(lines[i - 1]) || isAnyNumber(lines[i + 1])) count.besideNumber++
    seen.set(key, count)
  }
  const heads = new Set<string>()
  for (const [key, count] of seen) if (count.times >= 3 && count.besideNumber * 2 >= count.times) heads.add(key)
  return heads
}

const isAnyNumber = (line: Line | undefined): boolean =>
  line !== undefined && line.text.length <= 12 && (BARE_PAGE_NUMBER.test(line.text) || isDecoratedNumber(line.text))
