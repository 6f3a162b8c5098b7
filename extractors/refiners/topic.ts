import { STAGE_NOUNS, TOPIC_STOP } from '../lexicon/indicator-nouns.ts'
import type { Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'

const STAGES = new Set(STAGE_NOUNS)
const STAGE_OPENING = /^(?:完成|完工|开工|建成|累计完成|基本完成|启动|新开工|续建)/

/** 「九绵高速：…路基完成70%」: a stage of a work or a verb without a subject gets the name before the colon. */
export const topic: Refiner = (view) => {
  const name = topicOf(view)
  if (!name) return
  for (const draft of standing(view)) {
    const bare = draft.indicator.replace(/(?:累计|基本|全部)?(?:完成|完工)$/, '')
    if (!STAGES.has(bare) && !STAGE_OPENING.test(draft.indicator)) continue
    draft.indicator = name + draft.indicator
    if (draft.reasons.indicator) draft.reasons.indicator.rule += '+topic'
  }
}

/** The name before the first colon of the clause, or its run-in heading where that names a work. */
export function topicOf(view: SentenceView): string | null {
  const first = view.clause.sentences[0]
  if (!first) return null
  const words = view.text.slice(view.clause.start, Math.min(view.clause.start + 60, view.clause.end))
  const colon = words.indexOf(':')
  if (colon < 2 || colon > 30) return null
  const name = words.slice(0, colon).replace(/^[\s—·]*(?:\(?[一二三四五六七八九十\d]+\)?[、.)]?)?\s*/, '')
  if (name.length < 2 || /[,。;]/.test(name) || TOPIC_STOP.some((word) => name.endsWith(word))) return null
  return name
}
