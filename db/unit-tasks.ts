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
import { isBetween, type WhichTargets } from './which-targets.ts'

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
  /** Date of the newest data that wait for review or were approved, of the units whose reports serve this one; null without, and where it owes none. */
  reportedAsOf: string | null
}

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

/**
 * A light's span that begins last before the day is the only one that can cover it. Reports are looked for only where one
 * may be due: nobody owes any before the signature, and who supports none that each may send.
 */
const LINES = (
  from: string,
) => `SELECT t.id, t.state, t.deadline, t.assigned_at, t.report_frequency, t.reporting, u.role,
    u.signed_at, u.group_id,
    (SELECT CASE WHEN l.to_day >= :day THEN l.light END FROM light_spans l
      WHERE l.target_id = t.id AND l.from_day <= :day ORDER BY l.from_day DESC LIMIT 1),
    CASE WHEN t.report_frequency IS NULL OR t.state = 'assigned' OR (t.reporting = 'any' AND u.role = 'support') THEN NULL
      WHEN t.reporting = 'each' THEN nullif(${newest(' AND r.unit_id = :unit')}, ${NEVER})
      ELSE nullif(${newest('')}, ${NEVER}) END
  FROM ${from} CROSS JOIN targets t ON t.id = u.target_id
  WHERE u.unit_id = :unit AND t.state NOT IN (${AT_REST.map((state) => `'${state}'`).join(', ')})
  ORDER BY t.id, u.role`
const LINES_BETWEEN = LINES('(SELECT * FROM target_units WHERE target_id BETWEEN :first AND :last) u')
const SOME_LINES = LINES('json_each(:ids) wanted CROSS JOIN target_units u ON u.target_id = wanted.value')

/** The targets in work that the unit has a part in, by number. */
export function unitTargetLines(
  client: Sqlite.Database,
  unit: number,
  day: string,
  which: WhichTargets,
): UnitTargetLine[] {
  const statement = prepared(client, isBetween(which) ? LINES_BETWEEN : SOME_LINES).raw()
  const about = isBetween(which) ? which : { ids: JSON.stringify(which) }
  const rows = statement.all({ unit, day: storedDay(day), ...about }) as RawLine[]
  // a unit in two roles has the target once, in the first of them
  return rows.filter(([id], i) => rows[i - 1]?.[0] !== id).map(lineOf)
}

/** Rows come as arrays, because there are many and SQLite's own objects take longer to make than the rows to read. */
type RawLine = [
  id: number,
  state: State,
  deadline: Stored | null,
  assignedAt: Stored | null,
  reportFrequency: Frequency | null,
  reporting: Reporting,
  role: UnitRole,
  signedAt: Stored | null,
  groupId: number | null,
  light: Stored | null,
  reportedAsOf: Stored | null,
]
const lineOf = (row: RawLine): UnitTargetLine => {
  const [id, state, deadline, assignedAt, reportFrequency, reporting, role, signedAt, groupId, light, reportedAsOf] =
    row
  return {
    id,
    state,
    deadline: dateOrNull(deadline),
    assignedAt: instantOrNull(assignedAt),
    reportFrequency,
    reporting,
    role,
    signedAt: instantOrNull(signedAt),
    groupId,
    light: light === null ? null : lightFrom(light),
    reportedAsOf: dateOrNull(reportedAsOf),
  }
}

const REPORT = `r.id, r.target_id AS targetId, r.unit_id AS unitId, r.status, r.as_of AS asOf, r.corrects_id AS correctsId, r.note,
  r.decision_reason AS decisionReason`
/** The condition is the one of the index `reports_unit_open`, word by word. */
const OPEN = `SELECT DISTINCT target_id FROM reports WHERE unit_id = :unit AND status in ${statusIn('draft', 'returned')}`
const REPORTS = (targets: string) => `SELECT ${REPORT} FROM (${targets}) open
  CROSS JOIN reports r ON r.target_id = open.target_id AND r.unit_id = :unit AND ${OF_UNIT}
  ORDER BY r.target_id, r.as_of DESC, r.id DESC`
const REPORTS_BETWEEN = REPORTS(`${OPEN} AND target_id BETWEEN :first AND :last`)
const SOME_REPORTS = REPORTS(`${OPEN} AND target_id IN (SELECT value FROM json_each(:ids))`)

/** Every report of the unit on the targets where it has a draft or one that was returned, by target, newest data first. */
export function openUnitReports(client: Sqlite.Database, unit: number, which: WhichTargets): UnitReportLine[] {
  const lines = (
    isBetween(which)
      ? prepared(client, REPORTS_BETWEEN).all({ unit, ...which })
      : prepared(client, SOME_REPORTS).all({ unit, ids: JSON.stringify(which) })
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
