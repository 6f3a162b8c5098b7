import { codeOfLine, HAS_VALUE, LATE, type StandingColumns } from './columns.ts'
import { OWN_CODE, OWN_LATE, OWN_VALUE } from './unit-sets.ts'
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
  /** The code of a row ({@link StandingColumns.codeAt}) with its set of units, with light and flags of whoever asks; null: it is the row's own. */
  lineCode: ((code: number, set: number) => number) | null
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
  const own = unitId === null || !unitSets.hasOwnLights ? null : unitSets.lightsOf(unitId)
  const at = (row: number) => own?.[units[row]!] ?? 0
  return {
    code: (row) => at(row) & OWN_CODE || light[row]!,
    isLate: (row) => (at(row) === 0 ? (flags[row]! & LATE) !== 0 : (at(row) & OWN_LATE) !== 0),
    hasValue: (row) => (at(row) === 0 ? (flags[row]! & HAS_VALUE) !== 0 : (at(row) & OWN_VALUE) !== 0),
    lineCode:
      own &&
      ((code, set) => {
        const line = own[set] ?? 0
        return line === 0
          ? code
          : codeOfLine(code, line & OWN_CODE || (code >> 6) & 7, (line & OWN_LATE) !== 0, (line & OWN_VALUE) !== 0)
      }),
  }
}
