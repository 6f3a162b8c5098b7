import { isPlaceHeader, isYearHeader } from '../lexicon/table-headers.ts'
import { headerOfWords, type HeaderCell, spansOf, type TextAt, type Word } from './cell-headers.ts'
import { VALUE_LIKE } from './cell-alignment.ts'

/**
 * A table whose rows have no running number, a cell a line: 乡镇 / 粮食产量(万吨) / 造林(亩) / 青石镇 / 3.1 / 420 / …
 * As many lines later as the header has words the next place stands, or the next year, and what is between are its cells.
 */
export interface CellGrid {
  header: HeaderCell[][]
  /** How many cells a row has, and how many rows there are. */
  width: number
  rows: number
}

const FEWEST_COLUMNS = 3
const MOST_COLUMNS = 12
/** The words of a header, of its heads and their parts. */
const MOST_WORDS = 16
const FEWEST_ROWS = 3
const LONGEST_HEADER_WORD = 24
const LONGEST_PLACE = 12
const PLACE = /^[\u4e00-\u9fff]{1,10}(?:[省市县区州盟旗乡镇村]|街道|办事处|苏木|园区|新城|农场|林场|社区)$/
/** What adds up all others, as the last row or the first. */
const SUM = /^(?:合计|总计|小计|全[省市县区州旗])$/
/** Units in brackets that stand below the word they belong to: 造林面积 / (亩). */
const UNIT_BELOW = /^\([^()]{1,8}\)$/

const isPlace = (text: string): boolean => text.length <= LONGEST_PLACE && (PLACE.test(text) || SUM.test(text))
const isYear = (text: string): boolean => /^20\d\d年?$/.test(text)

/** The grid that begins here; null where none does. Looks at a bounded number of lines before it is sure. */
export function gridAt(textAt: TextAt, at: number): CellGrid | null {
  const byYear = isYearHeader(textAt(at))
  if (!byYear && !isPlaceHeader(textAt(at))) return null
  const isKey = byYear ? isYear : isPlace
  const words: Word[] = [{ text: textAt(at), lines: 1 }]
  let next = at + 1
  for (; !isKey(textAt(next)); next++) {
    const own = textAt(next)
    if (own === '' || own.length > LONGEST_HEADER_WORD || /[。;:]/.test(own) || VALUE_LIKE.test(own)) return null
    const above = words.at(-1) as Word
    if (UNIT_BELOW.test(own)) words[words.length - 1] = { text: above.text + own, lines: above.lines + 1 }
    else if (words.push({ text: own, lines: 1 }) > MOST_WORDS) return null
  }
  const rowsOf = (width: number): number => {
    let rows = 0
    while (
      byYear
        ? isRowOfYear(textAt, next + rows * width, rows === 0 ? 0 : width, width)
        : isRowOfPlace(textAt, next + rows * width, width)
    )
      rows++
    return rows
  }
  const plain = headerOfWords(words)
  if (words.length >= FEWEST_COLUMNS && words.length <= MOST_COLUMNS) {
    const rows = rowsOf(words.length)
    if (rows >= FEWEST_ROWS) return { header: [plain], width: words.length, rows }
  }
  let width = 1
  while (width < words.length && !isKey(textAt(next + width))) width++
  const spans = width >= FEWEST_COLUMNS && width < words.length && width <= MOST_COLUMNS ? spansOf(words, width) : null
  const rows = spans ? rowsOf(width) : 0
  const areValues = (column: number): boolean =>
    Array.from({ length: rows }, (_, row) => textAt(next + row * width + column)).every((text) => VALUE_LIKE.test(text))
  return spans && rows >= FEWEST_ROWS && spans.rows[1]?.every(({ column }) => areValues(column))
    ? { header: spans.rows, width, rows }
    : null
}

/** 2027年 / 青石社区 / 3.1 / 2029年: the years go up from row to row, words stand beside them. */
function isRowOfYear(textAt: TextAt, at: number, above: number, width: number): boolean {
  const year = textAt(at)
  if (!isYear(year) || (above > 0 && parseInt(textAt(at - above)) >= parseInt(year))) return false
  for (let i = 1; i < width; i++) if (textAt(at + i) === '' || textAt(at + i).length > LONGEST_HEADER_WORD) return false
  return /[\u4e00-\u9fff]{2}/.test(textAt(at + 1)) && !isYear(textAt(at + 1))
}

function isRowOfPlace(textAt: TextAt, at: number, width: number): boolean {
  if (!isPlace(textAt(at))) return false
  let values = 0
  for (let i = 1; i < width; i++) {
    const text = textAt(at + i)
    if (text === '' || isPlace(text)) return false
    if (VALUE_LIKE.test(text)) values++
  }
  return values * 2 >= width - 1
}
