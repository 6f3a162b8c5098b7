import { PLACES_ALONE, THINGS_WITH_RATES } from '../../../lexicon/elided.ts'
import { endsInPlace } from '../../../lexicon/places.ts'
import { WordTree } from '../../../parsers/word-tree.ts'
import { isMeasure, tailOf } from '../../list-names.ts'
import { firstVerb } from '../../verb-words.ts'
import type { Draft } from '../../draft.ts'
import { beforeNoun, type Frame, wordsIn } from '../frame.ts'
import { type Found, hasWordsBehind, type Source } from '../situation.ts'

/** 「村卫生室覆盖率**平原地区**达到95%，山区达到85%」: the place stands behind the indicator. */
const INDICATOR_THEN_PLACE = /^(.{3,30}?(?:[率数量]|比例|比重|占比|面积|收入|产值))(.{2,8})$/
const GROUP = /(?:小学|初中|高中|中职|高职|幼儿园|阶段|男性|女性|教师|学生)$/
const isPlaceOrGroup = (words: string): boolean => {
  const open = words.endsWith(')') ? words.slice(0, -1) : words
  return endsInPlace(open) || GROUP.test(open)
}
const PLACE_FIRST = /^(?:城镇|城市|城区|农村|乡村|县城|[东中西]部地区|山区|平原|小学|初中|高中)(?=.{3})/
/** A place or group, in characters. */
const LONGEST_PLACE = 12

const measured = (rule: string, measure: string): Found => ({ from: 'number-before', rule, slots: { measure } })

/** Gives a place, a group or a stage that stands alone what is measured of the one before it. */
export const measureOfPlace: Source = (frame, { draft, previous }) => {
  if (!previous || draft.frame.unit.kind !== previous.frame.unit.kind) return null
  if (draft.before?.comparator.word === '实现') return null
  // 高速公路里程达到79公里,**一级公路**155公里: said once for the list.
  const listed = !draft.before && !frame.slots.verb && draft.fragment - previous.fragment <= 1
  const predicate = draft.before?.comparator.verb || listed ? predicateOfKind(frame, draft, previous) : ''
  if (predicate !== '') return measured('predicate', predicate)
  if (!draft.before || frame.name.length > LONGEST_PLACE || isMeasure(frame.name)) return null
  const [, inner, place = ''] = INDICATOR_THEN_PLACE.exec(beforeNoun(previous.frame)) ?? []
  if (inner && (isPlaceOrGroup(place) || PLACES_ALONE.has(place) || isOfSameKind(frame, draft, previous, place)))
    return measured('place', inner)
  // …玉米控制在3%、**油菜**控制在4%: what the one before was given it is given, too.
  const given = previous.frame.slots.measure
  if (given?.from === 'number-before' && isOfSameKind(frame, draft, previous, wordsIn(previous.frame, 'thing')))
    return measured('place', given.words)
  const at = isPlaceOrGroup(frame.name) ? firstVerb(previous.frame.name) : 0
  if (at > 0) return measured('place', previous.frame.name.slice(at))
  const measure = PLACES_ALONE.has(frame.name) ? measureIn(previous.frame) : ''
  if (measure !== '') return measured('place', measure)
  const rate = rateOfThing(frame, draft, previous)
  return rate === '' ? null : measured('rate', rate)
}

const ENDS_IN_THING = new WordTree<true>()
for (const thing of THINGS_WITH_RATES) ENDS_IN_THING.addEnd(thing, true)

/** 「中心敬老院达标率达到100%，**村级幸福院**达到95%」: a thing is no share; it has the rate of the thing before. */
function rateOfThing({ name, slots }: Frame, draft: Draft, previous: Draft): string {
  if (draft.frame.unit.kind !== 'percent' || !draft.before?.comparator.verb || hasWordsBehind(draft)) return ''
  if (slots.verb || draft.fragment - previous.fragment > 1 || name.includes('占')) return ''
  if (ENDS_IN_THING.longestBefore(name, name.length) === null) return ''
  const rate = tailOf(previous.frame.name)
  return rate.length >= 2 && rate.endsWith('率') ? rate : ''
}

/** 「设计阶段执行率保持100%，**施工阶段**达到97%」: a subject without a measure has that of a subject of the same noun. */
function predicateOfKind(frame: Frame, draft: Draft, previous: Draft): string {
  if (frame.name.length < 3 || draft.frame.unit.words !== previous.frame.unit.words) return ''
  if (isMeasure(frame.name) || hasWordsBehind(draft)) return ''
  const at = previous.frame.name.lastIndexOf(frame.name.slice(-2))
  const rest = at < 1 ? '' : previous.frame.name.slice(at + 2)
  return rest.length >= 3 && isMeasure(rest) && !/^[的、和]/.test(rest) ? rest : ''
}

/** 「机收损失率小麦控制在2%、**玉米**控制在3%」: short names side by side, each with a comparator of its own. */
const isOfSameKind = (frame: Frame, draft: Draft, previous: Draft, name: string): boolean =>
  draft.fragment === previous.fragment &&
  draft.frame.unit.words === previous.frame.unit.words &&
  draft.before?.comparator.verb === true &&
  name.length <= 4 &&
  frame.name.length <= 4

/** 「入园率达到85%，**东部地区**达到95%」: what is measured in the place, told by the number before; empty where it measures nothing. */
function measureIn(frame: Frame): string {
  if (!isMeasure(frame.name) && !/人口$/.test(frame.name)) return ''
  return wordsIn(frame, 'measure') || frame.name.replace(PLACE_FIRST, '')
}
