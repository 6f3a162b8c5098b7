import { beforeNoun, withoutVerb, wordsIn } from '../frame.ts'
import { withoutRate } from '../rates.ts'
import { partBefore, type Situation, type Source } from '../situation.ts'

/** 占…的比重, 在…中的占比, 对…贡献率: a predicate whose subject stands before the comma. */
const SUBJECTLESS = /^(?:占|对.{2,14}(?:贡献率|拉动率|拉动)|在.{1,20}(?:中的?)?(?:占比|比重|比例))/

/** 「增加值达到300亿元，**占地区生产总值的比重**达到12%」: what the share is a share of something of. */
export const ownerOfShare: Source = (frame, situation) => {
  if (!SUBJECTLESS.test(frame.name)) return null
  const { draft, previous } = situation
  const beside = previous !== null && draft.fragment - previous.fragment <= 1
  const owner = beside ? subjectOf(previous) : partBefore(situation)
  return owner === ''
    ? null
    : { from: beside ? 'number-before' : 'part-before', rule: 'share-of', slots: { owner }, doubt: 'name-shared' }
}

function subjectOf({ frame }: NonNullable<Situation['previous']>): string {
  const share = frame.name.search(/占|在.{1,20}中的?占比/)
  return share > 0 ? frame.name.slice(0, share) : withoutRate(beforeNoun(frame) || frame.name)
}

/** A whole that a share may be told of, in characters. */
const SHORTEST_WHOLE = 2
const LONGEST_WHOLE = 16

/** 「筹集保障房3000套，其中租赁型占60%」: a share of what was counted before it; of nothing named, a 占比. */
export const shareOfCounted: Source = (frame, { view, draft, counted }) => {
  if (draft.frame.unit.kind !== 'percent' || !/占$/.test(draft.before?.comparator.word ?? '')) return null
  if (/占|比重|比例/.test(frame.name) || frame.slots.noun?.from === 'own') return null
  const fragment = view.fragments[draft.fragment]
  const part = fragment !== undefined && /^其中/.test(view.text.slice(fragment.start, fragment.end))
  const whole = part && counted ? withoutVerb(counted.frame) : ''
  const named = whole.length >= SHORTEST_WHOLE && whole.length <= LONGEST_WHOLE
  return {
    from: named ? 'number-before' : 'own',
    rule: 'share-of-counted',
    slots: { measure: `${wordsIn(frame, 'measure')}${named ? `占${whole}比例` : '占比'}` },
    doubt: 'name-shared',
  }
}
