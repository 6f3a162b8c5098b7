/**
 * What the structure room makes of a reading text. Every `start`/`end` here is an offset into `ReadingText.text`;
 * `rawSpan` turns a range into raw offsets.
 */
import type { HeadDoubts, UnitNames } from '../types.ts'
import type { Range } from '../text/reading-text.ts'

/** 发文字号, title, issuer and date of issue of a document; null where not stated. */
export interface DocumentHead {
  number: string | null
  title: string
  issuer: string | null
  /** `YYYY-MM-DD` */
  issuedOn: string | null
  doubts: HeadDoubts
  /** The lines that hold title, number and addressees; nothing in it is a target. */
  range: Range
}

/** `一、重点任务`, `（一）…`, `1.…`, `第三条`; a heading may stand alone or open its paragraph (`（一）指导思想。深入…`). */
export interface Heading extends Range {
  /** 1 outermost. Ranks of labels: 第X章 < 一、 < （一） < 1. < （1） < ①, counted by what the document uses. */
  level: number
  /** `（一）`, as the reading text has it: `(一)`. Empty for a heading without a label. */
  label: string
  /** Label and title as they stand in the reading text, without a closing 。 */
  text: string
  parent: Heading | null
  /** Where the part under this heading ends. */
  bodyEnd: number
}

/** One sentence: ends with 。！？ (or ；at the end of a paragraph), never inside quotes or brackets. */
export type Sentence = Range

/**
 * One paragraph, list item or table row, the smallest piece that has a place in the outline.
 * A heading on a line of its own is a clause too (`kind: 'heading'`): it may hold a deadline.
 */
export interface Clause extends Range {
  kind: 'paragraph' | 'heading' | 'row'
  /** Headings above it, outermost first, with its own run-in heading last. */
  path: Heading[]
  /** The clause without the responsibility tags in it is what these sentences cover. */
  sentences: Sentence[]
  /** The tag or table row that governs it, null where there is none. */
  tag: ResponsibilityTag | null
  /** For `row`: the table and its row. */
  row: TableRow | null
}

export interface TableCell extends Range {
  column: number
  text: string
}

export interface TableRow extends Range {
  table: Table
  cells: TableCell[]
  /** Title rows above it in the table (`一、基础设施`), nearest last, as written. */
  groups: string[]
}

/** What a column holds, told from its header. */
export type ColumnRole =
  | 'number'
  | 'task'
  | 'indicator'
  | 'unit'
  | 'value'
  | 'baseline'
  | 'deadline'
  | 'lead'
  | 'responsible'
  | 'support'
  | 'note'
  /** What was reached: 当前进度, 完成情况. */
  | 'report'
  | 'other'

export interface TableColumn {
  /** Header text, parts of a two-line header joined; empty where there is none. */
  header: string
  role: ColumnRole
}

export interface Table extends Range {
  /** Caption above the table, null where none. */
  caption: string | null
  /** Unit of all its values, where a line above it says so (`单位：万元`), null where none. */
  unit: string | null
  columns: TableColumn[]
  rows: TableRow[]
}

/** A responsibility tag: its own range and what it governs. */
export interface ResponsibilityTag extends Range, UnitNames {
  /** Range of text that the tag answers for: a sentence, a clause, or all parts under a heading. */
  governs: Range
  /** Label and first words of what it closes, at most 40 characters, display form. */
  clause: string
  /** A tag's or table row's own limit (`完成时限：2020年12月`), the range of its words; null where none. */
  deadlineRange: Range | null
  /** Headings above it, outermost first, with the one that it closes last. */
  path: Heading[]
  /** How it was written, for explanations: `bracket`, `line`, `table`, `list`. */
  form: 'bracket' | 'line' | 'table' | 'list'
}

/** A limit that stands in a tag, a bracket, a line or a column of its own, and what is due then. */
export interface ClosingLimit {
  /** The range of its words. */
  words: Range
  governs: Range
}

/** One document of a file: a notice with its attached plan is one. */
export interface DocumentTree extends Range {
  index: number
  head: DocumentHead
  headings: Heading[]
  /** In the order of the text, without gaps in meaning: every sentence of the body belongs to one clause. */
  clauses: Clause[]
  tables: Table[]
  tags: ResponsibilityTag[]
  /** In the order of what they govern, without overlaps. */
  limits: ClosingLimit[]
}
