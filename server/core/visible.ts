import { and, exists, notInArray, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
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
 * Whether a person sees more of a target than one part of it: a unit that has it as a member of a group sees its own part and
 * what the whole is called. Undefined where that is so of all of them.
 * @param targetId the column that names the target
 */
export function seesWhole(
  viewer: Pick<Actor, 'role'> & { unitId: Actor['unitId'] | Placeholder },
  targetId: AnySQLiteColumn,
): SQL | undefined {
  if (viewer.role !== 'reporter') return undefined
  return exists(
    sql`(select 1 from ${targetUnits} where ${targetUnits.targetId} = ${targetId} and ${targetUnits.unitId} = ${viewer.unitId} and ${targetUnits.groupId} is null)`,
  )
}

/**
 * The rows of `targets` that a person may see, as a condition; undefined where it is all of them. The same rule as
 * `canSee` of the life cycle: a reporter sees what its unit has a part in, once that has been assigned.
 */
export function visibleTo(actor: Pick<Actor, 'role' | 'unitId'>): SQL | undefined {
  if (actor.role !== 'reporter') return undefined
  if (actor.unitId === null) return sql`0`
  return and(notInArray(targets.state, [...HIDDEN_FROM_UNITS]), unitTakesPart(actor.unitId))
}
