import cookie from '@fastify/cookie'
import session from '@fastify/session'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { keptQuery } from '../../db/kept-query.ts'
import type { Role } from '../../db/domain/roles.ts'
import { TOKEN_ROLES } from '../../db/domain/token-terms.ts'
import { secondFactors, users } from '../../db/schema/index.ts'
import type { Db } from '../../db/open.ts'
import type { Actor, Stamp } from '../actor.ts'
import { notSignedIn } from '../errors.ts'
import { readSetting } from '../settings/store.ts'
import { SessionStore } from './store.ts'
import { tokenOf } from './tokens.ts'

interface SessionOptions {
  /** Served by HTTPS: the cookie is Secure and its name begins with `__Host-`. */
  https: boolean
}

/** Name of the session cookie. */
const cookieName = (https: boolean): string => (https ? '__Host-zhengbiao' : 'zhengbiao')

/** The id is 256 random bits of which only the hash is stored: a signature on top would guard nothing. */
const UNSIGNED = {
  sign: (value: string) => value,
  unsign: (value: string) => ({ valid: true, renew: false, value }),
}

/** Gives every request its session and its actor. */
export const sessionPlugin = fp(
  async (app: FastifyInstance, options: SessionOptions) => {
    const store = new SessionStore(app.db, app.now, () => readSetting(app.db, 'session'))
    await app.register(cookie)
    await app.register(session, {
      secret: UNSIGNED as never,
      store: store as never,
      cookieName: cookieName(options.https),
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: options.https },
      idGenerator: () => randomBytes(32).toString('base64url'),
      saveUninitialized: false,
      rolling: false,
    })

    app.decorateRequest('actorOrNull', null)
    app.decorateRequest('tokenScopes', null)
    app.decorateRequest('actor', {
      getter(this: FastifyRequest): Actor {
        if (!this.actorOrNull) throw notSignedIn()
        return this.actorOrNull
      },
    } as never)
    app.decorateRequest('stamp', {
      getter(this: FastifyRequest): Stamp {
        return this.actorOrNull ?? { id: null, displayName: null, ip: this.ip, at: app.now().toISOString() }
      },
    } as never)

    app.addHook('onRequest', async (request) => {
      // A token stands for itself: beside it no cookie counts.
      const token = tokenOf(app.db, request.headers.authorization, app.now())
      if (token !== null) {
        const actor = loadActor(app, token.userId, request.ip)
        // An account that was given another role since, such as the administrator's, is not what the token was made for.
        if (actor === null || !TOKEN_ROLES.includes(actor.role)) throw notSignedIn()
        const displayName = `${actor.displayName}（接口：${token.name}）`
        request.actorOrNull = { ...actor, displayName, mustChangePassword: false, mustSetUpSecondFactor: false }
        request.tokenScopes = token.scopes
        return
      }
      const userId = request.session?.userId
      if (userId === undefined || userId === null) return
      request.actorOrNull = loadActor(app, userId, request.ip)
    })
  },
  { name: 'session' },
)

/** The person as stored now, not as at sign-in: a change of role or unit holds from the next request on. */
export function loadActor(app: FastifyInstance, userId: number, ip: string): Actor | null {
  const user = personById(app.db).get({ userId })
  if (!user || user.disabledAt !== null) return null
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    role: user.role,
    unitId: user.unitId,
    mustChangePassword: user.mustChangePassword,
    mustSetUpSecondFactor: mustSetUpFactor(app.db, user.role, user.factorAt !== null),
    ip,
    at: app.now().toISOString(),
  }
}

const personById = keptQuery((db) =>
  db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      role: users.role,
      unitId: users.unitId,
      mustChangePassword: users.mustChangePassword,
      disabledAt: users.disabledAt,
      /** Of the second factor; null where it is not switched on. */
      factorAt: secondFactors.confirmedAt,
    })
    .from(users)
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))
    .where(eq(users.id, sql.placeholder('userId'))),
)

/** Whether a person of this role has to switch on 两步验证 before anything else. */
export const mustSetUpFactor = (db: Db, role: Role, hasFactor: boolean): boolean =>
  !hasFactor && readSetting(db, 'secondFactor').requiredFor.includes(role)
