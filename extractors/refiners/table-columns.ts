import { readTableValue } from '../parsers/table-value.ts'
import { findTimes } from '../parsers/time.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { DocumentTree, Table, TableCell, TableColumn, TableRow } from '../structure/types.ts'
import type { DocumentContext } from './draft.ts'

/** What a column of an indicator table gives to a target. */
export type ValueColumn =
  | { kind: 'name' | 'unit' | 'none' }
  | { kind: 'base' | 'target'; period: FoundTime | null; header: string }
  | { kind: 'growth'; period: FoundTime | null; header: string }

const NAME = /指标|名称|项目|内容|事项(?!来源)/
const GROWTH = /年均|增速|增长|增幅/
const TARGET = /目标|预期|规划|计划|任务|值$|数$|年$|20\d\d/
const BASE = /基期|基准|现状|现值|基数|上年|完成(?!率)|实际|基础/
/** Points of an assessment, shares of a whole: no values that anything is to reach. */
const POINTS = /分值|权重|得分|分数|评分|赋分|满分|扣分|完成率|完成比例|占比\(%\)$|进度/
/** 目标完成情况表, 规划实施评估表: what a table reports of, and tables of norms. */
const REPORT_CAPTION =
  /(?:完成|实施|执行|进展|落实|达标)情况|评估(?:表|结果)|设计标准|技术标准|防洪标准|重现期|评价标准|分级标准/
/** Columns that say what was reached. */
const REACHED = /完成(?:[值数率]|情况)|实际(?:值|数|完成)|实现值|达到值/

/** What the columns of a header hold, read once a document. */
const readColumns = new WeakMap<DocumentTree, Map<TableColumn[], ValueColumn[]>>()

/**
 * Reads the columns of the row's table. A table without a header of its own (parted by a title line) goes on with the one above.
 * Of several year columns those before the time that the document is about are what the others start from.
 */
export function valueColumns(row: TableRow, context: DocumentContext): ValueColumn[] {
  const columns = headed(row, context)
  if (!columns || REPORT_CAPTION.test(row.table.caption ?? '')) return []
  let known = readColumns.get(context.document)
  if (!known) readColumns.set(context.document, (known = new Map()))
  let read = known.get(columns)
  if (!read) known.set(columns, (read = readHeader(columns, context)))
  return read
}

function readHeader(columns: readonly TableColumn[], context: DocumentContext): ValueColumn[] {
  const name = nameColumn(columns)
  const read = columns.map((column, index) => columnOf(column, index === name, context))
  if (isReport(columns, read, context)) return []
  const dated = read.filter((column) => column.kind === 'target' && column.period)
  const [first, next] = dated
  if (
    first?.kind === 'target' &&
    next?.kind === 'target' &&
    first.period &&
    next.period &&
    !read.some(({ kind }) => kind === 'base') &&
    isBefore(first.period, next.period, context)
  ) {
    read[read.indexOf(first)] = { ...first, kind: 'base' }
  }
  return read
}

/** Whether a header tells what was reached and names no time that is still to come. */
function isReport(
  columns: readonly TableColumn[],
  read: readonly ValueColumn[],
  { issuedOn }: DocumentContext,
): boolean {
  if (!columns.some(({ header }) => REACHED.test(header))) return false
  const periods = read.flatMap((column) => ('period' in column && column.period ? [column.period] : []))
  return periods.length > 0 && issuedOn !== null && periods.every(({ last }) => last < issuedOn)
}

/** Whether a year lies before the time the document is about; where that is unknown, whether it lies years before the next column's. */
function isBefore(first: FoundTime, next: FoundTime, { titlePeriod }: DocumentContext): boolean {
  if (titlePeriod && titlePeriod.first < titlePeriod.last) return first.last < titlePeriod.first
  return Number(next.last.slice(0, 4)) - Number(first.last.slice(0, 4)) >= 2
}

/** Columns of each table of a document, its own or those of the nearest above that has a header. Filled once a document. */
const headers = new WeakMap<DocumentTree, Map<Table, TableColumn[]>>()

function headed(row: TableRow, context: DocumentContext): TableColumn[] | null {
  let known = headers.get(context.document)
  if (!known) {
    known = new Map()
    let last: TableColumn[] = []
    for (const table of context.document.tables) {
      if (table.columns.length > 0) last = table.columns
      known.set(table, last)
    }
    headers.set(context.document, known)
  }
  const columns = known.get(row.table) ?? row.table.columns
  return columns.length > 0 && (columns === row.table.columns || columns.length >= row.cells.length - 1)
    ? columns
    : null
}

/**
 * The column of the names: 指标, of 一级指标 and 二级指标 the last; else the first that names anything, or the tasks or kinds
 * beside their values.
 */
const nameColumn = (all: readonly TableColumn[]): number => {
  const told = toldColumn(all)
  return told >= 0 ? told : kindColumn(all)
}

/** The column of the names where its header says so; -1 where none does. */
function toldColumn(all: readonly TableColumn[]): number {
  const levels = all.findLastIndex(({ header }) => /级指标/.test(header))
  if (levels >= 0) return levels
  const told = all.findIndex(({ role }) => role === 'indicator')
  if (told >= 0) return told
  // 2027年工作项目 | 2028年计划: where several years have a column, none of them names.
  const years = all.filter(({ header }) => YEAR.test(header)).length > 1
  const named = all.findIndex(
    ({ header }) => NAME.test(header) && !/目标|值$/.test(header) && !(years && YEAR.test(header)),
  )
  // 工作任务 | 目标值 | 单位: what is to be done is what is counted.
  return named >= 0 || !all.some(({ role }) => role === 'value') ? named : all.findIndex(({ role }) => role === 'task')
}

const YEAR = /20\d\d年/

/**
 * 序号 | 品类 | 储能计划(兆瓦): the column of the kinds among which a plan is shared out, left of its values, where none names a
 * task or an indicator; -1 where there is none. What is measured is said by the header of the values alone.
 */
export function kindColumn(all: readonly TableColumn[]): number {
  const value = all.findIndex(({ role }) => role === 'value')
  const kind = all.findIndex(({ role }) => role !== 'number')
  return toldColumn(all) < 0 &&
    kind >= 0 &&
    kind < value &&
    all[kind]?.role === 'other' &&
    !PLAIN_TEXT.test(all[kind]?.header ?? '')
    ? kind
    : -1
}
/** Columns whose cells name nothing that could be measured. */
const PLAIN_TEXT = /名单|姓名|电话|编码|代码|地址|地点|备注/

/** 十四五储能计划: a header names the plan period in short. */
const inPlan = (header: string): string => header.replace(/^“?(十[一二三四五六]?五)”?(?!期|时期|末|规划)/, '“$1”期间')

function columnOf({ header, role }: TableColumn, isName: boolean, context: DocumentContext): ValueColumn {
  if (role === 'unit') return { kind: 'unit' }
  if (isName) return { kind: 'name' }
  if (POINTS.test(header)) return { kind: 'none' }
  if (['number', 'lead', 'responsible', 'support', 'note', 'deadline'].includes(role)) return { kind: 'none' }
  const period =
    findTimes(`${inPlan(header)},`, 0, inPlan(header).length + 1, {
      issuedOn: context.issuedOn,
      year: context.year,
    }).at(-1) ?? null
  if (GROWTH.test(header)) return { kind: 'growth', period, header }
  if (BASE.test(header) || (period && context.issuedOn !== null && period.last < context.issuedOn))
    return { kind: 'base', period, header }
  return role === 'value' || TARGET.test(header) ? { kind: 'target', period, header } : { kind: 'none' }
}

/**
 * The cell of a column. Rows that are shorter than the header leave out leading cells (merged above) or the last ones (empty, as a
 * remark may be): where their words fit the columns tells which.
 */
export function cellsByColumn(row: TableRow, columns: readonly ValueColumn[]): (TableCell | null)[] {
  const missing = Math.max(0, columns.length - row.cells.length)
  let shift = 0
  for (let other = 1, best = missing > 0 ? fitOf(row, columns, 0) : 0; other <= missing; other++) {
    const fit = fitOf(row, columns, other)
    if (fit > best) [best, shift] = [fit, other]
  }
  return columns.map((_, index) => row.cells[index - shift] ?? null)
}

/** How many cells are what their columns hold, less those that are not, where the first stands below a column. */
function fitOf({ cells }: TableRow, columns: readonly ValueColumn[], first: number): number {
  return cells.reduce((sum, { text }, i) => {
    const kind = columns[first + i]?.kind
    if (text === '' || kind === undefined || kind === 'none') return sum
    const isValue = readTableValue(text) !== null
    return sum + (isValue === (kind === 'target' || kind === 'base' || kind === 'growth') ? 1 : -1)
  }, 0)
}
