import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ROLES } from '../../db/domain/roles.ts'
import { sendJson } from '../reading/index.ts'
import { finderAnswer, finderQuery } from './schemas.ts'

/** 搜索 from anywhere: what each list has, found at once. */
export const finderArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/search',
    {
      config: { roles: ROLES },
      schema: {
        tags: ['搜索'],
        summary: '搜索目标、文件、督办单、批示、单位、人员',
        description: '只找本人能看到的；每类列出最相近的几项，没有找到的类不列。人员只有督查室、领导和管理员能找。',
        querystring: finderQuery,
        response: { 200: finderAnswer },
      },
    },
    async ({ query, actor: { id, role, unitId } }, reply) =>
      sendJson(reply, await app.reading.text('search', { id, role, unitId }, query.q, app.today())),
  )
}
