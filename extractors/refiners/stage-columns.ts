import { findLimits } from '../parsers/limit.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { TimeBase } from '../parsers/time-core.ts'
import type { TableColumn, TableRow } from '../structure/types.ts'
import { isAhead } from './deadline-explicit.ts'
import type { DocumentContext } from './draft.ts'

/** What stands beside the time in the head of a column of stages: 一季度**目标**, 6月底**形象进度**. */
const BESIDE_TIME =
  /年度|阶段|主要|重点|工作|建设|计划|预期|形象|完成|推进|目标|任务|项目|进度|节点|安排|要求|内容|情况|\([^()\d]{0,8}\)|[:,、的()]/g
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
    const time = role === 'value' || role === 'other' ? headTime(header, findLimits, base) : null
    return time && isAhead(time, context) ? time : null
  })
  const different = new Set(times.flatMap((time) => (time ? [time.last] : [])))
  return different.size >= FEWEST_STAGES ? times : columns.map(() => null)
}

/** The time that a header is, with the words that stand beside times; null where it is about anything else. */
export function headTime(header: string, find: typeof findLimits, base: TimeBase): FoundTime | null {
  const words = header.replace(/\s/g, '').replace(YEARS, '$1年').replace(BESIDE_TIME, '')
  const [time, ...more] = find(`${words},`, 0, words.length + 1, base)
  return time && more.length === 0 && time.start === 0 && time.end >= words.length ? time : null
}

/** 重点任务(2027-2029): years of a period without 年. */
const YEARS = /20\d\d年?[—~至-]{1,2}(20\d\d)年?/

const yearOf = ({ last }: FoundTime): number => Number(last.slice(0, 4))
