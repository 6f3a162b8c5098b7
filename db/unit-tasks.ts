/** What 我的任务 reads of the targets that one unit has a part in: lines of the tables, about which nothing is decided yet. */
import type Sqlite from 'better-sqlite3'
import type { Frequency } from './domain/dates.ts'
import { HIDDEN_FROM_UNITS } from './domain/lifecycle.ts'
import type { Light } from './domain/lights.ts'
import type { ReportStatus } from './domain/report-terms.ts'
import type { State } from './domain/states.ts'
import type { Reporting, UnitRole } from './domain/target-terms.ts'
import { prepared } from './prepared.ts'
import {
  dateOf,
  dateOrNull,
  instantOrNull,
  lightFrom,
  REPORT_SOURCE_CODES,
  REPORT_STATUS_CODES,
  reportStatusFrom,
  statusIn,
  type Stored,
  storedDay,
} from './stored.ts'

/** One target with the first of the unit's roles in it. */
export interface UnitTargetLine {
  id: number
  state: State
  deadline: string | null
  assignedAt: string | null
  reportFrequency: Frequency | null
  reporting: Reporting
  role: UnitRole
  signedAt: string | null
  /** The group as whose member it has the target. */
  groupId: number | null
  /** Of the day asked about; null where the target has none. */
  light: Light | null
  /** Date of the newest data that wait for review or were approved, of the units whose reports serve this one; null without. */
  reportedAsOf: string | null
}

type StoredFields = 'deadline' | 'assignedAt' | 'signedAt' | 'light' | 'reportedAsOf'
type StoredLine = Omit<UnitTargetLine, StoredFields> & Record<StoredFields, Stored | null>

/** A report of the unit that its tasks may name. */
export interface UnitReportLine {
  id: number
  targetId: number
  unitId: number
  status: ReportStatus
  asOf: string
  correctsId: number | null
  note: string | null
  decisionReason: string | null
}

/** States in which nothing is asked of a unit. */
const AT_REST = [...HIDDEN_FROM_UNITS, 'met', 'closed', 'suspended'] as const satisfies readonly State[]

/** Before every date of the office. */
const NEVER = -1_000_000
const OF_UNIT = `r.source = ${REPORT_SOURCE_CODES.unit}`
const newestOf = (status: ReportStatus, own: string) => `coalesce((SELECT max(r.as_of) FROM reports r
  WHERE r.target_id = t.id AND r.status = ${REPORT_STATUS_CODES[status]} AND ${OF_UNIT}${own}), ${NEVER})`
const newest = (own: string) => `max(${newestOf('approved', own)}, ${newestOf('submitted', own)})`

/** A light's span that begins last before the day is the only one that can cover it. */
const LINES = (from: string) => `SELECT t.id, t.state, t.deadline, t.assigned_at AS assignedAt,
    t.report_frequency AS reportFrequency, t.reporting, u.role, u.signed_at AS signedAt, u.group_id AS groupId,
    (SELECT CASE WHEN l.to_day >= :day THEN l.light END FROM light_spans l
      WHERE l.target_id = t.id AND l.from_day <= :day ORDER BY l.from_day DESC LIMIT 1) AS light,
    CASE WHEN t.report_frequency IS NULL THEN NULL
      WHEN t.reporting = 'each' THEN nullif(${newest(' AND r.unit_id = :unit')}, ${NEVER})
      ELSE nullif(${newest('')}, ${NEVER}) END AS reportedAsOf
  FROM ${from} CROSS JOIN targets t ON t.id = u.target_id
  WHERE u.unit_id = :unit AND t.state NOT IN (${AT_REST.map((state) => `'${state}'`).join(', ')})
  ORDER BY t.id, u.role`
const ALL_LINES = LINES('target_units u')
const SOME_LINES = LINES('json_each(:ids) wanted CROSS JOIN target_units u ON u.target_id = wanted.value')

/**
 * The targets in work that the unit has a part in, by number.
 * @param ids of which targets; every one where left out
 */
export function unitTargetLines(
  client: Sqlite.Database,
  unit: number,
  day: string,
  ids?: readonly number[],
): UnitTargetLine[] {
  const lines = (
    ids === undefined
      ? prepared(client, ALL_LINES).all({ unit, day: storedDay(day) })
      : prepared(client, SOME_LINES).all({ unit, day: storedDay(day), ids: JSON.stringify(ids) })
  ) as StoredLine[]
  // a unit in two roles has the target once, in the first of them
  return lines
    .filter(({ id }, i) => lines[i - 1]?.id !== id)
    .map((line) => ({
      ...line,
      deadline: dateOrNull(line.deadline),
      assignedAt: instantOrNull(line.assignedAt),
      signedAt: instantOrNull(line.signedAt),
      light: line.light === null ? null : lightFrom(line.light),
      reportedAsOf: dateOrNull(line.reportedAsOf),
    }))
}

const REPORT = `r.id, r.target_id AS targetId, r.unit_id AS unitId, r.status, r.as_of AS asOf, r.corrects_id AS correctsId, r.note,
  r.decision_reason AS decisionReason`
/** The condition is the one of the index `reports_unit_open`, word by word. */
const OPEN = `SELECT DISTINCT target_id FROM reports WHERE unit_id = :unit AND status in ${statusIn('draft', 'returned')}`
const REPORTS = (targets: string) => `SELECT ${REPORT} FROM (${targets}) open
  CROSS JOIN reports r ON r.target_id = open.target_id AND r.unit_id = :unit AND ${OF_UNIT}
  ORDER BY r.target_id, r.as_of DESC, r.id DESC`
const ALL_REPORTS = REPORTS(OPEN)
const SOME_REPORTS = REPORTS(`${OPEN} AND target_id IN (SELECT value FROM json_each(:ids))`)

/** Every report of the unit on the targets where it has a draft or one that was returned, by target, newest data first. */
export function openUnitReports(client: Sqlite.Database, unit: number, ids?: readonly number[]): UnitReportLine[] {
  const lines = (
    ids === undefined
      ? prepared(client, ALL_REPORTS).all({ unit })
      : prepared(client, SOME_REPORTS).all({ unit, ids: JSON.stringify(ids) })
  ) as (Omit<UnitReportLine, 'status' | 'asOf'> & { status: Stored; asOf: Stored })[]
  return lines.map((line) => ({ ...line, status: reportStatusFrom(line.status), asOf: dateOf(line.asOf) }))
}

const OPEN_RECORDS = `SELECT
  EXISTS (SELECT 1 FROM orders WHERE unit_id = :unit AND closed_at IS NULL) AS orders,
  EXISTS (SELECT 1 FROM problems WHERE unit_id = :unit AND status = 'open') AS problems,
  EXISTS (SELECT 1 FROM instruction_addressees WHERE unit_id = :unit AND answered_at IS NULL) AS instructions`

/** Whether any 督办单, problem or 批示 of the unit may still be open: where it says no, there is none to list. */
export const mayHaveOpen = (
  client: Sqlite.Database,
  unit: number,
): Record<'orders' | 'problems' | 'instructions', 0 | 1> =>
  prepared(client, OPEN_RECORDS).get({ unit }) as Record<'orders' | 'problems' | 'instructions', 0 | 1>

/** Which units are none of their own (泛称 and the like), as a text that changes when they do. */
export const unitKindsKey = (client: Sqlite.Database): string =>
  prepared(
    client,
    `SELECT coalesce(group_concat(id || kind), '') FROM (SELECT id, kind FROM units WHERE kind <> 'unit' ORDER BY id)`,
  )
    .pluck()
    .get() as string
