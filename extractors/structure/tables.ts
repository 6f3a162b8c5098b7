import type { UnitNames } from '../types.ts'
import { namesInRoles, type Convention } from './conventions.ts'
import type { Paragraph } from './paragraphs.ts'
import { parseLabelled, parseVerbs, type ParsedTag, type TagName } from './tag-grammar.ts'
import type { ColumnRole, Table, TableCell, TableColumn, TableRow } from './types.ts'
import { splitNames } from './unit-names.ts'

/** Words of a header cell → what the column holds; the first that fits. */
const ROLES: readonly (readonly [pattern: RegExp, role: ColumnRole])[] = [
  [/^(?:序 ?号|编 ?号|项次|№|No\.?)$/i, 'number'],
  [/责任人|负责人|领导|联系|电话|科室负责/, 'other'],
  [/牵头|主办|抓总/, 'lead'],
  [/配合|协办|协助|参与|参加|协同/, 'support'],
  [/责任|负责|承办|主管部门|实施单位|实施主体|落实单位|落实部门|承担单位|主体单位|分工|主责|完成单位|建设单位|业主/, 'responsible'],
  [/时限|时间|期限|进度|完成日期|节点|截止|年限|工期/, 'deadline'],
  [/^备 ?注$|说明|依据/, 'note'],
  [/计量单位|^单 ?位$/, 'unit'],
  [/基期|现状|现值|基数|上年|完成值|实际/, 'baseline'],
  [/指标名称|^指 ?标$|指标内容|主要指标|考核指标|具体指标|绩效指标/, 'indicator'],
  [/目标值|目标数|目标$|规划值|20\d\d年|计划数|任务数|数量|规模|总量/, 'value'],
  [/任务|事项|内容|工作|项目|举措|措施|要求|要点|名称|问题|政策/, 'task'],
]

const roleOf = (header: string): ColumnRole => ROLES.find(([pattern]) => pattern.test(header))?.[1] ?? 'other'

/** Rows of tabs between `from` and `to`, as one table for each run that has a header of its own kind. */
export function tableAt(paragraphs: readonly Paragraph[], from: number, to: number): { table: Table; next: number } {
  const rows: Paragraph[] = []
  let at = from
  while (at < to && (paragraphs[at] as Paragraph).text.includes('\t')) rows.push(paragraphs[at++] as Paragraph)
  const first = rows[0] as Paragraph
  const last = rows.at(-1) as Paragraph
  const columns = headerOf(cellsOf(first))
  const table: Table = { start: first.start, end: last.end, caption: captionAbove(paragraphs, from), columns: columns ?? [], rows: [] }
  let groups: string[] = []
  for (const row of columns ? rows.slice(1) : rows) {
    const cells = cellsOf(row)
    const header = headerOf(cells)
    if (header && sameHeader(header, table.columns)) continue
    const filled = cells.filter((cell) => cell.end > cell.start)
    if (filled.length === 0) continue
    if (filled.length === 1 && cells.length > 1) {
      const cell = filled[0] as TableCell
      groups = [row.text.slice(cell.start - row.start, cell.end - row.start)]
    }
    table.rows.push({ start: row.start, end: row.end, table, cells, groups: [...groups] })
  }
  return { table, next: at }
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

/** Columns of a row that reads like a header: two cells or more that name what a column holds, none a sentence. */
function headerOf(cells: readonly TableCell[]): TableColumn[] | null {
  const columns = cells.map((cell) => ({ header: cell.text, role: roleOf(cell.text) }))
  const named = columns.filter(({ header, role }) => role !== 'other' && header.length <= 14 && !/[。,;]/.test(header)).length
  if (named < 2 || named * 2 < columns.length || cells.some((cell) => cell.text.length > 24)) return null
  const indicator = columns.some(({ role }) => role === 'indicator' || role === 'value')
  return columns.map((column) => (column.role === 'unit' && !indicator ? { ...column, role: 'responsible' } : column))
}

const sameHeader = (a: readonly TableColumn[], b: readonly TableColumn[]): boolean =>
  a.length === b.length && a.every(({ header }, i) => header === b[i]?.header)

function captionAbove(paragraphs: readonly Paragraph[], from: number): string | null {
  const above = paragraphs[from - 1]
  return above && above.text.length <= 60 && !/[。;]$/.test(above.text) ? above.text : null
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
  if (names.length > 0) return namesInRoles({ names, deadline: null }, convention)
  return row.cells.some((cell) => row.table.columns[cell.column]?.role === 'task' && cell.text) ? above : null
}

function namesOfCell(text: string, role: 'lead' | 'responsible' | 'support'): TagName[] {
  const parsed: ParsedTag | null = parseLabelled(text) ?? (/牵头|负责|配合|参与|协助/.test(text) ? parseVerbs(text, role) : null)
  if (parsed) return parsed.names
  return splitNames(text)
    .filter(({ name }) => name.length <= 40 && /[\u4e00-\u9fff]{2}/.test(name))
    .map(({ name, afterComma, note }) => ({ name, afterComma, stated: role !== 'responsible', role: note.includes('牵头') ? 'lead' as const : role }))
}
