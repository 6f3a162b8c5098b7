import { PassThrough } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notFound, Problem, wrongState } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { MAX_FILE_BYTES } from '../readers/index.ts'
import { decodeCursor, encodeCursor, idParams } from '../schema.ts'
import { loadActor } from '../session/plugin.ts'
import { userOfSession } from '../session/store.ts'
import { readSetting } from '../settings/store.ts'
import { writeTurn } from '../write-turn.ts'
import { Imports } from './imports.ts'
import { type ImportJob, importJobsAnswer, importJobSchema, importListAnswer, importListQuery } from './schemas.ts'
import { clearUploads, MAX_FILES, receive } from './uploads.ts'

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
  const roles = ['supervisor', 'admin'] as const
  const tags = ['导入']

  imports.failInterrupted()
  clearUploads(app.dataDir)
  const streams = new Set<PassThrough>()
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
    await imports.close()
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
        throw new Problem(415, 'not-multipart', '上传方式不对', '请以 multipart/form-data 方式上传文件。')
      const items: ImportJob[] = []
      for await (const part of request.files()) {
        const file = await receive(part, app.dataDir)
        await writeTurn(app.db.$client)
        items.push(
          'tooLarge' in file
            ? imports.addFailed(
                stamp,
                file.fileName,
                MAX_FILE_BYTES,
                'too-large',
                `《${file.fileName}》超过 50 MB，请拆分后再导入。`,
              )
            : imports.add(stamp, { ...file, remove: true }),
        )
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
    async ({ query }) => {
      const after = decodeCursor(query.cursor, 1)
      const items = imports.list({
        ids: query.ids,
        before: after ? Number(after[0]) : undefined,
        limit: query.limit + 1,
      })
      const page = items.slice(0, query.limit)
      return {
        items: page,
        nextCursor: items.length > query.limit ? encodeCursor([page.at(-1)!.id]) : null,
        total: null,
      }
    },
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
