import { VERBS_OF_CHANGE } from '../lexicon/changes.ts'
import { BARE_NOUNS } from '../lexicon/indicator-nouns.ts'
import { CATEGORY_ENDINGS, withoutRemark } from '../lexicon/table-headers.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Table, TableCell, TableRow } from '../structure/types.ts'
import type { DocumentContext } from './draft.ts'
import { tailOf } from './list-names.ts'
import { cellsByColumn, valueColumns, type ValueColumn } from './table-columns.ts'

/** The name of a row without its number, and its unit: of the column of units, or in brackets behind the name. */
interface RowName {
  words: string
  unit: string
}

interface ReadRow extends RowName {
  row: TableRow
  /** 其中:高速公路 */
  part: boolean
  /** What the row stands under: a title row, or the cell of a merged column before the name. Empty where nothing. */
  group: string
}

/** Names of each table's rows. Filled once a table. */
const known = new WeakMap<Table, Map<TableRow, RowName>>()

/** What the row of an indicator table measures, told by the rows around it where its own cell does not say it all. Null for a row without a name. */
export function rowName(row: TableRow, context: DocumentContext): RowName | null {
  let names = known.get(row.table)
  if (!names) known.set(row.table, (names = namesOf(row.table, context)))
  return names.get(row) ?? null
}

function namesOf(table: Table, context: DocumentContext): Map<TableRow, RowName> {
  const names = new Map<TableRow, RowName>()
  const rows = readRows(table, context)
  const times = new Map<string, number>()
  for (const { words } of rows) times.set(words, (times.get(words) ?? 0) + 1)
  let whole = ''
  let unitOfWhole = ''
  for (const read of rows) {
    const { words, group } = read
    const tail = tailOf(whole)
    const shared = !read.part ? words : tail.length >= 2 && tailOf(words) === '' ? words + tail : doneAs(whole, words)
    if (!read.part) unitOfWhole = read.unit
    const unit = read.unit || (read.part ? unitOfWhole : '')
    const needed = isBare(words) || (times.get(words) as number) > 1
    const full = !read.part && needed && isSubject(group) && !words.startsWith(group) ? group + words : shared
    names.set(read.row, { unit, words: full })
    if (!read.part) whole = full
  }
  return names
}

/** 新建绿地 / 其中 公园绿地: what is done with the whole is done with its part. */
const doneAs = (whole: string, part: string): string => {
  const verb = DONE.exec(whole)?.[0] ?? ''
  return DONE.test(part) ? part : verb + part
}
const DONE = /^(?:新[建增改种]|建成|建设|改造|整治|修复|创建|培育)(?!用地)/

function readRows(table: Table, context: DocumentContext): ReadRow[] {
  const rows: ReadRow[] = []
  let merged = ''
  for (const row of table.rows) {
    const columns = valueColumns(row, context)
    const cells = cellsByColumn(row, columns)
    const index = nameIndex(row, columns, cells)
    const cell = cells[index]
    const before = cells.slice(0, Math.max(0, index)).find((other) => other && /[\u4e00-\u9fff]{2}/.test(other.text))
    if (before) merged = before.text
    if (!cell || !/[\u4e00-\u9fff]{2}/.test(cell.text)) continue
    const group = merged || (row.groups.at(-1) ?? '')
    const head = headOfAmount(row.table, columns, index)
    const name = head ?? nameOf(cell.text)
    const unit = unitOf(cells[columns.findIndex(({ kind }) => kind === 'unit')] ?? null) || name.unit
    rows.push({
      row,
      words: name.words,
      unit,
      part: /^[\s—\d.、]*其中/.test(cell.text),
      group: head ? '' : withoutLabel(group),
    })
  }
  return rows
}

/**
 * 责任单位 | 造林任务(亩) | 造林内容: of a table that shares out one amount among bodies the head of the amount says what it is; the
 * words right of it say where or how. Null where the head says nothing of the matter (目标值) or the names stand before it.
 */
function headOfAmount({ columns: heads }: Table, columns: readonly ValueColumn[], name: number): RowName | null {
  const values = columns.flatMap(({ kind }, i) => (kind === 'target' ? [i] : []))
  const [value] = values
  if (values.length !== 1 || value === undefined || value > name || !isOfBodies(heads[0]?.role)) return null
  const head = splitUnit(withoutRemark(heads[value]?.header ?? ''))
  return GENERIC_HEAD.test(head.words) ? null : head
}
const isOfBodies = (role: string | undefined): boolean => role === 'lead' || role === 'responsible'
const GENERIC_HEAD = /^(?:20\d\d年|年度|全年|本年|计划|目标|任务|指标|完成|分解)*(?:值|数量?|量|要求|规模|总量)?$/

const unitOf = (cell: TableCell | null): string =>
  cell && !/^[—\-/]*$/.test(cell.text) ? cell.text.replace(/^\((.*)\)$/, '$1') : ''

/** The longest name, in characters; longer words explain one. */
const LONGEST_NAME = 24

/**
 * The column that names what a row measures: that of the names, or the one right of it where it tells the same more closely
 * (考核指标 | 考核内容). -1 where there is none.
 */
export function nameIndex(
  row: TableRow,
  columns: readonly ValueColumn[],
  cells: readonly (TableCell | null)[],
): number {
  const named = columns.findIndex(({ kind }) => kind === 'name')
  const closer = cells[named + 1]?.text ?? ''
  return named >= 0 &&
    columns[named + 1]?.kind === 'none' &&
    /^(?:考核|评价|具体|工作)?内容$/.test(row.table.columns[named + 1]?.header ?? '') &&
    /[\u4e00-\u9fff]{3}/.test(closer) &&
    closer.length <= LONGEST_NAME &&
    !/[。;]/.test(closer)
    ? named + 1
    : named
}

/** The name without its number and the unit in brackets behind it: `1.森林覆盖率(%)`. A number without a mark is part of it: 5G用户, 3岁以下. */
const nameOf = (cell: string): RowName => splitUnit(withoutLabel(cell).replace(/^其中[:, ]?/, ''))

const withoutLabel = (words: string): string =>
  words.replace(/^[\s—]*(?:\(?[\d一二三四五六七八九十]+(?:\)[.、]?|[.、](?!\d)))?\s*/, '')

/** 能耗**比2020年**下降. */
const COMPARED = new RegExp(`[比较]\\d{4}年(?=${anyOf(VERBS_OF_CHANGE)})`)

/** The unit in brackets behind a name: 森林覆盖率(%). */
export function splitUnit(words: string): RowName {
  const bare = words.replace(COMPARED, '')
  const unit = /[(（]([^()（）]{1,12})[)）]$/.exec(bare)
  const isUnit =
    unit !== null &&
    /[%‰元吨米里亩人个家户次张件名天座所项顷时倍辆套度岁万亿头只株羽条处台床盏份瓦]$|^(?:[kMG]?Wh?|km2?|m[23]?|kg|t|hm2)$/.test(
      unit[1] as string,
    )
  return isUnit ? { words: bare.slice(0, unit.index), unit: unit[1] as string } : { words: bare, unit: '' }
}

const BARE = new Set<string>([
  ...BARE_NOUNS,
  '入学率',
  '入园率',
  '升学率',
  '巩固率',
  '毕业率',
  '就业率',
  '人数',
  '生数',
  '户数',
  '数量',
  '里程',
  '生',
  '学校数',
  '机构数',
  '床位数',
])
const PREFIX = /^(?:年末|[年总毛净]|亩均|在校|在学|在岗|新增|平均)/

/** Whether a name says how much, but not of what: 毛入学率, 在学总规模, 产量. */
function isBare(words: string): boolean {
  for (let rest = words; rest !== '';) {
    if (BARE.has(rest)) return true
    const prefix = PREFIX.exec(rest)
    if (!prefix) return false
    rest = rest.slice(prefix[0].length)
  }
  return false
}

/** 一、经济发展, 绿色生态: parts of a plan, no subjects of what is measured. */
const CATEGORY = new RegExp(`(?:${anyOf(CATEGORY_ENDINGS)})$`)

/** Whether a group names what its rows measure: 高等教育, 种植业. */
const isSubject = (group: string): boolean =>
  group.length >= 2 && group.length <= 12 && !CATEGORY.test(group) && !/[\d、,;:。(%]/.test(group)
