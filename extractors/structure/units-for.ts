import type { Range } from '../text/reading-text.ts'
import type { DocumentTree, ResponsibilityTag } from './types.ts'

/**
 * The responsibility tag that governs a place, null where none does. A target takes its units from it; where there is
 * none, the sentence itself may name an actor. The ranges that tags govern are in order and do not overlap.
 */
export function unitsFor(document: DocumentTree, range: Range): ResponsibilityTag | null {
  const { tags } = document
  let low = 0
  let high = tags.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tags[middle] as ResponsibilityTag).governs.start <= range.start) low = middle + 1
    else high = middle
  }
  const tag = tags[low - 1]
  return tag && range.start < tag.governs.end ? tag : null
}
