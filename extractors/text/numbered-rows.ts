import type { ColumnRole } from '../structure/types.ts'
import { type CellColumn, isBodies, isBodyLike, VALUE_LIKE } from './cell-alignment.ts'
import { integer, MOST_LINES_OF_ROW, type TextAt } from './cell-headers.ts'
import { fits, isUnitRole } from './cell-kinds.ts'
import type { PlacedLine } from './cell-places.ts'
import { LastRow } from './last-row.ts'
import { startsWithLabel } from './marks.ts'
import { RowCells } from './row-cells.ts'

/** 2024年工作任务, 2025年计划: what is to be done in a year, in words. */
const TASKS_OF_YEAR = /(?:工作|任务|项目|计划|安排)$/

/** Reads rows that a running number opens, with the cells of merged columns before it and titles of groups between them. */
export class NumberedRows {
  private readonly rowCells: RowCells
  private readonly lastRow: LastRow
  private rows: PlacedLine[][] = []

  /** `header` are the lines of the header by its rows, `at` is the position behind it. */
  constructor(
    private readonly textAt: TextAt,
    private readonly columns: readonly ColumnRole[],
    private readonly cells: readonly CellColumn[],
    private readonly header: readonly (readonly PlacedLine[])[],
    private at: number,
  ) {
    const holdsValues = cells.some(
      ({ role, header }) => /^(?:value|baseline)$/.test(role) && !TASKS_OF_YEAR.test(header),
    )
    this.notes = columns.at(-1) === 'note' && !holdsValues ? 1 : 0
    this.rowCells = new RowCells(textAt, columns, cells)
    this.lastRow = new LastRow(textAt, columns, cells, this.rowCells)
  }

  /** Columns at the end that most rows leave empty; where values stand in rows one of them may look like a number. */
  private readonly notes: number

  /** Adds the rows to those of the table; returns the position behind the last. */
  read(rows: PlacedLine[][]): number {
    this.rows = rows
    const number = this.columns.indexOf('number')
    while (this.numberedRow(number) || (number === 0 && this.ordinalRow())) {
      /* rows are kept by the readers */
    }
    return this.at
  }

  private lastNumber = 0
  private usualLines = 0
  /** The first row of a part of a longer list has any number. */
  private readonly follows = (number: number): boolean =>
    number === this.lastNumber + 1 ||
    number === 1 ||
    this.lastNumber === 0 ||
    (number > this.lastNumber && this.leavesOut)
  /** Numbers were left out before: 3, 68, 69, 73. */
  private leavesOut = false

  /** A row that its running number opens, with the cells of merged columns before it and a group title above it. */
  private numberedRow(column: number): boolean {
    if (column === 0) this.titles()
    this.headerAgain()
    const start = this.at + this.linesBeforeNumber(column)
    const number = integer(this.textAt(start))
    if (number === null || !this.follows(number)) return false
    const merged = Math.min(column, start - this.at)
    while (this.at < start - merged) this.rows.push([{ at: this.at++, column: 0 }])
    const lines = this.linesUntil(start + 1, number + 1, column)
    const own = this.linesWithoutParts(start + 1, lines)
    this.rows.push([
      ...Array.from({ length: merged }, (_, i) => ({ at: this.at + i, column: column - merged + i })),
      { at: start, column },
      ...this.rowCells.place(start + 1, own, column + 1),
    ])
    this.parts(start + 1 + own, lines - own, column + 1)
    this.lastNumber = number
    this.usualLines = own
    this.at = start + 1 + lines
    return true
  }

  /** The header once more, as each page of a long table opens with it. */
  private headerAgain(): void {
    if (!this.isHeaderAt(this.at)) return
    for (const row of this.header) this.rows.push(row.map(({ column }) => ({ at: this.at++, column })))
  }

  private isHeaderAt(at: number): boolean {
    const first = this.header[0]?.[0]?.at ?? at
    return this.header.every((row) => row.every((line) => this.textAt(line.at) === this.textAt(at + line.at - first)))
  }

  /** How many lines a row has without the rows of its parts below it: 其中 公园绿地 / 58 / 17. */
  private linesWithoutParts(from: number, lines: number): number {
    for (let i = 2; i < lines; i++) if (this.isPart(from + i)) return i
    return lines
  }

  private isPart(at: number): boolean {
    return PART.test(this.textAt(at)) && [1, 2, 3].some((i) => VALUE_LIKE.test(this.textAt(at + i)))
  }

  /** Rows of parts: they have no number of their own, and what the row above says of both is not said again. */
  private parts(from: number, lines: number, firstColumn: number): void {
    for (let at = from; at < from + lines;) {
      let end = at + 1
      while (end < from + lines && !this.isPart(end)) end++
      this.rows.push(this.rowCells.aligned(at, end - at, firstColumn))
      at = end
    }
  }

  /** Titles of groups one below the other: parts of a longer list from which the rows were left out. */
  private titles(): void {
    for (let i = 0; i < MOST_TITLES && isGroup(this.textAt(this.at)) && isGroup(this.textAt(this.at + 1)); i++)
      this.rows.push([{ at: this.at++, column: 0 }])
    for (let lines = this.titleLines(); lines > 0; lines = this.titleLines()) {
      this.rows.push(Array.from({ length: lines }, () => ({ at: this.at++, column: 0 })))
    }
  }

  /** How many lines a title over the next rows has: what all of them count (总分 / 100), or 二、 / 整治提升 / 31 above the next number. */
  private titleLines(): number {
    if (TOTAL.test(this.textAt(this.at)) && integer(this.textAt(this.at + 1)) !== null) return 2
    if (!ORDINAL_ALONE.test(this.textAt(this.at))) return 0
    for (let lines = 2; lines <= MOST_LINES_OF_TITLE; lines++) {
      if (integer(this.textAt(this.at + lines)) === this.lastNumber + 1) return lines
    }
    return 0
  }

  /** 三、 / 部署 / 15 / … / 县水利局 between the numbered rows: a row that its own ordinal opens and a body ends. */
  private ordinalRow(): boolean {
    if (!ORDINAL_ALONE.test(this.textAt(this.at))) return false
    for (let lines = this.columns.length; lines <= MOST_LINES_OF_ROW; lines++) {
      const next = this.textAt(this.at + lines)
      if (next !== '' && !ORDINAL_ALONE.test(next) && integer(next) !== this.lastNumber + 1) continue
      if (!this.endsWithBodies(this.at + lines - 1)) return false
      this.rows.push([{ at: this.at, column: 0 }, ...this.rowCells.place(this.at + 1, lines - 1, 1)])
      this.at += lines
      return true
    }
    return false
  }

  private linesBeforeNumber(column: number): number {
    for (let i = 0; i <= column + MOST_TITLES_BEFORE && this.textAt(this.at + i).length <= LONGEST_TITLE; i++)
      if (integer(this.textAt(this.at + i)) !== null) return i
    return 0
  }

  /** How many lines belong to the row: up to the next number, without what stands before that number. */
  private linesUntil(from: number, next: number, column: number): number {
    const needed = this.columns.length - column - 1
    for (let i = 1; i <= MOST_LINES_OF_ROW; i++) {
      if (this.textAt(from + i) === '') break
      if (this.isHeaderAt(from + i) || (column > 0 && HEAD_OF_GROUP.test(this.textAt(from + i)))) return i
      if (i >= needed && column === 0 && ORDINAL_ALONE.test(this.textAt(from + i)) && this.endsWithBodies(from + i - 1))
        return i
      if (i >= needed && this.laterRow(from + i, next)) {
        this.leavesOut = true
        return this.withoutTitles(from, i, needed)
      }
      if (integer(this.textAt(from + i)) !== next) continue
      // A row with more than one empty cell is told by its last: a value may be the next number as well.
      if (i < needed - 1 - this.notes && !this.endsWithBodies(from + i - 1)) continue
      if (column > 0 && this.endsInBodies()) return this.withoutNextCells(from, i)
      const extra = i - needed
      if (column === 0 && extra > 0 && extra <= MOST_TITLES_BEFORE && this.areTitles(from + needed, extra))
        return needed
      if (
        extra > 0 &&
        (column > 0 ? extra <= column && !this.endsWithBodies(from + i - 1) : this.isTitle(from + i - 1))
      )
        return i - (column > 0 ? extra : 1)
      return i
    }
    return this.lastRow.lines(from, needed, this.usualLines)
  }

  /** How many lines a row has without what stands above the next number: its last cell holds bodies, or is merged with the one above. */
  private withoutNextCells(from: number, lines: number): number {
    let end = lines
    while (end > 1 && !this.isCellOfBodies(from + end - 1)) end--
    return end > 1 || this.textAt(from + lines - 1).length <= LONGEST_TITLE ? end : lines
  }

  /** Whether a line names those who answer; 产业园区 and 历史街区 name what the rows below are about. */
  private isCellOfBodies(at: number): boolean {
    const text = this.textAt(at)
    return !KIND_OF_AREA.test(text) && (isBodies(text) || isBodyLike(text))
  }

  /** Whether a row begins whose number is not the next one, though the last column before it holds bodies. */
  private laterRow(at: number, next: number): boolean {
    const number = integer(this.textAt(at))
    const last = this.columns.at(-1) as ColumnRole
    if (number === null || number <= next || number > next + MOST_LEFT_OUT) return false
    if (!isUnitRole(last) && last !== 'deadline') return false
    let above = at - 1
    while (at - above <= MOST_TITLES && isGroup(this.textAt(above))) above--
    for (let i = 0; i < MOST_TITLES_BEFORE && !fits(last, this.textAt(above)); i++) above--
    return fits(last, this.textAt(above)) && !VALUE_LIKE.test(this.textAt(at + 1))
  }

  /** How many lines a row has without the titles of groups behind it. */
  private withoutTitles(from: number, lines: number, needed: number): number {
    if (lines > needed && lines <= needed + MOST_TITLES_BEFORE && this.areTitles(from + needed, lines - needed))
      return needed
    let end = lines
    while (end > needed && isGroup(this.textAt(from + end - 1))) end--
    return end
  }

  /** Whether the last column holds bodies, and the line is one. */
  private endsWithBodies(at: number): boolean {
    return this.endsInBodies() && isBodyLike(this.textAt(at))
  }

  private endsInBodies(): boolean {
    return (this.cells.at(-1) as CellColumn).holdsBodies
  }

  /** Whether the row above is full, and no line here can go on with its last cell: the title of a part and that of its first matter. */
  private areTitles(from: number, lines: number): boolean {
    const last = this.columns.at(-1) as ColumnRole
    if (!(isUnitRole(last) || last === 'deadline') || !fits(last, this.textAt(from - 1))) return false
    return Array.from({ length: lines }, (_, i) => this.textAt(from + i)).every((text) => !fits(last, text))
  }

  /** A line between the last cell of a row and the number of the next: 二、资源环境, or what no column of units can hold. */
  private isTitle(at: number): boolean {
    const last = this.columns.at(-1) as ColumnRole
    const own = this.textAt(at)
    return (
      startsWithLabel(own) ||
      ((isUnitRole(last) || last === 'deadline') && !fits(last, own) && fits(last, this.textAt(at - 1)))
    )
  }
}

/** 二、产业发展: a line that names a group of rows. */
const isGroup = (text: string): boolean => text.length <= 40 && /^[一二三四五六七八九十]{1,3}、[^。;]{2,}$/.test(text)
const MOST_TITLES = 12
/** 二、: its words stand on the next line. */
const ORDINAL_ALONE = /^[一二三四五六七八九十]{1,3}、$/
/** 行动二:…, 专项三、…: a line over the rows below it, whatever its words. */
const HEAD_OF_GROUP = /^(?:行动|专项|工程|板块|领域|任务|方面)[一二三四五六七八九十]{1,3}[:、][^。;]{2,40}$/
/** Titles between the rows of a table that has a merged column before its number. */
const MOST_TITLES_BEFORE = 2
const LONGEST_TITLE = 40
const KIND_OF_AREA = /^(?:产业|工业|科技|商务|商业|历史|文化|综合|重点|老旧)*(?:园区|片区|街区|社区|小区|地区)$/
/** 其中 公园绿地, 其中:高速公路 */
const PART = /^其中[: ]?[\u4e00-\u9fff]/
/** Ordinal, words and what they count. */
const MOST_LINES_OF_TITLE = 3
const TOTAL = /^(?:总分|满分|合计|总计)$/
/** A list that leaves out more numbers is none. */
const MOST_LEFT_OUT = 200
