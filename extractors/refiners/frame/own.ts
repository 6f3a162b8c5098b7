import type { Draft, SentenceView } from '../draft.ts'
import { firstVerb, leadingVerb } from '../verb-words.ts'
import { filled, type Frame, renamed, type Slot, verbAndThing, wordsIn } from './frame.ts'
import { splitNames } from '../list-names.ts'
import { placeBeforeVerb, wordsBefore } from './words-before.ts'
import { wordsBehind } from './words-behind.ts'

/** 5块绿地**等工程**: the word for all that is listed. */
const OF_A_LIST = /等(?:项目|工程|任务|设施建设)$/
/** 推动3万家企业上云: what stands alone before a count is said of those counted. */
const MOVED = /(?:推动|推进|促进|引导|支持|带动)$/
/** 完成改造和8个停机坪扩建: the words before the number end in the middle of a list. */
const ENDS_IN_LIST = /(?:[和及与、并]|以及)$/

/** The frame of a number as far as its own part tells, with the tail of its list. */
export function ownFrame(view: SentenceView, draft: Draft): Frame {
  const before = wordsBefore(view, draft)
  const noun = wordsBehind(view, draft, before).replace(OF_A_LIST, '')
  const tail = wordsIn(draft.frame, 'tail')
  const slots = slotsBefore(view, draft, before, noun + tail)
  slots.noun = noun
  const own = renamed(draft.frame, {
    from: 'own',
    rule: 'own',
    slots,
    range: { start: draft.left.start, end: Math.max(draft.left.end, draft.right.end) },
  })
  return tail === '' ? own : filled(own, { from: 'list', rule: 'tail', slots: { tail } })
}

type Before = Partial<Record<Slot, string>>

function slotsBefore(view: SentenceView, draft: Draft, words: string, behind: string): Before {
  const text = view.text.slice(draft.left.start, draft.left.end)
  if (behind === '') return parted(view, draft, withoutKinds(words, draft).replace(NAMED_LAST, ''))
  if (ENDS_IN_LIST.test(text)) return upToVerb(words)
  if (words === '' && behind.length >= 4 && draft.frame.unit.kind === 'counter')
    return { verb: MOVED.exec(text)?.[0] ?? '' }
  if (draft.frame.unit.kind === 'percent' && /^对[^,;]{0,8}$/.test(words)) return { place: words.slice(1) }
  return isOnlyVerbs(words) ? { verb: words } : parted(view, draft, withoutNamed(words, draft))
}

/** 选拔认定 before 90名骨干: verbs side by side and nothing else are one act, which a list shares whole. */
function isOnlyVerbs(words: string): boolean {
  const { verb, thing } = verbAndThing(words)
  return verb !== '' && thing !== '' && leadingVerb(thing) === thing
}

/** Place, verb and thing of the words before a number. */
function parted(view: SentenceView, draft: Draft, words: string): Before {
  const { verb, thing } = verbAndThing(words)
  if (verb !== '') return { verb, thing }
  const at = placeBeforeVerb(view, draft, words)
  return at === 0 ? { thing: words } : { place: words.slice(0, at), ...verbAndThing(words.slice(at)) }
}

/** 新增实验室、研究院、数据中心等**创新平台**6个: the kinds that are counted together need not be said. */
function withoutKinds(words: string, { frame }: Draft): string {
  const verb = frame.unit.kind === 'counter' ? leadingVerb(words) : ''
  const kinds = verb === '' ? null : KINDS.exec(words.slice(verb.length))
  return kinds ? verb + (kinds[1] as string) : words
}
const KINDS = /^[^、等的]{2,16}(?:、[^、等的]{2,16}){2,8}等(?!行业|领域|地区|区域)([^、等的]{3,10})$/

/** 年培训质量官、班组长等2万人次: the list that is counted ends in 等. */
const NAMED_LAST = /(?<=、[^、]{2,20})(?<![同初高中上均平])等$/

/** 「完成候机区改造和」 before 「8个停机坪扩建」: the object listed before goes, place and verb stay. */
function upToVerb(words: string): Before {
  const at = firstVerb(words)
  return at < 0 ? {} : { place: words.slice(0, at), verb: leadingVerb(words.slice(at)) }
}

/** The name of one of those that are counted, in characters. */
const LONGEST_NAME = 10

/** 「完成A、B等43处C」: what is listed before the number is only named; the verb and the counted noun make the indicator. */
function withoutNamed(words: string, { quantity }: Draft): string {
  const verb = leadingVerb(words)
  // 新建城东、城北2个收费站: as many names as are counted.
  const listed = words.slice(verb.length).replace(/”“/g, '”、“')
  const names = listed.includes('和') ? [] : splitNames(listed)
  if (
    verb &&
    names.length >= 2 &&
    names.length === quantity.value &&
    names.every((name) => name.length <= LONGEST_NAME)
  )
    return verb
  if (verb && verb.length < words.length && /(?:等地?|等处|等县|[共和及、])$/.test(words)) return verb
  const named = words.replace(/等地?$/, '')
  if (named === words || !named.includes('、')) return named
  // 确保甲厂、乙厂等20个项目投产, 对甲村、乙村等5个村进行改造: names without a verb, or behind the one that they are the object of.
  const at = firstVerb(named)
  return at > 0 ? leadingVerb(named.slice(at)) : ''
}
