import { z } from 'zod'
import { PRECEDENTS } from '../../../db/domain/precedent-terms.ts'
import { ASSIGNED_FIELDS } from '../../../db/domain/target-fields.ts'
import { UNIT_ROLES } from '../../../db/domain/target-terms.ts'
import { answerShape } from '../../core/field-schemas.ts'
import { idList } from '../../schema.ts'

export const unitProposalsQuery = z.object({ ids: idList.describe('目标的编号，逗号分开') })

const proposedUnit = z
  .object({
    unitId: z.int(),
    name: z.string(),
    role: z.enum(UNIT_ROLES).describe('承办时多数情况下的角色'),
    precedent: z.enum(PRECEDENTS).describe('推荐的依据'),
    count: z.int().describe('承办过几项'),
    example: z
      .object({ id: z.int(), indicator: z.string(), deadline: z.string().nullable() })
      .describe('其中最近的一项'),
  })
  .meta({ id: 'ProposedUnit' })

export const unitProposalsAnswer = z
  .object({
    items: z.array(
      z.object({
        targetId: z.int(),
        fields: z.object(answerShape(ASSIGNED_FIELDS)).describe('交办时可以另定、现在已定的内容'),
        units: z.array(proposedUnit),
      }),
    ),
  })
  .meta({ id: 'UnitProposals' })
