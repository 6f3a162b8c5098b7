import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../actor.ts'
import { notFound } from '../errors.ts'
import { filesDir } from '../paths.ts'
import { asOfQuery, idParams } from '../schema.ts'
import { litDay } from '../targets/index.ts'
import { importRoutes } from './import-routes.ts'
import { attachmentHeader, MEDIA_TYPES } from './original.ts'
import { documentFindings, documentText, getDocument, listDocuments, originalOf } from './queries.ts'
import { documentDetailSchema, documentListAnswer, documentQuery, documentTextAnswer, findingsAnswer } from './schemas.ts'

/** 文件库 and 阅读室. */
export const documentsArea: FastifyPluginAsyncZod = async (app) => {
  await app.register(importRoutes)
  const tags = ['文件']

  app.get('/documents', {
    config: { roles: ROLES },
    schema: { tags, summary: '文件库', querystring: documentQuery, response: { 200: documentListAnswer } },
  }, async (request) => listDocuments(app.db, request.actor, request.query, await litDay(app, request.query.asOf)))

  app.get('/documents/:id', {
    config: { roles: ROLES },
    schema: { tags, summary: '一份文件', params: idParams, querystring: asOfQuery, response: { 200: documentDetailSchema } },
  }, async (request) => getDocument(app.db, request.actor, request.params.id, await litDay(app, request.query.asOf)))

  app.get('/documents/:id/text', {
    config: { roles: ROLES },
    schema: { tags, summary: '文件原文', params: idParams, response: { 200: documentTextAnswer } },
  }, async (request) => documentText(app.db, request.actor, request.params.id))

  app.get('/documents/:id/findings', {
    config: { roles: ROLES },
    schema: { tags, summary: '文件中的目标及其位置', params: idParams, querystring: asOfQuery, response: { 200: findingsAnswer } },
  }, async (request) => ({ items: documentFindings(app.db, request.actor, request.params.id, await litDay(app, request.query.asOf)) }))

  app.get('/files/:id/original', {
    config: { roles: ROLES },
    schema: { tags, summary: '下载原件', params: idParams, response: { 200: z.any() } },
  }, async (request, reply) => {
    const { sha256, name, format } = originalOf(app.db, request.actor, request.params.id)
    const path = join(filesDir(app.dataDir), sha256)
    if (!existsSync(path)) throw notFound('原件')
    return reply.type(MEDIA_TYPES[format]).header('content-disposition', attachmentHeader(name)).send(createReadStream(path))
  })
}
