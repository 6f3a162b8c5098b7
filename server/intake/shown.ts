import type { z } from 'zod'
import type { IntakeRow } from '../../db/schema/index.ts'
import { COLUMNS } from './columns.ts'
import { countVerdicts } from './preview.ts'
import type { intakeSchema, rowsAnswer, rowsQuery } from './schemas.ts'
import type { Intake } from './store.ts'

const rowsOf = ({ preview }: Intake): IntakeRow[] => preview?.rows ?? []

/** A list as the page shows it, without its rows. */
export function shownIntake(intake: Intake): z.infer<typeof intakeSchema> {
  const { id, kind, status, fileName, layout, preview, outcome, createdAt, confirmedAt, undoneAt, version } = intake
  return {
    ...{ id, status, fileName, layout, outcome, createdAt, confirmedAt, undoneAt, version },
    sheets: preview?.sheets ?? [],
    headers: preview?.headers ?? [],
    samples: preview?.samples ?? [],
    choices: COLUMNS[kind].map(({ key, title, needed }) => ({ key, title, needed: needed === true })),
    counts: countVerdicts(rowsOf(intake)),
  }
}

/** Some rows of the preview, of some verdicts. */
export function shownRows(
  intake: Intake,
  { verdict, from, limit }: z.infer<typeof rowsQuery>,
): z.infer<typeof rowsAnswer> {
  const rows = rowsOf(intake).filter((row) => verdict === undefined || verdict.includes(row.verdict))
  return { items: rows.slice(from, from + limit), total: rows.length }
}
