import type { Span } from '../types.ts'

/**
 * A text made readable: half-width forms, hard wraps undone, page numbers and running heads taken out, paragraphs
 * separated by one `\n`, cells of a table row by one `\t`. Spaces stay only between two Latin words or numbers.
 *
 * The alphabet parsers may rely on: `( ) , : ; ? ! % . ~ + - 0-9 A-z` are half-width; `。 、 “ ” ‘ ’ 《 》 〈 〉 〔 〕 【 】`
 * stay as they are; every long dash is `—` (U+2014); the zero of Chinese years is `〇`.
 */
export interface ReadingText {
  raw: string
  text: string
  /** Raw offset of each character of {@link text}; one entry more for the end. Ascending. */
  offsets: Int32Array
  /** Lines that page layout had put into the middle of a sentence; they are not in {@link text}. */
  displaced: DisplacedLine[]
  /** Where cells begin that were parted from others in one of several ways that fit. */
  doubtful: ReadonlySet<number>
}

/** A 发文字号 or a title taken out of a sentence. `start` and `end` are raw offsets. */
export interface DisplacedLine extends Span {
  text: string
  /** Where in the reading text it stood. */
  at: number
}

/** Half-open range of offsets into the reading text. Raw offsets are a {@link Span}. */
export interface Range {
  start: number
  end: number
}

/** Raw span of a non-empty range of the reading text: from its first character to behind its last. */
export function rawSpan(reading: ReadingText, range: Range): Span {
  const start = reading.offsets[range.start] ?? reading.raw.length
  const last = range.end > range.start ? reading.offsets[range.end - 1] : undefined
  return { start, end: last === undefined ? start : last + 1 }
}
