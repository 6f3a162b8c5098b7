import { VERBS_OF_CHANGE } from '../lexicon/changes.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'

/** Words that open a comparison with a period, directly before its time. */
const COMPARING = /(?:[比较同与以在按]|相比|相较|相较于|对比|较之|高于|低于|超过|不低于|不高于)$/
/** Words that close one, directly behind its time. */
const COMPARED =
  /^(?:相比|为基[数期准]|的?基础上|的?水平|同期|同比|的?基数|年?的?[^,;。]{0,8}(?:相比|的基础上|基础上|为基数))/
/** Verbs that lead from the old value to the new. */
const CHANGE_TO = /(?:[到至为]|达到|达)$/
const CHANGES = new RegExp(`^(?:${anyOf(VERBS_OF_CHANGE)})`)
const FROM = /[从由](?:全[市省县区国州])?$/

/** Reads what a target starts from: 由x提高到y, 比2015年下降, 在2015年基础上. The old value is no target of its own. */
export const baseline: Refiner = {
  name: 'baseline',
  reads: ['after', 'baseline', 'before', 'fragment', 'left', 'quantity'],
  writes: ['baseline', 'fragment', 'left'],
  run: (view, context) => {
    onTheBasis(view)
    fromTo(view)
    for (const time of view.times) if (isCompared(view, time) && !isReached(view, time, context)) attach(view, time)
    for (const draft of standing(view)) if (!draft.baseline) undated(view, draft)
  },
}

/** 「在现有14%的基础上翻一番」: what the next number starts from. */
function onTheBasis(view: SentenceView): void {
  const drafts = standing(view)
  for (const [index, old] of drafts.entries()) {
    const from = Math.max(view.sentence.start, old.quantity.start - 14)
    const opened = /在[^,;。]{0,12}$/.exec(view.text.slice(from, old.quantity.start))
    if (!opened || !/^的?基础上/.test(view.text.slice(old.quantity.end, old.quantity.end + 4))) continue
    const target = drafts[index + 1]
    if (
      target &&
      target.fragment - old.fragment <= 1 &&
      target.baseline === null &&
      !Array.isArray(old.quantity.value)
    ) {
      target.baseline = { value: old.quantity.value, unit: old.quantity.unit, period: null }
      target.reasons.baseline = { range: old.quantity, rule: 'baseline/on-the-basis' }
      if (target.fragment === old.fragment)
        target.left = { start: old.left.start, end: Math.max(old.left.start, from + opened.index) }
    }
    drop(old, 'baseline/old-value', 'baseline')
  }
}

/** 增加到2020年的30家, a year that lies ahead: when so much is reached, not what it is compared with. */
const isReached = (view: SentenceView, time: FoundTime, context: DocumentContext): boolean =>
  context.issuedOn !== null &&
  time.last > context.issuedOn &&
  view.text[time.end] === '的' &&
  /[到至](?:\d{4}年)?$/.test(view.text.slice(time.start - 1, time.end)) &&
  view.quantities.some(({ start }) => start === time.end + 1)

/** 「A、B分别由96.5%和94%提高到98%、97%」: as many old values in a row as new ones. */
function fromToInOrder(view: SentenceView): void {
  const drafts = standing(view)
  for (let i = 2; i < drafts.length - 1; i++) {
    const target = drafts[i] as Draft
    if (!target.before || !CHANGE_TO.test(target.before.comparator.word)) continue
    const old = rowAround(view, drafts, i - 1, -1)
    const reached = rowAround(view, drafts, i, 1)
    const [first] = old
    if (!first || old.length < 2 || old.length !== reached.length) continue
    const opened = opening(view, first)
    const last = old.at(-1) as Draft
    const between = view.text.slice(last.quantity.end, target.before.start)
    if (opened === null || !/^,?(?:分别)?$/.test(between)) continue
    const period = view.times.find((time) => time.start >= opened - 1 && time.end <= first.quantity.start)
    if (period) view.compared.set(period, period)
    reached.forEach((draft, index) => {
      const from = old[index] as Draft
      draft.baseline = {
        value: Array.isArray(from.quantity.value) ? null : from.quantity.value,
        unit: from.quantity.unit || draft.quantity.unit,
        period: period ? bare(view.text.slice(period.start, period.end)) : null,
      }
      draft.reasons.baseline = { range: { start: opened, end: last.quantity.end }, rule: 'baseline/from-to-in-order' }
      drop(from, 'baseline/old-value', 'baseline')
    })
    target.left = { start: first.left.start, end: opened }
    target.fragment = first.fragment
    target.qualified = false
  }
}

/** The numbers in a row from the given one on, in one direction, with nothing but joints between; in the order of the text. */
function rowAround(view: SentenceView, drafts: readonly Draft[], from: number, step: 1 | -1): Draft[] {
  const row = [drafts[from] as Draft]
  for (let i = from + step; i >= 0 && i < drafts.length; i += step) {
    const next = drafts[i] as Draft
    const [a, b] = step > 0 ? [row.at(-1) as Draft, next] : [next, row[0] as Draft]
    if (!/^[、,和及与]$/.test(view.text.slice(a.after ? a.after.end : a.quantity.end, b.quantity.start))) break
    if (step > 0) row.push(next)
    else row.unshift(next)
  }
  return row
}

const ADDED = /新增|新建|新发展|新培育|增加/
const wordsBefore = (view: SentenceView, { left, quantity }: Draft): string =>
  view.text.slice(left.start, quantity.start)

function fromTo(view: SentenceView): void {
  fromToInOrder(view)
  const drafts = standing(view)
  for (let i = 1; i < drafts.length; i++) {
    const old = drafts[i - 1] as Draft
    const target = drafts[i] as Draft
    // What has been reached from an old value is no old value itself: the next item of a list starts anew.
    if (
      target.fragment - old.fragment > 1 ||
      old.baseline ||
      (old.before && /[到至]$/.test(old.before.comparator.word))
    )
      continue
    if (
      old.quantity.kind === 'multiple' ||
      (old.quantity.kind !== target.quantity.kind && old.quantity.kind !== 'bare' && target.quantity.kind !== 'bare')
    )
      continue
    if (comparedAmount(view, old, target)) continue
    // 新增覆盖6万户,累计达到18万户: what is added, and what it comes to.
    if (/累计/.test(view.text.slice(old.quantity.end, target.quantity.start)) && ADDED.test(wordsBefore(view, old)))
      continue
    const to = target.before?.start ?? target.quantity.start
    const gap = to - (old.after ? old.after.end : old.quantity.end)
    // 普及率:93%→95%
    const arrow = /^(?:→|->|—>|=>)$/.test(view.text.slice(old.quantity.end, to))
    if (!arrow && (!target.before || !CHANGE_TO.test(target.before.comparator.word))) continue
    const opened = opening(view, old) ?? (gap >= 0 && gap <= 2 ? old.quantity.start : null)
    if (opened === null) continue
    const period = view.times.find((time) => time.start >= opened - 1 && time.end <= old.quantity.start)
    if (period) view.compared.set(period, period)
    target.baseline = {
      value: Array.isArray(old.quantity.value) ? null : old.quantity.value,
      unit: old.quantity.unit || target.quantity.unit,
      period: period
        ? bare(view.text.slice(period.start, period.end))
        : (/目前|当前/.exec(view.text.slice(opened, old.quantity.start))?.[0] ?? null),
    }
    target.reasons.baseline = { range: { start: opened, end: old.quantity.end }, rule: 'baseline/from-to' }
    target.left = { start: old.left.start, end: opened }
    target.fragment = old.fragment
    drop(old, 'baseline/old-value', 'baseline')
  }
}

/** 「比2010年的1.1吨标准煤下降16%」: the amount behind the compared time is the old value; the subject stands before the comparison. */
function comparedAmount(view: SentenceView, old: Draft, target: Draft): boolean {
  const time = view.times.find(({ end }) => end === old.quantity.start - 1 && view.text[end] === '的')
  const between = view.text.slice(old.quantity.end, target.before ? target.before.start : target.quantity.start)
  if (!time || !isCompared(view, time) || target.fragment !== old.fragment || !CHANGES.test(between)) return false
  const range = comparison(view, time)
  view.compared.set(time, range)
  target.baseline = {
    value: Array.isArray(old.quantity.value) ? null : old.quantity.value,
    unit: old.quantity.unit,
    period: bare(view.text.slice(time.start, time.end)),
  }
  target.reasons.baseline = { range: { start: range.start, end: old.quantity.end }, rule: 'baseline/compared-amount' }
  // Only the verb of change stays of its words; the subject is shared later.
  target.left = { start: old.quantity.end, end: target.left.end }
  drop(old, 'baseline/old-value', 'baseline')
  return true
}

/** Where 从 or 由 opens the old value; null where none does. */
function opening(view: SentenceView, old: Draft): number | null {
  const start = old.quantity.start
  const time = view.times.find((candidate) => candidate.end <= start && start - candidate.end <= 8)
  const before = view.text.slice(old.left.start, time ? time.start : start)
  if (time && /^[从由自]/.test(view.text.slice(time.start, time.end))) return time.start
  const found = FROM.exec(before) ?? /[从由][^,;。从由]{0,16}$/.exec(view.text.slice(old.left.start, start))
  return found ? old.left.start + found.index : null
}

function isCompared(view: SentenceView, time: FoundTime): boolean {
  const before = view.text.slice(Math.max(view.sentence.start, time.start - 3), time.start)
  const behind = view.text.slice(time.end, time.end + 34)
  const word = view.text.slice(time.start, time.end)
  if (COMPARED.test(behind) && !/^[,;。]/.test(behind)) return true
  // 恢复到2019年的95%, 不低于去年的23亿元: what the number is measured by.
  if (
    view.text[time.end] === '的' &&
    /(?:[到至]|低于|少于|超过|高于)(?:\d{4}年|去年|上年)$/.test(view.text.slice(time.start - 3, time.end)) &&
    view.quantities.some(({ start }) => start === time.end + 1)
  )
    return true
  if (!COMPARING.test(before) || /[占之配]比$/.test(before)) return false
  if (/[在以按同与]$/.test(before)) return false
  // 不超过当年统筹基金的25%: a share of what is of that year.
  if (/(?:[高低]于|超过)$/.test(before) && /^[\u4e00-\u9fff]{2,24}的\d[\d.]{0,6}%/.test(behind)) return false
  return !/^(?:到|至)/.test(word)
}

/** The comparison belongs to the numbers of its own fragment and of the next one that repeats no other. */
function attach(view: SentenceView, time: FoundTime): void {
  const range = comparison(view, time)
  view.compared.set(time, range)
  for (const draft of standing(view)) {
    if (draft.quantity.start < time.end || draft.baseline) continue
    const fragment = view.fragments[draft.fragment]
    if (!fragment) continue
    const inSame = time.start >= fragment.start
    // A part behind 、 with words of its own has no comparison; numbers in a row get it from the first.
    if (inSame && draft.left.start > time.end) continue
    const previous = view.fragments[draft.fragment - 1]
    if (!inSame && !(previous && time.start >= previous.start && time.end >= previous.end - 4)) continue
    // 用量较2025年减少5%,配套率达到98%: a part with a subject of its own that says what is reached compares nothing.
    if (!inSame && /[到至]|^达$/.test(draft.before?.comparator.word ?? '') && subjectOf(view, draft).length >= 3)
      continue
    draft.baseline = { value: null, unit: null, period: bare(view.text.slice(time.start, time.end)) }
    draft.reasons.baseline = { range, rule: 'baseline/compared' }
  }
}

const subjectOf = (view: SentenceView, { left, before, fragment }: Draft): string =>
  view.text.slice(Math.max(left.start, view.fragments[fragment]?.start ?? left.start), before?.start ?? left.end)

/** 较年初提高1个百分点, 比上年同期增长: compared with a time that has no date of its own. */
function undated(view: SentenceView, draft: Draft): void {
  const words = view.text.slice(Math.max(draft.left.start, draft.left.end - 12), draft.left.end)
  const found = /[比较]((?:上年|去年)同期|年初|期初|基期)/.exec(words)
  if (!found) return
  const start = draft.left.end - words.length + found.index
  draft.baseline = { value: null, unit: null, period: found[1] as string }
  draft.reasons.baseline = { range: { start, end: start + found[0].length }, rule: 'baseline/undated' }
}

/** The words of the comparison around its time: 比…, 与…相比, 在…基础上. */
function comparison(view: SentenceView, time: FoundTime): { start: number; end: number } {
  const before = COMPARING.exec(view.text.slice(Math.max(view.sentence.start, time.start - 3), time.start))
  const behind = COMPARED.exec(view.text.slice(time.end, time.end + 14))
  return { start: time.start - (before ? before[0].length : 0), end: time.end + (behind ? behind[0].length : 0) }
}

/** The period without its preposition. */
const bare = (words: string): string => words.replace(/^[从由自在于到至较比]/u, '')
