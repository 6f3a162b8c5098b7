import { parseVerbs } from '../structure/tag-grammar.ts'
import { isDepartment, isUnitName, splitNames } from '../structure/unit-names.ts'
import type { Range } from '../text/reading-text.ts'
import type { UnitNames, UnitRole } from '../types.ts'
import type { Fragment, SentenceView } from './draft.ts'
import { everyMatch } from '../text/every-match.ts'

/** Units that a sentence itself makes its actors, and the words that name them. */
export interface Actors extends UnitNames {
  range: Range
}

/** What stands before an actor: the number of the item, 会议决定, 由, 请, 责成. */
const BEFORE_ACTOR =
  /^\s*(?:\(?[一二三四五六七八九十\d]{1,3}[、.)]{1,2})?(?:会议(?:议定|确定|决定|要求|明确|指出|强调|同意),?)?(?:[由请]|责成|要求|委托)?/
/** What an actor does, and in what role; a time right behind a name is a duty, too. */
const VERB = /牵头|会同|负责|必须|力争|确保|计划|[要须应于在拟]|(?=\d{1,4}[年月])/g
/** Before its target a sentence with an actor has the end of a name, and what the body does or joins it to another. */
const BODY_AND_VERB =
  /[局委厅府办部院会门位心司队社区县市镇乡道州旗)](?:[、,\d要须应于在拟]|牵头|会同|负责|必须|力争|确保|计划|配合|参与|参加|协助|落实|$)/
/** Words that name the actors of a sentence are no longer. */
const LONGEST_NAMES = 80
/** How far before its target the actor stands at most, in fragments. */
const FARTHEST = 4

/**
 * Who acts where the offset stands: in the part of the sentence that holds it, else in the nearest before it of the same clause
 * (市水务局要加强统筹,6月底前完成…; 由市住建局牵头、市财政局配合,4月底前完成…). Null where no part begins with units.
 */
export function actorsAt(view: SentenceView, at: number): Actors | null {
  const { fragments } = view
  if (!BODY_AND_VERB.test(view.text.slice(view.sentence.start, at))) return null
  const own = fragments.findLastIndex(({ start }) => start <= at)
  for (let i = own; i >= 0 && own - i <= FARTHEST; i--) {
    if (i < own && fragments[i]?.mark === ';') return null
    const found = inRoles(view, i, own) ?? leading(view, fragments[i] as Fragment)
    if (found && found.lead.length + found.responsible.length + found.support.length > 0) return found
  }
  return null
}

/** 县水务局:负责管网建设,9月底前…: the body before the first colon of a paragraph that says what it is to do. */
export function bodyOfClause({ text, clause }: SentenceView): Actors | null {
  const found = BODY_BEFORE_COLON.exec(text.slice(clause.start, Math.min(clause.end, clause.start + LONGEST_NAMES)))
  const label = found?.groups?.['label'] ?? ''
  const names = found ? namesOf(found.groups?.['names'] as string) : null
  if (!found || !names || clause.row) return null
  const start = clause.start + label.length
  return { lead: [], responsible: names, support: [], range: { start, end: clause.start + found[0].length - 1 } }
}
const BODY_BEFORE_COLON =
  /^(?<label>\s*(?:\(?[一二三四五六七八九十\d]{1,3}[、.)]{1,2}|[●◆■—·]+)?)(?<names>[^:,。;(、.)●◆■—·][^:,。;(]{2,39}(?:\([^()]{1,12}\))?):/

/** 由市住建局牵头,市财政局配合: parts that say nothing but who does what, side by side up to the part `last`. */
function inRoles(view: SentenceView, at: number, last: number): Actors | null {
  const { fragments, text } = view
  if (!saysRoles(text, fragments[at])) return null
  let first = at
  let end = at
  while (saysRoles(text, fragments[first - 1]) && fragments[first - 1]?.mark === ',') first--
  while (end + 1 <= last && fragments[end]?.mark === ',' && saysRoles(text, fragments[end + 1])) end++
  const units: Actors = {
    lead: [],
    responsible: [],
    support: [],
    range: namesRange(text, fragments[first] as Fragment),
  }
  for (const fragment of fragments.slice(first, end + 1))
    for (const { name, role } of rolesOf(text, fragment) ?? []) if (!units[role].includes(name)) units[role].push(name)
  units.range.end = (fragments[end] as Fragment).end
  return units
}

const saysRoles = (text: string, fragment: Fragment | undefined): boolean =>
  fragment !== undefined && fragment.end - fragment.start <= LONGEST_NAMES && rolesOf(text, fragment) !== null

function rolesOf(text: string, fragment: Fragment): { name: string; role: UnitRole }[] | null {
  const { start, end } = namesRange(text, fragment)
  const words = text.slice(start, end)
  return /(?:牵头|负责|配合|参与|参加|协助|落实)$/.test(words) ? (parseVerbs(words)?.names ?? null) : null
}

function namesRange(text: string, { start, end }: Range): Range {
  const before = BEFORE_ACTOR.exec(text.slice(start, Math.min(end, start + 20)))?.[0].length ?? 0
  return { start: start + before, end }
}

/** 市财政局、市水务局要于4月底前…, 市住建局牵头制定…: the units that a part begins with. */
function leading(view: SentenceView, fragment: Fragment): Actors | null {
  const { start, end } = namesRange(view.text, fragment)
  const words = view.text.slice(start, Math.min(end, start + LONGEST_NAMES))
  for (const verb of everyMatch(VERB, words)) {
    const names = namesOf(words.slice(0, verb.index))
    // 各县(区)在运营的…: places as such only own something, unless they are told to do it.
    if (!names || (!names.some(isDepartment) && !/^[要须应于必]/.test(verb[0]))) continue
    const range = { start, end: start + verb.index }
    if (verb[0] === '牵头') return { lead: names, responsible: [], support: [], range }
    const joint = verb[0] === '会同' ? jointWith(words.slice(verb.index + 2)) : []
    return { lead: [], responsible: [...names, ...joint], support: [], range }
  }
  return null
}

/** 会同市财政局、市教育局6月底前…: the units behind 会同. */
function jointWith(words: string): string[] {
  for (const verb of everyMatch(VERB, words)) {
    const names = namesOf(words.slice(0, verb.index))
    if (names) return names
  }
  return []
}

/** 指导督促各县…: what is done to bodies. */
const DOES = /^(?:指导|督促|协调|组织|支持|推动|推进|鼓励|引导|加强|建立|按照|根据|联系|对接|争取|落实|完善|督导|检查)/

function namesOf(words: string): string[] | null {
  if (words.length < 3) return null
  const names = splitNames(words.replace(/(?:等(?:部门|单位)?)?(?:分别|共同)?$/, '')).map(({ name }) => name)
  return names.length > 0 &&
    names.every((name) => isUnitName(name) && !DOES.test(name)) &&
    names.some((name) => isDepartment(name) || name.startsWith('各'))
    ? names
    : null
}

/** What the bodies do in a stage: 结合实际制定方案, 组织检查, 对…进行总结. */
const ACTS = /结合|组织|根据|按照|制定|召开|开展|全面|分别|汇总|认真|成立|集中|负责|[对要须应于]/g

/** The units that the words behind the head of a stage begin with; null where they name none. */
export function openingActors(text: string, from: number, to: number): UnitNames | null {
  const words = text.slice(from, to)
  const before = /^[\s,:;。]*由?/.exec(words)?.[0].length ?? 0
  for (const verb of everyMatch(ACTS, words)) {
    const names = verb.index > before ? namesOf(words.slice(before, verb.index)) : null
    if (names) return { lead: [], responsible: names, support: [] }
  }
  return null
}
