import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { REPORT_STATUSES } from '../../db/domain/report-terms.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { ORDER_STATUSES, PROBLEM_STATUSES, REQUEST_STATUSES } from '../../db/domain/supervision-terms.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { DOCX } from '../core/workbook.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { sendJson, viewerOf } from '../reading/index.ts'
import { asOfQuery, idParams } from '../schema.ts'
import { breakdownOf } from './breakdown.ts'
import { sourceDifferences } from './differences.ts'
import {
  breakdownAnswer,
  differencesAnswer,
  listQuery,
  orderPage,
  orderRow,
  problemPage,
  reportPage,
  requestPage,
  signaturesAnswer,
  tasksAnswer,
  todayAnswer,
  urgePage,
} from './list-schemas.ts'
import { oneOrder } from './lists.ts'
import { signaturesOf } from './signatures.ts'
import { loadTarget } from '../core/target-record.ts'
import { todayLists } from './today.ts'
import { unitProposalsAnswer, unitProposalsQuery } from './unit-proposals/schemas.ts'

const EVERYONE = { roles: ROLES }
const tags = ['supervision']

/** Lists of what is under way; a unit sees its own. */
export const listRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/supervision/reports',
    {
      config: EVERYONE,
      schema: {
        tags,
        summary: '填报（默认待审核）',
        querystring: listQuery(REPORT_STATUSES),
        response: { 200: reportPage },
      },
    },
    // colleagues look at the same list, and the more of them the more is written
    async ({ query, actor }, reply) =>
      sendJson(reply, await app.reading.recentText({ personId: actor.id }, 'reports', viewerOf(actor), query)),
  )

  app.get(
    '/supervision/requests',
    {
      config: EVERYONE,
      schema: {
        tags,
        summary: '延期、中止、变更申请',
        querystring: listQuery(REQUEST_STATUSES),
        response: { 200: requestPage },
      },
    },
    async ({ query, actor }, reply) => sendJson(reply, await app.reading.text('requests', actor, query)),
  )

  app.get(
    '/supervision/orders',
    {
      config: EVERYONE,
      schema: {
        tags,
        summary: '督办单',
        querystring: listQuery(ORDER_STATUSES),
        response: { 200: orderPage },
      },
    },
    async ({ query, actor }, reply) => sendJson(reply, await app.reading.text('orders', actor, query)),
  )

  app.get(
    '/orders/:id',
    {
      config: EVERYONE,
      schema: { tags, summary: '一张督办单', params: idParams, response: { 200: orderRow } },
    },
    async ({ params, actor }) => oneOrder(app.db, actor, params.id),
  )

  app.get(
    '/orders/:id/docx',
    {
      config: { ...EVERYONE, ...BULK_LIMIT },
      schema: { tags, summary: '督办单（docx，供打印）', params: idParams, response: { 200: z.any() } },
    },
    async ({ params, actor }, reply) => {
      // The library is loaded with the first that is asked for.
      const { orderDocx } = await import('./order-docx.ts')
      const { name, bytes } = await orderDocx(app.db, actor, params.id)
      return reply.type(DOCX).header('content-disposition', attachmentHeader(name)).send(bytes)
    },
  )

  app.get(
    '/supervision/problems',
    {
      config: EVERYONE,
      schema: {
        tags,
        summary: '问题清单',
        querystring: listQuery(PROBLEM_STATUSES),
        response: { 200: problemPage },
      },
    },
    async ({ query, actor }, reply) => sendJson(reply, await app.reading.text('problems', actor, query, app.today())),
  )

  app.get(
    '/supervision/urges',
    {
      config: EVERYONE,
      schema: { tags, summary: '催办记录', querystring: listQuery(['sent']), response: { 200: urgePage } },
    },
    async ({ query, actor }, reply) => sendJson(reply, await app.reading.text('urges', actor, query)),
  )

  app.get(
    '/supervision/differences',
    {
      config: { roles: ['supervisor', 'leader'] },
      schema: { tags, summary: '与统计数据的差异', response: { 200: differencesAnswer } },
    },
    async () => ({ items: sourceDifferences(app.db) }),
  )

  app.get(
    '/targets/:id/breakdown',
    {
      config: EVERYONE,
      schema: {
        tags,
        summary: '分解与汇总，任何一天的',
        params: idParams,
        querystring: asOfQuery,
        response: { 200: breakdownAnswer },
      },
    },
    async ({ params, query, actor }) =>
      breakdownOf(app.db, loadTarget(app.db, params.id, actor), actor, query.asOf ?? app.today()),
  )

  app.get(
    '/targets/:id/signatures',
    {
      config: EVERYONE,
      schema: {
        tags,
        summary: '签收情况，任何一天的',
        params: idParams,
        querystring: asOfQuery,
        response: { 200: signaturesAnswer },
      },
    },
    async ({ params, query, actor }) =>
      signaturesOf(app.db, loadTarget(app.db, params.id, actor), actor, query.asOf ?? app.today()),
  )

  app.get(
    '/targets/unit-proposals',
    {
      config: { roles: ['supervisor'] },
      schema: {
        tags,
        summary: '按以往承办情况推荐承办单位',
        description: '只作推荐并说明依据，不写入目标；同一指标在前，相近事项在后。',
        querystring: unitProposalsQuery,
        response: { 200: unitProposalsAnswer },
      },
    },
    async ({ query }, reply) => sendJson(reply, await app.reading.text('unitProposals', query.ids ?? [])),
  )

  app.get(
    '/supervision/today',
    {
      config: { roles: ['supervisor', 'leader'] },
      schema: { tags, summary: '今日待办', response: { 200: todayAnswer } },
    },
    async ({ actor }) => todayLists(app.db, actor, app.today()),
  )

  app.get(
    '/tasks',
    { config: { roles: ['reporter'] }, schema: { tags, summary: '我的任务', response: { 200: tasksAnswer } } },
    async ({ actor }, reply) => sendJson(reply, await app.reading.text('tasks', actor, app.today())),
  )
}
