import { splitNames, endsLikeUnit, isUnitName } from '../structure/unit-names.ts'
import type { ColumnRole } from '../structure/types.ts'
import { type CellColumn, OFFICES, TIME_LIKE } from './cell-alignment.ts'
import { MOST_LINES_OF_ROW, type TextAt } from './cell-headers.ts'
import { endsTable, isUnitRole } from './cell-kinds.ts'
import type { PlacedLine } from './cell-places.ts'
import { RowCells } from './row-cells.ts'

/**
 * Rows without a number, a cell a line, whose words come first and whose bodies and limit end them: 工作任务 / 牵头单位 / 配合单位 /
 * 完成时限. Bodies may have several lines, cells of a row may be missing: where words follow bodies or a limit, the next row begins.
 */

const FEWEST_ROWS = 3
const LONGEST_BODY = 16
const LONGEST_TIME = 16
const LONGEST_TITLE = 40
const DOES = /^(?:新建|改建|扩建|建成|建设|开工|启动|完成|推进|加快|实施|组建|成立|打造|提升|改造|整治|落实|强化|加强)/

/** How many columns of words stand before those of bodies and limits; 0 where a header has others, or none. */
function headsOf(columns: readonly ColumnRole[]): number {
  const isTail = (role: ColumnRole): boolean => isUnitRole(role) || role === 'deadline'
  const tail = columns.findIndex(isTail)
  const rest = columns.slice(tail)
  const heads = columns.slice(0, Math.max(0, tail))
  return rest.some(isUnitRole) &&
    rest.every((role) => isTail(role)) &&
    heads.some((role) => role === 'task') &&
    heads.every((role) => role === 'task' || role === 'other')
    ? heads.length
    : 0
}

export const hasTail = (columns: readonly ColumnRole[]): boolean => headsOf(columns) > 0

/** Reads rows that their bodies and limits end. */
export class TailedRows {
  private readonly rowCells: RowCells
  private readonly heads: number
  private readonly hasLimit: boolean

  constructor(
    private readonly textAt: TextAt,
    columns: readonly ColumnRole[],
    cells: readonly CellColumn[],
    private readonly at: number,
  ) {
    this.rowCells = new RowCells(textAt, columns, cells)
    this.heads = headsOf(columns)
    this.hasLimit = columns.includes('deadline')
  }

  /** Adds the rows to those of the table, none where they are too few; returns the position behind the last. */
  read(rows: PlacedLine[][]): number {
    const found: PlacedLine[][] = []
    let read = 0
    let at = this.at
    for (let row = this.rowAt(at); row; row = this.rowAt(at)) {
      while (at < row.from) found.push([{ at: at++, column: 0 }])
      found.push(row.cells)
      read++
      at = row.end
    }
    if (read < FEWEST_ROWS) return this.at
    rows.push(...found)
    return at
  }

  private rowAt(at: number): { from: number; end: number; cells: PlacedLine[] } | null {
    let from = at
    while (this.isTitle(from)) from++
    let tail = from
    while (tail - from <= this.heads && this.isWords(tail)) tail++
    const words = tail - from
    if (words === 0 || words > this.heads) return null
    let end = tail
    while (end - tail < MOST_LINES_OF_ROW && this.isTail(end)) end++
    if (end === tail) return null
    const merged = this.heads - words
    return {
      from,
      end,
      cells: [
        ...Array.from({ length: words }, (_, i) => ({ at: from + i, column: merged + i })),
        ...this.rowCells.aligned(tail, end - tail, this.heads),
      ],
    }
  }

  /** 一、道路建设: a line over rows, above words of which a row has no more. */
  private isTitle(at: number): boolean {
    const text = this.textAt(at)
    return (
      text.length <= LONGEST_TITLE && /^[一二三四五六七八九十]{1,3}、[^。;]{2,}$/.test(text) && this.isWords(at + 1)
    )
  }

  private isWords(at: number): boolean {
    const text = this.textAt(at)
    return text !== '' && !endsTable(text) && !this.isTail(at)
  }

  private isTail(at: number): boolean {
    const text = this.textAt(at)
    if (text === '') return false
    if (/^[—/-]+$/.test(text)) return true
    if (this.hasLimit && text.length <= LONGEST_TIME && TIME_LIKE.test(text) && !/[。;]/.test(text))
      return !DOES.test(text)
    if (DOES.test(text) || /[。;]$/.test(text)) return false
    const names = splitNames(text)
    return (
      OFFICES.test(text) ||
      (names.length > 0 &&
        names.every(({ name }) => isUnitName(name) || (name.length <= LONGEST_BODY && endsLikeUnit(name))))
    )
  }
}
