import { isHeaderWord, roleOfHeader, withoutRemark } from '../lexicon/table-headers.ts'
import type { ColumnRole } from '../structure/types.ts'
import { TIME_LIKE } from './cell-alignment.ts'
import type { Line } from './line.ts'
import { everyMatch } from './every-match.ts'

const TAB = 0x09
const FEWEST_COLUMNS = 3
const MOST_PIECES = 16
const SPACES = / +/g

const UNIT = /(?:[局委厅部办府院会社行区县镇组署所站校司道处科室股等团队联]|单位|中心|公司|集团)$/
const NUMBER = /^\d{1,3}[.、]?$/
const VALUE = /\d|^[-—/]+$/

/**
 * Tables whose cells only spaces hold apart, as text taken from a page has them: a line of header words, then rows with
 * as many pieces; below a row that has it, the cell of a merged first column may be missing. The spaces between cells become tabs, in the codes and in the lines.
 */
export function tabSpacedTables(lines: readonly Line[], codes: Uint16Array): void {
  for (let i = 0; i < lines.length; i++) {
    const header = lines[i] as Line
    const words = header.text.length <= 120 && header.text.includes(' ') ? headWords(header.text) : []
    const heads = words.map(withoutRemark)
    if (words.length < FEWEST_COLUMNS || !heads.every(isHeaderWord)) continue
    const columns = heads.map(roleOfHeader)
    if (!columns.some((role) => role === 'number' || role === 'task' || role === 'indicator')) continue
    let row = i + 1
    // The last cell of most rows is empty where it is for notes.
    const unnoted = columns.at(-1) === 'note' && columns.length > FEWEST_COLUMNS ? columns.slice(0, -1) : null
    const unmerged = columns[0] === 'other' && columns.length > FEWEST_COLUMNS ? columns.slice(1) : null
    let rows = 0
    for (;;) {
      const line = lines[row]
      if (!line) break
      if (
        setTabs(line, codes, columns) ||
        (unnoted && setTabs(line, codes, unnoted)) ||
        (row > i + 1 && unmerged && setTabs(line, codes, unmerged))
      ) {
        rows++
        row++
        continue
      }
      const next = lines[row + 1]
      if (
        !next ||
        !standsBetween(line, columns) ||
        !(setTabs(next, codes, columns) || (unnoted && setTabs(next, codes, unnoted)))
      )
        break
      rows++
      row += 2
    }
    if (rows === 0) continue
    tabHeader(header, codes, words)
    i = row - 1
  }
}

/** 二 资源利用, what a cell goes on with, or in a table of bodies their sum: a short line between two rows, which is no sentence. */
const standsBetween = ({ text }: Line, columns: readonly ColumnRole[]): boolean =>
  columns[0] === 'number'
    ? text.length <= LONGEST_BETWEEN && !/[。:]/.test(text)
    : isUnits(columns[0] as ColumnRole) && SUM.test(text)
/** 全县 3375, 合计 1200 */
const SUM = /^(?:全[省市县区州旗镇乡]|合计|总计|小计) [\d. ]+$/

const LONGEST_BETWEEN = 40

/** The words of a line of header words; characters that stand apart (工 作 任 务) are one word. */
function headWords(line: string): string[] {
  const words: string[] = []
  let apart = false
  for (const piece of line.split(SPACES)) {
    if (apart && piece.length === 1) words.push(`${words.pop()}${piece}`)
    else words.push(piece)
    apart = piece.length === 1
  }
  return words
}

/** Puts a tab behind each word of a header but the last, and nothing but blanks within it. */
function tabHeader(line: Line, codes: Uint16Array, words: readonly string[]): void {
  let text = line.text
  let at = 0
  for (const word of words.slice(0, -1)) {
    for (let seen = 0; seen < word.length; at++) if (text[at] !== ' ') seen++
    codes[line.start + at] = TAB
    text = `${text.slice(0, at)}\t${text.slice(at + 1)}`
    at++
  }
  line.text = text
}

/** Puts a tab before each cell but the first, and 、 between the bodies of one cell; false where the pieces of the line do not fit the columns. */
function setTabs(line: Line, codes: Uint16Array, columns: readonly ColumnRole[]): boolean {
  const gaps = everyMatch(SPACES, line.text).map(({ index }) => index)
  if (gaps.length + 1 < columns.length || gaps.length >= MOST_PIECES) return false
  const starts = [0, ...gaps.map((gap) => gap + 1)]
  const pieces = line.text.split(SPACES)
  const counts = fill(pieces, columns, 0, 0)
  if (!counts) return false
  let piece = 0
  let text = line.text
  counts.forEach((count, column) => {
    for (let k = 0; k < count; k++, piece++) {
      const joint = isUnits(columns[column] as ColumnRole) && !/[、,]$/.test(pieces[piece - 1] ?? '')
      const mark = k === 0 ? '\t' : joint ? '、' : ' '
      if (piece === 0 || mark === ' ') continue
      const gap = (starts[piece] as number) - 1
      codes[line.start + gap] = mark.charCodeAt(0)
      text = text.slice(0, gap) + mark + text.slice(gap + 1)
    }
  })
  line.text = text
  return true
}

const isUnits = (role: ColumnRole): boolean => role === 'lead' || role === 'responsible' || role === 'support'

/** How many pieces each column takes from `column` on, null where they cannot be dealt out. Text columns take as few as they can. */
function fill(
  pieces: readonly string[],
  columns: readonly ColumnRole[],
  from: number,
  column: number,
): number[] | null {
  if (column === columns.length - 1)
    return from < pieces.length && fits(columns[column] as ColumnRole, pieces.slice(from))
      ? [pieces.length - from]
      : null
  const most = pieces.length - from - (columns.length - column - 1)
  for (let count = 1; count <= most; count++) {
    if (!fits(columns[column] as ColumnRole, pieces.slice(from, from + count))) continue
    const rest = fill(pieces, columns, from + count, column + 1)
    if (rest) return [count, ...rest]
  }
  return null
}

function fits(role: ColumnRole, pieces: readonly string[]): boolean {
  const words = pieces.join('')
  if (role === 'number') return pieces.length === 1 && NUMBER.test(words)
  if (role === 'deadline') return TIME_LIKE.test(pieces[0] as string) && words.length <= 40
  if (isUnits(role)) return pieces.every((piece) => UNIT.test(piece) || /[、,]$/.test(piece))
  if (role === 'value' || role === 'baseline') return pieces.length <= 2 && VALUE.test(words)
  return true
}
