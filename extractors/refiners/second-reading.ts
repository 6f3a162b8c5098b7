import { comparatorBefore } from '../parsers/comparator.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { doubt, standing } from './draft.ts'
import { withoutVerb } from './frame/frame.ts'
import { similarity } from './similarity.ts'
import { everyMatch } from '../text/every-match.ts'

/** Words that part a subject from what stands before it, whatever they mean. */
const CUTS = /确保|力争|争取|实现|使得|努力|全[省市县区]|我[省市县区]|其中|年[底末]?前?|期间/g
/** From here up two readings agree. */
const ALIKE = 0.7

/**
 * Names the number a second time by the nearest words alone, without verbs, lists and owners: what stands between the last
 * mark or cutting word and the number, or behind the number where nothing does. Where both readings agree the name is
 * nearly always right.
 */
export const secondReading: Refiner = {
  name: 'second-reading',
  reads: ['fragment', 'frame', 'quantity'],
  writes: [],
  run: (view) => {
    for (const draft of standing(view)) {
      if (draft.quantity.form === 'cell' || draft.frame.name === '') continue
      const nearest = nearestWords(view, draft)
      // A verb that the list shares stands before its first part alone.
      const names = [draft.frame.name, withoutVerb(draft.frame)]
      if (names.every((name) => similarity(nearest, name) < ALIKE)) doubt(draft, 'indicator', 'readings-differ')
    }
  },
}

function nearestWords(view: SentenceView, draft: Draft): string {
  const fragment = view.fragments[draft.fragment] ?? view.sentence
  const before = view.text.slice(fragment.start, draft.quantity.start)
  const comparator = comparatorBefore(view.text, draft.quantity.start, fragment.start)
  const compared = comparator?.comparator.verb === true
  const words = compared ? before.slice(0, comparator.start - fragment.start) : before
  const joint = Math.max(words.lastIndexOf('、'), words.search(/\d\D*$/))
  let from = joint < 0 ? 0 : joint + 1
  for (const cut of everyMatch(CUTS, words)) if (cut.index + cut[0].length > from) from = cut.index + cut[0].length
  const left = words.slice(from)
  const behind = /^(?:以上|以内|左右|以下)?的?([\u4e00-\u9fff“”A-Z]{2,})/i.exec(
    view.text.slice(draft.quantity.end, fragment.end),
  )
  return !compared && behind ? left + (behind[1] as string) : left
}
