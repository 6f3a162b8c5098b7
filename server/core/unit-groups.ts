import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm'
import { clientOf } from '../../db/client.ts'
import { UNIT_KIND_TITLES, type UnitKind } from '../../db/domain/unit-terms.ts'
import { wasEverGiven } from '../../db/given-units.ts'
import type { Db } from '../../db/open.ts'
import { unitMembers, units, users } from '../../db/schema/index.ts'
import { invalid } from '../errors.ts'

/** What a group is, as far as its members must fit. `id` is null for one that is being made. */
interface Group {
  id: number | null
  name: string
  kind: UnitKind
  ranked: boolean
}

/** Numbers of the members of every group, in the order in which offices name units, by the number of the group. */
export function membersByGroup(db: Db): Map<number, number[]> {
  const rows = db
    .select({ groupId: unitMembers.groupId, unitId: unitMembers.unitId })
    .from(unitMembers)
    .innerJoin(units, eq(units.id, unitMembers.unitId))
    .orderBy(isNull(units.sequence), asc(units.sequence), asc(units.id))
    .all()
  const members = new Map<number, number[]>()
  for (const { groupId, unitId } of rows) members.set(groupId, [...(members.get(groupId) ?? []), unitId])
  return members
}

/** The members of a group that are in office, in the order in which offices name units. */
export const presentMembers = (db: Db, groupId: number): { id: number; name: string }[] =>
  db
    .select({ id: units.id, name: units.name })
    .from(unitMembers)
    .innerJoin(units, eq(units.id, unitMembers.unitId))
    .where(and(eq(unitMembers.groupId, groupId), isNull(units.archivedAt)))
    .orderBy(isNull(units.sequence), asc(units.sequence), asc(units.id))
    .all()

/**
 * Makes these the members of a group.
 * @throws {Problem} 400 where it is no group, where one is no unit of its own, or is ranked in another group already
 */
export function writeMembers(tx: Db, group: Group & { id: number }, memberIds: readonly number[]): void {
  checkMembers(tx, group, memberIds)
  tx.delete(unitMembers).where(eq(unitMembers.groupId, group.id)).run()
  for (const unitId of new Set(memberIds)) tx.insert(unitMembers).values({ groupId: group.id, unitId }).run()
}

/**
 * 400 where a unit cannot become a group, or a group a unit: it is a member itself, people sign in for it, or it has been given
 * targets, whose past days were counted by what it was then.
 */
export function checkNewKind(db: Db, unit: { id: number; name: string }, kind: UnitKind): void {
  const refuse = (why: string) => {
    throw invalid([{ path: 'kind', message: `“${unit.name}”${why}，不能改为${UNIT_KIND_TITLES[kind]}` }])
  }
  if (kind === 'group') {
    const group = db
      .select({ name: units.name })
      .from(unitMembers)
      .innerJoin(units, eq(units.id, unitMembers.groupId))
      .where(eq(unitMembers.unitId, unit.id))
      .get()
    if (group) refuse(`是“${group.name}”的成员单位`)
    if (db.select({ id: users.id }).from(users).where(eq(users.unitId, unit.id)).get()) refuse('有本单位的账号')
  }
  if (wasEverGiven(clientOf(db), unit.id)) refuse('已经承办过事项')
}

/** 400 where a group could not have these members. */
export function checkMembers(db: Db, group: Group, memberIds: readonly number[]): void {
  const refuse = (message: string) => invalid([{ path: 'memberIds', message }])
  if (group.kind !== 'group') {
    if (memberIds.length > 0) throw refuse(`“${group.name}”是单位，不是单位组，不能有成员单位`)
    if (group.ranked) throw invalid([{ path: 'ranked', message: '只有单位组可以分组排名' }])
    return
  }
  if (memberIds.length === 0) return
  const found = new Map(
    db
      .select({ id: units.id, name: units.name, kind: units.kind })
      .from(units)
      .where(inArray(units.id, [...memberIds]))
      .all()
      .map((unit) => [unit.id, unit]),
  )
  for (const id of memberIds) {
    const unit = found.get(id)
    if (!unit) throw refuse('没有这个单位')
    if (unit.kind === 'group') throw refuse(`“${unit.name}”是单位组，不能作成员单位`)
  }
  if (!group.ranked) return
  const elsewhere = db
    .select({ unitId: unitMembers.unitId, group: units.name })
    .from(unitMembers)
    .innerJoin(units, eq(units.id, unitMembers.groupId))
    .where(
      and(inArray(unitMembers.unitId, [...memberIds]), eq(units.ranked, true), ne(unitMembers.groupId, group.id ?? 0)),
    )
    .get()
  if (elsewhere)
    throw refuse(
      `“${found.get(elsewhere.unitId)?.name}”已在“${elsewhere.group}”中排名，一个单位只能在一个组中排名，请先从那一组移出`,
    )
}
