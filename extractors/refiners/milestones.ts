import { inReportPart } from './report-part.ts'
import type { FoundTime } from '../parsers/time.ts'
import { findLimits } from '../parsers/limit.ts'
import { PENALTY, SENTENCE_RULE_WORDS } from '../lexicon/not-targets.ts'
import { labelOf } from '../structure/labels.ts'
import { deadlineCell } from '../structure/tables.ts'
import { displayForm } from '../text/display.ts'
import type { Clause, ColumnRole, TableCell, TableRow } from '../structure/types.ts'
import type { DeadlineBasis, UnitNames } from '../types.ts'
import { governingTimes, isAhead } from './deadline-explicit.ts'
import type { DeadlineMemory } from './deadline-inherited.ts'
import type { DocumentContext, Doubt, Fragment, Reason, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { promisesNothing, setsNoLimit, withoutIssuing } from './no-deliverable.ts'
import { unitsAt } from './units.ts'
import { stripOpening, withoutTimes } from './words.ts'

/** A dated deliverable without a number. */
export interface MilestoneDraft {
  time: FoundTime
  task: string
  basis: DeadlineBasis
  units: UnitNames
  doubts: Doubt[]
  reasons: Record<string, Reason>
}

const LONGEST_TASK = 40
/** What a document says of itself, not of a deliverable. */
const FORMAL =
  /提请[^,;。]{0,8}审[查议]|起施行|起执行|起实施|有效期|施行之日|废止|停止执行|同时废止|日印发|期满|到期(?!后)|自动失效|生效|为准|如遇|任期|届满|以前年度|批准|报名|印发|研究决定|通知如下|现就|有关事项|办法所称|签订本|本责任书|特制定|特签订|现[将予]|制定本/
/** Nouns of a year: 2016年度计划, 2016年省政府立法计划. */
const VERB_OPENING =
  /^(?:[,，底末前全各我将要提市县省区并]|力争|确保|争取|基本|完成|建成|实现|启动|制定|出台|形成|达到|建立|初步|率先|开展|组织|推进|推动|正式|开工|动工|竣工|封顶|贯通|验收|投产|投运|投用|启用|交付|入住|通车|开园|开馆|开业|揭牌|试运行|移栽|通过|兑现|投入|覆盖|完善|健全|构建|取得|显著|进一步|逐步|先行|整合|开始|编制|培育|打造|引进)/

/** One milestone for each date that governs at least one deliverable without a number. */
export function milestonesOf(view: SentenceView, context: DocumentContext): MilestoneDraft[] {
  if (isTitle(view, context) || isStatement(view) || isAccount(view)) return []
  const governing = governingTimes(view, context).filter((time) => !isOver(view, time, context))
  const times = governing.length > 0 ? governing : view.times.filter((time) => isJustOver(time, context))
  const found: MilestoneDraft[] = []
  times.forEach((time, index) => {
    if (!isPlaced(view, time) || setsNoLimit(view, time)) return
    // 2023年底和2025年底，分别…: dates in a row share what follows them.
    const next = times.slice(index + 1).find((other, i) => !isJoined(view, times[index + i] as FoundTime, other))
    const task = taskOf(view, time, next)
    if (task === null) return
    const basis: DeadlineBasis = 'explicit'
    found.push({
      time,
      task: displayForm(task).slice(0, LONGEST_TASK),
      basis,
      units: unitsAt(view, context, { start: time.start, end: time.end }),
      doubts: [{ field: 'kind', cue: time.role === 'limit' ? 'deliverable-in-words' : 'plain-year' }],
      reasons: { deadline: { range: { start: time.start, end: time.end }, rule: `deadline-explicit/${time.rule}` } },
    })
  })
  return found
}

/** In a part that reports, the year that it reports of is over; where nothing dates the document, that is its own. */
const isOver = (view: SentenceView, time: FoundTime, { issuedOn, year }: DocumentContext): boolean =>
  issuedOn === null && Number(time.last.slice(0, 4)) <= (year ?? 0) && inReportPart(view.clause.path)

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

/** Every number of the sentence states something: its dates say of when. */
/** 对…具有重要意义, 是…的关键时期: what a time means, not what is due in it. */
const MATTERS = /具有[^,;。]{0,12}意义|是[^,;。]{2,40}(?:关键|重要|攻坚|窗口|机遇)(?:时期|阶段|之年|期)/
const STATES = /^(?:conduct|definition|description|consequence|reported)/
const isStatement = (view: SentenceView): boolean =>
  MATTERS.test(view.text.slice(view.sentence.start, view.sentence.end)) ||
  (view.drafts.length > 0 && view.drafts.every(({ dropped }) => dropped !== null && STATES.test(dropped)))

/** In a part on how things stand a time that lies ahead is one of a forecast, unless something is aimed at. */
const isAccount = (view: SentenceView): boolean =>
  inReportPart(view.clause.path) &&
  !/力争|争取|确保|目标|计划|明确|要求|[要须]|提出/.test(view.text.slice(view.sentence.start, view.sentence.end))

/** The title of an attached plan, repeated above its text. */
function isTitle(view: SentenceView, context: DocumentContext): boolean {
  const words = view.text.slice(view.sentence.start, view.sentence.end).replace(/\s/g, '')
  return words.length >= 8 && words.length <= 60 && context.document.head.title.replace(/\s/g, '').includes(words)
}

/** 光伏项目6月**并网**、: a predicate alone behind a month closes the part. */
const CLOSES = /^[\u4e00-\u9fff]{2,8}[,;。、)]/

/** A limit may stand anywhere; a plain year only where it opens its fragment or a verb follows it. */
function isPlaced(view: SentenceView, time: FoundTime): boolean {
  if (time.role === 'limit') return true
  const behind = view.text.slice(time.end, time.end + 4)
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
    (!time.last.endsWith('-12-31') && CLOSES.test(view.text.slice(time.end, time.end + 10))) ||
    (opens && view.clause.kind !== 'heading' && time.first !== time.last && !/^[的度级版来]/.test(behind))
  )
}

/** Why a number is out that makes its part a report: nothing is due there. */
const TELLS = /^(?:past|forecast|reported|description|baseline)/

/** The first fragment that the time governs and that holds no number; null where it governs numbers only. */
function taskOf(view: SentenceView, time: FoundTime, next: FoundTime | undefined): string | null {
  const end = next ? next.start : view.sentence.end
  const own = view.fragments.find((fragment) => time.start >= fragment.start && time.start <= fragment.end)
  const governed: Fragment[] = view.fragments.filter((fragment) => fragment.end > time.end && fragment.start < end)
  if (own && !governed.includes(own)) governed.unshift(own)
  const numbered = new Set(
    view.drafts.filter(({ dropped }) => dropped === null || TELLS.test(dropped)).map((draft) => draft.fragment),
  )
  for (const fragment of governed) {
    const index = view.fragments.indexOf(fragment)
    const range = {
      start: fragment === own && numbered.has(index) ? time.end : fragment.start,
      end: Math.min(fragment.end, end),
    }
    if (numbered.has(index)) continue
    const words = fragment === own ? partOf(view, own, time, range) : stripOpening(withoutTimes(view, range)).trim()
    if (!isDeliverable(words) || ADVERBIAL.test(words) || isCondition(view, fragment)) continue
    if (numbered.size > 0 && fragment !== own && !REACHED.test(words)) continue
    return words
  }
  return null
}

/** What the time governs of its fragment: of 「市场6月动工、年底投用」 the part between its two 、 with the subject that all parts have. */
function partOf(view: SentenceView, own: Fragment, time: FoundTime, range: { start: number; end: number }): string {
  const first = view.times.find(({ start }) => start >= own.start)
  const joint = own.start + view.text.slice(own.start, time.start).lastIndexOf('、')
  if (!first || first === time || joint < first.end)
    return stripOpening(withoutTimes(view, range)).replace(/、$/, '').trim()
  return (
    stripOpening(view.text.slice(own.start, first.start)) +
    stripOpening(withoutTimes(view, { start: joint + 1, end: range.end }))
  )
}

/** Words of what is reached: beside numbers a fragment needs one, or it is only a subject or an adverbial of them. */
const REACHED =
  /修订|通车|通过|实行|实施|验收|建成|建立|建设|完成|形成|基本|健全|完善|提升|提高|增强|实现|显著|明显|进一步|得到|改善|优化|全面|达到|取得|启动|制定|出台|推广|开展|覆盖|普及|消除|遏制|全部|打造|成为|位居|进入|开工|运行|投入|落地|培育|推进|扩大|缓解|发展|壮大|迈|突破|投用|上线|开通/

/** Says how or why, not what: 通过公开招考, 以…为抓手, 围绕…. */
const ADVERBIAL =
  /给予.{0,8}(?:补助|奖励|补贴|支持)|^(?:对(?:通过|符合|新|获|完成|首次|达到).{0,20}的|通过(?!.{0,12}(?:验收|评估|审查|审核|评审|认定|考核|核查|复核|鉴定|认证|备案|审议|检查|抽查)$)|依托|按照|根据|围绕|结合|在.{2,20}[下中上]$|以.{2,30}(?:为|契机|抓手)|为(?:了|进一步|确保|保证|全面|切实|深入|加快|推动|推进|贯彻|落实|做好|完成|实现|加强|规范|提高|提升|有效|更好|充分)|是|由于|对于|除.{2,40}外$|为.{2,24}(?:奠定|打下|提供|创造|夯实|筑牢).{0,6}(?:基础|根基|支撑|条件|保障)$)/

/** 对…的, …的 before a payment: a condition, not a deliverable. */
const isCondition = (view: SentenceView, fragment: Fragment): boolean =>
  view.text[fragment.end - 1] === '的' ||
  PENALTY.test(
    /^[对凡未]/.test(view.text.slice(fragment.start, fragment.end))
      ? view.text.slice(fragment.start, view.sentence.end)
      : view.text.slice(fragment.start, fragment.end),
  ) ||
  SENTENCE_RULE_WORDS.some((word) => view.text.slice(view.sentence.start, view.sentence.end).includes(word))

/** Something to be done or a state to be reached, not a form of words. */
const isDeliverable = (words: string): boolean =>
  words.length >= 4 &&
  !/(?:[期年时]限|额度|[不未]超过.{1,12})$|没有|(?:完成|实现|建成|取得|形成|达到|建立)了|仍然|依然|面临|处于|已经|已成为|^是|^重点|^以下|^[“”]?[一二三四五六七八九十][个大项][^,;。]{2,8}[”“]?$|^“[^”]{2,10}”$|预期目标|[为是前]$|如下$/.test(
    words,
  ) &&
  !FORMAL.test(withoutIssuing(words)) &&
  !promisesNothing(words) &&
  /[\u4e00-\u9fff]{4}/.test(words)

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

/** What a list of rectifications finds fault with: the limit is that of its mending. */
const FAULT =
  /(?:滞后|不到位|不足|不力|不够|不严|不实|缓慢|缺失|突出|薄弱|严重|问题|未完成|不达标|超标)$|仍有\d|仅(?:完成|有)|未(?:建成|完成|落实|达标)/
/** 整改目标: names what follows it. */
const LONGEST_LABEL = 8

const isLabel = (words: string, { mark }: Fragment): boolean =>
  (mark === ':' || words.endsWith(':')) && words.length <= LONGEST_LABEL

/** A limit inside a bracket at the end of a clause (（2024年6月底前印发）) or in its tag: what stands before it is due then. */
export function tagMilestone(
  clause: Clause,
  views: readonly SentenceView[],
  context: DocumentContext,
): MilestoneDraft | null {
  const range = clause.tag?.deadlineRange ?? null
  const [first] = views
  if (!range || !first || clause.row || range.start < clause.start || range.start > clause.end + 200) return null
  const base = { issuedOn: context.issuedOn, year: context.year }
  const time = findLimits(first.text, range.start, range.end, base)
    .filter(({ end }) => !/^(?:持续|长期|常态|分批|逐步)/.test(first.text.slice(end, end + 2)))
    .at(-1)
  if (!time || views.some((view) => governingTimes(view, context).length > 0)) return null
  for (const view of views) {
    const numbered = new Set(standing(view).map((draft) => draft.fragment))
    for (const [index, fragment] of view.fragments.entries()) {
      const words = stripOpening(
        view.text.slice(fragment.start, fragment.end).replace(/^\s*\(?[\d一二三四五六七八九十]+\)?[.、)]/, ''),
      )
      if (
        numbered.has(index) ||
        !isDeliverable(words) ||
        ADVERBIAL.test(words) ||
        FAULT.test(words) ||
        isLabel(words, fragment)
      )
        continue
      return {
        time,
        task: displayForm(words).slice(0, LONGEST_TASK),
        basis: 'inherited',
        units: unitsAt(view, context, { start: clause.start, end: clause.start + 1 }),
        doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
        reasons: { deadline: { range, rule: 'deadline-inherited/tag' } },
      }
    }
  }
  return null
}

/** (二)集中整治阶段(2024年5月至8月底): the heading of a stage and when it ends. */
const STAGE = /^[^,。;()]{2,20}阶段[^,。;()]{0,8}\((?<time>[^()]{2,30})\)/

/** A stage of the work that a heading dates is due when it ends. */
export function stageMilestone(clause: Clause, view: SentenceView, context: DocumentContext): MilestoneDraft | null {
  const heading = clause.path.at(-1)
  if (!heading || heading.start !== clause.start) return null
  const label = labelOf(heading.text)?.text.length ?? 0
  const stage = STAGE.exec(heading.text.slice(label))
  const words = stage?.groups?.['time']
  if (!stage || words === undefined) return null
  const start = heading.start + label + stage[0].length - 1 - words.length
  const range = { start, end: start + words.length }
  const time = findLimits(view.text, range.start, range.end, { issuedOn: context.issuedOn, year: context.year }).at(-1)
  if (!time || !isAhead(time, context)) return null
  return {
    time,
    task: displayForm(stage[0].slice(0, stage[0].indexOf('('))).slice(0, LONGEST_TASK),
    basis: 'inherited',
    units: unitsAt(view, context, range),
    doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
    reasons: { deadline: { range, rule: 'deadline-inherited/heading' } },
  }
}

/** A table row with a date is a milestone: its task cell is the task. */
export function rowMilestone(
  view: SentenceView,
  context: DocumentContext,
  memory: DeadlineMemory,
): MilestoneDraft | null {
  const { row } = view.clause
  if (!row) return null
  const cell = deadlineCell(row)
  const governing = memory.governing(view)
  if (!cell || !governing || governing.time.start < cell.start || governing.time.end > cell.end) return null
  const taskColumn = row.table.columns.findIndex(({ role }) => role === 'task' || role === 'indicator')
  const task = row.cells.find((candidate) => candidate.column === taskColumn)
  if (!task || !holdsDeliverable(view, row)) return null
  return {
    time: governing.time,
    task: displayForm(view.text.slice(task.start, task.end)).slice(0, LONGEST_TASK),
    basis: 'explicit',
    units: unitsAt(view, context, { start: task.start, end: task.end }),
    doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
    reasons: { deadline: { range: cell, rule: 'deadline-inherited/table-column' } },
  }
}
