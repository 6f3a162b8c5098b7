import { shownPath } from '../structure/own-title.ts'
import { displayForm } from '../text/display.ts'
import type { Range } from '../text/reading-text.ts'
import { rawSpan } from '../text/reading-text.ts'
import type { Explanation, FieldReason, FoundMilestone, FoundQuantity, FoundTarget } from '../types.ts'
import { DOUBTFUL, DOUBTS } from '../lexicon/confidence-weights.ts'
import { sureness } from './confidence.ts'
import type { DocumentContext, Doubt, Draft, Reason, SentenceView } from './draft.ts'
import { originOf, sourcesOf } from './frame/frame.ts'
import type { MilestoneDraft } from './milestones.ts'

/** A draft that stands, as the result reports it. Field by field: objects put together from others take a time that counts here. */
export function finishQuantity(view: SentenceView, context: DocumentContext, draft: Draft): FoundQuantity {
  const { frame, quantity, units } = draft
  const { documentIndex, clauseStart, clauseEnd, clausePath } = placeOf(view, context)
  const { confidence, doubts } = trust(draft.doubts, isAssumed(context, draft.relativeDeadline))
  const { start, end } = rawSpan(context.reading, { start: quantity.valueStart, end: quantity.valueEnd })
  const explanation = explain(context, draft.reasons, draft.relativeDeadline)
  explanation.indicator = reasonOf(context, frame.range, sourcesOf(frame))
  // A rule that corrects what the frame says gives its own reason.
  explanation.op ??= reasonOf(context, frame.comparator.range, originOf(frame.comparator))
  explanation.unit ??= reasonOf(context, frame.unit.range, originOf(frame.unit))
  return {
    kind: 'quantity',
    document: context.document.head.number,
    documentIndex,
    clauseStart,
    clauseEnd,
    clausePath,
    indicator: displayForm(frame.name),
    op: frame.comparator.op,
    value: quantity.value,
    unit: frame.unit.words,
    measure: draft.measure,
    per: draft.per,
    baseline: draft.baseline,
    deadline: draft.deadline,
    deadlineBasis: draft.deadlineBasis,
    lead: units.lead,
    responsible: units.responsible,
    support: units.support,
    confidence,
    doubts,
    evidence: draft.evidence,
    start,
    end,
    explanation,
  }
}

/** A milestone, as the result reports it. */
export function finishMilestone(view: SentenceView, context: DocumentContext, draft: MilestoneDraft): FoundMilestone {
  return {
    kind: 'milestone',
    ...placeOf(view, context),
    task: draft.task,
    deadline: draft.time.last,
    deadlineBasis: draft.basis,
    ...draft.units,
    ...trust(draft.doubts, isAssumed(context, draft.time.relative)),
    evidence: [],
    ...rawSpan(context.reading, { start: draft.time.start, end: draft.time.end }),
    explanation: explain(context, draft.reasons, draft.time.relative),
  }
}

const rounded = (confidence: number): number => Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100

/** The confidence that doubts leave, and the fields that are doubtful; a deadline whose year is only assumed is worth a second look. */
function trust(doubts: readonly Doubt[], yearAssumed: boolean): Pick<FoundTarget, 'confidence' | 'doubts'> {
  const all: readonly Doubt[] = yearAssumed ? [...doubts, { field: 'deadline', cue: 'year-assumed' }] : doubts
  const fields = all.filter(({ cue }) => DOUBTS[cue] < DOUBTFUL).map(({ field }) => field)
  return { confidence: rounded(sureness(all)), doubts: [...new Set(fields)] }
}

const isAssumed = (context: DocumentContext, relative: boolean): boolean => context.yearAssumed && relative

function placeOf(view: SentenceView, context: DocumentContext) {
  const evidence = rawSpan(context.reading, view.clause.kind === 'row' ? view.clause : view.sentence)
  return {
    document: context.document.head.number,
    documentIndex: context.document.index,
    clauseStart: evidence.start,
    clauseEnd: evidence.end,
    clausePath: shownPath(context.document, view.clause.path),
  }
}

function explain(context: DocumentContext, reasons: Record<string, Reason>, relative: boolean): Explanation {
  const assumed = isAssumed(context, relative)
  const explanation: Explanation = {}
  for (const field in reasons) {
    const { range, rule } = reasons[field] as Reason
    explanation[field] = reasonOf(context, range, field === 'deadline' && assumed ? `${rule}/year-of-number` : rule)
  }
  return explanation
}

function reasonOf({ reading }: DocumentContext, range: Range | null, rule: string): FieldReason {
  if (!range || range.end <= range.start) return { words: '', span: null, rule }
  return { words: displayForm(reading.text.slice(range.start, range.end)), span: rawSpan(reading, range), rule }
}
