import { findLimits } from '../parsers/limit.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { TableColumn, TableRow } from '../structure/types.ts'
import { isAhead } from './deadline-explicit.ts'
import type { DocumentContext } from './draft.ts'

/** What stands beside the time in the head of a column of stages: 一季度**目标**, 6月底**形象进度**. */
const BESIDE_TIME =
  /年度|阶段|主要|重点|工作|建设|计划|预期|形象|完成|推进|目标|任务|进度|节点|安排|要求|内容|情况|\(.{0,8}\)|[:,、的]/g
/** Two columns or more that a time heads are stages; one says when the table is of. */
const FEWEST_STAGES = 2

/** The times that head the columns of a table, null for a column that none heads; read once for the columns of a document. */
const readStages = new WeakMap<DocumentContext, Map<readonly TableColumn[], (FoundTime | null)[]>>()

/** The time that heads each column of a row's table of stages; null for the others, and for all where it is none. */
export function stagesOf(row: TableRow, context: DocumentContext): readonly (FoundTime | null)[] {
  let known = readStages.get(context)
  if (!known) readStages.set(context, (known = new Map()))
  const { columns } = row.table
  let stages = known.get(columns)
  if (!stages) known.set(columns, (stages = headTimes(columns, context)))
  return stages
}

function headTimes(columns: readonly TableColumn[], context: DocumentContext): (FoundTime | null)[] {
  const base = { issuedOn: context.issuedOn, year: context.titlePeriod ? yearOf(context.titlePeriod) : context.year }
  const times = columns.map(({ header, role }) => {
    if (role !== 'value' && role !== 'other') return null
    const words = header.replace(/\s/g, '').replace(BESIDE_TIME, '')
    const [time, ...more] = findLimits(words, 0, words.length, base)
    return time && more.length === 0 && time.start === 0 && time.end >= words.length && isAhead(time, context)
      ? time
      : null
  })
  const different = new Set(times.flatMap((time) => (time ? [time.last] : [])))
  return different.size >= FEWEST_STAGES ? times : columns.map(() => null)
}

const yearOf = ({ last }: FoundTime): number => Number(last.slice(0, 4))

/** The time that heads the column of a place in a row of stages; null elsewhere. */
export function stageAt(row: TableRow, at: number, context: DocumentContext): FoundTime | null {
  const cell = row.cells.find(({ start, end }) => at >= start && at < end)
  return (cell && stagesOf(row, context)[cell.column]) ?? null
}
