import { sql } from 'drizzle-orm'
import type { Db } from './database.ts'

/** The date of the newest data that a unit has sent in, by target; a report that was returned is none. */
export const newestReportDates = (db: Db, targetIds: readonly number[]): Map<number, string> =>
  new Map(
    db
      .all<{ targetId: number; asOf: string }>(
        sql`SELECT target_id AS targetId, max(as_of) AS asOf FROM reports
    WHERE source = 'unit' AND status IN ('submitted', 'approved') AND target_id IN (SELECT value FROM json_each(${JSON.stringify(targetIds)})) GROUP BY target_id`,
      )
      .map(({ targetId, asOf }) => [targetId, asOf]),
  )
