import type { FoundTime } from '../parsers/time.ts'
import { findLimits } from '../parsers/limit.ts'
import { REPORTED_BEHIND } from '../lexicon/periods.ts'
import { isCaption } from '../lexicon/table-headers.ts'
import { labelOf } from '../structure/labels.ts'
import { isOwnTitle } from '../structure/own-title.ts'
import { deadlineCell } from '../structure/tables.ts'
import type { Clause, Heading } from '../structure/types.ts'
import { limitFor } from '../structure/units-for.ts'
import type { DocumentContext, Draft, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { governingTimes, isAhead } from './deadline-explicit.ts'

/** Headings under which an opening paragraph's time governs all parts. */
const GOAL_HEADING = /目标|指标|愿景|预期/
/** An item of several clauses, not a title: only what opens it can govern what stands below. */
const SENTENCE = /[;。][^;。]{4}/
/** An opening paragraph that announces its parts. */
const ANNOUNCES =
  /^(?:以下|下列|上述|以上)(?:项目|任务|工作|事项|目标|各项|内容)|(?:如下|以下|下列|包括|是|目标|任务|即)?:$|(?:以下|如下)[^。]{0,12}[。:]?$/

/** Carries the times of a document from where they stand to what they govern. One for each document, fed in order. */
export class DeadlineMemory {
  private clause: Clause | null = null
  private inClause: FoundTime | null = null
  /** The last time of the paragraph that stands before its points (一是…。二是…), and where these begin. */
  private beforePoints: FoundTime | null = null
  private points: readonly number[] | null = null
  /** The time of the points that are being counted (一是…, 二是…), until a paragraph is none of them. */
  private ofPoints: { time: FoundTime; under: Heading | null } | null = null
  private readonly leadIns = new Map<Heading | null, { time: FoundTime; clause: Clause }>()
  /** The first clause with a number or time under each heading. */
  private readonly opening = new Map<Heading, Clause>()
  /** Headings whose lead-in announces the parts: no later date takes its place. */
  private readonly announced = new Set<Heading | null>()
  private readonly headingTimes = new Map<Heading, FoundTime | null>()

  constructor(private readonly context: DocumentContext) {}

  /** Gives drafts without a time of their own the nearest that governs them, then remembers the sentence's own. */
  apply(view: SentenceView): void {
    if (this.clause !== view.clause) {
      if (!goesOn(view.text, this.clause, view.clause)) this.inClause = null
      this.beforePoints = null
      this.points = null
      this.clause = view.clause
      if (!POINT.test(view.text.slice(view.clause.start, view.clause.start + 8))) this.ofPoints = null
    }
    for (const draft of standing(view)) if (draft.deadline === null) this.inherit(view, draft)
    this.remember(view)
  }

  /** The time that governs the sentence from outside it, and the rule that says so. */
  governing(view: SentenceView): { time: FoundTime; rule: string } | null {
    const earlier = this.clause === view.clause ? this.earlierTime(view) : null
    if (earlier) return { time: earlier, rule: 'deadline-inherited/earlier-sentence' }
    const fromTag = this.timeOf(view, limitFor(this.context.document, view.sentence)?.words ?? null)
    if (fromTag)
      return { time: fromTag, rule: view.clause.row ? 'deadline-inherited/table-column' : 'deadline-inherited/tag' }
    const fromRow = this.rowTime(view)
    if (fromRow) return { time: fromRow, rule: 'deadline-inherited/table-column' }
    if (this.ofPoints?.under === (view.clause.path.at(-1) ?? null))
      return { time: this.ofPoints.time, rule: 'deadline-inherited/lead-in' }
    for (let i = view.clause.path.length - 1; i >= 0; i--) {
      const heading = view.clause.path[i] as Heading
      const leadIn = this.leadIns.get(heading)
      if (leadIn && leadIn.clause !== view.clause) return { time: leadIn.time, rule: 'deadline-inherited/lead-in' }
      const own = isOwnTitle(this.context.document, heading) ? null : this.headingTime(view, heading)
      // A numbered item is its own heading: its times are explicit for what they govern, and for nothing else.
      if (own && !(own.start >= view.sentence.start && own.end <= view.sentence.end))
        return { time: own, rule: 'deadline-inherited/heading' }
    }
    const whole = this.leadIns.get(null)
    return whole && whole.clause !== view.clause ? { time: whole.time, rule: 'deadline-inherited/lead-in' } : null
  }

  /** 一是…到2030年…。二是…: a time inside one point of a paragraph is none of the next point's. */
  private earlierTime({ text, clause, sentence }: SentenceView): FoundTime | null {
    const time = this.inClause
    if (time === null || time.start < clause.start) return time
    this.points ??= pointsOf(text.slice(clause.start, clause.end)).map((at) => clause.start + at)
    const pointAt = (at: number): number => (this.points as readonly number[]).findLastIndex((point) => point <= at)
    const own = pointAt(time.start)
    return own < 0 || own === pointAt(sentence.start) ? time : this.beforePoints
  }

  private inherit(view: SentenceView, draft: Draft): void {
    const found = this.governing(view)
    const { titlePeriod } = this.context
    if (found) {
      draft.deadline = found.time.last
      draft.deadlineBasis = 'inherited'
      draft.relativeDeadline = found.time.relative
      draft.reasons.deadline = { range: { start: found.time.start, end: found.time.end }, rule: found.rule }
    } else if (titlePeriod) {
      draft.deadline = titlePeriod.last
      draft.deadlineBasis = 'document'
      draft.reasons.deadline = {
        range: { start: titlePeriod.start, end: titlePeriod.end },
        rule: 'deadline-document/title',
      }
    } else {
      draft.reasons.deadline = { range: null, rule: 'deadline/none-stated' }
    }
  }

  private remember(view: SentenceView): void {
    const { clause } = view
    const times = governingTimes(view, this.context).filter((time) => governsOn(view, time))
    const announced = times.filter((time) => isYearEnd(time) || !time.relative).at(-1)
    // A month or quarter (2019年8月底前, 一季度) governs its own clause, never the next sentences.
    const last = times.filter(isYearEnd).at(-1)
    // Nor does a term (用三年时间): it is how long its own sentence takes. Only one that opens the part on goals is that part's.
    const lasting = times.filter((time) => isYearEnd(time) && !time.term).at(-1)
    if (lasting) {
      if (!INSIDE_POINT.test(view.text.slice(view.clause.start, lasting.start))) this.beforePoints = lasting
      this.inClause = lasting
    }
    if (clause.row) return
    const own = clause.path.at(-1) ?? null
    const words = endsOf(view.text, clause)
    if (announced && opensPoints(view, announced)) this.ofPoints = { time: announced, under: own }
    if (announced && (ANNOUNCES.test(words) || isCaption(words)) && (own !== null || !this.isVision(announced))) {
      this.leadIns.set(own, { time: announced, clause })
      this.announced.add(own)
    }
    this.turnToYear(view)
    for (const heading of clause.path) {
      const first = this.opening.get(heading) ?? clause
      this.opening.set(heading, first)
      // Only what opens a part on goals governs all of it; an item of it (3.2027年底前…) speaks for itself.
      if (!last || this.isVision(last) || !GOAL_HEADING.test(heading.text.slice(0, 40))) continue
      if (first === clause || (heading === own && !this.announced.has(heading)))
        this.leadIns.set(heading, { time: last, clause })
    }
  }

  /**
   * 二、“十五五”时期目标和2026年工作 / …。 / 今年是开局之年: under a heading of a plan and of its first year, the paragraph that
   * the year opens turns from the one to the other.
   */
  private turnToYear({ text, clause }: SentenceView): void {
    const heading = clause.path[0]
    if (!heading || clause.kind === 'heading' || clause.path.length > 1) return
    const year = PLAN_AND_YEAR.exec(heading.text)?.[1]
    const opening = text
      .slice(clause.start, clause.start + OPENING)
      .trimStart()
      .replace(/^做好/, '')
    if (!year || !(opening.startsWith('今年') || opening.startsWith(`${year}年`))) return
    const at = heading.start + heading.text.indexOf(`${year}年`)
    const { issuedOn, year: ownYear } = this.context
    const time = findLimits(text, at, at + year.length + 1, { issuedOn, year: ownYear })[0]
    if (time) this.leadIns.set(heading, { time, clause })
  }

  /** 到2035年 in a plan up to 2025: what comes after the plan governs its own paragraph only. */
  private isVision(time: FoundTime): boolean {
    const { titlePeriod, year } = this.context
    return titlePeriod
      ? time.last > titlePeriod.last
      : year !== null && this.leadIns.size > 0 && Number(time.last.slice(0, 4)) >= year + 10
  }

  private headingTime(view: SentenceView, heading: Heading): FoundTime | null {
    let time = this.headingTimes.get(heading)
    if (time === undefined) {
      time = this.timeOf(view, {
        start: heading.start,
        end: Math.min(heading.end, heading.start + (SENTENCE.test(heading.text) ? 12 : 80)),
      })
      this.headingTimes.set(heading, time)
    }
    return time
  }

  private rowTime(view: SentenceView): FoundTime | null {
    const { row } = view.clause
    if (!row) return null
    return this.timeOf(view, deadlineCell(row))
  }

  private timeOf(view: SentenceView, range: { start: number; end: number } | null): FoundTime | null {
    if (!range) return null
    const { issuedOn, year } = this.context
    return (
      findLimits(view.text, range.start, range.end, { issuedOn, year })
        .filter(
          (time) =>
            time.role !== 'state' &&
            isAhead(time, this.context) &&
            !REPORTED_BEHIND.test(view.text.slice(time.end, time.end + 12)) &&
            !/^在.{2,40}会议/.test(view.text.slice(time.end, time.end + 44)),
        )
        .at(-1) ?? null
    )
  }
}

/** Where the points of a paragraph begin: 启动三个行动:**一是**…。**二是**…, in characters from its start. */
const pointsOf = (words: string): number[] => [...words.matchAll(POINTS)].map(({ index }) => index)
const POINTS = /(?<=^\s{0,4}|[:;。]\s{0,4})[一二三四五六七八九十]{1,2}[是要]/g
const INSIDE_POINT = /(?:^|[:;。])\s{0,4}[一二三四五六七八九十]{1,2}[是要]/

/** “十五五”时期目标任务和2026年工作安排: the plan stands before its year. */
const PLAN_AND_YEAR = /五”?(?:时期|期间)[^,;。\d]{2,24}(20\d\d)年/
/** Characters that a paragraph opens with. */
const OPENING = 8

/** Characters between two paragraphs of one sentence. */
const FARTHEST_PART = 400

/** 到2030年,A达到x; / B达到y。: a paragraph behind a semicolon is the next part of the sentence, unless it is an item of its own. */
function goesOn(text: string, before: Clause | null, clause: Clause): boolean {
  if (!before || clause.row || before.row || before.end > clause.start || clause.start - before.end > FARTHEST_PART)
    return false
  const between = text.slice(before.end - 1, clause.start).trimEnd()
  return (
    between.endsWith(';') && !between.includes('。') && labelOf(text.slice(clause.start, clause.start + 12)) === null
  )
}

const isYearEnd = (time: FoundTime): boolean => time.last.endsWith('-12-31')

/** Characters at either end of a clause that tell whether it announces what follows. */
const ENDS = 40

/** A clause, or the beginning and the end of a long one: a clause of many sentences is not read again for each. */
function endsOf(text: string, { start, end }: Clause): string {
  const words =
    end - start <= 2 * ENDS
      ? text.slice(start, end)
      : `${text.slice(start, start + ENDS)}\n${text.slice(end - ENDS, end)}`
  return words.trimEnd()
}

/** 未来五年,我们要做好这些事。 / 一是…: a time that opens a paragraph of one sentence is that of the points counted below it. */
const opensPoints = ({ text, clause, sentence }: SentenceView, time: FoundTime): boolean =>
  clause.sentences.length === 1 &&
  text.slice(sentence.start, time.start).trim() === '' &&
  text[time.end] === ',' &&
  POINT.test(text.slice(clause.end, clause.end + 8))
/** 一是, 二要, 第三,: a paragraph that is one of several points. */
const POINT = /^\s*(?:[一二三四五六七八九十]{1,2}[是要]|首先,|其次,|再次,|第[一二三四五六七八九十]{1,2},)/

/** A time that opens its sentence or a fragment of it governs what follows; one in mid-phrase only its own words. */
const governsOn = (view: SentenceView, time: FoundTime): boolean => {
  if (time.role !== 'limit') return opensSentence(view, time)
  const fragment = view.fragments.find(({ start, end }) => time.start >= start && time.start < end)
  return !fragment || time.start - fragment.start <= 12 || view.text[time.end] === ','
}

/** 2019年，… and “十三五”期间，… govern what follows; a year in mid-sentence may only belong to a noun. */
const opensSentence = (view: SentenceView, time: FoundTime): boolean =>
  view.text[time.end] === ',' || time.start - view.sentence.start <= 4
