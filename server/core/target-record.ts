import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { isAmong } from '../../db/among.ts'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { changeRequests, reports, targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { notFound, Problem } from '../errors.ts'
import { seesOnlyItsPart } from '../../db/domain/answering-units.ts'
import { canSee, openRequests } from '../../db/domain/lifecycle.ts'
import type { Subject } from '../../db/domain/step-guards.ts'
import { computeLights } from './light-spans.ts'

export type TargetRecord = typeof targets.$inferSelect
export type TargetUnitRecord = typeof targetUnits.$inferSelect & {
  /** Null where the name has not been resolved. */
  unitKind: 'unit' | 'group' | null
}

/** A target with its units, as the steps see it. */
export interface LoadedTarget {
  target: TargetRecord
  units: TargetUnitRecord[]
}

/** The units of a target in the order of their roles' lists. */
export const unitsOf = (db: Db, targetId: number): TargetUnitRecord[] => unitsOfOne(db).all({ targetId }).map(withKind)

/** The units of some targets, by target and in the order of their roles' lists. */
export const unitsOfTargets = (db: Db, targetIds: readonly number[]): TargetUnitRecord[] =>
  targetIds.length === 0
    ? []
    : unitsAmong(db)
        .all({ ids: JSON.stringify(targetIds) })
        .map(withKind)

/** Those that `which` takes, with the kind of each. */
const selectUnits = (db: Db, which: SQL) =>
  db
    .select({ target_units: targetUnits, units: { kind: units.kind } })
    .from(targetUnits)
    .leftJoin(units, eq(units.id, targetUnits.unitId))
    .where(which)
    .orderBy(asc(targetUnits.targetId), asc(targetUnits.role), asc(targetUnits.position))

const withKind = (row: ReturnType<ReturnType<typeof selectUnits>['all']>[number]): TargetUnitRecord => ({
  ...row.target_units,
  unitKind: row.units?.kind ?? null,
})

const unitsAmong = keptQuery((db) => selectUnits(db, isAmong(targetUnits.targetId, sql.placeholder('ids'))))
/** Every step asks for those of one target: no list has to be taken apart for it. */
const unitsOfOne = keptQuery((db) => selectUnits(db, eq(targetUnits.targetId, sql.placeholder('targetId'))))
const targetById = keptQuery((db) =>
  db
    .select()
    .from(targets)
    .where(eq(targets.id, sql.placeholder('id'))),
)
const submittedReports = keptQuery((db) =>
  db
    .select({ n: count() })
    .from(reports)
    .where(and(eq(reports.targetId, sql.placeholder('targetId')), eq(reports.status, 'submitted'))),
)
const askedRequests = keptQuery((db) =>
  db
    .select({
      kind: changeRequests.kind,
      unitId: changeRequests.unitId,
      askedBy: changeRequests.askedBy,
      status: changeRequests.status,
    })
    .from(changeRequests)
    .where(and(eq(changeRequests.targetId, sql.placeholder('targetId')), eq(changeRequests.status, 'asked'))),
)

/** Loads a target; the 404 problem where there is none or the person may not know of it. */
export function loadTarget(db: Db, id: number, actor: Pick<Actor, 'id' | 'role' | 'unitId'>): LoadedTarget {
  const target = targetById(db).get({ id })
  if (!target) throw notFound('目标')
  const own = unitsOf(db, id)
  if (!canSee({ state: target.state, units: own.map(subjectUnit) }, actor)) throw notFound('目标')
  return { target, units: own }
}

/** Whether there is such a target and the person may know of it. */
export function seesTarget(db: Db, id: number, actor: Pick<Actor, 'id' | 'role' | 'unitId'>): boolean {
  try {
    loadTarget(db, id, actor)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

export const subjectUnit = (
  u: Pick<TargetUnitRecord, 'unitId' | 'role' | 'unitKind' | 'groupId' | 'signedAt'>,
): Subject['units'][number] => ({
  unitId: u.unitId,
  role: u.role,
  isGroup: u.unitKind === 'group',
  groupId: u.groupId,
  signed: u.signedAt !== null,
})

/**
 * What the life cycle has to know of the target on the day `today`. Whether it is met and how many reports wait is found
 * when it is asked for: few steps ask, and both read reports.
 */
export function subjectOf(db: Db, { target, units: own }: LoadedTarget, today: string): Subject {
  let met: boolean | null = null
  let pending: number | null = null
  return {
    state: target.state,
    suspendedFrom: target.suspendedFrom,
    deadline: target.deadline,
    metBy: target.metBy,
    get met() {
      return (met ??=
        target.manualLight === 'done' || computeLights(db, [target.id], today).get(target.id)?.light === 'done')
    },
    units: own.map(subjectUnit),
    reporting: target.reporting,
    get pendingReports() {
      return (pending ??= submittedReports(db).get({ targetId: target.id })?.n ?? 0)
    },
  }
}

/** Kinds of requests that wait for a decision and keep this person from asking for the same. */
export const openRequestKinds = (
  db: Db,
  { target, units: own }: LoadedTarget,
  actor: Pick<Actor, 'id' | 'role' | 'unitId'>,
) => openRequests({ units: own.map(subjectUnit) }, actor, askedRequests(db).all({ targetId: target.id }))

/** Whether the person sees one part of the target: its unit has it as a member of a group, and is told nothing of the others. */
export const seesInPart = (units: readonly TargetUnitRecord[], viewer: Pick<Actor, 'role' | 'unitId'>): boolean =>
  viewer.role === 'reporter' && seesOnlyItsPart(units.map(subjectUnit), viewer.unitId)

/** The units of a target whose 签收 the person may know of. */
const unitsTold = (units: readonly TargetUnitRecord[], viewer: Pick<Actor, 'role' | 'unitId'>) =>
  seesInPart(units, viewer) ? units.filter(({ unitId }) => unitId === viewer.unitId) : units

/** The record as it is sent to a person with a 409, so that both versions can be shown. */
export function currentTarget({ target, units }: LoadedTarget, viewer: Pick<Actor, 'role' | 'unitId'>) {
  const { extracted: _extracted, ...fields } = target
  const told = unitsTold(units, viewer)
  return { ...fields, units: told.map((u) => ({ role: u.role, name: u.name, unitId: u.unitId, signedAt: u.signedAt })) }
}

/** What the rules found and, apart from it, why: both null for a target added by hand. */
export function foundByRules({ extracted }: Pick<TargetRecord, 'extracted'>) {
  if (extracted === null) return { extracted: null, explanation: null }
  const { explanation, ...found } = extracted
  return { extracted: found, explanation: explanation ?? null }
}

/** Names of units by number, for texts. */
export function unitNames(db: Db, ids: readonly (number | null)[]): Map<number, string> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  return new Map(
    db
      .select({ id: units.id, name: units.name })
      .from(units)
      .where(inArray(units.id, wanted))
      .all()
      .map((u) => [u.id, u.name]),
  )
}
