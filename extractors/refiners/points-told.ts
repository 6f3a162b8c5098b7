import { labelOf } from '../structure/labels.ts'
import type { Clause, Heading } from '../structure/types.ts'
import type { SentenceView } from './draft.ts'

const POINT = /^\s*[—●◆■·]/
/** 一年来,我们办了以下几件事: what the paragraphs below it tell was done. */
const OPENS_TOLD = /[抓做办]了[^。:]{0,16}:$/
const OPENED_WITHIN = 40

/**
 * Remembers of a list of points (——…。 / ——…。) whether its first one tells what was: then the others tell it too, in an excerpt
 * whose heading (过去五年的工作) is missing as well. Fed with the clauses of a document in their order.
 */
export class PointsTold {
  private under: Heading | null | undefined = undefined
  /** The heading under which a paragraph has opened what was done; undefined while none has. */
  private opened: Heading | null | undefined = undefined
  /** Null while the first point has not been read. */
  private told: boolean | null = null

  /** Whether the clause is a point behind a first one that tells what was. */
  begins(clause: Clause, text: string): boolean {
    const own = clause.path.at(-1) ?? null
    const opening = text.slice(clause.start, clause.start + 4)
    if (this.opened !== undefined && own === this.opened && !clause.row) return true
    this.opened = undefined
    if (
      !clause.row &&
      OPENS_TOLD.test(text.slice(Math.max(clause.start, clause.end - OPENED_WITHIN), clause.end).trimEnd())
    ) {
      this.opened = own
      return false
    }
    if (clause.row || !POINT.test(opening)) {
      // A numbered paragraph ends the list; one without a mark may go on with its point.
      if (clause.row || labelOf(opening.trimStart()) !== null || own !== this.under) this.under = undefined
      return false
    }
    if (this.under === undefined || own !== this.under) {
      this.under = own
      this.told = null
    }
    return this.told === true
  }

  /** What the sentences of the clause that began last say. */
  ends(views: readonly SentenceView[]): void {
    if (this.under === undefined || this.told !== null) return
    const drafts = views.flatMap((view) => view.drafts)
    this.told = drafts.length > 0 && drafts.every(({ dropped }) => dropped !== null) && drafts.some(isTold)
  }
}

const isTold = ({ says }: SentenceView['drafts'][number]): boolean => says === 'past' || says === 'report'
