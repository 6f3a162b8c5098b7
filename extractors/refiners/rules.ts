import type { Refiner } from './draft.ts'
import { speakAgainst, standing } from './draft.ts'
import type { Asked, WayOut } from './rules/asked.ts'
import {
  isClass,
  isCountOfNamed,
  isLivelihood,
  isNamedCount,
  isOfADocument,
  isOfASet,
  isOfHeadings,
  isOfIndicators,
} from './rules/named-counts.ts'
import {
  findPayment,
  isCost,
  isFundInUse,
  isLimitOfPayment,
  isOfBenefit,
  isPaidEach,
  isReckoned,
} from './rules/payments.ts'
import { conditionBefore, isPenalty, ruleWordOf, ruleWordsBeside, weightOf } from './rules/rule-words.ts'
import { isAccordingTo, isAddressed, isPlace, isRepeated, isRequirement, isWorkedOn } from './rules/worked-on.ts'

/** Where neither a word of rules, a penalty nor a condition speaks against a number, the first of these that holds does. */
const WAYS_OUT: readonly WayOut[] = [
  { cue: 'addressed', when: isAddressed },
  { cue: 'condition', when: isRepeated },
  { cue: 'worked-on', when: isWorkedOn },
  { cue: 'according-to', when: isAccordingTo },
  { cue: 'requirement', when: isRequirement },
  { cue: 'where', when: isPlace },
  { cue: 'paid-each', when: isPaidEach },
  { cue: 'named-count', when: isLivelihood },
  { cue: 'named-count', when: isOfASet },
  { cue: 'named-count', when: isOfHeadings },
  { cue: 'named-count', when: isClass },
  { cue: 'named-count', when: isOfIndicators },
  { cue: 'limit-of-payment', when: isLimitOfPayment },
  { cue: 'limit-of-payment', when: isOfBenefit },
  { cue: 'worked-on', when: isFundInUse },
  { cue: 'what-it-costs', when: isCost },
  { cue: 'count-of-named', when: isCountOfNamed },
  { cue: 'named-count', when: isNamedCount },
  { cue: 'of-a-document', when: isOfADocument },
  { cue: 'reckoned', when: isReckoned },
]

const LABEL = /^\s*(?:\d{1,3}[.、)]|\([一二三四五六七八九十\d]{1,3}\))/

/** Takes out parameters of rules: payments, prizes, fees, conditions, terms, counts of what a document holds. */
export const rules: Refiner = {
  name: 'rules',
  reads: ['after', 'before', 'fragment', 'inList', 'left', 'quantity', 'right'],
  writes: [],
  run: (view) => {
    const drafts = standing(view)
    if (drafts.length === 0) return
    const { text, sentence } = view
    const pays = findPayment(text.slice(sentence.start, sentence.end)) !== undefined
    const ruleWordBeside = ruleWordsBeside(view)
    for (const draft of drafts) {
      const part = view.fragments[draft.fragment] ?? sentence
      const asked: Asked = {
        view,
        draft,
        words: text.slice(part.start, part.end),
        before: text.slice(part.start, draft.quantity.start).replace(LABEL, ''),
        behind: text.slice(draft.right.start, draft.right.end),
        pays,
      }
      const word = ruleWordOf(asked, ruleWordBeside(draft))
      const condition = word === undefined ? conditionBefore(asked) : undefined
      if (word !== undefined) speakAgainst(draft, weightOf(draft), word)
      else if (isPenalty(asked)) speakAgainst(draft, 'penalty')
      else if (condition !== undefined) speakAgainst(draft, 'condition', condition)
      else {
        const way = WAYS_OUT.find(({ when }) => when(asked))
        if (way) speakAgainst(draft, way.cue)
      }
    }
  },
}
