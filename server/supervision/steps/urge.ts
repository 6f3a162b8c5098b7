import { z } from 'zod'
import { instructions, urges } from '../../../db/schema/index.ts'
import { invalid } from '../../errors.ts'
import { textField } from '../../core/fields.ts'
import { defineStep } from '../../core/step-engine.ts'
import { allUnits, answeringUnitIds, office, notifyOfStep } from '../../core/step-notice.ts'

/** 催办: a call to the answering units, or to one that is named; each is kept and counted. */
export const urge = defineStep({
  step: 'urge',
  body: z.object({ text: textField, unitId: z.int().nullable().optional() }),
  bulk: true,
  apply: (run) => {
    const { tx, target, actor, body } = run
    const unitIds = body.unitId === null || body.unitId === undefined ? answeringUnitIds(run) : [body.unitId]
    if (!unitIds.every((id) => allUnits(run).includes(id)))
      throw invalid([{ path: 'unitId', message: '被催办的单位不是该事项的承办单位' }])
    const ids = unitIds.map((unitId) =>
      Number(
        tx
          .insert(urges)
          .values({ targetId: target.id, unitId, text: body.text, sentBy: actor.id, sentAt: actor.at })
          .run().lastInsertRowid,
      ),
    )
    notifyOfStep(run, 'urged', ids[0] ?? 0, `被催办：${body.text}`, { unitIds })
    return { after: { urges: ids, unitIds, text: body.text }, record: { id: ids[0] ?? 0 } }
  },
})

/** 批示 */
export const instruct = defineStep({
  step: 'instruct',
  body: z.object({ text: textField }),
  apply: (run) => {
    const { tx, target, actor, body } = run
    const id = Number(
      tx
        .insert(instructions)
        .values({ targetId: target.id, leaderId: actor.id, text: body.text, createdAt: actor.at })
        .run().lastInsertRowid,
    )
    notifyOfStep(run, 'instruction', id, `有${actor.displayName}批示：${body.text}`, {
      ...office(run),
      unitIds: target.assignedAt === null ? [] : allUnits(run),
    })
    return { after: { instruction: id, text: body.text }, record: { id } }
  },
})
