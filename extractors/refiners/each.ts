import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { shareTail, splitNames, tailOf } from './list-names.ts'
import { leadingVerb } from './words.ts'

/** 均, 都, 各 before one number: every name of the list before it gets the number (A率和B率均超过70%, 获批A、B、C各1个). */
export const each: Refiner = (view) => {
  for (const draft of standing(view)) {
    const word = eachWord(view, draft)
    if (!word || draft.indicator === '') continue
    const verb = word === '各' ? leadingVerb(draft.indicator) : ''
    const names = splitNames(draft.indicator.slice(verb.length))
    if (names.length < 2) continue
    const full = shareTail(names)
    if (word !== '各' && !full.every((name) => tailOf(name) !== '')) continue
    const at = view.drafts.indexOf(draft)
    const copies = full.map((name): Draft => ({ ...draft, indicator: verb + name, reasons: { ...draft.reasons, indicator: { range: draft.reasons.indicator?.range ?? null, rule: 'each' } } }))
    view.drafts.splice(at, 1, ...copies)
  }
}

function eachWord(view: SentenceView, draft: Draft): '各' | '均' | null {
  const before = view.text.slice(Math.max(draft.left.start, draft.left.end - 3), draft.left.end)
  if (/各$/.test(before)) return '各'
  if (/[均都]$/.test(before) || /均(?:达|超|不)/.test(view.text.slice(draft.left.end, draft.quantity.start))) return '均'
  return null
}
