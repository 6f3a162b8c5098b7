/** A list as rows of cells, whatever it came as, and how its columns are to be read. */
import type { IntakeKind } from '../../db/domain/intake-terms.ts'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { IntakeLayout } from '../../db/schema/index.ts'
import { cellWords, headerDepth, headerTitles, headerWords } from '../readers/sheet-headers.ts'
import type { Sheet, SheetCell, SheetRow } from '../readers/sheets.ts'
import { COLUMNS, columnsOfHeader } from './columns.ts'
import { columnsByContent } from './content.ts'

/** How far down a header is looked for: above it stand a title, a unit of measure, who filled it in. */
const HEADER_WITHIN = 30

/** A pasted list: a line a row, cells parted by tabs, else by commas, else by blanks. */
export function gridOfText(text: string): Sheet {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const parting = text.includes('\t') ? /\t/ : /[,，]/.test(text) ? /[,，]/ : /[ \u3000]+/
  const rows = lines.flatMap((line, i): SheetRow[] => {
    // A leading tab is an empty first cell; leading blanks are nothing.
    const cells = (text.includes('\t') ? line : line.trim()).split(parting).map((part) => textCell(part.trim()))
    return cells.some((cell) => cell !== null) ? [{ number: i + 1, cells }] : []
  })
  const isParted = text.includes('\t') || /[,，]/.test(text)
  return { name: '粘贴的名单', rows: isParted ? rows : withTelephonesLast(rows), isCut: false }
}

/** A telephone number, or another long number by which somebody is reached. */
const TELEPHONE = /^\+?\d[\d-]{6,}$/

/** Blanks cannot hold an empty place: where somebody has no unit, the telephone behind it stands under those of the others all the same. */
function withTelephonesLast(rows: readonly SheetRow[]): SheetRow[] {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length))
  return rows.map((row) => {
    const last = row.cells.at(-1)
    if (row.cells.length === widest || !TELEPHONE.test(last?.text ?? '')) return row
    const gap = Array.from({ length: widest - row.cells.length }, () => null)
    return { ...row, cells: [...row.cells.slice(0, -1), ...gap, last ?? null] }
  })
}

const textCell = (text: string): SheetCell | null =>
  text === '' ? null : { text, number: null, date: null, merged: null }

/** The layout of a list as its own words say it: the sheet and the header with the most columns that are known. */
export function guessLayout(
  kind: IntakeKind,
  sheets: readonly Sheet[],
  remembered: ReadonlyMap<string, string>,
): IntakeLayout {
  const meanings = meaningsBy(kind, remembered)
  let best: { layout: IntakeLayout; named: number } | null = null
  sheets.forEach(({ rows }, sheet) => {
    for (let at = 0; at < Math.min(rows.length, HEADER_WITHIN); at++) {
      const depth = headerDepth(rows, at, (header) => meanings(header).likely.some((key) => key !== ''))
      if (depth === 0) continue
      const titles = headersOf(rows, at, depth)
      const layout = layoutOf(sheet, rows[at]!.number, depth, titles, ofTwoRows(rows, at, depth, meanings))
      const named = layout.columns.filter((key) => key !== '').length
      if (best === null || named > best.named) best = { layout, named }
      break // what follows in this sheet is its rows
    }
  })
  return (best as { layout: IntakeLayout } | null)?.layout ?? withoutHeader(kind, sheets)
}

/** The layout where a person has said which rows are the header. */
export function layoutAt(
  kind: IntakeKind,
  sheets: readonly Sheet[],
  { sheet, headerRow, headerRows }: Omit<IntakeLayout, 'columns'>,
  remembered: ReadonlyMap<string, string>,
): IntakeLayout {
  const rows = sheets[sheet]?.rows ?? []
  const at = rows.findIndex(({ number }) => number >= headerRow)
  if (headerRow === 0 || at === -1) return withoutHeader(kind, sheets, sheet)
  const depth = rows.slice(at).filter(({ number }) => number < headerRow + headerRows).length
  const headers = headersOf(rows, at, Math.max(1, depth))
  const meanings = ofTwoRows(rows, at, Math.max(1, depth), meaningsBy(kind, remembered))
  return layoutOf(sheet, headerRow, headerRows, headers, meanings)
}

/** What a header may mean: for sure, where its lowest row alone says so, and else by all its words, the likeliest first. */
interface Meaning {
  sure: string | null
  likely: readonly string[]
}
type Meanings = (header: string, lowest?: string) => Meaning

/** What a header was said to mean, else what its words may mean. */
const meaningsBy =
  (kind: IntakeKind, remembered: ReadonlyMap<string, string>): Meanings =>
  (header, lowest) => {
    const meant = remembered.get(header)
    if (meant !== undefined) return { sure: null, likely: [meant] }
    const sure = lowest === undefined ? null : (columnsOfHeader(kind, lowest)[0] ?? null)
    return { sure, likely: columnsOfHeader(kind, header) }
  }

/** A group of columns that says of when they are: it belongs to what stands under it, 上年 to 完成值. */
const OF_A_TIME = /\d|[上去前今本当]年|同期|计划|累计/

/**
 * The same for a header of several rows: where the lowest row alone names a column, it is that, whatever the group above is
 * about: 完成值 under 推进情况 is no 进展情况, 指标 under 目标任务 no value.
 */
const ofTwoRows =
  (rows: readonly SheetRow[], at: number, depth: number, meanings: Meanings) =>
  (header: string, column: number): Meaning => {
    const parts = rows.slice(at, at + depth).map(({ cells }) => headerWords(cellWords(cells[column])))
    const [last, above] = [parts.at(-1)!, new Set(parts.slice(0, -1))]
    const isBelow = above.size > 0 && !above.has(last) && !OF_A_TIME.test([...above].join(''))
    return meanings(header, isBelow ? last : undefined)
  }

/** Who does it may stand in several columns (市级, 县区 under 责任单位): their names go together. */
const MANY: readonly string[] = UNIT_ROLES
/** Under what says a unit there may be a person of it. */
const OF_A_PERSON = /人$|领导|电话|手机|科室|职务/

/**
 * Each column means one thing. What is sure comes first; of two that could be the same, the first is, and the other what it
 * says besides, or the first gives way where it says more than one thing.
 */
function layoutOf(
  sheet: number,
  headerRow: number,
  headerRows: number,
  headers: readonly string[],
  meaningOf: (header: string, column: number) => Meaning,
): IntakeLayout {
  const meant = headers.map((header, i): Meaning => (header === '' ? { sure: null, likely: [] } : meaningOf(header, i)))
  const columns = headers.map(() => '')
  const isFree = (key: string) => !columns.includes(key)
  meant.forEach(({ sure }, i) => {
    if (sure !== null && isFree(sure)) columns[i] = sure
  })
  meant.forEach(({ sure, likely }, i) => {
    if (columns[i] !== '') return
    const free = likely.find(isFree)
    if (free !== undefined) {
      columns[i] = free
      return
    }
    for (const key of likely) {
      const holder = columns.indexOf(key)
      const other = meant[holder]!.sure === key ? undefined : meant[holder]!.likely.find(isFree)
      if (other === undefined) continue
      ;[columns[holder], columns[i]] = [other, key]
      return
    }
    const [first] = sure === null ? likely : [sure]
    if (first !== undefined && MANY.includes(first) && !OF_A_PERSON.test(headers[i]!)) columns[i] = first
    // 重点工作 before a column of its items is what they belong to
    else if (first === ITEM && i < columns.indexOf(ITEM) && isFree(ITEM_GROUP)) columns[i] = ITEM_GROUP
  })
  return { sheet, headerRow, headerRows, columns }
}

const [ITEM, ITEM_GROUP] = ['indicator', 'group']

const headersOf = (rows: readonly SheetRow[], at: number, depth: number): string[] =>
  headerTitles(rows.slice(at, at + depth)).map((header) => headerWords(header).slice(0, 60))

/** A list that says nothing of its columns: what stands in them tells, the others are left to the person. */
function withoutHeader(kind: IntakeKind, sheets: readonly Sheet[], sheet = 0): IntakeLayout {
  const needed = COLUMNS[kind].find((one) => one.needed)!.key
  return { sheet, headerRow: 0, headerRows: 0, columns: columnsByContent(kind, needed, sheets[sheet]?.rows ?? []) }
}

/** Headers of a layout, by column, for the page and for remembering. */
export function headersOfLayout(sheets: readonly Sheet[], { sheet, headerRow, headerRows }: IntakeLayout): string[] {
  const rows = sheets[sheet]?.rows ?? []
  const at = headerRow === 0 ? -1 : rows.findIndex(({ number }) => number >= headerRow)
  if (at === -1) return []
  const depth = rows.slice(at).filter(({ number }) => number < headerRow + headerRows).length
  return headersOf(rows, at, Math.max(1, depth))
}

/** A row of a list by what its columns hold. */
export interface ListRow {
  /** As the sheet counts, from 1. */
  number: number
  cells: Readonly<Record<string, SheetCell>>
  /** Headings between the rows above it, such as `二、产业发展`. */
  heading: string | null
}

/** The rows below the header that say something; headings between them are told with the rows below them. */
export function listRows(sheets: readonly Sheet[], layout: IntakeLayout, needed: string): ListRow[] {
  const rows = sheets[layout.sheet]?.rows ?? []
  const headers = headersOfLayout(sheets, layout)
  const found: ListRow[] = []
  let heading: string | null = null
  for (const row of rows) {
    if (row.number < layout.headerRow + layout.headerRows) continue
    const texts = row.cells.map(cellWords)
    const own = row.cells.filter((cell, i) => texts[i] !== '' && cell?.merged !== 'beside')
    if (own.length === 0 || isRepeatedHeader(texts, headers) || isSum(texts)) continue
    const cells: Record<string, SheetCell> = {}
    row.cells.forEach((cell, i) => {
      const key = layout.columns[i]
      if (!key || !cell || texts[i] === '' || cell.merged === 'beside') return
      const before = cells[key]
      cells[key] = before && MANY.includes(key) ? { ...before, text: `${before.text}、${cell.text}` } : cell
    })
    if (isHeading(row, texts, layout, cells, needed)) {
      heading = texts.find((text) => text !== '')!
      continue
    }
    if (Object.keys(cells).length > 0) found.push({ number: row.number, cells, heading })
  }
  return found
}

const isRepeatedHeader = (texts: readonly string[], headers: readonly string[]): boolean =>
  headers.length > 1 &&
  headers.filter((header, i) => header !== '' && headerWords(texts[i] ?? '') === header).length > 1

const isSum = (texts: readonly string[]): boolean =>
  /^(?:合计|总计|小计)[:：]?$/.test(texts.find((t) => t !== '') ?? '')

/** One cell over the width of the table, or a numbered heading alone in its row. */
function isHeading(
  { cells }: SheetRow,
  texts: readonly string[],
  layout: IntakeLayout,
  found: Readonly<Record<string, SheetCell>>,
  needed: string,
): boolean {
  const filled = texts.filter((text, i) => text !== '' && cells[i]?.merged !== 'beside')
  if (filled.length !== 1 || layout.columns.filter((key) => key !== '').length < 2) return false
  const wide = cells.filter((cell) => cell?.merged === 'beside').length >= 2
  return wide || (/^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])/.test(filled[0]!) && !found[needed])
}

/** The words of a cell of a row; null where there are none. */
export const said = (row: ListRow, key: string): string | null => {
  const text = cellWords(row.cells[key])
  return text === '' || /^[-—/无]$/.test(text) ? null : text
}

/** A person of the unit and how to reach it, in brackets behind its name: 市教育局（李明 13800000000）. */
const CONTACT =
  /[(（](?:[^()（）]*\d[\d-]{6,}[^()（）]*|(?![^()（）]*[局委办厅部院会区县市乡镇])\p{Script=Han}{2,4})[)）]$/u

/** Names in one cell: parted by 、 ， ； / or line breaks, never inside brackets. */
export function namesIn(cell: SheetCell | undefined): string[] {
  const text = cell?.text ?? ''
  const names: string[] = []
  let depth = 0
  let name = ''
  for (const sign of text) {
    if ('(（'.includes(sign)) depth++
    if (')）'.includes(sign)) depth = Math.max(0, depth - 1)
    if (depth === 0 && /[、,，;；/\n]/.test(sign)) {
      names.push(name)
      name = ''
    } else name += sign
  }
  return [...new Set([...names, name].map((one) => one.replace(/\s+/g, '').replace(CONTACT, '')))].filter(
    (one) => one !== '' && one !== '无',
  )
}
