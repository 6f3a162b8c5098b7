/**
 * Tables of printed papers: how wide each column is, by what stands in it, and where a cell may break. Word files and the
 * pages that are printed take the same widths from here, so that both come out of the printer alike.
 */

/**
 * Text that may break anywhere, or pieces that stay whole: a number with its unit of measure, a date. A piece that begins
 * with a line break stands on a line of its own.
 */
export type PaperCell = string | readonly string[]

export interface PaperColumn {
  title: string
  /** Words are read from the left; figures, dates and marks stand in the middle. */
  align: 'left' | 'center'
}

export interface PaperTable {
  columns: readonly PaperColumn[]
  rows: readonly (readonly PaperCell[])[]
}

/** A table with the share of the line that each column takes (adding up to 1), on paper as it should lie. */
export interface LaidTable extends PaperTable {
  landscape: boolean
  shares: readonly number[]
  /** Width of each column's text in characters. */
  widths: readonly number[]
}

/** Characters of 五号 (10.5 pt) on a line of the type area: 156 mm upright, 237 mm across. */
const UPRIGHT = 42
const ACROSS = 63
/** What the margins and rules of a cell take of it. */
const PADDING = 1.3
/** So far may columns be pressed together before the paper is turned. */
const PRESSED = 1.25
/** More of a line no column needs: longer text breaks. */
const MOST = 24
/** Less than this no column of words is worth reading in. */
const LEAST_OF_WORDS = 6
/** Letters in a row that a head keeps together. */
const HEAD_PIECE = 2

/** Width of a text in characters: letters, digits and narrow signs take half of a Chinese character. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\p{Script=Latin}\p{ASCII}\u2010-\u2027]/u.test(letter) ? 0.6 : 1), 0)

/** Numbers and latin words of a free text are as wide as they are; the rest breaks between any two characters. */
const LATIN = /[\w.,%‰:/+-]+/g
const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, widthOf(text)), 0)
const leastOf = (cell: PaperCell): number =>
  typeof cell === 'string'
    ? Math.max(Math.min(1, widthOf(cell)), widest(cell.match(LATIN) ?? []))
    : widest(cell.map((piece) => piece.trimStart()))
const wholeOf = (cell: PaperCell): number => widest((typeof cell === 'string' ? cell : cell.join('')).split('\n'))

/** Lays a table out: upright where its text has room, else across. */
export function layOut(table: PaperTable): LaidTable {
  const columns = table.columns.map(({ title, align }, i) => {
    const cells = table.rows.map((row) => row[i] ?? '')
    // A head may stand on two lines.
    const wanted = Math.min(MOST, Math.max(Math.ceil(widthOf(title) / 2), ...cells.map(wholeOf)))
    const held = Math.max(Math.min(HEAD_PIECE, widthOf(title)), ...cells.map(leastOf))
    return { least: align === 'left' ? Math.max(held, Math.min(LEAST_OF_WORDS, wanted)) : held, wanted }
  })
  const wanted = columns.reduce((sum, column) => sum + column.wanted + PADDING, 0)
  const landscape = wanted > UPRIGHT * PRESSED
  const line = (landscape ? ACROSS : UPRIGHT) - PADDING * columns.length
  const widths = divide(columns, line)
  return {
    ...table,
    landscape,
    widths,
    shares: widths.map((width) => (width + PADDING) / (line + PADDING * columns.length)),
  }
}

/** Gives each column its least, and of what is left so much as it would like in proportion. */
function divide(columns: readonly { least: number; wanted: number }[], line: number): number[] {
  const sum = (of: (column: { least: number; wanted: number }) => number) =>
    columns.reduce((total, column) => total + of(column), 0)
  const least = sum((column) => column.least)
  if (least >= line) return columns.map((column) => (column.least * line) / least)
  const longing = sum((column) => column.wanted - column.least)
  const left = line - least
  if (longing <= left) {
    const wanted = sum((column) => column.wanted)
    return columns.map((column) => (column.wanted * line) / wanted)
  }
  return columns.map((column) => column.least + (left * (column.wanted - column.least)) / longing)
}

/** Lines of a cell of this width: pieces are put beside each other while they have room; free text is left to the paper. */
export function linesOf(cell: PaperCell, width: number): string[] {
  if (typeof cell === 'string') return [cell]
  const lines: string[] = []
  for (const piece of cell) {
    const last = lines.at(-1)
    if (last !== undefined && !piece.startsWith('\n') && widthOf(last + piece) <= width)
      lines[lines.length - 1] = last + piece
    else lines.push(piece.replace('\n', ''))
  }
  return lines
}

/** A date, or a number with the sign or the character after it (`2026-09-30`, `62.7%`, `120项`, `30日`), which no line should part. */
const FIGURE = /\d{4}-\d{2}-\d{2}|\d[\d,.]*\s?[%‰\u4e00-\u9fff]?/g

/** A text in runs; those that hold a figure with its unit are to be kept whole. */
export function figureRuns(text: string): { text: string; whole: boolean }[] {
  const runs: { text: string; whole: boolean }[] = []
  let from = 0
  for (const { 0: figure, index } of text.matchAll(FIGURE)) {
    if (index > from) runs.push({ text: text.slice(from, index), whole: false })
    runs.push({ text: figure, whole: true })
    from = index + figure.length
  }
  if (from < text.length) runs.push({ text: text.slice(from), whole: false })
  return runs
}
