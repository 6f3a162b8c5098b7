import { GROWTH_WORDS, REDUCTION_WORDS } from '../lexicon/changes.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { doubt, drop, standing } from './draft.ts'
import { isLevel, placesOf, shareHead, shareTail, splitNames, tailOf } from './list-names.ts'
import { leadingVerb, stripClosing, stripOpening, withoutTimes } from './words.ts'

const CHANGES = new Set<string>([...GROWTH_WORDS, ...REDUCTION_WORDS])

/** 「A、B覆盖率分别达到90%、98%」: gives each number its name, and what the first number's words say of all. */
export const respectively: Refiner = {
  name: 'respectively',
  reads: ['after', 'baseline', 'before', 'dealtFrom', 'fragment', 'indicator', 'left', 'measure', 'quantity'],
  writes: ['after', 'baseline', 'before', 'dealtFrom', 'indicator', 'left', 'measure', 'quantity', 'verb'],
  run: (view) => {
    const drafts = standing(view)
    /** Of the list before, in the order of its numbers. */
    let places: readonly string[] = []
    for (let i = 0; i < drafts.length; i++) {
      const first = drafts[i] as Draft
      const words = view.text.slice(first.left.start, first.quantity.start)
      const said = words.lastIndexOf('分别')
      const group = groupOf(view, drafts, i)
      if (group.length < 2) continue
      lendUnit(group)
      if (said < 0) {
        inOrder(view, group)
        i += group.length - 1
        continue
      }
      // 「由96%和94%分别提高到98%和97%」: the names end where the old values begin.
      const at = Math.min(said, first.left.end - first.left.start)
      const stated = splitNames(nameIn(view, { start: first.left.start, end: first.left.start + at }))
      // 「…A达到x，B达到y，年均分别增长12%和15%」: the names are those of the numbers before, and whole.
      const earlier =
        stated.length === 0 && i >= group.length
          ? drafts.slice(i - group.length, i).map((draft) => ownName(view, draft))
          : null
      const names = earlier ?? stated
      const shared = withoutTimes(view, {
        start: Math.min(first.left.start + at + 2, first.left.end),
        end: first.left.end,
      })
      const full =
        (earlier ?? names.length === group.length)
          ? (earlier ?? shareOpeningVerb(shareHead(withTail(names, group))))
          : names.length === 1
            ? inYears(view, first)
              ? Array.from(group, () => names[0] as string)
              : places.length === group.length
                ? places.map((place) => place + (names[0] as string))
                : namedForSeveral(names[0] as string, group.length)
            : null
      places = placesOf(stated)?.places ?? (names.length === 1 ? places : [])
      group.forEach((draft, index) => {
        draft.before ??= first.before
        draft.measure = first.measure
        draft.baseline ??= first.baseline
        draft.left = first.left
        if (full) {
          draft.indicator = joinChange(full[index] as string, shared)
          draft.dealtFrom = first.left.start
          draft.reasons.indicator = {
            range: { start: first.left.start, end: first.left.start + at },
            rule: 'respectively',
          }
        } else {
          doubt(draft, 'indicator', 'names-missing')
        }
      })
      const mark = group.at(-1)?.after ?? null
      for (const draft of group) draft.after ??= mark
      i += group.length - 1
    }
  },
}

/** 接待游客、旅游收入分别突破3000万人次、200亿元: what is counted by heads has no 收入 in common with the next. */
const withTail = (names: readonly string[], group: readonly Draft[]): string[] =>
  shareTail(names).map((name, i) => {
    const own = names[i] as string
    return BY_HEADS.test(group[i]?.quantity.unit ?? '') && MONEY.test(name) && !MONEY.test(own) ? own : name
  })
const BY_HEADS = /(?:人次?|[户家个])$/
const MONEY = /(?:收入|支出|产值|消费|花费|投资|总额|营收|税收)$/

/** 「存栏鸡、鸭分别达到」: the verb that opens a list of things belongs to all of them; measures have none. */
function shareOpeningVerb(names: string[]): string[] {
  const [first = '', ...others] = names
  const verb = leadingVerb(first)
  if (verb === '' || verb === first || names.some((name) => tailOf(name) !== '')) return names
  return [first, ...others.map((name) => (leadingVerb(name) === '' ? verb + name : name))]
}

/** The words of a range that name what is measured, without the number of the item. */
const nameIn = (view: SentenceView, range: Draft['left']): string =>
  stripClosing(stripOpening(withoutTimes(view, range).replace(/^\s*(?:\d{1,3}[.、)]|\(\d{1,3}\))/, '')))

const ownName = (view: SentenceView, draft: Draft): string =>
  draft.dealtFrom !== null ? draft.indicator : withoutChange(nameIn(view, draft.left))

const withoutChange = (name: string): string => name.replace(/(?:年均|同比)?(?:增长|下降|提高|降低)$/, '')

/** 「5个和2个百分点」, 「20和30公里」: the unit that the last number has belongs to all. */
function lendUnit(group: readonly Draft[]): void {
  const unit = group.at(-1)?.quantity
  if (!unit) return
  for (const draft of group) {
    const { quantity } = draft
    const lacks =
      quantity.kind === 'bare' ||
      (quantity.unit !== unit.unit && unit.unit.startsWith(quantity.unit) && unit.kind !== 'counter')
    if (lacks && unit.kind !== 'bare') draft.quantity = { ...quantity, unit: unit.unit, kind: unit.kind }
    // 1.2万亿、8000亿元: the magnitude is its own, the unit that of the last.
    else if (quantity.kind === 'magnitude' && unit.kind === 'money')
      draft.quantity = {
        ...quantity,
        unit: quantity.unit + unit.unit.replace(/^[十百千万亿]+/, ''),
        kind: unit.kind,
      }
  }
}

/** 「省级、市级平台30个、100个」, 「A、B超过55%和40%」: as many names as numbers of one unit, without 分别. */
function inOrder(view: SentenceView, group: readonly Draft[]): void {
  const [first, second] = group
  if (
    !first ||
    !second ||
    group.some(({ quantity, fragment }) => quantity.unit !== first.quantity.unit || fragment !== first.fragment)
  )
    return
  const words = stripClosing(withoutChange(ownName(view, first)))
  const verb = leadingVerb(words)
  const names = splitNames(words.slice(verb.length))
  if (names.length !== group.length || (!names.slice(0, -1).every(isLevel) && tailOf(names.at(-1) as string) === ''))
    return
  shareHead(shareTail(names)).forEach((name, index) => {
    const draft = group[index] as Draft
    draft.indicator = verb + name
    draft.verb = verb
    draft.before ??= first.before
    draft.measure = first.measure
    draft.baseline ??= first.baseline
    draft.reasons.indicator = { range: first.left, rule: 'respectively/in-order' }
  })
}

/** 到2022年和2030年, 2024、2025、2026年: the numbers are those of several years, not of several names. */
const inYears = (view: SentenceView, draft: Draft): boolean =>
  view.times.some(
    (time, index) =>
      index > 0 &&
      time.end <= draft.quantity.start &&
      /^[、和及与]$/.test(view.text.slice((view.times[index - 1] as Draft['left']).end, time.start)),
  )

/** Words that stand for several: 城乡居民收入, 一二三产增加值. */
const FOR_SEVERAL: readonly (readonly [word: string, members: readonly string[]])[] = [
  ['城乡', ['城镇', '农村']],
  ['一二三产', ['一产', '二产', '三产']],
]

/** 「城乡居民收入分别增长5%和6%」: 城乡 stands for two, any other single name for itself. */
function namedForSeveral(name: string, count: number): string[] {
  const found = FOR_SEVERAL.find(([word, members]) => members.length === count && name.includes(word))
  return found ? found[1].map((member) => name.replace(found[0], member)) : Array.from({ length: count }, () => name)
}

/** The verb between 分别 and the number (建成, 增长) goes to every name; before it where it is a verb of delivery. */
const joinChange = (name: string, shared: string): string => {
  const words = stripClosing(shared)
  return /^(?:建成|新建|建设|完成|培育|引进|新增|发展|建|实施|开展|培训)/.test(words)
    ? words + name
    : name + (CHANGES.has(words) ? '' : words)
}

/** The first number and those that follow it with nothing but joints between. */
function groupOf(view: SentenceView, drafts: readonly Draft[], from: number): Draft[] {
  const group = [drafts[from] as Draft]
  for (let i = from + 1; i < drafts.length; i++) {
    const last = group.at(-1) as Draft
    const next = drafts[i] as Draft
    const between = view.text.slice(
      last.after ? last.after.end : last.quantity.end,
      next.before ? next.before.start : next.quantity.start,
    )
    if (!/^(?:[、,和及与或]|以及)?$/.test(between) || between === '') break
    group.push(next)
  }
  return group
}

/** Takes out numbers of a 分别 list that found no name. */
export const dropNameless: Refiner = {
  name: 'drop-nameless',
  reads: ['indicator'],
  writes: [],
  run: (view) => {
    for (const draft of standing(view)) if (draft.indicator === '') drop(draft, 'indicator/none')
  },
}
