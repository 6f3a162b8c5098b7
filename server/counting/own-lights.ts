import { HAS_VALUE, LATE, type StandingColumns } from './columns.ts'
import type { OwnLights } from './unit-sets.ts'
import type { Actor } from '../actor.ts'
import type { TargetFilter } from '../core/target-schemas.ts'

export type Viewer = Pick<Actor, 'role' | 'unitId'>

/** The light of a row of the columns, as it concerns whoever asks. */
interface LightReader {
  /** As {@link StandingColumns.light} has it. */
  code: (row: number) => number
  isLate: (row: number) => boolean
  hasValue: (row: number) => boolean
}

/**
 * Whose part is asked for: a reporter's own unit's, or that of the one unit that a filter names. A target that units report
 * on separately then has the light of this unit's line. Null: the whole targets are.
 */
export function unitAsked(viewer: Viewer, filter: Pick<TargetFilter, 'unitId'> = {}): number | null {
  if (viewer.role === 'reporter') return viewer.unitId
  const [unitId, ...others] = filter.unitId ?? []
  return unitId !== undefined && others.length === 0 ? unitId : null
}

/** Lights as they concern a unit ({@link unitAsked}); null for those of the whole targets. */
export function lightsFor({ light, flags, units, unitSets }: StandingColumns, unitId: number | null): LightReader {
  const own: (OwnLights[number] | undefined)[] =
    unitId === null ? [] : unitSets.list.map(({ lights }) => lights.find((one) => one.unitId === unitId))
  return {
    code: (row) => own[units[row]!]?.code ?? light[row]!,
    isLate: (row) => own[units[row]!]?.late ?? (flags[row]! & LATE) !== 0,
    hasValue: (row) => own[units[row]!]?.hasValue ?? (flags[row]! & HAS_VALUE) !== 0,
  }
}
