import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../../../db/open.ts'
import { type RequestKind, REQUEST_KIND_TITLES } from '../../../db/domain/supervision-terms.ts'
import { changeRequests, targetParts } from '../../../db/schema/index.ts'
import { invalid, notFound } from '../../errors.ts'
import { giveEvidence } from '../../core/evidence.ts'
import {
  CHANGEABLE_FIELDS,
  checkTargetFields,
  pickFields,
  type RequestedChanges,
} from '../../../db/domain/target-fields.ts'
import { dateField } from '../../schema.ts'
import { changeShape } from '../../core/field-schemas.ts'
import { attachmentIdsField, reasonField } from '../../core/fields.ts'
import { defineStep, type StepEffect, type StepRun } from '../../core/step-engine.ts'
import { office, notifyOfStep } from '../../core/step-notice.ts'
import { limitOfUnit, memberPart } from '../../core/unit-parts.ts'

/** What a 变更 asks for. */
const changeFields = z.strictObject(changeShape(CHANGEABLE_FIELDS))

/** Stores a request with the old values beside the new ones. */
function ask(
  run: StepRun<{ reason: string; attachmentIds: number[] }>,
  kind: RequestKind,
  after: RequestedChanges,
  before: RequestedChanges = pickFields(run.target, Object.keys(after) as (keyof RequestedChanges)[]),
): StepEffect {
  const { tx, target, actor, body } = run
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
  notifyOfStep(
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
  context: (run) => ({ subject: { deadline: limitOfUnit(run.tx, run, run.actor.unitId) } }),
  apply: (run) => {
    const limit = limitOfUnit(run.tx, run, run.actor.unitId)
    if (limit !== null && run.body.deadline <= limit) {
      throw invalid([{ path: 'deadline', message: `新的完成时限应晚于原时限${limit}` }])
    }
    return ask(run, 'extension', { deadline: run.body.deadline }, { deadline: limit })
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
    const changes: RequestedChanges = Object.fromEntries(
      CHANGEABLE_FIELDS.flatMap((field) => {
        const asked = body.changes[field]
        return asked === undefined || asked === target[field] ? [] : [[field, asked]]
      }),
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
  body: z.object({
    requestId: z.int(),
    reason: z.string().trim().max(1000).optional(),
    /** 延期: an earlier date than was asked for. */
    deadline: dateField.optional(),
  }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.requestId),
  apply: (run) => {
    const { tx, target, actor, body } = run
    const asked = requestOf(tx, target.id, body.requestId)
    const limit = limitOfUnit(tx, run, asked.unitId)
    const request = { ...asked, after: grantedFields(asked, limit, body.deadline) }
    decideRequest(
      request.after.deadline === asked.after.deadline
        ? run
        : {
            ...run,
            body: {
              ...body,
              reason: [`申请延至${String(asked.after.deadline)}，同意延至${body.deadline}`, body.reason]
                .filter(Boolean)
                .join('；'),
            },
          },
      'granted',
    )
    tx.update(changeRequests).set({ after: request.after }).where(eq(changeRequests.id, request.id)).run()
    const until = request.kind === 'extension' ? `，完成时限改为${String(request.after.deadline)}` : ''
    notifyOfStep(run, 'decided', request.id, `的${REQUEST_KIND_TITLES[request.kind]}申请已同意${until}`, {
      unitIds: [request.unitId],
      userIds: [request.askedBy],
    })
    const decision = {
      request: request.id,
      kind: request.kind,
      status: 'granted',
      reason: body.reason ?? null,
      decidedBy: actor.id,
    }
    if (request.kind === 'suspension')
      return { patch: { suspendedFrom: target.state }, after: decision, record: { id: request.id } }
    const part = asked.kind === 'extension' ? memberPart(tx, run, asked.unitId) : undefined
    if (part) {
      const { deadline } = request.after
      tx.update(targetParts).set({ dueOn: deadline }).where(eq(targetParts.id, part.id)).run()
      return {
        changed: true,
        before: { deadline: limit },
        after: { ...decision, deadline },
        record: { id: request.id },
      }
    }
    const { state: _state, ...changes } = request.after
    const before = pickFields(target, Object.keys(changes) as (keyof typeof changes)[])
    const patch = request.kind === 'extension' ? { ...changes, deadlineRule: '延期' } : changes
    const mistakes = checkTargetFields({ ...target, ...request.after })
    if (mistakes.length > 0) throw invalid(mistakes)
    return { patch, before, after: { ...decision, ...request.after }, record: { id: request.id } }
  },
})

/** What is granted: what was asked for, or an earlier date that still is later than the limit. */
function grantedFields(
  request: typeof changeRequests.$inferSelect,
  limit: string | null,
  deadline: string | undefined,
): RequestedChanges {
  if (deadline === undefined) return request.after
  const wrong = (message: string) => invalid([{ path: 'deadline', message }])
  if (request.kind !== 'extension') throw wrong('只有延期申请可以另定时限')
  if (limit !== null && deadline <= limit) throw wrong(`新的完成时限应晚于原时限${limit}`)
  if (deadline > String(request.after.deadline)) throw wrong(`不能晚于申请的${String(request.after.deadline)}`)
  return { ...request.after, deadline }
}

export const refuse = defineStep({
  step: 'refuse',
  body: z.object({ requestId: z.int(), reason: reasonField }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.requestId),
  apply: (run) => {
    const request = requestOf(run.tx, run.target.id, run.body.requestId)
    decideRequest(run, 'refused')
    notifyOfStep(run, 'decided', request.id, `的${REQUEST_KIND_TITLES[request.kind]}申请未获同意：${run.body.reason}`, {
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
    notifyOfStep(run, 'decided', run.actor.at, `恢复办理：${run.body.reason}`, {
      unitIds: run.units.map((u) => u.unitId),
    })
    return {
      patch: { suspendedFrom: null },
      reason: run.body.reason,
      before: { suspendedFrom: run.target.suspendedFrom },
      after: { reason: run.body.reason },
    }
  },
})
