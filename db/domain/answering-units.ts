import type { UnitRole } from './target-terms.ts'

/**
 * The units that answer for a target (主办): the lead units, or, where no real unit leads, the responsible ones. They
 * have to sign before it counts as 已签收, and 催办 and 督办单 go to them where no unit is named.
 */
export function answeringUnits<U extends { unitId: number | null; role: UnitRole; generic?: boolean }>(
  units: readonly U[],
): U[] {
  const real = units.filter((u) => u.unitId !== null && u.generic !== true)
  const lead = real.filter((u) => u.role === 'lead')
  return lead.length > 0 ? lead : real.filter((u) => u.role === 'responsible')
}
