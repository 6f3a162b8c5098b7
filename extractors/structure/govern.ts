import type { Range } from '../text/reading-text.ts'
import type { RankedHeading } from './outline.ts'
import type { Paragraph } from './paragraphs.ts'
import { isContentLine, type FoundTag } from './tags.ts'

/** Rank of `1.`: items from here on may share one tag behind the last of them. */
const ITEM_RANK = 6
/** Rank of `(一)`: such items share one where every part of the document ends with a tag on a line of its own. */
const PART_ITEM_RANK = 5

/**
 * What each tag answers for, in the order of the tags; the ranges do not overlap. A tag closes what stands between the
 * heading above it (or the tag before it) and itself. Right below its heading it answers for all that follows under it.
 * Behind the last of several numbered items none of which has a tag of its own, it answers for all of them.
 */
export function governedRanges(
  tags: readonly FoundTag[],
  headings: readonly RankedHeading[],
  paragraphs: readonly Paragraph[],
  text: string,
): GovernedRange[] {
  const ranges: GovernedRange[] = []
  const above = headingsAbove(tags, headings)
  const item = closesParts(tags, headings, above) ? PART_ITEM_RANK : ITEM_RANK
  let free = 0
  tags.forEach((tag, i) => {
    const heading = above[i] as number
    const own = headings[heading]
    // A limit alone in a bracket is that of its own item, never of those before.
    const alone = tag.form === 'bracket' && tag.names.length === 0
    const scope = own
      ? alone
        ? own
        : scopeOf(own, headings, heading, free, tag.form === 'line' ? item : ITEM_RANK)
      : null
    const start = Math.max(free, scope ? scope.start : startWithoutHeading(tag, tags[i - 1], paragraphs))
    let end = tag.end
    if (
      scope &&
      tags[i + 1]?.paragraph !== tag.paragraph &&
      (text.slice(scope.end, tag.start).replace(/[。\n:]/g, '').length === 0 || opensFields(tag, scope, paragraphs))
    )
      end = Math.min(scope.bodyEnd, tags[i + 1]?.start ?? scope.bodyEnd)
    ranges.push({ start: Math.min(start, tag.start), end: Math.max(end, tag.end), heading: scope })
    free = Math.max(end, tag.end)
  })
  return ranges
}

/**
 * Where no heading stands above, a tag in a paragraph closes that; one on a line of its own what stands behind the line of
 * the tag before, or the paragraph above it.
 */
function startWithoutHeading(tag: FoundTag, before: FoundTag | undefined, paragraphs: readonly Paragraph[]): number {
  const own = paragraphs[tag.paragraph] as Paragraph
  if (tag.form !== 'line' || tag.start > own.start) return own.start
  return before?.form === 'line' ? before.end : (paragraphs[tag.paragraph - 1] ?? own).start
}

/** 二、某某进展缓慢。… / 责任单位:… / 整改目标:…: the tag stands above the lines that say what is to be done. */
function opensFields(tag: FoundTag, scope: RankedHeading, paragraphs: readonly Paragraph[]): boolean {
  // A tag of several lines (责任单位:…, 整改时限:…) begins on the first of them.
  let first = tag.paragraph
  while (first > 0 && (paragraphs[first] as Paragraph).start > tag.start) first--
  const above = paragraphs[first - 1]
  const below = paragraphs[tag.paragraph + 1]
  return (
    tag.form === 'line' &&
    above !== undefined &&
    above.start <= scope.start &&
    below !== undefined &&
    below.start < scope.bodyEnd &&
    isContentLine(below)
  )
}

/** Index of the heading above each tag, -1 where none is. */
function headingsAbove(tags: readonly FoundTag[], headings: readonly RankedHeading[]): number[] {
  let heading = -1
  return tags.map((tag) => {
    while (heading + 1 < headings.length && (headings[heading + 1] as RankedHeading).start <= tag.start) heading++
    return heading
  })
}

/** Whether the tags on lines of their own close whole parts: two or more of them, each behind the last item of its part. */
function closesParts(tags: readonly FoundTag[], headings: readonly RankedHeading[], above: readonly number[]): boolean {
  const under = above.filter((_, i) => tags[i]?.form === 'line')
  return (
    under.length >= 2 &&
    under.every((index) => (headings[index]?.rank ?? 0) < PART_ITEM_RANK || isLast(headings, index))
  )
}

/** Whether no item of the same part follows. */
function isLast(headings: readonly RankedHeading[], index: number): boolean {
  const following = headings[index + 1]
  return !following || following.rank < (headings[index] as RankedHeading).rank
}

interface GovernedRange extends Range {
  heading: RankedHeading | null
}

/** The heading that the tag closes: the one above, or its parent where the tag stands behind the last of untagged items. */
function scopeOf(
  own: RankedHeading,
  headings: readonly RankedHeading[],
  index: number,
  free: number,
  item: number,
): RankedHeading {
  const parent = own.parent as RankedHeading | null
  if (!parent || own.rank < item || parent.start < free) return own
  const last = isLast(headings, index)
  const siblings = siblingsBefore(headings, index, own)
  return last && siblings >= 1 ? parent : own
}

function siblingsBefore(headings: readonly RankedHeading[], index: number, own: RankedHeading): number {
  let siblings = 0
  for (let i = index - 1; i >= 0; i--) {
    const heading = headings[i] as RankedHeading
    if (heading === own.parent) break
    if (heading.parent === own.parent) siblings++
  }
  return siblings
}
