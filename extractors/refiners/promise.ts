import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'
import { tailOf } from './list-names.ts'
import { firstVerb } from './words.ts'

const MODAL = /力争|确保|争取|努力|[要应须]|实现|达到|不低于|不少于|不超过|控制在|保持|稳定在|突破|超过/
/** A state that a plan provides for: 每千名老年人拥有床位, 城镇新增就业. */
const STATE = /每[百千万]|每个|拥有|配备|配有|设有|建有|就业|参保|脱贫|减贫|扩招|摘帽|入园|入学/
const FIRM = /力争|确保|争取|努力|实现|达到/
const GOAL = /目标|任务|指标|重点|计划|进度/

/** Keeps what reads as a promise: a deadline, a goal heading, a comparator with an indicator, or a verb of delivery with a count. */
export const promise: Refiner = (view, context) => {
  for (const draft of standing(view)) {
    if (draft.quantity.rule === 'table-value') continue
    const evidence: string[] = []
    if (draft.deadlineBasis === 'explicit') evidence.push('deadline')
    else if (draft.deadlineBasis === 'inherited') evidence.push('governed')
    if (view.clause.path.some(({ text }) => GOAL.test(text.slice(0, 30)))) evidence.push('goal')
    if (draft.before || draft.after) evidence.push('comparator')
    if (tailOf(draft.indicator) !== '' || (draft.quantity.kind === 'percent' && draft.indicator.includes('占')))
      evidence.push('indicator')
    if (draft.verb !== '' || firstVerb(draft.indicator) >= 0 || draft.reasons.indicator?.rule === 'share-verb/listed')
      evidence.push('verb')
    if (draft.measure !== 'level') evidence.push('change')
    if (draft.deadlineBasis === 'document') evidence.push('document')
    if (
      STATE.test(draft.indicator) ||
      (draft.quantity.kind === 'percent' && draft.subject !== '' && draft.noun.length >= 2)
    )
      evidence.push('state')
    // 合作社达到6万家，其中示范社3000家: a part of what is promised.
    if (isPartOf(view, draft)) evidence.push('state')
    // 90%的乡镇卫生院设置中医馆: a share of something that does something.
    if (draft.quantity.kind === 'percent' && draft.noun.length >= 4 && view.text[draft.quantity.end] === '的')
      evidence.push('share')
    if (view.clause.tag) evidence.push('tag')
    if (MODAL.test(wordsOf(view, draft.fragment))) evidence.push('modal')
    const firm = draft.quantity.kind === 'percent' && FIRM.test(wordsOf(view, draft.fragment))
    const governed = draft.deadlineBasis === 'explicit' || draft.deadlineBasis === 'inherited'
    const stated =
      evidence.includes('verb') ||
      evidence.includes('comparator') ||
      evidence.includes('indicator') ||
      evidence.includes('state') ||
      firm
    const keep = governed
      ? stated || evidence.length >= 2
      : stated &&
        (evidence.length >= 2 || draft.verb !== '' || evidence.includes('state') || firm) &&
        !context.regulation
    // In a plan whose period governs it, a change, or a count beside others that are promised, is promised too.
    const planned =
      evidence.includes('document') &&
      !context.regulation &&
      draft.quantity.kind !== 'money' &&
      draft.quantity.writing !== 'words' &&
      (draft.measure !== 'level' || draft.per !== null || isBeside(view, draft) || opensWithVerb(draft))
    if (!keep && !planned) drop(draft, 'promise/no-evidence')
    draft.confidence *= Math.min(1, 0.45 + 0.1 * evidence.length + (governed ? 0.2 : 0))
  }
}

/** Another number of the sentence has a verb of delivery or a comparator. */
const isBeside = (view: SentenceView, draft: Draft): boolean =>
  standing(view).some(
    (other) =>
      other !== draft &&
      Math.abs(other.fragment - draft.fragment) <= 2 &&
      (other.verb !== '' ||
        other.before?.comparator.verb === true ||
        (other.fragment === draft.fragment && other.quantity.unit === '%' && draft.quantity.unit === '%')),
  )

/** 巩固提升1.9万农村人口饮水安全: the object of a verb that no list has stands behind its number. */
const opensWithVerb = (draft: Draft): boolean =>
  draft.noun.length >= 4 && draft.subject.length >= 2 && draft.subject.length <= 6

const isPartOf = (view: SentenceView, draft: Draft): boolean =>
  wordsOf(view, draft.fragment).startsWith('其中') &&
  standing(view).some(
    (other) =>
      other.fragment === draft.fragment - 1 &&
      other.quantity.unit.at(-1) === draft.quantity.unit.at(-1) &&
      other.before !== null,
  )

function wordsOf(view: SentenceView, fragment: number): string {
  const range = view.fragments[fragment]
  return range ? view.text.slice(range.start, range.end) : ''
}
