import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../errors.ts'
import { RequestWindows } from './request-windows.ts'

/** Requests a minute of one person, or of one address where nobody is signed in: far more than a person can click. */
export const REQUESTS_PER_MINUTE = 1_200
/** Sign-ins and set-ups a minute from one address; a whole office may share one. */
export const SIGN_INS_PER_MINUTE = 30

/** `config` of routes that guess at secrets: a stricter limit by address. */
export const SIGN_IN_LIMIT = { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: 60_000, groupId: 'sign-in' } }
/** `config` of routes that move a lot at once (uploads, exports): ASVS 2.4.1. */
export const BULK_LIMIT = { rateLimit: { max: 60, timeWindow: 60_000, groupId: 'bulk' } }

/** Requests of one person that may be under way at once: enough for some pages side by side. */
const REQUESTS_AT_ONCE = 40

/** Limits how often one person may call; addresses that do not exist are counted as well, the files of the web app are not. */
export const rateLimitsPlugin = fp(
  async (app: FastifyInstance) => {
    limitAtOnce(app)
    await app.register(rateLimit, {
      max: REQUESTS_PER_MINUTE,
      timeWindow: 60_000,
      store: RequestWindows,
      // A page is some dozen files, and a whole office behind one address opens it at half past eight.
      allowList: (request) => request.url.startsWith('/assets/'),
      keyGenerator: (request) => (request.actorOrNull ? `user:${request.actorOrNull.id}` : `ip:${request.ip}`),
      errorResponseBuilder: (_request, context) =>
        new Problem(429, 'too-many-requests', '操作过于频繁', `请在 ${Math.ceil(context.ttl / 1000)} 秒后再试。`, {
          retryAfter: Math.ceil(context.ttl / 1000),
        }),
    })
  },
  { name: 'rate-limits', dependencies: ['session'] },
)

/** Whoever sends too much is refused at once, with Retry-After, before the queue grows for everybody. */
function limitAtOnce(app: FastifyInstance): void {
  const underWay = new Map<number, number>()
  const counted = new WeakMap<FastifyRequest, number>()
  app.addHook('onRequest', async (request) => {
    const id = request.actorOrNull?.id
    if (id === undefined) return
    const count = (underWay.get(id) ?? 0) + 1
    if (count > REQUESTS_AT_ONCE)
      throw new Problem(429, 'too-many-requests', '操作过于频繁', '您同时发出的请求太多，请在 1 秒后再试。', {
        retryAfter: 1,
      })
    underWay.set(id, count)
    counted.set(request, id)
  })
  const done = (request: FastifyRequest) => {
    const id = counted.get(request)
    if (id === undefined || !counted.delete(request)) return
    const count = underWay.get(id)! - 1
    if (count === 0) underWay.delete(id)
    else underWay.set(id, count)
  }
  app.addHook('onResponse', async (request) => done(request))
  // the browser has gone away before the answer
  app.addHook('onRequestAbort', async (request) => done(request))
}
