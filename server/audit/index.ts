import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { inTransaction } from '../../db/transaction.ts'
import { CSV_BOM, csvLine } from '../csv.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { commaList, dateField, pageOf, pageQuery } from '../schema.ts'
import { appendAudit } from './append.ts'
import { withNames } from './names.ts'
import { type AuditFilter, countAudit, listAudit } from './queries.ts'
import { verifyAudit } from './verify.ts'

const TAGS = ['审计']

const filterQuery = z.object({
  userId: z.coerce.number().int().positive().optional(),
  entity: commaList(z.string().max(40)),
  entityId: z.string().max(200).optional(),
  action: z
    .string()
    .max(60)
    .regex(/^[a-z.-]+$/)
    .optional(),
  from: dateField.optional(),
  to: dateField.optional(),
})

const auditSchema = z
  .object({
    id: z.number().int(),
    at: z.string(),
    userId: z.number().int().nullable(),
    userName: z.string().nullable(),
    ip: z.string().nullable(),
    action: z.string(),
    entity: z.string(),
    entityId: z.string().nullable(),
    entityName: z.string().nullable().describe('对象今天的名称；没有名称或者已经不在的为空'),
    before: z.unknown(),
    after: z.unknown(),
    hash: z.string(),
  })
  .meta({ id: 'AuditRecord' })

const reportSchema = z.object({
  records: z.number().int(),
  head: z.object({ id: z.number().int(), hash: z.string() }).nullable(),
  faults: z.array(z.object({ id: z.number().int(), message: z.string() })),
})

/** Rows read at once while exporting. */
const EXPORT_PAGE = 500

/** The trail of everything, for the administrator: list, export, check of the chain. */
export const auditArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/audit',
    {
      config: { roles: ['admin'] },
      schema: { tags: TAGS, querystring: filterQuery.extend(pageQuery.shape), response: { 200: pageOf(auditSchema) } },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const { items, nextCursor } = listAudit(app.db, filter, { limit, cursor })
      return { items: withNames(app.db, items), nextCursor, total: countAudit(app.db, filter) }
    },
  )

  app.get(
    '/audit/export.csv',
    {
      config: { roles: ['admin'], ...BULK_LIMIT },
      schema: { tags: TAGS, querystring: filterQuery, response: { 200: z.any().describe('text/csv') } },
    },
    async (request, reply) => {
      inTransaction(app.db, (tx) =>
        appendAudit(tx, request.actor, 'audit.export', 'audit', null, null, { ...request.query }),
      )
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="audit-${app.today()}.csv"`)
      return reply.send(Readable.from(csv(app, request.query)))
    },
  )

  app.get(
    '/audit/verify',
    {
      config: { roles: ['admin'], ...BULK_LIMIT },
      schema: { tags: TAGS, response: { 200: reportSchema } },
    },
    async () => verifyAudit(app.db.$client),
  )
}

function* csv(app: FastifyInstance, filter: AuditFilter): Generator<string> {
  yield (
    CSV_BOM +
    csvLine([
      '序号',
      '时间（UTC）',
      '人员编号',
      '人员',
      '来源地址',
      '操作',
      '对象',
      '对象编号',
      '之前',
      '之后',
      '前一条摘要',
      '摘要',
    ])
  )
  let cursor: string | undefined
  for (;;) {
    const { items, nextCursor } = listAudit(app.db, filter, { limit: EXPORT_PAGE, cursor })
    for (const row of items) {
      yield csvLine([
        row.id,
        row.at,
        row.userId,
        row.userName,
        row.ip,
        row.action,
        row.entity,
        row.entityId,
        row.before === null ? null : JSON.stringify(row.before),
        row.after === null ? null : JSON.stringify(row.after),
        row.prevHash,
        row.hash,
      ])
    }
    if (nextCursor === null) return
    cursor = nextCursor
  }
}
