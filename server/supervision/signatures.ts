import type { z } from 'zod'
import { addDays, shanghaiDate } from '../../db/domain/dates.ts'
import type { signaturesAnswer } from './list-schemas.ts'
import type { Actor } from '../actor.ts'
import { type LoadedTarget, unitsTold } from '../core/target-record.ts'

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
  return {
    items: unitsTold(units, viewer).map(({ role, name, unitId, signedAt, unitKind }) => {
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
