import type Sqlite from 'better-sqlite3'
import { inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { clientOf } from '../../../db/client.ts'
import { ASSIGNED_FIELDS, pickFields } from '../../../db/domain/target-fields.ts'
import { givenUnits } from '../../../db/given-units.ts'
import type { Db } from '../../../db/open.ts'
import { targets, units } from '../../../db/schema/index.ts'
import { highestTarget, newestChange } from '../../../db/standings.ts'
import { presentUnit } from '../../core/target-units.ts'
import { UnitHistory } from './history.ts'
import type { unitProposalsAnswer } from './schemas.ts'

/** So many targets of a hundred may have been written since the past was read: of thousands it is not read anew for each. */
const UNREAD_PER_HUNDRED = 1

const histories = new WeakMap<Sqlite.Database, { history: UnitHistory; change: number }>()

/** What units were given before; in a large database as it was a short while ago. */
function historyOf(client: Sqlite.Database): UnitHistory {
  const change = newestChange(client)
  const known = histories.get(client)
  const unread = known === undefined ? Infinity : change - known.change
  if (known && unread >= 0 && unread <= (highestTarget(client) * UNREAD_PER_HUNDRED) / 100) return known.history
  const history = new UnitHistory(givenUnits(client))
  histories.set(client, { history, change })
  return history
}

/**
 * Units for targets by what they were given before: proposed with the reason, and written nowhere. A unit that has been
 * dissolved stands for the one that does its work today.
 */
export function proposeUnits(db: Db, ids: readonly number[]): z.output<typeof unitProposalsAnswer> {
  const history = historyOf(clientOf(db))
  const open = new Map(
    db
      .select({ id: units.id, name: units.name, archivedAt: units.archivedAt })
      .from(units)
      .all()
      .filter(({ archivedAt }) => archivedAt === null)
      .map(({ id, name }) => [id, name]),
  )
  const asked = db
    .select({ ...pickFields(targets, ASSIGNED_FIELDS), id: targets.id, indicator: targets.indicator })
    .from(targets)
    .where(inArray(targets.id, [...ids]))
    .all()
  const present = new Map<number, number>()
  const presentOf = (id: number) => {
    if (!present.has(id)) present.set(id, presentUnit(db, id))
    return present.get(id)!
  }
  return {
    items: asked.map(({ id, indicator, ...fields }) => ({
      targetId: id,
      fields,
      units: history.for(indicator).flatMap(({ unitId, ...why }, at, all) => {
        const now = presentOf(unitId)
        const name = open.get(now)
        const isSecond = all.findIndex((one) => presentOf(one.unitId) === now) !== at
        return name === undefined || isSecond ? [] : [{ unitId: now, name, ...why }]
      }),
    })),
  }
}
