import type { Range } from '../text/reading-text.ts'
import type { ClosingLimit, DocumentTree, ResponsibilityTag } from './types.ts'

/** The last of ranges in order that begins at or before a place and still holds it, null where none does. */
function governing<T extends { governs: Range }>(ranges: readonly T[], at: number): T | null {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as T).governs.start <= at) low = middle + 1
    else high = middle
  }
  const found = ranges[low - 1]
  return found && at < found.governs.end ? found : null
}

/**
 * The responsibility tag that governs a place, null where none does. A target takes its units from it; where there is
 * none, the sentence itself may name an actor. The ranges that tags govern are in order and do not overlap.
 */
export const unitsFor = (document: DocumentTree, range: Range): ResponsibilityTag | null =>
  governing(document.tags, range.start)

/** The limit in a bracket or line of its own that governs a place, null where none does. */
export const limitFor = (document: DocumentTree, range: Range): ClosingLimit | null =>
  governing(document.limits, range.start)
