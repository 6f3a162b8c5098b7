/** Targets as they were known at the end of a day: by their records where nothing was changed since, else by the versions that were valid then. */
import type Sqlite from 'better-sqlite3'
import { addDays, startOfShanghaiDay } from './domain/dates.ts'
import { type FieldValues, LEDGER_FIELDS } from './domain/target-fields.ts'
import type { Light } from './domain/lights.ts'
import type { LightFields, LightPart } from './light-inputs.ts'
import { prepared } from './prepared.ts'
import type { LightSpan } from './domain/light-spans.ts'
import { unitSpansOn } from './light-spans.ts'
import { targetVersions } from './schema/memory.ts'
import { dateOrNull, instantOf, instantOrNull, lightFrom, type Stored, storedDay, storedInstant } from './stored.ts'
import { PARTS_OF_T } from './target-versions.ts'
import { readVersionUnits, UNITS_OF_T, type VersionUnit } from './version-units.ts'

/** A target on a day: its version, its document, and the span of its light where it has one. */
export interface TargetOn extends LightFields, Pick<FieldValues, (typeof LEDGER_FIELDS)[number]> {
  id: number
  units: VersionUnit[]
  parts: LightPart[]
  clausePath: string[]
  confidence: number
  /** For the next writer: the number of today's version, whatever the day. */
  version: number
  documentId: number
  documentNumber: string | null
  documentTitle: string
  documentKind: string
  light: Light | null
  late: boolean
  progress: number | null
  reportedValue: number | null
  reportedAsOf: string | null
  /** Who made it 办结: 销号 is another person's. */
  metBy: number | null
  /** The unit whose own line the light is; null where it is the whole target's. */
  lineOf: number | null
}

/** What is told of a target, of the version or the record `v` of it. */
const TOLD = `${LEDGER_FIELDS.map((field) => `v."${targetVersions[field].name}" AS "${field}"`).join(', ')},
    v.baseline_value AS baselineValue, v.start_on AS startOn, v.report_frequency AS reportFrequency, v.reporting, v.roll_up AS rollUp,
    v.assigned_at AS assignedAt, v.met_at AS metAt, v.met_by AS metBy,
    t.clause_path AS clausePath, t.confidence, t.version, t.document_id AS documentId, d.number AS documentNumber, d.title AS documentTitle, d.kind AS documentKind,
    l.light, l.late, l.progress, l.value AS reportedValue, l.value_as_of AS reportedAsOf`
const BESIDES = `CROSS JOIN documents d ON d.id = t.document_id
  LEFT JOIN light_spans l ON l.target_id = t.id AND l.from_day <= :day AND l.to_day >= :day
  ORDER BY wanted.key`
const THEN = `SELECT t.id, v.units, v.parts, ${TOLD}
  FROM json_each(:ids) wanted
  CROSS JOIN target_versions v ON v.target_id = wanted.value AND v.valid_from < :end AND (v.valid_until IS NULL OR v.valid_until >= :end)
  CROSS JOIN targets t ON t.id = v.target_id
  ${BESIDES}`
/** The same where the versions that held are those that hold: their records say so in half as many pages of the database. */
const NOW = `SELECT t.id, ${UNITS_OF_T} AS units, ${PARTS_OF_T} AS parts, ${TOLD.replaceAll(/\bv\./g, 't.')}
  FROM json_each(:ids) wanted
  CROSS JOIN targets t ON t.id = wanted.value
  ${BESIDES}`

type StoredFields = 'deadline' | 'startOn' | 'assignedAt' | 'metAt' | 'light' | 'reportedAsOf'
type Line = Omit<TargetOn, 'units' | 'parts' | 'clausePath' | 'late' | 'lineOf' | StoredFields> &
  Record<StoredFields, Stored | null> & {
    units: string
    parts: string
    clausePath: string
    late: 0 | 1 | null
  }

/**
 * The targets of `ids` that were known at the end of `day` (Asia/Shanghai), in the order of `ids`.
 * @param unitId whose part is asked for: where this unit reports separately, light and value are those of its own line; null
 * for the whole targets
 */
export function targetsOn(
  client: Sqlite.Database,
  ids: readonly number[],
  day: string,
  unitId: number | null = null,
): TargetOn[] {
  const asked = { ids: JSON.stringify(ids), day: storedDay(day) }
  const lines = (
    isPresent(client, day)
      ? prepared(client, NOW).all(asked)
      : prepared(client, THEN).all({ ...asked, end: storedInstant(endOf(day)) })
  ) as Line[]
  const units = lines.map((line) => readVersionUnits(line.units))
  const names = registeredNames(client, units.flat())
  const ofUnits = unitId === null ? null : unitSpansOn(client, ids, day)
  return lines.map((line, i) => ({
    ...line,
    deadline: dateOrNull(line.deadline),
    startOn: dateOrNull(line.startOn),
    assignedAt: instantOrNull(line.assignedAt),
    metAt: instantOrNull(line.metAt),
    light: line.light === null ? null : lightFrom(line.light),
    reportedAsOf: dateOrNull(line.reportedAsOf),
    late: line.late === 1,
    lineOf: null,
    ...ownLine(ofUnits?.get(line.id)?.get(unitId ?? 0), unitId),
    units: asRegistered(units[i]!, names),
    parts: JSON.parse(line.parts) as LightPart[],
    clausePath: JSON.parse(line.clausePath) as string[],
  }))
}

/** What of a target is the unit's own. */
const ownLine = (span: LightSpan | undefined, unitId: number | null) =>
  span && {
    light: span.light,
    late: span.late,
    progress: span.progress,
    reportedValue: span.value,
    reportedAsOf: span.valueAsOf,
    lineOf: unitId,
  }

const NAMES = 'SELECT id, name FROM units WHERE id IN (SELECT value FROM json_each(?))'

function registeredNames(client: Sqlite.Database, units: readonly VersionUnit[]): Map<number, string> {
  const ids = [...new Set(units.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])))]
  const rows = prepared(client, NAMES).all(JSON.stringify(ids)) as { id: number; name: string }[]
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Documents write a unit in many ways: every list calls it by its registered name, in one role once. */
function asRegistered(units: readonly VersionUnit[], names: ReadonlyMap<number, string>): VersionUnit[] {
  const named = units.map((unit) => ({ ...unit, name: names.get(unit.unitId ?? 0) ?? unit.name }))
  return named.filter(
    (unit, i) => named.findIndex((other) => other.role === unit.role && other.name === unit.name) === i,
  )
}

/** Whether no target was changed after the day. */
export const isPresent = (client: Sqlite.Database, day: string): boolean =>
  instantOf((prepared(client, 'SELECT max(updated_at) FROM targets').pluck().get() as Stored | null) ?? '') < endOf(day)

/** The first instant after the day, as UTC text: what was valid at the day's end began before it and ended no sooner. */
export const endOf = (day: string): string => startOfShanghaiDay(addDays(day, 1))

/** The last instant of the day, as UTC text. */
export const lastInstantOf = (day: string): string => new Date(Date.parse(endOf(day)) - 1).toISOString()
