/** One line that is not blank. Offsets are raw offsets; spaces at both ends and Markdown marks are outside. */
export interface Line {
  start: number
  end: number
  /** Columns of white space before it: 2 for a full-width space, 1 for a half-width one. */
  indent: number
  /** Columns it takes: 2 for a full-width character, 1 for a half-width one. */
  width: number
  /** Folded text from start to end. */
  text: string
  /** Whether Markdown marks it as a heading. */
  heading: boolean
  /** Whether a form feed or the like stands before it. */
  pageBreak: boolean
  /** Whether it surely begins a paragraph, whatever stands before it. */
  opens: boolean
  /** Its place in a table whose cells had run together in one line, null for any other line. */
  cell: { place: number; tabs: number; doubtful: boolean } | null
}
