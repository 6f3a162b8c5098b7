import { and, exists, notInArray, type SQL, sql } from 'drizzle-orm'
import { HIDDEN_FROM_UNITS } from '../../db/domain/lifecycle.ts'
import { targets, targetUnits } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'

/** Whether the unit leads, answers for or supports the target. */
const unitTakesPart = (unitId: number): SQL =>
  exists(
    // the subquery names the outer table's column, which drizzle's builder cannot do without a from
    sql`(select 1 from ${targetUnits} where ${targetUnits.targetId} = ${targets.id} and ${targetUnits.unitId} = ${unitId})`,
  )

/**
 * The rows of `targets` that a person may see, as a condition; undefined where it is all of them. The same rule as
 * `canSee` of the life cycle: a reporter sees what its unit has a part in, once that has been assigned.
 */
export function visibleTo(actor: Pick<Actor, 'role' | 'unitId'>): SQL | undefined {
  if (actor.role !== 'reporter') return undefined
  if (actor.unitId === null) return sql`0`
  return and(notInArray(targets.state, [...HIDDEN_FROM_UNITS]), unitTakesPart(actor.unitId))
}
