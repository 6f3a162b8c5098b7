import { AIM_HEADING, AIMS_BEGIN, OUTCOME } from '../lexicon/headings.ts'
import { everyMatch } from '../text/every-match.ts'
import type { ReadingText } from '../text/reading-text.ts'
import type { DocumentTree, Heading } from '../structure/types.ts'
import { yearOfHeading } from '../structure/year-of-part.ts'
import { beginsWithTask, titleOf } from './report-part.ts'

/**
 * The parts of a document that tell what was, whatever their headings say (一、水利概况, 第一部分:走过的五年): they stand before
 * the part with which the aims begin (总体要求, 发展目标), beside it or beside the part it is in, have no aims of their own, and
 * their sentences say what came of things more often than what is aimed at. Empty where no heading begins the aims.
 */
export function partsTold({ headings }: DocumentTree, { text }: ReadingText): ReadonlySet<Heading> {
  const told = new Set<Heading>()
  const aims = headings.find((heading) => heading.level <= DEEPEST && AIMS_BEGIN.test(titleOf(heading)))
  for (let beside = aims ?? null; beside !== null; beside = beside.parent) {
    for (const part of headings) {
      if (part.start >= beside.start) break
      if (part.parent === beside.parent && !says(part, headings) && tells(text.slice(part.end, part.bodyEnd)))
        told.add(part)
    }
  }
  return told
}

/** A heading further in (1.工作目标 of one project) says of its own part what is aimed at. */
const DEEPEST = 2

/** Whether the heading of a part, or one in it, says what is to be done. */
const says = (part: Heading, headings: readonly Heading[]): boolean =>
  beginsWithTask(titleOf(part)) ||
  headings.some(
    (heading) =>
      heading.start >= part.start &&
      heading.start < part.bodyEnd &&
      (AIM_HEADING.test(titleOf(heading)) || yearOfHeading(heading) !== null),
  )

const AIMED_AT = /力争|争取|确保|务必|今后|下一步|到20\d\d年[底末]?,/g
/** Fewer words of what came of things may be said of anything. */
const FEWEST_OUTCOMES = 2

const tells = (words: string): boolean => {
  const outcomes = everyMatch(OUTCOME, words).length
  return outcomes >= FEWEST_OUTCOMES && outcomes > everyMatch(AIMED_AT, words).length
}
