/**
 * A page of a form that places its text: pieces of text and ruled lines, in points (1/72 inch) from the upper left
 * corner of the page as it is shown, y downward.
 */
export interface LaidPage {
  width: number
  height: number
  pieces: Piece[]
  rules: Rule[]
}

/** Some characters that stand together on one line, written from left to right. */
export interface Piece {
  text: string
  /** Left end and baseline. */
  x: number
  y: number
  width: number
  /** Of the type: the height of a full-width character. */
  size: number
}

/** A straight ruled line, level or upright; `x1 <= x2`, `y1 <= y2`. */
export interface Rule {
  x1: number
  y1: number
  x2: number
  y2: number
}

/** Pieces that stand beside one another on one baseline, from left to right. */
export interface Line {
  pieces: Piece[]
  x1: number
  x2: number
  top: number
  bottom: number
  /** Baseline and type size of most of it. */
  y: number
  size: number
  text: string
}

/** What a page is made of, in reading order. */
export type Block = { kind: 'line'; line: Line; column: Column } | { kind: 'table'; table: LaidTable }

/** A stretch from left to right, in points. */
export interface Span {
  from: number
  to: number
}

/** Rows of cells; a cell over several rows is repeated in each, one over several columns is followed by empty ones. */
export interface LaidTable {
  rows: string[][]
  /** From left to right: between their rules, or as far as their words reach. */
  columns: Span[]
  top: number
  bottom: number
  /** Whether its columns are ruled, so that they are the same to the point on the next page. */
  ruled: boolean
  /** By row and column the number of the cell that stands there, where rules show which cells are one. */
  cells?: number[][]
}

/** Margins between which lines of a column of text run. */
export interface Column {
  left: number
  right: number
  /** Whether the lines run in no other column beside it. */
  isOnly: boolean
}
