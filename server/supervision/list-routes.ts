import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { REPORT_STATUS } from '../../db/schema/index.ts'
import { ROLES } from '../actor.ts'
import { attachmentHeader } from '../documents/original.ts'
import { DOCX } from '../exports/workbook.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { idParams } from '../schema.ts'
import { sourceDifferences } from './differences.ts'
import { differencesAnswer, instructionPage, listQuery, orderPage, problemPage, reportPage, requestPage, tasksAnswer, urgePage } from './list-schemas.ts'
import { listInstructions, listOrders, listProblems, listReports, listRequests, listUrges } from './lists.ts'
import { orderDocx } from './order-docx.ts'
import { tasksOf } from './tasks.ts'

const EVERYONE = { roles: ROLES }
const tags = ['supervision']

/** Lists of what is under way; a unit sees its own. */
export const listRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/supervision/reports', {
    config: EVERYONE, schema: { tags, summary: '填报（默认待审核）', querystring: listQuery(REPORT_STATUS), response: { 200: reportPage } },
  }, async ({ query, actor }) => listReports(app.db, actor, query))

  app.get('/supervision/requests', {
    config: EVERYONE, schema: { tags, summary: '延期、中止、变更申请', querystring: listQuery(['asked', 'granted', 'refused', 'withdrawn']), response: { 200: requestPage } },
  }, async ({ query, actor }) => listRequests(app.db, actor, query))

  app.get('/supervision/orders', {
    config: EVERYONE, schema: { tags, summary: '督办单', querystring: listQuery(['open', 'answered', 'closed']), response: { 200: orderPage } },
  }, async ({ query, actor }) => listOrders(app.db, actor, query))

  app.get('/orders/:id/docx', {
    config: { ...EVERYONE, ...BULK_LIMIT }, schema: { tags, summary: '督办单（docx，供打印）', params: idParams, response: { 200: z.any() } },
  }, async ({ params, actor }, reply) => {
    const { name, bytes } = await orderDocx(app.db, actor, params.id)
    return reply.type(DOCX).header('content-disposition', attachmentHeader(name)).send(bytes)
  })

  app.get('/supervision/problems', {
    config: EVERYONE, schema: { tags, summary: '问题清单', querystring: listQuery(['open', 'rectified', 'closed']), response: { 200: problemPage } },
  }, async ({ query, actor }) => listProblems(app.db, actor, query, app.today()))

  app.get('/supervision/urges', {
    config: EVERYONE, schema: { tags, summary: '催办记录', querystring: listQuery(['sent']), response: { 200: urgePage } },
  }, async ({ query, actor }) => listUrges(app.db, actor, query))

  app.get('/supervision/instructions', {
    config: EVERYONE, schema: { tags, summary: '批示', querystring: listQuery(['sent']), response: { 200: instructionPage } },
  }, async ({ query, actor }) => listInstructions(app.db, actor, query))

  app.get('/supervision/differences', {
    config: { roles: ['supervisor', 'leader'] }, schema: { tags, summary: '与统计数据的差异', response: { 200: differencesAnswer } },
  }, async () => ({ items: sourceDifferences(app.db) }))

  app.get('/tasks', { config: { roles: ['reporter'] }, schema: { tags, summary: '我的任务', response: { 200: tasksAnswer } } },
    async ({ actor }) => tasksOf(app.db, actor, app.today()))
}
