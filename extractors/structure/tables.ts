import { isHeaderWord, isPlaceHeader, isYearHeader, roleOfHeader } from '../lexicon/table-headers.ts'
import type { UnitNames } from '../types.ts'
import { namesInRoles, type Convention } from './conventions.ts'
import { headerRows, MOST_HEADER_ROWS } from './header-rows.ts'
import { inTheirColumns, numbersFrom } from './below-merged.ts'
import { inferColumns } from './infer-columns.ts'
import type { Paragraph } from './paragraphs.ts'
import { parseLabelled, parseUnmarked, parseVerbs, TIME_ONLY, type ParsedTag, type TagName } from './tag-grammar.ts'
import type { Table, TableCell, TableColumn, TableRow } from './types.ts'
import { splitNames } from './unit-names.ts'

const LONGEST_GROUP_TITLE = 40

/**
 * Rows of tabs between `from` and `to`, as one table for each run that has a header of its own kind. A run without one goes on
 * with the columns of the table right above it, where it has as many cells.
 */
export function tableAt(
  paragraphs: readonly Paragraph[],
  from: number,
  to: number,
  above: Table | null,
): { table: Table; next: number } {
  const rows: Paragraph[] = []
  let at = from
  while (at < to && (isRow(paragraphs[at]) || isGroupTitle(paragraphs, at, to)))
    rows.push(paragraphs[at++] as Paragraph)
  const last = rows.at(-1) as Paragraph
  const titles = rows.slice(0, titleRows(rows))
  rows.splice(0, titles.length)
  const first = rows[0] as Paragraph
  const header = headerRows(rows.slice(0, MOST_HEADER_ROWS).map(cellsOf))
  const joined = header.rows > 1 ? (headerOf(header.cells) ?? headerOfPlaces(header.cells)) : null
  const columns = joined ?? headerOf(cellsOf(first)) ?? headerOfAreas(cellsOf(first)) ?? headerOfYears(rows)
  const headerTexts = new Set(joined ? rows.slice(0, header.rows).map(({ text }) => text) : [])
  const table: Table = {
    start: first.start,
    end: last.end,
    ...nameAbove(paragraphs, from),
    columns: columns ?? (above && goesOn(above, rows, from, paragraphs) ? above.columns : []),
    rows: [],
  }
  const numbers = numbersFrom(rows.slice(1).map(cellsOf), table.columns)
  let groups: string[] = titles.map(({ text }) => text)
  for (const row of columns ? rows.slice(1) : rows) {
    if (headerTexts.has(row.text)) continue
    const own = cellsOf(row)
    const again = headerOf(own)
    if (again && sameHeader(again, table.columns)) continue
    const cells = inTheirColumns(own, table.columns, numbers)
    const filled = cells.filter((cell) => cell.end > cell.start)
    if (filled.length === 0) continue
    if (filled.length === 1 && (cells.length > 1 || table.columns.length > 1)) {
      const cell = filled[0] as TableCell
      groups = [row.text.slice(cell.start - row.start, cell.end - row.start)]
    }
    table.rows.push({ start: row.start, end: row.end, table, cells, groups: [...groups] })
  }
  if (table.columns.length === 0) table.columns = inferColumns(table.rows) ?? []
  return { table, next: at }
}

/** So many rows may say above the header what the table is about: 履职情况 | 60分. */
const MOST_TITLE_ROWS = 2

/** How many rows stand above the header, each a title and at most one more word; 0 where the first row is the header or none is. */
function titleRows(rows: readonly Paragraph[]): number {
  const header = rows.slice(0, MOST_TITLE_ROWS + 1).findIndex((row) => headerOf(cellsOf(row)) !== null)
  const above = rows.slice(0, Math.max(0, header))
  return above.every((row) => isTitleRow(row)) ? above.length : 0
}

/** 3 | 新建公园 is a row of the table above, which a page has cut. */
const isTitleRow = (row: Paragraph): boolean =>
  row.text.length <= LONGEST_GROUP_TITLE &&
  !/^\d/.test(row.text) &&
  cellsOf(row).filter(({ text }) => text !== '').length <= 2

/** 年份 | 建设片区 | 面积(公顷): the columns of a plan whose rows are years, each due at its end; null where the rows are none. */
function headerOfYears(rows: readonly Paragraph[]): TableColumn[] | null {
  const [header = [], ...below] = rows.map(cellsOf)
  if (!isYearHeader(header[0]?.text ?? '') || below.length === 0) return null
  if (!below.every(([year]) => /^20\d\d年?$/.test(year?.text ?? ''))) return null
  const columns = header.map(({ text }, i): TableColumn => ({
    header: text,
    role: i === 0 ? 'deadline' : roleOfHeader(text),
  }))
  const words = columns.findIndex(
    ({ role }, i) => role === 'other' && below.every((row) => /[\u4e00-\u9fff]{2}/.test(row[i]?.text ?? '')),
  )
  return columns.some(({ role }) => role === 'task') || words < 0
    ? columns
    : columns.map((column, i) => (i === words ? { ...column, role: 'task' } : column))
}

/** 县区 | 粮食 over 面积 and 产量: the columns of a table that shares out among places; null where it is none. */
const headerOfPlaces = (cells: readonly TableCell[]): TableColumn[] | null =>
  cells.slice(0, 2).some(({ text }) => isPlaceHeader(text))
    ? cells.map(({ text }) => ({ header: text, role: roleOfHeader(text) }))
    : null

/** 区域 over two columns, then what each place is to reach; null where it is none. */
function headerOfAreas(cells: readonly TableCell[]): TableColumn[] | null {
  const columns = cells.map(({ text }) => ({ header: text, role: roleOfHeader(text) }))
  const [area, below] = columns
  return area && isPlaceHeader(area.header) && below?.header === '' && columns.filter(isValue).length >= FEWEST_VALUES
    ? columns
    : null
}
const isValue = ({ role }: TableColumn): boolean => role === 'value'
const FEWEST_VALUES = 2

/** A title, a note or a page's furniture may part a table from its rows. */
const MOST_LINES_BETWEEN = 3

function goesOn(above: Table, rows: readonly Paragraph[], from: number, paragraphs: readonly Paragraph[]): boolean {
  if (above.columns.length === 0 || cellsOf(rows[0] as Paragraph).length !== above.columns.length) return false
  for (let i = from - 1; i >= Math.max(0, from - 1 - MOST_LINES_BETWEEN); i--) {
    const paragraph = paragraphs[i] as Paragraph
    if (paragraph.end <= above.end) return true
    if (paragraph.text.length > LONGEST_GROUP_TITLE) return false
  }
  return false
}

const isRow = (paragraph: Paragraph | undefined): boolean => paragraph?.text.includes('\t') === true

/** A short line between two rows of as many cells: `二、资源环境`. */
function isGroupTitle(paragraphs: readonly Paragraph[], at: number, to: number): boolean {
  const { text } = paragraphs[at] as Paragraph
  const next = paragraphs[at + 1]
  if (at + 1 >= to || !isRow(next) || text.length > LONGEST_GROUP_TITLE || /[。;:](?!$)|[;:]$/.test(text)) return false
  return headerOf(cellsOf(next as Paragraph)) === null
}

function cellsOf(row: Paragraph): TableCell[] {
  const cells: TableCell[] = []
  let from = 0
  for (let i = 0; i <= row.text.length; i++) {
    if (i < row.text.length && row.text[i] !== '\t') continue
    cells.push({ start: row.start + from, end: row.start + i, column: cells.length, text: row.text.slice(from, i) })
    from = i + 1
  }
  return cells
}

/** Whether a paragraph is the header of a table. */
export const isTableHeader = (paragraph: Paragraph): boolean =>
  isRow(paragraph) && headerOf(cellsOf(paragraph)) !== null

/** So many cells that all are words of headers make one, whatever their columns hold. */
const FEWEST_KNOWN = 4

/** Columns of a row that reads like a header: two cells or more that name what a column holds, none a sentence. */
function headerOf(cells: readonly TableCell[]): TableColumn[] | null {
  const columns = withStages(cells.map((cell) => ({ header: cell.text, role: roleOfHeader(cell.text) })))
  const named = columns.filter(
    ({ header, role }) => role !== 'other' && header.length <= 14 && !/[。,;]/.test(header),
  ).length
  const known = columns.filter(({ header, role }) => role !== 'other' || isHeaderWord(header)).length
  const isKnown = named > 0 && known === columns.length && known >= FEWEST_KNOWN
  if ((named < 2 && !isKnown) || known * 2 < columns.length || cells.some((cell) => cell.text.length > 24)) return null
  const indicator = columns.some(({ role }) => role === 'indicator' || role === 'value')
  return columns.map((column) => (column.role === 'unit' && !indicator ? { ...column, role: 'responsible' } : column))
}

/** 一季度, 6月底前, 上半年目标: the head of a column of stages, where it stands beside another; alone it is a limit. */
const STAGE_HEAD =
  /^(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9])月份?|年|全年)(?:底|末)?(?:之?前)?(?:(?:工作|阶段|建设|形象|计划|推进|预期)*(?:目标|任务|进度|节点|安排|要求|内容))?$/

function withStages(columns: TableColumn[]): TableColumn[] {
  const isStage = ({ header, role }: TableColumn): boolean =>
    (role === 'other' || role === 'deadline' || role === 'value' || role === 'task') && STAGE_HEAD.test(header)
  return columns.filter(isStage).length < 2
    ? columns
    : columns.map((column) => (isStage(column) ? { ...column, role: 'value' } : column))
}

/** The same heads, whatever empty ones a page has at their end. */
const sameHeader = (a: readonly TableColumn[], b: readonly TableColumn[]): boolean =>
  headsOf(a).length === headsOf(b).length && headsOf(a).every(({ header }, i) => header === b[i]?.header)
const headsOf = (columns: readonly TableColumn[]): readonly TableColumn[] =>
  columns.slice(0, columns.findLastIndex(({ header }) => header !== '') + 1)

/** `单位:万元` alone on its line, or in brackets behind the caption. */
const UNIT_OF_ALL = /(?:^|\()(?:计量|金额|数量)?单位:([^:、,;()]{1,8})\)?$/

/** What the lines above a table say: its caption, and the unit of all its values. */
function nameAbove(paragraphs: readonly Paragraph[], from: number): Pick<Table, 'caption' | 'unit'> {
  const nearest = captionAt(paragraphs, from - 1)
  const unit = nearest === null ? null : UNIT_OF_ALL.exec(nearest)
  if (!nearest || !unit) return { caption: nearest, unit: null }
  return {
    caption: unit.index === 0 ? captionAt(paragraphs, from - 2) : nearest.slice(0, unit.index),
    unit: unit[1] as string,
  }
}

function captionAt(paragraphs: readonly Paragraph[], at: number): string | null {
  const above = paragraphs[at]
  return above && above.text.length <= 60 && !/[。;]$/.test(above.text) ? above.text : null
}

const BEGINS = /开工|开始|启动|起始|动工|立项/

/** The cell that says until when a row is due: of 开工时间 and 竣工时间 the latter. Null where it has none. */
export function deadlineCell({ cells, table }: TableRow): TableCell | null {
  const due = cells.filter((cell) => table.columns[cell.column]?.role === 'deadline' && cell.text !== '')
  return due.find((cell) => !BEGINS.test(table.columns[cell.column]!.header)) ?? due[0] ?? null
}

/** Units of a row, from its unit columns; null where it has none. `above` are those of the row above, for merged cells. */
export function unitsOfRow(row: TableRow, convention: Convention | null, above: UnitNames | null): UnitNames | null {
  const names: TagName[] = []
  let columns = 0
  for (const cell of row.cells) {
    const role = row.table.columns[cell.column]?.role
    if (role !== 'lead' && role !== 'responsible' && role !== 'support') continue
    columns++
    if (cell.text) names.push(...namesOfCell(cell.text, role))
  }
  if (columns === 0) return null
  if (names.length > 0) return namesInRoles(names, convention)
  return row.cells.some((cell) => row.table.columns[cell.column]?.role === 'task' && cell.text) ? above : null
}

/** A cell all of which stands in brackets. */
const IN_BRACKETS = /^[(〔[【]([^()〔〕[\]【】]*)[)〕\]】]$/
const ACT = /牵头|负责|配合|参与|参加|协[助办同]|[主承]办|落实|实施|推进/

/** 市公安局;配合部门:市信访局: what stands behind a stop may have a label of its own. */
const LABEL_BEHIND = /;\s*(?=(?:牵头|主办|责任|配合|协办|协助|参与|参加)(?:部门|单位|科室|处室)?:)/

function namesOfCell(cell: string, role: 'lead' | 'responsible' | 'support'): TagName[] {
  const parts = cell.split(LABEL_BEHIND)
  if (parts.length > 1) return parts.flatMap((part) => namesOfCell(part, role))
  const text = IN_BRACKETS.exec(cell)?.[1] ?? cell
  const parsed: ParsedTag | null =
    parseLabelled(text) ?? parseUnmarked(text) ?? (ACT.test(text) ? parseVerbs(text, role, true) : null)
  if (parsed) return parsed.names
  return splitNames(text)
    .filter(({ name }) => name.length <= 40 && /[\u4e00-\u9fff]{2}/.test(name) && !TIME_ONLY.test(name))
    .map(({ name, afterComma, marked, note }) => ({
      name,
      afterComma,
      marked,
      stated: role !== 'responsible',
      role: note.includes('牵头') ? ('lead' as const) : /配合|协办|参与/.test(note) ? ('support' as const) : role,
    }))
}
