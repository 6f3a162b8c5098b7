import { pageById } from '../keyset.ts'
import { and, eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { bulletins } from '../../db/schema/index.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { notFound } from '../errors.ts'
import { DOCX, XLSX } from '../core/workbook.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { idParams, pageOf, pageQuery } from '../schema.ts'
import { takeFigures } from '../counting/figures.ts'
import { BulletinFiles } from './files.ts'
import { rankingRoutes } from './ranking-routes.ts'
import { readPeriod } from './read-period.ts'
import { type Bulletin, bulletinRow, bulletinSchema, periodField, wordsSchema } from './schemas.ts'
import { changeBulletin, createBulletin, getBulletin, issueBulletin } from './store.ts'

const tags = ['bulletins']
const OFFICE = ['supervisor'] as const

/** 通报 and 考核排名. Units read what has been issued. */
export const bulletinsArea: FastifyPluginAsyncZod = async (app) => {
  const files = new BulletinFiles()
  app.addHook('onClose', () => files.close())

  const readable = (id: number, role: string): Bulletin => {
    const bulletin = getBulletin(app.db, id)
    if (role !== 'supervisor' && bulletin.status !== 'issued') throw notFound('通报')
    return bulletin
  }

  app.get(
    '/bulletins',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '通报', querystring: pageQuery, response: { 200: pageOf(bulletinRow) } },
    },
    async ({ query, actor }) => {
      const { items, nextCursor } = pageById(
        bulletins.id,
        query,
        (before, order, limit) =>
          app.db
            .select({ id: bulletins.id })
            .from(bulletins)
            .where(and(actor.role === 'supervisor' ? undefined : eq(bulletins.status, 'issued'), before))
            .orderBy(order)
            .limit(limit)
            .all(),
        ({ id }) => id,
      )
      return { items: items.map(({ id }) => getBulletin(app.db, id)), nextCursor, total: null }
    },
  )

  app.post(
    '/bulletins',
    {
      config: { roles: OFFICE, ...BULK_LIMIT },
      schema: {
        tags,
        summary: '由数据生成通报',
        body: z.strictObject({ period: periodField }),
        response: { 201: bulletinSchema },
      },
    },
    async ({ body, actor }, reply) => {
      const period = readPeriod(body.period, app.today())
      return reply.code(201).send(createBulletin(app.db, actor, period, await takeFigures(app, period)))
    },
  )

  app.get(
    '/bulletins/:id',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '通报', params: idParams, response: { 200: bulletinSchema } },
    },
    async ({ params, actor }) => readable(params.id, actor.role),
  )

  app.patch(
    '/bulletins/:id',
    {
      config: { roles: OFFICE },
      schema: {
        tags,
        summary: '修改通报',
        params: idParams,
        body: z.strictObject({
          version: z.int(),
          title: z.string().trim().min(1).max(200).optional(),
          words: wordsSchema.partial().optional(),
        }),
        response: { 200: bulletinSchema },
      },
    },
    async ({ params, body: { version, ...change }, actor }) =>
      changeBulletin(app.db, actor, params.id, version, change),
  )

  app.post(
    '/bulletins/:id/refresh',
    {
      config: { roles: OFFICE, ...BULK_LIMIT },
      schema: {
        tags,
        summary: '重新取数',
        params: idParams,
        body: z.strictObject({ version: z.int() }),
        response: { 200: bulletinSchema },
      },
    },
    async ({ params, body, actor }) => {
      const period = readPeriod(getBulletin(app.db, params.id).period, app.today())
      const figures = await takeFigures(app, period)
      return changeBulletin(app.db, actor, params.id, body.version, { figures })
    },
  )

  app.post(
    '/bulletins/:id/issue',
    {
      config: { roles: OFFICE },
      schema: {
        tags,
        summary: '印发',
        params: idParams,
        body: z.strictObject({ version: z.int() }),
        response: { 200: bulletinSchema },
      },
    },
    async ({ params, body, actor }) => issueBulletin(app.db, actor, params.id, body.version),
  )

  app.get(
    '/bulletins/:id/docx',
    {
      config: { roles: ROLES, ...BULK_LIMIT },
      schema: { tags, summary: '通报（docx）', params: idParams, response: { 200: z.any() } },
    },
    async ({ params, actor }, reply) => {
      const bulletin = readable(params.id, actor.role)
      const on = bulletin.issuedAt === null ? app.today() : shanghaiDate(new Date(bulletin.issuedAt))
      const bytes = await files.build({ kind: 'docx', bulletin, on })
      return reply
        .type(DOCX)
        .header('content-disposition', attachmentHeader(`${bulletin.title}.docx`))
        .send(bytes)
    },
  )

  app.get(
    '/bulletins/:id/xlsx',
    {
      config: { roles: ROLES, ...BULK_LIMIT },
      schema: { tags, summary: '通报数据（xlsx）', params: idParams, response: { 200: z.any() } },
    },
    async ({ params, actor }, reply) => {
      const bulletin = readable(params.id, actor.role)
      return reply
        .type(XLSX)
        .header('content-disposition', attachmentHeader(`${bulletin.title}.xlsx`))
        .send(await files.build({ kind: 'xlsx', bulletin }))
    },
  )

  await app.register(rankingRoutes)
}
