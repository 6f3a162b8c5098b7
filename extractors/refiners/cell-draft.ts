import type { FoundQuantity } from '../parsers/quantity-types.ts'
import type { TableValue } from '../parsers/table-value.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { Table, TableCell } from '../structure/types.ts'
import type { Range } from '../text/reading-text.ts'
import type { Baseline, Measure } from '../types.ts'
import { type DocumentContext, type Draft, newDraft } from './draft.ts'
import { filled, type Frame, frameFrom, wordsIn } from './frame/frame.ts'
import type { ValueColumn } from './table-columns.ts'
import { splitUnit } from './table-names.ts'

/** What a name ends with that is to go down: 能耗**降低率**. */
export const REDUCED = /(?:下降|降低|减少|削减|压减|降幅)(?:率|幅度|比例)?$/
const GROWN = /(?:增长|提高|增加|增速|增幅|增长率)(?:幅度|速度)?$/

/** The number of a cell; `range` is where its value stands, `end` where the cell's words end. */
export const cellQuantity = (value: TableValue, range: Range, unit: string, end: number): FoundQuantity => ({
  start: range.start,
  end,
  valueStart: range.start,
  valueEnd: range.end,
  value: value.value,
  unit,
  kind: unit === '%' ? 'percent' : 'amount',
  writing: 'arabic',
  more: false,
  form: 'cell',
  rule: 'table-value',
})

/** What a row starts from, and the cell that says it. */
export interface RowBase {
  baseline: Baseline
  cell: TableCell
}

/** Whether a row goes down from its base to what is to be reached: then that is a cap. */
const falls = (base: RowBase | null, { value }: TableValue): boolean =>
  base !== null && !Array.isArray(value) && base.baseline.value !== null && value < base.baseline.value

/** What names a cell. */
interface CellWords {
  named: TableCell
  name: string
  unit: string
  /** Whose number it is, where each place or body of a table has its own. */
  owner?: string
  /** What the column measures of what the row names. */
  measure?: string
}

function frameOf({ named, name, owner = '', measure = '' }: CellWords): Frame {
  const row = frameFrom({ from: 'row', rule: 'row', slots: { owner, thing: name }, range: named })
  return measure === '' ? row : filled(row, { from: 'column', rule: 'column', slots: { measure } })
}

/** 能耗**降低率** is told by its measure: the name is without it, unless it is nothing else. */
export function withoutReduction(frame: Frame): Frame {
  const thing = wordsIn(frame, 'thing').replace(REDUCED, '')
  return thing === '' || wordsIn(frame, 'measure') !== ''
    ? frame
    : filled(frame, { from: 'row', rule: 'row', slots: { thing } })
}

/**
 * The target that a cell holds.
 * @param words the cell that names it, what it names, whose that is and what the column measures of it, and the unit that
 *   stands outside the cell; empty where none does
 * @param base what the row starts from
 * @param goal the time of the last column of values, which a yearly growth holds for
 */
export function cellDraft(
  column: Extract<ValueColumn, { header: string }>,
  cell: TableCell,
  value: TableValue,
  words: CellWords,
  table: Table,
  context: DocumentContext,
  base: RowBase | null = null,
  goal: FoundTime | null = null,
): Draft {
  const { named, unit } = words
  const frame = frameOf(words)
  const { name } = frame
  const growth = column.kind === 'growth'
  const header = /[(（]([^()（）]+)[)）]/.exec(column.header)?.[1] ?? ''
  const own =
    value.unit ||
    (growth
      ? header || '%'
      : unit || splitUnit(column.header).unit || (/[率比重例]$/.test(name) ? '' : (table.unit ?? '')))
  const time = column.period ?? (growth ? (goal ?? context.titlePeriod) : null)
  const range = { start: cell.start + value.valueStart, end: cell.start + value.valueEnd }
  const place = { start: cell.start, end: cell.end }
  const measure: Measure =
    value.measure ?? (growth || GROWN.test(name) ? 'growth' : REDUCED.test(name) ? 'reduction' : 'level')
  return {
    ...newDraft(cellQuantity(value, range, own, cell.end)),
    left: { start: named.start, end: named.end },
    op: !value.compared && measure === 'level' && falls(base, value) ? '<=' : value.op,
    measure,
    per: (growth && /年均|每年|年平均|年增/.test(column.header)) || /年均|每年/.test(name) ? 'year' : null,
    baseline: base && !growth ? base.baseline : null,
    frame: withoutReduction(frame),
    deadline: time?.last ?? null,
    deadlineBasis: time ? 'inherited' : 'none',
    doubts: [
      ...(value.cumulated ? [{ field: 'value', cue: 'cell-cumulated' } as const] : []),
      ...(context.reading.doubtful.has(cell.start) ? [{ field: 'value', cue: 'cell-parted-two-ways' } as const] : []),
    ],
    reasons: {
      value: { range, rule: 'table-value' },
      unit: { range: place, rule: 'table-values/unit' },
      op: { range: place, rule: 'table-value' },
      measure: { range: place, rule: growth ? 'table-values/growth-column' : 'table-value' },
      ...(base && !growth ? { baseline: { range: base.cell, rule: 'table-values/base-column' } } : {}),
      ...(time ? { deadline: { range: null, rule: 'deadline-inherited/table-header' } } : {}),
    },
  }
}
