import { isUnitName, splitNames } from '../structure/unit-names.ts'
import type { ColumnRole } from '../structure/types.ts'
import type { Line } from './line.ts'
import {
  alignCells,
  cellColumn,
  type CellColumn,
  contradicts,
  holdsDocuments,
  isBodies,
  isBodyLike,
  OF_DOCUMENT,
  TIME_LIKE,
  VALUE_LIKE,
} from './cell-alignment.ts'
import { gridAt, type CellGrid } from './cell-grid.ts'
import { headerAt, integer, MOST_LINES_OF_ROW, type Header, type TextAt } from './cell-headers.ts'
import { isDateLine, isNumberLine, startsWithLabel } from './marks.ts'

/**
 * Tables whose cells stand on a line each, as converters write them: a run of header words, then the cells row by row.
 * `place` says for each line what it is, `tabs` how many cells lie between it and what is before in its row.
 */
export interface Cells {
  place: Uint8Array
  tabs: Uint8Array
}

export const NO_CELL = 0
export const ROW_START = 1
export const NEXT_CELL = 2
export const SAME_CELL = 3
/** A line over the rows below it: a row with nothing else. */
export const GROUP_TITLE = 4
/** A line of the same cell that begins another name: a unit a line. */
export const NEXT_NAME = 5

/** Finds the tables among the lines; `skip` marks lines that are page layout. Linear: every line is looked at a bounded number of times. */
export function findCells(lines: readonly Line[], skip: Uint8Array): Cells {
  const cells: Cells = { place: new Uint8Array(lines.length), tabs: new Uint8Array(lines.length) }
  const kept: number[] = []
  /** The words of those lines without blanks. */
  const bare: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const { cell, text } = lines[i] as Line
    if (cell) {
      cells.place[i] = cell.place
      cells.tabs[i] = cell.tabs
    } else if (!skip[i]) {
      kept.push(i)
      bare.push(text.includes(' ') ? text.replaceAll(' ', '') : text)
    }
  }
  const textAt = (position: number): string => bare[position] ?? ''
  for (let i = 0; i < kept.length; i++) {
    const grid = gridAt(textAt, i)
    if (grid) {
      i = placeGrid(grid, i, kept, cells)
      continue
    }
    const header = headerAt(textAt, i)
    if (!header) continue
    const { columns } = header
    const table = new Table(textAt, header, i)
    const end = table.read()
    if (end === 0) continue
    for (const row of table.rows) {
      row.forEach(({ at, column }, k) => {
        const line = kept[at] as number
        const before = row[k - 1]
        const next =
          before?.column === column &&
          isUnitRole(columns[column] as ColumnRole) &&
          endsName(textAt(before.at)) &&
          beginsName(textAt(at))
            ? NEXT_NAME
            : SAME_CELL
        cells.place[line] =
          before === undefined
            ? row.length === 1
              ? GROUP_TITLE
              : ROW_START
            : before.column === column
              ? next
              : NEXT_CELL
        cells.tabs[line] = column - (before?.column ?? 0)
      })
    }
    i = end - 1
  }
  return cells
}

/** Marks the lines of a grid; returns the position of its last. */
function placeGrid({ header, rows }: CellGrid, at: number, kept: readonly number[], { place, tabs }: Cells): number {
  let next = at
  const mark = (kind: number): void => {
    const line = kept[next++] as number
    place[line] = kind
    tabs[line] = kind === NEXT_CELL ? 1 : 0
  }
  header.forEach((lines, column) => {
    mark(column === 0 ? ROW_START : NEXT_CELL)
    for (let i = 1; i < lines; i++) mark(SAME_CELL)
  })
  for (let i = 0; i < rows * header.length; i++) mark(i % header.length === 0 ? ROW_START : NEXT_CELL)
  return next - 1
}

/** Whether a line of units is complete, so that the line below it is another name. */
function endsName(text: string): boolean {
  const last = splitNames(text).at(-1)
  return last !== undefined && !/[、,;]$/.test(text) && isUnitName(last.name)
}

function beginsName(text: string): boolean {
  const [first] = splitNames(text)
  return first !== undefined && isUnitName(first.name)
}

interface PlacedLine {
  at: number
  column: number
}

class Table {
  readonly rows: PlacedLine[][] = []
  private at: number
  private readonly columns: readonly ColumnRole[]
  private readonly cells: CellColumn[]

  constructor(
    private readonly textAt: TextAt,
    { columns, words, lines }: Header,
    header: number,
  ) {
    this.columns = columns
    this.at = header
    this.rows.push(
      columns.flatMap((_, column) =>
        Array.from({ length: lines[column] as number }, () => ({ at: this.at++, column })),
      ),
    )
    this.cells = columns.map((role, column) => cellColumn(role, words[column] as string))
  }

  /** Reads the rows; returns the position behind the last, 0 where there is none. */
  read(): number {
    const number = this.columns.indexOf('number')
    while (number >= 0 ? this.numberedRow(number) || (number === 0 && this.ordinalRow()) : this.plainRow()) {
      /* rows are kept by the readers */
    }
    return this.rows.length > 1 ? this.at : 0
  }

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
      ...this.place(start + 1, own, column + 1),
    ])
    this.parts(start + 1 + own, lines - own, column + 1)
    this.lastNumber = number
    this.usualLines = own
    this.at = start + 1 + lines
    return true
  }

  /** The header once more, as each page of a long table opens with it. */
  private headerAgain(): void {
    const [header] = this.rows as [PlacedLine[]]
    if (!this.isHeaderAt(this.at)) return
    this.rows.push(header.map(({ column }) => ({ at: this.at++, column })))
  }

  private isHeaderAt(at: number): boolean {
    const [header] = this.rows as [PlacedLine[]]
    return header.every((line, i) => this.textAt(line.at) === this.textAt(at + i))
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
      this.rows.push(this.aligned(at, end - at, firstColumn))
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
      this.rows.push([{ at: this.at, column: 0 }, ...this.place(this.at + 1, lines - 1, 1)])
      this.at += lines
      return true
    }
    return false
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
      if (i < needed - 1 && !this.endsWithBodies(from + i - 1)) continue
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
    return this.lastRowLines(from, needed)
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

  /** The last row has no number behind it: as many lines as the row before, more while its last cell is still to come. */
  private lastRowLines(from: number, needed: number): number {
    if (this.cells.some(({ holdsBodies }) => holdsBodies) && holdsDocuments(this.cells.at(-1) as CellColumn))
      return this.linesThroughBodies(from, needed)
    const usual = Math.min(needed, this.usualLines || needed)
    const last = this.columns[this.columns.length - 1 - (needed - usual)] as ColumnRole
    let lines = 0
    while (lines < usual && this.textAt(from + lines) !== '' && !endsTable(this.textAt(from + lines))) lines++
    while ((this.cells.at(-1) as CellColumn).holdsBodies && lines < needed + 2 && beginsName(this.textAt(from + lines)))
      lines++
    if ((last === 'value' || last === 'baseline') && lines === needed && this.misfits(from, lines))
      return this.throughValues(from, lines)
    if (lines < usual || fits(last, this.textAt(from + lines - 1))) return lines
    for (
      let more = lines;
      more < lines + 6 && this.textAt(from + more) !== '' && !endsTable(this.textAt(from + more));
      more++
    ) {
      if (fits(last, this.textAt(from + more))) return more + 1
    }
    return lines
  }

  private misfits(from: number, lines: number): boolean {
    return this.placeFew(from, lines, this.columns.length - lines).some(({ at, column }) =>
      contradicts(this.cells[column] as CellColumn, this.textAt(at)),
    )
  }

  /** A name in two lines moves the values of the last row down: those that follow are its own. */
  private throughValues(from: number, lines: number): number {
    let end = lines
    while (end < lines + MOST_MOVED_DOWN && VALUE_LIKE.test(this.textAt(from + end))) end++
    return end
  }

  /** The lines of the last row where bodies and titles of documents end it: what is to be done may have several paragraphs. */
  private linesThroughBodies(from: number, needed: number): number {
    const own = (i: number): string => this.textAt(from + i)
    const ends = (i: number): boolean => own(i) === '' || endsTable(own(i))
    let lines = 0
    while (lines < MOST_LINES_OF_ROW && !ends(lines) && !isBodies(own(lines))) lines++
    if (lines === MOST_LINES_OF_ROW || ends(lines)) {
      lines = 0
      while (lines < needed && !ends(lines)) lines++
      return lines
    }
    while (!ends(lines) && isBodyLike(own(lines)) && !OF_DOCUMENT.test(own(lines))) lines++
    if (lines < needed && !ends(lines) && !OF_DOCUMENT.test(own(lines))) return lines + 1
    const documents = lines
    while (
      lines < documents + MOST_LINES_OF_DOCUMENTS &&
      !ends(lines) &&
      (OF_DOCUMENT.test(own(lines)) || OF_DOCUMENT.test(own(lines + 1)))
    )
      lines++
    return lines
  }

  /** Puts the lines of a row into its columns. */
  private place(from: number, count: number, firstColumn: number): PlacedLine[] {
    const placed =
      count <= this.columns.length - firstColumn
        ? this.placeFew(from, count, firstColumn)
        : this.placeMany(from, count, firstColumn)
    return placed.some(({ at, column }) => contradicts(this.cells[column] as CellColumn, this.textAt(at)))
      ? this.aligned(from, count, firstColumn)
      : placed
  }

  /** Puts each line of a row where it fits best. */
  private aligned(from: number, count: number, firstColumn: number): PlacedLine[] {
    const lines = Array.from({ length: count }, (_, i) => this.textAt(from + i))
    return alignCells(lines, this.cells.slice(firstColumn)).map((column, i) => ({
      at: from + i,
      column: firstColumn + column,
    }))
  }

  /** A line a column; where cells are empty, a column that the line does not fit is passed over. */
  private placeFew(from: number, count: number, firstColumn: number): PlacedLine[] {
    const placed: PlacedLine[] = []
    let column = firstColumn
    for (let i = 0; i < count; i++) {
      while (
        this.columns.length - column > count - i &&
        !fits(this.columns[column] as ColumnRole, this.textAt(from + i))
      )
        column++
      placed.push({ at: from + i, column })
      column++
    }
    return placed
  }

  /** Cells of several lines: times and units are told from the right, the rest goes to the left, one line a column first. */
  private placeMany(from: number, count: number, firstColumn: number): PlacedLine[] {
    const placed: PlacedLine[] = []
    let line = count - 1
    let column = this.columns.length - 1
    for (; column > firstColumn && line > column - firstColumn; column--) {
      const role = this.columns[column] as ColumnRole
      if (role !== 'deadline' && !isUnitRole(role)) break
      placed.unshift({ at: from + line--, column })
      while (line > column - firstColumn - 1 && this.isSameCell(from + line, role))
        placed.unshift({ at: from + line--, column })
    }
    for (let i = line; i >= 0; i--) placed.unshift({ at: from + i, column: Math.min(firstColumn + i, column) })
    return placed
  }

  /** Whether a line and the one below are one cell: both times, both units, or a name cut between them. */
  private isSameCell(at: number, role: ColumnRole): boolean {
    const text = this.textAt(at)
    if (!isUnitRole(role)) return TIME_LIKE.test(text) && text.length <= 16
    if (/[、,]$/.test(text)) return true
    const names = splitNames(text)
    if (names.length > 0 && names.every(({ name }) => isUnitName(name))) return true
    const [below] = splitNames(this.textAt(at + 1))
    const above = names.at(-1)
    return below !== undefined && above !== undefined && !isUnitName(below.name) && isUnitName(above.name + below.name)
  }

  /** A row of exactly one line a column, told by its values; the cell of a merged column before its name may be missing. A single line before such a row is a group title. */
  private plainRow(): boolean {
    const found = this.plainRowAt(this.at) ?? this.plainRowAt(this.at + 1)
    if (!found) return false
    if (found.from > this.at) this.rows.push([{ at: this.at, column: 0 }])
    const row: PlacedLine[] = []
    for (let column = found.column; column < this.columns.length; column++)
      row.push({ at: found.from + column - found.column, column })
    this.rows.push(row)
    this.at = found.from + row.length
    return true
  }

  private plainRowAt(from: number): { from: number; column: number } | null {
    if (this.isPlainRow(from, 0)) return { from, column: 0 }
    const name = this.columns.findIndex((role) => role === 'indicator' || role === 'task')
    const merged = name > 0 && this.columns.slice(0, name).every((role) => role === 'other')
    return merged && this.isPlainRow(from, name) ? { from, column: name } : null
  }

  private isPlainRow(from: number, first: number): boolean {
    let told = 0
    for (let column = first; column < this.columns.length; column++) {
      const text = this.textAt(from + column - first)
      const role = this.columns[column] as ColumnRole
      if (text === '' || endsTable(text)) return false
      if (role === 'value' || role === 'baseline') {
        if (!VALUE_LIKE.test(text)) return false
        told++
      } else if (role === 'deadline' && !TIME_LIKE.test(text)) return false
      else if (isUnitRole(role)) {
        if (!isBodyLike(text)) return false
        told++
      } else if (role === 'indicator' && VALUE_LIKE.test(text) && !/[\u4e00-\u9fff]/.test(text)) return false
    }
    return told > 0
  }
}

/** Whether words can stand in a column; text columns take anything but a bare time. */
function fits(role: ColumnRole, text: string): boolean {
  if (role === 'deadline') return TIME_LIKE.test(text) && text.length <= 24
  if (isUnitRole(role)) return isBodyLike(text)
  if (role === 'value' || role === 'baseline') return VALUE_LIKE.test(text) || /\d/.test(text)
  return true
}

const isUnitRole = (role: ColumnRole): boolean => role === 'lead' || role === 'responsible' || role === 'support'

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
const MOST_MOVED_DOWN = 2
const MOST_LINES_OF_DOCUMENTS = 8
/** 其中 公园绿地, 其中:高速公路 */
const PART = /^其中[: ]?[\u4e00-\u9fff]/
/** Ordinal, words and what they count. */
const MOST_LINES_OF_TITLE = 3
const TOTAL = /^(?:总分|满分|合计|总计)$/
/** A list that leaves out more numbers is none. */
const MOST_LEFT_OUT = 200

const endsTable = (text: string): boolean =>
  text.length > 400 ||
  isDateLine(text) ||
  isNumberLine(text) ||
  /^注[:：]|^附件|^[一二三四五六七八九十]{1,3}、/.test(text)
