import type { z } from 'zod'
import { sql } from 'drizzle-orm'
import { differs } from '../../db/domain/source-difference.ts'
import type { Db } from '../../db/open.ts'
import { dateOf, REPORT_SOURCE_CODES, REPORT_STATUS_CODES, type Stored } from '../../db/stored.ts'
import { readSetting } from '../settings/store.ts'
import type { differencesAnswer } from './list-schemas.ts'

type Difference = z.infer<typeof differencesAnswer>['items'][number]
type AsOf = 'unitAsOf' | 'statisticsAsOf'
type Line = Omit<Difference, 'difference' | AsOf> & Record<AsOf, Stored>

/**
 * Targets for which the newest value of the statistics office differs from the unit's newest approved value up to the
 * same date, the largest difference in relation to the value first. What was only rounded, and what is less than the setting asks
 * for, is no difference.
 */
export function sourceDifferences(db: Db): Difference[] {
  const rows = db.all<Line>(sql`
    WITH s AS (
      SELECT target_id, value, as_of, row_number() OVER (PARTITION BY target_id ORDER BY as_of DESC, id DESC) AS n
      FROM reports WHERE source = ${REPORT_SOURCE_CODES.statistics} AND status = ${REPORT_STATUS_CODES.approved} AND value IS NOT NULL
    )
    SELECT t.id AS targetId, t.indicator, t.unit, t.value AS target, r.value AS unitValue, r.as_of AS unitAsOf, s.value AS statisticsValue, s.as_of AS statisticsAsOf
    FROM s JOIN targets t ON t.id = s.target_id
    JOIN reports r ON r.id = (
      SELECT id FROM reports u WHERE u.target_id = s.target_id AND u.source = ${REPORT_SOURCE_CODES.unit} AND u.status = ${REPORT_STATUS_CODES.approved} AND u.value IS NOT NULL AND u.as_of <= s.as_of
      ORDER BY u.as_of DESC, u.decided_at DESC, u.id DESC LIMIT 1)
    WHERE s.n = 1`)
  const { differencePercent } = readSetting(db, 'reports')
  return rows
    .filter((r) => differs(r.unitValue, r.statisticsValue, differencePercent))
    .map((r) => ({
      ...r,
      unitAsOf: dateOf(r.unitAsOf),
      statisticsAsOf: dateOf(r.statisticsAsOf),
      difference: Number((r.unitValue - r.statisticsValue).toPrecision(12)),
    }))
    .sort(
      (a, b) => Math.abs(b.difference / (b.statisticsValue || 1)) - Math.abs(a.difference / (a.statisticsValue || 1)),
    )
}
