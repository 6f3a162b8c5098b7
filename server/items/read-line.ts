import { emptyFields, FOUND_FIELDS } from '../../db/domain/target-fields.ts'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import { extract } from '../../extractors/extract.ts'
import type { Explanation, FoundDuty, FoundTarget, UnitNames } from '../../extractors/types.ts'
import { type CandidateColumns, dutyColumns, targetColumns } from '../core/candidates.ts'
import type { NamedUnit } from '../core/target-units.ts'
import { headText } from './source-text.ts'

/** What the rules read in a line. */
interface ReadLine {
  columns: CandidateColumns
  units: NamedUnit[]
}

/**
 * What one line promises, read for itself under the head of its source, from whose date 年底前 counts. The surest first; a
 * tag that names units and closes a clause in which a target was found has given them to it and is no item of its own.
 * @param head title, number and date of the source, as {@link headText} writes them
 * @param at where the line begins in the text of its file: every offset is counted there
 */
export function readLine(line: string, head: string, text: string, at: number): ReadLine[] {
  const by = at - head.length
  const { targets, duties } = extract(`${head}${line}\n`)
  const found = targets.filter(({ start }) => start >= head.length).map((target) => moved(target, by))
  const tags = duties.filter(({ start }) => start >= head.length).map((duty) => movedDuty(duty, by))
  const alone = tags.filter((duty) => !found.some((target) => touches(target, duty)))
  return [
    ...found.map((target) => ({ columns: targetColumns(target, text), units: namesOf(target) })),
    ...alone.map((duty) => ({ columns: dutyColumns(duty, text), units: namesOf(duty) })),
  ].sort((a, b) => b.columns.confidence - a.columns.confidence)
}

/** The head of a source of which no more than its date counts; one whose date nobody has said counts as of the day on which it is typed. */
export const headOfDay = (day: string): string => headText({ title: '督查事项', number: null, issuedOn: day })

/** The words of a single item, which belong to no text yet. @param day from which 年底前 counts */
export function readWords(words: string, day: string): ReadLine[] {
  const head = headOfDay(day)
  return readLine(words, head, `${head}${words}\n`, head.length)
}

/** A line in which the rules read nothing: the office says in 校核 what it is. */
export const unreadLine = (line: string, { start, end }: { start: number; end: number }): CandidateColumns => ({
  ...emptyFields(FOUND_FIELDS),
  kind: 'milestone',
  indicator: line.slice(0, MOST_INDICATOR),
  deadlineBasis: 'none',
  confidence: UNREAD_CONFIDENCE,
  ...{ start, end, clauseStart: start, clauseEnd: end },
  clausePath: [],
  evidence: line,
  extracted: null,
})

/** Longest indicator of a target, in characters. */
const MOST_INDICATOR = 500
/** Nothing speaks for or against it. */
const UNREAD_CONFIDENCE = 0.5

const namesOf = (names: UnitNames): NamedUnit[] =>
  UNIT_ROLES.flatMap((role) => names[role].map((name) => ({ role, name })))

const touches = (target: FoundTarget, duty: FoundDuty): boolean =>
  target.clauseStart < duty.clauseEnd && duty.clauseStart < target.clauseEnd

const movedSpans = <T extends { start: number; end: number; clauseStart: number; clauseEnd: number }>(
  found: T,
  by: number,
): T => ({
  ...found,
  start: found.start + by,
  end: found.end + by,
  clauseStart: found.clauseStart + by,
  clauseEnd: found.clauseEnd + by,
})

const movedDuty = (duty: FoundDuty, by: number): FoundDuty => ({ ...movedSpans(duty, by), clausePath: [] })

/** A finding of a line where the line stands in its text. */
function moved(target: FoundTarget, by: number): FoundTarget {
  const explanation: Explanation = Object.fromEntries(
    Object.entries(target.explanation).map(([field, reason]) => [
      field,
      { ...reason, span: reason.span && { start: reason.span.start + by, end: reason.span.end + by } },
    ]),
  )
  return { ...movedSpans(target, by), explanation, clausePath: [] }
}
