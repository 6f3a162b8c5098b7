import { BLANKS, CharacterSet } from '../parsers/character-set.ts'
import { endsLikeTitle } from '../text/marks.ts'
import { inReportPart } from './report-part.ts'
import type { FoundTime } from '../parsers/time.ts'
import { findLimits } from '../parsers/limit.ts'
import type { Says } from '../lexicon/evidence-weights.ts'
import { PENALTY } from '../lexicon/not-targets.ts'
import { BEGUN, DONE, IN_USE, REACHED, SETTLED } from '../lexicon/works.ts'
import { anyOf, wordFinder } from '../parsers/word-finder.ts'
import { deadlineCell } from '../structure/tables.ts'
import type { Clause, ClosingLimit, ColumnRole, TableCell, TableRow } from '../structure/types.ts'
import type { Range } from '../text/reading-text.ts'
import type { DeadlineBasis, UnitNames } from '../types.ts'
import { governingTimes, isAhead } from './deadline-explicit.ts'
import { ADVERBIAL, deliverableOf, isDeliverable, taskWords, tellsFault } from './deliverable.ts'
import type { DeadlineMemory } from './deadline-inherited.ts'
import type { DocumentContext, Doubt, Fragment, Reason, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { setsNoLimit } from './no-deliverable.ts'
import { sentenceRuleIn } from './sentence-rule.ts'
import { unitsAt } from './units.ts'
import { stripOpening, withoutTimes } from './words.ts'
import { everyMatch } from '../text/every-match.ts'

/** A dated deliverable without a number. */
export interface MilestoneDraft {
  time: FoundTime
  task: string
  basis: DeadlineBasis
  units: UnitNames
  doubts: Doubt[]
  reasons: Record<string, Reason>
}

/** Nouns of a year: 2016年度计划, 2016年省政府立法计划. */
const VERB_OPENING =
  /^(?:[,，底末前全各我将要提市县省区并]|力争|确保|争取|基本|完成|建成|实现|启动|制定|出台|形成|达到|建立|初步|率先|开展|组织|推进|推动|正式|开工|动工|竣工|封顶|贯通|验收|投产|投运|投用|启用|交付|入住|通车|开园|开馆|开业|揭牌|试运行|移栽|通过|兑现|投入|覆盖|完善|健全|构建|取得|显著|进一步|逐步|先行|整合|开始|编制|培育|打造|引进)/

/** One milestone for each date that governs at least one deliverable without a number. */
export function milestonesOf(view: SentenceView, context: DocumentContext): MilestoneDraft[] {
  if (isTitle(view, context) || isStatement(view) || isAccount(view, context)) return []
  const governing = governingTimes(view, context).filter(
    (time) => !isOver(view, time, context) && !isDayBefore(time, context),
  )
  const due = governing.length > 0 ? governing : view.times.filter((time) => isJustOver(time, context))
  const times = due.filter((_, index) => isPlacedInRow(view, due, index))
  const found: MilestoneDraft[] = []
  times.forEach((time, index) => {
    if (setsNoLimit(view, time)) return
    // 2023年底和2025年底，分别…: dates in a row share what follows them.
    const next = times.slice(index + 1).find((other, i) => !isJoined(view, times[index + i] as FoundTime, other))
    const task = taskOf(view, time, next)
    if (task === null) return
    const basis: DeadlineBasis = 'explicit'
    found.push({
      time,
      task: taskWords(task),
      basis,
      units: unitsAt(view, context, { start: time.start, end: time.end }),
      doubts: [{ field: 'kind', cue: time.role === 'limit' ? 'deliverable-in-words' : 'plain-year' }],
      reasons: { deadline: { range: { start: time.start, end: time.end }, rule: `deadline-explicit/${time.rule}` } },
    })
  })
  return found
}

/** In a part that reports, the year that it reports of is over; where nothing dates the document, that is its own. */
const isOver = (view: SentenceView, time: FoundTime, context: DocumentContext): boolean =>
  context.issuedOn === null &&
  Number(time.last.slice(0, 4)) <= (context.year ?? 0) &&
  inReportPart(view.clause.path, context)

/** 2月9日公开方案 in a text of 10 February: a day before the date of issue on which something was done. */
const isDayBefore = (time: FoundTime, { document, reading }: DocumentContext): boolean =>
  time.first === time.last &&
  !'前止'.includes(reading.text[time.end - 1] as string) &&
  document.head.issuedOn !== null &&
  time.last < document.head.issuedOn

const isJoined = (view: SentenceView, first: FoundTime, second: FoundTime): boolean =>
  /^[、和及与]$/.test(view.text.slice(first.end, second.start))

/** 2017年底前建立 in a document of January 2018, which hands down an older plan: reports say 2017年底, only plans say 前 and what is to be done. */
const isJustOver = (time: FoundTime, { issuedOn, reading }: DocumentContext): boolean =>
  issuedOn !== null &&
  time.role === 'limit' &&
  reading.text[time.end - 1] === '前' &&
  Number(issuedOn.slice(0, 4)) - Number(time.last.slice(0, 4)) === 1 &&
  !/[已曾]于?$/.test(reading.text.slice(time.start - 2, time.start)) &&
  /^(?:基本|全面|初步|率先|要)?(?:建立|完成|制定|出台|形成|实现|建成|健全|完善|启动|编制)(?![^,;。]{0,20}[了的])/.test(
    reading.text.slice(time.end, time.end + 26),
  )

/** 对…具有重要意义, 是…的关键时期: what a time means, not what is due in it. */
const MATTERS = /具有[^,;。]{0,12}意义|是[^,;。]{2,40}(?:关键|重要|攻坚|窗口|机遇)(?:时期|阶段|之年|期)/
/** Every number of a sentence says one of these: its dates say of when. */
const STATES: ReadonlySet<Says | null> = new Set(['general', 'description', 'report'] as const)
/** 据气象部门预报,…: what is foretold. */
const FORETOLD = /^\s*(?:\S{1,4}、)?(?:最新)?据[^,;。]{0,12}(?:预报|预测|监测)/
/** 目前…受到制约: a sentence on how things stand, unless it goes on to what is to be done. */
const NOW_OPENS = /^\s*(?:目前|当前|现阶段)/
const TO_BE_DONE = /力争|争取|确保|计划|拟于|正在|[要须将]/
const isStatement = (view: SentenceView): boolean =>
  (NOW_OPENS.test(view.text.slice(view.sentence.start, view.sentence.start + 8)) &&
    !TO_BE_DONE.test(view.text.slice(view.sentence.start, view.sentence.end))) ||
  FORETOLD.test(view.text.slice(view.sentence.start, view.sentence.start + 30)) ||
  MATTERS.test(view.text.slice(view.sentence.start, view.sentence.end)) ||
  (view.drafts.length > 0 && view.drafts.every(({ says }) => STATES.has(says)))

/** In a part on how things stand a time that lies ahead is one of a forecast, unless something is aimed at. */
const isAccount = (view: SentenceView, context: DocumentContext): boolean =>
  inReportPart(view.clause.path, context) &&
  !/力争|争取|确保|目标|计划|明确|要求|[要须]|提出/.test(view.text.slice(view.sentence.start, view.sentence.end))

/** 2027年云川省, whose next line says the rest. */
const HALF_OF_TITLE = /^20\d\d年度?[\u4e00-\u9fff]{2,12}(?:[省市县区州盟旗镇乡]|自治区)$/
/** 2027年县委、县政府工作计划: whose plan it is. */
const BODY_OPENS = /^[省市县区州镇乡](?:委|人民政府|政府|直)/
const OF_YEAR = /^20\d\d年度?(?=[^,。;:]+$)/
const BLANK = new CharacterSet(BLANKS)
/** The title of an attached plan, repeated above its text or its own: 2027年云川省园艺发展计划. */
function isTitle(view: SentenceView, context: DocumentContext): boolean {
  const sentence = view.text.slice(view.sentence.start, view.sentence.end)
  const words = BLANK.isIn(sentence) ? sentence.replace(/\s/g, '') : sentence
  const ofYear = words.length <= 60 && endsLikeTitle(words) ? OF_YEAR.exec(words) : null
  const behindYear = ofYear ? words.slice(ofYear[0].length) : ''
  if (ofYear && (BODY_OPENS.test(behindYear) || !VERB_OPENING.test(behindYear))) return true
  if (HALF_OF_TITLE.test(words)) return true
  return words.length >= 8 && words.length <= 60 && context.document.head.title.replace(/\s/g, '').includes(words)
}

/** 光伏项目6月**并网**、: a predicate alone behind a month closes the part. */
const CLOSES = /^[\u4e00-\u9fff]{2,8}[,;。、)]/

/** 3月30日、6月30日前: a date of a row stands where the last of the row may stand. */
function isPlacedInRow(view: SentenceView, times: readonly FoundTime[], index: number): boolean {
  let last = index
  while (times[last + 1] && isJoined(view, times[last] as FoundTime, times[last + 1] as FoundTime)) last++
  return isPlaced(view, times[index] as FoundTime) || isPlaced(view, times[last] as FoundTime)
}

const SET_FOR = /(?:[定拟]|计划|安排)[于在]\d?$/

const OBJECT_OF = new CharacterSet('将把对')

const HELD = /^(?:进行|举行|召开|举办|开展|实施)的/

/** A limit may stand anywhere; a plain year only where it opens its fragment or a verb follows it. */
function isPlaced(view: SentenceView, time: FoundTime): boolean {
  if (time.role === 'limit') return true
  // 完成报告中确定的2021年各项任务: of which year the noun behind it is.
  if (view.text[time.start - 1] === '的') return false
  // 将本年度出台的制度报送: of which year what is sent in is.
  if (OBJECT_OF.holds(view.text, time.start - 1)) return false
  const behind = view.text.slice(time.end, time.end + 4)
  // 2027年12月进行的考试: of which one something is said.
  if (HELD.test(behind)) return false
  // 2023年市《政府工作报告》提出的任务: which one is meant.
  if (/^,?是|^(?:[市省县区州]|本级)?(?:《|政府工作)/.test(behind)) return false
  const fragment = view.fragments.find(({ start, end }) => time.start >= start && time.start < end)
  const opens =
    fragment !== undefined &&
    stripOpening(
      view.text.slice(fragment.start, time.start).replace(/^\s*(?:\(?[\d一二三四五六七八九十]+\)?[、.)])?/, ''),
    ) === ''
  return (
    VERB_OPENING.test(behind) ||
    // 各单位于2024年1月报送: the preposition says when it is to be done, as no year alone does.
    (/^[于在]/.test(view.text.slice(time.start, time.start + 1)) &&
      !time.last.endsWith('-12-31') &&
      !/^[的度级版]/.test(behind)) ||
    // 定于10月20日至25日在各镇开展: when it is set for.
    SET_FOR.test(view.text.slice(Math.max(view.sentence.start, time.start - 4), time.start + 1)) ||
    (!time.last.endsWith('-12-31') && CLOSES.test(view.text.slice(time.end, time.end + 10))) ||
    (opens && view.clause.kind !== 'heading' && time.first !== time.last && !/^[的度级版来]/.test(behind))
  )
}

/** A number that says this makes its part a report: nothing is due there. */
const TELLS: ReadonlySet<Says | null> = new Set(['past', 'forecast', 'report', 'description', 'baseline'] as const)

/** The first fragment that the time governs and that holds no number; null where it governs numbers only. */
function taskOf(view: SentenceView, time: FoundTime, next: FoundTime | undefined): string | null {
  // In a row what stands in another cell is a matter of its own.
  const cell = view.clause.row?.cells.find(({ start, end }) => time.start >= start && time.start < end)
  const last = cell ? cell.end : view.sentence.end
  const end = next ? Math.min(next.start, last) : last
  const own = view.fragments.find((fragment) => time.start >= fragment.start && time.start <= fragment.end)
  const governed: Fragment[] = view.fragments.filter((fragment) => fragment.end > time.end && fragment.start < end)
  if (own && !governed.includes(own)) governed.unshift(own)
  // 一是…年内建成;二是提升…: the next part of the sentence is another matter.
  const nextPart = governed.findIndex(
    (fragment) => fragment !== own && NEXT_PART.test(view.text.slice(fragment.start, fragment.start + 4)),
  )
  if (nextPart >= 0) governed.length = nextPart
  const numbered = new Set(
    view.drafts.filter(({ dropped, says }) => dropped === null || TELLS.has(says)).map((draft) => draft.fragment),
  )
  // 5年内培养农技员300名,形成…: how long what is counted takes; what comes of it has no date of its own.
  if (time.term && own && numbered.has(view.fragments.indexOf(own))) return null
  const shared = own ? withSubject(view, own, time) : null
  if (shared !== null) return shared
  const spokenOf = own && speaksOfBefore(view, own, time) ? before(view, own) : null
  if (spokenOf !== null) return spokenOf
  for (const fragment of governed) {
    const index = view.fragments.indexOf(fragment)
    const range = {
      start: fragment === own && numbered.has(index) ? time.end : fragment.start,
      end: Math.min(fragment.end, end),
    }
    if (numbered.has(index)) continue
    const words =
      fragment === own ? partOf(view, own, time, range) : stripOpening(withoutTimes(view, range, 'kept')).trim()
    if (fragment === own && ACTORS_ALONE.test(words)) continue
    // 推动甲车在2026年底前,90%安装乙: whom the number behind the comma is of.
    if (fragment === own && time.end >= own.end && time.start > own.start && numbered.has(index + 1)) continue
    if (!isDeliverable(words) || ADVERBIAL.test(words) || isCondition(view, fragment)) continue
    if (numbered.size > 0 && fragment !== own && findReached(words) === undefined) continue
    return words
  }
  return null
}

const NEXT_PART = /^[一二三四五六七八九十]{1,2}是|^[一二三四五六七八九十]要/

/** 各牵头单位要: who is to do it; what stands behind the comma. */
const ACTORS_ALONE =
  /^(?:[各由请]|有关|相关)[^,;。、]{0,12}(?:单位|部门|地区|政府|乡镇|街道|[省市县区州镇局委办])(?:[要应须务及]|必须)*$/

/** 新机场2021年9月开工,2023年6月竣工: a verb alone behind a later date has the subject that stands before the first. */
function withSubject(view: SentenceView, own: Fragment, time: FoundTime): string | null {
  const verb = view.text.slice(time.end, own.end)
  const first = view.times.find((other) => other.end < own.start)
  if (!first || !VERB_ALONE.test(verb) || stripOpening(view.text.slice(own.start, time.start)) !== '') return null
  const of = view.fragments.find(({ start, end }) => first.start >= start && first.start < end)
  if (!of || of.end - first.end > LONGEST_PREDICATE || /\d/.test(view.text.slice(first.end, of.end))) return null
  const subject = stripOpening(view.text.slice(of.start, first.start)).replace(
    /(?:计划|预计|力争|[拟将于在]){1,4}$/,
    '',
  )
  return subject.length === 1 ? null : subject + verb
}
const WORKS =
  '通水|蓄水|下闸|并网|通气|供暖|合龙|开工|动工|完工|竣工|通车|投用|投产|投运|验收|封顶|贯通|交付|开园|开馆|开业|启用|建成|运营'
const VERB_ALONE = new RegExp(`^(?:正式|全面|基本|主体)?(?:${WORKS})$`)
/** What is reached by the first date is said as shortly. */
const LONGEST_PREDICATE = 12

/** 优化流程,2021年6月底前完成: a predicate alone behind the time speaks of what stands before. */
const speaksOfBefore = (view: SentenceView, own: Fragment, time: FoundTime): boolean =>
  PREDICATE_ALONE.test(view.text.slice(time.end, own.end)) &&
  /^(?:[于在并均]|全部|项目|工程|力争|确保|争取)*$/.test(stripOpening(view.text.slice(own.start, time.start)))
const PREDICATE_ALONE = new RegExp(
  `^(?:全部|全面|基本|正式|必须|[均要应须])*(?:${anyOf([...BEGUN, ...DONE, ...IN_USE, ...SETTLED])})(?:到位|完毕|验收|使用|运行)?$`,
)

/** What stands before a fragment in its sentence, up to the time before; where nothing does, the sentence before. */
function before(view: SentenceView, own: Fragment): string | null {
  const earlier = view.times.findLast(({ end }) => end < own.start)
  const from = earlier ? earlier.end : view.sentence.start
  const found = deliverableOf(view, { start: from, end: own.start })
  if (found !== null) return found
  if (earlier) return behindTime(view, earlier)
  if (view.fragments[0] !== own) return null
  const previous = view.clause.sentences.findLast(({ end }) => end <= view.sentence.start)
  if (!previous) return null
  const words = stripOpening(
    (view.text.slice(previous.start, previous.end).split(/[,;。:]/, 1)[0] as string).replace(
      /^\s*\(?[\d一二三四五六七八九十]+\)?[.、)](?:关于)?/,
      '',
    ),
  )
  return /\d/.test(words) || !isDeliverable(words) || ADVERBIAL.test(words) ? null : words
}

/** 今年建成东湖水厂,6月底前通水: what stands behind an earlier time in its part, without a number. */
function behindTime(view: SentenceView, time: FoundTime): string | null {
  const part = view.fragments.find(({ start, end }) => time.start >= start && time.end <= end)
  const words = part ? stripOpening(view.text.slice(time.end, part.end)) : ''
  return /\d/.test(words) || !isDeliverable(words) || ADVERBIAL.test(words) ? null : words
}

/** What the time governs of its fragment: of 「市场6月动工、年底投用」 the part between its two 、 with the subject that all parts have. */
function partOf(view: SentenceView, own: Fragment, time: FoundTime, range: { start: number; end: number }): string {
  const first = view.times.find(({ start }) => start >= own.start)
  const joint = own.start + view.text.slice(own.start, time.start).lastIndexOf('、')
  if (!first || first === time || joint < first.end)
    return stripOpening(withoutTimes(view, range, 'kept'))
      .replace(/、$/, '')
      .trim()
  return (
    stripOpening(view.text.slice(own.start, first.start)) +
    stripOpening(withoutTimes(view, { start: joint + 1, end: range.end }))
  )
}

/** Words of what is reached: beside numbers a fragment needs one, or it is only a subject or an adverbial of them. */
const findReached = wordFinder(REACHED)

/** 对…的, …的 before a payment: a condition, not a deliverable. */
const isCondition = (view: SentenceView, fragment: Fragment): boolean =>
  view.text[fragment.end - 1] === '的' ||
  PENALTY.test(
    /^[对凡未]/.test(view.text.slice(fragment.start, fragment.end))
      ? view.text.slice(fragment.start, view.sentence.end)
      : view.text.slice(fragment.start, fragment.end),
  ) ||
  sentenceRuleIn(view.text.slice(view.sentence.start, view.sentence.end)) !== undefined

/**
 * Whether something besides numbers is promised in the row: a part of its goal cell; where it has none a part of its task,
 * in that of several cells (工作任务, 主要内容) which holds the numbers.
 */
function holdsDeliverable(view: SentenceView, row: TableRow): boolean {
  const drafts = standing(view)
  const filled = row.cells.filter(({ text }) => text !== '')
  const cellsOf = (role: ColumnRole): TableCell[] =>
    filled.filter((cell) => row.table.columns[cell.column]?.role === role)
  const tasks = cellsOf('task')
  const holdsNumber = ({ start, end }: TableCell): boolean =>
    drafts.some(({ quantity }) => quantity.start >= start && quantity.start < end)
  const goal = cellsOf('value')[0] ?? tasks.find(holdsNumber) ?? tasks[0]
  if (!goal || drafts.length === 0) return true
  const numbered = new Set(drafts.map((draft) => draft.fragment))
  return view.fragments.some(
    (fragment, index) =>
      fragment.start >= goal.start &&
      fragment.start < goal.end &&
      !numbered.has(index) &&
      isDeliverable(view.text.slice(fragment.start, Math.min(fragment.end, goal.end))),
  )
}

/** Whether a limit stands too far from a clause, on either side of it. */
const isFar = ({ start, end }: Clause, limit: Range): boolean =>
  limit.start > end + FARTHEST_LIMIT || limit.end < start - FARTHEST_LIMIT

/**
 * A limit inside a bracket at the end of a clause (（2024年6月底前印发）), in its tag or on a line below it: what stands
 * before it is due then. `views` are the sentences of the clause that it closes.
 */
export function limitMilestone(
  clause: Clause,
  { words: range }: ClosingLimit,
  views: readonly SentenceView[],
  context: DocumentContext,
): MilestoneDraft | null {
  const [first] = views
  if (!first || clause.row || isFar(clause, range)) return null
  const base = { issuedOn: context.issuedOn, year: context.year }
  const time = findLimits(first.text, range.start, range.end, base)
    .filter(
      (limit) =>
        isAhead(limit, context) && !/^(?:持续|长期|常态|分批|逐步)/.test(first.text.slice(limit.end, limit.end + 2)),
    )
    .at(-1)
  if (!time || views.some((view) => governingTimes(view, context).length > 0)) return null
  // 二、某某整治进展缓慢。督察发现,…: what is found fault with; the lines below say what is due.
  if (tellsFault(first.text.slice(clause.start, clause.end))) return null
  for (const view of views) {
    const words = deliverableOf(view, view.sentence)
    if (words === null) continue
    return {
      time,
      task: taskWords(words),
      basis: 'inherited',
      units: unitsAt(view, context, { start: view.sentence.start, end: view.sentence.start + 1 }),
      doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
      reasons: { deadline: { range, rule: 'deadline-inherited/tag' } },
    }
  }
  return null
}

/** How far below the clause the line of its limit may stand, in characters. */
const FARTHEST_LIMIT = 200

/** A table row with a date is a milestone: its task cell is the task; several dates of a cell, each with what is due, are as many. */
export function rowMilestones(view: SentenceView, context: DocumentContext, memory: DeadlineMemory): MilestoneDraft[] {
  const { row } = view.clause
  if (!row) return []
  const cell = deadlineCell(row)
  const governing = memory.governing(view)
  if (!cell || !governing || governing.time.start < cell.start || governing.time.end > cell.end) return []
  // A row that lacks its project (merged above) still says what is built.
  const task = row.cells.find(({ column: at, text }) => text !== '' && isTask(row.table.columns[at]?.role))
  if (!task || !holdsDeliverable(view, row)) return []
  const due = (time: FoundTime, words: string): MilestoneDraft => ({
    time,
    task: taskWords(words),
    basis: 'explicit',
    units: unitsAt(view, context, { start: task.start, end: task.end }),
    doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
    reasons: { deadline: { range: cell, rule: 'deadline-inherited/table-column' } },
  })
  const words = view.text.slice(task.start, task.end)
  const steps = stepsIn(view, context, cell)
  return steps.length > 1 ? steps.map(({ time, what }) => due(time, words + what)) : [due(governing.time, words)]
}

/** What the words of a row date themselves, beside the limit of its column: 2027年启动改造,2028年完成. */
export function datedInRow(view: SentenceView, row: TableRow, context: DocumentContext): MilestoneDraft[] {
  const cell = deadlineCell(row)
  const due = cell ? view.times.find(({ start, end }) => start >= cell.start && end <= cell.end) : undefined
  const said = row.cells.filter(({ column }) => SAYS_WHAT.has(row.table.columns[column]?.role))
  return milestonesOf(view, context).filter(
    ({ time }) => time.last !== due?.last && said.some(({ start, end }) => time.start >= start && time.end <= end),
  )
}
const SAYS_WHAT: ReadonlySet<ColumnRole | undefined> = new Set(['task', 'value', 'indicator'] as const)

const isTask = (role: ColumnRole | undefined): boolean => role === 'task' || role === 'indicator'

interface Step {
  time: FoundTime
  what: string
}

/** The dates of a cell, each with what is reached by then; none where they are not told apart. */
function stepsIn(view: SentenceView, context: DocumentContext, cell: TableCell): Step[] {
  const items = numberedSteps(view, context, cell)
  if (items.length > 1) return items
  // 3月完成设计,5月开工,11月底建成
  const times = view.times.filter(({ start, end }) => start >= cell.start && end <= cell.end)
  const steps = times.map((time) => ({ time, what: STEP.exec(view.text.slice(time.end, cell.end))?.[0] ?? '' }))
  return steps.every(({ time, what }) => what !== '' && time.role !== 'since' && time.role !== 'state') &&
    new Set(times.map(({ last }) => last)).size === times.length
    ? steps.filter(({ time }) => isAhead(time, context))
    : []
}
const STEP = /^[\u4e00-\u9fff“”]{2,24}(?=[,;、。]|$)/

/** 1.中心7月1日开业2.市场2022年底建成: the items of a cell, each dated by itself. */
function numberedSteps(view: SentenceView, context: DocumentContext, cell: TableCell): Step[] {
  const words = view.text.slice(cell.start, cell.end)
  const starts = everyMatch(ITEM, words).filter(({ 1: number }, i) => Number(number) === i + 1)
  const base = { issuedOn: context.issuedOn, year: context.year }
  return starts.flatMap(({ 0: label, index }, i) => {
    const start = cell.start + index + label.length
    const end = cell.start + (starts[i + 1]?.index ?? words.length)
    const time = findLimits(view.text, start, end, base).at(-1)
    if (!time || !isAhead(time, context)) return []
    const what = view.text.slice(start, time.start).replace(/(?:计划|预计|力争)$/, '') + view.text.slice(time.end, end)
    return [{ time, what: what.replace(/[,;。]$/, '') }]
  })
}
const ITEM = /(?<![\d.])(\d{1,2})[、.)](?=[\u4e00-\u9fff]|20\d\d)/g
