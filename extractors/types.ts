/**
 * What the extractors return. These are the fields of the extraction contract; the field names are the same
 * in the database, the API and the interface. All offsets are UTF-16 offsets into the raw text as it was read.
 */

/** How the reported value is compared with the target's value. `~` is "about", `range` needs two values. */
export type Operator = '>=' | '<=' | '~' | 'range'

/** A state to reach, or a change by so much, or a multiple of what was. */
export type Measure = 'level' | 'growth' | 'reduction' | 'multiple'

/** Where the deadline was read: the same sentence, something that governs it, only the document, nowhere. */
export type DeadlineBasis = 'explicit' | 'inherited' | 'document' | 'none'

/** What a unit does for a target: 牵头, 责任, 配合. */
export type UnitRole = 'lead' | 'responsible' | 'support'

/** Half-open range of raw offsets. */
export interface Span {
  start: number
  end: number
}

/** Unit names as written, in the three roles. */
export interface UnitNames {
  lead: string[]
  responsible: string[]
  support: string[]
}

/** What the head of a document says of it. */
export type HeadField = 'number' | 'title' | 'issuer' | 'issuedOn'

/**
 * Why a field of a head is uncertain: nothing states it (`missing`); the number is one of several in the text
 * (`from-text`); the title is a line that reads like one (`title-alone`) or just the first (`first-line`), or the file's
 * name (`file-name`, given by whoever reads files); the issuer stands only in the signature (`signature`), is the first of
 * several (`joint`) or the body of whoever gave a speech (`speaker`); the date stands alone without an issuer
 * (`date-alone`) or is that on which a page was put up (`page-day`).
 */
export type HeadDoubt =
  | 'missing'
  | 'from-text'
  | 'title-alone'
  | 'first-line'
  | 'file-name'
  | 'signature'
  | 'joint'
  | 'speaker'
  | 'date-alone'
  | 'page-day'

/** The uncertain fields of a head, each with why. */
export type HeadDoubts = Partial<Record<HeadField, HeadDoubt>>

/** One document of a file (a gazette holds several). `start`..`end` covers its head, body and signature. */
export interface FoundDocument extends Span {
  /** 发文字号 in half-width digits without spaces; null where the document has none. */
  number: string | null
  /** Empty where the text has none (an excerpt, a press report without its headline). */
  title: string
  issuer: string | null
  /** `YYYY-MM-DD`, null where not stated. */
  issuedOn: string | null
  /** Fields that a person should look at; empty where all four are certain. */
  doubts: HeadDoubts
}

/** The value the target starts from. Any of the three may be unstated. */
export interface Baseline {
  value: number | null
  unit: string | null
  period: string | null
}

/** Why a field has its value: the words that gave it and the rule that read them. */
export interface FieldReason {
  /** The words as they stand in the reading text; empty where nothing states it (then the rule assumed it). */
  words: string
  /** Raw span of the words, null where nothing states the field. */
  span: Span | null
  /** Name of the rule: the file name of the parser or refiner, with a detail after a slash where it has several. */
  rule: string
}

/** Field name → reason, for every field that a rule set. */
export type Explanation = Record<string, FieldReason>

/** A field that a reviewer should look at; `kind` where it is doubtful whether it is a target at all. */
export type DoubtField = 'kind' | 'indicator' | 'value' | 'unit' | 'op' | 'measure' | 'deadline' | 'units'

/** Something that speaks for (above 0) or against (below) a number being a promise. */
export interface Evidence {
  /** Name of the cue, the word that gave it behind a stroke where one did. */
  cue: string
  weight: number
}

interface FoundTargetBase extends Span, UnitNames {
  /** 发文字号 of the document it stands in. */
  document: string | null
  /** Index of that document in {@link Extraction.documents}. */
  documentIndex: number
  deadline: string | null
  deadlineBasis: DeadlineBasis
  /** 0–1, what a reviewer sorts by: of targets at 0.9 and above nine in ten stand as they are. */
  confidence: number
  /** Fields that may be wrong, the most doubtful first. */
  doubts: DoubtField[]
  /** What spoke for and against its being a promise, with weights; empty for a milestone. */
  evidence: Evidence[]
  clauseStart: number
  clauseEnd: number
  /** Headings above the evidence, outermost first, each as written: `['三、重点任务', '（一）优化环境']`. */
  clausePath: string[]
  explanation: Explanation
}

/** A number that somebody promises to reach. Its span is the value's own. */
export interface FoundQuantity extends FoundTargetBase {
  kind: 'quantity'
  indicator: string
  op: Operator
  value: number | [low: number, high: number]
  unit: string
  measure: Measure
  per: 'year' | null
  baseline: Baseline | null
}

/** A dated deliverable without a number. Its span is the date's. */
export interface FoundMilestone extends FoundTargetBase {
  kind: 'milestone'
  task: string
}

export type FoundTarget = FoundQuantity | FoundMilestone

/** A responsibility tag and the clause it closes. Its span is the tag's. */
export interface FoundDuty extends Span, UnitNames {
  document: string | null
  documentIndex: number
  clause: string
  deadline: string | null
  clausePath: string[]
  /** Raw span of the clause that the tag closes. */
  clauseStart: number
  clauseEnd: number
}

/** All that one text holds, each list in the order of the text. */
export interface Extraction {
  documents: FoundDocument[]
  targets: FoundTarget[]
  duties: FoundDuty[]
}

/** What one document of a text holds. */
export interface DocumentFindings {
  document: FoundDocument
  targets: FoundTarget[]
  duties: FoundDuty[]
}

/** The only error the extractors throw: the input is not text they can read. */
export class ExtractionError extends Error {
  override name = 'ExtractionError'
  constructor(
    readonly code: 'not-text' | 'too-long',
    message: string,
  ) {
    super(message)
  }
}
