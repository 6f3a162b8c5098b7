import { GROWTH_WORDS, REDUCTION_WORDS, VERBS_OF_CHANGE } from '../../lexicon/changes.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import type { Draft, Refiner, SentenceView } from '../draft.ts'
import { doubt, standing } from '../draft.ts'
import { isLevel, placesOf, shareHead, shareTail, splitNames, tailOf } from '../list-names.ts'
import { leadingVerb } from '../verb-words.ts'
import { stripClosing, stripOpening, withoutTimes } from '../words.ts'
import { fillFromBehind } from './fill.ts'
import { renamed, verbAndThing } from './frame.ts'
import { fullNames, namedForSeveral, shareNoun } from './names-of-list.ts'
import { areSideBySide } from './situation.ts'
import { UNIT_OF_LIST } from './sources.ts'

const CHANGED = new RegExp(`(?:年均|同比)?(?:${anyOf(VERBS_OF_CHANGE)})$`)
const CHANGES = new Set<string>([...GROWTH_WORDS, ...REDUCTION_WORDS])

/** 「A、B覆盖率分别达到90%、98%」: deals the names of a list out to as many numbers in their order, and what the first number's words say to all. */
export const dealInOrder: Refiner = {
  name: 'deal-in-order',
  reads: ['after', 'baseline', 'before', 'dealtFrom', 'fragment', 'frame', 'left', 'measure', 'quantity', 'unit'],
  writes: ['after', 'baseline', 'before', 'dealtFrom', 'frame', 'left', 'measure', 'unit'],
  run: (view) => {
    fillFromBehind(view, UNIT_OF_LIST)
    const drafts = standing(view)
    /** Of the list before, in the order of its numbers. */
    let places: readonly string[] = []
    for (let i = 0; i < drafts.length; i++) {
      const first = drafts[i] as Draft
      const said = view.text.slice(first.left.start, first.quantity.start).lastIndexOf('分别')
      const group = groupOf(view, drafts, i)
      if (group.length < 2) continue
      if (said < 0) dealUnsaid(view, group)
      else places = deal(view, group, said, drafts.slice(Math.max(0, i - group.length), i), places)
      i += group.length - 1
    }
  },
}

/**
 * Deals out what 分别 says. Returns the places that the list was of, for a list behind it that is of the same.
 * @param said where 分别 stands in the words of the first number
 * @param earlier as many numbers before the group as it has, or fewer
 * @param places of the list before
 */
function deal(
  view: SentenceView,
  group: readonly Draft[],
  said: number,
  earlier: readonly Draft[],
  places: readonly string[],
): readonly string[] {
  const [first] = group as [Draft]
  // 「由96%和94%分别提高到98%和97%」: the names end where the old values begin.
  const at = Math.min(said, first.left.end - first.left.start)
  const range = { start: first.left.start, end: first.left.start + at }
  const stated = splitNames(nameIn(view, range))
  // 「…A达到x，B达到y，年均分别增长12%和15%」: the names are those of the numbers before, and whole.
  const names = stated.length === 0 && earlier.length === group.length ? namesOf(view, earlier) : null
  const full = names ?? namesFor(view, group, stated, places)
  const behind = { start: Math.min(range.end + 2, first.left.end), end: first.left.end }
  const shared = withoutTimes(view, behind)
  const mark = group.at(-1)?.after ?? null
  group.forEach((draft, index) => {
    draft.before ??= first.before
    draft.measure = first.measure
    draft.baseline ??= first.baseline
    draft.left = first.left
    draft.after ??= mark
    if (!full) return doubt(draft, 'indicator', 'names-missing')
    draft.frame = renamed(draft.frame, {
      from: 'list',
      rule: 'dealt',
      slots: withShared(full[index] as string, shared),
      range,
    })
    draft.dealtFrom = first.left.start
  })
  return placesOf(stated)?.places ?? (stated.length === 1 ? places : [])
}

/** The names of a group in full; null where there are not as many as numbers. */
function namesFor(
  view: SentenceView,
  group: readonly Draft[],
  stated: readonly string[],
  places: readonly string[],
): readonly string[] | null {
  const [name] = stated
  if (stated.length === group.length)
    return fullNames(
      stated,
      group.map(({ frame }) => frame.unit.words),
    )
  if (name === undefined || stated.length !== 1) return null
  if (inYears(view, group[0] as Draft)) return group.map(() => name)
  return places.length === group.length ? places.map((place) => place + name) : namedForSeveral(name, group.length)
}

/** The words of a range that name what is measured, without the number of the item. */
const nameIn = (view: SentenceView, range: Draft['left']): string =>
  stripClosing(stripOpening(withoutTimes(view, range).replace(/^\s*(?:\d{1,3}[.、)]|\(\d{1,3}\))/, '')))

const namesOf = (view: SentenceView, drafts: readonly Draft[]): string[] => drafts.map((draft) => ownName(view, draft))

const ownName = (view: SentenceView, draft: Draft): string =>
  draft.dealtFrom !== null ? draft.frame.name : withoutChange(nameIn(view, draft.left))

const withoutChange = (name: string): string => name.replace(CHANGED, '')

/** 「省级、市级平台30个、100个」, 「A、B超过55%和40%」: as many names as numbers of one unit, without 分别. */
function dealUnsaid(view: SentenceView, group: readonly Draft[]): void {
  const [first] = group as [Draft]
  if (group.some(({ frame, fragment }) => frame.unit.words !== first.frame.unit.words || fragment !== first.fragment))
    return
  const words = stripClosing(withoutChange(ownName(view, first)))
  const verb = leadingVerb(words)
  const names = splitNames(words.slice(verb.length))
  if (names.length !== group.length) return
  const measured = names.slice(0, -1).every(isLevel) || tailOf(names.at(-1) as string) !== ''
  const full = measured ? shareHead(shareTail(names)) : shareNoun(names)
  full?.forEach((thing, index) => {
    const draft = group[index] as Draft
    draft.frame = renamed(draft.frame, { from: 'list', rule: 'in-order', slots: { verb, thing }, range: first.left })
    draft.before ??= first.before
    draft.measure = first.measure
    draft.baseline ??= first.baseline
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

/** The verb between 分别 and the number (建成, 增长) goes to every name; before it where it is a verb of delivery. */
function withShared(name: string, shared: string): { verb?: string; thing: string; measure?: string } {
  const words = stripClosing(shared)
  if (/^(?:建成|新建|建设|完成|培育|引进|新增|发展|建|实施|开展|培训)/.test(words)) return { verb: words, thing: name }
  return { ...verbAndThing(name), measure: CHANGES.has(words) ? '' : words }
}

/** The first number and those that follow it with nothing but joints between. */
function groupOf(view: SentenceView, drafts: readonly Draft[], from: number): Draft[] {
  const group = [drafts[from] as Draft]
  for (let i = from + 1; i < drafts.length; i++) {
    const next = drafts[i] as Draft
    if (!areSideBySide(view, group.at(-1) as Draft, next)) break
    group.push(next)
  }
  return group
}
