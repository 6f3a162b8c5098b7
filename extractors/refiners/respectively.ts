import { GROWTH_WORDS, REDUCTION_WORDS } from '../lexicon/changes.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'
import { shareTail, splitNames } from './list-names.ts'
import { stripClosing, stripOpening, withoutTimes } from './words.ts'

const CHANGES = new Set<string>([...GROWTH_WORDS, ...REDUCTION_WORDS])

/** 「A、B覆盖率分别达到90%、98%」: gives each number its name, and what the first number's words say of all. */
export const respectively: Refiner = (view) => {
  const drafts = standing(view)
  for (let i = 0; i < drafts.length; i++) {
    const first = drafts[i] as Draft
    const words = view.text.slice(first.left.start, first.quantity.start)
    const at = words.lastIndexOf('分别')
    if (at < 0) continue
    const group = groupOf(view, drafts, i)
    if (group.length < 2) continue
    const names = splitNames(stripClosing(stripOpening(withoutTimes(view, { start: first.left.start, end: first.left.start + at }))))
    const unit = group.at(-1)?.quantity
    const shared = view.text.slice(first.left.start + at + 2, first.left.end)
    const full = names.length === group.length ? shareTail(names) : names.length === 1 ? group.map(() => names[0] as string) : null
    group.forEach((draft, index) => {
      if (draft.quantity.kind === 'bare' && unit && unit.kind !== 'bare') draft.quantity = { ...draft.quantity, unit: unit.unit, kind: unit.kind }
      draft.before ??= first.before
      draft.measure = first.measure
      draft.per = first.per
      draft.baseline ??= first.baseline
      draft.left = first.left
      if (full) {
        draft.indicator = joinChange(full[index] as string, shared)
        draft.reasons.indicator = { range: { start: first.left.start, end: first.left.start + at }, rule: 'respectively' }
      } else {
        draft.confidence *= 0.6
      }
    })
    const mark = group.at(-1)?.after ?? null
    for (const draft of group) draft.after ??= mark
    i += group.length - 1
  }
}

/** The verb between 分别 and the number (建成, 增长) goes to every name; before it where it is a verb of delivery. */
const joinChange = (name: string, shared: string): string => {
  const words = stripClosing(shared)
  return /^(?:建成|新建|建设|完成|培育|引进|新增|发展|建|实施|开展|培训)/.test(words) ? words + name : name + (CHANGES.has(words) ? '' : words)
}

/** The first number and those that follow it with nothing but joints between. */
function groupOf(view: SentenceView, drafts: readonly Draft[], from: number): Draft[] {
  const group = [drafts[from] as Draft]
  for (let i = from + 1; i < drafts.length; i++) {
    const last = group.at(-1) as Draft
    const next = drafts[i] as Draft
    const between = view.text.slice(last.after ? last.after.end : last.quantity.end, next.before ? next.before.start : next.quantity.start)
    if (!/^(?:[、,和及与或]|以及|)$/.test(between) || between === '') break
    group.push(next)
  }
  return group
}

/** Takes out numbers of a 分别 list that found no name. */
export const dropNameless: Refiner = (view) => {
  for (const draft of standing(view)) if (draft.indicator === '') drop(draft, 'indicator/none')
}
