import { endsOf } from '../../db/domain/figure-ends.ts'
import { FOUND_FIELDS } from '../../db/domain/target-fields.ts'
import type { targets } from '../../db/schema/index.ts'
import type { FieldReason, FoundDuty, FoundTarget } from '../../extractors/types.ts'
import { isUsableNumber } from '../number-bound.ts'

/** What an import writes of a target; document, dates and numbers are given when it is moved into the database. */
export const STAGED_COLUMNS = [
  ...FOUND_FIELDS,
  'deadlineBasis',
  'deadlineWords',
  'deadlineRule',
  'confidence',
  'start',
  'end',
  'clauseStart',
  'clauseEnd',
  'clausePath',
  'evidence',
  'extracted',
] as const
export type CandidateColumns = Pick<typeof targets.$inferInsert, (typeof STAGED_COLUMNS)[number]>

/** Line breaks and the blanks around them belong to the page, not to the sentence. */
export const joinedLines = (text: string) => text.replace(/\s*[\r\n\f]\s*/g, '').trim()

/** A number of hundreds of digits is a mistake of the file; whoever reviews the candidate sees the words and no value. */
const bounded = (value: number | null) => (isUsableNumber(value) ? value : null)

const usable = <V extends number | readonly number[]>(value: V): V | null =>
  [value].flat().every(isUsableNumber) ? value : null

/** A promise with a number or a date, as a candidate. `text` is the raw text of the file. */
export function targetColumns(found: FoundTarget, text: string): CandidateColumns {
  const { kind, start, end, clauseStart, clauseEnd, clausePath, confidence, deadline, deadlineBasis } = found
  const reason: FieldReason | undefined = found.explanation.deadline
  const quantity = found.kind === 'quantity' ? found : null
  return {
    kind,
    start,
    end,
    clauseStart,
    clauseEnd,
    clausePath,
    confidence,
    deadline,
    deadlineBasis,
    ...endsOf(quantity === null ? null : usable(quantity.value)),
    indicator: found.kind === 'quantity' ? found.indicator : found.task,
    op: quantity?.op ?? null,
    unit: quantity?.unit ?? null,
    measure: quantity?.measure ?? null,
    per: quantity?.per ?? null,
    deadlineWords: reason?.words || null,
    deadlineRule: reason?.rule ?? null,
    baselineValue: bounded(quantity?.baseline?.value ?? null),
    baselineUnit: quantity?.baseline?.unit ?? null,
    baselinePeriod: quantity?.baseline?.period ?? null,
    evidence: joinedLines(text.slice(clauseStart, clauseEnd)),
    extracted: { ...found },
  }
}

/** A responsibility tag is a target of kind `duty`: its clause is what the units answer for. */
export function dutyColumns(found: FoundDuty, text: string): CandidateColumns {
  const { start, end, clauseStart, clauseEnd, clausePath, deadline } = found
  return {
    kind: 'duty',
    start,
    end,
    clauseStart,
    clauseEnd,
    clausePath,
    deadline,
    indicator: found.clause,
    deadlineBasis: deadline === null ? 'none' : 'explicit',
    confidence: DUTY_CONFIDENCE,
    evidence: joinedLines(text.slice(clauseStart, clauseEnd)),
    extracted: { ...found },
  }
}

/** A tag names its units in so many words, so there is little to doubt; the extractors give duties no figure of their own. */
const DUTY_CONFIDENCE = 0.95
