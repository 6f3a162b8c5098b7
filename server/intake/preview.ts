import { ROW_VERDICTS, type RowVerdict } from '../../db/domain/intake-terms.ts'
import type { IntakeRow } from '../../db/schema/index.ts'

/** A row with what would be stored of it; null where that is nothing. */
export interface Evaluated<Record> extends IntakeRow {
  record: Record | null
}

/** The verdict of a row by its faults and whether something is known that it would change. */
export const verdictOf = (faults: readonly string[], known: boolean, changes: boolean, doubtful = false): RowVerdict =>
  faults.length > 0 ? 'wrong' : known ? (changes ? 'change' : 'same') : doubtful ? 'doubtful' : 'new'

/** Facts of which the empty ones are left out. */
export const factsOf = (facts: Readonly<Record<string, string | null | undefined>>): IntakeRow['facts'] =>
  Object.entries(facts).flatMap(([title, text]) => (text ? [{ title, text }] : []))

/** No row of any verdict. */
export const noVerdicts = (): Record<RowVerdict, number> =>
  Object.fromEntries(ROW_VERDICTS.map((verdict) => [verdict, 0])) as Record<RowVerdict, number>
