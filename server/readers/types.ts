import type { Matrix } from './layout/matrix.ts'

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

/** Seconds of a processor that a file may take for each megabyte, unpacked, beside those that any file may take. */
export const SECONDS_PER_MEGABYTE = 0.6

/** Stable codes of everything that can be wrong with a file. */
export type ReadErrorCode =
  | 'empty'
  | 'too-large'
  | 'wrong-type'
  | 'encrypted'
  | 'broken'
  | 'no-text'
  | 'unpacks-too-large'
  | 'too-much-memory'
  | 'too-slow'

/** A file that cannot be read; the message is Chinese, names the file and says what to do. */
export class ReadError extends Error {
  override name = 'ReadError'
  constructor(
    readonly code: ReadErrorCode,
    readonly fileName: string,
    detail: string,
  ) {
    super(`《${fileName}》${detail}`)
  }
}

/** The bytes of a file, and its name for messages. */
export interface Source {
  bytes: Uint8Array
  fileName: string
}

/** What one file may take. Readers count while they unpack; memory and time are also watched from outside. */
export interface ReadLimits {
  /** Bytes of the file. */
  bytes: number
  /** Bytes of all its parts once unpacked. */
  unpacked: number
  /** Bytes of one part of markup once unpacked. */
  markup: number
  /** Parts of a packed file. */
  parts: number
  pages: number
}

export const DEFAULT_LIMITS: Readonly<ReadLimits> = {
  bytes: MAX_FILE_BYTES,
  unpacked: 300 * 1024 * 1024,
  markup: 60 * 1024 * 1024,
  parts: 10_000,
  pages: 5000,
}

/** What a reader gets beside the bytes. */
export interface ReadContext {
  /** For messages; never opened, and not what decides the form. */
  fileName: string
  limits: Readonly<ReadLimits>
  /** Told the share of the file that has been read, 0 to 1, by readers that take long. */
  onProgress: (done: number) => void
  /** Told which of the pages that must be recognised from pictures is begun, from 1, and how many these are. */
  onPage: (page: number, of: number) => void
  /** Aborted where nobody waits any longer; readers that take long ask it between pages. */
  signal: AbortSignal
  /** Asks for so many more seconds of a processor, before work that is honestly slow (recognising a page). */
  moreTime: (seconds: number) => void
  /** Folder in which what was read of this very file so far may be kept over a restart; null where there is none. */
  keepDir: string | null
}

/** A reader turns the bytes of one form into text. It throws {@link ReadError} and nothing else on purpose. */
export type Reader = (bytes: Uint8Array, context: ReadContext) => Promise<ReadResult>

/** What a reader gives. */
export interface ReadResult {
  /**
   * The text exactly as it will be stored; all spans are UTF-16 offsets into it. A paragraph a line; a table row a line
   * with tabs between its cells (no tabs or line breaks inside a cell; a cell over several rows is repeated in each, one
   * over several columns is followed by empty ones); pages are parted by `\n\f\n`, or by
   * `\f` alone where the end of the page cuts a paragraph.
   */
  text: string
  /** The pages in order, where the form has any. */
  pages?: ReadPage[]
  /** The sheets in order, where the form has any. */
  sheets?: ReadSheet[]
  /** Chinese sentences about what could not be read, for whoever imports. */
  notes?: string[]
}

/** A page of the original. */
export interface ReadPage {
  /** From 1. */
  number: number
  /** Offset of its first character in the text. */
  start: number
  /** Points (1/72 inch), as the page is shown. */
  width: number
  height: number
  /** Only where its text was recognised from a picture. */
  scan?: PageScan
}

/** Where recognised words stand on their page. */
interface PageScan {
  /**
   * From pixels of the picture that was read, which had been turned upright and straight, to shares of the page as its
   * original shows it: left to right and top to bottom from 0 to 1. So a place is marked on the original itself.
   */
  toPage: Matrix
  words: ScannedWord[]
}

export interface ScannedWord {
  /** Offsets in the text. */
  start: number
  end: number
  /** 0 to 1. */
  confidence: number
  /** Left, top, right, bottom in pixels of the picture that was read. */
  box: [number, number, number, number]
}

/** A sheet as it is drawn beside its text. */
export interface ReadSheet {
  name: string
  /** Width of each column from A on, in half-width characters, by what stands in it. */
  columns: number[]
  /** Rows with a word in them. */
  rows: ReadSheetRow[]
  /** Whether there are more rows or columns than were read. */
  isCut: boolean
}

/** A row of a sheet and its line of the text; the rows of a header share one. */
export interface ReadSheetRow {
  /** As the sheet counts, from 1. */
  number: number
  /** Offsets in the text. */
  start: number
  end: number
  isHeader: boolean
  /** By column from A; null where a cell is empty. */
  cells: (ReadSheetCell | null)[]
}

/**
 * Whether a cell is one of a merged area: `first` is its upper left one, `below` lies in its first column and repeats
 * it, `beside` lies to the right of these and repeats it too.
 */
export type MergedCell = 'first' | 'below' | 'beside' | null

export interface ReadSheetCell {
  /** As the sheet shows it; lines are parted by `\n`. */
  text: string
  isNumber: boolean
  merged: MergedCell
  /** Offsets of its words in the text; null where they stand in it in another way, as those of a header do. */
  place: [start: number, end: number] | null
}

/** A context for a file that is read here and now, with no limits but the usual ones. */
export function readContext(given: Partial<ReadContext> & { fileName: string }): ReadContext {
  return {
    limits: DEFAULT_LIMITS,
    onProgress: () => {},
    onPage: () => {},
    signal: new AbortController().signal,
    moreTime: () => {},
    keepDir: null,
    ...given,
  }
}
