import { labelOf } from '../structure/labels.ts'
import type { Clause, Heading } from '../structure/types.ts'
import type { SentenceView } from './draft.ts'

const POINT = /^\s*[—●◆■·]/

/**
 * Remembers of a list of points (——…。 / ——…。) whether its first one tells what was: then the others tell it too, in an excerpt
 * whose heading (过去五年的工作) is missing as well. Fed with the clauses of a document in their order.
 */
export class PointsTold {
  private under: Heading | null | undefined = undefined
  /** Null while the first point has not been read. */
  private told: boolean | null = null

  /** Whether the clause is a point behind a first one that tells what was. */
  begins(clause: Clause, text: string): boolean {
    const own = clause.path.at(-1) ?? null
    const opening = text.slice(clause.start, clause.start + 4)
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
