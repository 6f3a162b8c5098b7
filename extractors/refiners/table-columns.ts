import { findTimes } from '../parsers/time.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { DocumentTree, Table, TableCell, TableColumn, TableRow } from '../structure/types.ts'
import type { DocumentContext } from './draft.ts'

/** What a column of an indicator table gives to a target. */
export type ValueColumn =
  | { kind: 'name' | 'unit' | 'none' }
  | { kind: 'base' | 'target'; period: FoundTime | null; header: string }
  | { kind: 'growth'; period: FoundTime | null; header: string }

const NAME = /指标|名称|项目|内容/
const GROWTH = /年均|增速|增长|增幅/
const TARGET = /目标|预期|规划|计划|任务|值$|数$|年$|20\d\d/
const BASE = /基期|现状|现值|基数|上年|完成|实际|基础/

/**
 * Reads the columns of the row's table. A table without a header of its own (parted by a title line) goes on with the one above.
 * Of several year columns those before the year of issue, or the first where all lie ahead, are what the others start from.
 */
export function valueColumns(row: TableRow, context: DocumentContext): ValueColumn[] {
  const columns = headed(row, context)
  if (!columns) return []
  const read = columns.map((column, index) => columnOf(column, index, columns, context))
  const dated = read.filter((column) => column.kind === 'target' && column.period)
  if (dated.length >= 2 && !read.some(({ kind }) => kind === 'base')) {
    const first = read.findIndex((column) => column.kind === 'target')
    const column = read[first]
    if (column?.kind === 'target' && column.period) read[first] = { ...column, kind: 'base' }
  }
  return read
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
  return columns.length > 0 && (columns === row.table.columns || columns.length >= row.cells.length - 1) ? columns : null
}

function columnOf(column: TableColumn, index: number, all: readonly TableColumn[], context: DocumentContext): ValueColumn {
  const { header, role } = column
  if (role === 'unit') return { kind: 'unit' }
  if (role === 'indicator' || (NAME.test(header) && !all.slice(0, index).some((before) => NAME.test(before.header)) && !/目标|值$/.test(header))) return { kind: 'name' }
  if (['number', 'lead', 'responsible', 'support', 'note', 'deadline'].includes(role)) return { kind: 'none' }
  const period = findTimes(`${header},`, 0, header.length + 1, { issuedOn: context.issuedOn, year: context.year }).at(-1) ?? null
  if (GROWTH.test(header)) return { kind: 'growth', period, header }
  if (BASE.test(header) || (period && context.issuedOn !== null && period.last < context.issuedOn)) return { kind: 'base', period, header }
  return role === 'value' || TARGET.test(header) ? { kind: 'target', period, header } : { kind: 'none' }
}

/** The cell of a column; rows that leave out leading cells (merged above) are aligned from the right. */
export function cellsByColumn(row: TableRow, columns: readonly ValueColumn[]): (TableCell | null)[] {
  const shift = Math.max(0, columns.length - row.cells.length)
  return columns.map((_, index) => row.cells[index - shift] ?? null)
}
