import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { viewerOf } from '../reading/index.ts'
import type { Viewer } from '../counting/own-lights.ts'
import type { DocumentCounts } from '../counting/document-counts.ts'
import { notFound } from '../errors.ts'
import { filesDir } from '../paths.ts'
import { formOf } from '../readers/forms.ts'
import { asOfQuery, idParams } from '../schema.ts'
import { headRoutes } from './head-routes.ts'
import { importRoutes } from './import-routes.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { documentFindings, documentText, getDocument, listDocuments, originalOf } from './queries.ts'
import { placesOf } from './places.ts'
import {
  documentDetailSchema,
  documentListAnswer,
  documentQuery,
  documentTextAnswer,
  filePlacesSchema,
  findingsAnswer,
  placesQuery,
  sheetPageParams,
  sheetPageSchema,
  sheetsAnswer,
  undoneAnswer,
} from './schemas.ts'
import { listSheets, sheetPage } from './sheets.ts'
import { undoImport } from './undo-import.ts'

/** The documents with the counts of their targets on a day, today where none is named. */
async function withCounts<T extends { id: number }>(
  app: FastifyInstance,
  actor: Viewer,
  documents: readonly T[],
  asOf = app.today(),
): Promise<(T & DocumentCounts)[]> {
  const counts = await app.reading.ask(
    'documents',
    viewerOf(actor),
    documents.map(({ id }) => id),
    asOf,
  )
  return documents.map((document, i) => ({ ...document, ...counts[i]! }))
}

/** 文件库 and 阅读室. */
export const documentsArea: FastifyPluginAsyncZod = async (app) => {
  await app.register(importRoutes)
  await app.register(headRoutes)
  const tags = ['文件']

  app.get(
    '/documents',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '文件库', querystring: documentQuery, response: { 200: documentListAnswer } },
    },
    async ({ query, actor }) => {
      const page = listDocuments(app.db, actor, query)
      return { ...page, items: await withCounts(app, actor, page.items, query.asOf) }
    },
  )

  app.get(
    '/documents/:id',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '一份文件',
        params: idParams,
        querystring: asOfQuery,
        response: { 200: documentDetailSchema },
      },
    },
    async ({ params, query, actor }) =>
      (await withCounts(app, actor, [getDocument(app.db, actor, params.id)], query.asOf))[0]!,
  )

  app.get(
    '/documents/:id/text',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '文件原文', params: idParams, response: { 200: documentTextAnswer } },
    },
    async (request) => documentText(app.db, request.actor, request.params.id),
  )

  app.get(
    '/documents/:id/findings',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '文件中的目标及其位置',
        params: idParams,
        querystring: asOfQuery,
        response: { 200: findingsAnswer },
      },
    },
    async (request) => ({
      items: documentFindings(app.db, request.actor, request.params.id, request.query.asOf ?? app.today()),
    }),
  )

  app.get(
    '/files/:id/original',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '下载原件', params: idParams, response: { 200: z.any() } },
    },
    async (request, reply) => {
      const { sha256, name, format } = originalOf(app.db, request.actor, request.params.id)
      const path = join(filesDir(app.dataDir), sha256)
      const found = await stat(path).catch(() => null)
      if (found === null) throw notFound('原件')
      // Always as an attachment, never shown by the browser under our address. The length lets the reading room say how much is still to come, and refuse what is too large to be drawn.
      return reply
        .type(formOf(format).mediaType)
        .header('content-disposition', attachmentHeader(name))
        .header('content-length', found.size)
        .send(createReadStream(path))
    },
  )

  app.get(
    '/files/:id/places',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '一段文字在原件上的位置（扫描页的方框、表格的单元格）',
        params: idParams,
        querystring: placesQuery,
        response: { 200: filePlacesSchema },
      },
    },
    async ({ actor, params, query }) => {
      originalOf(app.db, actor, params.id)
      return placesOf(app.db, params.id, query.start, query.end)
    },
  )

  app.get(
    '/files/:id/sheets',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '表格文件的工作表', params: idParams, response: { 200: sheetsAnswer } },
    },
    async ({ actor, params }) => {
      originalOf(app.db, actor, params.id)
      return { items: listSheets(app.db, params.id) }
    },
  )

  app.get(
    '/files/:id/sheets/:sheet/pages/:page',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '工作表的一页', params: sheetPageParams, response: { 200: sheetPageSchema } },
    },
    async ({ actor, params }) => {
      originalOf(app.db, actor, params.id)
      return sheetPage(app.db, params.id, params.sheet, params.page)
    },
  )

  app.delete(
    '/files/:id',
    {
      config: { roles: ['supervisor', 'admin'] },
      schema: {
        tags,
        summary: '撤销导入（仅限其中的目标都还未校核时）',
        params: idParams,
        response: { 200: undoneAnswer },
      },
    },
    async (request) => undoImport(app.db, app.dataDir, request.actor, request.params.id),
  )
}
