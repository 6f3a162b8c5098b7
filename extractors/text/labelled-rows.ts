import type { ColumnRole } from '../structure/types.ts'
import {
  cellColumn,
  type CellColumn,
  holdsDocuments,
  isBodies,
  isBodyLike,
  OF_DOCUMENT,
  TIME_LIKE,
} from './cell-alignment.ts'
import { integer, MOST_LINES_OF_ROW, type TextAt } from './cell-headers.ts'
import { endsTable } from './cell-kinds.ts'
import type { PlacedLine } from './cell-places.ts'
import { alignLabelled, endingOf, type LabelJudgement } from './label-alignment.ts'
import { labelHeaderAt, type LabelHeader } from './label-header.ts'
import { isDateLine } from './marks.ts'
import { runningLabel } from './running-labels.ts'

/**
 * Tables, a cell a line, whose rows a label opens that counts through all of them: 领域 | 1、方向 | **(1)任务** | 2027年计划 | ….
 * Cells of the columns before it are merged over several rows and stand above the first of these.
 */
interface LabelledTable {
  columns: readonly ColumnRole[]
  rows: PlacedLine[][]
  /** The position behind its last line. */
  end: number
}

const FEWEST_ROWS = 3
/** Words of a task are cut into no more lines; a time stands below them. */
const MOST_LINES_OF_TASK = 12
const LONGEST_TIME = 24
/** Most cells of words end with a full stop, so that one without it goes on. */
const MOST_OF_ALL = 0.7

/** The table that begins here; null where none does. Looks at a bounded number of lines before it is sure. */
export function labelledTableAt(textAt: TextAt, at: number): LabelledTable | null {
  const header = labelHeaderAt(textAt, at)
  if (!header) return null
  for (const rank of ranksBelow(textAt, header)) {
    const starts = startsOf(textAt, header, rank, FEWEST_ROWS)
    if (starts.length < FEWEST_ROWS || restarts(textAt, header, rank, starts)) continue
    const all = startsOf(textAt, header, rank, Infinity)
    if (!header.columns.includes('number') || numbersBefore(textAt, header.end, all.at(-1) as number) < all.length)
      return new LabelledRows(textAt, header, at, rank, all).read()
  }
  return null
}

/** How many running numbers stand alone up to the last row: more than rows have labels, where these stand over the rows. */
function numbersBefore(textAt: TextAt, from: number, to: number): number {
  let numbers = 0
  for (let at = from; at < to; at++) if (integer(textAt(at)) === numbers + 1) numbers++
  return numbers
}

/** The ranks of the labels above and at the first row, the innermost first. */
function ranksBelow(textAt: TextAt, { end, label }: LabelHeader): number[] {
  const ranks: number[] = []
  for (let i = 0; i <= 2 * label + 2; i++) {
    const own = runningLabel(textAt(end + i))
    if (own?.number === 1 && !ranks.includes(own.rank)) ranks.unshift(own.rank)
  }
  return ranks
}

/** Where the rows begin that labels of one rank open, counted from 1: no more than `most`. */
function startsOf(textAt: TextAt, header: LabelHeader, rank: number, most: number): number[] {
  const starts: number[] = []
  let last = header.end
  for (let at = header.end; starts.length < most && at - last <= MOST_LINES_OF_ROW && textAt(at) !== ''; at++) {
    const own = runningLabel(textAt(at))
    if (own?.rank !== rank || own.number !== starts.length + 1 || !opensRow(textAt, header, at, rank)) continue
    starts.push(at)
    last = at
  }
  return starts
}

/** Whether the cells of a row follow a label: where rows have a time or titles of documents, lists stand in their cells, too. */
function opensRow(textAt: TextAt, head: LabelHeader, at: number, rank: number): boolean {
  const due = head.columns.indexOf('deadline', head.label) > 0
  if (!due && !hasDocuments(head)) return true
  for (let i = at + 1; i <= at + MOST_LINES_OF_TASK && textAt(i) !== ''; i++) {
    const text = textAt(i)
    if (runningLabel(text)?.rank === rank) return false
    if (due ? TIME_LIKE.test(text) && text.length <= LONGEST_TIME && !/[。;:]$/.test(text) : isBodyLike(text))
      return true
  }
  return false
}

/** Whether a column behind that of the labels holds titles of documents. */
const hasDocuments = ({ columns, words, label }: LabelHeader): boolean =>
  words.some(({ text }, i) => i > label && holdsDocuments(cellColumn(columns[i] as ColumnRole, text)))

/** Whether labels of the rank begin anew among the first rows: then they count within a cell. */
function restarts(textAt: TextAt, head: LabelHeader, rank: number, starts: readonly number[]): boolean {
  if (hasDocuments(head)) return false
  const last = (starts.at(-1) as number) + MOST_LINES_OF_ROW
  for (let at = head.end; at < last && textAt(at) !== ''; at++) {
    const own = runningLabel(textAt(at))
    if (own?.rank === rank && own.number === 1 && at !== starts[0]) return true
  }
  return false
}

const isUnitRole = (role: ColumnRole | undefined): boolean =>
  role === 'lead' || role === 'responsible' || role === 'support'

/** The lines between the labels of two rows, and those of the merged cells above the latter. */
interface Row {
  from: number
  end: number
  lead: number
}

/** The lines of a merged cell; `rank` is that of its label, 0 for a number alone, null for neither. */
interface Group {
  lines: number[]
  rank: number | null
}

class LabelledRows {
  private readonly cells: CellColumn[]
  private readonly header: PlacedLine[]
  private readonly listsDocuments: boolean
  private readonly placed: PlacedLine[][] = []
  /** The column of the merged cells that a label of each rank opens. */
  private readonly columnOfRank = new Map<number, number>()
  /** The last number of each rank, and of the column of numbers as rank 0. */
  private readonly lastOfRank = new Map<number, number>()

  constructor(
    private readonly textAt: TextAt,
    private readonly head: LabelHeader,
    at: number,
    private readonly rank: number,
    private readonly starts: readonly number[],
  ) {
    this.listsDocuments = hasDocuments(head)
    this.cells = head.columns.map((role, i) => cellColumn(role, head.words[i]?.text ?? ''))
    let next = at
    this.header = head.words.flatMap(({ lines }, column) =>
      Array.from({ length: lines }, () => ({ at: next++, column })),
    )
  }

  read(): LabelledTable {
    const { starts, head } = this
    this.placed.push(this.header)
    const rows: Row[] = []
    let lead = head.end
    starts.forEach((from, i) => {
      const next = starts[i + 1]
      this.tellLabels(lead, from)
      const end = next === undefined ? this.lastEnd(from, rows) : this.leadAbove(next, from)
      rows.push({ from, end, lead })
      lead = end
    })
    const stops = this.stopsWithMark(rows)
    let judgement: LabelJudgement = { stops, bodies: [] }
    judgement = { stops, bodies: this.bodiesByColumn(rows, judgement) }
    for (const row of rows) this.placeRow(row, judgement)
    return { columns: head.columns, rows: this.placed, end: rows.at(-1)?.end ?? head.end }
  }

  /** Notes which labels the merged cells above a row have. */
  private tellLabels(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const number = this.numberOf(this.textAt(at))
      if (number) this.lastOfRank.set(number.rank, number.number)
    }
  }

  /** A number alone in the column of numbers (rank 0), or another label than that of the rows. */
  private numberOf(text: string): { rank: number; number: number } | null {
    const alone = integer(text)
    if (alone !== null) return this.head.columns.indexOf('number') >= 0 ? { rank: 0, number: alone } : null
    const label = runningLabel(text)
    return label && label.rank !== this.rank ? label : null
  }

  /** Where the merged cells above a row begin: the first line above it that goes on counting, or that the last column cannot hold. */
  private leadAbove(start: number, above: number): number {
    const most = Math.min(2 * this.head.label + 1, start - above - 1)
    const open = new Map<number, number>()
    let begin = start
    for (let back = 1; back <= most; back++) {
      const number = this.numberOf(this.textAt(start - back))
      const last = number && this.lastOfRank.get(number.rank)
      // Other labels than those above the first row count within a cell, as do titles of documents from 1.
      if (!number || last === undefined || last === null || open.has(number.rank)) continue
      if (number.number !== last + 1 && (number.number !== 1 || this.listsDocuments)) continue
      open.set(number.rank, number.number)
      begin = start - back
    }
    if (begin < start || !isUnitRole(this.head.columns.at(-1))) return begin
    while (start - begin < this.head.label && begin > above + 1 && !isBodyLike(this.textAt(begin - 1))) begin--
    return begin > above + 1 && isBodyLike(this.textAt(begin - 1)) ? begin : start
  }

  /** Where the last row ends, which no label follows: as many lines as the longest row has, or where its last columns are read. */
  private lastEnd(from: number, rows: readonly Row[]): number {
    const documents = this.listsDocuments
    const bodies = this.cells.findLastIndex(({ holdsBodies }) => holdsBodies) > this.head.label
    const longest = Math.max(...rows.map((row) => row.end - row.from), this.cells.length - this.head.label)
    let seen = false
    let end = from + 1
    for (; end < from + longest && !this.endsAt(end); end++) {
      const text = this.textAt(end)
      const body = isBodies(text) || (isBodyLike(text) && !/[。;]/.test(text))
      if (bodies && seen && !body && !(documents && (OF_DOCUMENT.test(text) || runningLabel(text)))) break
      seen ||= body && isUnitRole(this.head.columns.at(-1))
      seen ||= documents && isBodies(text)
    }
    return end
  }

  private endsAt(at: number): boolean {
    const text = this.textAt(at)
    return text === '' || endsTable(text) || isDateLine(this.textAt(at + 1)) || this.isHeaderAt(at)
  }

  private isHeaderAt(at: number): boolean {
    return this.header.every((line, i) => this.textAt(line.at) === this.textAt(at + i))
  }

  /** Whether the words above a body, or above the next row, end with a full stop. */
  private stopsWithMark(rows: readonly Row[]): boolean {
    let ends = 0
    let stops = 0
    for (const { from, end } of rows) {
      let last = end - 1
      while (last > from && isBodyLike(this.textAt(last))) last--
      const text = this.textAt(last)
      if (text.length < SHORTEST_SENTENCE || TIME_LIKE.test(text.slice(-4))) continue
      ends++
      if (text.endsWith('。')) stops++
    }
    return ends > 0 && stops >= ends * MOST_OF_ALL
  }

  /** What the bodies of each column end with, told by the rows that have one line a column of bodies. */
  private bodiesByColumn(rows: readonly Row[], judgement: LabelJudgement): Map<string, number>[] {
    const columns = this.cells.slice(this.head.label)
    const bodies = columns.map(() => new Map<string, number>())
    const wanted = columns.filter(({ holdsBodies }) => holdsBodies).length
    for (const { from, end } of rows) {
      const lines = this.linesOf(from, end)
      const own = alignLabelled(lines, columns, judgement)
      const inBodies = own.flatMap((column, i) => (columns[column]?.holdsBodies ? [{ column, i }] : []))
      if (inBodies.length !== wanted || new Set(inBodies.map(({ column }) => column)).size !== wanted) continue
      for (const { column, i } of inBodies) {
        const ending = endingOf(lines[i] as string)
        const times = bodies[column] as Map<string, number>
        times.set(ending, (times.get(ending) ?? 0) + 1)
      }
    }
    return bodies
  }

  private linesOf(from: number, end: number): string[] {
    return Array.from({ length: end - from }, (_, i) => this.textAt(from + i))
  }

  private placeRow({ from, end, lead }: Row, judgement: LabelJudgement): void {
    const { label } = this.head
    const merged = this.placeLead(lead, from)
    let at = from
    let opened = false
    while (at < end) {
      let to = at
      while (to < end && !this.isHeaderAt(to)) to++
      if (to > at) {
        const own = alignLabelled(this.linesOf(at, to), this.cells.slice(label), judgement)
        const first = at
        this.placed.push([
          ...(opened ? [] : merged),
          ...own.map((column, i) => ({ at: first + i, column: label + column })),
        ])
        opened = true
      }
      at = to
      if (at < end) this.placed.push(this.header.map(({ column }) => ({ at: at++, column })))
    }
  }

  /** The merged cells above a row in their columns; those that are more than columns are titles over the rows. */
  private placeLead(from: number, to: number): PlacedLine[] {
    const { label, columns } = this.head
    const number = columns.indexOf('number')
    const groups: Group[] = []
    for (let at = from; at < to;) {
      if (this.isHeaderAt(at)) {
        this.placed.push(this.header.map(({ column }) => ({ at: at++, column })))
        continue
      }
      const own = this.numberOf(this.textAt(at))
      const above = groups.at(-1)
      if (own || !above || above.rank === 0 || (above.rank === null && groups.length < label))
        groups.push({ lines: [at], rank: own?.rank ?? null })
      else above.lines.push(at)
      at++
    }
    while (groups.length > label) {
      for (const at of (groups.shift() as Group).lines) this.placed.push([{ at, column: 0 }])
    }
    let before = -1
    return groups.flatMap(({ lines, rank }, i) => {
      const usual = label - groups.length + i
      const known = rank === null ? undefined : this.columnOfRank.get(rank)
      const wanted = rank === 0 ? number : (known ?? usual)
      const column = wanted > before && wanted <= usual ? wanted : usual
      before = column
      if (rank !== null && known === undefined) this.columnOfRank.set(rank, column)
      return lines.map((at) => ({ at, column }))
    })
  }
}
/** A line of words that is shorter may be a value, in characters. */
const SHORTEST_SENTENCE = 8
