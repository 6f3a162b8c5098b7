import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ROLES } from '../actor.ts'
import { litDay } from '../targets/index.ts'
import { overview } from './queries.ts'
import { overviewAnswer, overviewQuery } from './schemas.ts'

/** 总览 */
export const overviewArea: FastifyPluginAsyncZod = async (app) => {
  app.get('/overview', {
    config: { roles: ROLES },
    schema: { tags: ['总览'], summary: '总览', querystring: overviewQuery, response: { 200: overviewAnswer } },
  }, async (request) => {
    const day = await litDay(app, request.query.asOf)
    const compare = request.query.compare === undefined ? null : await litDay(app, request.query.compare)
    return overview(app.db, request.actor, day, compare)
  })
}
