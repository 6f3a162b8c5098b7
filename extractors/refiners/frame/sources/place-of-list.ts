import { PLACES_ALONE } from '../../../lexicon/elided.ts'
import { isKindOfPlace, isPlaceName } from '../../../lexicon/places.ts'
import type { Draft, SentenceView } from '../../draft.ts'
import { standing } from '../../draft.ts'
import { leadingVerb } from '../../verb-words.ts'
import { stripOpening, withoutTimes } from '../../words.ts'
import { allWords, type Slot } from '../frame.ts'
import { type Found, hasWordsBehind, type Source } from '../situation.ts'

/** A place that may have a share; a kind of places (示范镇, 产业园区) is counted itself. */
const hasShare = (words: string): boolean => isPlaceName(words) && !isKindOfPlace(words)
/** 分别是**未改造户**:青石镇60户: what the places of the list have. */
const TOLD_APART = /(?:分别[是为]|其中|包括)([\u4e00-\u9fff]{2,12})$/
/** **管网改造任务**分配如下:城东街道12公里. */
const SHARED_OUT = /^([\u4e00-\u9fff]{4,16}?)(?:的?(?:分配|分解|安排|划分)(?:情况)?)?(?:如下|为)?$/
/** Sentences before that are looked through for what is shared out. */
const FARTHEST = 3
const RULE = 'place-of-list'

/** 「新建公路300公里，其中：**柏县**100公里」, 「搬迁860户，分别是：/ **青石镇**：300户」: what was told in the same unit is shared out among places. */
export const placeOfList: Source = (frame, situation) => {
  const { view, draft, previous } = situation
  if (draft.before !== null || hasWordsBehind(draft) || !SHARED.has(draft.frame.unit.kind)) return null
  const place = frame.name || opening(view, draft, previous)
  if (place === '' || (frame.name !== '' && !hasShare(place))) return null
  if (leadingVerb(place) !== '' || PLACES_ALONE.has(place)) return null
  const label = frame.name === '' ? '' : labelOf(view, draft)
  if (label !== '') return { from: 'list', rule: RULE, slots: ofPlace(place, { thing: label }) }
  const whole = lastOfUnit(view, draft, previous)
  return whole === null
    ? null
    : { from: 'list', rule: RULE, slots: ofPlace(place, sharedWords(whole)), doubt: 'name-shared' }
}

const SHARED: ReadonlySet<Draft['quantity']['kind']> = new Set(['counter', 'amount', 'money'])

/** 青石镇:300户1200人: the place that opens the item; behind the first of its numbers it is that of the one before. */
function opening({ fragments, opener, text }: SentenceView, draft: Draft, previous: Draft | null): string {
  const before = fragments[draft.fragment - 1]
  if (before?.mark !== ':') return ''
  if (previous?.fragment === draft.fragment)
    return isShared(previous) ? (previous.frame.slots.owner as { words: string }).words : ''
  const name = text.slice(before.start, before.end).trim()
  return hasShare(name) || (opener !== null && /^[\u4e00-\u9fff]{2,6}$/.test(name)) ? name : ''
}

/** What the words before the colon of a list say of all its places; empty where they say nothing. */
function labelOf(view: SentenceView, draft: Draft): string {
  const before = view.fragments[draft.fragment - 1]
  if (before?.mark !== ':') return ''
  const words = stripOpening(withoutTimes(view, before))
  return TOLD_APART.exec(words)?.[1] ?? (/如下$|分[配解]/.test(words) ? (SHARED_OUT.exec(words)?.[1] ?? '') : '')
}

/** The number told last in the same unit that is of no place alone: in the sentence, in one before it, or where the list is opened. */
function lastOfUnit(view: SentenceView, draft: Draft, previous: Draft | null): Draft | null {
  const inUnit = (other: Draft) =>
    other !== draft &&
    other.frame.unit.words === draft.frame.unit.words &&
    other.frame.name !== '' &&
    (isShared(other) || !hasShare(other.frame.name))
  const own = previous
    ? standing(view)
        .filter(({ quantity }) => quantity.end <= draft.quantity.start)
        .findLast(inUnit)
    : null
  if (own) return own
  let earlier = view.earlier ?? view.opener
  for (let step = 0; earlier && step < FARTHEST; step++) {
    const found = standing(earlier).findLast(inUnit)
    if (found) return found
    earlier = earlier.earlier ?? (earlier === view.opener ? null : earlier.opener)
  }
  return null
}

const isShared = ({ frame }: Draft): boolean => frame.slots.owner?.rule === RULE

/** What is shared out, without the place that an earlier item put before it. */
const sharedWords = (whole: Draft): Partial<Record<Slot, string>> =>
  isShared(whole) ? { ...allWords(whole.frame), owner: '' } : allWords(whole.frame)

const ofPlace = (place: string, words: Partial<Record<Slot, string>>): Found['slots'] => ({
  place: '',
  verb: '',
  thing: '',
  noun: '',
  measure: '',
  tail: '',
  ...words,
  owner: place + (words.owner ?? ''),
})
