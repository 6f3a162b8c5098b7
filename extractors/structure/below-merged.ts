import { isBodies, VALUE_LIKE } from '../text/cell-alignment.ts'
import type { ColumnRole, TableCell, TableColumn, TableRow } from './types.ts'

/** 年底前, 2027年11月底, 三季度末, 长期坚持: a limit and nothing else; 全年招商 is a task. */
const LIMIT =
  /^(?=.)(?:20\d\d年)?(?:全年|年|(?:1[0-2]|[1-9])月(?:\d{1,2}日)?|[上下]半年|第?[一二三四1-4]季度)?[底末内]?[之以]?前?$|^(?:长期|持续)(?:坚持|推进|实施)?$/
const isLimit = ({ text }: TableCell): boolean => text.length <= LONGEST_LIMIT && LIMIT.test(text)
const LONGEST_LIMIT = 16

const ANSWERS: ReadonlySet<ColumnRole> = new Set(['lead', 'responsible', 'support'] as const)

/**
 * The cells of a row in their columns. Below cells that are merged over several rows a page may leave out the first ones, so
 * that what it has stands too far to the left: its limit, or where the table has none its only bodies or its numbers, tell how
 * far.
 * @param numbers where the numbers begin in a whole row that ends in nothing else; 0 where no row does
 */
export function inTheirColumns(cells: TableCell[], columns: readonly TableColumn[], numbers: number): TableCell[] {
  const filled = cells.filter(({ text }) => text !== '')
  const last = filled.at(-1)
  if (!last || last.column >= columns.length - 1 || filled.length < FEWEST_FILLED) return cells
  const shift = shiftOf(filled, columns) || shiftOfNumbers(filled, columns, numbers)
  if (shift === 0 || last.column + shift >= columns.length) return cells
  const { start } = cells[0] as TableCell
  const leftOut = Array.from({ length: shift }, (_, column) => ({ start, end: start, column, text: '' }))
  return [...leftOut, ...cells.map((cell) => ({ ...cell, column: cell.column + shift }))].slice(0, columns.length)
}
/** A title between rows has one. */
const FEWEST_FILLED = 2
/** A task and a number of it stand before the bodies: a name alone may be what the row is about. */
const FEWEST_BEFORE_BODIES = 3

/** 北片区 | 东湖镇 | 26 | 14: where the numbers begin in the first whole row that ends in numbers alone; 0 where none does. */
export function numbersFrom(rows: readonly (readonly TableCell[])[], columns: readonly TableColumn[]): number {
  for (const cells of rows) {
    if (cells.length < columns.length || !VALUE_LIKE.test(cells.at(-1)?.text ?? '')) continue
    const from = cells.findIndex(({ text }) => VALUE_LIKE.test(text))
    return from >= FEWEST_NAMES && cells.slice(from).every(({ text }) => VALUE_LIKE.test(text)) ? from : 0
  }
  return 0
}
const FEWEST_NAMES = 2

/** Of a row with as many numbers as a whole one and fewer names before them. */
function shiftOfNumbers(filled: readonly TableCell[], columns: readonly TableColumn[], numbers: number): number {
  if (numbers === 0) return 0
  const names = filled.findIndex(({ text }) => VALUE_LIKE.test(text))
  const rest = filled.slice(names)
  return names > 0 && rest.length === columns.length - numbers && rest.every(({ text }) => VALUE_LIKE.test(text))
    ? Math.max(0, numbers - names)
    : 0
}

/** How many columns a row stands too far to the left; 0 where nothing says so. */
function shiftOf(filled: readonly TableCell[], columns: readonly TableColumn[]): number {
  const deadline = columns.findIndex(({ role }) => role === 'deadline')
  if (deadline >= 0) {
    const limits = filled.filter(isLimit)
    const [limit] = limits
    return limit && limits.length === 1 ? Math.max(0, deadline - limit.column) : 0
  }
  const units = columns.flatMap(({ role }, i) => (ANSWERS.has(role) ? [i] : []))
  const last = filled.at(-1) as TableCell
  return filled.length >= FEWEST_BEFORE_BODIES &&
    units.length === 1 &&
    last.column < (units[0] as number) &&
    isBodies(last.text)
    ? (units[0] as number) - last.column
    : 0
}

/**
 * Whether a row ends before its columns of units and begins with a task, below cells of the columns before it that are merged
 * over several rows: those of the units are merged over the same ones.
 */
export function isBelowMerged({ cells, table }: TableRow): boolean {
  const task = cells.findIndex(({ text }) => text !== '')
  const units = table.columns.findIndex(({ role }) => ANSWERS.has(role))
  return task > 0 && cells.length <= units && table.columns[task]?.role === 'task'
}
