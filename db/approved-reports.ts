import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { dateOf, REPORT_SOURCE_CODES, REPORT_STATUS_CODES, type Stored, storedDay } from './stored.ts'

/** An approved value and the date of its data. */
interface ApprovedValue {
  value: number | null
  asOf: string
}

/** The conditions on an approved report of a unit before a date, in one unit's line where `:unit` names it. */
const earlier = (name: string) =>
  `${name}.status = ${REPORT_STATUS_CODES.approved} AND ${name}.source = ${REPORT_SOURCE_CODES.unit} AND ${name}.as_of < :asOf AND (:unit IS NULL OR ${name}.unit_id = :unit)`

/** The order is that of `lastApproved` in db/domain/open-return.ts: of one day the one decided last, none that one of them corrects. */
const PREVIOUS = `SELECT r.value, r.as_of AS asOf FROM reports r WHERE r.target_id = :targetId AND ${earlier('r')}
    AND NOT EXISTS (SELECT 1 FROM reports c WHERE c.corrects_id = r.id AND ${earlier('c')})
  ORDER BY r.as_of DESC, r.decided_at DESC, r.id DESC LIMIT 1`

/**
 * The approved value of a target that counted last before a date; null where there is none.
 * @param unit in the line of which unit; null for the one line of the target
 */
export function previousApproved(
  client: Sqlite.Database,
  targetId: number,
  asOf: string,
  unit: number | null,
): ApprovedValue | null {
  const found = prepared(client, PREVIOUS).get({ targetId, asOf: storedDay(asOf), unit }) as
    { value: number | null; asOf: Stored } | undefined
  return found === undefined ? null : { ...found, asOf: dateOf(found.asOf) }
}
