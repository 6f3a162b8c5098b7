import { PLAN_KINDS, RULE_KINDS } from '../lexicon/document-kinds.ts'
import { CharacterSet } from '../parsers/character-set.ts'
import { OpeningPattern, opensWith } from '../parsers/opening-pattern.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Line } from './line.ts'
import { endsLikeTitle, isDateLine, isNumberLine, isOrganLine, startsWithField, startsWithLabel } from './marks.ts'
import { entriesOfContents, headingLength, type Contents } from './contents.ts'
import { everyMatch } from './every-match.ts'

/**
 * Seams: places within a line where a line break was lost, as text copied from web pages and legal databases has them:
 * title, number and addressees in one line, a signature behind the last sentence, chapters of a table of contents one
 * behind the other, a heading and the text under it. Offsets are into the line's folded text.
 */
interface Seam {
  at: number
  /** Whether what stands behind it surely begins a paragraph; else the rules for line breaks decide. */
  sure: boolean
}

/** The longest title that is glued to other words, in characters. */
const LONGEST_TITLE = 160
const LONGEST_ADDRESSEES = 240
/** Columns of white space that a lost line break leaves: the indent of a paragraph, two full-width characters. */
const WIDE_GAP = 4
/** The longest label of a form (组长:), in characters; what follows it behind a gap belongs to it. */
const LONGEST_FORM_LABEL = 12
const LEAST_ADDRESSED = 16
/** Characters by which a title is known again. */
const LEAST_REPEATED = 12
const LONGEST_HEADING = 30

const KIND = '通知|意见|决定|通告|公告|通报|批复|复函|函|命令|令|决议|公报|报告|方案|办法|规划|纲要|计划|措施|规定|细则'
const TITLE_BEFORE_NUMBER = new RegExp(
  `^[^。;:]{2,${LONGEST_TITLE}}?(?:${KIND})(?:\\([^()]{2,20}\\))? ?(?=\\(?(?:(?!的)[\\u4e00-\\u9fff]){1,10}[〔[(](?:19|20)\\d\\d[〕\\])]第?\\d{1,5}号)`,
)
const TITLE_BEFORE_ADDRESSEES = new RegExp(
  `^[^。;:]{2,${LONGEST_TITLE}}?(?:${KIND})(?:\\([^()]{2,20}\\))? ?(?=各[^。;:]{2,${LONGEST_ADDRESSEES}}:)`,
)
/** A title, white space, and what the text of a notice begins with. */
const TITLE_BEFORE_TEXT = new RegExp(
  `^[^。;:]{2,${LONGEST_TITLE}}?(?:${KIND})(?:\\([^()]{2,20}\\))? +(?=为[深贯了进加认切全落推促规做]|根据|按照|近年来|现就|现将|经)`,
)
const NUMBER_FIRST = /^\(?[\u4e00-\u9fff]{1,10}[〔[(](?:19|20)\d\d[〕\])]第?\d{1,5}号\)?/
/** 云府发〔2020〕3号-云川市人民政府关于…的通知: the name of a file. */
const NUMBER_AND_TITLE = new RegExp(
  `^([\\u4e00-\\u9fff]{1,10}[〔[(](?:19|20)\\d\\d[〕\\])]第?\\d{1,5}号)( ?[—_:-] ?)(?=[^。;:]{4,${LONGEST_TITLE}}(?:${KIND}))`,
)
const ADDRESSEES_FIRST = new RegExp(
  `^ ?[\\u4e00-\\u9fff][^。;:]{2,${LONGEST_ADDRESSEES}}(?:政府|部门|单位|委员会|机构|管委会|办事处|企业|公司|[局委办厅院校行镇处所]|集团|团体|组织|街道):`,
)
const TITLE_WORDS = /关于|印发|转发|批转|发布|公布/
const CITES = /^(?:根据|按照|依据|[为\d一二三四五六七八九十(]|附件|结合|落实|贯彻|抄送)/

const DATE =
  /(?:(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日/g
/** A line that holds a signature ends a document; this is the longest name of a body before its date, in characters. */
const LONGEST_SIGNATURE = 40
const ISSUE_NOTE = /^ *\((?:此件|此文|本件|信息公开|联系人|公开)[^()]{0,30}\)/
/** The attached plan behind a signature: its title, and what it opens with. */
const ATTACHED = new RegExp(
  `^[^。;:,]{4,80}?(?:${anyOf([...PLAN_KINDS, ...RULE_KINDS, '意见', '政策', '目标', '任务'])})(?:\\([^()]{2,20}\\))?(?= *(?:目 {0,4}录|第一[章条]|一、|为|根据|按照| {2}))`,
)
const SAYS_WHEN = /^(?:[起前后至到以之在—~-]|印发|下发|发布|发出|公布|召开|出台|成立|实施|施行|上午|下午)/

const CONTENTS = /目 {0,4}录(?= {0,4}(?:第[一1][章编篇部]|一、))/
const CHAPTER = /第[一二三四五六七八九十百]{1,4}(?:[章节编篇]|部分)(?= )/g
const ANY_CHAPTER = /第[一二三四五六七八九十百]{1,4}(?:[章节编篇]|部分)/g

const CLOSING_BRACKET = new CharacterSet(')〕】')
/** A label behind a bracket that names units: `(市水务局负责)(二)建设水厂`. */
const HEADING_BEHIND_TAG =
  /[)〕】](?<=[局委厅部办府院会责头合位等实与区县镇].) ?(?=(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])[\u4e00-\u9fff])/g
const HEADING_BEHIND_LIST =
  /[局委厅部办府院会等司位区县镇。] ?(?=(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])[\u4e00-\u9fff])/g

/** `二、基本原则(一)…`: a heading without a mark, and the first part under it. */
const HEADING_BEFORE_PART =
  /^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部][分 ]?)[^,。;:()]{2,24}(?=\(一\))/
/** Headings whose words are always the same, run into the text under them. */
const STANDARD_HEADING =
  /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节] )(?:总体要求|指导思想|基本原则|工作原则|总体思路|(?:总体|主要|工作|发展)目标|(?:重点|主要|工作)任务|工作措施|主要措施|保障措施|组织保障|组织领导|工作要求|实施步骤|附则|总则)(?=[以到为各]|坚持|按照|围绕|全面|深入|认真|20\d\d年|“十|加强|通过|力争|经过)/

const HEADING_AT_START = new OpeningPattern(HEADING_BEFORE_PART)
const STANDARD_AT_START = new OpeningPattern(STANDARD_HEADING)

/** The seams of a line without tabs, in order. `before` is the text of the line before it, `contents` what a table of contents has listed so far. */
export function seamsOf(line: Line, before: string, raw: string, contents: Contents): Seam[] {
  const found: Seam[] = []
  addSeams(line, before, raw, contents, (at, sure) => {
    if (at > 0 && at < line.text.length) found.push({ at, sure })
  })
  if (found.length < 2) return found
  const seams: Seam[] = []
  for (const seam of found.sort((a, b) => a.at - b.at)) {
    const known = seams.at(-1)
    if (known?.at === seam.at) known.sure ||= seam.sure
    else seams.push(seam)
  }
  return seams
}

function addSeams(line: Line, before: string, raw: string, contents: Contents, add: Add): void {
  const { text } = line
  if (text.length > 12) {
    headSeams(text, before, add)
    signatureSeams(text, add)
    spokenSeams(text, add)
    chapterSeams(text, contents, add)
    tagSeams(text, add)
    gapSeams(line, raw, add)
  }
  const heading = headingLength(text, contents)
  if (heading > 0) add(heading, true)
  const part = HEADING_AT_START.exec(text) ?? STANDARD_AT_START.exec(text)
  if (part) add(part[0].length, true)
}

type Add = (at: number, sure: boolean) => void

/** 云川市人民政府文件 | 云府发〔2024〕3号 | 云川市人民政府关于…: a red head that runs into what stands below it. */
const RED_HEAD =
  /^([\u4e00-\u9fff]{4,40})文件 ?(?=[\u4e00-\u9fff]{1,10}[〔[(](?:19|20)\d\d[〕\])]|[\u4e00-\u9fff]{2,30}关于|关于)/

/** Length of a red head at the beginning of a line, 0 where there is none. */
function redHeadLength(text: string): number {
  const red = text.includes('文件') ? RED_HEAD.exec(text) : null
  return red && isOrganLine(red[1] as string) ? red[0].length : 0
}

const cites = opensWith(CITES)

/** Title | number | addressees | body. */
function headSeams(text: string, before: string, add: Add): void {
  if (cites(text)) return
  const numbered = text.includes('号')
  const stroke = numbered ? NUMBER_AND_TITLE.exec(text) : null
  if (stroke) {
    const number = (stroke[1] as string).length
    add(number, true)
    add(number + (stroke[2] as string).length, true)
    return
  }
  const red = redHeadLength(text)
  if (red > 0) {
    const number = NUMBER_FIRST.exec(text.slice(red))?.[0].length ?? 0
    add(red, true)
    if (number > 0) add(red + number, true)
    headSeams(text.slice(red + number), '', (at, sure) => add(red + number + at, sure))
    return
  }
  let at = beginOfOwnTitle(text)
  if (at > 0) add(at, true)
  const own = text.slice(at)
  const title = TITLE_WORDS.test(own.slice(0, LONGEST_TITLE + MOST_BEHIND_TITLE)) ? titleAtStart(own) : null
  if (title && TITLE_WORDS.test(title)) at += title.length
  const number = numbered ? NUMBER_FIRST.exec(text.slice(at, at + 40)) : null
  const behind = number ? at + number[0].length : at
  if (at === 0 && !number && !endsLikeTitle(before) && !isNumberLine(before)) return
  const addressees = ADDRESSEES_FIRST.exec(text.slice(behind, behind + LONGEST_ADDRESSEES + 10))
  // A number with anything but the addressees behind it is cited in a sentence.
  if (number && !addressees && text.slice(behind).trim() !== '') return
  add(at, true)
  if (number) add(behind, true)
  if (addressees) add(behind + addressees[0].length, true)
}

/** What may close a title behind its kind: (试行稿…), a blank. */
const MOST_BEHIND_TITLE = 32
const titleAtStart = (text: string): string | null =>
  (TITLE_BEFORE_NUMBER.exec(text) ?? TITLE_BEFORE_ADDRESSEES.exec(text) ?? TITLE_BEFORE_TEXT.exec(text))?.[0] ?? null

/** Where a title begins that the line says twice: a page's title and the document's own; 0 where it does not. */
function beginOfOwnTitle(text: string): number {
  const again = text.slice(0, 2 * LONGEST_TITLE).indexOf(text.slice(0, LEAST_REPEATED), LEAST_REPEATED)
  return again > 0 && endsLikeTitle(text.slice(0, again).trim()) && TITLE_WORDS.test(text.slice(0, again)) ? again : 0
}

/** 云川镇2023年政府工作报告 | 各位代表:…: the title of what is spoken and its salutation. */
const SPOKEN_TITLE = /^[^。;:,]{2,60}报告(?:\([^()]{2,12}\))? ?(?=各位(?:代表|委员)[,:!])/

function spokenSeams(text: string, add: Add): void {
  const title = text.includes('各位') ? SPOKEN_TITLE.exec(text) : null
  if (title) add(title[0].length, true)
}

/** (此件发至乡) | 2017年6月13日: a note and the date in one line. */
const NOTE_BEFORE_DATE = /^ *\((?:此件|此文|本件|信息公开|公开)[^()]{0,30}\) *$/

/** …。 | issuer | date | (此件公开发布) | title of the attached plan. */
function signatureSeams(text: string, add: Add): void {
  if (!text.includes('日')) return
  for (const match of everyMatch(DATE, text)) {
    const start = match.index
    const end = start + match[0].length
    const rest = text.slice(end, end + 120)
    if (SAYS_WHEN.test(rest)) continue
    if (start <= 40 && rest === '' && NOTE_BEFORE_DATE.test(text.slice(0, start))) add(start, true)
    const from = beginOfSignature(text, start)
    if (from < 0) continue
    const note = ISSUE_NOTE.exec(rest)
    const behind = end + (note?.[0].length ?? 0)
    const attached = ATTACHED.exec(text.slice(behind, behind + 120))
    const ends = rest.trim() === '' || rest.startsWith('  ') || /^ *附件/.test(rest)
    if (!note && !attached && !ends) continue
    add(from, true)
    add(start, true)
    add(end, true)
    add(behind, true)
    if (attached) add(behind + attached[0].length, true)
  }
}

/** Where the name of the body before a date begins, behind a sentence's end or at the beginning of the line; -1 where no body stands there. */
function beginOfSignature(text: string, date: number): number {
  let from = date
  while (from > 0 && date - from < LONGEST_SIGNATURE && !'。;:!)'.includes(text[from - 1] as string)) from--
  const name = text.slice(from, date).replace(/ /g, '')
  return name !== '' && isOrganLine(name) ? from : -1
}

/** 牵头单位:… | (二)…; (…负责) | 二、…: the next heading on the line of a tag. */
function tagSeams(text: string, add: Add): void {
  if (CLOSING_BRACKET.isIn(text)) for (const { index } of everyMatch(HEADING_BEHIND_TAG, text)) add(index + 1, true)
  if (startsWithField(text)) for (const { index } of everyMatch(HEADING_BEHIND_LIST, text)) add(index + 1, true)
}

/** 目录 | 第一章 … | 第一节 … | … */
function chapterSeams(text: string, contents: Contents, add: Add): void {
  if (!text.includes('第')) return
  const title = CONTENTS.exec(text)
  const chapters = everyMatch(CHAPTER, text).map(({ index }) => index)
  if (!title && chapters.length < 3) return
  if (title) {
    add(title.index, true)
    add(title.index + title[0].length, true)
  }
  // Where three chapters stand in a line, the line lists them: there the mark behind a label may be missing too.
  const listed = everyMatch(ANY_CHAPTER, text).map(({ index }) => index)
  for (const at of listed) if (!title || at > title.index) add(at, true)
  entriesOfContents(text, listed, contents)
}

/** Wide white space in a line of running text took the place of line breaks. */
function gapSeams(line: Line, raw: string, add: Add): void {
  const { text } = line
  if (!text.includes('  ')) return
  const gaps = [...text.matchAll(/ {2,}/g)].filter(
    ({ 0: gap, index }) => columnsOf(raw, line.start + index, gap.length) >= WIDE_GAP,
  )
  if (!gaps.some(({ 0: gap, index }) => partsParagraphs(text, index, index + gap.length))) return
  let from = 0
  for (const { 0: gap, index } of gaps) {
    const piece = text.slice(from, index).trim()
    from = index + gap.length
    if (piece.endsWith(':') && piece.length <= LONGEST_FORM_LABEL) continue
    add(from, isDateLine(piece) || isNumberLine(piece))
  }
}

/** Whether only a paragraph can end before a gap or begin behind it: a sentence, addressees, a date, a label, a heading above text. */
function partsParagraphs(text: string, at: number, behind: number): boolean {
  const last = text[at - 1] as string
  if ('。!?'.includes(last) || (last === ':' && at >= LEAST_ADDRESSED)) return true
  if (startsWithLabel(text.slice(behind, behind + 16)) || isDateLine(text.slice(Math.max(0, at - 20), at).trim()))
    return true
  if (at > 2 * LONGEST_HEADING) return false
  const words = text.slice(0, at).trim()
  return words.length <= LONGEST_HEADING && startsWithLabel(words) && /[,。]/.test(text.slice(behind + 16))
}

function columnsOf(raw: string, start: number, length: number): number {
  let columns = 0
  for (let i = start; i < start + length; i++) columns += raw.charCodeAt(i) >= 0x2010 ? 2 : 1
  return columns
}
