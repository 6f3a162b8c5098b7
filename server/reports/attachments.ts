import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import multipart from '@fastify/multipart'
import { count, eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { attachments, reports } from '../../db/schema/index.ts'
import { type Actor, ROLES } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { attachmentHeader } from '../documents/original.ts'
import { receive } from '../documents/uploads.ts'
import { notFound, Problem } from '../errors.ts'
import { filesDir } from '../paths.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { ReadError } from '../readers/index.ts'
import { idParams, noContent } from '../schema.ts'
import { loadTarget } from '../supervision/target-record.ts'
import { attachmentSchema } from '../targets/schemas.ts'
import { evidenceType, MAX_EVIDENCE_BYTES, MAX_EVIDENCE_FILES } from './evidence.ts'

/** The draft that evidence goes to: of the own unit, on a target it may see. */
function ownDraft(db: Db, reportId: number, actor: Actor) {
  const report = db.select().from(reports).where(eq(reports.id, reportId)).get()
  if (!report || report.unitId !== actor.unitId) throw notFound('填报')
  loadTarget(db, report.targetId, actor)
  if (report.status !== 'draft') throw new Problem(409, 'report-status', '不能修改附件', '已提交的填报不能增减佐证材料，请撤回或新建更正填报。')
  return report
}

/** Evidence files: in by multipart, out as attachments only. They lie under the hash of their bytes, never under a sent name. */
export const attachmentRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(multipart, { limits: { fileSize: MAX_EVIDENCE_BYTES, files: MAX_EVIDENCE_FILES, fields: 5, parts: MAX_EVIDENCE_FILES + 5 } })

  app.post('/reports/:id/attachments', {
    config: { roles: ['reporter'], ...BULK_LIMIT },
    preValidation: async (request) => { ownDraft(app.db, Number(request.params.id) || 0, request.actor) },
    schema: {
      tags: ['reports'], summary: '上传佐证材料', params: idParams, consumes: ['multipart/form-data'],
      response: { 201: z.object({ items: z.array(attachmentSchema) }) },
    },
  }, async (request, reply) => {
    if (!request.isMultipart()) throw new Problem(415, 'not-multipart', '上传方式不对', '请以 multipart/form-data 方式上传文件。')
    const waiting: { path: string, name: string, sha256: string, mediaType: string, size: number }[] = []
    try {
      for await (const part of request.files()) {
        const file = await receive(part, app.dataDir)
        if ('tooLarge' in file || file.size > MAX_EVIDENCE_BYTES) {
          if (!('tooLarge' in file)) await rm(file.path, { force: true })
          throw new Problem(413, 'too-large', '文件过大', `《${file.fileName}》超过 ${MAX_EVIDENCE_BYTES / 1024 / 1024} MB，请压缩或拆分后上传。`)
        }
        waiting.push({ path: file.path, name: file.fileName, sha256: '', mediaType: '', size: file.size })
      }
      for (const file of waiting) {
        const bytes = await readFile(file.path)
        file.mediaType = await evidenceType({ bytes, fileName: file.name })
        file.sha256 = createHash('sha256').update(bytes).digest('hex')
        await store(app.dataDir, file)
      }
    } catch (error) {
      if (error instanceof ReadError) throw new Problem(422, error.code, '不能上传', error.message)
      throw error
    } finally {
      await Promise.all(waiting.map((file) => rm(file.path, { force: true })))
    }
    if (waiting.length === 0) throw new Problem(400, 'no-file', '没有文件', '请选择要上传的文件。')
    const items = inTransaction(app.db, (tx) => {
      const report = ownDraft(tx, request.params.id, request.actor)
      const had = tx.select({ n: count() }).from(attachments).where(eq(attachments.reportId, report.id)).get()?.n ?? 0
      if (had + waiting.length > MAX_EVIDENCE_FILES) throw new Problem(409, 'too-many-files', '材料过多', `每条填报最多${MAX_EVIDENCE_FILES}个佐证材料。`)
      return waiting.map(({ name, sha256, mediaType, size }) => {
        const id = Number(tx.insert(attachments).values({
          reportId: report.id, sha256, name, mediaType, size, uploadedBy: request.actor.id, createdAt: request.actor.at,
        }).run().lastInsertRowid)
        appendAudit(tx, request.actor, 'attachment.add', 'attachment', id, null, { report: report.id, name, sha256, size })
        return { id, name, mediaType, size }
      })
    })
    return reply.code(201).send({ items })
  })

  app.get('/attachments/:id', {
    config: { roles: ROLES }, schema: { tags: ['reports'], summary: '下载佐证材料', params: idParams, response: { 200: z.any() } },
  }, async (request, reply) => {
    const file = visibleAttachment(app.db, request.params.id, request.actor)
    const path = join(filesDir(app.dataDir), file.sha256)
    if (!existsSync(path)) throw new Problem(404, 'file-missing', '文件缺失', `《${file.name}》的文件不在服务器上，请联系管理员从备份恢复。`)
    return reply.type(file.mediaType).header('content-disposition', attachmentHeader(file.name)).header('content-length', file.size)
      .header('x-content-type-options', 'nosniff').send(createReadStream(path))
  })

  app.delete('/attachments/:id', {
    config: { roles: ['reporter'] }, schema: { tags: ['reports'], summary: '删除佐证材料', params: idParams, response: { 204: noContent } },
  }, async (request, reply) => {
    inTransaction(app.db, (tx) => {
      const file = visibleAttachment(tx, request.params.id, request.actor)
      ownDraft(tx, file.reportId ?? 0, request.actor)
      tx.delete(attachments).where(eq(attachments.id, file.id)).run()
      appendAudit(tx, request.actor, 'attachment.remove', 'attachment', file.id, { report: file.reportId, name: file.name, sha256: file.sha256 }, null)
    })
    return reply.code(204).send()
  })
}

/** Moves a checked file to its place; the same bytes twice are one file. */
async function store(dataDir: string, file: { path: string, sha256: string }): Promise<void> {
  mkdirSync(filesDir(dataDir), { recursive: true })
  const to = join(filesDir(dataDir), file.sha256)
  if (existsSync(to)) return
  await copyFile(file.path, `${to}.new`)
  await rename(`${to}.new`, to)
}

/** Whoever may see the target may see its evidence; drafts are seen by their own unit only. */
function visibleAttachment(db: Db, id: number, actor: Actor) {
  const row = db.select({ file: attachments, report: reports }).from(attachments).innerJoin(reports, eq(reports.id, attachments.reportId)).where(eq(attachments.id, id)).get()
  if (!row || (row.report.status === 'draft' && row.report.unitId !== actor.unitId)) throw notFound('附件')
  loadTarget(db, row.report.targetId, actor)
  return row.file
}
