import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { clientOf } from '../../db/client.ts'
import { addDays, shanghaiDateOf } from '../../db/domain/dates.ts'
import type { Db } from '../../db/open.ts'
import { units } from '../../db/schema/index.ts'
import { lastInstantOf, targetsOn } from '../../db/targets-on.ts'
import type { Actor } from '../actor.ts'
import { type LoadedTarget, seesInPart } from '../core/target-record.ts'
import { notFound } from '../errors.ts'
import { settingsAt } from '../settings/store.ts'
import type { signaturesAnswer } from './list-schemas.ts'

/**
 * 签收 of each unit with its own light as it was known at the end of `day`: late from the day after the days that the office
 * gave by then. A member of a group is told of its own. 404 where nobody knew of the target then.
 */
export function signaturesOf(
  db: Db,
  loaded: LoadedTarget,
  viewer: Pick<Actor, 'role' | 'unitId'>,
  day: string,
): z.infer<typeof signaturesAnswer> {
  const on = targetsOn(clientOf(db), [loaded.target.id], day)[0]
  if (!on) throw notFound('目标')
  const { signWithinDays } = settingsAt(db, 'reminders', lastInstantOf(day))
  const signBy = on.assignedAt === null ? null : addDays(shanghaiDateOf(on.assignedAt), signWithinDays)
  const groups = new Set(
    db
      .select({ id: units.id })
      .from(units)
      .where(eq(units.kind, 'group'))
      .all()
      .map(({ id }) => id),
  )
  const inPart = seesInPart(loaded.units, viewer)
  return {
    items: on.units
      .filter(({ unitId }) => !inPart || unitId === viewer.unitId)
      .map(({ role, name, unitId, signedAt }) => {
        const dueOn = unitId === null || groups.has(unitId) ? null : signBy
        return { role, name, unitId, signedAt, dueOn, light: signatureLight(signedAt, dueOn, day) }
      }),
  }
}

function signatureLight(signedAt: string | null, dueOn: string | null, day: string) {
  if (dueOn === null) return 'none'
  if (signedAt === null) return day > dueOn ? 'late' : 'waiting'
  return shanghaiDateOf(signedAt) > dueOn ? 'signed_late' : 'signed'
}
