/** Reading and writing the spans of lights: the statements behind server/core/light-spans.ts and the replay. */
import type Sqlite from 'better-sqlite3'
import { isSame, type LightSpan } from './domain/light-spans.ts'
import { prepared } from './prepared.ts'
import { LIGHT_CODES } from './domain/lights.ts'
import { dateOf, dateOrNull, lightFrom, type Stored, storedDay, storedWord } from './stored.ts'
import { isBetween, type WhichTargets } from './which-targets.ts'

/** Whose light it is: a target's, or the line of one of its units that report their own. */
interface SpanOwner {
  targetId: number
  unitId: number | null
}

type Line = Pick<LightSpan, 'progress' | 'value'> & {
  fromDay: Stored
  toDay: Stored
  light: Stored
  valueAsOf: Stored | null
  late: 0 | 1
  missingBaseline: 0 | 1
}

const FIELDS = `from_day AS fromDay, to_day AS toDay, light, late, progress, value, value_as_of AS valueAsOf,
  missing_baseline AS missingBaseline`

const span = ({ fromDay, toDay, light, late, progress, value, valueAsOf, missingBaseline }: Line): LightSpan => ({
  fromDay: dateOf(fromDay),
  toDay: dateOf(toDay),
  light: lightFrom(light),
  late: late === 1,
  progress,
  value,
  valueAsOf: dateOrNull(valueAsOf),
  missingBaseline: missingBaseline === 1,
})

/** The statements of one of the two tables of spans; each takes the numbers of its key first. */
function statementsOf(table: string, key: readonly string[]) {
  const own = key.map((column) => `${column} = ?`).join(' AND ')
  return {
    read: `SELECT ${FIELDS} FROM ${table} WHERE ${own} AND to_day >= ? ORDER BY from_day`,
    remove: `DELETE FROM ${table} WHERE ${own} AND from_day = ?`,
    put: `INSERT INTO ${table} (${key.join(', ')}, from_day, to_day, light, late, progress, value, value_as_of, missing_baseline)
      VALUES (${key.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (${key.join(', ')}, from_day) DO UPDATE SET to_day = excluded.to_day, light = excluded.light,
        late = excluded.late, progress = excluded.progress, value = excluded.value, value_as_of = excluded.value_as_of,
        missing_baseline = excluded.missing_baseline`,
  }
}
const OF_TARGETS = statementsOf('light_spans', ['target_id'])
const OF_UNITS = statementsOf('unit_light_spans', ['target_id', 'unit_id'])

const statements = ({ unitId }: SpanOwner) => (unitId === null ? OF_TARGETS : OF_UNITS)
const keyOf = ({ targetId, unitId }: SpanOwner) => (unitId === null ? [targetId] : [targetId, unitId])

/** Where everything is asked for, `since` is empty. */
const storedSince = (since: string): Stored => (since === '' ? Number.MIN_SAFE_INTEGER : storedDay(since))

/** The spans that end on `since` or later, by date. */
export const readSpans = (client: Sqlite.Database, owner: SpanOwner, since: string): LightSpan[] =>
  (prepared(client, statements(owner).read).all(...keyOf(owner), storedSince(since)) as Line[]).map(span)

/** Those of the targets that have spans of their own or of their units at all. */
export const targetsWithSpans = (client: Sqlite.Database, targetIds: readonly number[]): Set<number> =>
  new Set(
    prepared(
      client,
      `SELECT asked.value FROM json_each(?) AS asked WHERE EXISTS (SELECT 1 FROM light_spans WHERE target_id = asked.value)
        OR EXISTS (SELECT 1 FROM unit_light_spans WHERE target_id = asked.value)`,
    )
      .pluck()
      .all(JSON.stringify(targetIds)) as number[],
  )

/** The units whose line has a span that ends on `since` or later. */
export const unitsWithSpans = (client: Sqlite.Database, targetId: number, since: string): number[] =>
  prepared(client, 'SELECT DISTINCT unit_id FROM unit_light_spans WHERE target_id = ? AND to_day >= ?')
    .pluck()
    .all(targetId, storedSince(since)) as number[]

/** The span of each target that covers `day`, by the number of the target; those without a light on it have none. */
export function spansOn(client: Sqlite.Database, targetIds: readonly number[], day: string): Map<number, LightSpan> {
  const lines = prepared(
    client,
    `SELECT target_id AS targetId, ${FIELDS} FROM light_spans
      WHERE target_id IN (SELECT value FROM json_each(?)) AND from_day <= ? AND to_day >= ?`,
  ).all(JSON.stringify(targetIds), storedDay(day), storedDay(day)) as (Line & { targetId: number })[]
  return new Map(lines.map(({ targetId, ...line }) => [targetId, span(line)]))
}

/** The spans of the units' lines that cover `day`, by the number of the target and of the unit. */
export function unitSpansOn(
  client: Sqlite.Database,
  targetIds: readonly number[],
  day: string,
): Map<number, Map<number, LightSpan>> {
  const lines = prepared(
    client,
    `SELECT target_id AS targetId, unit_id AS unitId, ${FIELDS} FROM unit_light_spans
      WHERE target_id IN (SELECT value FROM json_each(?)) AND from_day <= ? AND to_day >= ?`,
  ).all(JSON.stringify(targetIds), storedDay(day), storedDay(day)) as (Line & { targetId: number; unitId: number })[]
  const found = new Map<number, Map<number, LightSpan>>()
  for (const { targetId, unitId, ...line } of lines) {
    const own = found.get(targetId) ?? new Map<number, LightSpan>()
    found.set(targetId, own.set(unitId, span(line)))
  }
  return found
}

/**
 * Writes the differences between `before`, the newest spans as they are stored, and `after`.
 * @returns whether there was anything to write
 */
export function writeSpans(
  client: Sqlite.Database,
  owner: SpanOwner,
  before: readonly LightSpan[],
  after: readonly LightSpan[],
): boolean {
  const equal = (a: LightSpan, b: LightSpan | undefined) =>
    b !== undefined && a.fromDay === b.fromDay && a.toDay === b.toDay && isSame(a, b)
  let same = 0
  while (same < before.length && equal(before[same]!, after[same])) same++
  if (same === before.length && same === after.length) return false
  const key = keyOf(owner)
  const kept = new Set(after.map(({ fromDay }) => fromDay))
  const remove = prepared(client, statements(owner).remove)
  for (const { fromDay } of before.slice(same)) if (!kept.has(fromDay)) remove.run(...key, storedDay(fromDay))
  const put = prepared(client, statements(owner).put)
  for (const s of after.slice(same))
    put.run(
      ...key,
      storedDay(s.fromDay),
      storedDay(s.toDay),
      storedWord(LIGHT_CODES, s.light),
      s.late ? 1 : 0,
      s.progress,
      s.value,
      s.valueAsOf === null ? null : storedDay(s.valueAsOf),
      s.missingBaseline ? 1 : 0,
    )
  return true
}

const PROGRESS = (which: string) => `SELECT target_id, progress FROM light_spans
  WHERE ${which} AND from_day <= :day AND to_day >= :day AND progress IS NOT NULL`
const PROGRESS_BETWEEN = PROGRESS('target_id BETWEEN :first AND :last')
const SOME_PROGRESS = PROGRESS('target_id IN (SELECT value FROM json_each(:ids))')

/** How far targets were on a day, in per cent; those of which it cannot be said are left out. */
export const progressOn = (
  client: Sqlite.Database,
  which: WhichTargets,
  day: string,
): [targetId: number, progress: number][] =>
  prepared(client, isBetween(which) ? PROGRESS_BETWEEN : SOME_PROGRESS)
    .raw()
    .all({ day: storedDay(day), ...(isBetween(which) ? which : { ids: JSON.stringify(which) }) }) as [number, number][]
