import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ROLES } from '../../db/domain/roles.ts'
import { sendJson, viewerOf } from '../reading/index.ts'
import { overviewAnswer, overviewQuery } from '../counting/overview-schemas.ts'

/** 总览 */
export const overviewArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/overview',
    {
      config: { roles: ROLES },
      schema: { tags: ['总览'], summary: '总览', querystring: overviewQuery, response: { 200: overviewAnswer } },
    },
    async (request, reply) => {
      const { asOf = app.today(), compare = null } = request.query
      return sendJson(reply, await app.reading.text('overview', viewerOf(request.actor), asOf, compare))
    },
  )
}
