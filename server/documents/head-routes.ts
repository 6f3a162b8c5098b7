import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { idParams } from '../schema.ts'
import { headHistory, setHead, undoHead } from './heads.ts'
import { headBody, headHistoryAnswer, undoHeadBody } from './schemas.ts'

const changedAnswer = z.object({ version: z.int() })

/** 文件信息: number, title, issuer and date of a document, as the office corrects them. */
export const headRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { roles: ['supervisor', 'admin'] as const }
  const tags = ['文件']

  app.put(
    '/documents/:id/head',
    {
      config,
      schema: {
        tags,
        summary: '修改或确认文件的文号、标题、发文单位和日期',
        params: idParams,
        body: headBody,
        response: { 200: changedAnswer },
      },
    },
    async ({ params, body, actor }) => {
      setHead(app.db, actor, params.id, body)
      return { version: body.version + 1 }
    },
  )

  app.post(
    '/documents/:id/head/undo',
    {
      config,
      schema: {
        tags,
        summary: '撤销对文件信息的上一次修改',
        params: idParams,
        body: undoHeadBody,
        response: { 200: changedAnswer },
      },
    },
    async ({ params, body, actor }) => {
      undoHead(app.db, actor, params.id, body.version)
      return { version: body.version + 1 }
    },
  )

  app.get(
    '/documents/:id/head/history',
    {
      config,
      schema: { tags, summary: '文件信息的修改记录', params: idParams, response: { 200: headHistoryAnswer } },
    },
    async ({ params }) => ({ items: headHistory(app.db, params.id) }),
  )
}
