import { inArray } from 'drizzle-orm'
import { clientOf } from '../../db/client.ts'
import { targetsOfContactLeaders } from '../../db/contact-leaders.ts'
import type { Db } from '../../db/open.ts'
import { units } from '../../db/schema/index.ts'
import { eachRow } from './select.ts'
import type { Standing } from './standing.ts'
import { roleBits } from './unit-sets.ts'

/**
 * The targets that are a leader's (我分管的): whose 联系领导 one of these was on the day, or which a unit answers for whose
 * 分管领导 one of these is. As marks by their numbers.
 */
export function marksOfLeaders(db: Db, standing: Standing, leaderIds: readonly number[]): Uint8Array {
  const marks = new Uint8Array(standing.columns.ids)
  for (const id of targetsOfContactLeaders(clientOf(db), leaderIds, standing.day)) marks[id] = 1
  const led = new Set(
    db
      .select({ id: units.id })
      .from(units)
      .where(inArray(units.leaderId, [...leaderIds]))
      .all()
      .map(({ id }) => id),
  )
  if (led.size === 0) return marks
  const { unitSets, units: setOf } = standing.columns
  const [parts, main] = [unitSets.parts(led), roleBits(['main'])]
  eachRow(standing, (id, row) => {
    if ((parts[setOf[row]!]! & main) !== 0) marks[id] = 1
  })
  return marks
}
