import { BEGUN, DONE, IN_USE } from '../lexicon/works.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { doubt, standing } from './draft.ts'
import { anyOf } from '../parsers/word-finder.ts'
import { isOpen } from './sentence-view.ts'
import { stripOpening } from './words.ts'

/** The times of a sentence that can govern a promise: in the open, not compared with, not a state of the past, not a start. */
export function governingTimes(view: SentenceView, context: DocumentContext): FoundTime[] {
  return view.times.filter(
    (time) =>
      isOpen(view, time) &&
      !view.compared.has(time) &&
      !isSignature(view, time, context) &&
      time.role !== 'state' &&
      isAhead(time, context) &&
      !isSince(view, time) &&
      !isOutlook(view, time) &&
      // 不低于上年度…的80%: what is measured by; nothing is due in a year gone by.
      !(time.relative && GONE_BY.test(view.text.slice(time.start, time.end))),
  )
}

const GONE_BY = /^在?(?:去年|上年|前年)/

/** A day without 前 or 止 that is the date of issue, or stands behind an office or alone as under a signature: nothing is due then. */
function isSignature(view: SentenceView, time: FoundTime, context: DocumentContext): boolean {
  if (time.first !== time.last || time.role === 'limit') return false
  const before = view.text.slice(Math.max(view.sentence.start, time.start - 12), time.start).trimEnd()
  return (
    time.last === context.issuedOn ||
    /(?:政府|办公[室厅]|委员会|[^部全大]局|厅|[省市县区州盟旗镇乡]委)$/.test(before) ||
    (before === '' && /^\s*(?:$|[(。\n])/.test(view.text.slice(time.end, time.end + 4)))
  )
}

/** 为到2035年…奠定基础, 锚定2035年远景目标, 实现2030年前某某目标: what the promise looks out to; 政策延长至明年3月底: how long a rule holds. */
function isOutlook(view: SentenceView, time: FoundTime): boolean {
  const before = view.text.slice(Math.max(view.sentence.start, time.start - 3), time.start)
  // 4月18日，国务院今天批复: when the news came.
  if (
    time.first === time.last &&
    before.trim() === '' &&
    /^[,讯电][^,;。]{0,16}(?:今天|今日|日前|获悉|了解到)/.test(view.text.slice(time.end, time.end + 22))
  )
    return true
  if (
    time.first === time.last &&
    /^(?:[上下]午)?,?在.{2,40}(?:会议|大会)/.test(view.text.slice(time.end, time.end + 48))
  )
    return true
  return (
    OUTLOOK.test(before) ||
    // 结合“十四五”规划,将某事纳入: with which plan it goes together.
    (/五”?规划/.test(view.text.slice(time.start, time.end + 2)) &&
      /(?:结合|衔接|对接|依据|根据|按照|纳入)[^,;。]{0,10}$/.test(
        view.text.slice(Math.max(view.sentence.start, time.start - 12), time.start),
      )) ||
    // 建馆60周年庆祝活动: what is called after it.
    (/周年$/.test(view.text.slice(time.start, time.end)) &&
      /^(?:庆祝|纪念|庆典|系列|主题|大会|活动|华诞|晚会)/.test(view.text.slice(time.end, time.end + 4))) ||
    // 以2030年某某运动会为契机: an event, not a limit.
    (/以$/.test(before) && /^[^,;。]{2,40}为/.test(view.text.slice(time.end, time.end + 44))) ||
    (/(?:实现|完成|落实|助力|推动)$/.test(before) &&
      /^[^,;。、]{2,14}(?:目标|愿景)(?:[,;。]|$)/.test(view.text.slice(time.end, time.end + 18)))
  )
}
const OUTLOOK = /(?:为|锚定|对标|面向|迈向|着眼|瞄准|对照|围绕|延长|延续|延期|展期|顺延)$/

/** 自2019年1月1日起 governs what is done from then on; 起施行 belongs to the document itself. */
const isSince = (view: SentenceView, time: FoundTime): boolean => time.role === 'since'

/** Whether the time ends on or after the day of issue; where nobody knows that, whatever is not told as past (去年). */
export const isAhead = (time: FoundTime, { issuedOn, year }: DocumentContext): boolean =>
  (issuedOn === null && !time.relative) ||
  (issuedOn !== null && time.last >= issuedOn) ||
  time.last.slice(0, 4) >= String(year ?? 0)

/** A time in the same sentence: the nearest before the number; where none stands before it, the first behind it that sets a limit. */
export const deadlineExplicit: Refiner = {
  name: 'deadline-explicit',
  reads: ['deadline', 'dealtFrom', 'fragment', 'quantity'],
  writes: ['deadline', 'deadlineBasis', 'relativeDeadline'],
  run: (view, context) => {
    const times = governingTimes(view, context)
    if (times.length === 0) return
    const drafts = standing(view)
    pairTimes(view, drafts, times)
    for (const draft of drafts) {
      if (draft.deadline !== null) continue
      const time = timeFor(view, draft, times)
      if (!time) continue
      draft.deadline = isOfWholeYear(view, time, draft) ? `${time.last.slice(0, 4)}-12-31` : time.last
      draft.deadlineBasis = 'explicit'
      draft.relativeDeadline = time.relative
      draft.reasons.deadline = { range: { start: time.start, end: time.end }, rule: `deadline-explicit/${time.rule}` }
    }
  },
}

/** 「到2023年和2025年，…分别达到70%和100%」: as many times in a row as numbers in a row. */
function pairTimes(view: SentenceView, drafts: readonly Draft[], times: readonly FoundTime[]): void {
  const row = times.filter(
    (time, index) =>
      index === 0 || /^[、和及与,]$/.test(view.text.slice((times[index - 1] as FoundTime).end, time.start)),
  )
  if (row.length < 2) return
  const last = (row.at(-1) as FoundTime).end
  for (const group of groupsOf(drafts)) {
    const first = (group[0] as Draft).quantity.start
    // A time between puts an end to the row.
    if (group.length !== row.length || first < last || times.some(({ start }) => start > last && start < first))
      continue
    group.forEach((draft, index) => {
      const time = row[index] as FoundTime
      draft.deadline = time.last
      draft.deadlineBasis = 'explicit'
      draft.relativeDeadline = time.relative
      doubt(draft, 'deadline', 'times-paired')
      draft.reasons.deadline = { range: { start: time.start, end: time.end }, rule: 'deadline-explicit/paired' }
    })
  }
}

/** The numbers that one 分别 deals out, group by group. */
function groupsOf(drafts: readonly Draft[]): Draft[][] {
  const groups = new Map<number, Draft[]>()
  for (const draft of drafts) {
    if (draft.dealtFrom === null) continue
    const group = groups.get(draft.dealtFrom)
    if (group) group.push(draft)
    else groups.set(draft.dealtFrom, [draft])
  }
  return [...groups.values()]
}

/** 2020年底前全部投入使用: a predicate without a subject or object of its own speaks of what stands before. */
const ANAPHORIC = new RegExp(
  `^,?(?:全部|全面|基本|陆续|正式|均|力争|确保)*(?:${anyOf([...BEGUN, ...DONE, ...IN_USE, '实现', '验收'])})(?:使用|验收|运行|运营|并投入使用)?[,;。)]`,
)
const DONE_WITH_ALL = new RegExp(`^,?(?:全部|均|(?:全面|基本)*(?:${anyOf(DONE)}))`)
/** 改造任务2018年底前**全部完工**. */
const COMPLETED = new RegExp(`^(?:全部|全面|基本)*(?:${anyOf([...DONE, ...IN_USE])})$`)

/**
 * 改造任务2018年底前完成，面积达到120万亩: a limit behind its subject, before the verb that ends the part, is that part's.
 * 到2020年，A达到x，2018年底前消除C，B达到y:
 * a time in mid-sentence whose deliverable has no number keeps to its own clause, although another time opens the sentence.
 */
function keepsToItsPart(view: SentenceView, time: FoundTime, draft: Draft): boolean {
  const index = view.fragments.findIndex(({ start, end }) => time.start >= start && time.start < end)
  const own = view.fragments[index]
  if (!own || draft.quantity.start < own.end || time.role !== 'limit') return false
  if (view.drafts.some((other) => other.fragment === index)) return false
  const rest = view.text.slice(time.end, own.end)
  if (rest === '') return false
  if (
    time.start - own.start >= 3 &&
    stripOpening(view.text.slice(own.start, time.start)).length >= 3 &&
    COMPLETED.test(rest)
  )
    return true
  const [first] = view.times
  return (
    first !== undefined &&
    first.end < own.start &&
    first.role === 'limit' &&
    first.last > time.last &&
    view.text[time.end - 1] === '前' &&
    stripOpening(
      view.text.slice(view.sentence.start, first.start).replace(/^\s*\(?[\d一二三四五六七八九十]{1,3}[、.)]/, ''),
    ) === ''
  )
}

/** Whether a time before the number still governs it: a part of a year in mid-phrase (创建11月底前验收) keeps to its fragment. */
function reaches(view: SentenceView, time: FoundTime, draft: Draft): boolean {
  if (keepsToItsPart(view, time, draft)) return false
  if (time.last.endsWith('-12-31') || opensWithYear(view, time))
    return governsAll(view, time) || !semicolonBetween(view, time, draft)
  const fragment = view.fragments.find(({ start, end }) => time.start >= start && time.start < end)
  if (!fragment || draft.quantity.start < fragment.end) return true
  if (semicolonBetween(view, time, draft)) return false
  // 6月底前完成搬迁，全年减贫5000人: a part of the running year that its verb follows at once keeps to that verb.
  // One with its year that opens the sentence goes on, up to 全年 or 每年.
  const goesOn =
    !time.relative &&
    stripOpening(
      view.text
        .slice(view.sentence.start, time.start)
        .replace(/^\s*\(?[\d一二三四五六七八九十]{1,3}\)?[、.)].{2,12}。?/, ''),
    ) === '' &&
    !/全年|每年|年内/.test(view.text.slice(time.end, draft.quantity.start))
  // 二季度:完成土方60%: what stands behind the colon is due then.
  if (!/[,:]/.test(view.text[time.end] ?? '') && !goesOn) return false
  return (
    stripOpening(
      // 按照6月底前,完成40%,…的要求: by what is to be gone.
      view.text
        .slice(fragment.start, time.start)
        .replace(/^\s*(?:\(?[\d一二三四五六七八九十]+\)?[、.)])?(?:按照?)?/, ''),
    ) === ''
  )
}

/** 2027年10月底前,A取得进展,力争全年盘活B: what is said of the whole year is due at its end. */
function isOfWholeYear(view: SentenceView, time: FoundTime, draft: Draft): boolean {
  if (time.last.endsWith('-12-31')) return false
  const own = view.fragments[draft.fragment]
  return own !== undefined && own.start >= time.end && /全年/.test(view.text.slice(own.start, draft.quantity.start))
}

/** 2027年11月底前,启动A,新增B;新增C: a month with its year before all else is that of the whole sentence. */
const opensWithYear = (view: SentenceView, time: FoundTime): boolean =>
  !time.relative &&
  view.text[time.end] === ',' &&
  ITEM_NUMBER.test(view.text.slice(view.sentence.start, time.start)) &&
  /^20\d\d年/.test(view.text.slice(time.start, time.end).replace(/^[到至在于]/, ''))
const ITEM_NUMBER = /^\s*(?:\(?[\d一二三四五六七八九十]{1,3}\)?[、.)]?)?$/

/** 到2025年，A达到x；B达到y: what opens the sentence governs all of it; 2024年实现A；B达到y: only its own clause. */
const governsAll = (view: SentenceView, time: FoundTime): boolean =>
  time.role !== 'during' ||
  view.text[time.end] === ',' ||
  /期间?$|时期$/.test(view.text.slice(time.start, time.end)) ||
  announcesGoals(view, time)
    ? opensAll(view, time)
    : false

/** 2026年…主要预期目标是:A;B;C: the year is that of all goals that the colon opens. */
const announcesGoals = ({ text, fragments }: SentenceView, time: FoundTime): boolean => {
  const fragment = fragments.find(({ start, end }) => time.start >= start && time.start < end)
  return fragment?.mark === ':' && GOALS.test(text.slice(time.end, fragment.end))
}
const GOALS = /目标|指标|任务/

/** 按照“一年起步、三年成型”的要求,到2030年: by what, before the time that opens all the same. */
const ACCORDING_TO = /^\s*(?:按照?|根据|围绕|对照|遵循|依据|坚持|通过|结合|立足|锚定|为)[^,;。]{2,60},$/

function opensAll(view: SentenceView, time: FoundTime): boolean {
  // The sentence of a row is all of it: what opens a cell opens what the cell says.
  const opening = view.text.slice(view.sentence.start, time.start)
  const before = opening.slice(opening.lastIndexOf('\t') + 1)
  return !/[;。]/.test(before) && (before.length <= 16 || !before.includes(',') || ACCORDING_TO.test(before))
}

const semicolonBetween = (view: SentenceView, time: FoundTime, draft: Draft): boolean =>
  view.fragments.some(({ end, mark }) => mark === ';' && end >= time.end && end < draft.quantity.start)

/** Nothing but 全部, 均, 于 before the time: with a subject of its own (划定任务3月底前完成) it speaks of that. */
function opensItsPart(view: SentenceView, index: number, time: FoundTime): boolean {
  const fragment = view.fragments[index]
  if (!fragment) return false
  return /^(?:全部|[均并于应]|项目|工程|力争|确保)*$/.test(stripOpening(view.text.slice(fragment.start, time.start)))
}

function timeFor(view: SentenceView, draft: Draft, times: readonly FoundTime[]): FoundTime | null {
  const earlier = times.filter((time) => time.end <= draft.quantity.start)
  const nearest = earlier.findLast((time) => reaches(view, time, draft))
  // 到2023年，A达到x，2025年达到y；B达到z: the later date put an end to the first, the semicolon to the later.
  const ended =
    nearest &&
    earlier.some(
      (time) =>
        time.start > nearest.end &&
        time.last > nearest.last &&
        !view.fragments.some(({ end, mark }) => mark === ';' && end >= nearest.end && end <= time.start),
    )
  if (ended) return null
  if (nearest) return nearest
  const fragment = view.fragments[draft.fragment]
  // 7月底前完成甲,其余9座力争年底前完工: the time of the number's own part.
  const ofPart = times.find(({ start }) => start > draft.quantity.start && fragment && start < fragment.end)
  const behind = ofPart ?? (times[0] as FoundTime)
  // 「新建学校10所，2020年底前投入使用」: a limit behind the number, before any other number gets a date of its own.
  const rest = view.text.slice(behind.end, behind.end + 10)
  // 新建学校10所，8月底前投入使用: a month in which something else is done with them is a milestone of its own.
  if (!behind.last.endsWith('-12-31') && !DONE_WITH_ALL.test(rest)) return null
  // 开发岗位1480个，建成车间9个并于7月底前全部投产: the time behind speaks of the numbers of its own fragment, where it has any.
  const own = view.fragments.findIndex(({ start, end }) => behind.start >= start && behind.start < end)
  if (own !== draft.fragment && !opensItsPart(view, own, behind)) return null
  if (own !== draft.fragment && standing(view).some((other) => other.fragment === own)) return null
  return fragment && behind.start - fragment.end <= 12 && behind.start > draft.quantity.start && ANAPHORIC.test(rest)
    ? behind
    : null
}
