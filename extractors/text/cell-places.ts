/** Where a line stands in a table whose cells stand on a line each. */

/**
 * `place` says for each line what it is, `tabs` how many cells lie between it and what is before in its row.
 */
export interface Cells {
  place: Uint8Array
  tabs: Uint8Array
}

export const NO_CELL = 0
export const ROW_START = 1
export const NEXT_CELL = 2
export const SAME_CELL = 3
/** A line over the rows below it: a row with nothing else. */
export const GROUP_TITLE = 4
/** A line of the same cell that begins another name: a unit a line. */
export const NEXT_NAME = 5

/** A line of a row and its column. */
export interface PlacedLine {
  at: number
  column: number
}

/** The place of a piece of a line in its row. */
export interface Piece {
  from: number
  to: number
  place: number
  tabs: number
  doubtful: boolean
}
