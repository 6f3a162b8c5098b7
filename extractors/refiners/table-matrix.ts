import { endsInPlace } from '../lexicon/places.ts'
import { isPlaceHeader, roleOfHeader } from '../lexicon/table-headers.ts'
import { readTableValue } from '../parsers/table-value.ts'
import { findTimes, type FoundTime } from '../parsers/time.ts'
import type { Table, TableCell, TableRow } from '../structure/types.ts'
import { cellDraft, unitFrom } from './cell-draft.ts'
import { type DocumentContext, drop, type Refiner } from './draft.ts'
import { splitUnit } from './table-names.ts'

/** A column whose cells are values to reach. */
interface ValuesOf {
  header: string
  /** What it measures, or the place that it is of; empty where the header names nothing but a time. */
  name: string
  /** Empty where the header states none. */
  unit: string
  period: FoundTime | null
}

/** A table that shares out among places or bodies: these stand in a column of their own, or each has a column. */
interface Matrix {
  places: 'rows' | 'columns'
  /** The row that is its header, where it stands among the rows. */
  header: TableRow | null
  /** The column of the words that name a row. */
  names: number
  /** Whether the places are areas alone (地区), so that none of them answers for its share. */
  areas: boolean
  /** The column of units of measure; -1 where there is none. */
  units: number
  /** The column that says when a row is due; -1 where there is none. */
  due: number
  /** By column; null where it holds no values to reach. */
  columns: readonly (ValuesOf | null)[]
}

/** Tables that give to each county, town or body its share: every cell is a target of its own, with its place. */
export const tableMatrix: Refiner = {
  name: 'table-matrix',
  reads: [],
  writes: ['baseline', 'comparator', 'deadline', 'deadlineBasis', 'frame', 'measure', 'quantity', 'unit', 'units'],
  run: (view, context) => {
    const { row } = view.clause
    const matrix = row && matrixOf(row.table, context)
    const named = row?.cells[matrix?.names ?? -1]
    if (!row || !matrix || row === matrix.header || !named || !/[\u4e00-\u9fff]/.test(named.text)) return
    // Numbers among words stand in remarks: 含园区3个.
    for (const draft of view.drafts) drop(draft, 'table-matrix/remark')
    const due = matrix.due < 0 ? null : timeIn(row.cells[matrix.due]?.text ?? '', context)
    matrix.columns.forEach((column, index) => {
      const cell = row.cells[index]
      if (!column || !cell || cell.start < view.sentence.start || cell.start >= view.sentence.end) return
      const value = readTableValue(cell.text)
      // 0 or a stroke: this place has no share.
      if (!value || value.value === 0) return
      const own = splitUnit(named.text)
      const inRows = matrix.places === 'rows'
      const place = inRows ? named.text : column.name
      const unitCell = row.cells[matrix.units]
      const unit = inRows ? column.unit : (unitCell?.text ?? '') || own.unit
      const owner = ALL.test(place) ? '' : place.replace(/ /g, '')
      const draft = cellDraft(
        // A limit of the row's own stands before what the table is of.
        { kind: 'target', period: due ?? column.period, header: column.header },
        cell,
        value,
        {
          named,
          unit:
            unit === ''
              ? null
              : inRows
                ? unitFrom('column', unit, null)
                : unitFrom('row', unit, unitCell?.text ? unitCell : named),
          said: inRows
            ? { row: { owner }, column: { thing: column.name } }
            : { row: { thing: own.words }, column: { owner } },
        },
        row.table,
        context,
      )
      if (owner !== '' && !matrix.areas) {
        draft.units = { lead: [], responsible: [owner], support: [] }
        draft.reasons.units = { range: inRows ? named : null, rule: 'table-matrix/place' }
      }
      view.drafts.push(draft)
    })
  },
}

/** What adds up all others. */
const ALL = /^(?:合 ?计|总 ?计|小 ?计|全[省市县区州旗盟])$/
/** 地区: what a column of areas is called. */
const AREAS = /地 ?区|区域|行政区划?/
/** A column of those who answer may hold anybody, one of places only places: 城南 is one there. */
const OF_BODIES = /单位|责任|承担|任务|实施/
const BARE_NAME = /^[\u4e00-\u9fff]{2,4}$/
/** 港区(含北岸). */
const ASIDE = /\([^()]{1,12}\)$/
const BODY = /(?:[局委厅部办院]|委员会|管委会|集团|公司|中心|大队|支队)$/
const LONGEST_PLACE = 20
/** What a table must be about, so that its numbers are to be reached; and what it must not be. */
const PLANNED = /目标|任务|计划|分解|安排|分配|下达|指标|规划|预期/
const REPORTS = /(?:完成|进展|执行|落实|推进|实施)情况|统计表|排名|通报|一览/
/** Columns of what is or was, and of points. */
const NOT_TO_REACH =
  /完成(?!时)|实际|已|现状|现有|基数|基期|上年|去年|同比|排名|位次|得分|分值|权重|增减|截至|进度|序时|电话|编号/
/** A table that shares out has so many rows and columns at least, and this share of them holds what it should. */
const FEWEST = 2
const MOST_OF_ALL = 0.7
const LONGEST_HEADER = 40

/** Each table is looked at once. */
const known = new WeakMap<Table, Matrix | null>()

/** What a table shares out to whom; null where it is another kind of table. */
export function matrixOf(table: Table, context: DocumentContext): Matrix | null {
  let matrix = known.get(table)
  if (matrix === undefined) known.set(table, (matrix = readMatrix(table, context)))
  return matrix
}

function readMatrix(table: Table, context: DocumentContext): Matrix | null {
  const own = table.columns.some(({ header }) => header !== '')
  const header = own ? null : (table.rows[0] ?? null)
  const headers = own ? table.columns.map((column) => column.header) : (header?.cells.map(({ text }) => text) ?? [])
  const about = `${table.caption ?? ''} ${context.document.head.title}`
  if (headers.some(({ length }) => length > LONGEST_HEADER) || REPORTS.test(about)) return null
  const rows = table.rows.filter((row) => row !== header)
  const found = placesInRows(headers, rows, about, context) ?? placesInColumns(headers, rows, about, context)
  return found?.columns.some((column) => column !== null) ? { header, ...found } : null
}

/** 县区 | 粮食产量(万吨) | 高标准农田(万亩) */
function placesInRows(
  headers: readonly string[],
  rows: readonly TableRow[],
  about: string,
  context: DocumentContext,
): Omit<Matrix, 'header'> | null {
  const head = headers.findIndex(isPlaceHeader)
  if (head < 0 || head > 1) return null
  // 区域 over two columns, the second without a head: 北片区 | 东湖镇.
  const names = headers[head + 1] === '' ? head + 1 : head
  // Beside words of a task those in the column of bodies answer for it.
  if (
    headers.some(
      (_, i) => i !== names && i !== head && rows.some(({ cells }) => /[\u4e00-\u9fff]{6}/.test(cells[i]?.text ?? '')),
    )
  )
    return null
  const header = headers[head] as string
  const placed = rows.filter(({ cells }) => {
    const words = cells[names]?.text ?? ''
    return isPlace(words, true) || (!OF_BODIES.test(header) && BARE_NAME.test(words.replace(/ /g, '')))
  })
  if (placed.length < FEWEST || placed.length < rows.length * MOST_OF_ALL) return null
  const columns = headers.map((words, i) =>
    i !== names && holdsValues(placed, i) ? valuesOf(words, about, context) : null,
  )
  const due = headers.findIndex((words) => roleOfHeader(words) === 'deadline')
  return { places: 'rows', names, areas: AREAS.test(header), units: -1, due, columns }
}

/** 指标 | 单位 | 甲县 | 乙县 */
function placesInColumns(
  headers: readonly string[],
  rows: readonly TableRow[],
  about: string,
  context: DocumentContext,
): Omit<Matrix, 'header'> | null {
  const names = headers.findIndex((words) => ['task', 'indicator'].includes(roleOfHeader(words)))
  const heads = headers.map((words) => placeHead(words, context))
  const places = heads.map(({ place }, i) => i > names && isPlace(place, false) && holdsValues(rows, i))
  if (names < 0 || places.filter(Boolean).length < FEWEST || !PLANNED.test(about)) return null
  const period = timeIn(about, context)
  return {
    places: 'columns',
    names,
    areas: false,
    units: headers.findIndex((words) => roleOfHeader(words) === 'unit'),
    due: -1,
    columns: heads.map((head, i) =>
      places[i] ? { header: headers[i] as string, name: head.place, unit: '', period: head.time ?? period } : null,
    ),
  }
}

/** 目标值2027年青石镇: a head over several places says what they share out and until when. */
function placeHead(header: string, context: DocumentContext): { place: string; time: FoundTime | null } {
  const time = /\d/.test(header) ? timeIn(header, context) : null
  const timeless = time ? header.slice(0, time.start) + header.slice(time.end) : header
  return { place: timeless.replace(OVER_PLACES, ''), time }
}
/** What a head over the columns of several places is called. */
const OVER_PLACES =
  /^(?:年度|全年|分年度|分区域?|各[县区市乡镇]+|目标|任务|计划|指标|分解|[数值]量?)+(?=[\u4e00-\u9fff]{2})/

function isPlace(words: string, orBody: boolean): boolean {
  const bare = words.replace(/ /g, '').replace(ASIDE, '')
  return bare.length <= LONGEST_PLACE && (endsInPlace(bare) || ALL.test(bare) || (orBody && BODY.test(bare)))
}

/** Whether the cells of a column that hold anything hold values. */
function holdsValues(rows: readonly TableRow[], column: number): boolean {
  const filled = rows.flatMap(({ cells }) => textOf(cells[column]))
  const values = filled.filter((text) => readTableValue(text) !== null)
  return values.length > 0 && values.length >= filled.length * MOST_OF_ALL
}

const textOf = (cell: TableCell | undefined): string[] => (cell && !/^[\s/—-]*$/.test(cell.text) ? [cell.text] : [])

/** What a column measures, in which unit, by when; null where it is not to be reached. */
function valuesOf(header: string, about: string, context: DocumentContext): ValuesOf | null {
  if (NOT_TO_REACH.test(header) || !(PLANNED.test(about) || PLANNED.test(header))) return null
  if (['number', 'note', 'report', 'unit'].includes(roleOfHeader(header))) return null
  const own = timeIn(header, context)
  const period = own ?? timeIn(about, context)
  if (period && context.issuedOn !== null && period.last < context.issuedOn) return null
  const timeless = own ? header.slice(0, own.start) + header.slice(own.end) : header
  const bracket = /\([^()]{1,12}\)/.exec(timeless)?.[0] ?? ''
  const { unit } = splitUnit(`.${bracket}`)
  const name = (unit === '' ? timeless : timeless.replace(bracket, '')).replace(/(?:目标|任务|计划)[数值量]?$/, '')
  const told = name.replace(/^其中[:,]?/, '').replace(OVER_SHARES, '')
  return { header, name: ALL.test(told) || told === '' ? nameOfAll(about) : told, unit, period }
}

/** 年度任务 over 合计 and 人工造林 says nothing of what is shared out. */
const OVER_SHARES = /^(?:年度|全年|本年)?(?:目标|任务|计划|指标)[数值量]?(?=[\u4e00-\u9fff]{2})/

const timeIn = (words: string, { issuedOn, year }: DocumentContext): FoundTime | null =>
  findTimes(`${words},`, 0, words.length + 1, { issuedOn, year }).at(-1) ?? null

/** 2026年高标准农田建设任务分解表: what a table shares out where its columns do not say it. */
const nameOfAll = (about: string): string =>
  /年度?([\u4e00-\u9fff]{2,12}?)(?:目标|任务|计划|指标){0,2}(?:分解|分配|安排|下达)/.exec(about)?.[1] ?? ''
