import { z } from 'zod'
import { urges } from '../../../db/schema/index.ts'
import { invalid } from '../../errors.ts'
import { textField } from '../../core/fields.ts'
import { defineStep } from '../../core/step-engine.ts'
import { instructionFields } from '../instructions/schemas.ts'
import { writeInstruction } from '../instructions/store.ts'
import { allUnits, answeringUnitIds, notifyOfStep } from '../../core/step-notice.ts'

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

/** 批示 on a target: to the units that answer for it where nobody is named, to the office where there is none yet. */
export const instruct = defineStep({
  step: 'instruct',
  body: instructionFields,
  apply: (run) => {
    const { tx, target, actor, body } = run
    const answering = target.assignedAt === null ? [] : answeringUnitIds(run)
    const unitIds = body.unitIds ?? (body.toOffice ? [] : answering)
    if (!unitIds.every((id) => target.assignedAt !== null && allUnits(run).includes(id)))
      throw invalid([{ path: 'unitIds', message: '办理单位应是该事项的承办单位，且事项已经交办' }])
    const toOffice = body.toOffice ?? unitIds.length === 0
    const id = writeInstruction(tx, actor, target, { ...body, unitIds, toOffice })
    return { after: { instruction: id, ...body, unitIds, toOffice }, record: { id } }
  },
})
