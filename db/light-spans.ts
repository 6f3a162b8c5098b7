/** Reading and writing the spans of lights: the statements behind server/core/light-spans.ts and the replay. */
import type Sqlite from 'better-sqlite3'
import { isSame, type LightSpan } from './domain/light-spans.ts'
import { prepared } from './prepared.ts'

type Line = Omit<LightSpan, 'late' | 'missingBaseline'> & { late: 0 | 1; missingBaseline: 0 | 1 }

const FIELDS = `from_day AS fromDay, to_day AS toDay, light, late, progress, value, value_as_of AS valueAsOf,
  missing_baseline AS missingBaseline`

const span = ({ late, missingBaseline, ...line }: Line): LightSpan => ({
  ...line,
  late: late === 1,
  missingBaseline: missingBaseline === 1,
})

/** The spans of a target that end on `since` or later, by date. */
export const readSpans = (client: Sqlite.Database, targetId: number, since: string): LightSpan[] =>
  (
    prepared(client, `SELECT ${FIELDS} FROM light_spans WHERE target_id = ? AND to_day >= ? ORDER BY from_day`).all(
      targetId,
      since,
    ) as Line[]
  ).map(span)

/** The span of each target that covers `day`, by the number of the target; those without a light on it have none. */
export function spansOn(client: Sqlite.Database, targetIds: readonly number[], day: string): Map<number, LightSpan> {
  const lines = prepared(
    client,
    `SELECT target_id AS targetId, ${FIELDS} FROM light_spans
      WHERE target_id IN (SELECT value FROM json_each(?)) AND from_day <= ? AND to_day >= ?`,
  ).all(JSON.stringify(targetIds), day, day) as (Line & { targetId: number })[]
  return new Map(lines.map(({ targetId, ...line }) => [targetId, span(line)]))
}

/**
 * Writes the differences between `before`, the newest spans of the target as they are stored, and `after`.
 * @returns whether there was anything to write
 */
export function writeSpans(
  client: Sqlite.Database,
  targetId: number,
  before: readonly LightSpan[],
  after: readonly LightSpan[],
): boolean {
  const equal = (a: LightSpan, b: LightSpan | undefined) =>
    b !== undefined && a.fromDay === b.fromDay && a.toDay === b.toDay && isSame(a, b)
  let same = 0
  while (same < before.length && equal(before[same]!, after[same])) same++
  if (same === before.length && same === after.length) return false
  const kept = new Set(after.map(({ fromDay }) => fromDay))
  const remove = prepared(client, 'DELETE FROM light_spans WHERE target_id = ? AND from_day = ?')
  for (const { fromDay } of before.slice(same)) if (!kept.has(fromDay)) remove.run(targetId, fromDay)
  const put = prepared(client, PUT)
  for (const s of after.slice(same))
    put.run(
      targetId,
      s.fromDay,
      s.toDay,
      s.light,
      s.late ? 1 : 0,
      s.progress,
      s.value,
      s.valueAsOf,
      s.missingBaseline ? 1 : 0,
    )
  return true
}

const PUT = `INSERT INTO light_spans (target_id, from_day, to_day, light, late, progress, value, value_as_of, missing_baseline)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (target_id, from_day) DO UPDATE SET to_day = excluded.to_day, light = excluded.light, late = excluded.late,
    progress = excluded.progress, value = excluded.value, value_as_of = excluded.value_as_of,
    missing_baseline = excluded.missing_baseline`
