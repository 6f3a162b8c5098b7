import type { TableValue } from '../parsers/table-value.ts'
import { readConditionalValues, readTableValue } from '../parsers/table-value.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { Table, TableCell } from '../structure/types.ts'
import type { Baseline, Measure } from '../types.ts'
import type { DocumentContext, Draft, Refiner } from './draft.ts'
import type { ValueColumn } from './table-columns.ts'
import { cellsByColumn, valueColumns } from './table-columns.ts'
import { tailOf } from './list-names.ts'
import { nameIndex, rowName, splitUnit } from './table-names.ts'

const REDUCED = /(?:下降|降低|减少|削减|压减|降幅)(?:率|幅度|比例)?$/
const GROWN = /(?:增长|提高|增加|增速|增幅|增长率)(?:幅度|速度)?$/

/** Rows of an indicator table: name, unit, old value, values to reach, yearly growth, each in a column of its own. */
export const tableValues: Refiner = {
  name: 'table-values',
  reads: [],
  writes: ['baseline', 'deadline', 'deadlineBasis', 'indicator', 'measure', 'op', 'quantity'],
  run: (view, context) => {
    const { row } = view.clause
    if (!row || row.cells.length < 2) return
    const columns = valueColumns(row, context)
    if (!columns.some(({ kind }) => kind === 'target' || kind === 'growth')) return
    const cells = cellsByColumn(row, columns)
    const named = cells[nameIndex(row, columns, cells)] ?? null
    if (!named || !/[\u4e00-\u9fff]{2}/.test(named.text)) return
    const name = rowName(row, context)
    if (!name) return
    const unit = unitOf(cells[columns.findIndex(({ kind }) => kind === 'unit')] ?? null) || name.unit
    const base = baselineOf(columns, cells, unit)
    const last = columns.findLast((column) => column.kind === 'target' && column.period !== null)
    const goal = last?.kind === 'target' ? last.period : null
    columns.forEach((column, index) => {
      const cell = cells[index]
      if (
        (column.kind !== 'target' && column.kind !== 'growth') ||
        !cell ||
        cell.start < view.sentence.start ||
        cell.start >= view.sentence.end
      )
        return
      const words =
        column.kind === 'target' && tailOf(name.words) === ''
          ? name.words + measureOf(column.header, row.table)
          : name.words
      const value = readTableValue(cell.text)
      if (value && isNothing(value, words)) return
      if (value && !(column.kind === 'growth' && value.cumulated))
        view.drafts.push(draftOf(column, cell, value, named, words, unit, base, goal, row.table, context))
      // A cell that holds a value for each of several kinds has no one base.
      if (!value && column.kind === 'target')
        for (const one of readConditionalValues(cell.text))
          view.drafts.push(
            draftOf(column, cell, one, named, one.holdsFor + words, unit, null, goal, row.table, context),
          )
    })
  },
}

/** 0 in a cell: nothing is asked for, unless it is a cap (事故起数). */
const isNothing = ({ value, compared }: TableValue, name: string): boolean =>
  value === 0 && !compared && !/事故|死亡|案件|违法|违规|投诉|上访|发生|火点|超标|黑臭|失业|返贫|率$/.test(name)

/** What the values of a column are where its rows name works, not indicators: 2024年计划投资, or the years of an 投资计划表. */
function measureOf(header: string, table: Table): string {
  const own = tailOf(` ${splitUnit(header).words}`)
  return own.length >= 2 ? own : /投资/.test(table.caption ?? '') ? '投资' : ''
}

const unitOf = (cell: TableCell | null): string =>
  cell && !/^[—\-/]*$/.test(cell.text) ? cell.text.replace(/[()]/g, '') : ''

function baselineOf(
  columns: readonly ValueColumn[],
  cells: readonly (TableCell | null)[],
  unit: string,
): { baseline: Baseline; cell: TableCell } | null {
  const index = columns.findLastIndex(({ kind }) => kind === 'base')
  const column = columns[index]
  const cell = cells[index]
  const value = cell ? readTableValue(cell.text) : null
  if (!cell || !value || column?.kind !== 'base' || Array.isArray(value.value)) return null
  const period = column.period ? column.header.slice(column.period.start, column.period.end) : null
  return { baseline: { value: value.value, unit: value.unit || unit, period }, cell }
}

/** Whether a row goes down from its base to what is to be reached: then that is a cap. */
const falls = (base: ReturnType<typeof baselineOf>, { value }: TableValue): boolean =>
  base !== null && !Array.isArray(value) && base.baseline.value !== null && value < base.baseline.value

function draftOf(
  column: Extract<ValueColumn, { header: string }>,
  cell: TableCell,
  value: TableValue,
  named: TableCell,
  name: string,
  unit: string,
  base: ReturnType<typeof baselineOf>,
  goal: FoundTime | null,
  table: Table,
  context: DocumentContext,
): Draft {
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
    quantity: {
      start: range.start,
      end: cell.end,
      valueStart: range.start,
      valueEnd: range.end,
      value: value.value,
      unit: own,
      kind: own === '%' ? 'percent' : 'amount',
      writing: 'arabic',
      more: false,
      form: 'cell',
      rule: 'table-value',
    },
    fragment: -1,
    before: null,
    after: null,
    left: { start: named.start, end: named.end },
    right: { start: cell.end, end: cell.end },
    op: !value.compared && measure === 'level' && falls(base, value) ? '<=' : value.op,
    measure,
    per: (growth && /年均|每年|年平均|年增/.test(column.header)) || /年均|每年/.test(name) ? 'year' : null,
    baseline: base && !growth ? base.baseline : null,
    indicator: name.replace(REDUCED, '') || name,
    qualified: false,
    inList: false,
    dealtFrom: null,
    listed: false,
    tail: '',
    elidedObject: false,
    relativeDeadline: false,
    verb: '',
    subject: name,
    noun: '',
    deadline: time?.last ?? null,
    deadlineBasis: time ? 'inherited' : 'none',
    units: { lead: [], responsible: [], support: [] },
    doubts: [
      ...(value.cumulated ? [{ field: 'value', cue: 'cell-cumulated' } as const] : []),
      ...(context.reading.doubtful.has(cell.start) ? [{ field: 'value', cue: 'cell-parted-two-ways' } as const] : []),
    ],
    evidence: [],
    dropped: null,
    reasons: {
      value: { range, rule: 'table-value' },
      unit: { range: place, rule: 'table-values/unit' },
      op: { range: place, rule: 'table-value' },
      measure: { range: place, rule: growth ? 'table-values/growth-column' : 'table-value' },
      indicator: { range: named, rule: 'table-values/name-column' },
      ...(base && !growth ? { baseline: { range: base.cell, rule: 'table-values/base-column' } } : {}),
      ...(time ? { deadline: { range: null, rule: 'deadline-inherited/table-header' } } : {}),
    },
  }
}
