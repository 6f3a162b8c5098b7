import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../../../db/open.ts'
import { type RequestKind, REQUEST_KIND_TITLES } from '../../../db/domain/supervision-terms.ts'
import { changeRequests } from '../../../db/schema/index.ts'
import { invalid, notFound } from '../../errors.ts'
import { giveEvidence } from '../../core/evidence.ts'
import { CHANGEABLE_FIELDS, checkTargetFields } from '../../../db/domain/target-fields.ts'
import { dateField } from '../../schema.ts'
import { changeShape } from '../../core/field-schemas.ts'
import { attachmentIdsField, reasonField } from '../../core/fields.ts'
import { defineStep, type StepEffect, type StepRun } from '../../core/step-engine.ts'
import { office, tell } from '../../core/tell.ts'

/** What a 变更 asks for. */
const changeFields = z.strictObject(changeShape(CHANGEABLE_FIELDS))

/** Stores a request with the old values beside the new ones. */
function ask(
  run: StepRun<{ reason: string; attachmentIds: number[] }>,
  kind: RequestKind,
  after: Record<string, unknown>,
): StepEffect {
  const { tx, target, actor, body } = run
  const before = Object.fromEntries(Object.keys(after).map((key) => [key, target[key as keyof typeof target]]))
  const id = Number(
    tx
      .insert(changeRequests)
      .values({
        targetId: target.id,
        kind,
        reason: body.reason,
        before,
        after,
        status: 'asked',
        unitId: actor.unitId,
        askedBy: actor.id,
        askedAt: actor.at,
      })
      .run().lastInsertRowid,
  )
  const evidence = giveEvidence(tx, actor, target.id, body.attachmentIds, { requestId: id })
  tell(
    run as StepRun<unknown>,
    'request',
    id,
    `申请${REQUEST_KIND_TITLES[kind]}：${body.reason}`,
    office(run as StepRun<unknown>),
  )
  return { before, after: { request: id, kind, reason: body.reason, ...after, ...evidence }, record: { id } }
}

export const askExtension = defineStep({
  step: 'ask-extension',
  body: z.object({ reason: reasonField, deadline: dateField, attachmentIds: attachmentIdsField }),
  apply: (run) => {
    if (run.target.deadline !== null && run.body.deadline <= run.target.deadline) {
      throw invalid([{ path: 'deadline', message: `新的完成时限应晚于原时限${run.target.deadline}` }])
    }
    return ask(run, 'extension', { deadline: run.body.deadline })
  },
})

export const askSuspension = defineStep({
  step: 'ask-suspension',
  body: z.object({ reason: reasonField, attachmentIds: attachmentIdsField }),
  apply: (run) => ask(run, 'suspension', { state: 'suspended' }),
})

export const askChange = defineStep({
  step: 'ask-change',
  body: z.object({ reason: reasonField, changes: changeFields, attachmentIds: attachmentIdsField }),
  apply: (run) => {
    const { target, body } = run
    const changes = Object.fromEntries(
      Object.entries(body.changes).filter(
        ([key, value]) => value !== undefined && value !== target[key as keyof typeof target],
      ),
    )
    if (Object.keys(changes).length === 0) throw invalid([{ path: 'changes', message: '请填写要变更的内容' }])
    const mistakes = checkTargetFields({ ...target, ...changes })
    if (mistakes.length > 0) throw invalid(mistakes.map((m) => ({ ...m, path: `changes.${m.path}` })))
    return ask(run, 'change', changes)
  },
})

function requestOf(db: Db, targetId: number, id: number) {
  const request = db.select().from(changeRequests).where(eq(changeRequests.id, id)).get()
  if (!request || request.targetId !== targetId) throw notFound('申请')
  return request
}

const about = (tx: Db, targetId: number, id: number) => {
  const { kind, unitId, askedBy, status } = requestOf(tx, targetId, id)
  return { request: { kind, unitId, askedBy, status } }
}

export const withdrawRequest = defineStep({
  step: 'withdraw-request',
  body: z.object({ requestId: z.int() }),
  context: ({ tx, target, body }) => about(tx, target.id, body.requestId),
  apply: ({ tx, actor, body }) => {
    tx.update(changeRequests)
      .set({ status: 'withdrawn', decidedBy: actor.id, decidedAt: actor.at })
      .where(eq(changeRequests.id, body.requestId))
      .run()
    return { after: { request: body.requestId, status: 'withdrawn' }, record: { id: body.requestId } }
  },
})

/** 同意: the new values come into force, the request keeps the old ones. */
export const grant = defineStep({
  step: 'grant',
  body: z.object({ requestId: z.int(), reason: z.string().trim().max(1000).optional() }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.requestId),
  apply: (run) => {
    const { tx, target, actor, body } = run
    const request = requestOf(tx, target.id, body.requestId)
    decideRequest(run, 'granted')
    tell(run, 'decided', request.id, `的${REQUEST_KIND_TITLES[request.kind]}申请已同意`, {
      unitIds: [request.unitId],
      userIds: [request.askedBy],
    })
    const told = {
      request: request.id,
      kind: request.kind,
      status: 'granted',
      reason: body.reason ?? null,
      decidedBy: actor.id,
    }
    if (request.kind === 'suspension')
      return { patch: { suspendedFrom: target.state }, after: told, record: { id: request.id } }
    const before = Object.fromEntries(
      Object.keys(request.after).map((key) => [key, target[key as keyof typeof target]]),
    )
    const patch = request.kind === 'extension' ? { ...request.after, deadlineRule: '延期' } : request.after
    const mistakes = checkTargetFields({ ...target, ...request.after })
    if (mistakes.length > 0) throw invalid(mistakes)
    return { patch, before, after: { ...told, ...request.after }, record: { id: request.id } }
  },
})

export const refuse = defineStep({
  step: 'refuse',
  body: z.object({ requestId: z.int(), reason: reasonField }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.requestId),
  apply: (run) => {
    const request = requestOf(run.tx, run.target.id, run.body.requestId)
    decideRequest(run, 'refused')
    tell(run, 'decided', request.id, `的${REQUEST_KIND_TITLES[request.kind]}申请未获同意：${run.body.reason}`, {
      unitIds: [request.unitId],
      userIds: [request.askedBy],
    })
    return {
      after: { request: request.id, kind: request.kind, status: 'refused', reason: run.body.reason },
      record: { id: request.id },
    }
  },
})

function decideRequest(
  { tx, actor, body }: StepRun<{ requestId: number; reason?: string }>,
  status: 'granted' | 'refused',
): void {
  tx.update(changeRequests)
    .set({ status, decidedBy: actor.id, decidedAt: actor.at, decisionReason: body.reason ?? null })
    .where(eq(changeRequests.id, body.requestId))
    .run()
}

/** 恢复办理: back to the state before 中止. */
export const resume = defineStep({
  step: 'resume',
  body: z.object({ reason: reasonField }),
  apply: (run) => {
    tell(run, 'decided', run.actor.at, `恢复办理：${run.body.reason}`, { unitIds: run.units.map((u) => u.unitId) })
    return {
      patch: { suspendedFrom: null },
      reason: run.body.reason,
      before: { suspendedFrom: run.target.suspendedFrom },
      after: { reason: run.body.reason },
    }
  },
})
