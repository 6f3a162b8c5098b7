import { and, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CHANNELS, messagePath } from '../../db/domain/messages.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { keptQueries, keptQuery } from '../../db/kept-query.ts'
import { deliveries, notifications } from '../../db/schema/index.ts'
import { pageAfter, pageById } from '../keyset.ts'
import { booleanQuery, pageOf, pageQuery } from '../schema.ts'
import { channelRoutes } from './channel-routes.ts'
import { choiceRoutes } from './choice-routes.ts'

const notificationSchema = z
  .object({
    id: z.int(),
    kind: z.string(),
    targetId: z.int().nullable(),
    text: z.string(),
    /** The page where it is done, as a path of the web app. */
    path: z.string().nullable(),
    createdAt: z.string(),
    readAt: z.string().nullable(),
  })
  .meta({ id: 'Notification' })

const deliverySchema = z
  .object({
    id: z.int(),
    channel: z.enum(CHANNELS),
    recipient: z.string(),
    status: z.enum(['waiting', 'sent', 'failed']),
    tries: z.int(),
    lastError: z.string().nullable(),
    createdAt: z.string(),
    nextTryAt: z.string().nullable(),
    sentAt: z.string().nullable(),
  })
  .meta({ id: 'Delivery' })

/** 消息: what a person has been told and how it comes; for the administrator the ways out of the house, and what went out. */
export const remindersArea: FastifyPluginAsyncZod = async (app) => {
  const tags = ['notifications']
  await app.register(channelRoutes)
  await app.register(choiceRoutes)

  app.get(
    '/notifications',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '我的消息',
        querystring: pageQuery.extend({ unread: booleanQuery.optional() }),
        response: { 200: pageOf(notificationSchema).extend({ unread: z.int() }) },
      },
    },
    async ({ query, actor }) => {
      const page = pageAfter(
        query,
        1,
        (after, limit) =>
          messagesOf(app.db, query.unread === true).all({
            userId: actor.id,
            before: after === null ? Number.MAX_SAFE_INTEGER : Number(after[0]),
            limit,
          }),
        ({ id }) => [id],
      )
      const unread = unreadOf(app.db).get({ userId: actor.id })?.n ?? 0
      return {
        ...page,
        items: page.items.map((one) => ({ ...one, path: messagePath(one, actor.role) })),
        total: null,
        unread,
      }
    },
  )

  app.post(
    '/notifications/read',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '标为已读',
        body: z.strictObject({ ids: z.array(z.int()).max(500).optional() }),
        response: { 200: z.object({ read: z.int() }) },
      },
    },
    async ({ body, actor }) => ({
      read: app.db
        .update(notifications)
        .set({ readAt: actor.at })
        .where(
          and(
            eq(notifications.userId, actor.id),
            isNull(notifications.readAt),
            body.ids ? inArray(notifications.id, body.ids) : undefined,
          ),
        )
        .run().changes,
    }),
  )

  app.get(
    '/deliveries',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: '邮件与机器人发送记录',
        querystring: pageQuery.extend({ status: z.enum(['waiting', 'sent', 'failed']).optional() }),
        response: { 200: pageOf(deliverySchema) },
      },
    },
    async ({ query }) => {
      const page = pageById(
        deliveries.id,
        query,
        (before, order, limit) =>
          app.db
            .select()
            .from(deliveries)
            .where(and(query.status ? eq(deliveries.status, query.status) : undefined, before))
            .orderBy(order)
            .limit(limit)
            .all(),
        ({ id }) => id,
      )
      return { ...page, total: null }
    },
  )
}

const USER = sql.placeholder('userId')

/** The messages of a person below a number, the newest first. */
const messagesOf = keptQueries((db, onlyUnread: boolean) =>
  db
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, USER),
        onlyUnread ? isNull(notifications.readAt) : undefined,
        lt(notifications.id, sql.placeholder('before')),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(sql.placeholder('limit')),
)
const unreadOf = keptQuery((db) =>
  db
    .select({ n: count() })
    .from(notifications)
    .where(and(eq(notifications.userId, USER), isNull(notifications.readAt))),
)
