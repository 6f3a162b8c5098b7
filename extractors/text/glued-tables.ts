import { readUnit } from '../parsers/unit-of-measure.ts'
import { NEXT_CELL, ROW_START, GROUP_TITLE, type Piece } from './cell-places.ts'
import type { Line } from './line.ts'
import { partValues, type ValueKind } from './part-values.ts'
import { everyMatch } from './every-match.ts'
import { taskHeaderAt, tasksBelow } from './glued-tasks.ts'

/**
 * Indicator tables whose cells run together in one line, as text copied from a page has them: caption, header and rows
 * without anything between (`序号指标单位2020年2025年属性1茶园面积占比%41.248预期性2…`). The words of the header tell the
 * columns, the running number or the nature of the indicators (预期性) the rows, what a column can hold its values.
 */

type Column = 'number' | 'group' | 'name' | 'unit' | 'level' | 'change' | 'nature' | 'bodies' | 'note'

const YEAR_KIND =
  '(?:现状|基期|基数|基准|实际|完成|预计|目标|规划|预期|指标(?![属性类])|年末)?(?:值|数)?(?:\\([^()\\d]{1,8}\\))?'
const WORDS: readonly (readonly [column: Column, words: string])[] = [
  ['number', '序 {0,4}号|编 {0,4}号'],
  ['group', '类 {0,4}别|领 {0,4}域|分 {0,4}类|维 {0,4}度|一级指标'],
  ['nature', '(?:指标)?(?:属 {0,4}性|性 {0,4}质|类 {0,4}型)'],
  ['name', '(?:具体|主要|核心|二级|三级)?指 {0,4}标(?: {0,4}名 {0,4}称|内容)?|项 {0,4}目(?:名称)?|名 {0,4}称'],
  ['unit', '(?:计量)?单 {0,4}位'],
  [
    'change',
    '(?:20\\d\\d年)?[比较]20\\d\\d年(?:累计)?(?:增长|增减|增加|下降|降低|变化|提高|变动)(?:幅度|率)?(?:\\([%‰]\\))?|(?:五年|规划期)?年均(?:增长|增速|增幅|变化)?率?(?:\\(%\\))?(?:[/或]\\[?累计\\]?)?|增 {0,2}[长速幅]率?(?:\\(%\\))?|变化(?:幅度|率)(?:\\(%\\))?',
  ],
  [
    'level',
    `20\\d\\d年?${YEAR_KIND}|“十[一二三四五]五”(?:期末|期间|末)?(?:目标|规划|完成|预期)?值?|(?:基期|基准|现状|现|规划|预期|规划目标|预期目标|目标)(?:年)?值|基 {0,2}数|现 {0,2}状|目 {0,2}标`,
  ],
  ['bodies', '(?:责任|牵头|配合|主管|负责)(?:单位|部门)'],
  ['note', '备 {0,4}注'],
]
const WORD = new RegExp(` {0,4}(?:${WORDS.map(([column, words]) => `(?<${column}>${words})`).join('|')})`, 'y')
const FIRST_WORD = /[序编] {0,4}号|[类领分维] {0,4}[别域类度]|指 {0,4}标|项 {0,4}目|名 {0,4}称/g
const LEAST_LINE = 16
const FEWEST_COLUMNS = 3
const MOST_COLUMNS = 12

const NATURE = /约束性|预期性|指导性|参考性|约束型|预期型|指导型/
/** The longest row, in characters: its name, unit and values. */
const LONGEST_ROW = 160
const GROUP = /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))[\u4e00-\u9fff“”（）()]{2,20}$/
const LONGEST_NAME = 80
const NAME = /[\u4e00-\u9fff]{2}/
const VALUE_BEGINS =
  /[\d≥≤<>＜＞≦≧〈〉约[〔+\-—/]|不[低少高超]|下降|降低|减少|提高|提升|增长|增加|控制|达到|累计|大于|小于/y
const UNIT_AT_END = /[%‰—/\-无]$/
const LONGEST_UNIT = 14
/** 排放量(万吨)812: the unit in brackets behind a name, before a value. */
const OWN_UNIT = /\([^()]{1,14}\) {0,4}(?=[\d≥≤<>＜＞≦≧〈〉约[〔+\-—/])/
/** What begins behind a number that is not the number of the next row. */
const COUNTED = /^[个万亿元吨人户家倍岁年月日级类项种次件度亩米公平立千百十小天%‰.\d:~以]/

interface Header {
  from: number
  to: number
  columns: Column[]
  words: readonly (readonly [from: number, to: number])[]
}

/** A part of a line by two offsets into its text. */
type PartOf = (line: Line, from: number, to: number) => Line

/** Parts the tables among the lines into their cells. The other lines come back as they are. Linear. */
export function partGluedTables(lines: readonly Line[], partOf: PartOf): Line[] {
  const parted: Line[] = []
  /** The table whose rows the next line may go on with; its header is not yet parted where no row has followed it. */
  let open: { rows: RowReader; header: ReadTable | null } | null = null
  for (const line of lines) {
    let rest: Line | null = line
    while (rest && !rest.text.includes('\t')) {
      const read: ReadTable | null = open
        ? { rows: open.rows, from: 0, ...rowsAt(open.rows, rest.text, 0) }
        : tableIn(rest.text)
      if (!read) break
      if (open && read.pieces.length === 0) {
        open = null
        continue
      }
      if (!open && read.rowless) {
        open = { rows: read.rows, header: read }
        break
      }
      if (open?.header) pushTable(parted, parted.pop() as Line, open.header, partOf)
      pushTable(parted, rest, read, partOf)
      open = read.end < rest.text.length ? null : { rows: read.rows, header: null }
      const behind: Line = partOf(rest, read.end, rest.text.length)
      behind.opens = true
      rest = behind.text === '' ? null : behind
    }
    if (!rest) continue
    parted.push(rest)
    if (!open?.header) open = null
  }
  return parted
}

/** The words before the table in its line, and its cells. */
function pushTable(parted: Line[], line: Line, { from, pieces }: ReadTable, partOf: PartOf): void {
  const before = partOf(line, 0, from)
  if (before.text !== '') parted.push(before)
  for (const piece of pieces) {
    const cell = partOf(line, piece.from, piece.to)
    cell.cell = { place: piece.place, tabs: piece.tabs, doubtful: piece.doubtful }
    parted.push(cell)
  }
}

/** What reads rows on from one line to the next. */
interface RowReader {
  read: (text: string, from: number, pieces: Piece[]) => number
}

interface ReadTable {
  rows: RowReader
  /** Where its header or, under an open header, its first row begins, and where its last row ends. */
  from: number
  end: number
  pieces: Piece[]
  /** Whether it is a header that fills its line to the end, whose rows may follow on the next. */
  rowless?: boolean
}

function rowsAt(rows: RowReader, text: string, from: number): Pick<ReadTable, 'end' | 'pieces'> {
  const pieces: Piece[] = []
  return { end: rows.read(text, from, pieces), pieces }
}

/** The first table in a line: a header and its rows, or a header at its end; null where there is none. */
function tableIn(text: string): ReadTable | null {
  if (text.length < LEAST_LINE) return null
  for (const { index } of everyMatch(FIRST_WORD, text)) {
    const header = headerAt(text, index)
    const tasks = header ? null : taskHeaderAt(text, index)
    const read = tasks && tasksBelow(text, tasks)
    if (tasks && read) return { rows: NO_MORE, from: read.pieces[0]?.from ?? tasks.from, ...read }
    if (!header) continue
    const rows = new Rows(header.columns)
    const found = rowsAt(rows, text, header.to)
    const rowless = found.pieces.length === 0
    if (!rowless || header.to === text.length)
      return { rows, from: header.from, end: found.end, pieces: [...headerPieces(header), ...found.pieces], rowless }
  }
  return null
}

/** Tables of tasks end with their line. */
const NO_MORE: RowReader = { read: (_, from) => from }

const headerPieces = ({ words }: Header): Piece[] =>
  words.map(([from, to], i) => ({
    from,
    to,
    place: i === 0 ? ROW_START : NEXT_CELL,
    tabs: i === 0 ? 0 : 1,
    doubtful: false,
  }))

/** The run of header words at an offset, null where it does not name rows and values. */
function headerAt(text: string, start: number): Header | null {
  const columns: Column[] = []
  const words: (readonly [number, number])[] = []
  let at = start
  while (columns.length < MOST_COLUMNS) {
    WORD.lastIndex = at
    const match = WORD.exec(text)
    if (!match) break
    const column = WORDS.find(([name]) => match.groups?.[name] !== undefined)?.[0] as Column
    const blanks = match[0].length - match[0].trimStart().length
    words.push([at + blanks, at + match[0].length])
    columns.push(column)
    at += match[0].length
  }
  // 主要指标 | 序号 | 指标: the last word of the caption is no column.
  const first = Math.max(
    0,
    columns.indexOf('number'),
    columns.findIndex((column, i) => column === 'name' && columns[i + 1] === 'name') + 1,
  )
  // 类别 | 序号 | 指标: the column of the groups stands before the numbers.
  const from = columns[first] === 'number' && columns[first - 1] === 'group' ? first - 1 : first
  const own = columns.slice(from)
  if (
    own.length < FEWEST_COLUMNS ||
    !own.includes('name') ||
    !own.some((column) => column === 'level' || column === 'change')
  )
    return null
  return { from: (words[from] as readonly [number, number])[0], to: at, columns: own, words: words.slice(from) }
}

/** Reads rows under a header, from one line to the next. */
class Rows {
  private next = 1
  private readonly kinds: ValueKind[]
  private readonly hasNumber: boolean
  private readonly hasUnit: boolean
  private readonly hasNature: boolean

  constructor(private readonly columns: readonly Column[]) {
    this.kinds = columns.filter((column): column is ValueKind => column === 'level' || column === 'change')
    this.hasNumber = columns.includes('number')
    this.hasUnit = columns.includes('unit')
    this.hasNature = columns.includes('nature')
  }

  /** Reads rows from the offset on; returns the offset behind the last, the same where there is none. */
  read(text: string, from: number, pieces: Piece[]): number {
    let at = from
    while (at < text.length) {
      const row = this.row(text, at)
      if (!row) break
      pieces.push(...row.pieces)
      at = row.end
    }
    while (text[at] === ' ') at++
    return at
  }

  private row(text: string, from: number): { pieces: Piece[]; end: number } | null {
    let start = from
    while (text[start] === ' ') start++
    const pieces: Piece[] = []
    const number = this.hasNumber ? this.numberFrom(text, start) : null
    if (number && number.from > start)
      pieces.push({ from: start, to: number.from, place: GROUP_TITLE, tabs: 0, doubtful: false })
    if (!number && this.hasNumber && !/^[\u4e00-\u9fff“(]/.test(text.slice(start, start + 1))) return null
    const begin = number ? number.to : start
    const end = this.endOfRow(text, begin, number !== null)
    if (end === null) return null
    const parted = this.cells(text, begin, end.values, end.to)
    if (!parted) return null
    if (number)
      pieces.push({
        from: number.from,
        to: number.digits,
        place: ROW_START,
        tabs: this.columns.indexOf('number'),
        doubtful: false,
      })
    let column = number ? this.columns.indexOf('number') : 0
    parted.forEach((cell, i) => {
      const first = i === 0 && !number
      pieces.push({
        from: cell.from,
        to: cell.to,
        place: first ? ROW_START : NEXT_CELL,
        tabs: cell.column - column,
        doubtful: cell.doubtful,
      })
      column = cell.column
    })
    if (number) this.next = number.value + 1
    return { pieces, end: end.to }
  }

  /** The running number that opens the row, behind the title of a group where one stands there. */
  private numberFrom(text: string, start: number): { from: number; digits: number; to: number; value: number } | null {
    const reach = text.slice(start, start + 28)
    for (const match of reach.matchAll(/\d{1,3}/g)) {
      const value = Number(match[0])
      if (value !== this.next && !(value === 1 && match.index > 0)) {
        if (match.index === 0) return null
        continue
      }
      const before = text.slice(start, start + match.index).trim()
      if (before !== '' && !GROUP.test(before) && !this.columns.includes('group')) return null
      const digits = start + match.index + match[0].length
      const mark = /^(?:[.、] ?|\) ?| )/.exec(text.slice(digits, digits + 2))?.[0].length ?? 0
      return { from: start + match.index, digits, to: digits + mark, value }
    }
    return null
  }

  /** Where the values of the row end, and where the row does. */
  private endOfRow(text: string, begin: number, numbered: boolean): { values: number; to: number } | null {
    const limit = Math.min(text.length, begin + LONGEST_ROW)
    if (this.hasNature) {
      const nature = NATURE.exec(text.slice(begin, limit))
      if (!nature) return null
      const behind = begin + nature.index + nature[0].length
      return {
        values: begin + nature.index,
        to: this.columns.at(-1) === 'nature' ? behind : this.beforeNumber(text, behind, limit, numbered),
      }
    }
    const own = OWN_UNIT.exec(text.slice(begin, limit))
    const before = this.hasNumber ? this.beforeNumber(text, begin, limit, numbered) : limit
    if (own && begin + own.index < before) {
      // A part of a numbered row has a unit of its own behind its name: the values end where words begin again.
      const from = begin + own.index + own[0].length
      const words = valuesEnd(text, from, before)
      return { values: words, to: words }
    }
    return this.hasNumber && this.columns.at(-1) !== 'note' && this.columns.at(-1) !== 'bodies'
      ? { values: before, to: before }
      : null
  }

  /** Where the number of the next row begins; the limit where none follows. `numbered`: whether this row has one. */
  private beforeNumber(text: string, from: number, limit: number, numbered: boolean): number {
    const next = String(numbered ? this.next + 1 : this.next)
    const row = text.slice(from, limit)
    for (let at = row.indexOf(next, 1); at >= 0; at = row.indexOf(next, at + 1)) {
      const behind = text.slice(from + at + next.length, from + at + next.length + 4)
      if (/^[.、]? ?[\u4e00-\u9fff“(A-Z]/.test(behind) && !COUNTED.test(behind)) return from + at
    }
    const note = row.search(/ {0,4}(?:备?注[:：]|资料来源|[。;])/)
    return note >= 0 ? from + note : limit
  }

  /** Name, unit and values of a row by column; null where they cannot be told. */
  private cells(
    text: string,
    begin: number,
    values: number,
    end: number,
  ): { from: number; to: number; column: number; doubtful: boolean }[] | null {
    let stop = values
    while (stop > begin && text[stop - 1] === ' ') stop--
    for (let at = begin + 2; at < stop; at++) {
      VALUE_BEGINS.lastIndex = at
      if (/[\d.]/.test(text[at - 1] as string) || !VALUE_BEGINS.test(text)) continue
      const name = this.nameAndUnit(text, begin, at)
      if (!name) continue
      const run = text.slice(at, stop)
      const parting = partValues(run, this.kinds, /%|％/.test(text.slice(name.unitFrom, at)))
      if (!parting) continue
      const placed = [{ from: begin, to: name.to, column: this.columns.indexOf('name'), doubtful: false }]
      if (this.hasUnit)
        placed.push({ from: name.unitFrom, to: at, column: this.columns.indexOf('unit'), doubtful: false })
      let offset = at
      const slots = this.columns.flatMap((column, i) => (column === 'level' || column === 'change' ? [i] : []))
      parting.cells.forEach((cell, i) => {
        const from = text.indexOf(cell, offset)
        offset = from + cell.length
        placed.push({ from, to: offset, column: slots[i] as number, doubtful: parting.doubtful })
      })
      if (this.hasNature)
        placed.push({ from: values, to: values + 3, column: this.columns.indexOf('nature'), doubtful: false })
      const last = this.columns.length - 1
      if (this.hasNature && end > values + 3 && this.columns[last] !== 'nature')
        placed.push({ from: values + 3, to: end, column: last, doubtful: false })
      return placed.sort((a, b) => a.column - b.column)
    }
    return null
  }

  /** Where the name ends and its unit begins, before the values at the offset. */
  private nameAndUnit(text: string, begin: number, at: number): { to: number; unitFrom: number } | null {
    const words = text.slice(begin, at)
    if (!NAME.test(words) || words.length > LONGEST_NAME || /[。;!?\t]/.test(words)) return null
    let to = at
    while (text[to - 1] === ' ') to--
    if (!this.hasUnit) return { to, unitFrom: Math.max(begin, to - LONGEST_UNIT) }
    for (let from = Math.max(begin + 2, to - LONGEST_UNIT); from < to; from++)
      if (NAME.test(text.slice(begin, from)) && readUnit(text, from)?.end === to) return { to: from, unitFrom: from }
    return UNIT_AT_END.test(text.slice(begin, to)) ? { to: to - 1, unitFrom: to - 1 } : null
  }
}

/** Where a run of values ends: before words that are part of none. */
function valuesEnd(text: string, from: number, limit: number): number {
  const words =
    /个?百分点|以上|以下|以内|左右|[万亿]?[元吨人亩户]|公里|下降|降低|减少|提高|提升|增长|增加|累计|控制在|不[低少]于|不[高超]于|不超过|达到|[约倍岁]|[^\u4e00-\u9fff]/y
  let at = from
  while (at < limit) {
    words.lastIndex = at
    const match = words.exec(text)
    if (!match) break
    at += match[0].length
  }
  return Math.min(at, limit)
}
