import { RULE_KINDS } from '../lexicon/document-kinds.ts'
import { FIVE_YEAR_PLANS, REPORTED_BEHIND } from '../lexicon/periods.ts'
import { lastOfYear } from '../parsers/calendar.ts'
import type { FoundTime } from '../parsers/time.ts'
import { findTimes } from '../parsers/time.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { DocumentTree, Heading } from '../structure/types.ts'
import { partOfYear } from '../structure/year-of-part.ts'
import type { ReadingText } from '../text/reading-text.ts'
import type { DocumentContext } from './draft.ts'
import { namesAbove } from './names-above.ts'
import { aimsAt, isOuter, isOutermost, promises, tellsBeforeAims, ToldParts } from './told-parts.ts'

/** Titles of documents that lay down rules: their numbers are parameters. */
const REGULATION = new RegExp(`(?:${anyOf(RULE_KINDS)})(?:\\([^)]{0,6}\\))?(?:》?的通知|的公告|的决定)?[》\\s]*$`)
const PROMISING = /规划|计划|方案|要点|意见|行动|目标|任务|工作|分工/
/** A sentence that hands the document's contents over: 现将2024年度重点任务分解如下. */
const HANDS_OVER = /现将|如下|特制定|制定本|制订本|为全面完成|为确保完成|为做好/
/** How many clauses from the start may hand over the contents. */
const OPENING_CLAUSES = 4

/** 2014年秋季…工作的通知: the season says what it is about, its end is no limit. */
const SEASON = /(\d{4}年)(?:[春夏秋冬]季?|今冬明春|冬春)(?:学期)?(?!运)/

/** What the sentences of a document need to know of it. */
export function contextOf(document: DocumentTree, reading: ReadingText): DocumentContext {
  const { issuedOn, doubts } = document.head
  const context = contextFrom(document, reading, issuedOn)
  // The day of the page alone, later than the year of the title: the page was put up when the document was old.
  const late =
    doubts.issuedOn === 'missing' && issuedOn !== null && yearOfTitle(document) < Number(issuedOn.slice(0, 4))
  return late ? contextFrom(document, reading, null) : context
}

/** The first year that a title names; as if it were far ahead where it names none. */
const yearOfTitle = ({ head }: DocumentTree): number => Number(/20\d\d(?=[年\-—])/.exec(head.title)?.[0] ?? Infinity)

function contextFrom(document: DocumentTree, reading: ReadingText, issued: string | null): DocumentContext {
  const { head } = document
  const title = head.title.replace(/\s/g, '').replace(SEASON, '$1')
  const numbered = /[〔([](\d{4})[〕)\]]/.exec(head.number ?? '')
  const stated = issued ? Number(issued.slice(0, 4)) : numbered ? Number(numbered[1]) : null
  const titled = comingYears(document, reading, title, issued, stated) ?? periodOf(title, issued, stated)
  const opening = titled ? null : openingPeriod(document, reading, issued, stated)
  const period = titled ?? opening ?? periodOfPart(document, reading, issued, stated)
  const begun = period && period.role !== 'limit' ? Number(period.first.slice(0, 4)) : null
  // 2024年工作要点 of December 2023 is about the year that comes.
  const coming = begun !== null && stated !== null && begun === stated + 1 && period?.last.startsWith(`${begun}`)
  const aimed =
    stated === null && begun === null ? (yearOfAims(document, reading) ?? yearOfTerm(document, reading)) : null
  const year = (coming ? begun : stated) ?? begun ?? aimed ?? firstYear(document, reading)
  // A year that is only named somewhere dates nothing: it may itself be a deadline.
  const dated = stated ?? begun ?? aimed
  const issuedOn = issued ?? (dated === null ? null : `${dated}-01-01`)
  const ahead = period && (issuedOn === null || period.last >= issuedOn) ? period : null
  const titlePeriod = ahead && titled ? place(ahead, document, reading, title) : ahead
  return {
    document,
    reading,
    issuedOn,
    year,
    yearAssumed: issued === null && numbered !== null,
    titlePeriod,
    planNamed: planNamedIn(reading.text.slice(document.start, document.end)),
    regulation: REGULATION.test(title) && !PROMISING.test(title.slice(-14)),
    namesAbove: namesAbove(document.clauses, reading.text),
    reviewEnd: WORK_REPORT.test(title) ? reviewEndOf(document, reading) : 0,
    toldParts: new ToldParts(document, reading, REPORTS_ON.test(title)),
  }
}

const WORK_REPORT = /工作报告(?:\([^)]{0,12}\))?(?:——.{2,40})?$/

/** 今后五年,…: the years that a work report without a part for one year begins with; null where it does not. */
function comingYears(
  document: DocumentTree,
  { text }: ReadingText,
  title: string,
  issuedOn: string | null,
  year: number | null,
): FoundTime | null {
  if (!WORK_REPORT.test(title) || partOfYear(document)) return null
  const { start, end } = document
  const coming =
    findTimes(text, start, Math.min(end, start + COMING_WITHIN), { issuedOn, year }).find((time) =>
      /^(?:今后|未来)/.test(text.slice(time.start, time.end)),
    ) ?? null
  // 今后五年,…。今年经济社会发展的主要预期目标是…: what it goes on to is due this year.
  const turn = coming ? TURNS_TO_YEAR.exec(text.slice(coming.end, end)) : null
  if (!coming || !turn) return coming
  const at = coming.end + turn.index
  return findTimes(text, at, Math.min(end, at + turn[0].length), { issuedOn, year })[0] ?? null
}
const TURNS_TO_YEAR = /\n\s*今年(?:是|,|的?(?:政府)?工作|[^,。;\n]{0,12}(?:预期|主要)目标)/
const COMING_WITHIN = 600
/**
 * A work report reviews first and plans then: what stands above its first heading that plans is the review where it tells what
 * came of things, and where nothing else stands above it; so is its first part, where its heading says what was achieved.
 */
function reviewEndOf({ start, headings }: DocumentTree, { text }: ReadingText): number {
  const [first] = headings
  if (!first) return 0
  if (plans(first)) return first.start
  const turn = headings.find(
    (heading) =>
      isOuter(heading) &&
      (plans(heading) ||
        aimsAt(heading) ||
        (isOutermost(heading) && promises(text.slice(heading.end, heading.bodyEnd)))),
  )
  if (turn && tellsBeforeAims(text.slice(start, turn.start))) return turn.start
  const next = headings.find((heading) => heading.level === first.level && heading.start > first.start)
  return first.label === '一、' && next && (plans(next) || ACHIEVED.test(first.text)) ? next.start : 0
}
/** 一、…新区建设取得新进展: what the first part of a work report has come to. */
const ACHIEVED = /取得|迈[出上]|成效|进展|成[绩就]|跃升|过去|回顾|[一二三四五]年来/
const plans = ({ text }: Heading): boolean =>
  PLANS.test(text.slice(0, PLANS_WITHIN)) && !/回顾|完成情况|成效|过去|取得/.test(text)
const PLANS = /目标|任务|重点工作|主要工作|工作安排|工作部署|20\d\d年(?:各项|政府)?工作/
const PLANS_WITHIN = 40

/** A five-year plan that a text speaks of, by its last day. */
function planNamedIn(text: string): string | null {
  const plan = PLAN_NAMED.exec(text)
  const year = plan ? FIVE_YEAR_PLANS[plan[1] as string] : undefined
  return year === undefined ? null : lastOfYear(year)
}
const PLAN_NAMED = /“?(十[一二三四五六]?五)”?(?:规划)?(?:期末|期间|时期|末)/

/** 关于2027年一季度督查情况的通报: what was found, not what is due. */
const REPORTS_ON =
  /(?:督查|检查|完成|办理|落实|进展|执行|考核)(?:工作)?(?:情况|结果)的?(?:通报|报告|汇报)$|(?:总结|工作回顾|自查报告|自评报告|述职报告)$/

/** The period that a title names: 2019年…工作要点, “十三五”…规划, …三年行动计划(2018—2020年). */
function periodOf(title: string, issuedOn: string | null, year: number | null): FoundTime | null {
  if (REPORTS_ON.test(title)) return null
  const times = findTimes(`${title},`, 0, title.length + 1, { issuedOn, year })
    // A full date in a title is when it was issued, no period that it is about.
    .filter(({ role, first, last }) => role !== 'state' && role !== 'since' && first !== last)
  // 2027年重点工作一季度进展情况: what is due is due by the year.
  const period = times.findLast(({ end }) => !REPORTED_BEHIND.test(title.slice(end))) ?? times.at(-1)
  if (period) return period
  // 第十五届人民代表大会 is no plan.
  const plan = /(?<!第)十[一二三四五六]?五(?![届次])/.exec(title)
  if (!plan) return null
  const [found] = findTimes(`“${plan[0]}”期间`, 0, plan[0].length + 4, { issuedOn, year })
  return found ?? null
}

/** The period that the first sentences hand over: 「现将2024年度改革任务分解如下」. */
function openingPeriod(
  document: DocumentTree,
  reading: ReadingText,
  issuedOn: string | null,
  year: number | null,
): FoundTime | null {
  for (const clause of document.clauses.slice(0, OPENING_CLAUSES)) {
    for (const sentence of clause.sentences) {
      if (sentence.end - sentence.start > 300 || !HANDS_OVER.test(reading.text.slice(sentence.start, sentence.end)))
        continue
      // 报告提出了2026年的重点工作。现将任务分解如下: what is handed over is named by the sentence before.
      const before = clause.sentences[clause.sentences.indexOf(sentence) - 1]
      const from = before && sentence.end - before.start <= 300 ? before.start : sentence.start
      const found = findTimes(reading.text, from, sentence.end, { issuedOn, year })
        // A day is when it was issued, no period that it is about.
        .filter((time) => time.role === 'during' && !time.relative && time.first !== time.last)
        .filter((time) => !isOfReference(reading.text.slice(from, time.start)))
        .at(-1)
      if (found && (issuedOn === null || found.last >= issuedOn)) return found
    }
  }
  return null
}

/** 按照《某行动》《某规划(2024—2027年)》: a time in the name of what it rests on, not of what is handed over. */
function isOfReference(words: string): boolean {
  const open = words.lastIndexOf('《')
  if (open < 0 || words.indexOf('》', open) >= 0) return false
  return RESTS_ON.test(words.slice(0, open).replace(/《[^《》]*》/g, ''))
}
const RESTS_ON = /(?:根据|按照|依据|依照|遵照|落实|贯彻)[^,。;]{0,20}$/

/** The year of the part that says what is to be done: 三、2024年重点工作 of a report. */
function periodOfPart(
  document: DocumentTree,
  reading: ReadingText,
  issuedOn: string | null,
  year: number | null,
): FoundTime | null {
  const heading = partOfYear(document)
  if (!heading) return null
  return (
    findTimes(reading.text, heading.start, Math.min(heading.end, heading.start + 60), { issuedOn, year }).find(
      ({ role, relative, first, last }) => role === 'during' && !relative && first.slice(0, 4) === last.slice(0, 4),
    ) ?? null
  )
}

/**
 * The first year that the text names, where nothing else dates the document: not one since which something lasts, or of which
 * is told what was done, while it names another. Where it names none, the last year of the documents that it refers to.
 */
function firstYear(document: DocumentTree, reading: ReadingText): number | null {
  const words = reading.text.slice(document.start, Math.min(document.end, document.start + TOLD_WITHIN))
  const named = [...words.matchAll(/(20\d\d)年/g)]
  const found = named.find(({ index }) => !BEHIND_US.test(words.slice(index + 5, index + 45))) ?? named[0]
  if (found) return Number(found[1])
  const referred = [...words.matchAll(/〔(20\d\d)〕/g)].map(({ 1: year }) => Number(year))
  return referred.length > 0 ? Math.max(...referred) : null
}
const TOLD_WITHIN = 2000

/** 2027年起3年内: who counts a term from a year writes in it. Null where no term names its year. */
const yearOfTerm = ({ start, end }: DocumentTree, { text }: ReadingText): number | null => {
  const found = TERM_WITH_YEAR.exec(text.slice(start, Math.min(end, start + TOLD_WITHIN)))
  return found ? Number(found[1]) : null
}
const TERM_WITH_YEAR =
  /(20\d\d)年度?(?:起|开始),?(?:[利再]?用|通过|力争)?(?:\d{1,2}|[一二两三四五六七八九十])年(?:内|以内|时间|左右)/

/**
 * The year that a speech or report without a date turns to: 2026年,我局完成…。2027年,我们将…. Null where no sentence tells of
 * the year before, or none says what is to be done in the next.
 */
function yearOfAims({ clauses }: DocumentTree, { text }: ReadingText): number | null {
  let told: number | null = null
  for (const { sentences, row } of clauses) {
    if (row) continue
    for (const { start, end } of sentences) {
      const opening = text.slice(start, Math.min(end, start + OPENING_OF_YEAR))
      const year = Number(/^\s*(20\d\d)年(?:以来|来)?,/.exec(opening)?.[1] ?? 0)
      if (year === 0) continue
      if (told !== null && year === told + 1 && AIMS_AT.test(opening)) return year
      if (!AIMS_AT.test(opening)) told = year
    }
  }
  return null
}
/** Characters that tell what a sentence that a year opens does with it. */
const OPENING_OF_YEAR = 24
const AIMS_AT = /年,[^,。;]{0,8}(?:将|要(?!素)|计划|打算|重点[做抓]好)/

/** 2019年以来, 2019年起; 2019年,县委作出了决定. */
const BEHIND_US = /^(?:[底初度]|\d{1,2}月(?:份|底)?)?(?:以来|起|至今|以后|之后)|^[^。;]*[^为除。;]了(?!解)/

/** The title's time at its place in the reading text, or at the head's start where line breaks hide it. */
function place(time: FoundTime, document: DocumentTree, reading: ReadingText, title: string): FoundTime {
  const { range } = document.head
  const words = title.slice(time.start, time.end)
  const found = reading.text.slice(range.start, Math.min(range.end, range.start + 400)).indexOf(words)
  const start = range.start + Math.max(found, 0)
  return { ...time, start, end: Math.min(start + words.length, Math.max(range.end, start + 1)) }
}
