import type { z } from 'zod'
import { addDays, shanghaiDate } from '../../db/domain/dates.ts'
import type { signaturesAnswer } from './list-schemas.ts'
import { seesOnlyItsPart } from '../../db/domain/answering-units.ts'
import type { Actor } from '../actor.ts'
import { type LoadedTarget, subjectUnit } from '../core/target-record.ts'

/**
 * 签收 of each unit with its own light: late from the day after the days that the office gives. A member of a group is told of
 * its own.
 */
export function signaturesOf(
  { target, units }: LoadedTarget,
  viewer: Pick<Actor, 'role' | 'unitId'>,
  today: string,
  signWithinDays: number,
): z.infer<typeof signaturesAnswer> {
  const day = (instant: string) => shanghaiDate(new Date(instant))
  const inPart = viewer.role === 'reporter' && seesOnlyItsPart(units.map(subjectUnit), viewer.unitId)
  const shown = inPart ? units.filter(({ unitId }) => unitId === viewer.unitId) : units
  return {
    items: shown.map(({ role, name, unitId, signedAt, unitKind }) => {
      const dueOn =
        target.assignedAt === null || unitKind !== 'unit' ? null : addDays(day(target.assignedAt), signWithinDays)
      const light =
        dueOn === null
          ? 'none'
          : signedAt === null
            ? today > dueOn
              ? 'late'
              : 'waiting'
            : day(signedAt) > dueOn
              ? 'signed_late'
              : 'signed'
      return { role, name, unitId, signedAt, dueOn, light }
    }),
  }
}
