import type { Draft, SentenceView } from '../draft.ts'
import { doubt, standing } from '../draft.ts'
import { filled } from './frame.ts'
import type { Situation } from './situation.ts'
import type { Question } from './sources.ts'
import { isCounted } from './sources/counted-noun.ts'
import { isOfPart, isRate } from './sources/rate-of-part.ts'

const alone = (view: SentenceView, draft: Draft): Situation => ({
  view,
  draft,
  previous: null,
  next: null,
  counted: null,
  rated: null,
})

/** Gives each number what the one behind it says of both. */
export function fillFromBehind(view: SentenceView, question: Question): void {
  const drafts = standing(view)
  for (let i = drafts.length - 2; i >= 0; i--) {
    const [draft, next] = drafts.slice(i, i + 2) as [Draft, Draft]
    fillFromFirst(question, { ...alone(view, draft), next })
  }
}

/** Gives each number what is said of it alone. */
export function fillAlone(view: SentenceView, question: Question): void {
  for (const draft of standing(view)) fillFromFirst(question, alone(view, draft))
}

/** Asks the sources about one number after the other: what they know of those before it is whole. */
export function fillFrom(view: SentenceView, questions: readonly Question[]): void {
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

/** Fills the frame from the first source that finds anything for it. */
function fillFromFirst(sources: Question, situation: Situation): void {
  const { draft } = situation
  for (const source of sources) {
    const found = source(draft.frame, situation)
    if (!found) continue
    draft.frame = filled(draft.frame, found)
    if (found.doubt) doubt(draft, 'indicator', found.doubt)
    return
  }
}
