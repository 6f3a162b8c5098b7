import type { TableValue } from '../parsers/table-value.ts'
import { readConditionalValues, readTableValue } from '../parsers/table-value.ts'
import type { Table, TableCell } from '../structure/types.ts'
import { cellDraft, type RowBase, unitFrom } from './cell-draft.ts'
import { type Refiner, type SentenceView, standing } from './draft.ts'
import type { Fill } from './frame/frame.ts'
import type { ValueColumn } from './table-columns.ts'
import { cellsByColumn, kindColumn, valueColumns } from './table-columns.ts'
import { tailOf } from './list-names.ts'
import { matrixOf } from './table-matrix.ts'
import { nameIndex, rowName, splitUnit } from './table-names.ts'

/** Rows of an indicator table: name, unit, old value, values to reach, yearly growth, each in a column of its own. */
export const tableValues: Refiner = {
  name: 'table-values',
  reads: [],
  writes: ['baseline', 'comparator', 'deadline', 'deadlineBasis', 'frame', 'measure', 'quantity', 'unit'],
  run: (view, context) => {
    const { row } = view.clause
    if (!row || row.cells.length < 2 || matrixOf(row.table, context)) return
    const columns = valueColumns(row, context)
    if (!columns.some(({ kind }) => kind === 'target' || kind === 'growth')) return
    const cells = cellsByColumn(row, columns)
    const named = cells[nameIndex(row, columns, cells)] ?? null
    if (!named || !/[\u4e00-\u9fff]{2}/.test(named.text)) return
    const name = rowName(row, context)
    if (!name) return
    const { unit } = name
    const unitCell = cells[columns.findIndex(({ kind }) => kind === 'unit')]
    const ofRow = unit === '' ? null : unitFrom('row', unit, unitCell && unitCell.text !== '' ? unitCell : named)
    const ofStages = unit === '' ? unitOfStages(columns) : null
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
      const value = readTableValue(cell.text)
      const counted = value && countedIn(view, named, value.unit)
      const words = counted ?? name.words
      const measure = column.kind === 'target' && !counted ? measureOf(words, column.header, row.table) : ''
      const said = { row: { thing: words }, ...(measure === '' ? {} : { column: { measure } }) }
      const given = ofRow ?? (STAGE.test(column.header) ? ofStages : null)
      if (
        value &&
        (isNothing(value, words + measure) ||
          measuresNothing(value, words + measure, unit || (row.table.unit ?? ''), column.header))
      )
        return
      if (value && !(column.kind === 'growth' && value.cumulated))
        view.drafts.push(cellDraft(column, cell, value, { named, unit: given, said }, row.table, context, base, goal))
      // A cell that holds a value for each of several kinds has no one base.
      if (!value && column.kind === 'target')
        for (const one of readConditionalValues(cell.text))
          view.drafts.push(
            cellDraft(
              column,
              cell,
              one,
              { named, unit: ofRow, said: { ...said, own: { owner: one.holdsFor } } },
              row.table,
              context,
              null,
              goal,
            ),
          )
    })
  },
}

/** 改造站亭80座 | 30座 | 50座: what the words of a row count in the unit of its cells is what these are of; null where they count none. */
function countedIn(view: SentenceView, named: TableCell, unit: string): string | null {
  if (unit === '') return null
  for (let own: SentenceView | null = view; own && own.sentence.end > named.start; own = own.earlier) {
    const counted = standing(own).findLast(
      ({ quantity, frame }) =>
        quantity.form !== 'cell' &&
        quantity.start >= named.start &&
        quantity.end <= named.end &&
        quantity.unit === unit &&
        frame.name !== '',
    )
    if (counted) return counted.frame.name
  }
  return null
}

/** 目标值(个) | 一季度 | 二季度: what the goal is counted in is what its stages are counted in; null where the headers name none, or several. */
function unitOfStages(columns: readonly ValueColumn[]): Fill | null {
  const units = new Set(columns.flatMap((one) => (one.kind === 'target' ? [splitUnit(one.header).unit] : [])))
  units.delete('')
  const [unit] = units
  return unit === undefined || units.size > 1 ? null : unitFrom('column', unit, null)
}
/** A header that says nothing but when. */
const STAGE =
  /^(?:第?[一二三四1-4]季度|[上下]半年|前?[一二三四五六七八九十\d]{1,2}个?月[份底末]?|全年|年[底末])(?:目标|计划|累计)?$/

/** 0 in a cell: nothing is asked for, unless it is a cap (事故起数). */
const isNothing = ({ value, compared }: TableValue, name: string): boolean =>
  value === 0 && !compared && !/事故|死亡|案件|违法|违规|投诉|上访|发生|火点|超标|黑臭|失业|返贫|率$/.test(name)

/** A number without a unit beside a task or a work is its running number, its sum or its year: nothing says what it measures. */
const measuresNothing = (value: TableValue, name: string, unit: string, header: string): boolean =>
  name.length > LONGEST_MEASURE ||
  (value.unit === '' && unit === '' && splitUnit(header).unit === '' && /[。;]/.test(name))
const LONGEST_MEASURE = 60

/** What the values of a column are where its rows name works, not indicators: 2024年计划投资, or the years of an 投资计划表. */
function measureOf(name: string, header: string, table: Table): string {
  // 工厂 | 十四五储能计划(MW): a kind of thing measures nothing by itself.
  if (kindColumn(table.columns) >= 0) return splitUnit(header).words.replace(PERIOD, '')
  if (tailOf(name) !== '') return ''
  const own = tailOf(` ${splitUnit(header).words}`)
  return own.length >= 2 ? own : /投资/.test(table.caption ?? '') ? '投资' : ''
}

const PERIOD = /^“?十[一二三四五六]?五”?(?:期间|时期|末)?|^(?:到|至)?20\d\d年?(?:底|前)?|^[本当全]?年度?/

function baselineOf(
  columns: readonly ValueColumn[],
  cells: readonly (TableCell | null)[],
  unit: string,
): RowBase | null {
  const index = columns.findLastIndex(({ kind }) => kind === 'base')
  const column = columns[index]
  const cell = cells[index]
  const value = cell ? readTableValue(cell.text) : null
  if (!cell || !value || column?.kind !== 'base' || Array.isArray(value.value)) return null
  const period = column.period ? column.header.slice(column.period.start, column.period.end) : null
  return { baseline: { value: value.value, unit: value.unit || unit, period }, cell }
}
