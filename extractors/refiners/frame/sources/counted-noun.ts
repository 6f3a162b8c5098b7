import { GENERIC_NOUNS, REPAIRS, SIZES_OF_BUILT } from '../../../lexicon/elided.ts'
import { isLevel, splitNames } from '../../list-names.ts'
import type { Draft, SentenceView } from '../../draft.ts'
import { allWords, type Frame, openingVerb, SLOTS, type Slot, withoutVerb, wordsIn } from '../frame.ts'
import { hasWordsBehind, type Source } from '../situation.ts'

/** Amounts of what was counted before: 供热项目4个、完成投资6.5亿元. */
const AMOUNT_OF =
  /^(?:计划|年度|预计|力争)?(?:完成|总|计划)?(?:投资|总投资|投资额|里程|总里程|到位资金|装机|建筑面积|概算|产值|产能)(?:完成)?$/
/** 超50亿元, 过百亿元: the property named before (年营业收入超10亿元企业) goes on with another amount. */
const PROPERTY = /^(?:培育|引进|打造|形成|新增)?([超过达上](?:[\d.百千十]+[万亿]?|[百千]?[万亿])元)$/
const PROPERTY_IN = /[超过达上](?:[\d.百千十]+[万亿]?|[百千]?[万亿])元/
/** 10亿元以上: the threshold alone, for what was counted by another (亿元以上项目). */
const THRESHOLD = /^(?:新增|引进|招引|培育)?([\d.百千十]*[百千万亿]?元及?以上)$/
const THRESHOLD_IN = /(?<![\d.])\d{0,6}[百千万亿]{1,3}元及?以上/
/** 过百亿元企业: the property (营业收入过千亿元) that the part before is told by. */
const PROPERTY_NOUN = /^[超过达上](?:[\d.百千十]+[万亿]?|[百千]?[万亿])元的?([\u4e00-\u9fff]{2,6})$/
const PASSES = /^(?:通过|达到|进入|入选|纳入|成为|创成|获评)[^,;。、]{2,12}$/
const CAPACITY = /(?:学位|床位|车位|泊位|工位|座位)$/
/** 小学 and 高中 are schools, not the level of one. */
const SCHOOL = /^(?:小学|初中|高中|中职|高职)$/

/** So far behind it a number may leave out the noun that was counted, in parts of the sentence. */
const REACH = 2
/** A name of no more characters counts nothing that has parts, unless it is a capacity. */
const SHORTEST = 2

/** Whether a number, its frame filled, is what later numbers may be parts and kinds of. */
export function isCounted({ frame }: Draft, counted: Draft | null): boolean {
  const name = withoutVerb(frame)
  if (frame.unit.kind !== 'counter' && !THRESHOLD_IN.test(name)) return false
  // 打造书屋20家: behind a verb two characters name a thing; alone (新增, 完成) they may be a verb that no list knows.
  const names = name.length > SHORTEST || CAPACITY.test(name) || (name !== '' && openingVerb(frame) !== '')
  return names && !(counted !== null && isPartOfCounted(frame))
}

/** 其中城镇2万户、农村7万户: both are parts of what was counted before them. */
const isPartOfCounted = ({ slots }: Frame): boolean =>
  (slots.noun?.from === 'number-before' && isLevel(slots.thing?.words ?? '')) ||
  (slots.thing?.from === 'number-before' && REPAIRS.has(slots.measure?.words ?? ''))

/** Gives a part the noun that the parts before it counted and it leaves out. */
export const nounCounted: Source = (frame, { view, draft, counted }) => {
  if (!counted || draft.fragment - counted.fragment > REACH) return null
  const slots =
    isRest(view, draft) && draft.frame.unit.words === counted.frame.unit.words
      ? { slots: allWords(counted.frame) }
      : nounFor(frame, draft, counted)
  return slots && { from: 'number-before', rule: 'counted', doubt: 'name-shared', ...slots }
}

/** 完成水库加固4座,其余9座力争年底前完工: the rest of what was counted. */
const isRest = (view: SentenceView, draft: Draft): boolean =>
  draft.frame.unit.kind === 'counter' &&
  /^,?(?:其余|其他|剩余|余下)的?$/.test(
    view.text.slice(view.fragments[draft.fragment]?.start ?? draft.left.start, draft.quantity.start),
  )

type Slots = Partial<Record<Slot, string>>

function nounFor(frame: Frame, draft: Draft, counted: Draft): { slots: Slots; moved?: Slots } | null {
  const [verb, noun, own] = [openingVerb(counted.frame), withoutVerb(counted.frame), withoutVerb(frame)]
  const alone = !hasWordsBehind(draft)
  const sameUnit = draft.frame.unit.words === counted.frame.unit.words
  const threshold = THRESHOLD.exec(frame.name)?.[1]
  if (threshold !== undefined)
    return {
      slots: replaced(counted.frame, THRESHOLD_IN, threshold) ?? { verb, thing: threshold, noun, owner: '', place: '' },
    }
  const told = PROPERTY_NOUN.exec(frame.name)?.[1]
  const toldBy = told === undefined ? null : PROPERTY_IN.exec(noun)
  if (told !== undefined && toldBy && toldBy.index > 0 && noun.endsWith(told))
    return { slots: { verb, thing: noun.slice(0, toldBy.index) + wordsIn(frame, 'thing') } }
  if (
    /^(?:其中)?(?:平均)?每.{1,10}$/.test(frame.name) &&
    wordsIn(counted.frame, 'noun') !== '' &&
    wordsIn(frame, 'noun') === '' &&
    sameUnit
  )
    return { slots: { noun: wordsIn(counted.frame, 'noun') } }
  // 新增学位5000个，其中幼儿园400个: places for so many, of the kind named.
  const capacity = CAPACITY.exec(noun)?.[0]
  if (capacity !== undefined && !own.endsWith(capacity) && isPartOfCapacity(draft, counted))
    return { slots: { verb, noun: capacity } }
  // 创建美丽乡村300个,150个以上通过验收: of those counted before.
  if (sameUnit && frame.name === wordsIn(frame, 'noun') && PASSES.test(own)) return { slots: { owner: noun } }
  if (isLevel(own) && !/级/.test(noun) && !(SCHOOL.test(own) && /[园校学]$/.test(noun)) && alone)
    return { slots: { noun } }
  if (REPAIRS.has(own) && /(?:改造|安置|建设|工程)$/.test(noun) && alone && sameUnit)
    return { slots: { thing: noun }, moved: { measure: own } }
  const behindLevel = /级(?:及?以上)?$|以上$/.test(own) ? nounBehindLevel(noun) : ''
  if (behindLevel !== '') return { slots: { noun: wordsIn(frame, 'noun') + behindLevel } }
  const property = PROPERTY.exec(frame.name)?.[1]
  const other = property === undefined ? null : replaced(counted.frame, PROPERTY_IN, property)
  if (other) return { slots: other }
  if (GENERIC_NOUNS.has(own) && noun.endsWith(own) && noun !== own) return { slots: { thing: noun, noun: '' } }
  if (AMOUNT_OF.test(frame.name)) return { slots: { owner: noun } }
  if (verb !== '' && SIZES_OF_BUILT.has(own) && draft.frame.unit.kind !== 'percent')
    return { slots: { verb, thing: noun, noun: '' }, moved: { measure: own } }
  // 「完成甲项目、乙项目2个」: as many names as are counted.
  const named =
    own !== frame.name &&
    draft.frame.unit.kind === 'counter' &&
    alone &&
    splitNames(own).length === draft.quantity.value &&
    /(?:项目|工程)$/.test(noun)
  return named ? { slots: { thing: noun } } : null
}

/** The words of a frame with an amount replaced by another; null where it has none. */
function replaced(frame: Frame, pattern: RegExp, amount: string): Slots | null {
  const words = allWords(frame)
  const slot = SLOTS.find((each) => pattern.test(words[each]))
  return slot ? { ...words, [slot]: words[slot].replace(pattern, amount) } : null
}

const isPartOfCapacity = (draft: Draft, counted: Draft): boolean =>
  draft.frame.unit.words === counted.frame.unit.words &&
  draft.before === null &&
  !hasWordsBehind(draft) &&
  Number(draft.quantity.value) < Number(counted.quantity.value)

/** A级以上物流企业 → 物流企业; empty where the name has no level. */
function nounBehindLevel(name: string): string {
  const at = name.lastIndexOf('级')
  if (at < 0) return ''
  const noun = name.slice(at + 1).replace(/^及?以上/, '')
  return noun.length >= 2 ? noun : ''
}
