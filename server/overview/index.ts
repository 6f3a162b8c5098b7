import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ROLES } from '../../db/domain/roles.ts'
import { sendJson, viewerOf } from '../reading/index.ts'
import { asOfQuery } from '../schema.ts'
import { leaderViewAnswer, overviewAnswer, overviewQuery } from '../counting/overview-schemas.ts'

/** 总览 */
export const overviewArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/overview',
    {
      config: { roles: ROLES },
      schema: { tags: ['总览'], summary: '总览', querystring: overviewQuery, response: { 200: overviewAnswer } },
    },
    async ({ query, actor }, reply) => {
      const today = app.today()
      const { asOf = today, compare = null } = query
      const person = { personId: actor.id, isPast: asOf < today }
      return sendJson(reply, await app.reading.recentText(person, 'overview', viewerOf(actor), asOf, compare))
    },
  )

  app.get(
    '/overview/mine',
    {
      config: { roles: ['leader'] },
      schema: {
        tags: ['总览'],
        summary: '我分管的',
        description: '本人联系的事项，和本人分管的单位主办的事项：亮灯情况，以及最该过问的五项和原因。',
        querystring: asOfQuery,
        response: { 200: leaderViewAnswer },
      },
    },
    async ({ query, actor }, reply) =>
      sendJson(reply, await app.reading.text('mine', actor.id, query.asOf ?? app.today())),
  )
}
