import type Sqlite from 'better-sqlite3'
import { HIDDEN_FROM_UNITS } from './domain/lifecycle.ts'
import type { UnitRole } from './domain/target-terms.ts'
import { prepared } from './prepared.ts'
import { dateOrNull, type Stored } from './stored.ts'
import { hasUnit } from './version-units.ts'

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
export function* givenUnits(client: Sqlite.Database): Generator<GivenUnit> {
  type Line = Omit<GivenUnit, 'deadline'> & { deadline: Stored | null }
  for (const line of prepared(client, STATEMENT).iterate() as IterableIterator<Line>)
    yield { ...line, deadline: dateOrNull(line.deadline) }
}

const WAS_GIVEN = `SELECT EXISTS (SELECT 1 FROM target_versions
  WHERE assigned_at IS NOT NULL AND ${hasUnit('units')})`

/** Whether the unit has ever been given a target, in its own name or as a member of a group. Reads all versions: seldom asked. */
export const wasEverGiven = (client: Sqlite.Database, unitId: number): boolean =>
  prepared(client, WAS_GIVEN).pluck().get({ unit: unitId }) === 1
