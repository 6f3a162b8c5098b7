import { BEFALLEN, PAST_WORDS, WEAK_PAST_WORDS } from '../lexicon/not-targets.ts'
import { SPAN_GONE_BY } from '../lexicon/statements.ts'
import { anyOf, wordFinder } from '../parsers/word-finder.ts'
import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { speakAgainst, standing } from './draft.ts'
import { isAhead } from './deadline-explicit.ts'
import { inReportPart } from './report-part.ts'
import { isOpen } from './sentence-view.ts'
import type { Heading } from '../structure/types.ts'

const findPast = wordFinder(PAST_WORDS)
const findWeakPast = wordFinder(WEAK_PAST_WORDS)

/** 完成情况:建成栈道3公里: what follows tells what was done. */
const TOLD = /(?:完成|进展|落实)情况:/
/** What opens a report of the past, whatever follows. */
const SENTENCE_PAST = new RegExp(`${SPAN_GONE_BY}|长期以来|一直以来|改革开放以来`)
/** 经初步统计，全年实现…; 预计全省生产总值达到…: reckoned of what was, whatever year it names. */
const RECKONED =
  /初步(?:预计|统计|核算|测算)|^[^,。;]{0,8}预计(?:全[年省市区县州盟旗]|全自治区|我[省市区县])(?![^,。;]*(?:20\d\d|可|将))/
/** 已建成30个, 共完成12项: done, where no 的 makes it an attribute (已建成的小区). */
const DONE =
  /(?:(?:目前|当前|截至目前|现)(?:均|全部|累计)?已[\u4e00-\u9fff]{2}|实际已?(?:开工|完成|竣工|投产|到位)|(?:已经?|均已|共)(?:开工|竣工|投产|安装|改造|启动|落实|签约|建成|建有|完成|达到?|有|实现|形成|累计|超过|培育|引进|开展))[^的,;]{0,16}$/
/** 8个县在会上签订了责任书: what those who are counted have done. */
const SIGNED = /^[^,;。]{0,12}[^为除,;。]了(?![解结如然不])/
/** 毕业生将高达30万人: how many there will be of themselves. */
const AS_MANY_AS = /(?<!提)高达[约近]?$/
const NOW = /(?:目前|当前),?[^,;。]{0,24}$/
/** 人口已达2亿，2020年将达到2.4亿: how things will stand of themselves. */
const FORECAST = /已经?(?:达到?|超过|突破|有|占)[\d约近].{0,60}?将(?:达到?|突破|超过|增至|增加到|上升到)[约近]?$/

/** Takes out what was achieved: words of the past in the number's own fragment, a time before the day of issue, or a report heading. */
export const past: Refiner = {
  name: 'past',
  reads: ['baseline', 'fragment', 'quantity', 'right'],
  writes: [],
  run: (view, context) => {
    const report =
      (view.sentence.start < context.reviewEnd && view.sentence.start < turnsAhead(view, context)) ||
      looksBack(view) ||
      opensPast(view, context) ||
      view.toldBefore ||
      (inReportPart(view.clause.path, context) && view.sentence.start < turnsAhead(view, context))
    const goesOnFromBefore = followsPast(view, context)
    /** Where a report of what there is (目前，已建成12个) has come to; the parts behind it go on with it. */
    let reported = -1
    for (const draft of standing(view)) {
      const fragment = view.fragments[draft.fragment] ?? view.sentence
      const words = view.text.slice(
        Math.max(view.sentence.start, fragment.start),
        Math.min(fragment.end, draft.right.end),
      )
      const before = view.text.slice(fragment.start, draft.quantity.start)
      const opening = view.text.slice(view.sentence.start, Math.min(view.sentence.start + 24, draft.quantity.start))
      if (RECKONED.test(opening) || (SENTENCE_PAST.test(opening) && !hasAheadTime(view, context))) {
        speakAgainst(draft, 'past-opening')
        continue
      }
      if (inReportCell(view, draft) || TOLD.test(view.text.slice(view.sentence.start, draft.quantity.start))) {
        speakAgainst(draft, 'past-section')
        continue
      }
      const ahead = hasAheadTime(view, context)
      // 成交额70亿元、同比增长40% in a plan: no time says that it was.
      const planned = !report && view.times.length === 0 && context.titlePeriod !== null && before.includes('同比')
      // 目前覆盖率为60%，到2025年达到80%: the date behind the number is that of another.
      const now =
        NOW.test(view.text.slice(Math.max(view.sentence.start, draft.quantity.start - 32), draft.quantity.start)) &&
        !view.times.some((time) => time.start < draft.quantity.start && time.role !== 'state' && isAhead(time, context))
      if (reported >= 0 && goesOn(view, reported, draft.quantity.start, context)) {
        speakAgainst(draft, 'past-goes-on')
        reported = draft.quantity.end
        continue
      }
      const cue = now
        ? '目前'
        : (findPast(before) ??
          (ahead || planned ? undefined : findWeakPast(before)) ??
          DONE.exec(before.slice(-24))?.[0] ??
          (/^了/.test(view.text.slice(draft.quantity.end)) ? '了' : undefined) ??
          (AS_MANY_AS.test(before) ? '高达' : undefined))
      if (FORECAST.test(view.text.slice(view.sentence.start, draft.quantity.start))) speakAgainst(draft, 'forecast')
      else if (cue && !draft.baseline) {
        speakAgainst(draft, 'past-word', cue)
        if (now && /已/.test(before)) reported = draft.quantity.end
      } else if (
        /了\d|了约/.test(words) ||
        SIGNED.test(view.text.slice(draft.right.start, draft.right.end)) ||
        /^.{0,8}(?:均|都)?已[经纳完建实达有全开启]/.test(view.text.slice(draft.right.start, draft.right.end))
      )
        speakAgainst(draft, 'past-word', '了')
      else if (isPastTime(view, draft.quantity.start, context)) speakAgainst(draft, 'past-time')
      else if (goesOnFromBefore) speakAgainst(draft, 'past-goes-on')
      else if (report && (!hasLaterTime(view, context) || isForetold(view, draft))) speakAgainst(draft, 'past-section')
    }
  },
}

/** 张三在回顾2026年工作时指出:…: a paragraph that says again what a report told of the year gone by. */
const looksBack = ({ text, clause }: SentenceView): boolean =>
  LOOKS_BACK.test(text.slice(clause.start, Math.min(clause.end, clause.start + LOOKED_AT)))
const LOOKS_BACK = /^[^,。;:]{0,20}回顾[^,。;:]{0,16}(?:工作|发展|历程|成绩)[^,。;:]{0,4}(?:指出|说|表示|介绍)[:,]/
const LOOKED_AT = 60

/**
 * 五年来,我们坚持…。研发投入增长10%: what opens a paragraph is said of all of it; so is a period that was over when the document
 * was written (“十三五”时期,…).
 */
function opensPast({ text, clause, earlier }: SentenceView, context: DocumentContext): boolean {
  if (clause.row) return false
  if (OPENS_PAST.test(text.slice(clause.start, Math.min(clause.end, clause.start + OPENING)))) return true
  const period = earlier?.index === 0 && earlier.drafts.length === 0 ? earlier.times[0] : undefined
  return (
    period !== undefined &&
    text.slice(clause.start, period.start).trim() === '' &&
    text[period.end] === ',' &&
    /五”?(?:时期|期间)$/.test(text.slice(period.start, period.end)) &&
    !isAhead(period, context)
  )
}
const OPENING = 24
const OPENS_PAST = new RegExp(
  `^\\s*(?:[—·]+|\\([一二三四五六七八九十]{1,3}\\)|[一二三四五六七八九十\\d]{1,3}[、.])?${SPAN_GONE_BY},`,
)

/**
 * Behind a sentence of the same paragraph whose numbers tell what was and promise nothing, or that a span gone by opens
 * (过去一年,各项工作取得新成绩。), one without a time or a word of aim tells it as well.
 */
function followsPast(view: SentenceView, context: DocumentContext): boolean {
  const { earlier, sentence, text, clause } = view
  return (
    clause.row === null &&
    earlier !== null &&
    (earlier.drafts.length > 0
      ? earlier.drafts.every(({ dropped }) => dropped !== null) &&
        earlier.drafts.some(({ says }) => says === 'past' || says === 'report')
      : OPENS_PAST.test(
          text.slice(earlier.sentence.start, Math.min(earlier.sentence.end, earlier.sentence.start + OPENING)),
        ) && !AIMS.test(text.slice(earlier.sentence.start, earlier.sentence.end))) &&
    !hasAheadTime(view, context) &&
    !AIMS.test(text.slice(sentence.start, sentence.end))
  )
}
const AIMS = /力争|争取|确保|努力|目标|计划|今后|下一步|将|要(?!素)|不低于|不少于|不超过|以上|以内|左右/

/** Where the parts of a document turn from what was to what is to be; read once a document. */
const turns = new WeakMap<DocumentContext, Map<Heading | null, number>>()

/**
 * Where the part of a report that a sentence stands in turns to aims: the first paragraph that a limit ahead opens (到2030年,…) or a
 * word of what comes (下一步,…),
 * unless it only foretells; never where none does. The heading of the aims is missing in an excerpt.
 */
function turnsAhead({ clause, text }: SentenceView, context: DocumentContext): number {
  const heading = clause.path.at(-1) ?? null
  let known = turns.get(context)
  if (!known) turns.set(context, (known = new Map()))
  let at = known.get(heading)
  if (at === undefined) {
    const { clauses } = context.document
    const first = clauses.find(
      ({ path, start, end }) =>
        (path.at(-1) ?? null) === heading && opensAhead(text.slice(start, Math.min(end, start + 60)), context),
    )
    known.set(heading, (at = first?.start ?? Infinity))
  }
  return at
}

const OPENS_AHEAD = /^\s*到(20\d\d)年[底末]?,/
const TURNED =
  /^\s*(?:\([一二三四五六七八九十]\)|[一二三四五六七八九十]、)?(?:下一?步|今后|明年|来年|新的一年|20\d\d年,[^,。;]{0,10}(?:将|要(?!素|闻)|计划|打算|重点[做抓]好)|今年(?:是|要|,我们[将要]|[^,。;]{0,4}工作的?(?:总体)?(?:要求|思路|目标))|[^,。;:]{0,24}(?:预期目标|主要目标|奋斗目标|总体要求)(?:是|为)?[:,])/
const opensAhead = (words: string, { issuedOn, year }: DocumentContext): boolean => {
  const until = OPENS_AHEAD.exec(words)?.[1]
  const now = issuedOn?.slice(0, 4) ?? (year === null ? null : String(year))
  return TURNED.test(words) || (until !== undefined && now !== null && until > now && !FORETOLD.test(words))
}

/** A cell under 当前进度 or 完成情况. */
const inReportCell = ({ clause }: SentenceView, { quantity }: Draft): boolean =>
  clause.row?.cells.some(
    ({ start, end, column }) =>
      quantity.start >= start && quantity.start < end && clause.row?.table.columns[column]?.role === 'report',
  ) ?? false

/** Words with which a sentence turns from what there is to what is to be. */
const TURNS = /力争|争取|确保|努力|[将再要;。]|今后|下一步|新增|基础上/

const goesOn = (view: SentenceView, from: number, to: number, context: DocumentContext): boolean =>
  !TURNS.test(view.text.slice(from, to)) &&
  !view.times.some((time) => time.start >= from && time.end <= to && isAhead(time, context))

/** 2005年底前注册营运的车辆, 去年已开工的366户: which things are meant. */
const ATTRIBUTE = new RegExp(`^(?:及以前)?已?(?:${anyOf(BEFALLEN)})[^,;。、的]{0,4}的`)

/** The nearest time before the number lies behind, and none that lies ahead governs the sentence. */
function isPastTime(view: SentenceView, at: number, context: DocumentContext): boolean {
  const before = view.times.filter(
    (time) =>
      time.end <= at &&
      isOpen(view, time) &&
      !view.compared.has(time) &&
      // 不低于上年度平均工资的90%: what it is measured by.
      !/(?:[高低少多大小]于|超过)$/.test(view.text.slice(Math.max(0, time.start - 2), time.start)) &&
      !ATTRIBUTE.test(view.text.slice(time.end, Math.min(at, time.end + 16))),
  )
  const nearest = before.at(-1)
  if (!nearest) return false
  return nearest.role === 'state'
    ? (context.issuedOn !== null && nearest.last < context.issuedOn) ||
        nearest.last.slice(0, 4) < String(context.year ?? 9999) ||
        !isAhead(nearest, context)
    : !isAhead(nearest, context)
}

/** 据测算, 预计到2030年将达到, 约需新增: how things will go, in a part on how they stand. */
const FORETOLD = /预测|测算|推算|预计|估计|将会?(?:达到?|[较比从由增]|面临|突破|超过)|约?需要?(?:新增|增加)/
const FORETOLD_WITHIN = 400
const isForetold = ({ text, clause }: SentenceView, { quantity }: Draft): boolean => {
  const words = text.slice(Math.max(clause.start, quantity.start - FORETOLD_WITHIN), quantity.start)
  return FORETOLD.test(words) && !/力争|争取|确保|目标/.test(words)
}

/** In a report only what lies behind the year that it reports of looks ahead; that year itself is over. */
const hasLaterTime = (view: SentenceView, context: DocumentContext): boolean =>
  view.times.some(
    (time) =>
      time.role !== 'state' &&
      !(time.relative && /^relative-time\/bare/.test(time.rule)) &&
      (context.issuedOn === null ? Number(time.last.slice(0, 4)) > (context.year ?? 0) : isAhead(time, context)),
  )

const hasAheadTime = (view: SentenceView, context: DocumentContext): boolean =>
  view.times.some((time) => time.role !== 'state' && isAhead(time, context))
