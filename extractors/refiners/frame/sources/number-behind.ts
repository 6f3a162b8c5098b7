import { PREDICATES_OF_SHARES } from '../../../lexicon/elided.ts'
import { anyOf } from '../../../parsers/word-finder.ts'
import { isLevel } from '../../list-names.ts'
import type { Draft, SentenceView } from '../../draft.ts'
import { withoutTimes } from '../../words.ts'
import { type Frame, withoutVerb, wordsIn } from '../frame.ts'
import type { Source } from '../situation.ts'

/** What the number counts, or how much it is: not a share. */
const COUNTABLE = new Set(['counter', 'magnitude'])

const behind = (view: SentenceView, { right }: Draft): string => withoutTimes(view, right).replace(/^的/, '')

/** 「建成3个国家级、10个省级**示范区**」, 「90%的乡镇和60%的社区**建立服务站**」: noun and predicate that stand behind the last number of a list. */
export const nounBehind: Source = (frame, { view, draft, next }) => {
  const noun = wordsIn(frame, 'noun')
  if (!next || next.fragment !== draft.fragment) return null
  if (noun === '') return ofWorks(frame, view, draft, next)
  if (/[元吨亩里]$/.test(noun) && COUNTABLE.has(next.frame.unit.kind)) {
    // 5家过百亿元、2家达500亿元的高新技术企业
    const things = /的([^的]{2,})$/.exec(withoutTimes(view, next.right))?.[1]
    return things === undefined
      ? null
      : { from: 'number-behind', rule: 'things', slots: { noun: `${noun}的${things}` } }
  }
  const words = behind(view, next)
  if (draft.frame.unit.kind !== 'percent' && isLevel(noun)) {
    // 2个国家级、6个省级、30个市级商圈: the noun of the next, which may have it from the one behind.
    const whole = wordsIn(next.frame, 'noun') || words
    const lent = whole.slice(levelIn(whole).length)
    return lent === '' ? null : { from: 'number-behind', rule: 'level', slots: { noun: noun + lent } }
  }
  const shares = draft.frame.unit.kind === 'percent' && next.frame.unit.kind === 'percent'
  const measure = (shares && predicateOfShares(noun, words)) || (noun.length >= 2 ? sharedPredicate(noun, words) : '')
  return measure === '' ? null : { from: 'number-behind', rule: 'predicate', slots: { measure } }
}

/** 「新增建设8万亩、改造提升6万亩**高标准农田**」: a verb alone has the noun of the next verb, where both are measured in one unit. */
function ofWorks(frame: Frame, view: SentenceView, { quantity }: Draft, next: Draft): ReturnType<Source> {
  if (wordsIn(frame, 'verb') === '' || frame.name !== wordsIn(frame, 'verb')) return null
  if (frame.unit.words === '' || frame.unit.words !== next.frame.unit.words) return null
  if (!/^[、,和及与][\u4e00-\u9fff]{2,}/.test(view.text.slice(quantity.end, next.quantity.start))) return null
  const noun = behind(view, next)
  return noun.length < 2 ? null : { from: 'number-behind', rule: 'works', slots: { noun } }
}

const levelIn = (words: string): string => /^.{1,3}级/.exec(words)?.[0] ?? ''

/** 「80%以上的地级市、60%以上的县级市达到标准」: both nouns have the predicate of the last; so has 「…贫困村和…贫困县“摘帽”」. */
function sharedPredicate(noun: string, words: string): string {
  if (words.length <= noun.length) return ''
  const same = [...noun].filter(
    (character, index) => words[index] === character && /[\u4e00-\u9fff]/.test(character),
  ).length
  if (same * 2 >= noun.length && same < noun.length) return words.slice(noun.length)
  const quote = words.endsWith('”') ? words.lastIndexOf('“') : -1
  return quote > 0 && !noun.includes('“') ? words.slice(quote) : ''
}

/** What a share of something does: the first of these words behind its noun. */
const PREDICATE = new RegExp(`${anyOf(PREDICATES_OF_SHARES)}|通(?=[公硬电客宽燃])`)

/** 「90%的乡镇和60%的社区建立服务站」: a noun alone has the predicate of the share behind it. */
function predicateOfShares(noun: string, words: string): string {
  const at = words.search(PREDICATE)
  return at >= 1 && !PREDICATE.test(noun) && !/[率比]$/.test(noun) ? words.slice(at) : ''
}

const SUM = /^(?:计划|完成|预计|总|年度)*投资$/

/** 「全年计划投资3亿元，实施**交通重点项目**9个」: the sum is what the projects counted next are to cost. */
export const worksOfSum: Source = (frame, { draft, next, counted }) => {
  if (counted !== null || !next || !SUM.test(frame.name) || draft.frame.unit.kind !== 'money') return null
  if (next.frame.unit.kind !== 'counter' || next.fragment - draft.fragment !== 1) return null
  const owner = withoutVerb(next.frame)
  if (!/(?:项目|工程)$/.test(owner)) return null
  return {
    from: 'number-behind',
    rule: 'works-of-sum',
    slots: { owner, ...planned(frame) },
    doubt: 'name-shared',
  }
}

/** 投资 that is only planned is called so. */
const planned = (frame: Frame): { thing?: string } => (frame.name === '投资' ? { thing: '计划投资' } : {})
