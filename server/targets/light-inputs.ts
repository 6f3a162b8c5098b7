import type Sqlite from 'better-sqlite3'
import type { Measure, Operator } from '../../extractors/types.ts'
import { type Frequency, shanghaiDate } from '../../db/domain/dates.ts'
import type { YearPart } from '../../db/domain/expected.ts'
import type { LightReport, LightTarget } from '../../db/domain/lights.ts'

/** Everything the rule of lights asks about one target. */
export interface LightInput {
  id: number
  target: LightTarget
  /** Approved reports of the unit, oldest first; of one date the one decided last comes last. */
  reports: LightReport[]
}

interface TargetLine {
  id: number
  kind: LightTarget['kind']
  op: Operator | null
  value: number | null
  measure: Measure | null
  baselineValue: number | null
  startOn: string | null
  deadline: string | null
  reportFrequency: Frequency | null
  assignedAt: string | null
  metAt: string | null
}

interface PartLine {
  targetId: number
  kind: 'year' | 'stage'
  dueOn: string | null
  value: number | null
  weight: number | null
  reached: number | null
}

/** `id`, `targetId`, `asOf`, `value`, `done`, `correctsId`: read as an array, because there are a million of them. */
type ReportLine = [number, number, string, number | null, 0 | 1 | null, number | null]

const TARGETS = `SELECT id, kind, op, value, measure, baseline_value AS baselineValue, start_on AS startOn, deadline,
  report_frequency AS reportFrequency, assigned_at AS assignedAt, CASE WHEN state IN ('met', 'closed') THEN met_at END AS metAt
  FROM targets WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`
const PARTS = `SELECT target_id AS targetId, kind, due_on AS dueOn, value, weight, reached FROM target_parts
  WHERE target_id IN (SELECT value FROM json_each(?)) AND kind IN ('year', 'stage')`
const REPORTS = `SELECT id, target_id, as_of, value, done, corrects_id FROM reports
  WHERE target_id IN (SELECT value FROM json_each(?)) AND status = 'approved' AND source = 'unit' ORDER BY target_id, as_of, decided_at, id`

/** Reads what the rule needs for some targets; a report that an approved one corrects is left out. */
export function lightInputs(client: Sqlite.Database, ids: readonly number[]): LightInput[] {
  const list = JSON.stringify(ids)
  const parts = groupBy(client.prepare(PARTS).all(list) as PartLine[], (part) => part.targetId)
  const reports = reportsOf(client.prepare(REPORTS).raw().all(list) as ReportLine[])
  return (client.prepare(TARGETS).all(list) as TargetLine[]).map((line) => ({
    id: line.id,
    target: lightTarget(line, parts.get(line.id) ?? []),
    reports: reports.get(line.id) ?? [],
  }))
}

function lightTarget(line: TargetLine, parts: PartLine[]): LightTarget {
  const { id: _id, assignedAt, metAt, ...fields } = line
  const day = (instant: string | null) => (instant === null ? null : shanghaiDate(new Date(instant)))
  return { ...fields, years: yearsOf(parts), stages: stagesOf(parts), reportsFrom: day(assignedAt), metOn: day(metAt) }
}

const yearsOf = (parts: PartLine[]): YearPart[] =>
  parts.flatMap(({ kind, dueOn, value }) =>
    kind === 'year' && dueOn !== null && value !== null ? [{ dueOn, value }] : [],
  )

/** 形象进度: what the stages reached, weighed; null without stages. */
function stagesOf(parts: PartLine[]): number | null {
  const stages = parts.filter(({ kind }) => kind === 'stage')
  if (stages.length === 0) return null
  return stages.reduce((sum, { weight, reached }) => sum + ((weight ?? 0) * (reached ?? 0)) / 100, 0)
}

function reportsOf(lines: ReportLine[]): Map<number, LightReport[]> {
  const corrected = new Set<number>()
  for (const line of lines) if (line[5] !== null) corrected.add(line[5])
  const byTarget = groupBy(
    lines.filter(([id]) => !corrected.has(id)),
    ([, targetId]) => targetId,
  )
  return new Map(
    [...byTarget].map(([targetId, own]) => [
      targetId,
      own.map(([, , asOf, value, done]) => ({ asOf, value, done: done === null ? null : done === 1 })),
    ]),
  )
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
