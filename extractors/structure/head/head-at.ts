import type { HeadDoubt } from '../../types.ts'

/** Where a document begins: indexes into the paragraphs, both inclusive. */
export interface HeadAt {
  first: number
  /** Last paragraph of the head: title, number or the line of addressees. */
  last: number
  title: string
  number: string | null
  /** Where the title is a guess: what it was taken from. */
  guess?: HeadDoubt
}

/** What was read for a field of the head, and why it may be wrong; null where it stands where such a field stands. */
export interface ReadField {
  value: string | null
  doubt: HeadDoubt | null
}
