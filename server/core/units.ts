import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  targets,
  targetUnits,
  unitAliases,
  unitAliasRefusals,
  unitMembers,
  units,
  users,
} from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { writeVersion } from './versions.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { checkMembers, checkNewKind, membersByGroup, writeMembers } from './unit-groups.ts'
import { unitKey } from '../../db/domain/unit-key.ts'

type Unit = typeof units.$inferSelect

/** A unit with the other names by which documents call it, and of a group its members. */
interface NamedUnit extends Unit {
  aliases: UnitAlias[]
  memberIds: number[]
}

/** `rule` where nobody said so but the rule of names (server/rules/unit-names.ts); a person can take it back. */
type UnitAlias = Pick<typeof unitAliases.$inferSelect, 'id' | 'name' | 'source'>

/** All units by 机构序列, those without one behind in the order they were added, the archived ones too. */
export function listUnits(db: Db): NamedUnit[] {
  const aliases = db.select().from(unitAliases).orderBy(asc(unitAliases.id)).all()
  const byUnit = new Map<number, UnitAlias[]>()
  for (const { id, unitId, name, source } of aliases)
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), { id, name, source }])
  const members = membersByGroup(db)
  return db
    .select()
    .from(units)
    .orderBy(isNull(units.sequence), asc(units.sequence), asc(units.id))
    .all()
    .map((unit) => ({ ...unit, aliases: byUnit.get(unit.id) ?? [], memberIds: members.get(unit.id) ?? [] }))
}

/** 404 where there is no such unit. */
export function getUnit(db: Db, id: number): NamedUnit {
  const unit = db.select().from(units).where(eq(units.id, id)).get()
  if (!unit) throw notFound('单位')
  const aliases = db
    .select({ id: unitAliases.id, name: unitAliases.name, source: unitAliases.source })
    .from(unitAliases)
    .where(eq(unitAliases.unitId, id))
    .orderBy(asc(unitAliases.id))
    .all()
  const memberIds = db
    .select({ unitId: unitMembers.unitId })
    .from(unitMembers)
    .where(eq(unitMembers.groupId, id))
    .orderBy(asc(unitMembers.unitId))
    .all()
    .map(({ unitId }) => unitId)
  return { ...unit, aliases, memberIds }
}

/** Number of the unit that is called so in documents (own name, short name or alias), null for an unknown name. */
export function resolveUnit(db: Db, name: string): number | null {
  return (
    db
      .select({ unitId: unitAliases.unitId })
      .from(unitAliases)
      .where(eq(unitAliases.key, unitKey(name)))
      .get()?.unitId ?? null
  )
}

/** What lists say of a unit besides its names and what it belongs to. */
type Placed = Partial<Pick<Unit, 'level' | 'sequence' | 'ranked'>> & {
  /** Of a group: its members, in any order. */
  memberIds?: readonly number[]
}

interface NewUnit extends Placed {
  name: string
  shortName?: string | null
  kind?: Unit['kind']
  parentId?: number | null
  aliases?: string[]
}

/** Adds a unit; its own names become aliases, so that one table answers every name. 400 where a name is taken. */
export function createUnit(tx: Db, stamp: Stamp, { aliases = [], memberIds = [], ...unit }: NewUnit): NamedUnit {
  checkNameFree(tx, unit.name)
  checkLinks(tx, null, unit)
  checkMembers(tx, { id: null, kind: 'unit', ranked: false, ...unit }, memberIds)
  const made = tx
    .insert(units)
    .values({ ...unit, createdAt: stamp.at })
    .returning()
    .get()
  const { id } = made
  if (memberIds.length > 0) writeMembers(tx, made, memberIds)
  for (const name of new Set([unit.name, ...(unit.shortName ? [unit.shortName] : []), ...aliases]))
    insertAlias(tx, stamp, id, name)
  const created = getUnit(tx, id)
  appendAudit(tx, stamp, 'unit.create', 'unit', id, null, auditFields(created))
  return created
}

/** What may change of a unit. `successorId` keeps history with the old name; `archived` takes it from lists of choice. */
export interface UnitChange extends Placed {
  name?: string
  shortName?: string | null
  kind?: Unit['kind']
  parentId?: number | null
  successorId?: number | null
  /** 分管领导 */
  leaderId?: number | null
  archived?: boolean
}

/** Changes a unit; an earlier name stays as an alias. 409 where somebody else has changed it since `version`. */
export function updateUnit(
  tx: Db,
  stamp: Stamp,
  id: number,
  version: number,
  { archived, memberIds, ...change }: UnitChange,
): NamedUnit {
  const before = getUnit(tx, id)
  if (before.version !== version) throw conflict(before)
  if (change.name !== undefined && change.name !== before.name) checkNameFree(tx, change.name)
  if (change.kind !== undefined && change.kind !== before.kind) checkNewKind(tx, before, change.kind)
  checkLinks(tx, id, change)
  checkLeader(tx, change.leaderId)
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? stamp.at) : null
  tx.update(units)
    .set({ ...change, archivedAt, version: version + 1 })
    .where(eq(units.id, id))
    .run()
  // Also where nothing is said of them: the unit may have become another kind, or a group one that ranks.
  writeMembers(tx, { ...before, ...change }, memberIds ?? before.memberIds)
  for (const name of [change.name, change.shortName])
    if (name && resolveUnit(tx, name) !== id) insertAlias(tx, stamp, id, name)
  const after = getUnit(tx, id)
  appendAudit(tx, stamp, 'unit.change', 'unit', id, auditFields(before), auditFields(after))
  return after
}

/** Remembers another name of a unit. 400 where a unit is called so already. */
export function addAlias(
  tx: Db,
  stamp: Stamp,
  unitId: number,
  name: string,
  source: UnitAlias['source'] = 'person',
): NamedUnit {
  getUnit(tx, unitId)
  insertAlias(tx, stamp, unitId, name, source)
  appendAudit(tx, stamp, 'unit.alias', 'unit', unitId, null, { alias: name, source })
  return getUnit(tx, unitId)
}

/**
 * Forgets an alias, and remembers that the name is not this unit's, so that the rule of names does not bring it back.
 * Targets that nobody has been given yet and that met the unit by this name ask for it again. The unit's own name and
 * short name cannot be forgotten.
 * @returns the unit, and how many targets ask again
 */
export function removeAlias(tx: Db, stamp: Stamp, unitId: number, aliasId: number): { unit: NamedUnit; asked: number } {
  const unit = getUnit(tx, unitId)
  const alias = unit.aliases.find(({ id }) => id === aliasId)
  if (!alias) throw notFound('别名')
  const key = unitKey(alias.name)
  if ([unit.name, unit.shortName].some((own) => own && unitKey(own) === key)) {
    throw invalid([{ path: 'aliasId', message: '这是该单位的现用名称，不能删除' }])
  }
  tx.delete(unitAliases).where(eq(unitAliases.id, aliasId)).run()
  tx.insert(unitAliasRefusals)
    .values({ unitId, name: alias.name, key, refusedBy: stamp.id, createdAt: stamp.at })
    .onConflictDoNothing()
    .run()
  const asked = askAgain(tx, unitId, key)
  writeVersion(tx, asked, 'ask-name', stamp)
  appendAudit(
    tx,
    stamp,
    'unit.alias',
    'unit',
    unitId,
    { alias: alias.name, source: alias.source },
    { refused: alias.name, targets: asked },
  )
  return { unit: getUnit(tx, unitId), asked: asked.length }
}

/** Takes the unit from candidates and targets before 交办 that have it by this name, or its successor; what has been assigned stays. */
function askAgain(tx: Db, unitId: number, key: string): number[] {
  const successors = [unitId]
  for (
    let next = getUnit(tx, unitId).successorId;
    next !== null && !successors.includes(next);
    next = getUnit(tx, next).successorId
  )
    successors.push(next)
  const rows = tx
    .select({ id: targetUnits.id, targetId: targetUnits.targetId, name: targetUnits.name })
    .from(targetUnits)
    .innerJoin(targets, eq(targets.id, targetUnits.targetId))
    .where(and(inArray(targetUnits.unitId, successors), inArray(targets.state, ['extracted', 'confirmed'])))
    .all()
    .filter(({ name }) => unitKey(name) === key)
  for (const { id } of rows) tx.update(targetUnits).set({ unitId: null }).where(eq(targetUnits.id, id)).run()
  return [...new Set(rows.map(({ targetId }) => targetId))]
}

/** Units that a name is not, as a person has said. */
export function refusedUnits(db: Db, name: string): Set<number> {
  return new Set(
    db
      .select({ unitId: unitAliasRefusals.unitId })
      .from(unitAliasRefusals)
      .where(eq(unitAliasRefusals.key, unitKey(name)))
      .all()
      .map(({ unitId }) => unitId),
  )
}

function insertAlias(tx: Db, stamp: Stamp, unitId: number, name: string, source: UnitAlias['source'] = 'person'): void {
  const key = unitKey(name)
  if (key === '') throw invalid([{ path: 'name', message: '名称不能为空' }])
  const taken = resolveUnit(tx, name)
  if (taken === unitId) return
  if (taken !== null) throw invalid([{ path: 'name', message: `“${name}”已是“${getUnit(tx, taken).name}”的名称` }])
  tx.insert(unitAliases).values({ unitId, name, key, source, createdAt: stamp.at }).run()
  // The person corrects an earlier answer.
  if (source === 'person')
    tx.delete(unitAliasRefusals)
      .where(and(eq(unitAliasRefusals.key, key), eq(unitAliasRefusals.unitId, unitId)))
      .run()
}

function checkNameFree(tx: Db, name: string): void {
  if (tx.select({ id: units.id }).from(units).where(eq(units.name, name)).get())
    throw invalid([{ path: 'name', message: `已有名为“${name}”的单位` }])
}

function checkLeader(tx: Db, leaderId: number | null | undefined): void {
  if (leaderId === null || leaderId === undefined) return
  const user = tx.select().from(users).where(eq(users.id, leaderId)).get()
  if (user?.role !== 'leader' || user.disabledAt !== null)
    throw invalid([{ path: 'leaderId', message: '分管领导应为在用的领导账号' }])
}

/** Parent and successor exist, and neither chain comes back to the unit itself. */
function checkLinks(
  tx: Db,
  id: number | null,
  change: { parentId?: number | null; successorId?: number | null },
): void {
  for (const field of ['parentId', 'successorId'] as const) {
    const seen = new Set<number>(id === null ? [] : [id])
    let next = change[field] ?? null
    while (next !== null) {
      if (seen.has(next))
        throw invalid([{ path: field, message: field === 'parentId' ? '上级单位不能循环' : '承继单位不能循环' }])
      seen.add(next)
      const row = tx
        .select({ parentId: units.parentId, successorId: units.successorId })
        .from(units)
        .where(eq(units.id, next))
        .get()
      if (!row) throw invalid([{ path: field, message: '没有这个单位' }])
      next = row[field]
    }
  }
}

function auditFields({ aliases, createdAt: _created, id: _id, ...unit }: NamedUnit): Record<string, unknown> {
  return { ...unit, aliases: aliases.map(({ name }) => name) }
}
