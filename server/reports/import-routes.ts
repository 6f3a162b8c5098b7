import { rm } from 'node:fs/promises'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { attachmentHeader } from '../core/attachment-header.ts'
import { receive } from '../core/uploads.ts'
import { forbidden, Problem } from '../errors.ts'
import { XLSX } from '../core/workbook.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { asOfQuery, booleanQuery } from '../schema.ts'
import { writeTurn } from '../write-turn.ts'
import { importReports } from './import.ts'
import { templateRows } from './template.ts'
import { makeTemplate, readFilled } from './template-files.ts'

const MAX_BYTES = 10 * 1024 * 1024

const importAnswer = z
  .object({
    stored: z.boolean(),
    ok: z.int(),
    warnings: z.int(),
    errors: z.int(),
    rows: z.array(
      z.object({
        row: z.int(),
        targetId: z.int().nullable(),
        indicator: z.string().nullable(),
        status: z.enum(['ok', 'warning', 'error']),
        messages: z.array(z.string()),
        reportId: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'ReportImport' })

/** Many values at once: the template out, the filled template in. */
export const importReportRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(multipart, { limits: { fileSize: MAX_BYTES, files: 1, fields: 5, parts: 6 } })
  app.get(
    '/reports/template',
    {
      config: { roles: ['reporter'], ...BULK_LIMIT },
      schema: { tags: ['reports'], summary: '下载填报模板', querystring: asOfQuery, response: { 200: z.any() } },
    },
    async ({ actor, query }, reply) => {
      if (actor.unitId === null) throw forbidden('您的账号没有对应的单位，请联系管理员。')
      const asOf = query.asOf ?? app.today()
      const rows = templateRows(app.db, actor.unitId, asOf)
      return reply
        .type(XLSX)
        .header('content-disposition', attachmentHeader(`填报模板_${asOf}.xlsx`))
        .send(await makeTemplate(app.db, actor.id, rows))
    },
  )

  app.post(
    '/reports/import',
    {
      config: { roles: ['reporter'], ...BULK_LIMIT },
      schema: {
        tags: ['reports'],
        summary: '导入填报',
        consumes: ['multipart/form-data'],
        response: { 200: importAnswer },
        /** `confirm`: doubtful values are right; `partial`: store the right rows although others are wrong. */
        querystring: z.object({ confirm: booleanQuery.default(false), partial: booleanQuery.default(false) }),
      },
    },
    async (request) => {
      if (!request.isMultipart())
        throw new Problem(415, 'not-multipart', '上传方式有误', '请以 multipart/form-data 方式上传文件。')
      const part = await request.file()
      if (!part) throw new Problem(400, 'no-file', '没有文件', '请选择填好的模板。')
      const file = await receive(part, app.dataDir)
      if ('tooLarge' in file)
        throw new Problem(413, 'too-large', '文件过大', `《${file.fileName}》超过 10 MB，请使用本系统导出的模板。`)
      try {
        const rows = await readFilled(app.db, request.actor.id, file.path, file.fileName)
        await writeTurn(app.db.$client) // reading took its time: an import may have begun meanwhile
        return importReports(app.db, request.actor, rows, request.query)
      } finally {
        await rm(file.path, { force: true })
      }
    },
  )
}
