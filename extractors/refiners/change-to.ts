import { VERBS_OF_CHANGE, VERBS_OF_REDUCTION } from '../lexicon/changes.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { stripOpening, withoutTimes } from './words.ts'

const CHANGING = new RegExp(`(?:${anyOf(VERBS_OF_CHANGE)})$`)
const REDUCING = new Set<string>([...VERBS_OF_REDUCTION, '控制'])

/** 「审批时限压缩四成以上至6个工作日以内」: by how much and to what, of one subject under one verb. */
export const changeTo: Refiner = {
  name: 'change-to',
  reads: ['after', 'before', 'left', 'quantity', 'right'],
  writes: ['before', 'left', 'right'],
  run: (view) => {
    const drafts = standing(view)
    for (const draft of drafts) changesObjectTo(view, draft)
    for (let i = 1; i < drafts.length; i++) goOnTo(view, drafts[i - 1] as Draft, drafts[i] as Draft)
  },
}

/** A verb of change that opens the words, its object, and 至 before the number. */
const OBJECT_BETWEEN = new RegExp(`(${anyOf([...VERBS_OF_CHANGE, '控制'])})([^,;。、\\d]{2,30})[至到]$`)

/** 「提高机顶盒占比至75%以上」: the verb parted from its 至 by what is changed. */
function changesObjectTo(view: SentenceView, draft: Draft): void {
  if (draft.before !== null) return
  const words = view.text.slice(draft.left.start, draft.left.end)
  const found = OBJECT_BETWEEN.exec(words)
  if (!found) return
  const [, verb = '', object = ''] = found
  const range = { start: draft.left.start, end: draft.left.start + found.index }
  if (stripOpening(withoutTimes(view, range)) !== '') return
  const end = draft.left.end - 1
  const op = REDUCING.has(verb) ? '<=' : '>='
  draft.left = { start: end - object.length, end }
  draft.before = { start: end, end: draft.quantity.start, comparator: { word: `${verb}至`, op, verb: true } }
}

function goOnTo(view: SentenceView, first: Draft, second: Draft): void {
  const between = view.text.slice(first.after ? first.after.end : first.quantity.end, second.quantity.start)
  const verb = CHANGING.exec(view.text.slice(first.left.start, first.left.end))?.[0]
  if (!/^,?[至到]$/.test(between) || verb === undefined) return
  const end = first.left.end - verb.length
  const op = REDUCING.has(verb) ? '<=' : '>='
  second.left = { start: first.left.start, end }
  second.before = { start: end, end: second.quantity.start, comparator: { word: `${verb}至`, op, verb: true } }
  first.right = { start: first.right.start, end: first.right.start }
}
