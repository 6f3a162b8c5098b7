import { separateLines } from '../../../db/domain/reporting.ts'
import { UNIT_ROLES } from '../../../db/domain/target-terms.ts'
import type { TargetDetail } from '../api/types.ts'

/** Numbers of the units that report on the target separately, each its own value; empty where one line is kept for the whole. */
export function separateUnits(target: TargetDetail): number[] {
  const units = UNIT_ROLES.flatMap((role) => target[role].map((unit) => ({ role, ...unit })))
  const groups = new Set(units.map(({ groupId }) => groupId))
  return separateLines(
    units.map((unit) => ({ ...unit, isGroup: unit.unitId !== null && groups.has(unit.unitId) })),
    target.reporting,
  )
}
