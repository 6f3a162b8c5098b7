import type { Range } from '../text/reading-text.ts'
import type { DocumentTree, ResponsibilityTag } from './types.ts'

/** Last index whose start is at or before the offset, -1 where none is. The list is sorted by start. */
function lastAtOrBefore(list: readonly Range[], offset: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as Range).start <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * The responsibility tag that governs a place: that of its own clause, else null. A target takes its units from it;
 * where there is none, the sentence itself may name an actor.
 */
export function unitsFor(document: DocumentTree, range: Range): ResponsibilityTag | null {
  const clause = document.clauses[lastAtOrBefore(document.clauses, range.start)]
  if (!clause || clause.end <= range.start) return null
  return clause.tag
}
