import { ACTS } from '../../../lexicon/elided.ts'
import { WordTree } from '../../../parsers/word-tree.ts'
import { tailOf } from '../../list-names.ts'
import type { Draft, SentenceView } from '../../draft.ts'
import { beforeNoun, type Frame, fromNoun, type Slot, wordsIn } from '../frame.ts'
import type { Source } from '../situation.ts'

const ENDS_IN_ACT = new WordTree<true>()
for (const act of ACTS) ENDS_IN_ACT.addEnd(act, true)
/** Verbs that are no delivery but keep a part from taking the verb before it. */
const OWN_VERB =
  /^(?:服务(?![业区中站点率机平体设能水质型贸])|惠及|参与|受益|辐射|容纳|吸引|带动|发动|达成|签订|对接|走访|慰问|覆盖|拥有|涉及|改厕|改水|收购|年?[出存]栏|.{2,8}[出存]栏$)/
const TAKES_ACTS = /^(?:实施|完成|开展|推进|启动|组织|开工|落实|继续实施|累计完成|全面完成)/

/** What a frame has before its noun, as the thing that a verb of the list is said of. */
const behindVerb = (frame: Frame): Partial<Record<Slot, string>> => ({ owner: '', place: '', thing: beforeNoun(frame) })

/** 「**园区累计完成**设备投资80亿元、厂房投资30亿元」: subject and verb belong to both parts. */
export const headOfList: Source = (frame, { draft, previous }) => {
  if (!previous || draft.fragment !== previous.fragment || draft.before || previous.before) return null
  if (wordsIn(frame, 'verb') !== '' || draft.frame.unit.kind !== previous.frame.unit.kind) return null
  const shared = previous.frame.slots.verb?.from === 'list' && wordsIn(previous.frame, 'owner') !== ''
  if (wordsIn(previous.frame, 'verb') !== '' && !shared) return null
  const [head, owner, verb] = HEAD.exec(previous.frame.name) ?? []
  if (head === undefined || owner === undefined || verb === undefined || frame.name.startsWith(head)) return null
  return {
    from: 'list',
    rule: 'subject-and-verb',
    slots: { owner, verb },
    moved: { place: '', thing: beforeNoun(frame) },
  }
}
const HEAD = /^(.{2,16}?)((?:累计)?(?:实现|完成|新增|建成))(?=.)/

/** 「完成**农村**改厕2万户、改灶1万户」: two characters that begin alike have the words before the first. */
export const headOfTwin: Source = (frame, { draft, previous }) => {
  const own = frame.name
  if (!previous || own.length !== 2 || previous.frame.name.at(-2) !== own[0]) return null
  const verb = wordsIn(previous.frame, 'verb')
  const head = wordsIn(previous.frame, 'thing').slice(0, -2)
  const whole = previous.frame.name.length - 2
  return whole >= 2 &&
    whole <= 10 &&
    whole === verb.length + head.length &&
    draft.fragment === previous.fragment &&
    draft.frame.unit.kind === 'counter' &&
    wordsIn(frame, 'noun') === ''
    ? { from: 'list', rule: 'twin', slots: { verb, thing: head + own } }
    : null
}

/** 「**评选**200名A、2000名B，资助…」: counts of one kind, each before its noun, under words that only the first has: they act as a verb. */
export const wordsOfList: Source = (frame, { draft, previous }) => {
  if (!previous || wordsIn(previous.frame, 'verb') !== '' || fromNoun(previous.frame) === '') return null
  const words = beforeNoun(previous.frame)
  return words.length >= 2 &&
    words.length <= 10 &&
    fromNoun(frame).length >= 2 &&
    beforeNoun(frame) === '' &&
    draft.before === null &&
    draft.frame.unit.kind === 'counter' &&
    draft.frame.unit.words === previous.frame.unit.words &&
    draft.fragment - previous.fragment <= 1
    ? { from: 'list', rule: 'listed', slots: { verb: words } }
    : null
}

/** One verb over many: 「**建成**县道256公里、村道804公里」 gives the second its verb. A part with a predicate of its own keeps out. */
export const verbOfList: Source = (frame, { view, draft, previous }) => {
  if (!previous) return null
  if (draft.fragment !== previous.fragment && view.fragments[previous.fragment]?.mark === ';') return null
  if (isAimedAtAnew(view, previous, draft) || !shares(frame, draft, previous)) return null
  return { from: 'list', rule: 'verb', slots: { verb: wordsIn(previous.frame, 'verb') }, moved: behindVerb(frame) }
}

/** 建成良田4万亩，确保播种面积在20万亩以上: 确保 opens a part with a subject of its own. */
const isAimedAtAnew = ({ fragments, text }: SentenceView, previous: Draft, draft: Draft): boolean =>
  draft.fragment !== previous.fragment &&
  draft.before !== null &&
  /^(?:确保|力争|争取|保证|实现)/.test(text.slice(fragments[draft.fragment]?.start ?? 0, draft.quantity.start))

/** Words before a noun that are a verb which no list knows, in characters. */
const LONGEST_UNKNOWN_VERB = 4

function shares(frame: Frame, draft: Draft, previous: Draft): boolean {
  const verb = wordsIn(previous.frame, 'verb')
  if (verb === '' || wordsIn(frame, 'verb') !== '' || frame.name === '' || draft.fragment - previous.fragment > 1)
    return false
  // 培育应急队伍30支，疏散演练每学期不少于1次: a compared number behind a comma has its own subject.
  if (draft.fragment !== previous.fragment && draft.before?.comparator.strict) return false
  // 每万人拥有充电桩20个, 人均面积: by how many is told, not what is done.
  if (/^(?:每|人均)/.test(frame.name)) return false
  if (frame.name.startsWith(verb) || OWN_VERB.test(frame.name)) return false
  // 零投诉家庭动态清零: words that stand for a number are a predicate of their own.
  if (draft.quantity.form !== 'number') return false
  // 布设不少于500个台站: short words before a number with a noun behind it are a verb, in the lexicon or not.
  const before = beforeNoun(frame)
  if (fromNoun(frame) !== '' && before !== '' && before.length <= LONGEST_UNKNOWN_VERB) return false
  // 危桥改造 is an act of its own: only 实施, 完成 and the like take it as their object.
  if (ENDS_IN_ACT.longestBefore(frame.name, frame.name.length) !== null && !TAKES_ACTS.test(verb)) return false
  if ((previous.frame.unit.kind === 'money') !== (draft.frame.unit.kind === 'money')) return false
  if (
    previous.frame.unit.kind === 'percent' ||
    draft.frame.unit.kind === 'percent' ||
    draft.measure !== previous.measure
  )
    return false
  if (
    (previous.before?.comparator.verb && !previous.before.comparator.strict) ||
    (draft.before?.comparator.verb && !draft.before.comparator.strict)
  )
    return false
  // 新建果园30万亩，水果总产90万吨: what grows is not built.
  if (/产$/.test(tailOf(frame.name))) return false
  // 综合产值500亿元 behind 建成重点县40个 is a subject of its own.
  return !(/[率额值入量]$/.test(tailOf(frame.name)) && draft.frame.unit.kind !== previous.frame.unit.kind)
}
