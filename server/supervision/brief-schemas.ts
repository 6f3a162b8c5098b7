import { z } from 'zod'
import { LISTED_FIELDS } from '../../db/domain/target-fields.ts'
import { documentRef } from '../core/document-ref.ts'
import { answerShape } from '../core/field-schemas.ts'

export const personRef = z.object({ id: z.int(), displayName: z.string() }).nullable()
/** What a list says of the target that a row is about; never a value without its unit, target and date. */
export const targetBrief = z
  .object({
    id: z.int(),
    ...answerShape(LISTED_FIELDS),
    version: z.int(),
    document: documentRef,
  })
  .meta({ id: 'TargetBrief' })
