import { clientOf } from '../../db/client.ts'
import { lightTarget } from '../../db/light-inputs.ts'
import type { Db } from '../../db/open.ts'
import { type TargetOn, targetsOn } from '../../db/targets-on.ts'
import { expectedOn } from '../../db/domain/expected.ts'
import { type LightTarget, lineTarget } from '../../db/domain/lights.ts'
import { lacksBaseline } from '../../db/domain/progress.ts'
import { LEDGER_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import type { TargetRow, UnitRef } from './target-schemas.ts'

/**
 * The targets as the ledger shows them on `day`, in the order of `ids`; one that was not known then is left out.
 * @param unitId whose part is asked for ({@link targetsOn})
 */
export const rowsOn = (db: Db, ids: readonly number[], day: string, unitId: number | null): TargetRow[] =>
  targetsOn(clientOf(db), ids, day, unitId).map((target) => ledgerRow(target, day))

/** A target as the ledger shows it on `day`. */
export function ledgerRow(target: TargetOn, day: string): TargetRow {
  const course = courseOf(target)
  const expected = isTracked(target.state) ? expectedOn(course, day) : null
  return {
    id: target.id,
    ...pickFields(target, LEDGER_FIELDS),
    ...ownPart(target, course),
    document: {
      id: target.documentId,
      number: target.documentNumber,
      title: target.documentTitle,
      kind: target.documentKind,
    },
    clausePath: target.clausePath,
    lead: unitsIn(target, 'lead'),
    responsible: unitsIn(target, 'responsible'),
    support: unitsIn(target, 'support'),
    light: target.light,
    late: target.late,
    progress: target.progress,
    expected: expected === null ? null : Math.round(expected * 100) / 100,
    reported: target.reportedAsOf === null ? null : { value: target.reportedValue, asOf: target.reportedAsOf },
    missingBaseline: lacksBaseline(target),
    confidence: target.confidence,
    metBy: target.metBy,
    version: target.version,
  }
}

/** What the light and the expected line of a target, or of the one line that is shown of it, are reckoned from. */
export function courseOf(target: TargetOn): LightTarget {
  const whole = lightTarget(target, target.parts, [])
  return target.lineOf === null ? whole : lineTarget(whole, target.lineOf)
}

/** What the unit whose line is shown has to reach, and until when, where that is its own. */
const ownPart = ({ lineOf }: TargetOn, { value, deadline }: LightTarget) =>
  lineOf === null ? {} : { deadline, ...(value === null ? {} : { value }) }

const unitsIn = ({ units }: TargetOn, role: 'lead' | 'responsible' | 'support'): UnitRef[] =>
  units
    .filter((unit) => unit.role === role)
    .map(({ unitId, name, groupId }) => ({ unitId, name, ...(groupId === undefined ? {} : { groupId }) }))

/** Indicator, and names of the leading and responsible units, of some targets on `day`. */
export const indicatorsOn = (
  db: Db,
  ids: readonly number[],
  day: string,
): Map<number, { indicator: string; units: string[] }> =>
  new Map(
    targetsOn(clientOf(db), ids, day).map(({ id, indicator, units }) => [
      id,
      { indicator, units: units.filter(({ role }) => role !== 'support').map(({ name }) => name) },
    ]),
  )
