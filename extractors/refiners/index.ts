import type { Clause, ClosingLimit, DocumentTree, Heading, Sentence, TableRow } from '../structure/types.ts'
import type { TimeBase } from '../parsers/time-core.ts'
import { limitFor } from '../structure/units-for.ts'
import { headingOfYear, yearOfHeading } from '../structure/year-of-part.ts'
import type { ReadingText } from '../text/reading-text.ts'
import type { FoundTarget } from '../types.ts'
import { baseline } from './baseline.ts'
import { benefitLimits } from './benefit-limits.ts'
import { byQuarter } from './by-quarter.ts'
import { candidates } from './candidates.ts'
import { columnTime } from './column-time.ts'
import { confidence } from './confidence.ts'
import { contextOf } from './context.ts'
import { changeTo } from './change-to.ts'
import { currentValue } from './current-value.ts'
import { deadlineExplicit } from './deadline-explicit.ts'
import { DeadlineMemory } from './deadline-inherited.ts'
import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { dealInOrder } from './frame/deal-in-order.ts'
import { frames } from './frame/frames.ts'
import { finishMilestone, finishQuantity } from './finish.ts'
import { kinds } from './kinds.ts'
import { listTail } from './list-tail.ts'
import { measure } from './measure.ts'
import { headingMilestone, limitAbove } from './heading-milestone.ts'
import { datedInRow, limitMilestone, milestonesOf, rowMilestones } from './milestones.ts'
import { parts } from './parts.ts'
import { past } from './past.ts'
import { PointsTold } from './points-told.ts'
import { perYear } from './per-year.ts'
import { promise } from './promise.ts'
import { rules } from './rules.ts'
import { scoring } from './scoring.ts'
import { viewOf } from './sentence-view.ts'
import { statements } from './statements.ts'
import { secondReading } from './second-reading.ts'
import { columnMilestones, stagesOfClause } from './stage-milestones.ts'
import { squashedRows } from './squashed-rows.ts'
import { tableMatrix } from './table-matrix.ts'
import { tableValues } from './table-values.ts'
import { thresholds } from './thresholds.ts'
import { units } from './units.ts'

/** What a number is, before anything is known of its deadline; `candidates` comes before them. The order matters: later rules rely on earlier ones. */
export const READ: readonly Refiner[] = [
  changeTo,
  kinds,
  parts,
  baseline,
  currentValue,
  thresholds,
  scoring,
  benefitLimits,
  rules,
  statements,
  past,
  measure,
  dealInOrder,
  perYear,
  listTail,
  frames,
  byQuarter,
  deadlineExplicit,
  columnTime,
  tableValues,
  tableMatrix,
  squashedRows,
]
/** What depends on the deadline, inherited ones included. */
export const JUDGE: readonly Refiner[] = [units, promise, secondReading, confidence]

/** What {@link DeadlineMemory} does between the two, told like a step. */
export const DEADLINE_MEMORY: Pick<Refiner, 'name' | 'reads' | 'writes'> = {
  name: 'deadline-inherited',
  reads: ['deadline'],
  writes: ['deadline', 'deadlineBasis', 'relativeDeadline'],
}

/** Sentences longer than this are read in pieces, so that time stays linear whatever comes in. */
const LONGEST_SENTENCE = 1500

/** Told of every number that is no target, with the rule that took it out: for looking into a miss. */
type OnDropped = (view: SentenceView, draft: Draft) => void

/** All targets of one document, in the order of the text. */
export function findTargets(document: DocumentTree, reading: ReadingText, onDropped?: OnDropped): FoundTarget[] {
  const context = contextOf(document, reading)
  const memory = new DeadlineMemory(context)
  const { issuedOn, year, planNamed } = context
  const base = { issuedOn, year, planNamed, planEnd: context.titlePeriod?.last ?? null }
  const targets: FoundTarget[] = []
  /** The limits that have become a milestone: one of each is enough. */
  const due = new Set<ClosingLimit>()
  let opener: SentenceView | null = null
  /** What the times of the clauses under one heading count from. */
  let path: readonly Heading[] | null = null
  let ofPart: TimeBase = base
  const points = new PointsTold()
  for (const clause of document.clauses) {
    const views: SentenceView[] = []
    if (!isListed(clause, reading.text)) opener = null
    const before = targets.length
    const above = limitAbove(clause, context)
    const toldBefore = points.begins(clause, reading.text)
    if (clause.path !== path) {
      path = clause.path
      const heading = headingOfYear(path)
      ofPart = heading ? { ...base, year: Math.max(yearOfHeading(heading) as number, context.year ?? 0) } : base
    }
    readable(reading.text, clause.sentences).forEach((sentence, index) => {
      const always = clause.row !== null || above !== null || limitFor(document, sentence) !== null
      // 2027年8月底前制定方案。年底前建成: a year named as a limit is that of the clause's next sentences.
      const named = views.at(-1)?.times.findLast(({ role, relative }) => role === 'limit' && !relative)
      const view = viewOf(
        reading.text,
        clause,
        sentence,
        index,
        named ? { ...ofPart, year: Number(named.last.slice(0, 4)) } : ofPart,
        always,
      )
      if (!view) return
      view.earlier = views.at(-1) ?? null
      view.opener = opener
      view.toldBefore = toldBefore
      addTargetsOf(view, context, memory, clause.kind === 'row' && index === 0, targets)
      views.push(view)
      if (onDropped) for (const draft of view.drafts) if (draft.dropped !== null) onDropped(view, draft)
    })
    points.ends(views)
    for (const { view, milestone } of stagesOfClause(clause, views, context)) {
      const { time } = milestone
      const found = finishMilestone(view, context, milestone)
      // 第一阶段:4月1日至4月30日,宣传发动: the sentence has said already what is due then.
      if (!targets.slice(before).some(({ start, end }) => start < found.end && end > found.start)) targets.push(found)
      const ofStage = limitFor(document, time)
      if (ofStage && ofStage.words.start <= time.start && ofStage.words.end >= time.end) due.add(ofStage)
    }
    const ofHeading = above && targets.length === before ? headingMilestone(above, views, context) : null
    if (ofHeading) targets.push(finishMilestone(ofHeading.view, context, ofHeading.milestone))
    for (const [limit, own] of byLimit(document, views)) {
      const found = due.has(limit) ? null : limitMilestone(clause, limit, own, context)
      if (!found) continue
      targets.push(finishMilestone(own[0] as SentenceView, context, found))
      due.add(limit)
    }
    opener = opens(clause, reading.text) ? (views.at(-1) ?? null) : opener
    // No chain of them: what a list is of stands in the sentence that opens it.
    if (opener) opener.opener = null
  }
  return targets.sort((a, b) => a.start - b.start)
}

/** …，分别是: what stands below says what it is made up of. */
const opens = ({ end }: Clause, text: string): boolean => /:\s*$/.test(text.slice(Math.max(0, end - 4), end))

/** 长桥镇:300户1200人: an item of a list among places. */
const isListed = ({ start, end }: Clause, text: string): boolean =>
  /^[\u4e00-\u9fff]{1,8}:/.test(text.slice(start, Math.min(end, start + 9)))

/** The sentences that each limit governs. */
function byLimit(document: DocumentTree, views: readonly SentenceView[]): Map<ClosingLimit, SentenceView[]> {
  const closed = new Map<ClosingLimit, SentenceView[]>()
  for (const view of views) {
    const limit = limitFor(document, view.sentence)
    if (!limit) continue
    const own = closed.get(limit)
    if (own) own.push(view)
    else closed.set(limit, [view])
  }
  return closed
}

/** Adds the targets of a sentence. */
function addTargetsOf(
  view: SentenceView,
  context: DocumentContext,
  memory: DeadlineMemory,
  firstOfRow: boolean,
  targets: FoundTarget[],
): void {
  candidates.run(view, context)
  // Without numbers only the times matter: which are compared with, and which govern what follows.
  for (const refine of view.drafts.length > 0 || view.clause.row ? READ : [baseline]) refine.run(view, context)
  memory.apply(view)
  if (view.drafts.length > 0) for (const refine of JUDGE) refine.run(view, context)
  const { row } = view.clause
  const ofRow = firstOfRow ? rowMilestones(view, context, memory) : []
  const milestones =
    row && hasDeadlines(row) ? [...ofRow, ...datedInRow(view, row, context)] : milestonesOf(view, context)
  for (const draft of view.drafts) if (draft.dropped === null) targets.push(finishQuantity(view, context, draft))
  for (const draft of milestones) targets.push(finishMilestone(view, context, draft))
  for (const draft of columnMilestones(view, context)) targets.push(finishMilestone(view, context, draft))
}

/** Whether it is the row of a table that has a column of deadlines; in other rows a date stands among the words. */
const hasDeadlines = ({ table }: TableRow): boolean => table.columns.some(({ role }) => role === 'deadline')

/** Sentences with the long ones among them in pieces. */
const readable = (text: string, sentences: readonly Sentence[]): readonly Sentence[] =>
  sentences.some(({ start, end }) => end - start > LONGEST_SENTENCE)
    ? sentences.flatMap((sentence) => pieces(text, sentence))
    : sentences

/** A sentence cut into pieces of bounded length, at marks of punctuation where there are any. */
function pieces(text: string, sentence: Sentence): Sentence[] {
  if (sentence.end - sentence.start <= LONGEST_SENTENCE) return [sentence]
  const cut: Sentence[] = []
  let start = sentence.start
  while (sentence.end - start > LONGEST_SENTENCE) {
    let end = start + LONGEST_SENTENCE
    while (end > start && !/[,;、\t]/.test(text[end - 1] as string)) end--
    if (end === start) end = start + LONGEST_SENTENCE
    cut.push({ start, end })
    start = end
  }
  cut.push({ start, end: sentence.end })
  return cut
}
