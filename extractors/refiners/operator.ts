import { comparatorOfShare } from '../parsers/comparator.ts'
import type { Draft, Refiner } from './draft.ts'
import { standing } from './draft.ts'

/** Reads the operator from the comparators around the number; >= where no word says otherwise. */
export const operator: Refiner = {
  name: 'operator',
  reads: ['after', 'before', 'left', 'quantity'],
  writes: ['op'],
  run: (view) => {
    for (const draft of standing(view)) {
      const share =
        draft.quantity.kind === 'percent' && !draft.before
          ? comparatorOfShare(view.text.slice(Math.max(draft.left.start, draft.left.end - 28), draft.left.end))
          : null
      if (share && draft.after?.comparator.op !== '~') {
        const start = Math.max(draft.left.start, draft.left.end - 28) + share.at
        draft.op = share.op
        draft.reasons.op = { range: { start, end: start + share.word.length }, rule: `comparator/${share.word}` }
        continue
      }
      const capped =
        draft.after || (draft.before && draft.before.comparator.word !== '为')
          ? null
          : CAPPED.exec(view.text.slice(draft.left.start, draft.quantity.start))
      if (capped) {
        const start = draft.left.start + capped.index
        draft.op = '<='
        draft.reasons.op = { range: { start, end: start + capped[0].length }, rule: 'comparator/控制' }
        continue
      }
      const { op, by } = read(draft)
      draft.op = op
      draft.reasons.op = by
        ? { range: { start: by.start, end: by.end }, rule: `comparator/${by.comparator.word}` }
        : { range: null, rule: 'comparator/none-stated' }
    }
  },
}

/** 用水增量控制指标为30万立方米: what is kept under control has its most. */
const CAPPED = /控制(?:目标|指标|总量|数)[为是]?$/
const KEEPS = new Set(['保持在', '稳步保持在', '保持'])

function read(draft: Draft): { op: Draft['op']; by: Draft['before'] } {
  const { before, after, quantity } = draft
  if (Array.isArray(quantity.value)) return { op: 'range', by: null }
  if (before?.comparator.strict) return { op: before.comparator.op, by: before }
  if (after) {
    // 增长8%以内 and the like keep the mark; 控制在…左右 is about.
    return { op: after.comparator.op, by: after }
  }
  // 产量保持在2万吨: an amount that is to stay what it is; a share (保持在98%) has its floor there.
  if (before && KEEPS.has(before.comparator.word) && quantity.kind !== 'percent') return { op: '~', by: before }
  if (before && (before.comparator.verb || before.comparator.op === '~'))
    return { op: before.comparator.op, by: before }
  if (quantity.form === 'zero') return { op: '<=', by: null }
  return { op: '>=', by: before }
}
