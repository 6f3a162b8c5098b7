import type Sqlite from 'better-sqlite3'
import { and, asc, eq, getTableColumns, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { clientOf } from './client.ts'
import type { Db } from './database.ts'
import { keptQuery } from './kept-query.ts'
import { prepared } from './prepared.ts'
import { AMONG, preparedAmong } from './prepared-among.ts'
import { targetFieldColumns, targets, targetVersions, versionContents, versionSteps } from './schema/index.ts'
import { STATE_CODES, type Stored, storedInstant } from './stored.ts'
import { UNITS_OF_T } from './version-units.ts'

export type TargetVersion = typeof targetVersions.$inferSelect

/** Names of the versioned fields, as the schema calls them. */
export const VERSIONED_FIELDS = Object.keys(targetFieldColumns()) as (keyof ReturnType<typeof targetFieldColumns>)[]

/** Some targets by their numbers, or every one with a number above `after`, none of which has a version yet. */
export type TargetSet = readonly number[] | { after: number }

/** Who made a version, when and by which step. */
interface VersionOrigin {
  /** Instant, UTC ISO. */
  at: string
  step: string
  byId: number | null
  byName: string | null
  /** Words given with the step. */
  reason?: string | null
  /** The target from which a 拆分 made these. */
  splitFromId?: number | null
  /** Also where no field differs: what the step did elsewhere is taken back by this version. */
  always?: boolean
  /** Whoever changed the targets has changed nothing of them but what moves (state, who did a step and when). */
  onlyCourse?: boolean
}

const columns = getTableColumns(targets)
const quoted = (fields: readonly (keyof typeof columns)[]) => fields.map((field) => `"${columns[field].name}"`)
const among = (table: SQLiteTable) => {
  const own = getTableColumns(table)
  return quoted(VERSIONED_FIELDS.filter((field) => field in own))
}
/** Columns that a version has itself, and those of its contents. */
const MOVING = among(versionSteps)
const STAYING = among(versionContents)

export const PARTS_OF_T = `(SELECT json_group_array(json_object('id', p.id, 'kind', p.kind, 'position', p.position, 'label', p.label,
  'unitId', p.unit_id, 'dueOn', p.due_on, 'value', p.value, 'weight', p.weight, 'reached', p.reached,
  'reachedOn', p.reached_on) ORDER BY p.kind, p.position) FROM target_parts p WHERE p.target_id = t.id)`

/** Columns of the target `t` as versions have them: its state by its number. */
const STATE = `"${columns.state.name}"`
const STATE_OF_T = `CASE t.${STATE} ${Object.entries(STATE_CODES)
  .map(([state, code]) => `WHEN '${state}' THEN ${code}`)
  .join(' ')} ELSE t.${STATE} END`
const ofT = (name: string) => (name === STATE ? STATE_OF_T : `t.${name}`)

const same = (names: readonly string[], other: string) => names.map((name) => `${other}.${name} IS ${ofT(name)}`)
/** Whether contents `c` and units `l` are those of the target `t` as its record stands now. */
const SAME_CONTENT = [...same(STAYING, 'c'), `c.parts = ${PARTS_OF_T}`].join(' AND ')
const SAME_UNITS = `l.units = ${UNITS_OF_T}`

/** The contents and the units that are those of the target `t` now; null where it never had them before. */
const CONTENT_OF_T = `(SELECT c.n FROM version_contents c WHERE c.target_id = t.id AND ${SAME_CONTENT})`
const UNITS_LIST_OF_T = `(SELECT l.n FROM version_units l WHERE l.target_id = t.id AND ${SAME_UNITS})`

/** Whether the version `v` says of the target `t` what moves. */
const SAME_COURSE = `(${same(MOVING, 'v').join(' AND ')})`

/** What is asked about some targets, whose numbers `:ids` are, before their versions are written. */
const STANDING = `SELECT t.id, v.id AS open, ${SAME_COURSE} AS sameCourse,
    v.content AS hadContent, v.units AS hadUnits, ${CONTENT_OF_T} AS content, ${UNITS_LIST_OF_T} AS units,
    CASE WHEN v.id IS NULL THEN (SELECT max(e.valid_until) FROM version_steps e WHERE e.target_id = t.id)
      ELSE v.valid_from END AS last
  FROM targets t LEFT JOIN version_steps v ON v.target_id = t.id AND v.valid_until IS NULL`
const SOME_STANDING = `${STANDING} WHERE t.id ${AMONG} ORDER BY t.id`
/** The same where contents and units are known to be those of the version that holds; without one nothing is found. */
const SOME_COURSE = `SELECT t.id, v.id AS open, ${SAME_COURSE} AS sameCourse, v.content AS hadContent, v.units AS hadUnits,
    v.content, v.units, v.valid_from AS last
  FROM targets t JOIN version_steps v ON v.target_id = t.id AND v.valid_until IS NULL
  WHERE t.id ${AMONG} ORDER BY t.id`
interface StandingVersion {
  id: number
  /** Number of the version that holds; null where none does. */
  open: number | null
  sameCourse: 0 | 1
  /** What the version has, and what the record of today would. */
  hadContent: number | null
  hadUnits: number | null
  content: number | null
  units: number | null
  /** Before this instant no version begins. */
  last: Stored | null
}
const isSame = (one: StandingVersion): boolean =>
  one.open !== null && one.sameCourse === 1 && one.hadContent === one.content && one.hadUnits === one.units

/** What a new version of the targets `which` says that none did before. */
const ADD_CONTENT = (which: string) => `INSERT INTO version_contents (target_id, n, ${STAYING.join(', ')}, parts)
  SELECT t.id, coalesce((SELECT max(c.n) FROM version_contents c WHERE c.target_id = t.id), 0) + 1,
    ${STAYING.map((name) => `t.${name}`).join(', ')}, ${PARTS_OF_T} FROM targets t WHERE ${which}`
const ADD_UNITS = (which: string) => `INSERT INTO version_units (target_id, n, units)
  SELECT t.id, coalesce((SELECT max(l.n) FROM version_units l WHERE l.target_id = t.id), 0) + 1, ${UNITS_OF_T}
  FROM targets t WHERE ${which}`
const OPEN = (content: string, units: string, which: string) => `INSERT INTO version_steps (target_id, valid_from, step,
    by_id, by_name, reason, split_from_id, ${MOVING.join(', ')}, content, units)
  SELECT t.id, max(:at, coalesce(:last, :at)), :step, :byId, :byName, :reason, :splitFromId, ${MOVING.map(ofT).join(', ')},
    ${content}, ${units} FROM targets t WHERE ${which}`
const CLOSE = 'UPDATE version_steps SET valid_until = max(valid_from, :at) WHERE id = :id'

const ONE = 't.id = :id'
const ADD_ONE_CONTENT = `${ADD_CONTENT(ONE)} RETURNING n`
const ADD_ONE_LIST = `${ADD_UNITS(ONE)} RETURNING n`
const OPEN_ONE = OPEN(':content', ':units', ONE)
/** All targets above a number have their first version. */
const ABOVE = 't.id > :after ORDER BY t.id'
const FIRST_OF_ALL = [ADD_CONTENT(ABOVE), ADD_UNITS(ABOVE)]
const OPEN_ALL = OPEN('1', '1', ABOVE)
const NOTE = 'INSERT INTO standing_changes (target_id) SELECT target_id FROM version_steps WHERE id > ?'

/**
 * Writes down what some targets have become: closes the version that held and opens a new one, only where something
 * versioned has changed or `always` is said. Where the clock was set back, a version begins at the instant at which the last
 * one ended, never before it. Each target written goes into `standing_changes`. To be called inside the transaction that
 * changed them.
 * @returns whether a version was written
 */
export function appendVersions(
  tx: Db,
  set: TargetSet,
  {
    at: instant,
    step,
    byId,
    byName,
    reason = null,
    splitFromId = null,
    always = false,
    onlyCourse = false,
  }: VersionOrigin,
): boolean {
  const client = clientOf(tx)
  const newest = prepared(client, 'SELECT coalesce(max(id), 0) FROM version_steps').pluck().get()
  const at = storedInstant(instant)
  const origin = { at, step, byId, byName, reason, splitFromId }
  if ('after' in set) {
    for (const statement of FIRST_OF_ALL) prepared(client, statement).run({ after: set.after })
    prepared(client, OPEN_ALL).run({ ...origin, last: null, after: set.after })
  } else {
    for (const one of standing(client, set, onlyCourse)) {
      if (!always && isSame(one)) continue
      const { id, open, last } = one
      const content = one.content ?? prepared(client, ADD_ONE_CONTENT).pluck().get({ id })
      const units = one.units ?? prepared(client, ADD_ONE_LIST).pluck().get({ id })
      if (open !== null) prepared(client, CLOSE).run({ id: open, at })
      prepared(client, OPEN_ONE).run({ ...origin, id, last, content, units })
    }
  }
  return prepared(client, NOTE).run(newest).changes > 0
}

function standing(client: Sqlite.Database, ids: readonly number[], onlyCourse: boolean): StandingVersion[] {
  const found = (sql: string) => {
    const [statement, list] = preparedAmong(client, sql, ids)
    return statement.all(list) as StandingVersion[]
  }
  const known = onlyCourse ? found(SOME_COURSE) : []
  return known.length === ids.length ? known : found(SOME_STANDING)
}

/** Tables of what targets were. */
export const MEMORY_OF_TARGETS = [
  'version_steps',
  'version_contents',
  'version_units',
  'light_spans',
  'unit_light_spans',
] as const

/** Takes away what is kept of some targets that are to be removed altogether (撤销导入); whoever counts is told. */
export function forgetTargets(tx: Db, ids: readonly number[]): void {
  const chosen = sql`SELECT value FROM json_each(${JSON.stringify(ids)})`
  for (const table of MEMORY_OF_TARGETS)
    tx.run(sql`DELETE FROM ${sql.identifier(table)} WHERE target_id IN (${chosen})`)
  tx.run(sql`INSERT INTO standing_changes (target_id) ${chosen}`)
}

/** Numbers of the targets whose open version is missing or differs from their record; empty where all is well. */
export const staleVersions = (db: Db): number[] =>
  (prepared(clientOf(db), `${STANDING} ORDER BY t.id`).all() as StandingVersion[])
    .filter((one) => !isSame(one))
    .map(({ id }) => id)

/** Every version of a target, oldest first. */
export const versionsOf = (db: Db, targetId: number): TargetVersion[] => allVersions(db).all({ targetId })

const allVersions = keptQuery((db) =>
  db
    .select()
    .from(targetVersions)
    .where(eq(targetVersions.targetId, sql.placeholder('targetId')))
    .orderBy(asc(targetVersions.validFrom), asc(targetVersions.id)),
)

/** What a target was at an instant (UTC ISO); undefined where nobody knew of it yet. */
export const versionAt = (db: Db, targetId: number, instant: string): TargetVersion | undefined =>
  heldVersion(db).get({ targetId, instant })

/** A placeholder does not ask by itself how a column stores what is put in its place. */
const INSTANT = sql.param(sql.placeholder('instant'), targetVersions.validFrom)

/** The version that held at an instant: one row for a target that was known. */
const heldVersion = keptQuery((db) =>
  db
    .select()
    .from(targetVersions)
    .where(
      and(
        eq(targetVersions.targetId, sql.placeholder('targetId')),
        lte(targetVersions.validFrom, INSTANT),
        or(isNull(targetVersions.validUntil), gt(targetVersions.validUntil, INSTANT)),
      ),
    ),
)
