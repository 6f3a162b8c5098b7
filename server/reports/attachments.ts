import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import multipart from '@fastify/multipart'
import { eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { instructionRefusal } from '../../db/domain/instructions.ts'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { attachments, reports } from '../../db/schema/index.ts'
import { type Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { notFound, Problem, wrongState } from '../errors.ts'
import { filesDir } from '../paths.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { idParams, noContent } from '../schema.ts'
import { loadTarget, seesTarget } from '../core/target-record.ts'
import { allowedNow } from '../core/allowed-steps.ts'
import { attachmentSchema } from '../core/target-schemas.ts'
import { writeTurn } from '../write-turn.ts'
import { MAX_EVIDENCE_BYTES, MAX_EVIDENCE_FILES } from '../core/evidence-type.ts'
import { addEvidence, mayRead } from '../core/evidence.ts'
import { instructionSubject, loadInstruction } from '../core/instructions.ts'
import { receiveEvidence } from '../core/receive-evidence.ts'

/** What was stored, and what was not and why. */
const uploadAnswer = z.object({
  items: z.array(attachmentSchema),
  refused: z.array(z.object({ name: z.string(), message: z.string() })),
})

/** Steps whose form takes evidence along, as `attachmentIds`. */
const WITH_EVIDENCE = ['ask-extension', 'ask-suspension', 'ask-change', 'answer-order', 'rectify-problem']

/** The draft that evidence goes to: of the own unit, on a target it may see. */
function ownDraft(db: Db, reportId: number, actor: Actor) {
  const report = db.select().from(reports).where(eq(reports.id, reportId)).get()
  if (!report || report.unitId !== actor.unitId || !seesTarget(db, report.targetId, actor)) throw notFound('填报')
  if (report.status !== 'draft')
    throw new Problem(409, 'report-status', '不能修改附件', '已提交的填报不能增减佐证材料，请撤回或新建更正填报。')
  return report
}

/** Evidence files: in by multipart, out as attachments only. They lie under the hash of their bytes, never under a sent name. */
export const attachmentRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(multipart, {
    throwFileSizeLimit: false, // a file that is too large is named, the others are taken
    limits: { fileSize: MAX_EVIDENCE_BYTES, files: MAX_EVIDENCE_FILES, fields: 5, parts: MAX_EVIDENCE_FILES + 5 },
  })

  app.post(
    '/reports/:id/attachments',
    {
      config: { roles: ['reporter'], ...BULK_LIMIT },
      preValidation: async (request) => {
        ownDraft(app.db, Number(request.params.id) || 0, request.actor)
      },
      schema: {
        tags: ['reports'],
        summary: '上传佐证材料',
        params: idParams,
        consumes: ['multipart/form-data'],
        response: { 201: uploadAnswer },
      },
    },
    async (request, reply) => {
      const { files, refused } = await receiveEvidence(request, app.dataDir)
      await writeTurn(app.db.$client) // receiving took its time: an import may have begun meanwhile
      const items = inTransaction(app.db, (tx) => {
        const report = ownDraft(tx, request.params.id, request.actor)
        return addEvidence(tx, request.actor, report.targetId, report.id, files)
      })
      return reply.code(201).send({ items, refused })
    },
  )

  app.post(
    '/targets/:id/attachments',
    {
      config: { roles: ['reporter', 'supervisor'], ...BULK_LIMIT },
      preValidation: async (request) => {
        refuseWithoutForm(app.db, Number(request.params.id) || 0, request.actor)
      },
      schema: {
        tags: ['reports'],
        summary: '上传佐证材料（随申请、督办单回复或整改情况提交）',
        params: idParams,
        consumes: ['multipart/form-data'],
        response: { 201: uploadAnswer },
      },
    },
    async (request, reply) => {
      const { files, refused } = await receiveEvidence(request, app.dataDir)
      await writeTurn(app.db.$client)
      const items = inTransaction(app.db, (tx) => {
        refuseWithoutForm(tx, request.params.id, request.actor)
        return addEvidence(tx, request.actor, request.params.id, null, files)
      })
      return reply.code(201).send({ items, refused })
    },
  )

  app.post(
    '/instructions/:id/attachments',
    {
      config: { roles: ['reporter', 'supervisor'], ...BULK_LIMIT },
      preValidation: async (request) => {
        answerableInstruction(app.db, Number(request.params.id) || 0, request.actor)
      },
      schema: {
        tags: ['批示'],
        summary: '上传佐证材料（随批示办理情况报送）',
        params: idParams,
        consumes: ['multipart/form-data'],
        response: { 201: uploadAnswer },
      },
    },
    async (request, reply) => {
      const { files, refused } = await receiveEvidence(request, app.dataDir)
      await writeTurn(app.db.$client)
      const items = inTransaction(app.db, (tx) => {
        const { targetId } = answerableInstruction(tx, request.params.id, request.actor)
        return addEvidence(tx, request.actor, targetId, null, files)
      })
      return reply.code(201).send({ items, refused })
    },
  )

  app.get(
    '/attachments/:id',
    {
      config: { roles: ROLES },
      schema: { tags: ['reports'], summary: '下载佐证材料', params: idParams, response: { 200: z.any() } },
    },
    async (request, reply) => {
      const file = visibleAttachment(app.db, request.params.id, request.actor)
      const path = join(filesDir(app.dataDir), file.sha256)
      if (!existsSync(path))
        throw new Problem(
          404,
          'file-missing',
          '文件缺失',
          `《${file.name}》的文件不在服务器上，请联系管理员从备份恢复。`,
        )
      return reply
        .type(file.mediaType)
        .header('content-disposition', attachmentHeader(file.name))
        .header('content-length', file.size)
        .header('x-content-type-options', 'nosniff')
        .send(createReadStream(path))
    },
  )

  app.delete(
    '/attachments/:id',
    {
      config: { roles: ['reporter', 'supervisor'] },
      schema: { tags: ['reports'], summary: '删除佐证材料', params: idParams, response: { 204: noContent } },
    },
    async (request, reply) => {
      inTransaction(app.db, (tx) => {
        const file = visibleAttachment(tx, request.params.id, request.actor)
        if (file.reportId !== null) ownDraft(tx, file.reportId, request.actor)
        else if ([file.requestId, file.orderId, file.problemId, file.addresseeId].some((owner) => owner !== null))
          throw wrongState('已提交的佐证材料不能删除。')
        tx.delete(attachments).where(eq(attachments.id, file.id)).run()
        appendAudit(
          tx,
          request.actor,
          'attachment.remove',
          'attachment',
          file.id,
          { target: file.targetId, report: file.reportId, name: file.name, sha256: file.sha256 },
          null,
        )
      })
      return reply.code(204).send()
    },
  )
}

/** Only who has a form to send with it uploads evidence for a target; 404 where the person may not know of it. */
function refuseWithoutForm(db: Db, targetId: number, actor: Actor): void {
  const allowed = allowedNow(db, loadTarget(db, targetId, actor), actor)
  if (!allowed.some((step) => WITH_EVIDENCE.includes(step)))
    throw wrongState('这一项现在没有可以附佐证材料的申请、督办单回复或整改。')
}

/** A 批示 that the person has to answer now; 404 where they may not know of it. */
function answerableInstruction(db: Db, id: number, actor: Actor) {
  const { instruction, addressees } = loadInstruction(db, id, actor)
  const refusal = instructionRefusal('answer', instructionSubject(instruction, addressees), actor)
  if (refusal !== null) throw wrongState(`${refusal}。`)
  return instruction
}

/** A file that the person may read; 404 where there is none or it is not theirs. */
function visibleAttachment(db: Db, id: number, actor: Actor) {
  const file = db.select().from(attachments).where(eq(attachments.id, id)).get()
  // The same words whichever it is: they must not tell that there is one.
  const known = file && (file.addresseeId !== null || file.targetId === null || seesTarget(db, file.targetId, actor))
  if (!file || !known || !mayRead(db, file, actor)) throw notFound('附件')
  return file
}
