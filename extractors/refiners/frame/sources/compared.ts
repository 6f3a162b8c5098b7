import { comparatorOfShare, type FoundComparator } from '../../../parsers/comparator.ts'
import type { Range } from '../../../text/reading-text.ts'
import type { Operator } from '../../../types.ts'
import { type Draft, standing } from '../../draft.ts'
import type { From } from '../frame.ts'
import type { Found, Situation, Source } from '../situation.ts'

/** Characters before a share among which the comparator of its whole may stand. */
const FARTHEST = 28
/** 用水增量控制指标为30万立方米: what is kept under control has its most. */
const CAPPED = /控制(?:目标|指标|总量|数)[为是]?$/
const KEEPS = new Set(['保持在', '稳步保持在', '保持'])

const compared = (from: From, rule: string, op: Operator, range: Range | null): Found => ({
  from,
  rule,
  comparator: { op, range },
})

/** 「**不低于**财政支出的15%」: the comparator stands before the whole that the share is of. */
export const beforeWhole: Source = ({ unit }, { view, draft: { left, before, after, quantity } }) => {
  if (unit.kind !== 'percent' || before || after?.comparator.op === '~' || Array.isArray(quantity.value)) return null
  const from = Math.max(left.start, left.end - FARTHEST)
  const share = comparatorOfShare(view.text.slice(from, left.end))
  const start = from + (share?.at ?? 0)
  return share && compared('own', share.word, share.op, { start, end: start + share.word.length })
}

/** 「用水增量**控制指标**为30万立方米」. */
export const underControl: Source = (_, { view, draft: { left, before, after, quantity } }) => {
  if (after || (before && before.comparator.word !== '为')) return null
  const found = CAPPED.exec(view.text.slice(left.start, quantity.start))
  const start = left.start + (found?.index ?? 0)
  return found && compared('own', '控制', '<=', { start, end: start + found[0].length })
}

/** 「3至5个」. */
export const between: Source = (_, { draft: { quantity } }) =>
  Array.isArray(quantity.value)
    ? compared('own', 'two-values', 'range', { start: quantity.valueStart, end: quantity.valueEnd })
    : null

/** The words that compare it, the surest first: 不低于 before any mark behind it (以上, 左右), and that before a verb (达到). */
export const besideNumber: Source = ({ unit }, situation) => {
  const { before, after } = situation.draft
  if (before?.comparator.strict) return said(situation, before)
  // 增长8%以内 and the like keep the mark; 控制在…左右 is about.
  if (after) return said(situation, after)
  // 产量保持在2万吨: an amount that is to stay what it is; a share (保持在98%) has its floor there.
  if (before && KEEPS.has(before.comparator.word) && unit.kind !== 'percent') return said(situation, before, '~')
  return before && (before.comparator.verb || before.comparator.op === '~') ? said(situation, before) : null
}

/** 「零增长」, 「零事故」: no more than that. */
export const nothing: Source = (_, { draft: { quantity } }) =>
  quantity.form === 'zero' ? compared('own', 'zero', '<=', quantity) : null

/** 「为30万亩」: a word before the number that compares nothing leaves it the least. */
export const wordBefore: Source = (_, situation) =>
  situation.draft.before && said(situation, situation.draft.before, '>=')

/** What a word says that stands in the number's own part, or beside another number that stands between. */
function said({ view, draft }: Situation, by: FoundComparator, op: Operator = by.comparator.op): Found {
  const from = Math.min(by.start, draft.quantity.end)
  const to = Math.max(by.start, draft.quantity.start)
  const shared = standing(view).some(({ quantity }) => quantity.start >= from && quantity.end <= to)
  return compared(shared ? placeOfShared(draft, by) : 'own', by.comparator.word, op, rangeOf(by))
}

const placeOfShared = ({ dealtFrom, inList, quantity }: Draft, by: FoundComparator): From => {
  if (dealtFrom !== null || inList) return 'list'
  return by.start < quantity.start ? 'number-before' : 'number-behind'
}

const rangeOf = ({ start, end }: FoundComparator): Range => ({ start, end })
