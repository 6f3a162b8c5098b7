import { eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { files, rereads } from '../../db/schema/index.ts'
import { notFound, wrongState } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { TYPED_FORM } from '../readers/forms.ts'
import { idParams, noContent } from '../schema.ts'
import type { Imports } from './imports.ts'
import { confirmRereadBody, importJobSchema, type RereadChanges, rereadSchema } from './schemas.ts'

function storedFile(db: Db, id: number) {
  const file = db
    .select({ id: files.id, fileName: files.name, size: files.size, format: files.format })
    .from(files)
    .where(eq(files.id, id))
    .get()
  if (!file) throw notFound('文件')
  const { format, ...rest } = file
  if (format === TYPED_FORM) throw wrongState('这份来源是录入的，没有原件可以重新读取。')
  return rest
}

/** 重新读取: a stored original read again with today's rules, what that would change, and the change itself. */
export const rereadRoutes =
  (imports: Imports): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { roles: ['supervisor', 'admin'] as const }
    const tags = ['导入']
    const waiting = (fileId: number) => waitingOf(app, fileId)

    app.post(
      '/files/:id/reread',
      {
        config: { ...config, ...BULK_LIMIT },
        schema: {
          tags,
          summary: '重新读取原件，只算出会有哪些变化',
          params: idParams,
          response: { 202: importJobSchema },
        },
      },
      async ({ params, actor }, reply) =>
        reply.code(202).send(imports.addStored(actor, storedFile(app.db, params.id), { purpose: 'reread' })),
    )

    app.get(
      '/files/:id/reread',
      {
        config,
        schema: {
          tags,
          summary: '重新读取会带来的变化',
          params: idParams,
          response: { 200: z.object({ item: rereadSchema.nullable() }) },
        },
      },
      async ({ params }) => ({ item: waiting(params.id) ?? null }),
    )

    app.post(
      '/files/:id/reread/confirm',
      {
        config,
        schema: {
          tags,
          summary: '确认按重新读取的结果更新',
          params: idParams,
          body: confirmRereadBody,
          response: { 202: importJobSchema },
        },
      },
      async ({ params, body, actor }, reply) => {
        const found = waiting(params.id)
        if (!found) throw notFound('重新读取的结果')
        const { digest } = found
        if (digest !== body.digest) throw wrongState('变化与您看到的已不一致，请核对新的变化后再确认。')
        return reply
          .code(202)
          .send(imports.addStored(actor, storedFile(app.db, params.id), { purpose: 'apply', digest }))
      },
    )

    app.delete(
      '/files/:id/reread',
      { config, schema: { tags, summary: '放弃重新读取的结果', params: idParams, response: { 204: noContent } } },
      async ({ params }, reply) => {
        storedFile(app.db, params.id)
        app.db.delete(rereads).where(eq(rereads.fileId, params.id)).run()
        return reply.code(204).send()
      },
    )
  }

/** What a reading of the file found that nobody has confirmed or put away yet; undefined where there is none. */
function waitingOf({ db }: FastifyInstance, fileId: number) {
  const { fileName } = storedFile(db, fileId)
  const found = db
    .select({ changes: rereads.changes, digest: rereads.digest, createdAt: rereads.createdAt })
    .from(rereads)
    .where(eq(rereads.fileId, fileId))
    .get()
  return found && { ...found, fileId, fileName, changes: found.changes as RereadChanges }
}
