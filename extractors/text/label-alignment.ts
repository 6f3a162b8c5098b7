import {
  alignCells,
  type CellColumn,
  fit,
  holdsDocuments,
  isBodies,
  isBodyLike,
  type Judge,
  OF_DOCUMENT,
} from './cell-alignment.ts'

/** How lines of a row opened by a label are put into its columns: words fill most of them, and where their cells end is told by marks. */

/** Costs of a second line of words in one cell: where its first ends a sentence, where a mark says that it goes on, and else. */
const AFTER_SENTENCE = 1.2
const AFTER_OPEN_MARK = 0
const AFTER_NO_MARK = 0.3
/** Costs of another cell: below a line that goes on, and below one without a mark in a table whose cells end with one. */
const PARTED_OPEN = 1.5
const PARTED_NO_MARK = 0.6
const BODY_BELOW_BODY = 0.1

/** What a row's lines tell about where its cells end. */
export interface LabelJudgement {
  /** Whether words of the table end with a full stop where their cell does. */
  stops: boolean
  /** The bodies of each column by what they end with, as rows with one line a column have them. */
  bodies: ReadonlyMap<string, number>[]
}

const goesOn = (above: string, own: string): boolean =>
  /[,、;:(]$/.test(above) || /^(?:[,、。;)]|注:)/.test(own) || count(above, '(') > count(above, ')')

const count = (text: string, mark: string): number => text.split(mark).length - 1

const isWords = (column: CellColumn): boolean =>
  !column.holdsBodies && column.role !== 'deadline' && column.role !== 'unit' && !holdsDocuments(column)

/** How well the last characters of a body fit those that stand in the column elsewhere. */
const KNOWN_BODY = 0.5
/** A body of which nothing tells the column rather answers than helps. */
const ANSWERS = 0.05
export const endingOf = (body: string): string => body.replace(/\([^()]*\)$/, '').slice(-1)

/** The column of each line of a row, counted from the first of `columns`; the first line is of the first column. */
export function alignLabelled(
  lines: readonly string[],
  columns: readonly CellColumn[],
  { stops, bodies }: LabelJudgement,
): number[] {
  const judge: Judge = {
    fit: (column, text, at) => {
      if (text === lines[0]) return at === 0 ? 9 : 0
      if (isWords(column)) return isBodies(text) ? -1 : 1
      const own = fit(column, text)
      if (column.role === 'deadline' && /[。;:]/.test(text)) return -1
      if (!column.holdsBodies) return own
      const known = (bodies[at]?.get(endingOf(text)) ?? 0) > 0 ? KNOWN_BODY : 0
      return own + known + (column.role === 'responsible' ? ANSWERS : 0)
    },
    second: (column, above, own) => {
      if (column.holdsBodies) return BODY_BELOW_BODY
      if (holdsDocuments(column)) return OF_DOCUMENT.test(own) ? 0 : AFTER_NO_MARK
      if (goesOn(above, own)) return AFTER_OPEN_MARK
      return /[。!]$/.test(above) || !stops ? AFTER_SENTENCE : AFTER_NO_MARK
    },
    next: (above, own) => {
      if (isBodyLike(above) || isBodyLike(own)) return 0
      if (goesOn(above, own)) return PARTED_OPEN
      return stops && !/[。!]$/.test(above) && above.length > SHORT ? PARTED_NO_MARK : 0
    },
  }
  return alignCells(lines, columns, judge)
}
/** 300辆: what fills a cell by itself ends with no stop, in characters. */
const SHORT = 8
