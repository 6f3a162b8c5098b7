import { endsOf } from '../../db/domain/figure-ends.ts'
import { withoutEnd } from '../../db/domain/sentences.ts'
import { FOUND_FIELDS } from '../../db/domain/target-fields.ts'
import type { targets } from '../../db/schema/index.ts'
import { labelOf } from '../../extractors/structure/labels.ts'
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

/** What the rules call a finding: a quantity by its indicator, a milestone by its task, a duty by its clause. */
interface Called {
  indicator?: string
  task?: string
  clause?: string
}

/** How far the full-width forms of ASCII are from it. */
const WIDE = 0xfee0

/**
 * Without the number that it bears in its document (`二、`, `（三）`, `4.`) and the mark that ends its sentence: there they
 * order and end, in a list of targets and within other sentences they mislead.
 */
function asName(text: string): string {
  const label = labelOf(
    text.replace(/[（）．\uff10-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - WIDE)),
  )
  const rest = withoutEnd(text.slice(label?.text.length ?? 0).trimStart())
  return rest === '' ? text : rest
}

/** The name under which a finding becomes a candidate; undefined for a record of something else. */
export function nameOfFound(found: object): string | undefined {
  const { indicator, task, clause } = found as Called
  const words = indicator ?? task ?? clause
  return words === undefined ? undefined : asName(words)
}

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
    indicator: nameOfFound(found)!,
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
    indicator: asName(found.clause),
    deadlineBasis: deadline === null ? 'none' : 'explicit',
    confidence: DUTY_CONFIDENCE,
    evidence: joinedLines(text.slice(clauseStart, clauseEnd)),
    extracted: { ...found },
  }
}

/** A tag names its units in so many words, so there is little to doubt; the extractors give duties no figure of their own. */
const DUTY_CONFIDENCE = 0.95
