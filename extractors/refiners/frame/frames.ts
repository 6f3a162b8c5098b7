import type { Draft, Refiner, SentenceView } from '../draft.ts'
import { doubt, drop, standing } from '../draft.ts'
import { dealToEach } from './deal-to-each.ts'
import { beforeNoun, filled } from './frame.ts'
import { ownFrame } from './own.ts'
import { ABOVE, BEHIND, BESIDE } from './sources.ts'
import type { Situation, Source } from './situation.ts'
import { isCounted } from './sources/counted-noun.ts'
import { isOfPart, isRate } from './sources/rate-of-part.ts'

/**
 * Fills the frame of every number: from its own part, then from what stands beside it, and last from what stands above it.
 * One number that is said of several names becomes as many; a number that found no name is taken out.
 */
export const frames: Refiner = {
  name: 'frames',
  reads: ['before', 'dealtFrom', 'fragment', 'frame', 'inList', 'left', 'measure', 'quantity', 'right'],
  writes: ['frame'],
  run: (view) => {
    // A number that a 分别 has dealt a name to has its own.
    for (const draft of standing(view)) if (beforeNoun(draft.frame) === '') draft.frame = ownFrame(view, draft)
    fillFromBehind(view)
    fillFrom(view, BESIDE)
    for (const draft of standing(view)) dealToEach(view, draft)
    fillFrom(view, ABOVE)
    for (const draft of standing(view)) if (draft.frame.name === '') drop(draft, 'frame/nameless')
  },
}

/** Gives each number what the one behind it says of both. */
function fillFromBehind(view: SentenceView): void {
  const drafts = standing(view)
  for (let i = drafts.length - 2; i >= 0; i--) {
    const [draft, next] = drafts.slice(i, i + 2) as [Draft, Draft]
    fillFromFirst(BEHIND, { view, draft, previous: null, next, counted: null, rated: null })
  }
}

/** Asks the sources about one number after the other: what they know of those before it is whole. */
function fillFrom(view: SentenceView, questions: readonly (readonly Source[])[]): void {
  const drafts = standing(view)
  let counted: Draft | null = null
  let rated: Draft | null = null
  for (const [index, draft] of drafts.entries()) {
    const [previous, next] = [drafts[index - 1] ?? null, drafts[index + 1] ?? null]
    for (const sources of questions) fillFromFirst(sources, { view, draft, previous, next, counted, rated })
    if (isCounted(draft, counted)) counted = draft
    if (rated === null || !isOfPart(view, draft, rated)) rated = isRate(draft.frame.name) ? draft : null
  }
}

/** Fills the frame from the first source that finds words for it. */
function fillFromFirst(sources: readonly Source[], situation: Situation): void {
  const { draft } = situation
  for (const source of sources) {
    const found = source(draft.frame, situation)
    if (!found) continue
    draft.frame = filled(draft.frame, found)
    if (found.doubt) doubt(draft, 'indicator', found.doubt)
    return
  }
}
