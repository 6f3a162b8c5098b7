import { findLimits } from '../parsers/limit.ts'
import { labelOf } from '../structure/labels.ts'
import type { Clause, TableCell, TableRow } from '../structure/types.ts'
import { isAhead } from './deadline-explicit.ts'
import { isDeliverable, taskWords } from './deliverable.ts'
import type { DocumentContext, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import type { MilestoneDraft } from './milestones.ts'
import { stagesOf } from './stage-columns.ts'
import { unitsAt } from './units.ts'

/** (二)集中整治阶段(2024年5月至8月底), (一)启动阶段:2024年3月: the heading of a stage and when it ends. */
const STAGE =
  /^(?<name>(?:第[一二三四五六]阶段:?)?[^,。;:()]{2,20})(?:\((?<bracket>[^()]{2,30})\)|:(?<behind>[^,。;:()]{2,30})(?=[。;]|$))/
/** Label, name and time of a stage are no longer, in characters. */
const LONGEST_HEAD = 80
/** What stages are called: 宣传动员, 自查自纠, 集中整治, 总结提升. */
const STAGE_NAME =
  /^(?:组织|宣传|动员|启动|部署|准备|自查|排查|集中|全面|整治|整改|实施|推进|总结|验收|巩固|检查|督导|评估)(?:发动|动员|部署|宣传|自查|自纠|排查|整治|整改|攻坚|推进|实施|验收|提升|提高|巩固|总结|评估|检查)$/
/** The heading above the stages of a work. */
const ABOVE_STAGES = /步骤|阶段|进度|时间(?:安排|计划)|日程|工作安排/

/** A stage of the work that its heading dates is due when it ends. */
export function stageMilestone(clause: Clause, view: SentenceView, context: DocumentContext): MilestoneDraft | null {
  const words = view.text.slice(clause.start, Math.min(clause.end, clause.start + LONGEST_HEAD))
  const label = labelOf(words)?.text.length ?? 0
  const stage = STAGE.exec(words.slice(label))
  const name = stage?.groups?.['name']
  const when = stage?.groups?.['bracket'] ?? stage?.groups?.['behind']
  if (!stage || name === undefined || when === undefined) return null
  const own = clause.path.at(-1)
  const above = own?.start === clause.start ? clause.path.at(-2) : own
  const named = /阶段$|^第.阶段/.test(name) || (label > 0 && STAGE_NAME.test(name))
  if (!named && (label === 0 || !stage.groups?.['bracket'] || !above || !ABOVE_STAGES.test(above.text))) return null
  const start = clause.start + label + stage[0].lastIndexOf(when)
  const range = { start, end: start + when.length }
  const time = findLimits(view.text, range.start, range.end, { issuedOn: context.issuedOn, year: context.year }).at(-1)
  if (!time || !isAhead(time, context)) return null
  return {
    time,
    task: taskWords(name),
    basis: 'inherited',
    units: unitsAt(view, context, range),
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
    if (!time || !holdsWords(view, cell)) return []
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
