import { and, asc, eq, getTableColumns, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { clientOf } from './client.ts'
import type { Db } from './database.ts'
import { keptQuery } from './kept-query.ts'
import { prepared } from './prepared.ts'
import { targetFieldColumns, targets, targetVersions } from './schema/index.ts'

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
}

const columns = getTableColumns(targets)
const NAMES = VERSIONED_FIELDS.map((field) => columns[field].name)

/** Units and parts of the target `t` as a version keeps them: see VersionUnit and VersionPart of the schema. */
export const UNITS_OF_T = `(SELECT json_group_array(json(CASE WHEN u.group_id IS NULL
  THEN json_object('role', u.role, 'name', u.name, 'unitId', u.unit_id, 'signedAt', u.signed_at)
  ELSE json_object('role', u.role, 'name', u.name, 'unitId', u.unit_id, 'signedAt', u.signed_at, 'groupId', u.group_id) END) ORDER BY u.role, u.position, u.id) FROM target_units u WHERE u.target_id = t.id)`
export const PARTS_OF_T = `(SELECT json_group_array(json_object('id', p.id, 'kind', p.kind, 'position', p.position, 'label', p.label,
  'unitId', p.unit_id, 'dueOn', p.due_on, 'value', p.value, 'weight', p.weight, 'reached', p.reached,
  'reachedOn', p.reached_on) ORDER BY p.kind, p.position) FROM target_parts p WHERE p.target_id = t.id)`

/** Whether the record of the target `t` differs from its version `v`. */
const DIFFERS = `(${NAMES.map((name) => `t."${name}" IS NOT v."${name}"`).join(' OR ')}
  OR ${UNITS_OF_T} IS NOT v.units OR ${PARTS_OF_T} IS NOT v.parts)`

/** Conditions of a {@link TargetSet} on a column; `:set` is its JSON text, or the number after which it begins. */
const isOneOf = (column: string) => `${column} IN (SELECT value FROM json_each(:set))`
const isAfter = (column: string) => `${column} > :set`

const CLOSE = (differs: string) => `UPDATE target_versions AS v SET valid_until = max(v.valid_from, :at)
  WHERE v.valid_until IS NULL AND ${isOneOf('v.target_id')}${differs}`
const CLOSE_ALL = CLOSE('')
const CLOSE_CHANGED = CLOSE(` AND EXISTS (SELECT 1 FROM targets t WHERE t.id = v.target_id AND ${DIFFERS})`)

const OPEN = (
  validFrom: string,
  which: string,
) => `INSERT INTO target_versions (target_id, valid_from, step, by_id, by_name,
    reason, split_from_id, ${NAMES.map((name) => `"${name}"`).join(', ')}, units, parts)
  SELECT t.id, ${validFrom}, :step, :byId, :byName, :reason, :splitFromId,
    ${NAMES.map((name) => `t."${name}"`).join(', ')}, ${UNITS_OF_T}, ${PARTS_OF_T}
  FROM targets t WHERE ${which} ORDER BY t.id`
const OPEN_FIRST = OPEN(':at', isAfter('t.id'))
const OPEN_NEXT = OPEN(
  `max(:at, coalesce((SELECT max(v.valid_until) FROM target_versions v WHERE v.target_id = t.id), ''))`,
  `${isOneOf('t.id')} AND NOT EXISTS (SELECT 1 FROM target_versions v WHERE v.target_id = t.id AND v.valid_until IS NULL)`,
)
const NOTE = 'INSERT INTO standing_changes (target_id) SELECT target_id FROM target_versions WHERE id > ?'

/**
 * Writes down what some targets have become: closes the version that held and opens a new one, only where something
 * versioned has changed or `always` is said. Where the clock was set back, a version begins at the instant at which the last
 * one ended, never before it. Each target written goes into `standing_changes`. To be called inside the transaction that
 * changed them.
 */
export function appendVersions(
  tx: Db,
  set: TargetSet,
  { at, step, byId, byName, reason = null, splitFromId = null, always = false }: VersionOrigin,
): void {
  const client = clientOf(tx)
  const last = prepared(client, 'SELECT coalesce(max(id), 0) FROM target_versions').pluck().get()
  const origin = { at, step, byId, byName, reason, splitFromId }
  if ('after' in set) prepared(client, OPEN_FIRST).run({ ...origin, set: set.after })
  else {
    const ids = JSON.stringify(set)
    prepared(client, always ? CLOSE_ALL : CLOSE_CHANGED).run({ at, set: ids })
    prepared(client, OPEN_NEXT).run({ ...origin, set: ids })
  }
  prepared(client, NOTE).run(last)
}

/** Takes away what is kept of some targets that are to be removed altogether (撤销导入); whoever counts is told. */
export function forgetTargets(tx: Db, ids: readonly number[]): void {
  const chosen = sql`SELECT value FROM json_each(${JSON.stringify(ids)})`
  tx.run(sql`DELETE FROM target_versions WHERE target_id IN (${chosen})`)
  tx.run(sql`DELETE FROM light_spans WHERE target_id IN (${chosen})`)
  tx.run(sql`DELETE FROM unit_light_spans WHERE target_id IN (${chosen})`)
  tx.run(sql`INSERT INTO standing_changes (target_id) ${chosen}`)
}

/** Numbers of the targets whose open version is missing or differs from their record; empty where all is well. */
export const staleVersions = (db: Db): number[] =>
  db
    .all<{ id: number }>(
      sql`SELECT t.id FROM targets t LEFT JOIN target_versions v ON v.target_id = t.id AND v.valid_until IS NULL
        WHERE v.id IS NULL OR ${sql.raw(DIFFERS)} ORDER BY t.id`,
    )
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

/** The version that held at an instant: one row for a target that was known. */
const heldVersion = keptQuery((db) =>
  db
    .select()
    .from(targetVersions)
    .where(
      and(
        eq(targetVersions.targetId, sql.placeholder('targetId')),
        lte(targetVersions.validFrom, sql.placeholder('instant')),
        or(isNull(targetVersions.validUntil), gt(targetVersions.validUntil, sql.placeholder('instant'))),
      ),
    ),
)
