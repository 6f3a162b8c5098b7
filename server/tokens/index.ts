import { asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { TOKEN_ROLES, TOKEN_SCOPES } from '../../db/domain/token-terms.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import type { Db } from '../../db/open.ts'
import { apiTokens, users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { appendAudit } from '../audit/append.ts'
import { getUser } from '../core/users.ts'
import { invalid, notFound } from '../errors.ts'
import { idParams } from '../schema.ts'
import { roleSchema } from '../session/schemas.ts'
import { newToken } from '../session/tokens.ts'

const TAGS = ['接口令牌']
const ADMIN = { roles: ['admin'] as const }

const tokenSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    scopes: z.array(z.enum(TOKEN_SCOPES)).describe('read 读取状态；items 新建事项'),
    user: z.object({ id: z.int(), displayName: z.string(), role: roleSchema }).describe('以谁的名义'),
    createdBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    revokedAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' })

const newTokenBody = z
  .object({
    name: z.string().trim().min(2).max(60).describe('给谁用、做什么，如“OA 办公系统”'),
    userId: z.int().describe('以哪个督查室或领导账号的名义：看得到的、能办的都不超过它'),
    scopes: z.array(z.enum(TOKEN_SCOPES)).min(1).max(TOKEN_SCOPES.length),
    days: z.int().min(1).max(730).describe('多少天之后到期'),
  })
  .strict()

/** 接口令牌: standing access of other programs, made and revoked by the administrator. */
export const tokensArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/tokens',
    {
      config: ADMIN,
      schema: { tags: TAGS, summary: '接口令牌', response: { 200: z.object({ items: z.array(tokenSchema) }) } },
    },
    async () => ({ items: listTokens(app.db) }),
  )

  app.post(
    '/tokens',
    {
      config: ADMIN,
      schema: {
        tags: TAGS,
        summary: '开具接口令牌；令牌只在这里给出一次',
        body: newTokenBody,
        response: { 201: z.object({ item: tokenSchema, token: z.string() }) },
      },
    },
    async ({ actor, body }, reply) => {
      const { name, userId, days } = body
      const scopes = TOKEN_SCOPES.filter((scope) => body.scopes.includes(scope))
      const { token, tokenHash } = newToken()
      const id = inTransaction(app.db, (tx) => {
        const person = getUser(tx, userId)
        if (person.disabledAt !== null || !TOKEN_ROLES.includes(person.role))
          throw invalid([{ path: 'userId', message: '令牌须以在用的督查室或领导账号的名义开具' }])
        if (scopes.includes('items') && person.role !== 'supervisor')
          throw invalid([{ path: 'scopes', message: '新建事项的令牌须以督查室账号的名义开具' }])
        const expiresAt = secondsAfter(app.now(), days * 24 * 3600)
        const { id } = tx
          .insert(apiTokens)
          .values({ name, tokenHash, scopes, userId, createdBy: actor.id, createdAt: actor.at, expiresAt })
          .returning({ id: apiTokens.id })
          .get()
        appendAudit(tx, actor, 'token.create', 'token', id, null, { name, scopes, userId, expiresAt })
        return id
      })
      return reply.code(201).send({ item: tokenById(app.db, id), token })
    },
  )

  app.delete(
    '/tokens/:id',
    {
      config: ADMIN,
      schema: { tags: TAGS, summary: '撤销接口令牌，立即失效', params: idParams, response: { 200: tokenSchema } },
    },
    async ({ actor, params: { id } }) => {
      inTransaction(app.db, (tx) => {
        const { revokedAt } = tokenById(tx, id)
        if (revokedAt !== null) return
        tx.update(apiTokens).set({ revokedAt: actor.at }).where(eq(apiTokens.id, id)).run()
        appendAudit(tx, actor, 'token.revoke', 'token', id, { revokedAt: null }, { revokedAt: actor.at })
      })
      return tokenById(app.db, id)
    },
  )
}

function listTokens(db: Db): z.infer<typeof tokenSchema>[] {
  const creator = alias(users, 'creator')
  return db
    .select({ token: apiTokens, user: users, createdBy: creator.displayName })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .innerJoin(creator, eq(creator.id, apiTokens.createdBy))
    .orderBy(asc(apiTokens.id))
    .all()
    .map(
      ({ token: { tokenHash: _secret, userId: _userId, ...token }, user: { id, displayName, role }, createdBy }) => ({
        ...token,
        user: { id, displayName, role },
        createdBy,
      }),
    )
}

function tokenById(db: Db, id: number): z.infer<typeof tokenSchema> {
  const token = listTokens(db).find((one) => one.id === id)
  if (!token) throw notFound('令牌')
  return token
}
