import { eq, sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../../db/domain/roles.ts'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { secondFactors, users } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { readSetting } from '../settings/store.ts'

/** What a request asks about the person who sends it. */
export const PERSON_COLUMNS = {
  userId: users.id,
  username: users.username,
  displayName: users.displayName,
  role: users.role,
  unitId: users.unitId,
  mustChangePassword: users.mustChangePassword,
  disabledAt: users.disabledAt,
  /** Of the second factor; null where it is not switched on. */
  factorAt: secondFactors.confirmedAt,
}

const personById = keptQuery((db) =>
  db
    .select(PERSON_COLUMNS)
    .from(users)
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))
    .where(eq(users.id, sql.placeholder('userId'))),
)
export type PersonRow = NonNullable<ReturnType<ReturnType<typeof personById>['get']>>

/** The person as stored now, not as at sign-in: a change of role or unit holds from the next request on. */
export function loadActor(app: FastifyInstance, userId: number, ip: string): Actor | null {
  const person = personById(app.db).get({ userId })
  return !person || person.disabledAt !== null ? null : actorOf(app, person, ip)
}

/** A person of now as the one who does something. */
export const actorOf = (app: FastifyInstance, person: PersonRow, ip: string): Actor => ({
  id: person.userId,
  username: person.username,
  displayName: person.displayName,
  role: person.role,
  unitId: person.unitId,
  mustChangePassword: person.mustChangePassword,
  mustSetUpSecondFactor: mustSetUpFactor(app.db, person.role, person.factorAt !== null),
  ip,
  at: app.now().toISOString(),
})

/** Whether a person of this role has to switch on 两步验证 before anything else. */
export const mustSetUpFactor = (db: Db, role: Role, hasFactor: boolean): boolean =>
  !hasFactor && readSetting(db, 'secondFactor').requiredFor.includes(role)
