import { readFile, rm } from 'node:fs/promises'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { attachmentHeader } from '../core/attachment-header.ts'
import { receive } from '../core/uploads.ts'
import { forbidden, Problem } from '../errors.ts'
import { XLSX } from '../core/workbook.ts'
import { BoundedThread, OverLimit } from '../bounded-thread.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { asOfQuery, booleanQuery } from '../schema.ts'
import { writeTurn } from '../write-turn.ts'
import { importReports } from './import.ts'
import type { FilledRow, ReadTemplate } from './read-template.ts'
import { templateRows } from './template.ts'
import type { TemplateAnswer, TemplateTask } from './template-worker.ts'

const MAX_BYTES = 10 * 1024 * 1024

/** A full template is read within a second and 100 MB; on a machine with much else to do the thread alone takes long to start. */
const LIMITS = { memoryMb: 384, seconds: 60, threads: 2 }
const thread = new BoundedThread<TemplateTask, TemplateAnswer>(new URL('./template-worker.ts', import.meta.url), LIMITS)

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
  /** The filled rows of a file, read in the thread; the 422 problem where it is no template, or more than one. */
  const readRows = async (bytes: Buffer, fileName: string): Promise<FilledRow[]> => {
    const refused = (code: string, message: string) => new Problem(422, code, '不能导入', message)
    const read = await thread.run({ kind: 'read', bytes, fileName }).catch((error: unknown) => {
      if (!(error instanceof OverLimit)) throw error
      throw refused('too-large', `《${fileName}》内容过多，不能读取，请使用本系统导出的模板。`)
    })
    if ('rows' in (read as ReadTemplate)) return (read as { rows: FilledRow[] }).rows
    const { code, message } = read as { code: string; message: string }
    throw refused(code, message)
  }

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
        .send(Buffer.from((await thread.run({ kind: 'make', rows })) as Uint8Array))
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
        const rows = await readRows(await readFile(file.path), file.fileName)
        await writeTurn(app.db.$client) // reading took its time: an import may have begun meanwhile
        return importReports(app.db, request.actor, rows, request.query)
      } finally {
        await rm(file.path, { force: true })
      }
    },
  )
}
