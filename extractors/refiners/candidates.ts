import type { FoundComparator } from '../parsers/comparator.ts'
import { comparatorAfter, comparatorBefore } from '../parsers/comparator.ts'
import type { FoundQuantity } from '../parsers/quantity-types.ts'
import { readTableValue } from '../parsers/table-value.ts'
import { type Draft, newDraft, type Refiner, type SentenceView } from './draft.ts'
import { asideAt, fragmentAt } from './sentence-view.ts'
import { stripOpening } from './words.ts'

/** Makes a draft of every number with a unit that is no part of a time, a title or a short quoted name. */
export const candidates: Refiner = {
  name: 'candidates',
  reads: [],
  writes: ['after', 'before', 'fragment', 'left', 'quantity', 'right', 'unit'],
  run: (view) => {
    for (const quantity of view.quantities) {
      if (view.times.some((time) => quantity.start < time.end && quantity.end > time.start)) continue
      if (inValueCell(view, quantity)) continue
      const aside = asideAt(view, quantity.start)
      if (aside && (aside.kind !== 'bracket' || isRemark(view, aside))) continue
      view.drafts.push(draftOf(view, quantity))
    }
  },
}

/** 突破30项技术, 为10万名老人服务, 在30个城市试点: the word opens its fragment and takes the counted noun; nothing is compared. */
function isVerbOfItsOwn(
  view: SentenceView,
  quantity: FoundQuantity,
  { start, comparator }: FoundComparator,
  from: number,
): boolean {
  if (!/^(?:突破|为|在)$/.test(comparator.word) || quantity.kind !== 'counter') return false
  const after = comparatorAfter(view.text, quantity.end)
  return (
    stripOpening(view.text.slice(from, start)) === '' &&
    /[\u4e00-\u9fff]/.test(view.text[after ? after.end : quantity.end] ?? '')
  )
}

/** 学校10所(国家级示范校2所): a bracket behind a number that counts a part of it. */
const isBreakdown = (view: SentenceView, aside: { start: number; end: number }): boolean => {
  const words = view.text.slice(aside.start + 1, aside.end - 1)
  if (/^(?:惠及|[约含每共以按详]|不含|包括|总投资|面积|涉及)/.test(words)) return false
  return (
    /[\u4e00-\u9fff]{3}\d{1,8}(?:\.\d{1,3})?万?[个家所座处条名户件台项人亩]$/.test(words) &&
    /\d万?[\u4e00-\u9fff]{1,3}$/.test(view.text.slice(aside.start - 6, aside.start))
  )
}

/** Cells that hold nothing but a value are read with their column, see `table-values.ts`. */
const inValueCell = (view: SentenceView, quantity: FoundQuantity): boolean => {
  const cell = view.clause.row?.cells.find(({ start, end }) => quantity.start >= start && quantity.start < end)
  return cell !== undefined && readTableValue(cell.text) !== null
}

/** Where the number's phrase begins: a time may stand between the comparator and the number (提高到2020年的80%). */
function numberStart(view: SentenceView, quantity: FoundQuantity): number {
  const time = view.times.find(
    ({ end }) => end === quantity.start || (end === quantity.start - 1 && view.text[end] === '的'),
  )
  // 不低于去年的23亿元: the 于 of the comparator is no preposition of the time.
  if (time && /(?:不低于|不少于|不高于|不超过|超过)$/.test(view.text.slice(time.start - 3, time.start + 1)))
    return view.text[time.start] === '于' ? time.start + 1 : time.start
  return time &&
    !/^[到至]/.test(view.text.slice(time.start, time.end)) &&
    /[到至]$/.test(view.text.slice(0, time.start).slice(-1))
    ? time.start
    : quantity.start
}

/** A bracket explains what stands before it, unless it is a sentence part of its own with a number to reach. */
const isRemark = (view: SentenceView, aside: { start: number; end: number }): boolean =>
  !isBreakdown(view, aside) &&
  (!/其中|达到|不低于|不少于|控制在|不超过|建成|完成/.test(view.text.slice(aside.start, aside.end)) ||
    aside.end - aside.start < 10)

function draftOf(view: SentenceView, quantity: FoundQuantity): Draft {
  const index = fragmentAt(view, quantity.start)
  const fragment = view.fragments[index] ?? { ...view.sentence, mark: '' }
  const compared = comparatorBefore(view.text, numberStart(view, quantity), fragment.start)
  const before = compared && isVerbOfItsOwn(view, quantity, compared, fragment.start) ? null : compared
  const after = comparatorAfter(view.text, quantity.end)
  const aside = asideAt(view, quantity.start)
  const from = aside ? aside.start + 1 : fragment.start
  const to = aside ? aside.end - 1 : fragment.end
  const span = { start: quantity.valueStart, end: quantity.valueEnd }
  const draft = newDraft(quantity)
  draft.fragment = index
  draft.before = before
  draft.after = after
  draft.left = { start: from, end: before ? before.start : quantity.start }
  draft.right = { start: after ? after.end : quantity.end, end: to }
  draft.reasons = { value: { range: span, rule: quantity.rule } }
  return draft
}
