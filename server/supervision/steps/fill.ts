import { z } from 'zod'
import { FIELD_TITLES, FILLED_FIELDS, pickFields } from '../../../db/domain/target-fields.ts'
import { invalid } from '../../errors.ts'
import { amountField } from '../../schema.ts'
import { changeShape } from '../../core/field-schemas.ts'
import { defineStep } from '../../core/step-engine.ts'
import { allUnits, notifyOfStep } from '../../core/step-notice.ts'

/** 补充基期: fills what nobody wrote down. What stands there already is changed by 变更 alone. */
export const fill = defineStep({
  step: 'fill',
  body: z.object({ ...changeShape(FILLED_FIELDS), baselineValue: amountField }),
  apply: (run) => {
    const { target, actor, body } = run
    if (target.kind !== 'quantity') throw invalid([{ path: 'baselineValue', message: '只有量化指标有基期值' }])
    const given = {
      baselineValue: body.baselineValue,
      baselineUnit: body.baselineUnit ?? target.baselineUnit ?? target.unit,
      baselinePeriod: body.baselinePeriod ?? target.baselinePeriod,
    }
    const gaps = FILLED_FIELDS.filter((field) => given[field] !== target[field])
    for (const field of gaps)
      if (target[field] !== null)
        throw invalid([{ path: field, message: `已有${FIELD_TITLES[field]}，修改请申请变更` }])
    const patch = pickFields(given, gaps)
    notifyOfStep(run, 'decided', `${actor.at}:fill`, `已补充基期值${body.baselineValue}${given.baselineUnit ?? ''}`, {
      unitIds: allUnits(run),
    })
    return { patch, before: { baselineValue: null }, after: patch }
  },
})
