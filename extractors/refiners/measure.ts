import {
  AIM,
  GROWTH_BEFORE_AIM,
  GROWTH_WORDS,
  RATE_OF_GROWTH_NOUNS,
  RATE_OF_REDUCTION_NOUNS,
  REDUCTION_WORDS,
  VERBS_OF_REDUCTION,
} from '../lexicon/changes.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Measure } from '../types.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { leadingVerb } from './verb-words.ts'
import { stripClosing, stripOpening } from './words.ts'

const byLength = (words: readonly string[]): string[] => [...words].sort((a, b) => b.length - a.length)
const GROWTH = byLength(GROWTH_WORDS)
const REDUCTION = byLength(REDUCTION_WORDS)
/** Rates that only have growth in their name, and works that are called an improvement. */
const NOT_A_CHANGE =
  /(?:自然增长率?|增长点|增长极|条件改善|环境改善|[道路居]改善|(?:改造|优化|整治|治理|提质|巩固)提升)$/
/** Adverbs and units between a verb of change and its number: 下降**率平均**, 增长**均**. */
const BETWEEN = /(?:[率均各也都要应了约]|幅度|分别|年均|保持|平均|累计|目标|比例|至少|力争|速度)$/

/** 货币供应量增长目标为12%: what is aimed at is how it grows. */
const GOAL_OF_GROWTH = new RegExp(`${GROWTH_BEFORE_AIM}${AIM}$`)
/** 产量年均**增长**保持在5%以上: at what rate it grows. */
const GROWS = /(?:年均|平均|每年|同比)增长$/

/** Tells a state to reach from a change by so much and from a multiple. */
export const measure: Refiner = {
  name: 'measure',
  reads: ['before', 'fragment', 'left', 'measure', 'quantity', 'right'],
  writes: ['measure'],
  run: (view) => {
    const drafts = standing(view)
    for (const [index, draft] of drafts.entries()) {
      const [value, range, rule] = striving(view, draft, drafts[index - 1]) ?? read(view, draft)
      draft.measure = value
      draft.reasons.measure = { range, rule: `measure/${rule}` }
    }
  },
}

/** 产值增长8%,力争10%: a number that is only striven for is measured as the one before it. */
function striving(
  view: SentenceView,
  draft: Draft,
  before: Draft | undefined,
): [Measure, Draft['left'] | null, string] | null {
  if (!before || draft.fragment - before.fragment > 1 || draft.quantity.unit !== before.quantity.unit) return null
  if (before.measure === 'level' || !STRIVES.test(view.text.slice(draft.left.start, draft.quantity.start))) return null
  return [before.measure, before.quantity, 'strives']
}
const STRIVES = /^,?(?:并?(?:力争|争取|努力|确保|冲刺|奋斗目标为?|力求))+(?:达到?|实现|突破)?$/

function read(view: SentenceView, draft: Draft): [Measure, Draft['left'] | null, string] {
  const { quantity, before } = draft
  if (quantity.form === 'doubling') return ['multiple', quantity, 'doubling']
  if (quantity.form === 'zero') return [quantity.unit === '%' ? 'growth' : 'level', quantity, 'zero']
  if (quantity.form === 'half' && /^[减折]/.test(view.text.slice(quantity.start)))
    return ['reduction', quantity, 'halved']
  const growing = quantity.kind === 'percent' ? GROWS.exec(view.text.slice(draft.left.start, draft.left.end)) : null
  if (growing) return ['growth', { start: draft.left.start + growing.index, end: draft.left.end }, 'growth-kept']
  const goal = GOAL_OF_GROWTH.exec(view.text.slice(draft.left.start, draft.left.end))
  if (goal) return ['growth', { start: draft.left.start + goal.index, end: draft.left.end }, 'goal-of-growth']
  const end = behindChange(view.text, draft.left)
  const behind = view.text.slice(draft.right.start, draft.right.start + 6)
  const to = before?.comparator.verb === true && /[到至]$/.test(before.comparator.word)
  if (quantity.unit === '倍') return ['multiple', quantity, 'times']
  if (/^的?(?:增速|增长|增幅|速度(?:递增|增长))/.test(behind))
    return ['growth', { start: draft.right.start, end: draft.right.start + behind.length }, 'growth-behind']
  if (!to) {
    if (isVerbOfMore(view, draft)) return ['level', null, 'more-of-counted']
    const growth =
      endsWithAny(view.text, draft.left.start, end, RATE_OF_GROWTH_NOUNS) ??
      (takesAmount(before) ? endsWithAny(view.text, draft.left.start, end, GROWTH) : null)
    if (growth) return ['growth', growth, 'growth-before']
    const reduction =
      endsWithAny(view.text, draft.left.start, end, RATE_OF_REDUCTION_NOUNS) ??
      (takesAmount(before) ? endsWithAny(view.text, draft.left.start, end, REDUCTION) : null)
    if (reduction) return ['reduction', reduction, 'reduction-before']
    const opening = openingReduction(view, draft)
    if (opening) return ['reduction', opening, 'reduction-verb']
    if (quantity.kind === 'points') return ['growth', quantity, 'points']
  }
  return ['level', null, 'state']
}

/** 增加600个停车位, 完善提升30个服务站: so many are added; nothing stands before the verb that would grow by them. */
function isVerbOfMore({ text }: SentenceView, { quantity, before, left, right }: Draft): boolean {
  if (before || (quantity.kind !== 'counter' && quantity.kind !== 'amount') || right.end - right.start < 2) return false
  const words = stripClosing(stripOpening(text.slice(left.start, left.end)))
  return words !== '' && (words === leadingVerb(words) || IS_WORK.test(words)) && !REDUCES.test(words)
}
/** 完成缓堵提升13个点位: an improvement that is carried out at so many places. */
const IS_WORK = /^(?:完成|实施|开展|推进|启动)[^,;。]{2,12}(?:提升|改善|优化)$/
const REDUCES = new RegExp(anyOf(VERBS_OF_REDUCTION))

/** Where the words end before which a verb of change may stand: adverbs between it and the number left out. */
function behindChange(text: string, { start, end }: Draft['left']): number {
  let at = end
  for (;;) {
    const found = BETWEEN.exec(text.slice(Math.max(start, at - 4), at))
    if (!found) return at
    at -= found[0].length
  }
}

const OPENING_REDUCTION = new RegExp(
  `(?:^|[,年底末前内期间市省县区力争确保计划将们要])(${anyOf(VERBS_OF_REDUCTION)})(?=[^,]{2})`,
)

/** 「降低企业用能成本3亿元」: a verb of reduction opens the words and its object stands before the number. */
function openingReduction(view: SentenceView, draft: Draft): Draft['left'] | null {
  const words = view.text.slice(draft.left.start, draft.left.end)
  const found = OPENING_REDUCTION.exec(words)
  if (
    !found ||
    (draft.before && !takesAmount(draft.before)) ||
    (draft.before?.comparator.verb && /[到至]$/.test(draft.before.comparator.word))
  )
    return null
  const start = draft.left.start + found.index + found[0].length - (found[1] as string).length
  return { start, end: start + (found[1] as string).length }
}

/** A verb of change counts where the number says by how much: directly, or behind 超过, 不低于, 约, 达到. */
const takesAmount = (before: Draft['before']): boolean => before === null || !/[在为]$/.test(before.comparator.word)

function endsWithAny(text: string, start: number, end: number, words: readonly string[]): Draft['left'] | null {
  const word = words.find(
    (candidate) => end - candidate.length >= start && text.startsWith(candidate, end - candidate.length),
  )
  if (word && NOT_A_CHANGE.test(text.slice(start, end))) return null
  return word ? { start: end - word.length, end } : null
}
