import { repeatedCell } from '../repeated.ts'

/** Words of one column on a line. */
export interface LineCell {
  /** Empty where the column has none. */
  text: string
  /** Their baseline, in points: words that are half a line apart may have been taken for one line. */
  y: number
}

/** Rows of a table in whose first column cells reach over several rows, their words in the middle of these. */
interface MergedFirst {
  /** The first line of each row. */
  starts: number[]
  /** What stands in the first column of each row. */
  labels: string[]
}

/** Words nearer than this, in sizes, stand at one height: cells of one and of two lines, beside one another, are half a line apart. */
const LEVEL = 0.3
/** The words of a cell miss its middle by no more than this, in sizes. */
const OFF_MIDDLE = 0.6
/** Columns are so many at least: of two, each line is a row. */
const FEWEST_COLUMNS = 3

/** A stretch from top to bottom, by baselines in points. */
interface Extent {
  top: number
  bottom: number
}

/**
 * Rows that the other columns tell where the first has merged cells with their words in the middle: such a word stands
 * between two rows, or level with the middle one of three. Null where the words of the first column stand at the top of
 * their rows, and where the middles do not come out.
 * @param cells the words of each line by column
 * @param size of the type
 * @param within lines of one cell are no farther apart than this, in points
 */
export function mergedFirst(cells: readonly LineCell[][], size: number, within: number): MergedFirst | null {
  if (cells[0]!.length < FEWEST_COLUMNS) return null
  const rows = rowsOf(cells, within)
  const words = blocksOf(cells, 0, within)
  if (rows.length < 3 || words.length < 2 || words.length >= rows.length) return null
  const isAtTop = ({ top }: Extent) => rows.some((row) => Math.abs(row.top - top) < size * LEVEL)
  // Below a header a row without a word of its own belongs to one whose word stands lower.
  if (words.every(isAtTop) && words[1]!.top < rows[1]!.bottom + size * LEVEL) return null
  const labels: string[] = []
  for (const word of words) {
    const count = rowsAround(word, rows.slice(labels.length), size * OFF_MIDDLE)
    if (count === 0) return null
    const text = cells.flatMap(([first]) => (first!.y >= word.top && first!.y <= word.bottom ? [first!.text] : []))
    const [first, ...others] = Array<string>(count).fill(text.join(''))
    labels.push(first!, ...others.map(repeatedCell))
  }
  if (labels.length < rows.length) return null
  const begins = (row: readonly LineCell[], top: number) =>
    row.slice(1).some(({ text, y }) => text !== '' && y >= top - size * LEVEL)
  const starts = rows.map(({ top }, i) => (i === 0 ? 0 : cells.findIndex((row) => begins(row, top))))
  return starts.every((start, i) => i === 0 || start > starts[i - 1]!) ? { starts, labels } : null
}

/** How many of the rows from the first on have a word in their middle; 0 where no number of them has. */
function rowsAround({ top, bottom }: Extent, rows: readonly Extent[], most: number): number {
  const middle = (top + bottom) / 2
  const off = rows.map((row) => Math.abs((rows[0]!.top + row.bottom) / 2 - middle))
  const least = Math.min(...off)
  return least > most ? 0 : off.indexOf(least) + 1
}

/** Rows by the columns behind the first: cells that stand beside one another, each of which has words in half of these. */
function rowsOf(cells: readonly LineCell[][], within: number): Extent[] {
  const columns = cells[0]!.length - 1
  const blocks = Array.from({ length: columns }, (_, i) => blocksOf(cells, i + 1, within)).flat()
  const rows: (Extent & { cells: number })[] = []
  for (const { top, bottom } of blocks.sort((a, b) => a.top - b.top)) {
    const last = rows.at(-1)
    if (last !== undefined && top <= last.bottom) {
      last.bottom = Math.max(last.bottom, bottom)
      last.cells++
    } else rows.push({ top, bottom, cells: 1 })
  }
  return rows.every((row) => row.cells * 2 > columns && row.cells <= columns) ? rows : []
}

/** The cells of a column: lines with words in it that are near one another. */
function blocksOf(cells: readonly LineCell[][], column: number, within: number): Extent[] {
  const blocks: Extent[] = []
  for (const row of cells) {
    const { text, y } = row[column]!
    if (text === '') continue
    const last = blocks.at(-1)
    if (last !== undefined && y - last.bottom <= within) last.bottom = y
    else blocks.push({ top: y, bottom: y })
  }
  return blocks
}
