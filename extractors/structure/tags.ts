import type { Pair } from '../text/characters.ts'
import type { Range } from '../text/reading-text.ts'
import { isDutyLine } from '../text/marks.ts'
import { trimEnd } from '../text/trim.ts'
import { withoutNote } from './conventions.ts'
import { labelOf } from './labels.ts'
import type { Paragraph } from './paragraphs.ts'
import {
  findLabels,
  isLimitAlone,
  parseBareList,
  parseLabelled,
  parseUnmarked,
  parseVerbs,
  TIME_ONLY,
  type LabelAt,
  type ParsedTag,
  type TagName,
} from './tag-grammar.ts'
import { endsLikeUnit, isDepartment, isUnitName, splitNames } from './unit-names.ts'

/**
 * A tag as it was found, before it is known what it governs. Offsets into the reading text. One without names is a limit
 * that closes its clause alone: `(2021年6月底前完成)`.
 */
export interface FoundTag extends Range {
  names: TagName[]
  paragraph: number
  form: 'bracket' | 'line' | 'list'
  deadline: Range | null
}

/** The longest tag, in characters. */
const LONGEST_TAG = 1500

/** The longest time that stands alone in brackets, in characters. */
const LONGEST_TIME = 20
/** The longest label, in characters. */
const LONGEST_LABEL = 24
/** The longest line that gives a limit or a person beside a tag, in characters. */
const LONGEST_LINE_BESIDE = 60
/** A line of names and what they do, in characters. */
const LONGEST_LINE_OF_NAMES = 240
/** The number of an item is no longer. */
const LONGEST_ITEM_NUMBER = 5
const CONTENT = /^.{0,4}(?:目标|任务|内容|措施|要求|成果)/

/** One of these is in every tag that is no bare list. */
const DUTY_WORD =
  /牵头|责任|负责|配合|[主承协领会联经]办|参与|参加|落实|实施|分工|协[助作同管]|主[责管]|会同|抓总|(?:单位|部门|主体|[处科股]室)[:】\]〕]/
/** One of these is in every list of bodies. */
const BODY_WORD = /[局委厅部办府会院社署行司校队组班镇科股所站处室]|单位|中心|街道|集团|企业|园区|新区|^各|[,、;]各/

/** Tags of one paragraph that is no table row, in order; `pairs` are its brackets. */
export function tagsOf(paragraph: Paragraph, index: number, pairs: readonly Pair[]): FoundTag[] {
  const { text } = paragraph
  const tags: FoundTag[] = []
  const brackets: Range[] = []
  let behind = 0
  const datesItems = pairs.length >= FEWEST_DATED_ITEMS && (text.match(DATED_ITEM)?.length ?? 0) >= FEWEST_DATED_ITEMS
  for (const pair of pairs) {
    const open = pair.open - paragraph.start
    const close = pair.close - paragraph.start
    if (open < behind || close < open || close - open > LONGEST_TAG || !'(〔[【'.includes(text[open] as string))
      continue
    const content = text.slice(open + 1, close)
    // (10分,市水务局): the points of the item stand before who answers for it.
    const points = POINTS.exec(content)?.[0].length ?? 0
    const words = content.slice(points).replace(POINTS_BEHIND, '')
    const parsed = bracketTag(text, open, close, words) ?? (points > 0 ? parseBareList(words) : null)
    if (parsed) {
      addTag(tags, paragraph, index, { start: open, end: close + 1 }, parsed, open + 1 + points, 'bracket')
      brackets.push({ start: open, end: close + 1 })
      behind = close
    } else if (
      !limitBehind(tags, paragraph, open, close, content) &&
      (isLimitAlone(content) || (datesItems && DATE_ALONE.test(content))) &&
      closesClause(text, open, close) &&
      !/阶段$/.test(text.slice(0, open))
    ) {
      const limit = { names: [], deadline: { start: 0, end: content.length } }
      addTag(tags, paragraph, index, { start: open, end: close + 1 }, limit, open + 1, 'bracket')
      behind = close
    }
  }
  const line =
    lineTag(text, [...brackets, ...bracketsOf(paragraph, pairs)]) ?? lineLimit(text, brackets) ?? lineOfNames(text)
  if (line) addTag(tags, paragraph, index, line.range, line.parsed, line.range.start, 'line')
  return tags.sort((a, b) => a.start - b.start)
}

/** 大坝填筑到顶(9月30日);灌区完工(11月30日): where several items end in a date, it is the limit of each. */
const DATED_ITEM = /\((?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?\)[;。、,]/g
const DATE_ALONE = /^(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?$/
const FEWEST_DATED_ITEMS = 2

const POINTS = /^\d{1,3}(?:\.\d)?分[,;、]/
const POINTS_BEHIND = /[,;、]\d{1,3}(?:\.\d)?分$/

/** The brackets of a paragraph: a label inside one opens no tag that goes on behind it. */
const bracketsOf = (paragraph: Paragraph, pairs: readonly Pair[]): Range[] =>
  pairs
    .filter(({ open, close }) => close > open && '(〔'.includes(paragraph.text[open - paragraph.start] as string))
    .map(({ open, close }) => ({ start: open + 1 - paragraph.start, end: close - paragraph.start }))

function bracketTag(text: string, open: number, close: number, content: string): ParsedTag | null {
  if (content.length < 2 || !BODY_WORD.test(content))
    return DUTY_WORD.test(content) ? parseLabelled(withoutNote(content)) : null
  const words = withoutNote(content)
  if (DUTY_WORD.test(words)) {
    const parsed =
      parseLabelled(words) ??
      parseUnmarked(words) ??
      (closesClause(text, open, close) ? parseVerbs(trimEnd(words, '。;,')) : null) ??
      (closesParagraph(text, open, close) ? ofOffices(parseVerbs(trimEnd(words, '。;,'), 'responsible', true)) : null)
    if (parsed) return parsed
  }
  return closesClause(text, open, close) ? bareList(text, open, words) : null
}

/** Whether a bracket stands where a tag can: before a mark or the end, or behind the end of a sentence. */
function closesClause(text: string, open: number, close: number): boolean {
  const after = text[close + 1]
  const before = text[open - 1]
  return (
    after === undefined ||
    '。;,、!(〔[【'.includes(after) ||
    before === undefined ||
    '。;!)〕】'.includes(before) ||
    // 1.(市财政局负责)…: it stands between the number of an item and its words.
    (open <= LONGEST_ITEM_NUMBER && labelOf(text)?.text.length === open)
  )
}

/** Whether a bracket stands behind the last sentence of its paragraph. */
const closesParagraph = (text: string, open: number, close: number): boolean =>
  '。;!'.includes(text[open - 1] ?? '.') && close + 2 >= text.length

/** 纳税服务科, 综合处: what the parts of one office are called. */
const OFFICE = /^[\u4e00-\u9fff]{2,10}(?<![学本专内外儿妇骨眼牙全]|办事)[科处股室]$/
/** A tag all of whose names end as those of bodies do, one of them a part of the office that writes. */
const ofOffices = (parsed: ParsedTag | null): ParsedTag | null =>
  parsed?.names.every(({ name }) => endsLikeUnit(name)) && parsed.names.some(({ name }) => OFFICE.test(name))
    ? parsed
    : null

/** (法规科、执法队): behind the last sentence of a paragraph the parts of the office that writes. */
function officesAlone(text: string, open: number, words: string): ParsedTag | null {
  if (!closesParagraph(text, open, open + words.length + 1) || /[。:]/.test(words)) return null
  // (特设处,12月10日前): the limit stands behind the names.
  const comma = words.search(/[,;]/)
  const limited = comma > 0 && TIME_ONLY.test(words.slice(comma + 1)) && words.length - comma <= LONGEST_TIME
  const names = splitNames(limited ? words.slice(0, comma) : words)
  if (!names.some(({ name }) => OFFICE.test(name)) || !names.every(({ name }) => endsLikeUnit(name))) return null
  return {
    names: names.map(({ name, marked }) => ({
      name,
      role: 'responsible' as const,
      stated: false,
      afterComma: false,
      marked,
    })),
    deadline: limited ? { start: comma + 1, end: words.length } : null,
  }
}

/** A list of bodies alone in brackets; one that stands beside a noun explains it and is no tag. */
function bareList(text: string, open: number, words: string): ParsedTag | null {
  const parsed = parseBareList(words) ?? officesAlone(text, open, words)
  if (!parsed) return null
  const departments = parsed.names.filter(({ name }) => isDepartment(name)).length
  const before = text[open - 1]
  // Behind the end of a sentence a bracket explains nothing: several bodies of any kind, or all of a kind, answer for it.
  if (before === undefined || '。;!'.includes(before))
    return departments > 0 ||
      parsed.names.length > 1 ||
      parsed.names.every(({ name }) => name.startsWith('各') || OFFICE.test(name))
      ? parsed
      : null
  if (departments >= 2) return departments * 2 >= parsed.names.length ? parsed : null
  // 1.推进水厂建设(市水务局): the bracket that closes an item names who answers for it, unless it explains a body.
  const closes = text.indexOf(words, open) + words.length + 2 >= text.length
  return departments === 1 && parsed.names.length === 1 && closes && labelOf(text) && !endsLikeUnit(text.slice(0, open))
    ? parsed
    : null
}

/** `(完成时限:2020年6月)` or `(2020年6月底前)` right behind a tag belongs to it. Whether it was such a limit. */
function limitBehind(
  tags: readonly FoundTag[],
  paragraph: Paragraph,
  open: number,
  close: number,
  content: string,
): boolean {
  const last = tags.at(-1)
  if (!last || last.deadline || paragraph.start + open - last.end > 1) return false
  const label = findLabels(content)[0]
  if (!label && content.length <= LONGEST_TIME && TIME_ONLY.test(content))
    last.deadline = { start: paragraph.start + open + 1, end: paragraph.start + close }
  else if (label?.part === 'deadline')
    last.deadline = { start: paragraph.start + open + 1 + label.end, end: paragraph.start + close }
  return last.deadline !== null
}

/** 责任单位 市水务局、市财政局: a label, a blank and nothing but names; 市水务局牵头,市财政局配合: nothing but names and what they do. */
function lineOfNames(text: string): { range: Range; parsed: ParsedTag } | null {
  if (text.length > LONGEST_LINE_OF_NAMES || text.includes(':') || !DUTY_WORD.test(text)) return null
  const words = withoutNote(trimEnd(text, '。;,'))
  const parsed = parseUnmarked(words) ?? lineOfVerbs(words)
  return parsed && { range: { start: 0, end: text.length }, parsed }
}

const NOTHING_BUT_LIMIT =
  /^(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?[底末内])?(?:[之以]?前)?(?:完成|落实)?$|^(?:长期|持续)(?:坚持|推进|实施)?$/

function lineOfVerbs(words: string): ParsedTag | null {
  const parsed = labelOf(words) === null ? parseVerbs(words) : null
  // 市水务局牵头,5月完成方案设计: what is to be done by then is no part of a tag.
  const limit = parsed?.deadline && words.slice(parsed.deadline.start, parsed.deadline.end)
  // What several do 按职责分工 are bodies, whatever their names end in (开发银行).
  return parsed?.names.some(({ name }) => isDepartment(name) || name.startsWith('各')) &&
    (isDutyLine(words) || parsed.names.every(({ name }) => isUnitName(name))) &&
    (!limit || NOTHING_BUT_LIMIT.test(limit))
    ? parsed
    : null
}

/** A limit that no unit stands beside, behind the end of a sentence: `…。完成时限:2021年6月底。`. */
function lineLimit(text: string, brackets: readonly Range[]): { range: Range; parsed: ParsedTag } | null {
  if (!/[时期]限|时间|节点/.test(text)) return null
  const label = findLabels(text).find(
    ({ part, start, end }) =>
      part === 'deadline' &&
      start > 0 &&
      !inside(brackets, start) &&
      opensTag(text, start) &&
      isLimitAlone(trimEnd(text.slice(start), '。;,')) &&
      end < text.length,
  )
  if (!label) return null
  const deadline = { start: label.end - label.start, end: trimEnd(text, '。;,').length - label.start }
  return { range: { start: label.start, end: text.length }, parsed: { names: [], deadline } }
}

/** A tag without brackets: the whole paragraph, or its end behind a sentence. */
function lineTag(text: string, brackets: readonly Range[]): { range: Range; parsed: ParsedTag } | null {
  if (!/[:】\]〕]|(?:单位|部门)为/.test(text)) return null
  if (!DUTY_WORD.test(text)) return null
  const labels = findLabels(text)
  // 责任领导:张某 责任单位:市水务局: a line that begins with one label is nothing but labels.
  const form = labels[0]?.start === 0 && labels[0].part === 'other' && !isContentLine({ text })
  const at = labels.findIndex(
    (found, i) =>
      isRole(found.part) &&
      !inside(brackets, found.start) &&
      (form ||
        opensTag(text, found.start) ||
        firstOfPeople(text, labels, i) < i ||
        (text[found.start - 1] === ',' && namesUnit(text, found.end))),
  )
  const label = labels[at]
  if (!label) return null
  // 完成时限:2021年6月底。责任单位:…: the limit that opens the tag is part of it.
  const limit = labels.findLast(({ start }) => start < label.start)
  const start =
    limit?.part === 'deadline' &&
    opensTag(text, limit.start) &&
    !inside(brackets, limit.start) &&
    isLimitAlone(trimEnd(text.slice(limit.start, label.start), '。;, '))
      ? limit.start
      : (labels[firstOfPeople(text, labels, at)] as LabelAt).start
  const words = withoutNote(text.slice(start))
  const parsed = parseLabelled(words)
  if (!parsed) return null
  parsed.deadline ??= limitAmongFields(text, labels, start)
  return { range: { start, end: text.length }, parsed }
}

/** The longest words behind a label of people, in characters. */
const LONGEST_PEOPLE = 20
const PEOPLE_LABEL = /(?:领导|责任人|负责人|联系人|联络员|填报人|督办人)[】\]〕]?:?$/

/** 分管领导:某某 责任科室:…: index of the first label of people that opens the tag before a label; its own where none does. */
function firstOfPeople(text: string, labels: readonly LabelAt[], at: number): number {
  let first = at
  for (let i = at - 1; i >= 0; i--) {
    const { start, end } = labels[i] as LabelAt
    const between = text.slice(end, (labels[i + 1] as LabelAt).start)
    if (!PEOPLE_LABEL.test(text.slice(start, end)) || between.length > LONGEST_PEOPLE || /[。;:]/.test(between)) break
    if (opensTag(text, start)) first = i
  }
  return first
}

/** 建设期限:2026年。投资:3000万元。责任单位:…: the limit among the fields before the tag, as offsets from where the tag begins. */
function limitAmongFields(text: string, labels: readonly LabelAt[], start: number): ParsedTag['deadline'] {
  for (const label of labels) {
    if (label.start >= start) return null
    if (label.part !== 'deadline' || !opensTag(text, label.start)) continue
    const end = label.end + (text.slice(label.end, start).split(/[。;]/, 1)[0] as string).length
    if (end - label.end <= LONGEST_TIME && TIME_ONLY.test(text.slice(label.end, end)))
      return { start: label.end - start, end: end - start }
  }
  return null
}

const isRole = (part: string): boolean => part === 'lead' || part === 'responsible' || part === 'support'
const inside = (ranges: readonly Range[], at: number): boolean =>
  ranges.some((range) => at >= range.start && at < range.end)

/** A label that opens a tag stands first, behind a short label, or behind the end of a sentence or bracket. */
function opensTag(text: string, at: number): boolean {
  if (at === 0) return true
  const before = text[at - 1] as string
  if ('。;!)】〕*'.includes(before)) return true
  return at <= 6 && /^(?:[\d一二三四五六七八九十(]{1,4}[)、.]|[—●◆■▲★☆◇□►➢※·]+)$/.test(text.slice(0, at))
}

/** Whether the words at an offset begin with the name of a body: behind a comma a label needs one. */
function namesUnit(text: string, at: number): boolean {
  const [first] = splitNames(text.slice(at, at + LONGEST_TIME).split(/[。;,(]/u, 1)[0] as string)
  return first !== undefined && isUnitName(first.name)
}

function addTag(
  tags: FoundTag[],
  paragraph: Paragraph,
  index: number,
  range: Range,
  parsed: ParsedTag,
  wordsAt: number,
  form: 'bracket' | 'line',
): void {
  const deadline = parsed.deadline && {
    start: paragraph.start + wordsAt + parsed.deadline.start,
    end: paragraph.start + wordsAt + parsed.deadline.end,
  }
  const tag = {
    start: paragraph.start + range.start,
    end: paragraph.start + range.end,
    paragraph: index,
    form,
    deadline,
    names: parsed.names,
  }
  const last = tags.at(-1)
  if (last && tag.start - last.end <= 1 && mergeable(last, tag)) merge(last, tag)
  else tags.push(tag)
}

/** Tags that stand side by side are one, as `牵头单位:` and `责任单位:` on lines of their own, until a role begins anew. */
export function mergeable(a: FoundTag, b: FoundTag): boolean {
  const has = (tag: FoundTag, role: TagName['role']): boolean => tag.names.some((name) => name.role === role)
  if (has(b, 'lead')) return a.names.length === 0
  return !has(b, 'responsible') || !has(a, 'responsible')
}

export function merge(into: FoundTag, tag: FoundTag): void {
  if (into.names.length === 0) into.form = tag.form
  into.end = tag.end
  into.names.push(...tag.names)
  into.deadline ??= tag.deadline
}

/** A line beside the lines of a tag that gives its limit or its people: `完成时限:2025年12月`, `责任领导:…`. Null for any other line. */
export function lineBesideTag(paragraph: Paragraph): { deadline: Range | null } | null {
  if (paragraph.text.length > LONGEST_LINE_BESIDE || !paragraph.text.includes(':')) return null
  const [label, ...others] = findLabels(paragraph.text)
  if (!label || label.start > 0 || others.length > 0 || isRole(label.part) || CONTENT.test(paragraph.text)) return null
  if (label.part !== 'deadline') return { deadline: null }
  return {
    deadline: { start: paragraph.start + label.end, end: paragraph.start + trimEnd(paragraph.text, '。;,').length },
  }
}

/** A line that says what is to be done behind a label: `整改目标:…`. */
export const isContentLine = ({ text }: Pick<Paragraph, 'text'>): boolean => {
  const [label] = CONTENT.test(text.slice(0, LONGEST_LABEL)) ? findLabels(text.slice(0, LONGEST_LABEL)) : []
  return label?.start === 0
}

/** A line that is a label for a list on the lines below: `责任单位:`. Its role, null for any other line. */
export function labelAlone(paragraph: Paragraph): TagName['role'] | null {
  if (paragraph.text.length > LONGEST_LABEL) return null
  const [label, ...others] = findLabels(paragraph.text)
  if (!label || others.length > 0 || label.start > 0 || label.end < paragraph.text.length) return null
  return isRole(label.part) ? (label.part as TagName['role']) : null
}
