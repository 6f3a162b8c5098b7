import { HAS_VALUE, LATE, type StandingColumns } from './columns.ts'
import type { UnitSet } from './unit-sets.ts'
import type { Actor } from '../actor.ts'
import type { TargetFilter } from '../core/target-schemas.ts'

export type Viewer = Pick<Actor, 'role' | 'unitId'>

/** What a count for the viewer is called: people who see the same share it. */
export const nameOf = ({ role, unitId }: Viewer): string => (role === 'reporter' ? `of unit ${unitId}` : 'of all')

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
  const own =
    unitId === null || !unitSets.hasOwnLights
      ? null
      : unitSets.marks(`light of ${unitId}`, (set) => ownLight(set, unitId), [unitId])
  const at = (row: number) => own?.[units[row]!] ?? 0
  return {
    code: (row) => at(row) & CODE || light[row]!,
    isLate: (row) => (at(row) === 0 ? (flags[row]! & LATE) !== 0 : (at(row) & OWN_LATE) !== 0),
    hasValue: (row) => (at(row) === 0 ? (flags[row]! & HAS_VALUE) !== 0 : (at(row) & OWN_VALUE) !== 0),
  }
}

/** The light of a unit's own line in one number: its code, and above it what else is told of it; 0 where there is none. */
function ownLight({ lights }: UnitSet, unitId: number): number {
  const own = lights.find((one) => one.unitId === unitId)
  return own === undefined ? 0 : own.code + (own.late ? OWN_LATE : 0) + (own.hasValue ? OWN_VALUE : 0)
}
const CODE = 15
const OWN_LATE = 16
const OWN_VALUE = 32
