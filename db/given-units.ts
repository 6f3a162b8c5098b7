import type Sqlite from 'better-sqlite3'
import { HIDDEN_FROM_UNITS } from './domain/lifecycle.ts'
import type { UnitRole } from './domain/target-terms.ts'
import { prepared } from './prepared.ts'

/** A unit of a target that was given to it (交办). */
export interface GivenUnit {
  targetId: number
  indicator: string
  deadline: string | null
  unitId: number
  role: UnitRole
}

const STATEMENT = `SELECT t.id AS targetId, t.indicator, t.deadline, tu.unit_id AS unitId, tu.role
  FROM target_units tu JOIN targets t ON t.id = tu.target_id
  WHERE tu.unit_id IS NOT NULL AND tu.group_id IS NULL AND t.state NOT IN (${HIDDEN_FROM_UNITS.map((state) => `'${state}'`).join(', ')})
  ORDER BY t.id, tu.id`

/** The units named by all targets that have been 交办 (a group, not its members), by target; two rows for one that has two roles. */
export const givenUnits = (client: Sqlite.Database): IterableIterator<GivenUnit> =>
  prepared(client, STATEMENT).iterate() as IterableIterator<GivenUnit>

const WAS_GIVEN = `SELECT EXISTS (SELECT 1 FROM target_versions
  WHERE assigned_at IS NOT NULL AND instr(units, ?) > 0)`

/** Whether the unit has ever been given a target, in its own name or as a member of a group. Reads all versions: seldom asked. */
export const wasEverGiven = (client: Sqlite.Database, unitId: number): boolean =>
  prepared(client, WAS_GIVEN).pluck().get(`"unitId":${unitId},`) === 1
