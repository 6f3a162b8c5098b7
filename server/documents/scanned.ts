import type { ReadPage } from '../readers/types.ts'
import type { CandidateColumns } from '../core/candidates.ts'

/**
 * Key among the reasons of a target under which stands that its words were recognised from a picture; the reason's words
 * are those that were read with the least certainty.
 */
export const SCAN = 'scan'

/** A sentence from a scan is believed no further than this, however clear its letters are. */
const MOST_TRUST = 0.9
const LEAST_CONFIDENCE = 0.05

/** What the pages of a file say about how sure its letters are. */
export class ScannedPages {
  constructor(
    private readonly pages: readonly ReadPage[],
    private readonly text: string,
  ) {}

  /** Marks a candidate whose clause was recognised from a picture, and lowers its confidence by its least sure word. */
  mark(columns: CandidateColumns): CandidateColumns {
    const { clauseStart, clauseEnd } = columns
    const pages = this.pages.filter((page, i) => {
      const end = this.pages[i + 1]?.start ?? this.text.length
      return page.scan !== undefined && page.start < clauseEnd && end > clauseStart
    })
    if (pages.length === 0) return columns
    const words = pages
      .flatMap((page) => page.scan!.words)
      .filter(({ start, end }) => start < clauseEnd && end > clauseStart)
    const least = words.reduce((low, word) => Math.min(low, word.confidence), 1)
    const word = words.find(({ confidence }) => confidence === least)
    return {
      ...columns,
      confidence: Math.max(LEAST_CONFIDENCE, (columns.confidence ?? 1) * MOST_TRUST * least),
      extracted: {
        ...columns.extracted,
        explanation: {
          ...columns.extracted?.explanation,
          [SCAN]: {
            words: word === undefined ? '' : this.text.slice(word.start, word.end),
            span: word === undefined ? null : { start: word.start, end: word.end },
            rule: SCAN,
          },
        },
      },
    }
  }
}
