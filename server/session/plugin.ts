import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { TOKEN_ROLES } from '../../db/domain/token-terms.ts'
import type { Actor, Stamp } from '../actor.ts'
import { notSignedIn } from '../errors.ts'
import { readSetting } from '../settings/store.ts'
import { actorOf, loadActor } from './person.ts'
import { personOfSession } from './store.ts'
import { tokenOf } from './tokens.ts'

interface SessionOptions {
  /** Served by HTTPS: the cookie is Secure and its name begins with `__Host-`. */
  https: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of the session that the request belongs to, or has opened; null without one. It stands in the cookie alone. */
    sessionId: string | null
  }
}

/** Name of the session cookie. */
const cookieName = (https: boolean): string => (https ? '__Host-zhengbiao' : 'zhengbiao')

/** Gives every request its session and its actor. */
export const sessionPlugin = fp(
  async (app: FastifyInstance, { https }: SessionOptions) => {
    const name = cookieName(https)
    await app.register(cookie)
    app.decorateRequest('sessionId', null)
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
      const sessionId = request.cookies[name]
      if (!sessionId) return
      const person = personOfSession(app.db, sessionId, app.now(), readSetting(app.db, 'session'))
      if (person === null) return
      request.sessionId = sessionId
      request.actorOrNull = actorOf(app, person, request.ip)
    })

    // The cookie follows the session: a new one is handed over, one that opens nothing any more is taken back.
    app.addHook('onSend', async (request, reply) => {
      if (request.tokenScopes !== null || (request.cookies[name] || null) === request.sessionId) return
      const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: https } as const
      if (request.sessionId === null) reply.clearCookie(name, attributes)
      else reply.setCookie(name, request.sessionId, attributes)
    })
  },
  { name: 'session' },
)
