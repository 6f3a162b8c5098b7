/** What the rule of lights asks about targets, as it stands now and as it was known on earlier days. */
import type Sqlite from 'better-sqlite3'
import type { Measure, Operator } from '../extractors/types.ts'
import { type Frequency, shanghaiDateOf } from './domain/dates.ts'
import type { YearPart } from './domain/expected.ts'
import type { State } from './domain/states.ts'
import type { LightReport, LightTarget, UnitShare } from './domain/lights.ts'
import { separateLines } from './domain/reporting.ts'
import type { Reporting, RollUp, UnitRole } from './domain/target-terms.ts'
import { prepared } from './prepared.ts'
import { AMONG, preparedAmong } from './prepared-among.ts'
import {
  dateOf,
  dateOrNull,
  instantOrNull,
  REPORT_SOURCE_CODES,
  REPORT_STATUS_CODES,
  shanghaiDayOf,
  type Stored,
} from './stored.ts'
import { readVersionUnits } from './version-units.ts'

/** Everything the rule of lights asks about one target. */
interface LightInput {
  id: number
  state: State
  target: LightTarget
  /** Approved reports of the unit, oldest first; of one date the one decided last comes last. */
  reports: LightReport[]
}

/** What was known of a target, day by day. */
interface LightHistory {
  id: number
  /** The days in Shanghai on which something of it changed, by date; never empty. */
  days: string[]
  /** What was known at the end of `day`, which is not before the first of {@link days}. */
  knownOn: (day: string) => Omit<LightInput, 'id'>
}

/** Columns of a target and of its versions that the rule asks for. */
export interface LightFields {
  state: State
  kind: LightTarget['kind']
  op: Operator | null
  value: number | null
  measure: Measure | null
  baselineValue: number | null
  startOn: string | null
  deadline: string | null
  reportFrequency: Frequency | null
  reporting: Reporting
  rollUp: RollUp
  assignedAt: string | null
  metAt: string | null
}

/** The same as statements give them. */
type StoredFields = 'deadline' | 'startOn' | 'assignedAt' | 'metAt'
type FieldLine = Omit<LightFields, StoredFields> & Record<StoredFields, Stored | null>
interface VersionLine extends FieldLine {
  id: number
  validFrom: Stored
  validUntil: Stored | null
  parts: string
  units: string
}

export interface LightPart {
  kind: string
  unitId: number | null
  dueOn: string | null
  value: number | null
  weight: number | null
  reached: number | null
}

interface LightUnit {
  role: UnitRole
  unitId: number | null
  /** Absent, like null, where the unit itself is named. */
  groupId?: number | null
  isGroup?: boolean
}

/** Read as an array, because there are millions of them. */
type ReportLine = [
  id: number,
  targetId: number,
  unitId: number | null,
  asOf: Stored,
  value: number | null,
  done: 0 | 1 | null,
  correctsId: number | null,
  decidedAt: Stored,
]

const FIELDS = `state, kind, op, value, measure, baseline_value AS baselineValue, start_on AS startOn, deadline,
  report_frequency AS reportFrequency, reporting, roll_up AS rollUp, assigned_at AS assignedAt, met_at AS metAt`
const TARGETS = `SELECT id, ${FIELDS} FROM targets WHERE id ${AMONG} ORDER BY id`
const VERSIONS = `SELECT target_id AS id, valid_from AS validFrom, valid_until AS validUntil, ${FIELDS}, parts,
  CASE WHEN reporting = 'each' THEN units ELSE '[]' END AS units FROM target_versions
  WHERE target_id ${AMONG} ORDER BY target_id, valid_from, id`
const PARTS = `SELECT target_id AS targetId, kind, unit_id AS unitId, due_on AS dueOn, value, weight, reached FROM target_parts
  WHERE target_id ${AMONG}`
/** Asked only of targets whose units report a line each. */
const UNITS = `SELECT u.target_id AS targetId, u.role, u.unit_id AS unitId, u.group_id AS groupId FROM target_units u
  JOIN targets t ON t.id = u.target_id AND t.reporting = 'each'
  WHERE u.target_id ${AMONG} ORDER BY u.target_id, u.role, u.position, u.id`
const GROUPS = `SELECT id FROM units WHERE kind = 'group'`
const REPORTS = `SELECT id, target_id, unit_id, as_of, value, done, corrects_id, coalesce(decided_at, created_at) FROM reports
  WHERE target_id ${AMONG} AND status = ${REPORT_STATUS_CODES.approved} AND source = ${REPORT_SOURCE_CODES.unit} ORDER BY target_id, as_of, decided_at, id`

/** Reads what the rule needs for some targets as they stand now; a report that an approved one corrects is left out. */
export function lightInputs(client: Sqlite.Database, ids: readonly number[]): LightInput[] {
  const parts = groupBy(
    all<LightPart & { targetId: number }>(preparedAmong(client, PARTS, ids)),
    (part) => part.targetId,
  )
  const reports = readReports(client, ids)
  const lines = all<FieldLine & { id: number }>(preparedAmong(client, TARGETS, ids))
  const units = lines.some(({ reporting }) => reporting === 'each')
    ? unitsOfLines(client, ids)
    : new Map<number, never>()
  return lines.map((line) => ({
    id: line.id,
    state: line.state,
    target: lightTarget(fieldsOf(line), parts.get(line.id) ?? [], units.get(line.id) ?? []),
    reports: uncorrected(reports.get(line.id) ?? []),
  }))
}

/** Reads the versions and reports of some targets; one without a version is left out. */
export function lightHistories(client: Sqlite.Database, ids: readonly number[]): LightHistory[] {
  const reports = readReports(client, ids)
  const marked = groupUnits(client)
  const versions = groupBy(all<VersionLine>(preparedAmong(client, VERSIONS, ids)), ({ id }) => id)
  return [...versions].map(([id, own]) => {
    const versionsByDay = own
      .map((version) => ({
        from: storedDayOf(version.validFrom),
        until: version.validUntil === null ? null : storedDayOf(version.validUntil),
        version,
      }))
      .filter(({ from, until }) => until === null || from < until)
    const reportsByDay = (reports.get(id) ?? []).map((line) => ({ from: storedDayOf(line[7]), line }))
    const changes = [...versionsByDay, ...reportsByDay].map(({ from }) => from)
    const first = versionsByDay[0]?.from ?? ''
    return {
      id,
      days: [...new Set(changes)].filter((day) => day >= first).sort(),
      knownOn: (day: string) => {
        const { version } = versionsByDay.findLast(({ from }) => from <= day)!
        return {
          state: version.state,
          target: lightTarget(
            fieldsOf(version),
            JSON.parse(version.parts) as LightPart[],
            readVersionUnits(version.units).map(marked),
          ),
          reports: uncorrected(reportsByDay.filter(({ from }) => from <= day).map(({ line }) => line)),
        }
      },
    }
  })
}

const dayOf = shanghaiDateOf
const storedDayOf = (stored: Stored): string => dateOf(shanghaiDayOf(stored))

const fieldsOf = <T extends FieldLine>(line: T) => ({
  ...line,
  deadline: dateOrNull(line.deadline),
  startOn: dateOrNull(line.startOn),
  assignedAt: instantOrNull(line.assignedAt),
  metAt: instantOrNull(line.metAt),
})

/** A target as the rule of lights sees it, from its own columns or those of a version. */
export function lightTarget(
  fields: LightFields,
  parts: readonly LightPart[],
  units: readonly LightUnit[],
): LightTarget {
  const day = (instant: string | null) => (instant === null ? null : dayOf(instant))
  return {
    kind: fields.kind,
    op: fields.op,
    value: fields.value,
    measure: fields.measure,
    baselineValue: fields.baselineValue,
    startOn: fields.startOn,
    deadline: fields.deadline,
    reportFrequency: fields.reportFrequency,
    years: yearsOf(parts),
    stages: stagesOf(parts),
    eachUnits: separateLines(units, fields.reporting),
    rollUp: fields.rollUp,
    shares: fields.reporting === 'each' ? sharesOf(parts) : [],
    reportsFrom: day(fields.assignedAt),
    metOn: fields.state === 'met' || fields.state === 'closed' ? day(fields.metAt) : null,
  }
}

/** The units of those of the targets whose units report a line each. */
function unitsOfLines(client: Sqlite.Database, ids: readonly number[]): Map<number, LightUnit[]> {
  const found = all<LightUnit & { targetId: number }>(preparedAmong(client, UNITS, ids))
  const marked = groupUnits(client)
  return groupBy(
    found.map((unit) => ({ ...marked(unit), targetId: unit.targetId })),
    (unit) => unit.targetId,
  )
}

/** Tells of a unit of a target whether it is a group. */
function groupUnits(client: Sqlite.Database): (unit: LightUnit) => LightUnit {
  const groups = new Set(prepared(client, GROUPS).pluck().all() as number[])
  return (unit) => ({ ...unit, isGroup: unit.unitId !== null && groups.has(unit.unitId) })
}

const yearsOf = (parts: readonly LightPart[]): YearPart[] =>
  parts.flatMap(({ kind, dueOn, value }) =>
    kind === 'year' && dueOn !== null && value !== null ? [{ dueOn, value }] : [],
  )

const sharesOf = (parts: readonly LightPart[]): UnitShare[] =>
  parts.flatMap(({ kind, unitId, value, dueOn }) =>
    kind === 'unit' && unitId !== null ? [{ unitId, value, dueOn }] : [],
  )

/** 形象进度: what the stages reached, weighed; null without stages. */
function stagesOf(parts: readonly LightPart[]): number | null {
  const stages = parts.filter(({ kind }) => kind === 'stage')
  if (stages.length === 0) return null
  return stages.reduce((sum, { weight, reached }) => sum + ((weight ?? 0) * (reached ?? 0)) / 100, 0)
}

function readReports(client: Sqlite.Database, ids: readonly number[]): Map<number, ReportLine[]> {
  const [statement, list] = preparedAmong(client, REPORTS, ids)
  return groupBy(statement.raw().all(list) as ReportLine[], ([, targetId]) => targetId)
}

const all = <T>([statement, list]: ReturnType<typeof preparedAmong>): T[] => statement.all(list) as T[]

/** Reports without those that one of them corrects. */
function uncorrected(lines: readonly ReportLine[]): LightReport[] {
  const corrected = new Set(lines.map(([, , , , , , correctsId]) => correctsId))
  return lines
    .filter(([id]) => !corrected.has(id))
    .map(([, , unitId, asOf, value, done]) => ({
      unitId,
      asOf: dateOf(asOf),
      value,
      done: done === null ? null : done === 1,
    }))
}

/** Map.groupBy came with Node 21. */
function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const list = groups.get(keyOf(item))
    if (list === undefined) groups.set(keyOf(item), [item])
    else list.push(item)
  }
  return groups
}
