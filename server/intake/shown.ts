import type { z } from 'zod'
import type { IntakeKind } from '../../db/domain/intake-terms.ts'
import type { Db } from '../../db/open.ts'
import { COLUMNS } from './columns.ts'
import { countVerdicts, pageOfRows } from './rows.ts'
import type { intakeSchema, rowsAnswer, rowsQuery } from './schemas.ts'
import { briefIntake } from './store.ts'

/** A list as the page shows it, without its rows; 404 where there is no such list of this kind. */
export function shownIntake(db: Db, kind: IntakeKind, id: number): z.infer<typeof intakeSchema> {
  const { preview, ...intake } = briefIntake(db, kind, id)
  return {
    ...intake,
    sheets: preview?.sheets ?? [],
    headers: preview?.headers ?? [],
    samples: preview?.samples ?? [],
    choices: COLUMNS[kind].map(({ key, title, needed }) => ({ key, title, needed: needed === true })),
    counts: countVerdicts(db, id),
  }
}

/** Some rows of the preview, of some verdicts; 404 where there is no such list of this kind. */
export function shownRows(
  db: Db,
  kind: IntakeKind,
  id: number,
  query: z.infer<typeof rowsQuery>,
): z.infer<typeof rowsAnswer> {
  briefIntake(db, kind, id)
  const counts = Object.entries(countVerdicts(db, id)).filter(
    ([verdict]) => query.verdict === undefined || (query.verdict as string[]).includes(verdict),
  )
  return { items: pageOfRows(db, id, query), total: counts.reduce((sum, [, n]) => sum + n, 0) }
}
