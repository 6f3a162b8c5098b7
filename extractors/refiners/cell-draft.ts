import { VERBS_OF_REDUCTION } from '../lexicon/changes.ts'
import type { FoundQuantity } from '../parsers/quantity-types.ts'
import type { TableValue } from '../parsers/table-value.ts'
import type { FoundTime } from '../parsers/time.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Table, TableCell } from '../structure/types.ts'
import type { Range } from '../text/reading-text.ts'
import type { Baseline, Measure } from '../types.ts'
import { type DocumentContext, type Draft, newDraft } from './draft.ts'
import { type Fill, filled, type Frame, frameFrom, type From } from './frame/frame.ts'
import type { ValueColumn } from './table-columns.ts'
import { splitUnit } from './table-names.ts'

/** What a name ends with that is to go down: 能耗**降低率**. */
export const REDUCED = new RegExp(`(?:${anyOf(VERBS_OF_REDUCTION)}|降幅)(?:率|幅度|比例)?$`)
const GROWN = /(?:增长|提高|增加|增速|增幅|增长率)(?:幅度|速度)?$/

/** The number of a cell; `range` is where its value stands, `end` where the cell's words end. */
export const cellQuantity = ({ value, unit }: TableValue, range: Range, end: number): FoundQuantity => ({
  start: range.start,
  end,
  valueStart: range.start,
  valueEnd: range.end,
  value,
  unit,
  kind: kindOf(unit),
  writing: 'arabic',
  more: false,
  form: 'cell',
  rule: 'table-value',
})

const kindOf = (unit: string): FoundQuantity['kind'] => (unit === '%' ? 'percent' : 'amount')

/** The unit of a cell's number, and where it was found. */
export const unitFrom = (from: From, words: string, range: Range | null, rule: string = from): Fill => ({
  from,
  rule,
  unit: { words, kind: kindOf(words), range },
})

/** How the value of a cell compares; `range` is where its words stand. */
export const comparatorOfCell = ({ op, compared }: TableValue, range: Range): Fill =>
  compared
    ? { from: 'own', rule: 'table-value', comparator: { op, range } }
    : { from: 'assumed', rule: 'none-stated', comparator: { op, range: null } }

/** What a row starts from, and the cell that says it. */
export interface RowBase {
  baseline: Baseline
  cell: TableCell
}

/** Whether a row goes down from its base to what is to be reached: then that is a cap, unless it is an amount of work. */
const falls = (base: RowBase, { value }: TableValue, name: string): boolean =>
  !Array.isArray(value) && base.baseline.value !== null && value < base.baseline.value && !WORK.test(name)

/** 新建绿道, 泵站改造: what is done anew in each period, so that less than before is no ceiling. A share or a state of it is one. */
const WORK =
  /^(?:新[建增改种设]|建成|建设(?!用地)|创建|整治|改造|完成|培育|打造|修缮|修复|治理|培训|种植|更新)(?!.*[率比重])|(?:建设|创建|整治|改造|修缮|修复|治理|培育|培训|更新|命名|种植|造林)(?:[数总]量|面积|里程|长度|规模|任务|工程|项目)?$/

type HeadedColumn = Extract<ValueColumn, { header: string }>

/** What names the number of a cell: slots that its row, its column and its own words (大城市≥40) fill. */
interface CellWords {
  /** The cell of the row that names it. */
  named: TableCell
  /** The unit that its row or column says; null where neither does. */
  unit: Fill | null
  said: Partial<Record<'row' | 'column' | 'own', Fill['slots']>>
}

function frameOf({ named, said }: CellWords): Frame {
  let frame = frameFrom({ from: 'row', rule: 'row', slots: said.row ?? {}, range: named })
  for (const from of ['column', 'own'] as const)
    if (said[from]) frame = filled(frame, { from, rule: from, slots: said[from] })
  return frame
}

/** The unit of a cell's number: its own, else that of its row, of its column, or of the whole table. */
function unitOf(
  column: HeadedColumn,
  cell: TableCell,
  value: TableValue,
  { unit }: CellWords,
  name: string,
  table: Table,
): Fill {
  if (value.unit !== '') return unitFrom('own', value.unit, { start: cell.start + value.valueEnd, end: cell.end })
  if (column.kind === 'growth') {
    const words = /[(（]([^()（）]+)[)）]/.exec(column.header)?.[1]
    return words === undefined ? unitFrom('assumed', '%', null, 'growth') : unitFrom('column', words, null)
  }
  const ofColumn = splitUnit(column.header).unit
  if (unit) return unit
  if (ofColumn !== '') return unitFrom('column', ofColumn, null)
  return table.unit === null || /[率比重例]$/.test(name)
    ? unitFrom('assumed', '', null, 'none-stated')
    : unitFrom('caption', table.unit, null)
}

/** 能耗**降低率** is told by its measure: the name is without it, unless it is nothing else. */
export function withoutReduction(frame: Frame): Frame {
  const { thing, measure } = frame.slots
  const words = thing?.words.replace(REDUCED, '') ?? ''
  return !thing || words === '' || measure ? frame : filled(frame, { ...thing, slots: { thing: words } })
}

/**
 * The target that a cell holds.
 * @param base what the row starts from
 * @param goal the time of the last column of values, which a yearly growth holds for
 */
export function cellDraft(
  column: HeadedColumn,
  cell: TableCell,
  value: TableValue,
  words: CellWords,
  table: Table,
  context: DocumentContext,
  base: RowBase | null = null,
  goal: FoundTime | null = null,
): Draft {
  const { named } = words
  const frame = frameOf(words)
  const { name } = frame
  const growth = column.kind === 'growth'
  const time = column.period ?? (growth ? (goal ?? context.titlePeriod) : null)
  const range = { start: cell.start + value.valueStart, end: cell.start + value.valueEnd }
  const place = { start: cell.start, end: cell.end }
  const measure: Measure =
    value.measure ?? (growth || GROWN.test(name) ? 'growth' : REDUCED.test(name) ? 'reduction' : 'level')
  return {
    ...newDraft(cellQuantity(value, range, cell.end)),
    left: { start: named.start, end: named.end },
    measure,
    per: (growth && /年均|每年|年平均|年增/.test(column.header)) || /年均|每年/.test(name) ? 'year' : null,
    baseline: base && !growth ? base.baseline : null,
    frame: filled(
      filled(withoutReduction(frame), unitOf(column, cell, value, words, name, table)),
      !value.compared && measure === 'level' && base && falls(base, value, name)
        ? { from: 'row', rule: 'falls', comparator: { op: '<=', range: base.cell } }
        : comparatorOfCell(value, place),
    ),
    deadline: time?.last ?? null,
    deadlineBasis: time ? 'inherited' : 'none',
    doubts: [
      ...(value.cumulated ? [{ field: 'value', cue: 'cell-cumulated' } as const] : []),
      ...(context.reading.doubtful.has(cell.start) ? [{ field: 'value', cue: 'cell-parted-two-ways' } as const] : []),
    ],
    reasons: {
      value: { range, rule: 'table-value' },
      measure: { range: place, rule: growth ? 'table-values/growth-column' : 'table-value' },
      ...(base && !growth ? { baseline: { range: base.cell, rule: 'table-values/base-column' } } : {}),
      ...(time ? { deadline: { range: null, rule: 'deadline-inherited/table-header' } } : {}),
    },
  }
}
