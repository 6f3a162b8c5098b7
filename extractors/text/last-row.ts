import type { ColumnRole } from '../structure/types.ts'
import {
  type CellColumn,
  contradicts,
  holdsDocuments,
  isBodies,
  isBodyLike,
  OF_DOCUMENT,
  VALUE_LIKE,
} from './cell-alignment.ts'
import { MOST_LINES_OF_ROW, type TextAt } from './cell-headers.ts'
import { beginsName, endsTable, fits } from './cell-kinds.ts'
import type { RowCells } from './row-cells.ts'

/** How many lines the last row of a table has: no number stands behind it. */
export class LastRow {
  constructor(
    private readonly textAt: TextAt,
    private readonly columns: readonly ColumnRole[],
    private readonly cells: readonly CellColumn[],
    private readonly rowCells: RowCells,
  ) {}

  /** The last row has no number behind it: as many lines as the row before, more while its last cell is still to come. */
  lines(from: number, needed: number, usualLines: number): number {
    if (this.cells.some(({ holdsBodies }) => holdsBodies) && holdsDocuments(this.cells.at(-1) as CellColumn))
      return this.linesThroughBodies(from, needed)
    const usual = Math.min(needed, usualLines || needed)
    const last = this.columns[this.columns.length - 1 - (needed - usual)] as ColumnRole
    let lines = 0
    while (lines < usual && this.textAt(from + lines) !== '' && !endsTable(this.textAt(from + lines))) lines++
    while ((this.cells.at(-1) as CellColumn).holdsBodies && lines < needed + 2 && beginsName(this.textAt(from + lines)))
      lines++
    if ((last === 'value' || last === 'baseline') && lines === needed && this.misfits(from, lines))
      return this.throughValues(from, lines)
    if (lines < usual || fits(last, this.textAt(from + lines - 1))) return lines
    for (
      let more = lines;
      more < lines + 6 && this.textAt(from + more) !== '' && !endsTable(this.textAt(from + more));
      more++
    ) {
      if (fits(last, this.textAt(from + more))) return more + 1
    }
    return lines
  }

  private misfits(from: number, lines: number): boolean {
    return this.rowCells
      .placeFew(from, lines, this.columns.length - lines)
      .some(({ at, column }) => contradicts(this.cells[column] as CellColumn, this.textAt(at)))
  }

  /** A name in two lines moves the values of the last row down: those that follow are its own. */
  private throughValues(from: number, lines: number): number {
    let end = lines
    while (end < lines + MOST_MOVED_DOWN && VALUE_LIKE.test(this.textAt(from + end))) end++
    return end
  }

  /** The lines of the last row where bodies and titles of documents end it: what is to be done may have several paragraphs. */
  private linesThroughBodies(from: number, needed: number): number {
    const own = (i: number): string => this.textAt(from + i)
    const ends = (i: number): boolean => own(i) === '' || endsTable(own(i))
    let lines = 0
    while (lines < MOST_LINES_OF_ROW && !ends(lines) && !isBodies(own(lines))) lines++
    if (lines === MOST_LINES_OF_ROW || ends(lines)) {
      lines = 0
      while (lines < needed && !ends(lines)) lines++
      return lines
    }
    while (!ends(lines) && isBodyLike(own(lines)) && !OF_DOCUMENT.test(own(lines))) lines++
    if (lines < needed && !ends(lines) && !OF_DOCUMENT.test(own(lines))) return lines + 1
    const documents = lines
    while (
      lines < documents + MOST_LINES_OF_DOCUMENTS &&
      !ends(lines) &&
      (OF_DOCUMENT.test(own(lines)) || OF_DOCUMENT.test(own(lines + 1)))
    )
      lines++
    return lines
  }
}

const MOST_MOVED_DOWN = 2
const MOST_LINES_OF_DOCUMENTS = 8
