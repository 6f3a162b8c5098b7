import { findLimits } from '../parsers/limit.ts'
import type { FoundTime } from '../parsers/time.ts'
import { labelOf } from '../structure/labels.ts'
import type { Clause, TableCell, TableRow } from '../structure/types.ts'
import { unitsFor } from '../structure/units-for.ts'
import type { Range } from '../text/reading-text.ts'
import { openingActors } from './actors.ts'
import { isAhead } from './deadline-explicit.ts'
import { isDeliverable, taskWords } from './deliverable.ts'
import type { DocumentContext, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import type { MilestoneDraft } from './milestones.ts'
import { stagesOf } from './stage-columns.ts'
import { unitsAt } from './units.ts'
import { everyMatch } from '../text/every-match.ts'

/** (二)集中整治阶段(2024年5月至8月底), (一)启动阶段:2024年3月: a stage and when it ends. */
const STAGE =
  /^(?<name>(?:第[一二三四五六]阶段:?)?[^,。;:()]{2,20})(?:\((?<bracket>[^()]{2,30})\)|:(?<behind>[^,。;:()]{2,30})(?=[。;]|$))/
/** 第一阶段,从3月至5月,为动员阶段: the name behind the time. */
const NAMED_BEHIND = /^(?<name>第[一二三四五六]阶段)[,:]?(?:从|自)?(?<time>[^,。;:()]{2,30}),为/
/** 第一阶段(3月至5月):动员部署阶段, 第一阶段(4月上旬)为宣传发动阶段: what a counted stage is called. */
const CALLED = /^[,:]?为?(?<called>[^,。;:()]{2,16}阶段)(?=[,。;:]|$)/
/** Label, name and time of a stage are no longer, in characters. */
const LONGEST_HEAD = 80
/** What stages are called: 宣传动员, 自查自纠, 集中整治, 总结提升. */
const STAGE_NAME =
  /^(?:组织|宣传|动员|启动|部署|准备|自查|排查|集中|全面|整治|整改|实施|推进|总结|验收|巩固|检查|督导|评估)(?:发动|动员|部署|宣传|自查|自纠|排查|整治|整改|攻坚|推进|实施|验收|提升|提高|巩固|总结|评估|检查)$/
/** The heading above the stages of a work. */
const ABOVE_STAGES = /步骤|阶段|进度|时间(?:安排|计划)|日程|工作安排/
/** Where a stage may begin within a paragraph: behind a mark, with its label or its number. */
const BEGINS_WITHIN = /[。;:)](?=\([一二三四五六1-6]\)|[1-6][.、]|第[一二三四五六]阶段)/g

/** A work has no more stages; a paragraph with more labels lists something else. */
const MOST_STAGES = 12

/** A stage of the work, when it is due, and the sentence that says so. */
interface StageFound {
  view: SentenceView
  milestone: MilestoneDraft
}

/** The stages that a paragraph dates, each due when it ends: the one it opens with, and those listed in it. `views` are its sentences. */
export function stagesOfClause(clause: Clause, views: readonly SentenceView[], context: DocumentContext): StageFound[] {
  const [first] = views
  if (!first || clause.row) return []
  const words = first.text.slice(clause.start, clause.end)
  const starts = [0, ...everyMatch(BEGINS_WITHIN, words).map(({ index }) => index + 1)].slice(0, MOST_STAGES)
  return starts.flatMap((from, i) => {
    const start = clause.start + from
    const view = views.findLast(({ sentence }) => sentence.start <= start) ?? first
    const end = starts[i + 1] === undefined ? clause.end : clause.start + (starts[i + 1] as number)
    const milestone = stageAt({ start, end }, clause, view, context)
    return milestone ? [{ view, milestone }] : []
  })
}

/** The stage that a range of a paragraph begins with. */
function stageAt(
  { start: from, end }: Range,
  clause: Clause,
  view: SentenceView,
  context: DocumentContext,
): MilestoneDraft | null {
  const words = view.text.slice(from, Math.min(end, from + LONGEST_HEAD))
  const label = labelOf(words)?.text.length ?? 0
  const opening = words.slice(label)
  const stage = NAMED_BEHIND.exec(opening) ?? STAGE.exec(opening)
  const name = stage?.groups?.['name']
  const when = stage?.groups?.['time'] ?? stage?.groups?.['bracket'] ?? stage?.groups?.['behind']
  if (!stage || name === undefined || when === undefined) return null
  const within = from !== clause.start
  const own = clause.path.at(-1)
  const above = own?.start === clause.start ? clause.path.at(-2) : own
  const named = /阶段$|^第.阶段/.test(name) || (label > 0 && STAGE_NAME.test(name))
  if (!named && (within || label === 0 || !stage.groups?.['bracket'] || !above || !ABOVE_STAGES.test(above.text)))
    return null
  const start = from + label + stage[0].lastIndexOf(when)
  const range = { start, end: start + when.length }
  const time = findLimits(view.text, range.start, range.end, { issuedOn: context.issuedOn, year: context.year }).at(-1)
  if (!time || !isAhead(time, context)) return null
  const behind = opening.slice(stage[0].length - (stage.groups?.['time'] === undefined ? 0 : 1))
  const called = /^第.阶段$/.test(name) ? CALLED.exec(behind) : null
  const headEnd = from + label + stage[0].length + (called?.[0].length ?? 0)
  const tag = unitsFor(context.document, range)
  // Behind a heading that stands alone its paragraph follows.
  const last = headEnd >= end - 1 ? headEnd + LONGEST_HEAD : Math.min(end, headEnd + LONGEST_HEAD)
  const units = tag ?? openingActors(view.text, headEnd, last)
  return {
    time,
    task: taskWords(called ? `${name}:${called.groups?.['called'] ?? ''}` : name),
    basis: 'inherited',
    units: { lead: units?.lead ?? [], responsible: units?.responsible ?? [], support: units?.support ?? [] },
    doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
    reasons: { deadline: { range, rule: 'deadline-inherited/heading' } },
  }
}

/** 项目 | 一季度 | 二季度 | …: what each stage of a row is to reach, without a number. */
export function columnMilestones(view: SentenceView, context: DocumentContext): MilestoneDraft[] {
  const { row } = view.clause
  if (!row) return []
  const stages = stagesOf(row, context)
  const what = row.cells.find(({ column, text }) => isTask(row, column) && text !== '')
  return row.cells.flatMap((cell): MilestoneDraft[] => {
    const time = stages[cell.column]
    if (!time || !holdsWords(view, cell) || (isYear(time) && STANDING.test(cell.text))) return []
    return [
      {
        time: { ...time, start: cell.start, end: cell.end },
        task: taskWords(what ? `${what.text}${cell.text}` : cell.text),
        basis: 'inherited',
        units: unitsAt(view, context, cell),
        doubts: [{ field: 'kind', cue: 'deliverable-in-words' }],
        reasons: { deadline: { range: null, rule: 'deadline-inherited/table-header' } },
      },
    ]
  })
}

/** Of a whole year no stage is told by what goes on through it. */
const isYear = ({ first, last }: FoundTime): boolean => first.endsWith('-01-01') && last.endsWith('-12-31')
const STANDING =
  /^(?:20\d\d年)?(?:持续|继续|不断|进一步|积极|结合|推[进动]|深化|优化|巩固|保持|加强|强化|对[^,。;]{2,20}进行)/

const isTask = ({ table }: TableRow, column: number): boolean => {
  const role = table.columns[column]?.role
  return role === 'task' || role === 'indicator'
}

/** Whether a cell says what is to be done, in words alone. */
const holdsWords = (view: SentenceView, cell: TableCell): boolean =>
  cell.start >= view.sentence.start &&
  cell.end <= view.sentence.end &&
  isDeliverable(cell.text.split(/[,;。]/, 1)[0] as string) &&
  !standing(view).some(({ quantity }) => quantity.start >= cell.start && quantity.start < cell.end)
