import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { inTransaction } from '../../db/transaction.ts'
import { appendAudit } from '../audit/append.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import { hashPassword, oneTimePassword } from '../session/passwords.ts'
import { endLinksOf } from '../session/sign-in-links.ts'
import { endSessionsOf } from '../session/store.ts'
import { idParams } from '../schema.ts'
import { newUserSchema, personSchema, userChangeSchema, userSchema } from './schemas.ts'
import { getUser, insertUser, listUsers, updateUser, type UserChange } from '../core/users.ts'

const TAGS = ['人员']
/** A one-time password that nobody uses stops working after so many hours. */
const ONE_TIME_HOURS = 72

const withPassword = z.object({ user: userSchema, oneTimePassword: z.string() })

/** People are made by the administrator and choose their own password at the first visit. */
export const userRoutes: FastifyPluginAsyncZod = async (app) => {
  const oneTime = async () => {
    const password = oneTimePassword()
    const passwordHash = await hashPassword(password, app.passwordCost)
    return {
      password,
      fields: {
        passwordHash,
        mustChangePassword: true,
        passwordExpiresAt: secondsAfter(app.now(), ONE_TIME_HOURS * 3600),
      },
    }
  }

  app.get(
    '/users',
    {
      config: { roles: ['admin'] },
      schema: { tags: TAGS, response: { 200: z.object({ items: z.array(userSchema) }) } },
    },
    async () => ({ items: listUsers(app.db) }),
  )

  app.get(
    '/people',
    {
      config: { roles: ['supervisor', 'leader', 'admin'] },
      schema: { tags: TAGS, summary: '可选的在用人员', response: { 200: z.object({ items: z.array(personSchema) }) } },
    },
    async () => ({ items: listUsers(app.db).filter((user) => user.disabledAt === null) }),
  )

  app.post(
    '/users',
    {
      config: { roles: ['admin'] },
      schema: { tags: TAGS, body: newUserSchema, response: { 201: withPassword } },
    },
    async (request, reply) => {
      const { password, fields } = await oneTime()
      const user = inTransaction(app.db, (tx) => {
        const { id } = insertUser(tx, request.actor, { unitId: null, email: null, ...request.body, ...fields })
        return getUser(tx, id)
      })
      return reply.code(201).send({ user, oneTimePassword: password })
    },
  )

  app.patch(
    '/users/:id',
    {
      config: { roles: ['admin'] },
      schema: { tags: TAGS, params: idParams, body: userChangeSchema, response: { 200: userSchema } },
    },
    async (request) => {
      const { version, disabled, ...fields } = request.body
      const { id } = request.params
      return inTransaction(app.db, (tx) => {
        const change: UserChange = { ...fields }
        if (disabled !== undefined)
          change.disabledAt = disabled ? (getUser(tx, id).disabledAt ?? request.actor.at) : null
        updateUser(tx, request.actor, id, version, change)
        if (disabled) endSessionsOf(tx, id)
        return getUser(tx, id)
      })
    },
  )

  app.post(
    '/users/:id/reset',
    {
      config: { roles: ['admin'] },
      schema: { tags: TAGS, params: idParams, response: { 200: withPassword } },
    },
    async (request) => {
      const { password, fields } = await oneTime()
      const user = inTransaction(app.db, (tx) => {
        const { id, version } = getUser(tx, request.params.id)
        updateUser(tx, request.actor, id, version, fields, 'user.reset')
        endSessionsOf(tx, id)
        endLinksOf(tx, id, app.now())
        return getUser(tx, id)
      })
      return { user, oneTimePassword: password }
    },
  )

  app.delete(
    '/users/:id/sessions',
    {
      config: { roles: ['admin'] },
      schema: {
        tags: TAGS,
        summary: '结束此人的全部登录',
        params: idParams,
        response: { 200: z.object({ ended: z.number().int() }) },
      },
    },
    async (request) =>
      inTransaction(app.db, (tx) => {
        const { id } = getUser(tx, request.params.id)
        const ended = endSessionsOf(tx, id)
        appendAudit(tx, request.actor, 'user.end-sessions', 'user', id, null, { ended })
        return { ended }
      }),
  )
}
