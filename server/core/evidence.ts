import { and, asc, count, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { isAmong } from '../../db/among.ts'
import type { Db } from '../../db/open.ts'
import { attachments } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { seesAnswer } from './instructions.ts'
import { maySee } from './record-rights.ts'
import { appendAudit } from '../audit/append.ts'
import { invalid, Problem } from '../errors.ts'
import type { attachmentSchema } from './target-schemas.ts'
import { MAX_EVIDENCE_FILES } from './evidence-type.ts'
import type { StoredFile } from './receive-evidence.ts'

type Attachment = typeof attachments.$inferSelect
/** The record that evidence belongs to. */
export type Owner = 'reportId' | 'requestId' | 'orderId' | 'problemId' | 'addresseeId'

/** Files of one person for one target that may wait for a form: several dialogs that were left open. */
const MAX_WAITING = 3 * MAX_EVIDENCE_FILES

/** Belongs to no report, request, 督办单, problem or answer to a 批示 yet. */
export const isWaiting = (): SQL =>
  and(
    isNull(attachments.reportId),
    isNull(attachments.requestId),
    isNull(attachments.orderId),
    isNull(attachments.problemId),
    isNull(attachments.addresseeId),
  )!

/** Uploaded for this target; null for a 批示 that is about none. */
const about = (targetId: number | null): SQL =>
  targetId === null ? isNull(attachments.targetId) : eq(attachments.targetId, targetId)

/** What is written about stored files: rows of a draft report, or rows that wait for the form they were uploaded in. */
export function addEvidence(
  tx: Db,
  actor: Actor,
  targetId: number | null,
  reportId: number | null,
  files: readonly StoredFile[],
) {
  const siblings =
    reportId === null
      ? and(isWaiting(), about(targetId), eq(attachments.uploadedBy, actor.id))
      : eq(attachments.reportId, reportId)
  const had = tx.select({ n: count() }).from(attachments).where(siblings).get()?.n ?? 0
  const most = reportId === null ? MAX_WAITING : MAX_EVIDENCE_FILES
  if (had + files.length > most)
    throw new Problem(409, 'too-many-files', '材料过多', `每次最多${MAX_EVIDENCE_FILES}个佐证材料。`)
  return files.map(({ name, sha256, mediaType, size }) => {
    const id = Number(
      tx
        .insert(attachments)
        .values({
          targetId,
          reportId,
          sha256,
          name,
          mediaType,
          size,
          uploadedBy: actor.id,
          createdAt: actor.at,
        })
        .run().lastInsertRowid,
    )
    appendAudit(tx, actor, 'attachment.add', 'attachment', id, null, {
      target: targetId,
      report: reportId,
      name,
      sha256,
      size,
    })
    return { id, name, mediaType, size }
  })
}

/**
 * Gives files that the person has uploaded for this target to the record that a step makes. For the step's trail.
 * @throws {Problem} 400 where one of them is another's, already given away, or swept
 */
export function giveEvidence(
  tx: Db,
  actor: Actor,
  targetId: number | null,
  ids: readonly number[],
  owner: Partial<Record<Owner, number>>,
) {
  const mine = tx
    .select()
    .from(attachments)
    .where(and(inArray(attachments.id, [...ids]), isWaiting(), about(targetId), eq(attachments.uploadedBy, actor.id)))
    .orderBy(asc(attachments.id))
    .all()
  if (mine.length !== new Set(ids).size)
    throw invalid([{ path: 'attachmentIds', message: '有佐证材料已失效，请删除后重新上传' }])
  if (mine.length === 0) return {}
  tx.update(attachments)
    .set(owner)
    .where(
      inArray(
        attachments.id,
        mine.map((file) => file.id),
      ),
    )
    .run()
  return { attachments: mine.map(({ id, name, sha256, size }) => ({ id, name, sha256, size })) }
}

/** Files of some records, by the number of the record. */
export function evidenceOf(
  db: Db,
  owner: Owner,
  ids: readonly number[],
): (id: number) => z.infer<typeof attachmentSchema>[] {
  const rows =
    ids.length === 0
      ? []
      : db.select().from(attachments).where(isAmong(attachments[owner], ids)).orderBy(asc(attachments.id)).all()
  return (id) =>
    rows
      .filter((file) => file[owner] === id)
      .map(({ id: fileId, name, mediaType, size }) => ({ id: fileId, name, mediaType, size }))
}

/**
 * Whether a person who may see the target may read the file: whoever may see the record that it belongs to; what still
 * waits for its form is read by who uploaded it.
 */
export function mayRead(db: Db, file: Attachment, actor: Pick<Actor, 'id' | 'role' | 'unitId'>): boolean {
  if (file.requestId !== null) return maySee(db, 'request', file.requestId, actor)
  if (file.reportId !== null) return maySee(db, 'report', file.reportId, actor)
  if (file.orderId !== null) return maySee(db, 'order', file.orderId, actor)
  if (file.problemId !== null) return maySee(db, 'problem', file.problemId, actor)
  if (file.addresseeId !== null) return seesAnswer(db, file.addresseeId, actor)
  return file.uploadedBy === actor.id
}
