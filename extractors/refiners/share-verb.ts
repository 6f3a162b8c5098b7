import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { tailOf } from './list-names.ts'

const ACT = /(?:改造|改善|整治|治理|修复|建设|开工|竣工|就业|再就业|培训|养护|施肥|种植|扩种|播种|造林|扩建|更新|工程)$/
/** Verbs that are no delivery but keep a part from taking the verb before it. */
const OWN_VERB =
  /^(?:服务(?![业区中站点率机平体设能水质型贸])|惠及|参与|受益|辐射|容纳|吸引|带动|发动|达成|签订|对接|走访|慰问|覆盖|拥有|涉及|改厕|改水|收购|年?[出存]栏|.{2,8}[出存]栏$)/
const TAKES_ACTS = /^(?:实施|完成|开展|推进|启动|组织|开工|落实|继续实施|累计完成|全面完成)/

/** One verb over many: 「建成县道256公里、村道804公里」 gives the second its verb. A part with a predicate of its own keeps out. */
export const shareVerb: Refiner = {
  name: 'share-verb',
  reads: ['before', 'fragment', 'indicator', 'measure', 'noun', 'quantity', 'subject', 'verb'],
  writes: ['indicator', 'listed', 'subject', 'verb'],
  run: (view) => {
    let previous: Draft | null = null
    for (const draft of standing(view)) {
      const head = previous ? sharedHead(previous, draft) || headOfTwin(previous, draft) : ''
      if (head !== '') {
        draft.indicator = head + draft.indicator
        if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-verb/subject'
      } else if (previous && isListed(previous, draft)) {
        draft.subject = previous.subject
        draft.indicator = previous.subject + draft.indicator
        draft.listed = true
        if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-verb/listed'
      } else if (
        previous &&
        (draft.fragment === previous.fragment || view.fragments[previous.fragment]?.mark !== ';') &&
        !isAimedAtAnew(view, previous, draft) &&
        shares(previous, draft)
      ) {
        draft.verb = previous.verb
        draft.indicator = previous.verb + draft.indicator
        if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-verb'
      }
      previous = draft
    }
  },
}

/** 「园区累计完成设备投资80亿元、厂房投资30亿元」: subject and verb belong to both parts. */
function sharedHead(previous: Draft, draft: Draft): string {
  if (
    draft.fragment !== previous.fragment ||
    draft.before ||
    previous.before ||
    draft.verb !== '' ||
    draft.quantity.kind !== previous.quantity.kind
  )
    return ''
  const found = /^.{2,16}?(?:实现|完成|新增|建成)(?=.)/.exec(previous.indicator)
  return found && previous.verb === '' && !draft.indicator.startsWith(found[0]) ? found[0] : ''
}

/** 「完成农村改厕2万户、改灶1万户」: two characters that begin alike have the words before the first. */
function headOfTwin(previous: Draft, draft: Draft): string {
  const own = draft.indicator
  const head = previous.indicator.slice(0, -2)
  return own.length === 2 &&
    previous.indicator.at(-2) === own[0] &&
    head.length >= 2 &&
    head.length <= 10 &&
    draft.fragment === previous.fragment &&
    draft.quantity.kind === 'counter' &&
    previous.noun === '' &&
    draft.noun === ''
    ? head
    : ''
}

/** 「评选200名A、2000名B，资助…」: counts of one kind, each before its noun, under words that only the first has. */
const isListed = (previous: Draft, draft: Draft): boolean =>
  previous.verb === '' &&
  previous.subject.length >= 2 &&
  previous.subject.length <= 10 &&
  previous.noun !== '' &&
  draft.noun.length >= 2 &&
  draft.subject === '' &&
  draft.before === null &&
  draft.quantity.kind === 'counter' &&
  draft.quantity.unit === previous.quantity.unit &&
  draft.fragment - previous.fragment <= 1

/** 建成良田4万亩，确保播种面积在20万亩以上: 确保 opens a part with a subject of its own. */
const isAimedAtAnew = ({ fragments, text }: SentenceView, previous: Draft, draft: Draft): boolean =>
  draft.fragment !== previous.fragment &&
  draft.before !== null &&
  /^(?:确保|力争|争取|保证|实现)/.test(text.slice(fragments[draft.fragment]?.start ?? 0, draft.quantity.start))

function shares(previous: Draft, draft: Draft): boolean {
  if (previous.verb === '' || draft.verb !== '' || draft.indicator === '' || draft.fragment - previous.fragment > 1)
    return false
  // 培育应急队伍30支，疏散演练每学期不少于1次: a compared number behind a comma has its own subject.
  if (draft.fragment !== previous.fragment && draft.before?.comparator.strict) return false
  if (draft.indicator.startsWith(previous.verb) || OWN_VERB.test(draft.indicator)) return false
  // 零投诉家庭动态清零: words that stand for a number are a predicate of their own.
  if (draft.quantity.form !== 'number') return false
  // 布设不少于500个台站: short words before a number with a noun behind it are a verb, in the lexicon or not.
  if (draft.noun !== '' && draft.subject !== '' && draft.subject.length <= 4) return false
  // 危桥改造 is an act of its own: only 实施, 完成 and the like take it as their object.
  if (ACT.test(draft.indicator) && !TAKES_ACTS.test(previous.verb)) return false
  if ((previous.quantity.kind === 'money') !== (draft.quantity.kind === 'money')) return false
  if (previous.quantity.kind === 'percent' || draft.quantity.kind === 'percent' || draft.measure !== previous.measure)
    return false
  if (
    (previous.before?.comparator.verb && !previous.before.comparator.strict) ||
    (draft.before?.comparator.verb && !draft.before.comparator.strict)
  )
    return false
  // 新建果园30万亩，水果总产90万吨: what grows is not built.
  if (/产$/.test(tailOf(draft.indicator))) return false
  // 综合产值500亿元 behind 建成重点县40个 is a subject of its own.
  return !(/[率额值入量]$/.test(tailOf(draft.indicator)) && draft.quantity.kind !== previous.quantity.kind)
}
