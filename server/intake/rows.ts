/** The rows of a list as they are kept for the page, from its reading until it is decided on. */
import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { RowVerdict } from '../../db/domain/intake-terms.ts'
import type { Db } from '../../db/open.ts'
import { type IntakeRow, intakeRows } from '../../db/schema/index.ts'
import { noVerdicts } from './preview.ts'

/** Rows that are written by one statement. */
const AT_ONCE = 500

/** Keeps these rows of a list in the place of those that are kept. */
export function keepRows(tx: Db, intakeId: number, rows: readonly IntakeRow[]): void {
  forgetRows(tx, intakeId)
  for (let at = 0; at < rows.length; at += AT_ONCE)
    tx.insert(intakeRows)
      .values(
        rows.slice(at, at + AT_ONCE).map((shown, i) => ({ intakeId, position: at + i, verdict: shown.verdict, shown })),
      )
      .run()
}

export function forgetRows(tx: Db, intakeId: number): void {
  tx.delete(intakeRows).where(eq(intakeRows.intakeId, intakeId)).run()
}

/** Every row that is kept, in the order of the list. */
export const keptRows = (db: Db, intakeId: number): IntakeRow[] =>
  db
    .select({ shown: intakeRows.shown })
    .from(intakeRows)
    .where(eq(intakeRows.intakeId, intakeId))
    .orderBy(asc(intakeRows.position))
    .all()
    .map(({ shown }) => shown)

/** Some rows of these verdicts, of any where none is named. */
export const pageOfRows = (
  db: Db,
  intakeId: number,
  { verdict, from, limit }: { verdict?: readonly RowVerdict[]; from: number; limit: number },
): IntakeRow[] =>
  db
    .select({ shown: intakeRows.shown })
    .from(intakeRows)
    .where(and(eq(intakeRows.intakeId, intakeId), verdict && inArray(intakeRows.verdict, [...verdict])))
    .orderBy(asc(intakeRows.position))
    .limit(limit)
    .offset(from)
    .all()
    .map(({ shown }) => shown)

/** How many rows came to which verdict. */
export function countVerdicts(db: Db, intakeId: number): Record<RowVerdict, number> {
  const counts = noVerdicts()
  const rows = db
    .select({ verdict: intakeRows.verdict, n: count() })
    .from(intakeRows)
    .where(eq(intakeRows.intakeId, intakeId))
    .groupBy(intakeRows.verdict)
    .all()
  for (const { verdict, n } of rows) counts[verdict] = n
  return counts
}
