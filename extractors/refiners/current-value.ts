import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'
import { isAhead } from './deadline-explicit.ts'
import { stripOpening, withoutTimes } from './words.ts'

/** What opens the present state: 目前，供水率为83%; 现有床位1.2万张. */
const PRESENT = /(目前|当前|现有|现状|现为),?[^,;。]{0,24}$/
/** Words with which a sentence turns to what is to be. */
const TURNS = /力争|争取|确保|努力|将|要|目标/
const REACHES = /(?:[到至]|达到|达)$/

/** 「目前，供水率为83%，到2025年达到95%」: how things stand is what the target starts from, and names it. */
export const currentValue: Refiner = {
  name: 'current-value',
  reads: ['baseline', 'before', 'fragment', 'left', 'quantity'],
  writes: ['baseline', 'left'],
  run: (view, context) => {
    const drafts = standing(view)
    for (let i = 1; i < drafts.length; i++) {
      const old = drafts[i - 1] as Draft
      const target = drafts[i] as Draft
      const present = PRESENT.exec(
        view.text.slice(Math.max(view.sentence.start, old.quantity.start - 34), old.quantity.start),
      )
      if (!present || !goesTo(view, context, old, target)) continue
      const word = present[1] as string
      const words = view.text.slice(old.left.start, old.left.end)
      const at = words.indexOf(word)
      target.baseline = {
        value: Array.isArray(old.quantity.value) ? null : old.quantity.value,
        unit: old.quantity.unit || target.quantity.unit,
        period: word === '目前' || word === '当前' ? word : null,
      }
      target.left = { start: old.left.start + (at < 0 ? 0 : at + word.length), end: old.left.end }
      target.reasons.baseline = { range: old.quantity, rule: 'current-value' }
      drop(old, 'baseline/old-value', 'baseline')
    }
  },
}

/** Whether the second number is what the first is to become: nothing stands before it but a time ahead and the verb. */
function goesTo(view: SentenceView, context: DocumentContext, old: Draft, target: Draft): boolean {
  const between = view.text.slice(old.quantity.end, target.left.end)
  return (
    target.fragment > old.fragment &&
    target.fragment - old.fragment <= 2 &&
    target.quantity.kind === old.quantity.kind &&
    target.baseline === null &&
    target.before?.comparator.verb === true &&
    REACHES.test(target.before.comparator.word) &&
    stripOpening(withoutTimes(view, target.left)) === '' &&
    !between.includes(';') &&
    (TURNS.test(between) ||
      view.times.some(
        (time) => time.start >= old.quantity.end && time.end <= target.quantity.start && isAhead(time, context),
      ))
  )
}
