import type { ReadPage } from '../types.ts'
import { alignedTableAt } from './aligned.ts'
import { inColumns, type PageItem } from './columns.ts'
import { withoutFurniture } from './furniture.ts'
import { ruledTables } from './grids.ts'
import { leveledTables } from './leveled.ts'
import { withoutLineNumbers } from './line-numbers.ts'
import { linesOf } from './lines.ts'
import { notesInWords, withoutNotes } from './notes.ts'
import { reachOver } from './reaching-cells.ts'
import { goesOnBeyond, paragraphsOf, type ParagraphStyle, styleOf } from './paragraphs.ts'
import { joinedRules } from './rules.ts'
import { withoutStruckThrough } from './struck.ts'
import type { Block, Column, LaidPage, LaidTable, Line, Span } from './types.ts'

export type { LaidPage, Piece, Rule } from './types.ts'

/** Between the pages of a text. */
const PAGE_BREAK = '\n\f\n'
/** Between pages where the break stands inside a paragraph. */
const PAGE_BREAK_INSIDE = '\f'

/**
 * The text of pages whose pieces have places, and where in it each page begins. A paragraph that runs over the end of a
 * page is one line, with only a form feed where the page ends. Footnotes stand behind all of it, as those of other forms do.
 */
export function textOfPages(given: readonly LaidPage[]): { text: string; pages: ReadPage[] } {
  const laid = withoutFurniture(given.map((page) => withoutLineNumbers(withoutStruckThrough(page))))
  const read: ReadBlocks[] = []
  for (const page of laid) read.push(blocksOf(page, read.at(-1) ?? null))
  const notes = notesInWords(read.flatMap((page) => page.notes))
  mendTables(read.flatMap(({ strips }, page) => strips.map((blocks) => ({ page, blocks }))))
  const blocks = read.map(({ strips }) => strips.flat())
  shareMargins(blocks, given)
  const style = styleOf(blocks.flat().filter((block) => block.kind === 'line'))
  const texts = blocks.map((page) => write(page, style).join('\n'))
  const breaks = blocks.map((page, i) =>
    i === 0 ? '' : runsOver(blocks[i - 1]!, page, style) ? PAGE_BREAK_INSIDE : PAGE_BREAK,
  )
  breaks.forEach((one, i) => {
    if (one === PAGE_BREAK_INSIDE) keepNumberWhole(texts, i)
  })
  let length = 0
  const pages = given.map(({ width, height }, i) => {
    const start = length + breaks[i]!.length
    length = start + texts[i]!.length
    return { number: i + 1, start, width, height }
  })
  const text = [texts.map((own, i) => breaks[i]! + own).join(''), ...notes].join('\n')
  return { text: text.trim() === '' ? '' : text, pages }
}

/** A number that the end of a page cuts goes overleaf as a whole: what parts it is no part of it. */
function keepNumberWhole(texts: string[], page: number): void {
  const begun = /\d[\d.,]*$/.exec(texts[page - 1]!)?.[0]
  if (begun === undefined || !/^[\d.,]*\d/.test(texts[page]!)) return
  texts[page - 1] = texts[page - 1]!.slice(0, -begun.length)
  texts[page] = begun + texts[page]!
}

/** Whether the end of a page cut a paragraph. */
function runsOver(above: readonly Block[], below: readonly Block[], style: ParagraphStyle): boolean {
  const [last, first] = [above.at(-1), below[0]]
  return last?.kind === 'line' && first?.kind === 'line' && goesOnBeyond(last, first, style)
}

/** A page as it is read: what stands over all of it or in one of its columns, in order, and its footnotes. */
interface ReadBlocks {
  strips: Block[][]
  notes: readonly Line[]
  gutters: readonly number[]
}

/** A table that takes more of the width of the text parts what is above it from what is below. */
const WIDE_TABLE = 0.6

/**
 * Tables and lines of a page in the order in which they are read.
 * @param before the page before, whose columns and whose last table may go on
 */
function blocksOf(page: LaidPage, before: ReadBlocks | null): ReadBlocks {
  const ruled = ruledTables(page.pieces, page.rules)
  const { level } = joinedRules(page.rules)
  const leveled = leveledTables(ruled.rest, level, columnsAtEnd(before))
  const tables = [...ruled.tables, ...leveled.tables]
  const { lines, notes } = withoutNotes(linesOf(leveled.rest), level, page.height)
  const strips: Block[][] = []
  const known = before?.gutters ?? []
  let gutters = known
  let above = columnsAtEnd(before)
  let items: PageItem[] = []
  const read = () => {
    if (items.length === 0) return
    const found = inColumns(items, page.width, known)
    for (const group of found.groups) {
      strips.push(stripOf(group, found.groups.length === 1, above))
      above = null
    }
    if (found.gutters.length > 0) gutters = found.gutters
    items = []
  }
  const width = widthOf([
    ...lines.map(({ x1, x2 }) => ({ from: x1, to: x2 })),
    ...tables.flatMap(({ columns }) => columns),
  ])
  for (const item of inOrder(lines, tables)) {
    if (item.kind === 'table' && widthOf(item.table.columns) > width * WIDE_TABLE) {
      read()
      strips.push([item])
      above = null
    } else items.push(item)
  }
  read()
  return { strips, notes, gutters }
}

const widthOf = (spans: readonly Span[]): number =>
  Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from))

/** The columns of the table that ends a page, where no rules show them. */
function columnsAtEnd(page: ReadBlocks | null): readonly Span[] | null {
  const last = page?.strips.at(-1)?.at(-1)
  return last?.kind === 'table' && !last.table.ruled ? last.table.columns : null
}

/** Lines and tables of a page from top to bottom. */
function inOrder(lines: readonly Line[], tables: readonly LaidTable[]): PageItem[] {
  const items: PageItem[] = []
  let from = 0
  for (const table of [...tables].sort((a, b) => a.top - b.top)) {
    while (from < lines.length && lines[from]!.y <= table.top) items.push({ kind: 'line', line: lines[from++]! })
    items.push({ kind: 'table', table })
  }
  for (; from < lines.length; from++) items.push({ kind: 'line', line: lines[from]! })
  return items
}

/**
 * What is read of one column.
 * @param isOnly whether nothing stands beside it
 * @param above the columns of a table that may go on with its first line
 */
function stripOf(items: readonly PageItem[], isOnly: boolean, above: readonly Span[] | null): Block[] {
  const column = { ...columnOf(items.flatMap((item) => (item.kind === 'line' ? [item.line] : []))), isOnly }
  const blocks: Block[] = []
  let lines: Line[] = []
  const read = () => {
    for (let i = 0; i < lines.length;) {
      const found = alignedTableAt(lines, i, blocks.length === 0 ? above : null)
      if (found === null) blocks.push({ kind: 'line', line: lines[i++]!, column })
      else {
        blocks.push({ kind: 'table', table: found.table })
        i = found.next
      }
    }
    lines = []
  }
  for (const item of items) {
    if (item.kind === 'line') lines.push(item.line)
    else {
      read()
      blocks.push(item)
    }
  }
  read()
  return blocks
}

/** Margins of lines: where most of the long ones begin, and where the longest end. */
function columnOf(lines: readonly Line[]): Omit<Column, 'isOnly'> {
  if (lines.length === 0) return { left: 0, right: 0 }
  const widest = Math.max(...lines.map(({ x1, x2 }) => x2 - x1))
  const long = lines.filter(({ x1, x2 }) => x2 - x1 > widest * 0.6)
  const lefts = long.map(({ x1 }) => x1).sort((a, b) => a - b)
  const rights = lines.map(({ x2 }) => x2).sort((a, b) => a - b)
  // One line that sticks out, such as a title over both margins, moves neither.
  return { left: lefts[Math.floor(lefts.length * 0.05)]!, right: rights[Math.ceil(rights.length * 0.97) - 1]! }
}

/** Left margins nearer than this are one, in points: where all lines are first lines, they are indented. */
const SAME_MARGIN = 36

/** A page of short lines runs to the same right margin as the others: its lines are not full because they are its longest. */
function shareMargins(pages: readonly (readonly Block[])[], given: readonly LaidPage[]): void {
  const columns = pages.flatMap((blocks, i) =>
    [...new Set(blocks.flatMap((block) => (block.kind === 'line' && block.column.isOnly ? [block.column] : [])))].map(
      (column) => ({ column, width: given[i]!.width }),
    ),
  )
  // Many pages have the very same margin: they are held against the others once.
  const byMargin = new Map<string, { left: number; width: number; right: number; members: Column[] }>()
  for (const { column, width } of columns) {
    const { left, right } = column
    const group = byMargin.get(`${left} ${width}`) ?? { left, width, right, members: [] }
    group.right = Math.max(group.right, right)
    group.members.push(column)
    byMargin.set(`${left} ${width}`, group)
  }
  const groups = [...byMargin.values()]
  const rights = groups.map(({ left, width }) =>
    groups
      .filter((other) => Math.abs(other.left - left) < SAME_MARGIN && Math.abs(other.width - width) < 1)
      .reduce((most, { right }) => Math.max(most, right), -Infinity),
  )
  groups.forEach(({ members }, i) => {
    for (const column of members) column.right = rights[i]!
  })
}

/** A column of a page, or what stands over all of its columns. */
interface Strip {
  page: number
  blocks: readonly Block[]
}

/** A row that the end of a page or of a column cut is one row: what stands behind it goes behind its cells. */
function mendTables(strips: readonly Strip[]): void {
  strips.slice(1).forEach(({ page, blocks }, i) => {
    const above = strips[i]!.blocks.at(-1)
    const below = blocks[0]
    if (above?.kind !== 'table' || below?.kind !== 'table' || !sameColumns(above.table, below.table)) return
    // One below the other on one page are two tables.
    if (strips[i]!.page === page && below.table.top >= above.table.bottom) return
    const { rows, cells } = below.table
    const first = headOf(above.table, below.table)
    const row = rows[first]
    const last = above.table.rows.at(-1)!
    if (row === undefined) return
    if (isCutRow(last, row)) {
      row.forEach((cell, k) => {
        last[k] = (last[k] ?? '') + cell
      })
      rows.splice(first, 1)
      cells?.splice(first, 1)
    } else if (row[0] === '') row[0] = last[0]!
    reachOver(above.table, below.table, first)
  })
}

const NUMBER = /^\d{1,4}[.、]?$/
/** A cell that ends with one of these is whole. */
const IS_WHOLE = /[。；;！？]$/
/** What opens a cell, or the title of a group of rows: 一、 （二） 3. */
const OPENS_CELL = /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、．])/

/**
 * Whether a row goes on with the last one of the page before. The running number of a row stands on one of the two pages;
 * of a table without numbers half of the cells are empty, and what is there is no beginning.
 */
function isCutRow(last: readonly string[], row: readonly string[]): boolean {
  const [number, next] = [last[0]!, row[0]!]
  if (NUMBER.test(number) && next === '') return true
  if (number === '' && NUMBER.test(next)) return last.every((cell, k) => cell === '' || row[k] !== '')
  const filled = row.flatMap((cell, k) => (cell === '' ? [] : [k]))
  const torn = filled.filter((k) => isTorn(last[k] ?? '', row[k]!)).length
  if (next === '' && (torn > 1 || (torn > 0 && filled.length < row.length - 1))) return true
  if (filled.length * 2 > row.length) return false
  return (
    next === '' || filled.every((k) => (last[k] ?? '') !== '' && !IS_WHOLE.test(last[k]!) && !OPENS_CELL.test(row[k]!))
  )
}

/** Whether what a cell ends with cannot be its end before that: a mark within a list, a number without its unit, a month before 底前. */
const isTorn = (above: string, below: string): boolean =>
  /[、，（《“]$/.test(above) ||
  (/\d$/.test(above) && /^[^\d\s]{1,8}$/.test(below)) ||
  (/\d[年月]$/.test(above) && /^(?:[\d底末初前内]|[上中下]旬)/.test(below))

/** Rows above the header of a table that are not set again on the next page: its title, the unit of all values. */
const MOST_ABOVE_HEADER = 2

/** How many rows the header takes that is set again at the top of the table on the next page. */
function headOf({ rows: above }: LaidTable, { rows: below }: LaidTable): number {
  const start = above.slice(0, MOST_ABOVE_HEADER + 1).findIndex((row) => isSameRow(row, below[0]!))
  if (start < 0) return 0
  let head = 0
  while (head < below.length - 1 && isSameRow(above[start + head], below[head]!)) head++
  return head
}

/** A header is one with that above where most of its cells are the same: a letter of a scan may be read in two ways. */
function isSameRow(row: readonly string[] | undefined, other: readonly string[]): boolean {
  if (row === undefined) return false
  if (row.join() === other.join()) return true
  const same = other.filter((cell, i) => cell !== '' && cell === row[i]).length
  const named = Math.max(row.filter((cell) => cell !== '').length, other.filter((cell) => cell !== '').length)
  return named >= FEWEST_NAMED && same >= named * MOST_SAME
}

/** A header of fewer cells has all of them in common with that above, others this share. */
const FEWEST_NAMED = 4
const MOST_SAME = 0.7

/** Whether two tables have the same columns: ruled ones to the point, others where the words of each stand below each other. */
function sameColumns(a: LaidTable, b: LaidTable): boolean {
  if (a.columns.length !== b.columns.length) return false
  const shift = b.columns[0]!.from - a.columns[0]!.from
  return a.columns.every(({ from, to }, i) => {
    const other = b.columns[i]!
    return a.ruled && b.ruled ? Math.abs(other.from - from - shift) < SAME_EDGE : other.from < to && other.to > from
  })
}

/** Edges of ruled columns nearer than this are one, in points. */
const SAME_EDGE = 6

function write(blocks: readonly Block[], style: ParagraphStyle): string[] {
  const out: string[] = []
  let lines: { line: Line; column: Column }[] = []
  const flush = () => {
    out.push(...paragraphsOf(lines, style))
    lines = []
  }
  for (const block of blocks) {
    if (block.kind === 'line') lines.push(block)
    else {
      flush()
      out.push(...block.table.rows.map((row) => row.map(oneLine).join('\t').trimEnd()))
    }
  }
  flush()
  return out
}

const oneLine = (cell: string): string => cell.replace(/[\t\n\f]/g, ' ')
