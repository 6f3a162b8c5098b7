import type { ToldParts } from './told-parts.ts'
import { AGAINST, CERTAIN, FOR, SAYS, type CueAgainst, type CueFor, type Says } from '../lexicon/evidence-weights.ts'
import type { DoubtCue } from '../lexicon/confidence-weights.ts'
import type { FoundComparator } from '../parsers/comparator.ts'
import type { FoundQuantity } from '../parsers/quantity-types.ts'
import type { FoundTime } from '../parsers/time.ts'
import type { Clause, DocumentTree, Sentence } from '../structure/types.ts'
import type { Range, ReadingText } from '../text/reading-text.ts'
import { type Frame, frameOfQuantity } from './frame/frame.ts'
import type { Baseline, DeadlineBasis, DoubtField, Evidence, Measure, UnitNames } from '../types.ts'

/** Words that gave a field and the rule that read them. `range` is null where the rule assumed the value. */
export interface Reason {
  range: Range | null
  rule: string
}

/** A field that may be wrong and the cue in `lexicon/confidence-weights.ts` that says so. */
export interface Doubt {
  field: DoubtField
  cue: DoubtCue
}

/** A quantity on its way to become a target. Refiners fill it or drop it; positions are offsets into the reading text. */
export interface Draft {
  /** The number as written: its unit is the one that stands behind it, what it is measured in says its frame. */
  quantity: FoundQuantity
  /** Index of its fragment in {@link SentenceView.fragments}. */
  fragment: number
  before: FoundComparator | null
  after: FoundComparator | null
  /** Words before the number that may name what is measured, comparator excluded. */
  left: Range
  /** Words behind the number and its comparator, up to the end of its part. */
  right: Range
  measure: Measure
  per: 'year' | null
  baseline: Baseline | null
  /** What it is about: whose, where, what is done, what is counted; how it compares, and in which unit. */
  frame: Frame
  /** No joint parts it from the number before it, which may only qualify it (规模超50亿元企业3家). */
  qualified: boolean
  /** A joint of a list (、, 和) parts it from the number before it. */
  inList: boolean
  /** Where the names begin that one 分别 deals out to it and others; null where none does. */
  dealtFrom: number | null
  deadline: string | null
  deadlineBasis: DeadlineBasis
  /** The deadline is counted from the date of the document (明年, 三年内). */
  relativeDeadline: boolean
  units: UnitNames
  /** What is doubtful of it, and why. */
  doubts: Doubt[]
  /** What speaks for and against it so far. */
  evidence: Evidence[]
  /** Rule that took it out, null while it stands; for the reader of an explanation, no step asks which it was. */
  dropped: string | null
  /** What it says where it is no promise; null while it stands, and where nothing of its sentence follows from it. */
  says: Says | null
  reasons: Record<string, Reason>
}

/** A draft of a number about which nothing is known but where it stands; the refiners fill it in. */
export const newDraft = (quantity: FoundQuantity): Draft => ({
  quantity,
  fragment: -1,
  before: null,
  after: null,
  left: { start: quantity.start, end: quantity.start },
  right: { start: quantity.end, end: quantity.end },
  measure: 'level',
  per: null,
  baseline: null,
  frame: frameOfQuantity(quantity),
  qualified: false,
  inList: false,
  dealtFrom: null,
  relativeDeadline: false,
  deadline: null,
  deadlineBasis: 'none',
  units: { lead: [], responsible: [], support: [] },
  doubts: [],
  evidence: [],
  dropped: null,
  says: null,
  reasons: {},
})

/** Text between two marks of punctuation outside brackets and quotes. */
export interface Fragment extends Range {
  /** The mark that ends it; empty at the end of the sentence. */
  mark: string
}

/** A sentence with everything the parsers found in it. */
export interface SentenceView {
  text: string
  clause: Clause
  sentence: Sentence
  /** Position of the sentence in its clause. */
  index: number
  fragments: Fragment[]
  times: FoundTime[]
  quantities: FoundQuantity[]
  /** Ranges inside brackets, quotes and book marks, in the order of the text. */
  asides: Aside[]
  drafts: Draft[]
  /** Times that a value is compared with, and the words of the comparison (比2015年): no deadlines, no part of a name. */
  compared: Map<FoundTime, Range>
  /** The sentence before it in its clause that holds a number or time; null where none does. */
  earlier: SentenceView | null
  /** Whether it stands in a point of a list whose first point tells what was. */
  toldBefore: boolean
  /** The sentence that opens the list which its clause is an item of (分别是:); null where it is of none. */
  opener: SentenceView | null
}

export interface Aside extends Range {
  kind: 'bracket' | 'quote' | 'book'
}

/** What is known of the document while its sentences are read. */
export interface DocumentContext {
  document: DocumentTree
  reading: ReadingText
  /** Date that relative times are counted from, `YYYY-MM-DD`; null where unknown. */
  issuedOn: string | null
  /** Year of the document: its title's plan year, else its year of issue. */
  year: number | null
  /** Whether the document's year stands only in its number (〔2021〕14号), so that months without a year assume it. */
  yearAssumed: boolean
  /** The period in the title (2019年…工作要点, “十三五”规划): last day and words. */
  titlePeriod: FoundTime | null
  /** Last day of the five-year plan that its text speaks of first (“十三五”期间), `YYYY-MM-DD`; null where of none. */
  planNamed: string | null
  /** Whether it lays down rules (办法, 规定) rather than promises. */
  regulation: boolean
  /** Where the review of a work report ends whose own heading is missing, as in an excerpt; 0 where there is none. */
  reviewEnd: number
  /** Parts that tell what was though their headings do not say so. */
  toldParts: ToldParts
  /** Where the name stands that answers for a paragraph as the line above it, in a table that came out as lines. */
  namesAbove: ReadonlyMap<Clause, Range>
}

/** What refiners fill of a draft: a field, or a slot of its frame that stands in no name. Whether it stands and why is no field. */
type DraftField =
  | Exclude<keyof Draft, 'dropped' | 'says' | 'reasons' | 'evidence' | 'doubts'>
  | Exclude<keyof Frame, 'slots' | 'name' | 'range'>

/** One step of assembly. Works on the drafts of one sentence, and says which of their fields it reads and fills. */
export interface Refiner {
  name: string
  reads: readonly DraftField[]
  writes: readonly DraftField[]
  run: (view: SentenceView, context: DocumentContext) => void
}

/** Notes what speaks for a promise. */
export function speakFor(draft: Draft, cue: CueFor): void {
  draft.evidence.push({ cue, weight: FOR[cue] })
}

/** Notes that a field may be wrong. */
export function doubt(draft: Pick<Draft, 'doubts'>, field: DoubtField, cue: DoubtCue): void {
  draft.doubts.push({ field, cue })
}

/** Notes what speaks against one; a cue that decides alone takes the draft out at once. */
export function speakAgainst(draft: Draft, cue: CueAgainst, word?: string): void {
  const weight = AGAINST[cue]
  const name = word === undefined ? cue : `${cue}/${word}`
  draft.evidence.push({ cue: name, weight })
  if (weight <= CERTAIN) drop(draft, name, SAYS[cue])
}

/** Takes a draft out; the first rule that does says why, and what the number says instead. */
export function drop(draft: Draft, rule: string, says: Says | null = null): void {
  if (draft.dropped !== null) return
  draft.dropped = rule
  draft.says = says
}

/** The drafts that still stand. */
export const standing = (view: SentenceView): Draft[] => view.drafts.filter((draft) => draft.dropped === null)
