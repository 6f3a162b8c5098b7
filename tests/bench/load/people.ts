import type { OpenDb } from '../../../db/open.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { Role } from '../../../db/domain/roles.ts'
import { systemStamp } from '../../../server/actor.ts'
import { insertUser } from '../../../server/core/users.ts'
import { hashPassword } from '../../../server/session/passwords.ts'

export const LOAD_PASSWORD = 'only for the load test 1'

/** Who works at the end of a month. */
export interface LoadPerson {
  username: string
  role: Exclude<Role, 'admin'>
  /** The unit a reporter speaks for. */
  unitId: number | null
}

/** So many people of each role; reporters spread evenly over the units 1 to `units`. */
export function peopleOf(reporters: number, supervisors: number, leaders: number, units: number): LoadPerson[] {
  const some = (count: number, role: LoadPerson['role']) =>
    Array.from({ length: count }, (_, i) => ({
      username: `${role}${i + 1}`,
      role,
      unitId: role === 'reporter' ? 1 + (i % units) : null,
    }))
  return [...some(reporters, 'reporter'), ...some(supervisors, 'supervisor'), ...some(leaders, 'leader')]
}

/** Makes their accounts; a hash that costs little, since signing in is not what is measured. */
export async function enrol(db: OpenDb, people: readonly LoadPerson[]): Promise<void> {
  const passwordHash = await hashPassword(LOAD_PASSWORD, { memoryCost: 64, timeCost: 1 })
  inTransaction(db, (tx) => {
    for (const { username, role, unitId } of people) {
      insertUser(tx, systemStamp('load', new Date()), {
        username,
        displayName: username,
        role,
        unitId,
        email: null,
        passwordHash,
        mustChangePassword: false,
        passwordExpiresAt: null,
      })
    }
  })
}
