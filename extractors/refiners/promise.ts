import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, speakAgainst, speakFor, standing } from './draft.ts'
import { KEEP_FROM, type CueFor } from '../lexicon/evidence-weights.ts'
import { beforeNoun, fromNoun, wordsIn } from './frame/frame.ts'
import { endsInMeasure } from './list-names.ts'
import { ACTS_OF_OFFICES } from '../lexicon/verbs.ts'
import { WordTree } from '../parsers/word-tree.ts'
import { firstVerb } from './verb-words.ts'

const MODAL = /力争|确保|争取|努力|[要应须]|实现|达到|不低于|不少于|不超过|控制在|保持|稳定在|突破|超过/
/** A state that a plan provides for: 每千名老年人拥有床位, 城镇新增就业. */
const STATE = /每[百千万]|每个|拥有|配备|配有|设有|建有|就业|参保|脱贫|减贫|扩招|摘帽|受益|惠及|入园|入学/
const FIRM = /力争|确保|争取|努力|实现|达到/
const GOAL = /目标|任务|指标|重点|计划|进度|打算|工作安排|实事/

/** Cues that say what is reached. */
const STATED: ReadonlySet<string> = new Set<CueFor>([
  'verb',
  'comparator',
  'indicator',
  'state',
  'firm',
  'planned',
  'yearly',
])

/** Weighs what speaks for a promise against what speaks against it, and takes out what does not come up to one. */
export const promise: Refiner = {
  name: 'promise',
  reads: [
    'after',
    'before',
    'deadlineBasis',
    'fragment',
    'frame',
    'left',
    'measure',
    'per',
    'quantity',
    'right',
    'unit',
  ],
  writes: [],
  run: (view, context) => {
    const drafts = standing(view)
    if (drafts.length === 0) return
    const goalsOnly = HOLDS_GOALS.test(context.document.head.title)
    const goal = goalsOnly || view.clause.path.some(({ text }) => GOAL.test(text.slice(0, 30)))
    for (const draft of drafts) {
      if (draft.quantity.form === 'cell') continue
      for (const cue of cuesFor(view, draft, goalsOnly, goal)) speakFor(draft, cue)
      const governed = draft.deadlineBasis === 'explicit' || draft.deadlineBasis === 'inherited'
      if (!governed && !draft.evidence.some(({ cue }) => STATED.has(cue))) speakAgainst(draft, 'nothing-stated')
      if (context.regulation && !governed) speakAgainst(draft, 'regulation')
      const sum = draft.evidence.reduce((total, { weight }) => total + weight, 0)
      if (sum < KEEP_FROM) drop(draft, 'promise/no-evidence')
    }
  },
}

/** 关于下达…任务指标的通知, 目标责任书: a document of nothing but goals. */
const HOLDS_GOALS = /任务指标|目标任务|任务分解|目标责任|任务清单|任务书|责任书|任务分工|责任分解/

/**
 * @param goalsOnly the document holds nothing but goals
 * @param goal it does, or its part does
 */
function cuesFor(view: SentenceView, draft: Draft, goalsOnly: boolean, goal: boolean): CueFor[] {
  const cues: CueFor[] = []
  const words = wordsOf(view, draft.fragment)
  const { name } = draft.frame
  const noun = fromNoun(draft.frame)
  if (draft.deadlineBasis === 'explicit') cues.push('deadline')
  else if (draft.deadlineBasis === 'inherited') cues.push('governed')
  else if (draft.deadlineBasis === 'document') cues.push('document')
  if (goal) cues.push('goal')
  if (draft.before || draft.after) cues.push('comparator')
  if (endsInMeasure(name) || (draft.frame.unit.kind === 'percent' && name.includes('占'))) cues.push('indicator')
  if (wordsIn(draft.frame, 'verb') !== '' || firstVerb(name) >= 0) cues.push('verb')
  if (draft.measure !== 'level') cues.push('change')
  if (
    STATE.test(name) ||
    (draft.frame.unit.kind === 'percent' && beforeNoun(draft.frame) !== '' && noun.length >= 2) ||
    // 合作社达到6万家，其中示范社3000家: a part of what is promised.
    isPartOf(view, draft)
  )
    cues.push('state')
  // 90%的乡镇卫生院设置中医馆: a share of something that does something.
  if (draft.frame.unit.kind === 'percent' && noun.length >= 4 && view.text[draft.quantity.end] === '的')
    cues.push('share')
  if (view.clause.tag) cues.push('tag')
  if (MODAL.test(words)) cues.push('modal')
  if (draft.frame.unit.kind === 'percent' && FIRM.test(words)) cues.push('firm')
  if (draft.per === 'year') cues.push('yearly')
  // In a plan whose period governs it, a change, or a count beside others that are promised, is promised too.
  if (
    draft.deadlineBasis === 'document' &&
    draft.frame.unit.kind !== 'money' &&
    draft.quantity.writing !== 'words' &&
    (draft.measure !== 'level' ||
      draft.per !== null ||
      isBeside(view, draft) ||
      opensWithVerb(draft) ||
      isActOfOffice(draft) ||
      goalsOnly)
  )
    cues.push('planned')
  return cues
}

/** Another number of the sentence has a verb of delivery or a comparator. */
const isBeside = (view: SentenceView, draft: Draft): boolean =>
  standing(view).some(
    (other) =>
      other !== draft &&
      Math.abs(other.fragment - draft.fragment) <= 2 &&
      (wordsIn(other.frame, 'verb') !== '' ||
        (other.frame.unit.kind === 'amount' && other.frame.unit.words === draft.frame.unit.words) ||
        other.before?.comparator.verb === true ||
        (other.fragment === draft.fragment && other.frame.unit.words === '%' && draft.frame.unit.words === '%')),
  )

/** 巩固提升1.9万农村人口饮水安全: the object of a verb that no list has stands behind its number. */
function opensWithVerb({ frame }: Draft): boolean {
  const verb = beforeNoun(frame)
  return fromNoun(frame).length >= 4 && verb.length >= 2 && verb.length <= 6
}

const ACT = new WordTree<true>()
for (const word of ACTS_OF_OFFICES) ACT.add(word, true)
/** 增开公交线路30条, 调解纠纷200件: what is done opens the part, its count closes it. */
function isActOfOffice({ frame, left, right }: Draft): boolean {
  if ((frame.unit.kind !== 'counter' && frame.unit.kind !== 'amount') || right.end !== right.start) return false
  const words = beforeNoun(frame)
  const act = ACT.longest(words, 0)
  return act !== null && words.length - act.end >= 2 && left.end > left.start && !AT_HAND.test(words.slice(act.end))
}
/** 排查出隐患, 受理的案件: what was found or stands there already. */
const AT_HAND = /^[出的有过了]|^对象/

const isPartOf = (view: SentenceView, draft: Draft): boolean =>
  wordsOf(view, draft.fragment).startsWith('其中') &&
  standing(view).some(
    (other) =>
      other.fragment === draft.fragment - 1 &&
      other.frame.unit.words.at(-1) === draft.frame.unit.words.at(-1) &&
      other.before !== null,
  )

function wordsOf(view: SentenceView, fragment: number): string {
  const range = view.fragments[fragment]
  return range ? view.text.slice(range.start, range.end) : ''
}
