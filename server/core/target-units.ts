import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { UNIT_ROLES, type UnitRole } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { Problem } from '../errors.ts'
import { type NameProposal, NameFinder, resolveName } from './name-finder.ts'
import { presentMembers } from './unit-groups.ts'
import type { SubjectUnit } from '../../db/domain/step-guards.ts'
import type { TargetUnitRecord } from './target-record.ts'

/** One unit of a target as a page sends it: its name as written, and the unit where it is known. */
const unitField = z.strictObject({
  role: z.enum(UNIT_ROLES),
  name: z.string().trim().min(1).max(100),
  unitId: z.int().nullable().optional(),
})
export const unitsField = z.array(unitField).max(100)

export interface NamedUnit {
  role: UnitRole
  name: string
  unitId?: number | null
}

/** A unit of a target as it is stored: its number, and the group as whose member it has the target. */
export interface ResolvedUnit extends NamedUnit {
  unitId: number | null
  groupId?: number | null
}

/** The unit that does a unit's work today: one that has been dissolved hands over to its successor. */
export function presentUnit(db: Db, id: number): number {
  const seen = new Set<number>()
  let at = id
  for (;;) {
    seen.add(at)
    const unit = db.select().from(units).where(eq(units.id, at)).get()
    if (!unit || unit.archivedAt === null || unit.successorId === null || seen.has(unit.successorId)) return at
    at = unit.successorId
  }
}

/**
 * Finds the unit of every name by names and aliases, or by the rule of names, which then is remembered; the same unit
 * stands in one role once.
 */
export function resolveUnits(tx: Db, named: readonly NamedUnit[], stamp: Stamp): ResolvedUnit[] {
  const finder = new NameFinder(tx)
  const found = named.map((u) => {
    const id = u.unitId ?? resolveName(tx, stamp, u.name, finder)
    return { role: u.role, name: u.name, unitId: id === null ? null : presentUnit(tx, id) }
  })
  return found.filter(
    (u, i) =>
      found.findIndex((o) => o.role === u.role && (u.unitId === null ? o.name === u.name : o.unitId === u.unitId)) ===
      i,
  )
}

/**
 * The units with the members of every group behind it, in the group's role: who is given the target where it is given to a
 * group. A unit that leads or answers in its own name in another role is not made a member beside.
 */
export function withMembers(db: Db, named: readonly ResolvedUnit[]): ResolvedUnit[] {
  const members = new Map(
    named.flatMap(({ unitId }) => (unitId === null ? [] : [[unitId, presentMembers(db, unitId)] as const])),
  )
  const isOf = (groupId: number | null, unitId: number | null) =>
    (members.get(groupId ?? 0) ?? []).some(({ id }) => id === unitId)
  const inOwnName = named.filter(
    (unit) => !named.some((group) => group.role === unit.role && isOf(group.unitId, unit.unitId)),
  )
  const taken = new Set(inOwnName.flatMap(({ role, unitId }) => (role === 'support' ? [] : [unitId])))
  return inOwnName.flatMap((unit) => {
    const own = (members.get(unit.unitId ?? 0) ?? []).filter(({ id }) => !taken.has(id))
    for (const { id } of own) taken.add(id)
    return [unit, ...own.map(({ id, name }) => ({ role: unit.role, name, unitId: id, groupId: unit.unitId }))]
  })
}

/** The same as the life cycle sees it, before it is stored; who has signed stays signed. */
export function asSubjectUnits(db: Db, next: readonly ResolvedUnit[], old: readonly TargetUnitRecord[]): SubjectUnit[] {
  const ids = next.flatMap((u) => (u.unitId === null ? [] : [u.unitId]))
  const kinds = new Map(
    ids.length === 0
      ? []
      : db
          .select()
          .from(units)
          .where(inArray(units.id, ids))
          .all()
          .map((u) => [u.id, u.kind]),
  )
  return next.map((u) => ({
    unitId: u.unitId,
    role: u.role,
    isGroup: u.unitId !== null && kinds.get(u.unitId) === 'group',
    groupId: u.groupId ?? null,
    signed: old.some((o) => o.unitId === u.unitId && u.unitId !== null && o.signedAt !== null),
  }))
}

/** 409 naming every name that no unit bears; the page asks once and remembers (POST /supervision/names). */
export function refuseUnresolved(next: readonly ResolvedUnit[]): void {
  const names = [...new Set(next.filter((u) => u.unitId === null).map((u) => u.name))]
  if (names.length === 0) return
  throw new Problem(
    409,
    'unresolved-units',
    '有单位名称尚未对应',
    `请先指明以下名称对应的单位：${names.join('、')}。指明一次后系统会记住。`,
    { errors: names.map((name) => ({ path: 'units', message: name })) },
  )
}

/** Replaces the units of a target. A unit that has signed stays signed in whatever role. */
export function writeUnits(
  tx: Db,
  targetId: number,
  next: readonly ResolvedUnit[],
  old: readonly TargetUnitRecord[],
): void {
  tx.delete(targetUnits).where(eq(targetUnits.targetId, targetId)).run()
  const position = { lead: 0, responsible: 0, support: 0 }
  for (const { role, name, unitId, groupId } of next) {
    const before = unitId === null ? undefined : old.find((o) => o.unitId === unitId && o.signedAt !== null)
    tx.insert(targetUnits)
      .values({
        targetId,
        role,
        position: position[role]++,
        name,
        unitId,
        groupId: groupId ?? null,
        signedAt: before?.signedAt ?? null,
        signedBy: before?.signedBy ?? null,
      })
      .run()
  }
}

export const plainUnits = (rows: readonly { role: UnitRole; name: string; unitId?: number | null }[]) =>
  rows.map(({ role, name, unitId }) => ({ role, name, unitId: unitId ?? null }))

/** The units that are named, without the members of groups that have the target through them. */
export const namedUnits = <U extends { groupId: number | null }>(rows: readonly U[]): U[] =>
  rows.filter(({ groupId }) => groupId === null)

/**
 * Names in live targets that no unit bears, most frequent first, each with the units it may mean.
 * @param asked only these names, also those that no target has yet
 */
export function unresolvedNames(
  db: Db,
  asked?: readonly string[],
): { name: string; targets: number; proposals: NameProposal[] }[] {
  const rows = db
    .select({ name: targetUnits.name, targetId: targetUnits.targetId })
    .from(targetUnits)
    .innerJoin(targets, eq(targets.id, targetUnits.targetId))
    .where(and(isNull(targetUnits.unitId), inArray(targets.state, ['extracted', 'confirmed'])))
    .orderBy(asc(targetUnits.id))
    .all()
  const byName = new Map<string, Set<number>>((asked ?? []).map((name) => [name, new Set()]))
  for (const { name, targetId } of rows) {
    if (asked && !byName.has(name)) continue
    byName.set(name, (byName.get(name) ?? new Set()).add(targetId))
  }
  const finder = new NameFinder(db)
  return [...byName]
    .map(([name, ids]) => ({ name, targets: ids.size, found: finder.find(name) }))
    .filter(({ found }) => asked !== undefined || found.unitId === null) // the others resolve by themselves when the target is next worked on
    .map(({ name, targets: count, found }) => ({ name, targets: count, proposals: found.proposals }))
    .sort((a, b) => b.targets - a.targets)
}

/** Gives the unit of a name to every target that names it; @returns the targets */
export function applyName(tx: Db, name: string, unitId: number): number[] {
  const rows = tx
    .select({ id: targetUnits.id, targetId: targetUnits.targetId })
    .from(targetUnits)
    .where(and(eq(targetUnits.name, name), isNull(targetUnits.unitId)))
    .all()
  for (const row of rows) tx.update(targetUnits).set({ unitId }).where(eq(targetUnits.id, row.id)).run()
  return [...new Set(rows.map((row) => row.targetId))]
}
