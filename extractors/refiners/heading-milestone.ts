import { findLimits } from '../parsers/limit.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { Clause } from '../structure/types.ts'
import { governingTimes, isAhead } from './deadline-explicit.ts'
import { deliverableOf, taskWords } from './deliverable.ts'
import type { DocumentContext, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import type { MilestoneDraft } from './milestones.ts'
import { unitsAt } from './units.ts'

/** (一)2024年4月底前, 6月底前: a month or an end; a year alone heads the part of a plan. */
const A_LIMIT = /[月季前底末]/
/** A label and a limit are no longer, in characters. */
const LONGEST = 24

/** The limit that the heading above a paragraph consists of; null where there is none. */
export function limitAbove(clause: Clause, context: DocumentContext): FoundTime | null {
  if (clause.row !== null) return null
  const own = clause.path.at(-1)
  // 1.完成选址。: the item is its own heading, what dates it stands above.
  const heading = own && own.start >= clause.start ? clause.path.at(-2) : own
  if (!heading || heading.end - heading.start > LONGEST) return null
  const { text } = context.reading
  const start = heading.start + heading.label.length
  const words = text.slice(start, heading.end).trimEnd()
  if (!A_LIMIT.test(words)) return null
  const time = findLimits(text, start, start + words.length, { issuedOn: context.issuedOn, year: context.year }).at(-1)
  const whole = time && time.start <= start && time.end >= start + words.replace(/[:,]$/, '').length
  return whole && time.role === 'limit' && isAhead(time, context) ? time : null
}

/** What a paragraph without numbers and dates of its own says is to be done by the limit above it. `views` are its sentences. */
export function headingMilestone(
  time: FoundTime,
  views: readonly SentenceView[],
  context: DocumentContext,
): { view: SentenceView; milestone: MilestoneDraft } | null {
  if (views.some((view) => standing(view).length > 0 || governingTimes(view, context).length > 0)) return null
  for (const view of views) {
    const words = deliverableOf(view, view.sentence)
    if (words === null) continue
    const { start, end } = view.sentence
    const milestone: MilestoneDraft = {
      // What is found is the sentence; its heading, which may date many, is the reason.
      time: { ...time, start, end },
      task: taskWords(words),
      basis: 'inherited',
      units: unitsAt(view, context, { start, end: start + 1 }),
      doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
      reasons: { deadline: { range: { start: time.start, end: time.end }, rule: 'deadline-inherited/heading' } },
    }
    return { view, milestone }
  }
  return null
}
