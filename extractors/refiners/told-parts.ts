import { AIM_HEADING, AIMS_BEGIN } from '../lexicon/headings.ts'
import { BOAST, OUTCOME, PROMISED } from '../lexicon/statements.ts'
import type { DocumentTree, Heading } from '../structure/types.ts'
import { yearOfHeading } from '../structure/year-of-part.ts'
import { everyMatch } from '../text/every-match.ts'
import type { ReadingText } from '../text/reading-text.ts'
import { beginsWithTask, titleOf } from './heading-title.ts'

/** So many characters of a part show what it tells. */
const LOOKED_AT = 3000
const LOOKED_AT_WHOLE = 10_000
/** Fewer words of what came of things may be said of anything. */
const FEWEST_OUTCOMES = 4
/** The same before the aims, where nothing else is expected. */
const FEWEST_BEFORE_AIMS = 2

/**
 * Which parts of a document tell what was, though their headings do not say so (一、水利概况, 第一部分:走过的五年, none at all): by
 * their sentences, which say more often what came of things than what is promised. Where the part stands in front of the one
 * with which the aims begin (总体要求, 发展目标), it need not say so often.
 */
export class ToldParts {
  private readonly known = new Map<Heading, boolean>()

  /** @param reports whether its title calls the document a report (工作总结): then all of it tells, up to where it plans */
  constructor(
    private readonly document: DocumentTree,
    private readonly reading: ReadingText,
    private readonly reports: boolean,
  ) {}

  /** Whether the part under a heading tells; what a heading below it says is not looked at. */
  has(heading: Heading): boolean {
    let told = this.known.get(heading)
    if (told === undefined) this.known.set(heading, (told = this.isTold(heading)))
    return told
  }

  /** Whether what stands above the first heading tells: all of a text that has none. */
  get opening(): boolean {
    const { document, reading } = this
    return (this.opens ??=
      this.until > document.start ||
      tells(reading.text.slice(document.start, document.headings[0]?.start ?? document.end), LOOKED_AT))
  }
  private opens: boolean | undefined

  private isTold(heading: Heading): boolean {
    this.beforeAims ??= partsBeforeAims(this.document, this.reading)
    return (
      heading.start < this.until ||
      this.beforeAims.has(heading) ||
      (heading.label !== '' &&
        isOuter(heading) &&
        tells(this.reading.text.slice(heading.end, heading.bodyEnd), LOOKED_AT))
    )
  }
  private beforeAims: ReadonlySet<Heading> | null = null

  /** Where a document that tells as a whole turns to what is planned; its start where it does not tell. */
  private get until(): number {
    const { start, end, headings } = this.document
    if (this.turn === undefined) {
      const { text } = this.reading
      const aims = headings.find((heading) => isOuter(heading) && aimsAt(heading))
      const whole =
        this.reports ||
        (!aims &&
          tells(text.slice(start, end), LOOKED_AT_WHOLE) &&
          !headings.some((part) => isOutermost(part) && promises(text.slice(part.end, part.bodyEnd))))
      this.turn = whole ? (aims?.start ?? end) : start
    }
    return this.turn
  }
  private turn: number | undefined
}

/** Whether a heading with a label stands in no part that has one; the title of an attached plan has none. */
export const isOutermost = ({ label, parent }: Heading): boolean => label !== '' && !isLabelled(parent)

/** Whether a heading stands at most one step inside such a part: a heading further in (1.工作目标 of one project) says of its own part what is aimed at. */
export const isOuter = ({ parent }: Heading): boolean => !isLabelled(parent?.parent ?? null)

/** Whether a heading or one above it has a label. */
const isLabelled = (heading: Heading | null): boolean =>
  heading !== null && (heading.label !== '' || isLabelled(heading.parent))

/** How often words say what came of things; what only a review says counts twice. */
const told = (words: string): number => everyMatch(OUTCOME, words).length + everyMatch(BOAST, words).length

/** Whether words say what came of things more often than what is promised. */
function tells(words: string, within: number): boolean {
  const looked = words.slice(0, within)
  const outcomes = told(looked)
  return outcomes >= FEWEST_OUTCOMES && outcomes > everyMatch(PROMISED, looked).length
}

/** Whether words promise more often than they say what came of things, and aim at something. */
export function promises(words: string): boolean {
  const looked = words.slice(0, LOOKED_AT)
  return everyMatch(AIMED_AT, looked).length > 0 && everyMatch(PROMISED, looked).length > told(looked)
}

/** Whether words that stand before the aims say what came of things at least half as often as they promise. */
export function tellsBeforeAims(words: string): boolean {
  const outcomes = told(words)
  return outcomes >= FEWEST_BEFORE_AIMS && outcomes * 2 > everyMatch(PROMISED, words).length
}
const AIMED_AT = /力争|争取|确保|务必|今后|下一步|到20\d\d年[底末]?,/g

/** The parts in front of the one with which the aims begin, and of those that it is in, which tell and have no aims of their own. */
function partsBeforeAims({ headings }: DocumentTree, { text }: ReadingText): ReadonlySet<Heading> {
  const told = new Set<Heading>()
  const aims = headings.find((heading) => isOuter(heading) && AIMS_BEGIN.test(titleOf(heading)))
  for (let beside = aims ?? null; beside !== null; beside = beside.parent) {
    const { parent, start } = beside
    const parts = headings.filter((part, i) => part.start < start && part.parent === parent && !says(headings, i))
    const words = parts.map((part) => text.slice(part.end, Math.min(part.bodyEnd, part.end + LOOKED_AT)))
    // Short parts that each say little tell together.
    const together = tellsBeforeAims(words.join('\n'))
    parts.forEach((part, i) => {
      if (together || (parts.length > 1 && tellsBeforeAims(words[i] as string))) told.add(part)
    })
  }
  return told
}

/** Whether the heading at an index, or one in its part, says what is to be done. */
function says(headings: readonly Heading[], index: number): boolean {
  const part = headings[index] as Heading
  if (beginsWithTask(titleOf(part))) return true
  for (let i = index; i < headings.length; i++) {
    const heading = headings[i] as Heading
    if (heading.start >= part.bodyEnd) return false
    if (aimsAt(heading)) return true
  }
  return false
}

/** Whether a heading says what is wanted, or of which year's work its part is. */
export const aimsAt = (heading: Heading): boolean =>
  AIM_HEADING.test(titleOf(heading)) || yearOfHeading(heading) !== null
