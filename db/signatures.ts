import type Sqlite from 'better-sqlite3'
import { addDays, startOfShanghaiDay } from './domain/dates.ts'
import { prepared } from './prepared.ts'
import { shanghaiDayOf, STATE_CODES, type Stored, storedInstant } from './stored.ts'
import { endOf } from './targets-on.ts'
import { readVersionUnits } from './version-units.ts'

/** Versions valid at the end of a day of targets that were given to units between two instants. */
const ASSIGNED = `SELECT v.assigned_at AS assignedAt, v.units FROM
  (SELECT target_id FROM version_steps WHERE state = ${STATE_CODES.assigned} AND assigned_at >= :from AND assigned_at < :to
    UNION SELECT id FROM targets WHERE assigned_at >= :from AND assigned_at < :to) given
  CROSS JOIN target_versions v ON v.target_id = given.target_id AND v.valid_from < :end AND (v.valid_until IS NULL OR v.valid_until >= :end)
  WHERE v.assigned_at >= :from AND v.assigned_at < :to`

/**
 * How many 签收 were late, by unit, as it was known at the end of `asOf`: one counts on the day on which its days ran out,
 * where that is from `first` on and before `asOf`.
 * @param days days that a unit has from the day of 交办 on, both in Shanghai
 */
export function lateSignatures(
  client: Sqlite.Database,
  days: number,
  first: string,
  asOf: string,
): Map<number, number> {
  const rows = prepared(client, ASSIGNED).all({
    from: storedInstant(startOfShanghaiDay(addDays(first, -days))),
    to: storedInstant(startOfShanghaiDay(addDays(asOf, -days))),
    end: storedInstant(endOf(asOf)),
  }) as { assignedAt: Stored; units: string }[]
  const late = new Map<number, number>()
  for (const { assignedAt, units } of rows) {
    const dueOn = shanghaiDayOf(assignedAt) + days
    for (const { unitId, signedAt } of readVersionUnits(units))
      if (unitId !== null && (signedAt === null || shanghaiDayOf(signedAt) > dueOn))
        late.set(unitId, (late.get(unitId) ?? 0) + 1)
  }
  return late
}
