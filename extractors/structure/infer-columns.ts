import type { ColumnRole, TableColumn, TableRow } from './types.ts'
import { endsLikeUnit, isUnitName, splitNames } from './unit-names.ts'

const FEWEST_ROWS = 3
/** Share of a column's cells that must be of one kind. */
const MOST_OF_ALL = 0.8
const LONGEST_NAME = 20
const SHORTEST_TASK = 8
const LIMIT = /^(?:(?:20\d\d[年.])?[^,;。]{0,12}[底末前月度日年份期]|长期坚持|持续推进|立行立改)$/

/**
 * Columns of a table without a header, told from what its cells hold: running numbers, bodies, limits, and the longest words,
 * which are the tasks. Null where the rows are too few or hold neither bodies nor limits.
 */
export function inferColumns(rows: readonly TableRow[]): TableColumn[] | null {
  const full = rows.filter(({ cells }) => cells.filter(({ text }) => text !== '').length >= 3)
  if (full.length < FEWEST_ROWS) return null
  const width = full.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const columns = Array.from({ length: width }, (_, column) =>
    full.flatMap(({ cells }) => (cells[column]?.text ? [cells[column].text] : [])),
  )
  const roles = columns.map((cells): ColumnRole => roleOf(cells, full.length))
  const meanLength = (cells: readonly string[]): number =>
    cells.reduce((sum, { length }) => sum + length, 0) / Math.max(1, cells.length)
  const open = columns.map((cells, i) => (roles[i] === 'other' ? meanLength(cells) : 0))
  const task = open.indexOf(Math.max(...open))
  if (
    task < 0 ||
    (open[task] as number) < SHORTEST_TASK ||
    !roles.some((role) => role === 'responsible' || role === 'deadline')
  )
    return null
  roles[task] = 'task'
  // Of two columns of bodies the second helps.
  const first = roles.indexOf('responsible')
  return roles.map((role, i) => ({ header: '', role: role === 'responsible' && i > first ? 'support' : role }))
}

function roleOf(cells: readonly string[], rows: number): ColumnRole {
  const most = (test: (cell: string) => boolean): boolean =>
    cells.length * 2 > rows && cells.filter(test).length >= cells.length * MOST_OF_ALL
  if (most((cell) => /^\d{1,3}[.、]?$/.test(cell))) return 'number'
  if (most((cell) => cell.length <= 24 && /[\d年期立]|季度|持续/.test(cell) && LIMIT.test(cell))) return 'deadline'
  return most(holdsBodies) && cells.some((cell) => splitNames(cell).some(({ name }) => isUnitName(name)))
    ? 'responsible'
    : 'other'
}

function holdsBodies(cell: string): boolean {
  const names = splitNames(cell)
  return (
    names.length > 0 &&
    names.every(({ name }) => isUnitName(name) || (name.length <= LONGEST_NAME && endsLikeUnit(name)))
  )
}
