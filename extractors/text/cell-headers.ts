import { isHeaderWord, partOfHead, roleOfHeader } from '../lexicon/table-headers.ts'
import type { ColumnRole } from '../structure/types.ts'
import { startsWithLabel } from './marks.ts'
import { spannedHeads } from './spanned-heads.ts'

/** The header of a table whose cells stand on a line each: a word on one line or cut over two, as many as its rows have cells. */

export type TextAt = (position: number) => string

export interface Header {
  columns: ColumnRole[]
  /** Words of each column. */
  words: string[]
  /** Its cells in the order of their lines, by row: a second one holds the parts of heads that span several columns. */
  rows: HeaderCell[][]
}

export interface HeaderCell {
  column: number
  /** On how many lines it stands. */
  lines: number
}

const FEWEST_COLUMNS = 3
const MOST_COLUMNS = 12
/** The words of a header, of its heads and their parts. */
const MOST_WORDS = 16
/** Half of a header word that is cut over two lines, and the whole. */
const LONGEST_HALF = 7
const LONGEST_CUT_WORD = 12
const FIRST_HALF = /^(?:20\d\d年度?|责任|牵头|配合|完成|资金|实施|承办|主管|协办|参与)$/
const SECOND_HALF = /^(?:单位|部门|主体|来源|时限|时间|期限|年限|领导|计划|目标)$/
/** A header that no list of words knows, in characters. */
const LONGEST_HEADER_WORD = 16
/** A row with more lines than this has no cells, it is text. */
export const MOST_LINES_OF_ROW = 40

/** The header that begins here; null where none does. It has as many words as its rows have cells, however the lines are cut. */
export function headerAt(textAt: TextAt, at: number): Header | null {
  const words = knownWords(textAt, at)
  if (words.length === 0) return null
  const number = words.findIndex(({ text }) => roleOfHeader(text) === 'number')
  const next = at + linesOf(words)
  if (number < 0) return whole(words)
  if (integer(textAt(next)) === 1)
    return spanned(textAt, next, words, number) ?? whole(fitted(textAt, next, words, number))
  // 序号 / 品类 / 储能计划(兆瓦) / 责任单位 / 1 / …: what stands above the first number are headers too, or titles of its group.
  const more = wordsBelow(textAt, next, MOST_WORDS + 1 - words.length)
  if (!more) return whole(words)
  const first = next + linesOf(more)
  const all = [...words, ...more]
  const usual = usualLength(textAt, first)
  if (usual > 0) return spanned(textAt, first, all, number) ?? whole(fitted(textAt, first, all, number))
  // 类别 / 序号 / 指标 / 防洪 / 1 / …: what stands before the number of the first row is its own.
  for (let merged = 0; merged < number && more.length > 0 && isUnknown(all.at(-1) as Word); merged++) all.pop()
  for (let row = all.length - number - 1; row <= MOST_LINES_OF_ROW; row++)
    if (integer(textAt(first + row)) === 2) return whole(all)
  return whole(words)
}

/** Whether rows without a number can go on with the header: one whose last words are parts of heads that span them. */
export function spannedHeaderAt(textAt: TextAt, at: number): Header | null {
  const words = knownWords(textAt, at)
  for (let width = words.length - 1; width >= FEWEST_COLUMNS; width--) {
    const header = withSpans(words, width)
    if (header) return header
  }
  return null
}

/** The header with the parts of its heads, where its rows have fewer cells than it has words; null where it has none. */
function spanned(textAt: TextAt, first: number, words: readonly Word[], number: number): Header | null {
  const usual = usualLength(textAt, first)
  return usual === 0 ? null : withSpans(words, usual + number)
}

function withSpans(words: readonly Word[], width: number): Header | null {
  const spans = spansOf(words, width)
  const told = spans && rolesOf(spans.words)
  return told && { ...told, rows: spans.rows }
}

/** The words of each column of a header with heads that span several, and its cells by row; null where none do. */
export function spansOf(words: readonly Word[], width: number): Pick<Header, 'words' | 'rows'> | null {
  const columns = spannedHeads(
    words.map(({ text }) => text),
    width,
  )
  if (!columns) return null
  const textOf = (word: number): string => (words[word] as Word).text
  const cell = (word: number, column: number): HeaderCell => ({ column, lines: (words[word] as Word).lines })
  return {
    words: columns.map(({ head, part }) => (part === null ? textOf(head) : partOfHead(textOf(head), textOf(part)))),
    rows: [
      columns.flatMap(({ head }, i) => (columns[i - 1]?.head === head ? [] : [cell(head, i)])),
      columns.flatMap(({ part }, i) => (part === null ? [] : [cell(part, i)])),
    ],
  }
}

/** A header of one row, a cell a word. */
export const headerOfWords = (words: readonly Word[]): HeaderCell[] =>
  words.map(({ lines }, column) => ({ column, lines }))

/** A word of a header and on how many lines it stands. */
export interface Word {
  text: string
  lines: number
}

const linesOf = (words: readonly Word[]): number => words.reduce((sum, { lines }) => sum + lines, 0)

/** Header words one below the other; before the header of the numbers may stand one that no list knows, of a merged column. */
function knownWords(textAt: TextAt, at: number): Word[] {
  const words: Word[] = []
  const first = textAt(at)
  if (!isHeaderWord(first)) {
    if (first.length > LONGEST_MERGED || !MERGED_HEADER.test(first) || roleOfHeader(textAt(at + 1)) !== 'number')
      return []
    words.push({ text: first, lines: 1 })
  }
  for (let next = at + words.length; words.length < MOST_WORDS;) {
    const word = wordAt(textAt, next)
    if (!isHeaderWord(word.text)) break
    words.push(word)
    next += word.lines
  }
  return words
}
const MERGED_HEADER = /^[\u4e00-\u9fff]{2,4}$/
const LONGEST_MERGED = 4

/** The word that begins on a line, cut over two or not: 责任 / 单位, 总投资 / (万元). */
export function wordAt(textAt: TextAt, at: number): Word {
  const own = textAt(at)
  const below = textAt(at + 1)
  const joined = own + below
  const cut =
    own.length <= LONGEST_HALF &&
    joined.length <= LONGEST_CUT_WORD &&
    isHeaderWord(joined) &&
    ((FIRST_HALF.test(own) && SECOND_HALF.test(below)) ||
      /^\([^()]{1,6}\)$/.test(below) ||
      (!isHeaderWord(own) && !isHeaderWord(below) && /^[\u4e00-\u9fff]{1,4}$/.test(below)))
  return cut ? { text: joined, lines: 2 } : { text: own, lines: 1 }
}

/** Whatever stands between the known words of a header and the first running number; null where that is text, or no number comes. */
function wordsBelow(textAt: TextAt, from: number, most: number): Word[] | null {
  const words: Word[] = []
  for (let at = from; words.length <= most;) {
    const own = textAt(at)
    if (integer(own) === 1) return words
    const bare = own.replace(/^其中:/, '')
    if (own === '' || own.length > LONGEST_HEADER_WORD || /[。;:]/.test(bare) || startsWithLabel(own)) return null
    const word = wordAt(textAt, at)
    words.push(word)
    at += word.lines
  }
  return null
}

const ROWS_LOOKED_AT = 8

/** How many lines most of the first rows have, with their number; 0 where they differ. `first` is the line of the number 1. */
function usualLength(textAt: TextAt, first: number): number {
  const times = new Map<number, number>()
  let rows = 0
  let above = 2
  for (let at = first; rows < ROWS_LOOKED_AT; rows++) {
    // A value may be the next number as well: it stands where it stood in the row above.
    let lines = integer(textAt(at + above)) === rows + 2 ? above : 2
    while (lines <= MOST_LINES_OF_ROW && textAt(at + lines) !== '' && integer(textAt(at + lines)) !== rows + 2) lines++
    if (integer(textAt(at + lines)) !== rows + 2) break
    times.set(lines, (times.get(lines) ?? 0) + 1)
    above = lines
    at += lines
  }
  let usual = 0
  for (const [lines, count] of times)
    if (count > (times.get(usual) ?? 0) || (count === times.get(usual) && lines < usual)) usual = lines
  const count = times.get(usual) ?? 0
  return count >= 2 && count * 2 >= rows ? usual : 0
}

/**
 * The words of a header as many as the cells of its usual rows: words below it that no list knows name the first group of rows
 * (绿化 / 1 / …), others are halves (指标 / 属性).
 */
function fitted(textAt: TextAt, first: number, words: readonly Word[], number: number): Word[] {
  const usual = usualLength(textAt, first)
  const fit = [...words]
  if (usual === 0) return fit
  const cells = (): number => fit.length - number
  while (cells() > usual && isUnknown(fit.at(-1) as Word)) fit.pop()
  while (cells() > usual) {
    const at = cutAt(fit)
    if (at < 0) return fit
    const [own, below] = fit.slice(at, at + 2) as [Word, Word]
    fit.splice(at, 2, { text: own.text + below.text, lines: own.lines + below.lines })
  }
  return fit
}

const isUnknown = ({ text }: Word): boolean => roleOfHeader(text) === 'other' && !isHeaderWord(text)

/** What the second half of a header word is, which is none alone or another. */
const TAIL = /^(?:属性|类型|类别|性质|名称|内容|标准|依据|来源|地点)$/

/** Where two halves of one word stand: rather where the first says again what a column before it holds (指标名称 / 指标 / 属性). -1 where nowhere. */
function cutAt(words: readonly Word[]): number {
  const number = words.findIndex(({ text }) => roleOfHeader(text) === 'number')
  // 序号 / 类别 / 指标: kinds stand once for several rows, these have a cell less.
  if (roleOfHeader(words[number + 1]?.text ?? '') === 'other') return -1
  const halves = words.flatMap(({ text }, i) =>
    text.length <= 4 && roleOfHeader(text) !== 'number' && TAIL.test(words[i + 1]?.text ?? '') ? [i] : [],
  )
  const again = halves.find((at) =>
    words.slice(0, at).some(({ text }) => roleOfHeader(text) === roleOfHeader((words[at] as Word).text)),
  )
  return again ?? halves[0] ?? -1
}

/** What the headers of a table hold together; null where they are none. */
function whole(read: readonly Word[]): Header | null {
  const told = rolesOf(read.map(({ text }) => text))
  return told && { ...told, rows: [headerOfWords(read)] }
}

function rolesOf(words: string[]): Pick<Header, 'columns' | 'words'> | null {
  const roles = words.map(roleOfHeader)
  // 主要指标 / 序号 / 指标: the name of the table stands above its header.
  const number = roles.indexOf('number')
  for (let i = 0; i < number; i++)
    for (let k = number; k < roles.length; k++)
      if (roles[i] !== 'other' && roles[i] === roles[k] && (words[i] as string).endsWith(words[k] as string))
        return null
  if (
    roles.length < FEWEST_COLUMNS ||
    roles.length > MOST_COLUMNS ||
    !roles.some((role) => role === 'number' || role === 'task' || role === 'indicator')
  )
    return null
  const indicators = roles.some((role) => role === 'indicator' || role === 'value')
  return { columns: roles.map((role) => (role === 'unit' && !indicators ? 'responsible' : role)), words }
}

/** The number of a row, null for anything else. */
export function integer(text: string): number | null {
  const match = /^(\d{1,3})[.、]?$/.exec(text)
  return match ? Number(match[1]) : null
}
