import type { TableValue } from '../parsers/table-value.ts'
import { readTableValue } from '../parsers/table-value.ts'
import type { FoundTime } from '../parsers/time.ts'
import { BARE_NOUNS } from '../lexicon/indicator-nouns.ts'
import type { TableCell, TableRow } from '../structure/types.ts'
import type { Baseline, Measure } from '../types.ts'
import type { DocumentContext, Draft, Refiner } from './draft.ts'
import type { ValueColumn } from './table-columns.ts'
import { cellsByColumn, valueColumns } from './table-columns.ts'

const REDUCED = /(?:下降|降低|减少|削减|压减|降幅)(?:率|幅度|比例)?$/
const GROWN = /(?:增长|提高|增加|增速|增幅|增长率)(?:幅度|速度)?$/

/** Rows of an indicator table: name, unit, old value, values to reach, yearly growth, each in a column of its own. */
export const tableValues: Refiner = (view, context) => {
  const { row } = view.clause
  if (!row || row.cells.length < 2) return
  const columns = valueColumns(row, context)
  if (!columns.some(({ kind }) => kind === 'target' || kind === 'growth')) return
  const cells = cellsByColumn(row, columns)
  const named = cells[columns.findIndex(({ kind }) => kind === 'name')] ?? null
  if (!named || !/[\u4e00-\u9fff]{2}/.test(named.text)) return
  const name = inGroup(nameOf(named.text), row)
  const unit = unitOf(cells[columns.findIndex(({ kind }) => kind === 'unit')] ?? null) || name.unit
  const base = baselineOf(columns, cells, unit)
  const last = columns.findLast((column) => column.kind === 'target' && column.period !== null)
  const goal = last?.kind === 'target' ? last.period : null
  columns.forEach((column, index) => {
    const cell = cells[index]
    if ((column.kind !== 'target' && column.kind !== 'growth') || !cell || cell.start < view.sentence.start || cell.start >= view.sentence.end) return
    const value = readTableValue(cell.text)
    if (!value || (column.kind === 'growth' && value.cumulated)) return
    view.drafts.push(draftOf(column, cell, value, named, name.words, unit, base, goal, context))
  })
}

/** Rates and sizes that say nothing without the group of rows they stand in. */
const BARE = new Set(BARE_NOUNS)

/** 「九年义务教育 / 巩固率」: a bare name, or one that the table has twice, is that of its group. */
function inGroup(name: { words: string; unit: string }, row: TableRow): { words: string; unit: string } {
  const group = row.groups.at(-1)?.replace(/^(?:\(?[一二三四五六七八九十\d]+[)）、.])+|[(（][^()（）]*[)）]$/g, '') ?? ''
  if (group.length < 2 || group.length > 10 || /[、,:]/.test(group) || name.words.length > 8) return name
  const twice = row.table.rows.filter(({ cells }) => cells.some(({ text }) => text === name.words)).length > 1
  return BARE.has(name.words) || twice ? { ...name, words: group + name.words } : name
}

/** The name without its number and the unit in brackets behind it: `1.森林覆盖率(%)`. A number without a mark is part of it: 5G用户, 3岁以下. */
function nameOf(cell: string): { words: string; unit: string } {
  return splitUnit(cell.replace(/^[\s—]*(?:\(?[\d一二三四五六七八九十]+(?:\)[.、]?|[.、](?!\d)))?\s*(?:其中:)?/, ''))
}

/** The unit in brackets behind a name: 森林覆盖率(%). */
export function splitUnit(words: string): { words: string; unit: string } {
  const bare = words.replace(/[比较]\d{4}年(?=下降|降低|减少|提高|增长|增加|上升)/, '')
  return unitBehind(bare)
}

function unitBehind(words: string): { words: string; unit: string } {
  const unit = /[(（]([^()（）]{1,12})[)）]$/.exec(words)
  const isUnit = unit !== null && /[%‰元吨米里亩人个家户次张件名天座所项顷时倍辆套度岁万亿]$/.test(unit[1] as string)
  return isUnit ? { words: words.slice(0, unit.index), unit: unit[1] as string } : { words, unit: '' }
}

const unitOf = (cell: TableCell | null): string => (cell && !/^[—\-/]*$/.test(cell.text) ? cell.text.replace(/[()]/g, '') : '')

function baselineOf(columns: readonly ValueColumn[], cells: readonly (TableCell | null)[], unit: string): { baseline: Baseline; cell: TableCell } | null {
  const index = columns.findLastIndex(({ kind }) => kind === 'base')
  const column = columns[index]
  const cell = cells[index]
  const value = cell ? readTableValue(cell.text) : null
  if (!cell || !value || column?.kind !== 'base' || Array.isArray(value.value)) return null
  const period = column.period ? column.header.slice(column.period.start, column.period.end) : null
  return { baseline: { value: value.value, unit: value.unit || unit, period }, cell }
}

function draftOf(column: Extract<ValueColumn, { header: string }>, cell: TableCell, value: TableValue, named: TableCell, name: string, unit: string, base: ReturnType<typeof baselineOf>, goal: FoundTime | null, context: DocumentContext): Draft {
  const growth = column.kind === 'growth'
  const header = /[(（]([^()（）]+)[)）]/.exec(column.header)?.[1] ?? ''
  const own = value.unit || (growth ? (header || '%') : unit || (/[%元吨人个]/.test(header) ? header : ''))
  const time = column.period ?? (growth ? goal ?? context.titlePeriod : null)
  const range = { start: cell.start + value.valueStart, end: cell.start + value.valueEnd }
  const place = { start: cell.start, end: cell.end }
  const measure: Measure = value.measure ?? (growth || GROWN.test(name) ? 'growth' : REDUCED.test(name) ? 'reduction' : 'level')
  return {
    quantity: { start: range.start, end: cell.end, valueStart: range.start, valueEnd: range.end, value: value.value, unit: own, kind: own === '%' ? 'percent' : 'amount', writing: 'arabic', more: false, rule: 'table-value' },
    fragment: -1,
    before: null,
    after: null,
    left: { start: named.start, end: named.end },
    right: { start: cell.end, end: cell.end },
    op: value.op,
    measure,
    per: growth || /年均|每年/.test(name) ? 'year' : null,
    baseline: base && !growth ? base.baseline : null,
    indicator: name.replace(REDUCED, '') || name,
    verb: '',
    subject: name,
    noun: '',
    deadline: time?.last ?? null,
    deadlineBasis: time ? 'inherited' : 'none',
    units: { lead: [], responsible: [], support: [] },
    confidence: value.cumulated ? 0.7 : 0.95,
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
