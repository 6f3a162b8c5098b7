/** What counts read: versions and spans of targets, and which of them were written lately. */
import type Sqlite from 'better-sqlite3'
import { TRACKED_STATES } from './domain/tracking.ts'
import { prepared } from './prepared.ts'
import { STATE_CODES, type Stored, wordsOf } from './stored.ts'

/** A version's own part, and the numbers of its content and its units. */
type StepLine = [
  targetId: number,
  validFrom: Stored,
  validUntil: Stored | null,
  state: Stored,
  content: number,
  units: number,
]
type ContentLine = [
  targetId: number,
  n: number,
  kind: string,
  deadline: Stored | null,
  value: number | null,
  measure: string | null,
  baselineValue: number | null,
]
type UnitsLine = [targetId: number, n: number, units: string]

/** `id`, `documentId`, `start` of a target. Lines are arrays, because there are millions of them. */
type TargetLine = [id: number, documentId: number, start: number]
/** One version as it is stored; db/version-units.ts reads its `units`. */
export type VersionLine = [
  targetId: number,
  validFrom: Stored,
  validUntil: Stored | null,
  state: string,
  kind: string,
  deadline: Stored | null,
  value: number | null,
  measure: string | null,
  baselineValue: number | null,
  units: string,
]
/** One span of a light as it is stored; `late` is 0 or 1, `valueAsOf` null where no report was known. */
export type SpanLine = [
  targetId: number,
  fromDay: Stored,
  toDay: Stored,
  light: Stored,
  late: 0 | 1,
  valueAsOf: Stored | null,
]

/** One span of the line of a unit that reports separately. */
export type UnitSpanLine = [
  targetId: number,
  unitId: number,
  fromDay: Stored,
  toDay: Stored,
  light: Stored,
  late: 0 | 1,
  valueAsOf: Stored | null,
]

const TARGETS = 'SELECT id, document_id, start FROM targets WHERE id BETWEEN ? AND ? ORDER BY id'
// The three tables of a version are read apart and put together here: what stays from version to version comes once, above
// all the text of the units.
const STEPS = `SELECT target_id, valid_from, valid_until, state, content, units
  FROM version_steps WHERE target_id BETWEEN ? AND ? ORDER BY target_id, valid_from, id`
const CONTENTS = `SELECT target_id, n, kind, deadline, value, measure, baseline_value
  FROM version_contents WHERE target_id BETWEEN ? AND ? ORDER BY target_id, n`
const UNITS = 'SELECT target_id, n, units FROM version_units WHERE target_id BETWEEN ? AND ? ORDER BY target_id, n'
const SPANS = `SELECT target_id, from_day, to_day, light, late, value_as_of
  FROM light_spans WHERE target_id BETWEEN ? AND ? ORDER BY target_id, from_day`
const UNIT_SPANS = `SELECT target_id, unit_id, from_day, to_day, light, late, value_as_of
  FROM unit_light_spans WHERE target_id BETWEEN ? AND ? ORDER BY target_id, unit_id, from_day`
const NEWEST = 'SELECT coalesce(max(seq), 0) FROM standing_changes'
const OLDEST = 'SELECT coalesce(min(seq), 0) FROM standing_changes'
/** A record of the audit log that many changes stand behind: its hash covers everything before it. */
const PLACE = 'SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1'
const NEWEST_VERSION =
  'SELECT id, target_id AS targetId, valid_from AS validFrom FROM version_steps ORDER BY id DESC LIMIT 1'
const CHANGED = 'SELECT DISTINCT target_id FROM standing_changes WHERE seq > ?'

/** Newest changes that are kept; who is further behind reads everything anew. */
const KEPT_CHANGES = 100_000

/** A point of a database's past. */
interface StandingPlace {
  record: { id: number; hash: string } | null
  version: { id: number; targetId: number; validFrom: Stored } | null
}

/** Reads versions and spans in the order of the targets. Its statements are prepared once. */
export class StandingsReader {
  private readonly targets
  private readonly steps
  private readonly contents
  private readonly units
  private readonly spans
  private readonly unitSpans
  private readonly newest
  private readonly oldest
  private readonly changed

  constructor(private readonly client: Sqlite.Database) {
    this.targets = client.prepare<[number, number], TargetLine>(TARGETS).raw()
    this.steps = client.prepare<[number, number], StepLine>(STEPS).raw()
    this.contents = client.prepare<[number, number], ContentLine>(CONTENTS).raw()
    this.units = client.prepare<[number, number], UnitsLine>(UNITS).raw()
    this.spans = client.prepare<[number, number], SpanLine>(SPANS).raw()
    this.unitSpans = client.prepare<[number, number], UnitSpanLine>(UNIT_SPANS).raw()
    this.newest = client.prepare<[], number>(NEWEST).pluck()
    this.oldest = client.prepare<[], number>(OLDEST).pluck()
    this.changed = client.prepare<[number], number>(CHANGED).pluck()
  }

  /** Everything about the targets with numbers from `first` to `last`. */
  read(
    first: number,
    last: number,
  ): { targets: TargetLine[]; versions: VersionLine[]; spans: SpanLine[]; unitSpans: UnitSpanLine[] } {
    return {
      targets: this.targets.all(first, last),
      versions: versionsOf(this.steps.all(first, last), this.contents.all(first, last), this.units.all(first, last)),
      spans: this.spans.all(first, last),
      unitSpans: this.unitSpans.all(first, last),
    }
  }

  highestTarget(): number {
    return highestTarget(this.client)
  }

  /** Number of the newest change. */
  newestChange(): number {
    return this.newest.get()!
  }

  /** Where the database stands: the newest record of the trail, whose hash covers all before it, and the newest version. */
  place(): StandingPlace {
    const { client } = this
    return {
      record: (prepared(client, PLACE).get() as StandingPlace['record'] | undefined) ?? null,
      version: (prepared(client, NEWEST_VERSION).get() as StandingPlace['version'] | undefined) ?? null,
    }
  }

  /** Whether the database has been at a place: it has the same past, and is not one that was restored from before it. */
  hasPassed({ record, version }: StandingPlace): boolean {
    const { client } = this
    const hash = prepared(client, 'SELECT hash FROM audit_log WHERE id = ?').pluck()
    const own = prepared(
      client,
      'SELECT target_id AS targetId, valid_from AS validFrom FROM version_steps WHERE id = ?',
    )
    const found = version && (own.get(version.id) as Omit<NonNullable<StandingPlace['version']>, 'id'> | undefined)
    return (
      (record === null || hash.get(record.id) === record.hash) &&
      (version === null || (found?.targetId === version.targetId && found.validFrom === version.validFrom))
    )
  }

  /** Targets that were written after the change number `seq`; null where that is not known any more. */
  changedSince(seq: number): number[] | null {
    if (this.newestChange() < seq || this.oldest.get()! > seq + 1) return null
    return this.changed.all(seq)
  }
}

const stateFrom = wordsOf(STATE_CODES)

/** Whole versions from their parts, which all come in the order of the targets; one that lacks a part is left out, as in the view. */
function versionsOf(
  steps: readonly StepLine[],
  contents: readonly ContentLine[],
  units: readonly UnitsLine[],
): VersionLine[] {
  const versions: VersionLine[] = []
  let [c, u] = [0, 0]
  for (const [id, validFrom, validUntil, state, content, unitList] of steps) {
    while (c < contents.length && contents[c]![0] < id) c++
    while (u < units.length && units[u]![0] < id) u++
    const own = partOf(contents, c, id, content)
    const list = partOf(units, u, id, unitList)
    if (own === undefined || list === undefined) continue
    const [, , kind, deadline, value, measure, baselineValue] = own
    versions.push([id, validFrom, validUntil, stateFrom(state), kind, deadline, value, measure, baselineValue, list[2]])
  }
  return versions
}

/** Part `n` of a target whose parts begin at an index. */
function partOf<L extends readonly [targetId: number, n: number, ...rest: unknown[]]>(
  lines: readonly L[],
  begin: number,
  targetId: number,
  n: number,
): L | undefined {
  for (let i = begin; i < lines.length && lines[i]![0] === targetId; i++) if (lines[i]![1] === n) return lines[i]
  return undefined
}

/** Notes that versions, spans or reports of some targets were written; to be called in the transaction that wrote them. */
export function noteStandingChanges(client: Sqlite.Database, targetIds: readonly number[]): void {
  if (targetIds.length === 1) prepared(client, 'INSERT INTO standing_changes (target_id) VALUES (?)').run(targetIds[0])
  else if (targetIds.length > 1)
    prepared(client, 'INSERT INTO standing_changes (target_id) SELECT value FROM json_each(?)').run(
      JSON.stringify(targetIds),
    )
}

/** Number of the newest change, 0 where there is none. */
export const newestChange = (client: Sqlite.Database): number => prepared(client, NEWEST).pluck().get() as number

/** The highest number of a target, 0 where there is none. */
export const highestTarget = (client: Sqlite.Database): number =>
  prepared(client, 'SELECT coalesce(max(id), 0) FROM targets').pluck().get() as number

/** Numbers of the next tracked targets after one. */
export const trackedAfter = (client: Sqlite.Database, after: number, limit: number): number[] =>
  prepared(
    client,
    `SELECT id FROM targets WHERE id > ? AND state IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?`,
  )
    .pluck()
    .all(after, JSON.stringify(TRACKED_STATES), limit) as number[]

/** Forgets changes that everybody who counts has long seen. */
export function pruneStandingChanges(client: Sqlite.Database): void {
  client
    .prepare('DELETE FROM standing_changes WHERE seq <= (SELECT max(seq) FROM standing_changes) - ?')
    .run(KEPT_CHANGES)
}
