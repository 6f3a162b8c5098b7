import { z } from 'zod'
import { INSTRUCTION_STANDINGS, INSTRUCTION_STEPS, INSTRUCTION_VERDICTS } from '../../../db/domain/instructions.ts'
import { attachmentIdsField, reasonField, textField } from '../../core/fields.ts'
import { attachmentSchema } from '../../core/target-schemas.ts'
import { dateField, idParams, commaList, pageOf } from '../../schema.ts'
import { personRef, targetBrief } from '../brief-schemas.ts'

/** What a leader writes: words, and whom they name, what is asked of them and until when. */
export const instructionFields = z.object({
  text: textField,
  /** 办理要求 */
  requirement: z.string().trim().max(1000).nullable().optional(),
  dueOn: dateField.nullable().optional(),
  /** Units that have to answer; on a target, left out, those that answer for it. */
  unitIds: z.array(z.int()).max(50).optional(),
  /** Whether the office has to answer. */
  toOffice: z.boolean().optional(),
})
export type InstructionFields = z.infer<typeof instructionFields>
export const newInstructionBody = instructionFields.strict()

const version = z.int()
export const answerBody = z.strictObject({ version, text: textField, attachmentIds: attachmentIdsField })
export const satisfiedBody = z.strictObject({ version, text: z.string().trim().max(1000).nullable().default(null) })
export const againBody = z.strictObject({ version, text: reasonField, dueOn: dateField.nullable().default(null) })
export const closeBody = z.strictObject({ version, text: z.string().trim().max(1000).nullable().default(null) })

export const instructionQuery = z.object({
  /** Where it stands today. */
  standing: commaList(z.enum(INSTRUCTION_STANDINGS)),
  /** `true`: only those about which the person asking can do something now. */
  mine: z.enum(['true']).optional(),
  targetId: idParams.shape.id.optional(),
  unitId: idParams.shape.id.optional(),
  leaderId: idParams.shape.id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
})
export type InstructionQuery = z.infer<typeof instructionQuery>

export const instructionRow = z
  .object({
    id: z.int(),
    /** Null where it is about no target. */
    target: targetBrief.nullable(),
    text: z.string(),
    requirement: z.string().nullable(),
    dueOn: z.string().nullable(),
    leader: personRef,
    createdAt: z.string(),
    standing: z.enum(INSTRUCTION_STANDINGS),
    verdict: z.enum(INSTRUCTION_VERDICTS).nullable(),
    closedAt: z.string().nullable(),
    addressees: z.array(
      z.object({
        /** Null for the office. */
        unitId: z.int().nullable(),
        name: z.string(),
        answeredAt: z.string().nullable(),
        /** Null where there is none, or the person asking may not read it. */
        answer: z.string().nullable(),
        attachments: z.array(attachmentSchema),
      }),
    ),
    /** What was done about it, oldest first; a unit sees what concerns it. */
    course: z.array(
      z.object({
        step: z.enum(INSTRUCTION_STEPS),
        at: z.string(),
        who: z.string().nullable(),
        unit: z.string().nullable(),
        text: z.string().nullable(),
        dueOn: z.string().nullable(),
      }),
    ),
    /** What the person asking may do about it now. */
    allowed: z.array(z.enum(INSTRUCTION_STEPS)),
    version: z.int(),
  })
  .meta({ id: 'InstructionRow' })
export const instructionPage = pageOf(instructionRow)

/** How many stand where, of those that the person may see. */
export const instructionCounts = z
  .object({ open: z.int(), overdue: z.int(), done: z.int(), mine: z.int() })
  .meta({ id: 'InstructionCounts' })
