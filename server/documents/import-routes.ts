import { rm } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notFound, Problem, wrongState } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import type { Stamp } from '../actor.ts'
import { BATCH_ENDINGS } from '../readers/batch.ts'
import { FILE_FORMS } from '../readers/forms.ts'
import { MAX_FILE_BYTES } from '../readers/types.ts'
import { pageAfter } from '../keyset.ts'
import { idParams } from '../schema.ts'
import { loadActor } from '../session/plugin.ts'
import { userOfSession } from '../session/store.ts'
import { readSetting } from '../settings/store.ts'
import { writeTurn } from '../write-turn.ts'
import { Batches, type Unpacked } from './batches.ts'
import { Imports } from './imports.ts'
import {
  type ImportJob,
  importFormsAnswer,
  importJobsAnswer,
  importJobSchema,
  importListAnswer,
  importListQuery,
} from './schemas.ts'
import { rereadRoutes } from './reread-routes.ts'
import { clearUploads, MAX_FILES, receive, type Received, uploadsDir } from '../core/uploads.ts'

/** A sign of life on a quiet stream, so that no proxy closes it. */
const HEARTBEAT_MS = 20_000
/** How often it is asked whether the person may still listen. */
const WATCH_MS = 2_000

/** 导入: uploads, their progress and their end. */
export const importRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(multipart, {
    limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES, fields: 20, parts: MAX_FILES + 20 },
  })
  const imports = new Imports(app.db, app.dataDir, app.now)
  const batches = new Batches(uploadsDir(app.dataDir), () => readSetting(app.db, 'imports').memoryMegabytes)
  const roles = ['supervisor', 'admin'] as const
  const tags = ['导入']

  await app.register(rereadRoutes(imports))

  imports.failInterrupted()
  clearUploads(app.dataDir)
  const streams = new Set<PassThrough>()
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
    await Promise.all([imports.close(), batches.close()])
  })

  app.post(
    '/imports',
    {
      // a slow line may take long for 200 files
      config: { roles, ...BULK_LIMIT },
      schema: {
        tags,
        summary: '上传一个或多个文件并开始导入',
        consumes: ['multipart/form-data'],
        response: { 202: importJobsAnswer },
      },
    },
    async (request, reply) => {
      const stamp = request.actor
      if (!request.isMultipart())
        throw new Problem(415, 'not-multipart', '上传方式有误', '请以 multipart/form-data 方式上传文件。')
      const items: ImportJob[] = []
      for await (const part of request.files()) {
        const file = await receive(part, app.dataDir)
        const batch = 'tooLarge' in file ? null : await batches.unpack(file, stamp.id)
        await writeTurn(app.db.$client)
        if (batch !== null) {
          if ('path' in file) await rm(file.path, { force: true })
          items.push(...addBatch(imports, stamp, file.fileName, batch))
          continue
        }
        items.push(addReceived(imports, stamp, file))
      }
      if (items.length === 0) throw new Problem(400, 'no-file', '没有文件', '请选择要导入的文件。')
      return reply.code(202).send({ items })
    },
  )

  app.get(
    '/imports',
    {
      config: { roles },
      schema: { tags, summary: '导入记录', querystring: importListQuery, response: { 200: importListAnswer } },
    },
    async ({ query: { ids, ...query } }) => ({
      ...pageAfter(
        query,
        1,
        (after, limit) => imports.list({ ids, before: after ? Number(after[0]) : undefined, limit }),
        ({ id }) => [id],
      ),
      total: null,
    }),
  )

  app.get(
    '/imports/forms',
    {
      config: { roles },
      schema: { tags, summary: '可以导入的文件类型和限额', response: { 200: importFormsAnswer } },
    },
    async () => ({
      forms: FILE_FORMS.map(({ id, title, endings, drawing }) => ({
        id,
        title,
        endings: [...endings],
        isDrawn: drawing !== null,
      })),
      batchEndings: [...BATCH_ENDINGS],
      maxFileBytes: MAX_FILE_BYTES,
      maxFiles: MAX_FILES,
    }),
  )

  app.get(
    '/imports/events',
    {
      config: { roles },
      schema: {
        tags,
        summary: '导入进度（Server-Sent Events，每条消息为一个 ImportJob）',
        produces: ['text/event-stream'],
        response: { 200: z.any() },
      },
    },
    async (request, reply) => {
      const stream = new PassThrough()
      streams.add(stream)
      // The stream outlives the check of its request: it ends with the session, and with the right to it.
      const { sessionId } = request.session
      const mayGoOn = () => {
        const userId = userOfSession(app.db, sessionId, app.now(), readSetting(app.db, 'session'))
        const actor = userId === null ? null : loadActor(app, userId, request.ip)
        return actor !== null && (roles as readonly string[]).includes(actor.role)
      }
      const send = (job: ImportJob) => {
        if (mayGoOn()) stream.write(`data: ${JSON.stringify(job)}\n\n`)
        else stream.end()
      }
      stream.write('retry: 2000\n\n')
      for (const job of imports.open()) send(job)
      const stopListening = imports.listen(send)
      const heartbeat = setInterval(() => stream.write(': \n\n'), HEARTBEAT_MS)
      const watch = setInterval(() => mayGoOn() || stream.end(), WATCH_MS)
      stream.on('close', () => {
        clearInterval(heartbeat)
        clearInterval(watch)
        stopListening()
        streams.delete(stream)
      })
      return reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .type('text/event-stream')
        .send(stream)
    },
  )

  app.get(
    '/imports/:id',
    {
      config: { roles },
      schema: { tags, summary: '一次导入', params: idParams, response: { 200: importJobSchema } },
    },
    async ({ params }) => {
      const job = imports.get(params.id)
      if (!job) throw notFound('导入')
      return job
    },
  )

  app.delete(
    '/imports/:id',
    {
      config: { roles },
      schema: { tags, summary: '取消导入', params: idParams, response: { 200: importJobSchema } },
    },
    async ({ params }) => {
      const job = imports.get(params.id)
      if (!job) throw notFound('导入')
      if (!(await imports.cancel(params.id))) throw wrongState('这次导入已经结束，不能取消。')
      return imports.get(params.id)!
    },
  )
}

/** The job of a file that came in, or of its refusal. */
function addReceived(imports: Imports, stamp: Stamp, file: Received): ImportJob {
  if (!('tooLarge' in file)) return imports.add(stamp, { ...file, remove: true })
  const message = `《${file.fileName}》超过 ${MAX_FILE_BYTES / 1024 / 1024} MB，请拆分后再导入。`
  return imports.addFailed(stamp, file.fileName, MAX_FILE_BYTES, 'too-large', message)
}

/** A job for each file of a zip, or the one of its refusal. */
function addBatch(imports: Imports, stamp: Stamp, fileName: string, batch: Unpacked): ImportJob[] {
  if ('files' in batch) return batch.files.map((file) => addReceived(imports, stamp, file))
  return [imports.addFailed(stamp, fileName, 0, batch.errorCode, batch.message)]
}
