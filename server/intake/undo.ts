import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  intakeRecords,
  intakes,
  notifications,
  reports,
  signInLinks,
  targets,
  targetUnits,
  targetVersions,
  unitAliases,
  unitAliasRefusals,
  unitMembers,
  units,
  users,
} from '../../db/schema/index.ts'
import { forgetTargets } from '../../db/target-versions.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { removeFileRows } from '../core/file-rows.ts'
import { getUnit, updateUnit } from '../core/units.ts'
import { Problem, wrongState } from '../errors.ts'
import { endSessionsOf } from '../session/store.ts'
import type { Intake } from './store.ts'

type Kept = typeof intakeRecords.$inferSelect

/** Records that one statement takes. */
const AT_ONCE = 500

/**
 * Takes back all that a list stored, the last first, in the caller's transaction. Only as long as nobody has built on it.
 * @returns hashes of originals that nothing in the database names any more
 * @throws {Problem} 409 that names what has been worked on since
 */
export function undoIntake(tx: Db, stamp: Stamp, intake: Intake): string[] {
  if (intake.status !== 'confirmed') throw wrongState('这次导入没有存入内容，或已经撤销。')
  const kept = tx
    .select()
    .from(intakeRecords)
    .where(eq(intakeRecords.intakeId, intake.id))
    .orderBy(desc(intakeRecords.id))
    .all()
  const of = (entity: Kept['entity']) => kept.filter((one) => one.entity === entity)
  let originals: string[]
  try {
    removeTargets(
      tx,
      intake.id,
      of('target').map(({ entityId }) => entityId),
    )
    originals = of('file').map(({ entityId }) => removeFileRows(tx, entityId))
    for (const { entityId } of of('user')) removeUser(tx, entityId)
    for (const { entityId } of of('alias')) tx.delete(unitAliases).where(eq(unitAliases.id, entityId)).run()
    undoUnits(tx, stamp, of('unit'))
  } catch (error) {
    if (error instanceof Problem) throw error
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
      throw wrongState('这次导入的内容已经用在别处（如已交办、已填报或已有人员），不能再整批撤销，请逐个停用或办理。')
    throw error
  }
  tx.delete(intakeRecords).where(eq(intakeRecords.intakeId, intake.id)).run()
  tx.update(intakes)
    .set({ status: 'undone', undoneAt: stamp.at, version: intake.version + 1 })
    .where(eq(intakes.id, intake.id))
    .run()
  appendAudit(
    tx,
    stamp,
    'intake.undo',
    'intake',
    intake.id,
    { status: 'confirmed', ...intake.outcome },
    { status: 'undone' },
  )
  return originals
}

function removeTargets(tx: Db, intakeId: number, ids: readonly number[]): void {
  if (ids.length === 0) return
  for (const some of pieces(ids)) {
    const touched = tx
      .select({ id: targetVersions.targetId })
      .from(targetVersions)
      .where(and(inArray(targetVersions.targetId, some), ne(targetVersions.step, 'intake')))
      .limit(1)
      .get()
    const touchedName =
      touched && tx.select({ indicator: targets.indicator }).from(targets).where(eq(targets.id, touched.id)).get()
    if (touchedName)
      throw wrongState(`其中“${touchedName.indicator.slice(0, 40)}”等事项导入后已经办理，不能再整批撤销。`)
  }
  forgetTargets(tx, ids)
  tx.delete(reports).where(eq(reports.intakeId, intakeId)).run()
  for (const some of pieces(ids)) {
    tx.delete(targetUnits).where(inArray(targetUnits.targetId, some)).run()
    tx.delete(targets).where(inArray(targets.id, some)).run()
  }
  tx.delete(notifications)
    .where(sql`${notifications.causeKey} like ${`intake:${intakeId}:%`}`)
    .run()
}

/** An account that nobody has entered yet. */
function removeUser(tx: Db, id: number): void {
  const user = tx.select().from(users).where(eq(users.id, id)).get()
  if (!user) return
  if (!user.mustChangePassword)
    throw wrongState(`${user.displayName}（${user.username}）已经登录使用，不能再整批撤销，请逐个停用账号。`)
  endSessionsOf(tx, id)
  tx.delete(signInLinks).where(eq(signInLinks.userId, id)).run()
  tx.delete(notifications).where(eq(notifications.userId, id)).run()
  tx.delete(users).where(eq(users.id, id)).run()
}

/**
 * Units that were changed become what they were, the last change first; then those that were made go.
 * @throws {Problem} 409 that names a unit which somebody has changed since: its version is not that of the list's last change
 */
function undoUnits(tx: Db, stamp: Stamp, kept: readonly Kept[]): void {
  const seen = new Set<number>()
  for (const { entityId, before: stored } of kept) {
    const now = getUnit(tx, entityId)
    const before = stored as ReturnType<typeof getUnit> | null
    if (!seen.has(entityId) && now.version !== (before?.version ?? 0) + 1)
      throw wrongState(`“${now.name}”在导入后又改过，不能再整批撤销，请逐个修改单位。`)
    seen.add(entityId)
    if (before === null) continue
    const { shortName, parentId, successorId, archivedAt, level, sequence, memberIds } = before
    const archived = archivedAt !== null
    const was = { shortName, parentId, successorId, archived, level, sequence, memberIds }
    updateUnit(tx, stamp, entityId, now.version, was)
  }
  const made = kept.filter(({ before }) => before === null).map(({ entityId }) => entityId)
  for (const some of pieces(made)) {
    tx.delete(unitAliases).where(inArray(unitAliases.unitId, some)).run()
    tx.delete(unitAliasRefusals).where(inArray(unitAliasRefusals.unitId, some)).run()
    tx.delete(unitMembers).where(inArray(unitMembers.groupId, some)).run()
  }
  for (const some of pieces(made)) tx.delete(units).where(inArray(units.id, some)).run()
}

function* pieces<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE)
}
