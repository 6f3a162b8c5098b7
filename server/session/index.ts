import { eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { inTransaction } from '../../db/transaction.ts'
import { units, users } from '../../db/schema/index.ts'
import { type Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { Problem } from '../errors.ts'
import { insertUser } from '../core/users.ts'
import { displayNameField, meSchema, passwordField, usernameField } from './schemas.ts'
import { SIGN_IN_LIMIT } from '../plugins/rate-limits.ts'
import { noContent } from '../schema.ts'
import { confirmPassword } from './confirm-password.ts'
import { checkNewPassword, hashPassword } from './passwords.ts'
import { codeField, secondFactorRoutes } from './second-factor-routes.ts'
import { providerRoutes } from './provider-routes.ts'
import { checkSetupToken, useSetupToken } from './setup.ts'
import { openSession, refuseLocal, signIn } from './sign-in.ts'
import { endLinksOf, personOfLink } from './sign-in-links.ts'
import { endSessionsOf } from './store.ts'
import { SignInThrottle } from './throttle.ts'

const TAGS = ['登录']
const tokenParams = z.object({ token: z.string().min(1).max(100) })

/** Signing in and out, one's own password, and the first administrator. */
export const sessionArea: FastifyPluginAsyncZod = async (app) => {
  const throttle = new SignInThrottle(app.now)
  await app.register(secondFactorRoutes, { throttle })
  await app.register(providerRoutes, { me })

  app.post(
    '/session',
    {
      // its limit by address is signIn's own
      config: { roles: 'public' },
      schema: {
        tags: TAGS,
        body: z.object({ username: z.string().min(1).max(100), password: passwordField, code: codeField.optional() }),
        response: { 200: meSchema },
      },
    },
    async (request) => {
      await signIn(app, request, throttle, request.body.username.trim(), request.body.password, request.body.code)
      return me(app, request.actor)
    },
  )

  app.get(
    '/session',
    {
      config: { roles: ROLES, beforePasswordChange: true, beforeSecondFactor: true },
      schema: { tags: TAGS, response: { 200: meSchema } },
    },
    async (request) => me(app, request.actor),
  )

  app.delete(
    '/session',
    {
      config: { roles: ROLES, beforePasswordChange: true, beforeSecondFactor: true },
      schema: { tags: TAGS, response: { 204: noContent } },
    },
    async (request, reply) => {
      inTransaction(app.db, (tx) =>
        appendAudit(tx, request.actor, 'session.close', 'user', request.actor.id, null, null),
      )
      await request.session.destroy()
      return reply.code(204).send()
    },
  )

  app.post(
    '/session/password',
    {
      config: { roles: ROLES, beforePasswordChange: true, beforeSecondFactor: true, ...SIGN_IN_LIMIT },
      schema: {
        tags: TAGS,
        body: z.object({ current: passwordField, next: passwordField }),
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      await changePassword(app, request.actor, throttle, request.body.current, request.body.next)
      const user = app.db.select().from(users).where(eq(users.id, request.actor.id)).get()!
      endSessionsOf(app.db, user.id, request.session.sessionId)
      await openSession(app, request, user)
      return reply.code(204).send()
    },
  )

  app.get(
    '/setup/:token',
    {
      config: { roles: 'public', ...SIGN_IN_LIMIT },
      schema: { tags: TAGS, params: tokenParams, response: { 200: z.object({ valid: z.literal(true) }) } },
    },
    async (request) => {
      checkSetupToken(app.db, request.params.token, app.now())
      return { valid: true as const }
    },
  )

  app.post(
    '/setup/:token',
    {
      config: { roles: 'public', ...SIGN_IN_LIMIT },
      schema: {
        tags: TAGS,
        params: tokenParams,
        body: z.object({ username: usernameField, displayName: displayNameField, password: passwordField }),
        response: { 201: meSchema },
      },
    },
    async (request, reply) => {
      const { username, displayName, password } = request.body
      checkSetupToken(app.db, request.params.token, app.now())
      await checkNewPassword(password, username)
      const passwordHash = await hashPassword(password, app.passwordCost)
      const user = inTransaction(app.db, (tx) => {
        useSetupToken(tx, request.params.token, app.now())
        return insertUser(tx, request.stamp, {
          username,
          displayName,
          role: 'admin',
          unitId: null,
          email: null,
          passwordHash,
          mustChangePassword: false,
          passwordExpiresAt: null,
        })
      })
      await openSession(app, request, user)
      return reply.code(201).send(me(app, request.actor))
    },
  )

  app.get(
    '/welcome/:token',
    {
      config: { roles: 'public', ...SIGN_IN_LIMIT },
      schema: {
        tags: TAGS,
        summary: '一次性登录链接是谁的',
        params: tokenParams,
        response: { 200: z.object({ displayName: z.string(), username: z.string() }) },
      },
    },
    async (request) => {
      const { displayName, username } = personOfLink(app.db, request.params.token, app.now())
      return { displayName, username }
    },
  )

  app.post(
    '/welcome/:token',
    {
      config: { roles: 'public', ...SIGN_IN_LIMIT },
      schema: {
        tags: TAGS,
        summary: '用一次性链接设置自己的密码并登录；链接随即失效',
        params: tokenParams,
        body: z.object({ password: passwordField }),
        response: { 200: meSchema },
      },
    },
    async (request) => {
      const { password } = request.body
      const { token } = request.params
      const guest = personOfLink(app.db, token, app.now())
      refuseLocal(app, guest)
      await checkNewPassword(password, guest.username)
      const passwordHash = await hashPassword(password, app.passwordCost)
      const user = inTransaction(app.db, (tx) => {
        const person = personOfLink(tx, token, app.now())
        endLinksOf(tx, person.id, app.now())
        endSessionsOf(tx, person.id)
        appendAudit(tx, request.stamp, 'user.password', 'user', person.id, null, { by: 'link' })
        return tx
          .update(users)
          .set({ passwordHash, mustChangePassword: false, passwordExpiresAt: null, version: person.version + 1 })
          .where(eq(users.id, person.id))
          .returning()
          .get()
      })
      await openSession(app, request, user)
      return me(app, request.actor)
    },
  )
}

/** The signed-in person as the pages need it. */
function me(app: FastifyInstance, actor: Actor): z.infer<typeof meSchema> {
  const unit =
    actor.unitId === null
      ? undefined
      : app.db.select({ id: units.id, name: units.name }).from(units).where(eq(units.id, actor.unitId)).get()
  return {
    id: actor.id,
    username: actor.username,
    displayName: actor.displayName,
    role: actor.role,
    unit: unit ?? null,
    mustChangePassword: actor.mustChangePassword,
    mustSetUpSecondFactor: actor.mustSetUpSecondFactor,
  }
}

async function changePassword(
  app: FastifyInstance,
  actor: Actor,
  throttle: SignInThrottle,
  current: string,
  next: string,
): Promise<void> {
  const user = await confirmPassword(app, actor, throttle, current, 'current')
  if (current === next)
    throw new Problem(400, 'weak-password', '密码不符合要求', '新密码不能与原密码相同。', {
      errors: [{ path: 'next', message: '新密码不能与原密码相同' }],
    })
  await checkNewPassword(next, actor.username)
  const passwordHash = await hashPassword(next, app.passwordCost)
  inTransaction(app.db, (tx) => {
    tx.update(users)
      .set({ passwordHash, mustChangePassword: false, passwordExpiresAt: null, version: user.version + 1 })
      .where(eq(users.id, actor.id))
      .run()
    appendAudit(tx, actor, 'user.password', 'user', actor.id, null, { mustChangePassword: false })
  })
}
