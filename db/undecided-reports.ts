import { type SQL, sql } from 'drizzle-orm'
import type { ReportStatus } from './domain/report-terms.ts'
import { statusIn } from './stored.ts'

/** A report about which somebody has something to do: its unit, or who reviews it. All others were decided for good. */
const UNDECIDED = ['draft', 'submitted', 'returned'] as const satisfies readonly ReportStatus[]

/** Whether all of these are statuses of reports that are not decided for good. */
export const areUndecided = (statuses: readonly ReportStatus[]): boolean =>
  statuses.every((status) => (UNDECIDED as readonly ReportStatus[]).includes(status))

/**
 * The condition of the index `reports_undecided`, word by word: with it a query finds the few reports that wait among all
 * that were ever sent, which a comparison with parameters cannot.
 */
export const isUndecided = (): SQL => sql.raw(`"reports"."status" in ${statusIn(...UNDECIDED)}`)
