import type { CueAgainst } from '../../lexicon/evidence-weights.ts'
import { CONDITION_WORDS, PENALTY, RULE_WORDS, TERM_WORDS } from '../../lexicon/not-targets.ts'
import { wordFinder } from '../../parsers/word-finder.ts'
import type { Draft, SentenceView } from '../draft.ts'
import { tailOf } from '../list-names.ts'
import { sentenceRuleIn } from '../sentence-rule.ts'
import { firstVerb } from '../verb-words.ts'
import { stripClosing, stripOpening } from '../words.ts'
import type { Asked } from './asked.ts'

const findRuleWord = wordFinder(RULE_WORDS)
const findTerm = wordFinder(TERM_WORDS)
const findCondition = wordFinder(CONDITION_WORDS)
const findConditionOfShare = wordFinder(CONDITION_WORDS.filter((word) => !word.includes('条件')))

/** 补助资金用于产业的比重达到60%: an indicator about payments, not a payment. */
const isMeasured = ({ view, draft }: Asked): boolean =>
  draft.quantity.kind === 'percent' &&
  draft.before?.comparator.verb === true &&
  tailOf(stripClosing(view.text.slice(draft.left.start, draft.left.end))) !== ''

/** 发放津贴10万人: what is paid is counted, not how much. */
const isCounted = ({ draft, words, before, behind }: Asked): boolean =>
  draft.quantity.kind === 'counter' &&
  !/给予|一次性/.test(words) &&
  (firstVerb(before) >= 0 || (stripOpening(before) === '为' && firstVerb(behind.split('、补助')[0] ?? '') >= 0))

/** The word of taxes, penalties, payments or terms that makes a parameter of the number; undefined where none does. */
export function ruleWordOf(asked: Asked, beside: string | undefined): string | undefined {
  if (beside !== undefined || isMeasured(asked) || isCounted(asked)) return beside
  const { draft, words } = asked
  return findRuleWord(words) ?? (draft.quantity.kind === 'time' ? findTerm(words) : undefined)
}

/** The word of a condition before it. 具备条件的村…比例达到98% is the share of those that can, not whom a rule is for. */
export const conditionBefore = (asked: Asked): string | undefined =>
  (isMeasured(asked) ? findConditionOfShare : findCondition)(asked.before.replace(/(?:具备|有)[^,;。]{0,8}条件的/g, ''))

/** Tells of a number which word of taxes or penalties stands in its sentence, as far as the next semicolon on each side. */
export function ruleWordsBeside({ fragments, sentence, text }: SentenceView): (draft: Draft) => string | undefined {
  const parts: { end: number; word: string | undefined }[] = []
  let start = sentence.start
  for (const end of [...fragments.filter(({ mark }) => mark === ';').map((fragment) => fragment.end), sentence.end]) {
    parts.push({ end, word: sentenceRuleIn(text.slice(start, end)) })
    start = end
  }
  return ({ quantity }) => (parts.find(({ end }) => end >= quantity.start) ?? parts.at(-1))?.word
}

/** 对超载的车辆处500元罚款: the penalty's own part, the condition that leads to it, and what it grows to. */
export function isPenalty({ view, draft }: Asked): boolean {
  const own = wordsOf(view, draft.fragment)
  if (PENALTY.test(own)) return true
  const leads = /的$/.test(own) || /^\s*(?:对(?!照)|凡|违反|造成|未按|有)/.test(own)
  for (let index = draft.fragment + 1; leads && index <= draft.fragment + 3; index++)
    if (PENALTY.test(wordsOf(view, index))) return true
  return /^(?:情节|构成|逾期|拒不|并处|可以?处)/.test(own) && PENALTY.test(wordsOf(view, draft.fragment - 1))
}

/** The words of a part, empty where there is none of this index. */
function wordsOf({ fragments, text }: SentenceView, index: number): string {
  const fragment = fragments[index]
  return fragment ? text.slice(fragment.start, fragment.end) : ''
}

/** 抵押登记时间压缩至3日: a word of payment says little of a span of time. */
export const weightOf = ({ quantity }: Draft): CueAgainst =>
  quantity.kind === 'time'
    ? 'rule-word-beside-time'
    : quantity.kind === 'counter' || quantity.kind === 'amount'
      ? 'rule-word-beside-count'
      : 'rule-word'
