/**
 * The units of a target as its versions keep them: a JSON list with one list for each, `[role, unitId, name, signedAt, groupId]`,
 * of which the last two are left out where they are empty. Names and numbers are most of what a version takes.
 */
import type { UnitRole } from './domain/target-terms.ts'
import { instantOrNull, type Stored, storedInstant } from './stored.ts'

/** One unit of a target in one of its versions, in the order of its role's list. */
export interface VersionUnit {
  role: UnitRole
  name: string
  /** Null where the name has not been resolved. */
  unitId: number | null
  signedAt: string | null
  /** The group as whose member it has the target; absent where there is none. */
  groupId?: number
}

/** These numbers lie in databases: a role may get a new one, never another's. */
const ROLE_CODES: Record<UnitRole, number> = { lead: 0, responsible: 1, support: 2 }
const ROLES = new Map(Object.entries(ROLE_CODES).map(([role, code]) => [code, role as UnitRole]))

type Entry = [role: number | UnitRole, unitId: number | null, name: string, signedAt?: Stored | null, groupId?: number]

const ROLE_CODE = `CASE u.role ${Object.entries(ROLE_CODES)
  .map(([role, code]) => `WHEN '${role}' THEN ${code}`)
  .join(' ')} ELSE u.role END`

/** The list of the units of the target `t` as they stand now. */
export const UNITS_OF_T = `(SELECT json_group_array(json(CASE
    WHEN u.group_id IS NOT NULL THEN json_array(${ROLE_CODE}, u.unit_id, u.name, u.signed_at, u.group_id)
    WHEN u.signed_at IS NOT NULL THEN json_array(${ROLE_CODE}, u.unit_id, u.name, u.signed_at)
    ELSE json_array(${ROLE_CODE}, u.unit_id, u.name) END) ORDER BY u.role, u.position, u.id)
  FROM target_units u WHERE u.target_id = t.id)`

/** A list as it is stored; what came with an older database may stand in it as it was. */
export const readVersionUnits = (stored: string): VersionUnit[] =>
  (JSON.parse(stored) as (Entry | VersionUnit)[]).map((entry) => {
    if (!Array.isArray(entry)) return entry
    const [role, unitId, name, signedAt = null, groupId] = entry
    const unit = {
      role: ROLES.get(role as number) ?? (role as UnitRole),
      name,
      unitId,
      signedAt: instantOrNull(signedAt),
    }
    return groupId === undefined ? unit : { ...unit, groupId }
  })

/** What of each unit in a list counts ask: there are millions of lists, and nobody counts by names and signatures. */
export const readUnitRoles = (stored: string): Pick<VersionUnit, 'role' | 'unitId' | 'groupId'>[] =>
  (JSON.parse(stored) as (Entry | VersionUnit)[]).map((entry) => {
    if (!Array.isArray(entry)) return entry
    const role = ROLES.get(entry[0] as number) ?? (entry[0] as UnitRole)
    return entry[4] === undefined ? { role, unitId: entry[1] } : { role, unitId: entry[1], groupId: entry[4] }
  })

/** The list as JSON of {@link VersionUnit}s, as it is told outside. */
export const versionUnitsText = (stored: string): string =>
  stored.startsWith('[[') ? JSON.stringify(readVersionUnits(stored)) : stored

/** Whether the unit `:unit` stands in a list. Most lists are told by their text alone. */
export const hasUnit = (list: string): string => `(instr(${list}, ',' || CAST(:unit AS INTEGER) || ',') > 0
  AND EXISTS (SELECT 1 FROM json_each(${list}) e WHERE coalesce(e.value ->> 1, e.value ->> 'unitId') = :unit))`

/** The list that {@link readVersionUnits} reads. */
export const writeVersionUnits = (units: readonly VersionUnit[]): string =>
  JSON.stringify(
    units.map(({ role, unitId, name, signedAt, groupId }): Entry => {
      const code = ROLE_CODES[role] ?? role
      const signed = typeof signedAt === 'string' ? storedInstant(signedAt) : null
      if (groupId !== undefined) return [code, unitId, name, signed, groupId]
      return signed === null ? [code, unitId, name] : [code, unitId, name, signed]
    }),
  )
