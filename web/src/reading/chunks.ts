import type { Finding } from '../api/types.ts'
import type { Block } from './blocks.ts'
import type { Marked } from './runs.ts'

/** A paragraph with what stands on it. */
interface Paragraph {
  block: Block
  /** Its number in the document. */
  index: number
  marked: Marked[]
  /** Findings whose mark stands beside it. */
  begun: Finding[]
  /** Widths of its columns, for a row of a table. */
  tracks: string | null
}

/** Paragraphs that are laid out together. */
export type Chunk = Paragraph[]

const TALL = 2000
const LONG = 40

/**
 * Cuts the paragraphs into chunks of about two screens: a document of three hundred pages is then some hundred and fifty
 * boxes for the browser, not thousands.
 * @param heights guessed, by the number of the paragraph
 */
export function toChunks(paragraphs: readonly Paragraph[], heights: readonly number[]): Chunk[] {
  const chunks: Chunk[] = []
  let open: Chunk = []
  let tall = 0
  for (const paragraph of paragraphs) {
    open.push(paragraph)
    tall += heights[paragraph.index]!
    if (tall >= TALL || open.length >= LONG) {
      chunks.push(open)
      open = []
      tall = 0
    }
  }
  if (open.length > 0) chunks.push(open)
  return chunks
}
