import {
  BARE_LABELS,
  CONTENT_LABELS,
  DUTY_ACTS,
  DUTY_MANNERS,
  ORGANISING,
  LABEL_BODIES,
  LABEL_STEMS,
  LIMIT_LABELS,
  PEOPLE_LABELS,
  type TagPart,
} from '../lexicon/duty-words.ts'
import { WordTree } from '../parsers/word-tree.ts'
import type { UnitRole } from '../types.ts'
import { isLevelBody, isUnitName, splitNames } from './unit-names.ts'
import { everyMatch } from '../text/every-match.ts'

/** A name that a tag gives, in the role the tag gives it. */
export interface TagName {
  name: string
  role: UnitRole
  /** Whether the tag itself says the role, so that a document's convention does not change it. */
  stated: boolean
  /** Whether a comma or semicolon stands before it in its list. */
  afterComma: boolean
  /** Whether a mark like ★ stands beside it. */
  marked: boolean
}

/** What the words of a tag say. `deadline` is a range of offsets into the words. */
export interface ParsedTag {
  names: TagName[]
  deadline: { start: number; end: number } | null
}

const longestFirst = (words: Iterable<string>): string[] => [...new Set(words)].sort((a, b) => b.length - a.length)
const anyOf = (words: Iterable<string>): string =>
  longestFirst(words)
    .map((word) => word.replace(/[()]/g, '\\$&'))
    .join('|')

/** Who a label is of, or what it is for: 市级责任单位, 考评牵头单位. */
const LEVEL =
  '(?:考评|考核|测评|评价|整治|工作|任务|项目|主体|行业)?(?:(?:省|市|县|区|州|乡|镇)(?:级|直|属)?|主要|第一|具体|直接|共同|本级|主)?'
const STEM = `(?:${anyOf(LABEL_STEMS.keys())})`
/** Several words side by side say together what the label is of: 牵头责任, 组织实施. */
const STEMS = `${STEM}{1,3}`
const BODIES = anyOf(LABEL_BODIES)
const OTHER_LABELS = anyOf([...LIMIT_LABELS, ...CONTENT_LABELS, ...PEOPLE_LABELS])
const AND_PEOPLE = '(?:[、和及与/]?(?:责任人|负责人|主要负责人|责任领导))?'

/** A label stands before a colon or in brackets of its own. */
const OPENS = '(?:[【\\[]|(?<![\\u4e00-\\u9fff])〔)?'
const CLOSES = '[】\\]〕]:?|:|—{1,2}(?=[\\u4e00-\\u9fff])'
/** `牵头单位:` anywhere, `【责任单位】`, and `牵头:` at the beginning or behind a separator. */
const LABEL = new RegExp(
  `(?<strong>${OPENS}${LEVEL}(?<stem>${STEMS})(?:[、和及/(]${STEMS}\\)?)?(?:${BODIES})(?:\\([^()]{0,10}\\))?${AND_PEOPLE}(?:${CLOSES}|[为是](?=[省市县区州旗盟各国]|[\\u4e00-\\u9fff]{2,12}[局委厅办])))` +
    `|(?<=^|[;,。、(〔\\n\\t局委厅办府院会])(?<weak>【?(?<bare>${anyOf(BARE_LABELS)})(?:】:?|:))` +
    `|(?<other>${OPENS}(?<what>${OTHER_LABELS})(?:${CLOSES}))`,
  'g',
)

/** The longest time before the labels of a tag, in characters, with what is to be done by then. */
const LONGEST_TIME = 40

/** What every label ends with: the last character of one of its words, and what closes it. */
const ENDS_OF_LABELS = new Set(
  [
    ...LABEL_BODIES,
    ...BARE_LABELS,
    ...LIMIT_LABELS,
    ...CONTENT_LABELS,
    ...PEOPLE_LABELS,
    '责任人',
    '责任领导',
    ')',
    '】',
  ].map((words) => words.at(-1) as string),
)
const CLOSES_LABEL = new RegExp(`[${[...ENDS_OF_LABELS].join('')}][:】\\]〕为是—]`)

/** A label and what it holds. */
export interface LabelAt {
  start: number
  end: number
  part: TagPart
}

/** Labels of a piece of text, in order. */
export function findLabels(words: string): LabelAt[] {
  if (!CLOSES_LABEL.test(words)) return []
  const labels: LabelAt[] = []
  for (const match of everyMatch(LABEL, words)) {
    const groups = match.groups as Record<string, string | undefined>
    const stem = groups['stem'] ?? groups['bare']
    const part = stem ? partOfStems(stem) : LIMIT_LABELS.includes(groups['what'] as string) ? 'deadline' : 'other'
    labels.push({ start: match.index, end: match.index + match[0].length, part })
  }
  return labels
}

const STEM_AT = new RegExp(STEM, 'g')
const PARTS: readonly TagPart[] = ['responsible', 'other', 'support', 'lead']
/** Of the words of a label the one that leads decides, then the one that supports: 牵头责任, 责任配合. */
function partOfStems(stems: string): TagPart {
  const alone = LABEL_STEMS.get(stems)
  if (alone) return alone
  let part: TagPart = 'responsible'
  for (const [word] of everyMatch(STEM_AT, stems)) {
    const own = LABEL_STEMS.get(word) ?? 'responsible'
    if (PARTS.indexOf(own) > PARTS.indexOf(part)) part = own
  }
  return part
}

/** 牵头单位 市A 配合单位 市B: a label that only a blank, which is gone, parts from its names. */
const LABEL_ALONE = new RegExp(
  `(?<=^|[;,。、局委厅办府院会]|中心|公司)${LEVEL}(?<stem>${STEMS})(?:单位|部门|主体)(?=[\u4e00-\u9fff]{2})`,
  'g',
)

/** The same words with no colon behind their labels; null where they do not begin with a label or name anything but bodies. */
export function parseUnmarked(words: string): ParsedTag | null {
  const labels: LabelAt[] = everyMatch(LABEL_ALONE, words).map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    part: partOfStems(match.groups?.['stem'] as string),
  }))
  if (labels[0]?.start !== 0) return null
  const parsed = withLabels(words, labels, null)
  return parsed && parsed.names.every(({ name }) => isUnitName(name)) ? parsed : null
}

/** `牵头单位:市A;责任单位:市B、市C`. Null where the words do not begin with a label or name no unit. */
export function parseLabelled(words: string): ParsedTag | null {
  const labels = findLabels(words)
  const first = labels[0]
  const before = first && first.start > 2 ? timeBefore(words, first.start) : null
  if (
    !first ||
    (first.start > 2 && !before) ||
    labels.every((label) => label.part === 'other' || label.part === 'deadline')
  )
    return null
  return withLabels(words, labels, before)
}

function withLabels(words: string, labels: readonly LabelAt[], before: ParsedTag['deadline']): ParsedTag | null {
  const parsed: ParsedTag = { names: [], deadline: before }
  labels.forEach((label, i) => {
    const end = labels[i + 1]?.start ?? words.length
    if (label.part === 'other') return
    if (label.part === 'deadline') {
      parsed.deadline ??= { start: label.end, end: trimmedEnd(words, label.end, end) }
      return
    }
    const sentence = firstSentence(words.slice(label.end, end))
    const list = withoutLimit(sentence)
    parsed.names.push(...namesOf(list.names, label.part))
    if (list.limit) parsed.deadline ??= { start: label.end + list.limit.start, end: label.end + list.limit.end }
    // 责任单位:市水务局。2027年6月: the limit behind the names, as a sentence of its own.
    const behind = label.end + sentence.length + 1
    const rest = trimmedEnd(words, behind, end)
    if (rest > behind && rest - behind <= LONGEST_LIMIT && TIME_ONLY.test(words.slice(behind, rest)))
      parsed.deadline ??= { start: behind, end: rest }
  })
  return parsed.names.length > 0 ? parsed : null
}

/** The names of a list, and the limit that stands behind them: `责任单位:市A、市B,9月底前完成`. */
function withoutLimit(list: string): { names: string; limit: ParsedTag['deadline'] } {
  let at = 0
  for (const segment of segments(list)) {
    const start = list.indexOf(segment, at)
    at = start + segment.length
    if (start > 0 && TIME_ONLY.test(segment)) {
      const end = trimmedEnd(list, start, list.length)
      return { names: list.slice(0, trimmedEnd(list, 0, start)), limit: { start, end } }
    }
  }
  return { names: list, limit: null }
}

/** The time that opens a tag, before its first label: `9月底前见到成效,牵头单位:…`. Null where anything else stands there. */
function timeBefore(words: string, label: number): ParsedTag['deadline'] {
  const end = trimmedEnd(words, 0, label)
  return end > 0 && end < label && end <= LONGEST_TIME && TIME_ONLY.test(words.slice(0, end)) ? { start: 0, end } : null
}

/** Up to the first 。 outside brackets; what follows explains and names nobody. */
function firstSentence(words: string): string {
  let depth = 0
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '(') depth++
    else if (words[i] === ')') depth--
    else if (words[i] === '。' && depth <= 0) return words.slice(0, i)
  }
  return words
}

function trimmedEnd(words: string, start: number, end: number): number {
  let last = end
  while (last > start && ';,。、 \n\t'.includes(words[last - 1] as string)) last--
  return last
}

/** Names of a labelled list; verbs in it say more than the label: `责任单位:市A牵头,市B配合`. */
function namesOf(list: string, role: UnitRole): TagName[] {
  const bySentence = VERB_INSIDE.test(withoutAsides(list)) ? parseVerbs(list, role) : null
  if (bySentence) return bySentence.names
  return listed(list, role, role !== 'responsible').filter(
    ({ name }) => name.length <= 40 && /[\u4e00-\u9fff]{2}/.test(name),
  )
}

function listed(list: string, role: UnitRole, stated: boolean): TagName[] {
  return splitNames(list).map(({ name, note, afterComma, marked }) => {
    const own = note.includes('牵头') || note.includes('主办') ? 'lead' : /配合|协办|参与/.test(note) ? 'support' : null
    return { name, role: own ?? role, stated: stated || own !== null, afterComma, marked }
  })
}

/** The words with what stands in brackets blotted out, so that offsets stay. */
const withoutAsides = (words: string): string =>
  words.replace(/[(〔[][^()〔〕[\]]*[)〕\]]/g, (aside) => ' '.repeat(aside.length))
const VERB_INSIDE = /牵头|配合|负责|参与|协助/

const ACTS = new WordTree<UnitRole | 'manner'>()
for (const [act, role] of DUTY_ACTS) ACTS.addEnd(act, role)
for (const manner of DUTY_MANNERS) ACTS.addEnd(manner, 'manner')
ACTS.addEnd(ORGANISING, 'responsible')

/** No phrase has more words. */
const MOST_ACTS = 6

/** 按各自职责分工: how those before the verb share its work. */
const BY_DUTY =
  /(?:按照?|依据?|依照|根据)(?:各自|部门|单位)?的?(?:(?:工作|部门|法定)?(?:职责|职能|职权|分工|任务|责任)){1,2}(?:要求)?(?:分别|共同|分头|各自)?$/
/** What stands between the names and the verb: 等部门, 要. */
const BEFORE_ACT =
  /(?:等(?:部门|单位|部门和单位|部门及单位|有关部门|有关单位|相关部门|相关单位)?)?(?:要|应)?(?:按照?|依)?$/

/** The phrase that ends a segment and says what those before it do. */
interface Act {
  start: number
  role: UnitRole
  /** 分别负责, 共同负责 say that nobody leads; 负责 alone leaves room for a convention of the document. */
  apart: boolean
}

/** The phrase of acts that closes a segment: 牵头, 按职责分工负责, 牵头组织实施, 积极参与配合. Null where none does. */
function closingAct(segment: string): Act | null {
  const end = segment.endsWith('工作') ? segment.length - 2 : segment.length
  let at = end
  let role: UnitRole | null = null
  for (let count = 0; count < MOST_ACTS; count++) {
    const word = ACTS.longestBefore(segment, at, Math.max(0, at - 6))
    if (!word || (isPartOfName(segment, word.start, at) && word.value !== 'lead')) break
    if (segment.slice(word.start, at) === ORGANISING && at < end && !ORGANISED.test(segment.slice(at))) break
    // 分工 alone is no act; behind an act it is how.
    if (word.value !== 'manner') role = stronger(role, word.value)
    at = word.start
  }
  const duty = BY_DUTY.exec(segment.slice(0, at))
  if (role === null && !duty && !/(?:按职责|依职责|按责|依责)(?:分工)?$/.test(segment.slice(0, end))) return null
  const words = segment.slice(duty ? duty.index : at)
  const start = BEFORE_ACT.exec(segment.slice(0, duty ? duty.index : at))?.index ?? at
  return { start, role: role ?? 'responsible', apart: words.includes('分别') }
}

const ORGANISED = /^(?:实施|推动|推进|落实|开展|协调|制定|完成)/
const STRENGTH: readonly UnitRole[] = ['responsible', 'support', 'lead']
const stronger = (a: UnitRole | null, b: UnitRole): UnitRole =>
  a === null || STRENGTH.indexOf(b) > STRENGTH.indexOf(a) ? b : a

/** 各承办单位, 社会组织: the word belongs to the name of a body. */
const isPartOfName = (segment: string, start: number, end: number): boolean =>
  (start > 0 && segment[start - 1] === '各') ||
  /(?:社会|行业|群团|党|中介|合作|经济|自治)组织$/.test(segment.slice(Math.max(0, start - 2), end))

/** 牵头 before a body is part of its name: 各集团牵头单位. */
const MIDDLE_VERB =
  /(?:牵头|主办)(?:(?:负责|组织|实施|落实|推进|办理){1,2}(?=、)|(?!单位|部门|责任|领导|集团|企业|学校|[人方]))|会同|联合/
export const TIME_ONLY =
  /^[于在到至]?(?:(?:20\d\d|\d{1,2})年|\d{1,2}月|每年|每半年|每季度|长期|持续|年底|年内|立即|适时|常态|“?十[二三四五]五|20\d\d[.\-—]|按时|按期|即日起|近期|同步|全年)/

/** Labels that only a limit has; 时间 alone is also that of a meeting. */
const LIMIT_LABEL =
  /^(?:(?:工作|任务|计划|整改|预计)?(?:完成|办结|办理|整改|落实|工作|推进)(?:时限|时间|期限|时点|日期|节点)|时限(?:要求)?|时间节点):/
/** The longest limit that stands alone, in characters. */
const LONGEST_LIMIT = 40
/** A limit has one of these, a mere date has not: 6月底前, 年内, 2021年6月完成. */
const LIMITS = /[前底末内]|完成|落实|出台|印发|建成|启动|上半年|季度|[上中下]旬/
/** A span (5月至8月), a beginning or what was done then. */
const NO_LIMIT = /[已起—~]|通过|施行|实施|修[订正]|公布|发布|会议|以来|至(?!少)|\d-\d|年前\d|每[年月季]/

/** Whether words give a limit and nothing else: `2021年6月底前完成`, `完成时限:2021年6月`. */
export function isLimitAlone(words: string): boolean {
  if (words.length > LONGEST_LIMIT) return false
  const label = LIMIT_LABEL.exec(words)?.[0] ?? ''
  const limit = words.slice(label.length)
  return (
    /\d月|\d年|[今明年][年底内]|[一二三四]季度|上半年/.test(limit) &&
    (label !== '' || (LIMITS.test(limit) && !NO_LIMIT.test(limit))) &&
    segments(limit.replace(/^(?:力争|确保|争取|要求|计划|拟)/, '')).every((segment) => TIME_ONLY.test(segment))
  )
}

/** A part that explains how to read the tag: `分别负责指各部门按职责分头落实`, `下同`. */
const EXPLAINS =
  /^.{2,8}(?:是指|指(?![挥导]))|下同|见附|^以下.{0,30}(?:落实|负责|参与|配合)$|不再(?:一一|逐一|重复)?列出|不再(?:一一|逐一|重复)?列举/

/**
 * `市A、市B牵头,市C按职责分工负责`; the names before a verb are its actors. Null where it reads as anything else.
 * @param ofBodies the words can name nothing but bodies, as in a column of them, so that any short name is one
 */
export function parseVerbs(words: string, role: UnitRole = 'responsible', ofBodies = false): ParsedTag | null {
  const parsed: ParsedTag = { names: [], deadline: null }
  let pending = ''
  let verbs = 0
  let at = 0
  for (const segment of segments(words)) {
    const start = words.indexOf(segment, at)
    at = start + segment.length
    if (EXPLAINS.test(segment)) continue
    const [label] = findLabels(segment)
    if (label?.start === 0 && (label.part === 'deadline' || label.part === 'other')) {
      // …负责,完成时限:2022年12月: a limit with a label of its own.
      if (label.part === 'deadline') parsed.deadline ??= { start: start + label.end, end: at }
      continue
    }
    if (TIME_ONLY.test(segment)) {
      // 6月底前出台政策,年内持续推进: two times that stand side by side are read together.
      const last: ParsedTag['deadline'] = parsed.deadline
      parsed.deadline = last && start - last.end <= 1 ? { start: last.start, end: at } : (last ?? { start, end: at })
      continue
    }
    // 市A,市B、市C配合: the first comma parts who does it from who helps.
    if (
      pending &&
      parsed.names.length === 0 &&
      /(?:配合|协助|参与|参加|协同)$/.test(segment) &&
      !MIDDLE_VERB.test(segment)
    ) {
      parsed.names.push(...listed(pending, role, false))
      pending = ''
    }
    // 市A、市B,评价机制由市C牵头: who answers for one part, beside who answers for all.
    const part = WORK_OF.exec(segment)?.[0] ?? ''
    if (part && pending) {
      parsed.names.push(...listed(pending, role, false))
      pending = ''
    }
    const own = segment.slice(part.length)
    const taken = takeVerbs(pending ? `${pending},${own}` : own, parsed.names)
    if (taken === null) pending = pending ? `${pending},${own}` : own
    else {
      verbs++
      pending = taken
    }
  }
  if (verbs === 0) return null
  if (pending) parsed.names.push(...listed(pending, role, false))
  const known = ofBodies ? parsed.names.every(({ name }) => NAME.test(name)) : mostlyUnits(parsed.names)
  return known ? parsed : null
}
/** **评价机制由**市C牵头: one part of the work, before who leads it. */
const WORK_OF = /^[^、由]{3,30}(?<![自理缘事])由(?=[\u4e00-\u9fff]{3,}(?:牵头|负责)(?:组织|实施|落实)*$)/
/** What may be a name in a column of names. */
const NAME = /^[\u4e00-\u9fff()〔〕、“”]{2,20}$/

/** Takes a segment that ends with a verb, or holds 牵头; returns the names left for the next verb, null for no verb. */
function takeVerbs(segment: string, names: TagName[]): string | null {
  const act = closingAct(segment)
  const head = segment.slice(0, act ? act.start : segment.length)
  const middle = middleVerb(head)
  if (!act && !middle) return null
  const role = act ? act.role : null
  let rest = head
  if (middle) {
    const joint = middle.verb === '会同' || middle.verb === '联合'
    names.push(...listed(middle.before, joint ? (role ?? 'responsible') : 'lead', true))
    rest = middle.behind
  }
  if (role === null) return rest.replace(/^(?:会同|联合|协同)/, '')
  const stated = role !== 'responsible' || act?.apart === true
  names.push(...listed(rest.replace(/^(?:会同|联合|协同)/, ''), role, stated))
  return ''
}

/** `市A牵头市B、市C`, `市A会同市B`: the names on both sides of a verb in the middle. */
function middleVerb(words: string): { before: string; verb: string; behind: string } | null {
  const match = MIDDLE_VERB.exec(withoutAsides(words))
  if (!match || match.index < 2) return null
  const behind = words.slice(match.index + match[0].length).replace(/^[,、]/, '')
  return behind.length >= 2 ? { before: words.slice(0, match.index), verb: match[0], behind } : null
}

/** Cuts at , ; 。 outside brackets. */
function segments(words: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= words.length; i++) {
    const character = words[i]
    if (character === '(') depth++
    else if (character === ')') depth--
    else if (
      character === undefined ||
      (depth <= 0 && (character === ',' || character === ';' || character === '。'))
    ) {
      if (i > from) found.push(words.slice(from, i))
      from = i + 1
    }
  }
  return found
}

function mostlyUnits(names: readonly TagName[]): boolean {
  if (names.length === 0) return false
  const known = names.filter(({ name }) => isUnitName(name)).length
  return known * 3 >= names.length * 2 && names.every(({ name }) => name.length <= 32)
}

/** A list of units and nothing else: `商务厅、农业厅,各市(州)人民政府`. Every piece must be the name of a body. */
export function parseBareList(words: string): ParsedTag | null {
  const names: TagName[] = []
  let deadline: ParsedTag['deadline'] = null
  let at = 0
  for (const segment of segments(words)) {
    const start = words.indexOf(segment, at)
    at = start + segment.length
    if (TIME_ONLY.test(segment)) deadline ??= { start, end: at }
    else if (!EXPLAINS.test(segment))
      names.push(
        ...listed(segment, 'responsible', false).map((entry, i) => ({
          ...entry,
          afterComma: i === 0 && start > 0 && words[start - 1] === ',',
        })),
      )
  }
  if (names.length === 0 || !areBodies(names.map(({ name }) => name))) return null
  return { names, deadline }
}

/**
 * Whether the names of a list are those of bodies: 县教育局、经济发展局 beside a body of a level of government, which most
 * of them are known as, whatever ends like a body is one (the departments of development zones are called as each likes).
 */
function areBodies(names: readonly string[]): boolean {
  const unknown = names.filter((name) => !isUnitName(name))
  return (
    unknown.length === 0 ||
    (isLevelBody(names[0] as string) &&
      unknown.length * 2 <= names.length &&
      unknown.every((name) => ENDS_LIKE_OFFICE.test(name)))
  )
}
const ENDS_LIKE_OFFICE =
  /^(?![要应须由将把])[\u4e00-\u9fff]{2,10}[^结出当格布僵][局委厅办]$|^[\u4e00-\u9fff]{2,8}(?:工作|宣传|组织|统战)部$/
