import { z } from 'zod'
import { FIELD_TITLES, mayFill } from '../../../db/domain/target-fields.ts'
import { forbidden, invalid } from '../../errors.ts'
import { amountField } from '../../schema.ts'
import { defineStep } from '../../core/step-engine.ts'
import { allUnits, tell } from '../../core/tell.ts'

const wordField = z.string().trim().min(1).max(80).optional()

/** 补充基期: fills what nobody wrote down. What stands there already is changed by 变更 alone. */
export const fill = defineStep({
  step: 'fill',
  body: z.object({ baselineValue: amountField, baselineUnit: wordField, baselinePeriod: wordField }),
  apply: (run) => {
    const { target, actor, body } = run
    if (target.kind !== 'quantity') throw invalid([{ path: 'baselineValue', message: '只有量化指标有基期值' }])
    const given = { ...body, baselineUnit: body.baselineUnit ?? target.baselineUnit ?? target.unit }
    const patch: Record<string, unknown> = {}
    for (const field of ['baselineValue', 'baselineUnit', 'baselinePeriod'] as const) {
      if (given[field] === undefined || given[field] === target[field]) continue
      if (!mayFill(field, actor.role)) throw forbidden()
      if (target[field] !== null)
        throw invalid([{ path: field, message: `已有${FIELD_TITLES[field]}，修改请申请变更` }])
      patch[field] = given[field]
    }
    tell(run, 'decided', `${actor.at}:fill`, `已补充基期值${body.baselineValue}${given.baselineUnit ?? ''}`, {
      unitIds: allUnits(run),
    })
    return { patch, before: { baselineValue: null }, after: patch }
  },
})
