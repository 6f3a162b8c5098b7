import { and, eq, inArray, max } from 'drizzle-orm'
import { isAmong } from '../../db/among.ts'
import { isMember, worksOnItsPart } from '../../db/domain/answering-units.ts'
import type { Db } from '../../db/open.ts'
import { targetParts, targets } from '../../db/schema/index.ts'
import { type LoadedTarget, subjectUnit } from './target-record.ts'
import type { ResolvedUnit } from './target-units.ts'

/** The part of one unit in a target (分解到单位); undefined where it has none of its own. */
export const partOfUnit = (db: Db, targetId: number, unitId: number) =>
  db
    .select()
    .from(targetParts)
    .where(and(eq(targetParts.targetId, targetId), eq(targetParts.kind, 'unit'), eq(targetParts.unitId, unitId)))
    .get()

/** Whether the target is given to members of a group who each answer for a part. */
export const hasMembers = (units: readonly Pick<ResolvedUnit, 'role' | 'groupId'>[]): boolean => units.some(isMember)

/**
 * Gives each member of a group a part of the target, and takes the parts of those away that no longer are among its units. A
 * part that is there stays as it is, with its value and date. The parts of others that were broken down by hand stay too.
 */
export function writeMemberParts(
  tx: Db,
  targetId: number,
  next: readonly ResolvedUnit[],
  old: LoadedTarget['units'],
): void {
  const members = new Map(
    next.flatMap((unit) => (isMember(unit) && unit.unitId !== null ? [[unit.unitId, unit.name] as const] : [])),
  )
  const gone = old.flatMap((unit) =>
    isMember(unit) && unit.unitId !== null && !next.some(({ unitId }) => unitId === unit.unitId) ? [unit.unitId] : [],
  )
  const ofUnits = and(eq(targetParts.targetId, targetId), eq(targetParts.kind, 'unit'))
  if (gone.length > 0)
    tx.delete(targetParts)
      .where(and(ofUnits, inArray(targetParts.unitId, gone)))
      .run()
  const known = tx.select({ unitId: targetParts.unitId }).from(targetParts).where(ofUnits).all()
  let position =
    (tx
      .select({ last: max(targetParts.position) })
      .from(targetParts)
      .where(ofUnits)
      .get()?.last ?? -1) + 1
  for (const [unitId, label] of members) {
    if (known.some((part) => part.unitId === unitId)) continue
    tx.insert(targetParts).values({ targetId, kind: 'unit', position: position++, label, unitId }).run()
  }
}

/** What a unit has to reach and until when for its own part, by the number of the target; of targets that units report on separately. */
export function ownParts(
  db: Db,
  targetIds: readonly number[],
  unitId: number,
): Map<number, { value: number | null; dueOn: string | null }> {
  if (targetIds.length === 0) return new Map()
  const rows = db
    .select({ targetId: targetParts.targetId, value: targetParts.value, dueOn: targetParts.dueOn })
    .from(targetParts)
    .innerJoin(targets, and(eq(targets.id, targetParts.targetId), eq(targets.reporting, 'each')))
    .where(and(isAmong(targetParts.targetId, targetIds), eq(targetParts.kind, 'unit'), eq(targetParts.unitId, unitId)))
    .all()
  return new Map(rows.map(({ targetId, ...part }) => [targetId, part]))
}

/** The part for which a unit asks by itself, because it works on the target as a member of a group alone; undefined without. */
export const memberPart = (db: Db, { target, units }: LoadedTarget, unitId: number | null) =>
  unitId !== null && worksOnItsPart(units.map(subjectUnit), unitId) ? partOfUnit(db, target.id, unitId) : undefined

/**
 * Targets as a unit is told of them by whatever lists them: with the value and the day of its own part, where it has one.
 * @param unitId whom the person speaks for; null for the office and the leaders, who are told of the whole
 */
export function inOwnPart<T extends { id: number; value: number | null; deadline: string | null }>(
  db: Db,
  unitId: number | null,
  rows: readonly T[],
): T[] {
  const ids = rows.map(({ id }) => id)
  const parts = unitId === null ? null : ownParts(db, ids, unitId)
  return rows.map((row) => {
    const part = parts?.get(row.id)
    return part ? { ...row, value: part.value ?? row.value, deadline: part.dueOn ?? row.deadline } : row
  })
}

/**
 * Last day for a unit: that of its own part where it has the target as a member of a group and was given one (延期 of one
 * member moves no other), else the target's. Null where there is none.
 */
export const limitOfUnit = (db: Db, loaded: LoadedTarget, unitId: number | null): string | null =>
  memberPart(db, loaded, unitId)?.dueOn ?? loaded.target.deadline
