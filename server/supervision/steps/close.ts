import { z } from 'zod'
import { LIGHTS } from '../../../db/domain/lights.ts'
import { invalid } from '../../errors.ts'
import { reasonField } from '../../core/fields.ts'
import { defineStep } from '../../core/step-engine.ts'
import { allUnits, notifyOfStep } from '../../core/step-notice.ts'

/** 办结: by the approved data the promise is kept. Whether on time or late is told by the rule of lights. */
export const meet = defineStep({
  step: 'meet',
  body: z.object({ conclusion: z.string().trim().max(1000).optional() }),
  bulk: true,
  apply: (run) => {
    const { actor, body } = run
    notifyOfStep(run, 'met', actor.at, '已办结', { unitIds: allUnits(run) })
    return {
      patch: { metAt: actor.at, metBy: actor.id },
      reason: body.conclusion,
      after: { metBy: actor.id, conclusion: body.conclusion ?? null },
    }
  },
})

/** 销号, by somebody else than who did the 办结. */
export const close = defineStep({
  step: 'close',
  body: z.object({ conclusion: z.string().trim().max(1000).optional() }),
  bulk: true,
  apply: (run) => {
    const { actor, body, target } = run
    notifyOfStep(run, 'closed', actor.at, '已销号', { unitIds: allUnits(run) })
    return {
      patch: { closedAt: actor.at, closedBy: actor.id },
      reason: body.conclusion,
      after: { metBy: target.metBy, closedBy: actor.id, conclusion: body.conclusion ?? null },
    }
  },
})

/** 重新挂账: a 回头看 has shown that it was not done after all. */
export const reopen = defineStep({
  step: 'reopen',
  body: z.object({ reason: reasonField }),
  apply: (run) => {
    const { target, body, actor } = run
    const { metAt, metBy, closedAt, closedBy } = target
    notifyOfStep(run, 'returned', actor.at, `重新挂账：${body.reason}`, { unitIds: allUnits(run) })
    return {
      reason: body.reason,
      patch: { metAt: null, metBy: null, closedAt: null, closedBy: null },
      before: { metAt, metBy, closedAt, closedBy },
      after: { reason: body.reason },
    }
  },
})

/** 人工亮灯: a light by hand with its reason, `null` to take it away; the computed one stays beside it. */
export const setLight = defineStep({
  step: 'set-light',
  body: z.object({ light: z.enum(LIGHTS).nullable(), reason: z.string().trim().max(500).optional() }),
  apply: ({ target, body }) => {
    if (body.light !== null && (body.reason ?? '').length < 2)
      throw invalid([{ path: 'reason', message: '人工亮灯须写明理由' }])
    const before = { manualLight: target.manualLight, manualLightReason: target.manualLightReason }
    const patch = { manualLight: body.light, manualLightReason: body.light === null ? null : (body.reason ?? null) }
    return { patch, before, reason: body.reason, after: { ...patch, reason: body.reason ?? null } }
  },
})
