/** A cell over several rows is a label; longer texts are not repeated, so that a few kilobytes cannot become gigabytes. */
const LONGEST = 400

/** What the rows below show of a cell that reaches over them. */
export const repeatedCell = (text: string): string => (text.length <= LONGEST ? text : '')

/** Rows or columns that one cell may be made to cover. */
export const MOST_COVERED = 200

/** Columns to which a row is widened by cells that cover others, from above or to their right; what is written in it stays whole. */
export const MOST_COLUMNS = 1000
