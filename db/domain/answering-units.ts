import type { UnitRole } from './target-terms.ts'

/** One unit of a target as far as it is asked who answers for it. */
export interface NamedUnit {
  unitId: number | null
  role: UnitRole
  /** A group (各县市区政府): its members answer, it never does itself. */
  isGroup?: boolean
  /** The group as whose member it has the target. */
  groupId?: number | null
}

/** Whether the unit has a part of its own as a member of a group: it signs, reports and is counted for it. */
export const isMember = ({ groupId, role }: Pick<NamedUnit, 'groupId' | 'role'>): boolean =>
  groupId != null && role !== 'support'

/**
 * Whether a unit has the target as a member of a group and not in its own name: it sees its part and what the whole is
 * called, never what another member does.
 */
export function seesOnlyItsPart(units: readonly NamedUnit[], unitId: number | null): boolean {
  const own = units.filter((unit) => unit.unitId === unitId && unit.isGroup !== true)
  return own.length > 0 && own.every(({ groupId }) => groupId != null)
}

/** Whether a unit works on the target as a member of a group alone, also where it supports it in its own name: it asks for its part. */
export function worksOnItsPart(units: readonly NamedUnit[], unitId: number | null): boolean {
  const working = units.filter((unit) => unit.unitId === unitId && unit.isGroup !== true && unit.role !== 'support')
  return working.length > 0 && working.every(isMember)
}

/**
 * The units that answer for a target (主办): the lead units, or, where no real unit leads, the responsible ones; and every
 * member of a group that it was given to, each for its own part. They have to sign before it counts as 已签收, and 催办 and
 * 督办单 go to them where no unit is named.
 */
export function answeringUnits<U extends NamedUnit>(units: readonly U[]): U[] {
  const real = units.filter((u) => u.unitId !== null && u.isGroup !== true)
  const main = real.some((u) => u.role === 'lead') ? 'lead' : 'responsible'
  return real.filter((u) => u.role === main || isMember(u))
}
