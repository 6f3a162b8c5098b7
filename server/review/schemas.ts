import { z } from 'zod'
import { FOUND_FIELDS, LISTED_FIELDS, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import { DOUBT_FIELDS } from '../../db/domain/doubts.ts'
import { KINDS, UNIT_ROLES } from '../../db/domain/target-terms.ts'
import { documentRef } from '../core/document-ref.ts'
import { answerShape, changeShape } from '../core/field-schemas.ts'
import { unitsField } from '../core/target-units.ts'
import { commaList, idParams, pageOf } from '../schema.ts'
import { fieldChangeSchema, reasonSchema } from '../core/target-schemas.ts'
import { PART_FIELDS } from './possible-parts.ts'

export const reviewQuery = z.object({
  /** One candidate alone, read again after it was mended or taken back. */
  id: idParams.shape.id.optional(),
  state: commaList(z.enum(['extracted', 'confirmed', 'dropped', 'merged'])),
  kind: commaList(z.enum(KINDS)),
  documentId: idParams.shape.id.optional(),
  order: z.enum(['-confidence', 'confidence', 'document']).default('-confidence'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
})

/** Any field of a candidate. Left out stays, null empties. */
export const mendFields = z.strictObject({ ...changeShape(MENDED_FIELDS), units: unitsField.optional() })

/** Where the deadline was read. */
const DEADLINE_SOURCE = ['deadlineBasis', 'deadlineWords', 'deadlineRule'] as const

export const candidateSchema = z
  .object({
    id: z.int(),
    ...answerShape(LISTED_FIELDS),
    ...answerShape(FOUND_FIELDS),
    ...answerShape(DEADLINE_SOURCE),
    confidence: z.number(),
    /** Fields that may be wrong and that nobody has mended yet, the most doubtful first. */
    doubts: z.array(z.enum(DOUBT_FIELDS)),
    evidence: z.string(),
    clausePath: z.array(z.string()),
    start: z.int(),
    end: z.int(),
    clauseStart: z.int(),
    clauseEnd: z.int(),
    document: documentRef,
    units: z.array(
      z.object({
        role: z.enum(UNIT_ROLES),
        name: z.string(),
        unitId: z.int().nullable(),
        unitName: z.string().nullable(),
      }),
    ),
    extracted: z.record(z.string(), z.unknown()).nullable(),
    /** Which words gave each field, by which rule; null for one added by hand. */
    explanation: z.record(z.string(), reasonSchema).nullable(),
    droppedReason: z.string().nullable(),
    mergedIntoId: z.int().nullable(),
    /** What it may be split into, itself first, where its sentence carries more than one; else empty. */
    parts: z.array(z.object(answerShape(PART_FIELDS))),
    version: z.int(),
  })
  .meta({ id: 'Candidate' })

export const candidatePage = pageOf(candidateSchema)

export const duplicatesQuery = z.object({
  documentId: idParams.shape.id.optional(),
  targetId: idParams.shape.id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export const duplicatesAnswer = z.object({
  items: z.array(
    z.object({
      likeness: z.number(),
      sameDocument: z.boolean(),
      /** The one proposed to be kept, and the one to merge into it. */
      keep: candidateSchema,
      duplicate: candidateSchema,
    }),
  ),
})

export const comparisonAnswer = z
  .object({
    byHand: z.boolean(),
    fields: z.array(
      z.object({
        field: z.string(),
        extracted: z.unknown(),
        confirmed: z.unknown(),
        now: z.unknown(),
        /** 校核 differs from what was extracted; what holds now differs from 校核 (延期, 变更, 改派). */
        changed: z.boolean(),
        since: z.boolean(),
      }),
    ),
    /** Who changed what and when, oldest first. */
    changes: z.array(
      z.object({
        at: z.string(),
        who: z.string().nullable(),
        step: z.string(),
        title: z.string(),
        fields: z.array(fieldChangeSchema),
      }),
    ),
  })
  .meta({ id: 'VersionComparison' })

/** `?name=…&name=…`: these names, whether a target has them yet or not; else all that targets have and no unit bears. */
export const namesQuery = z.object({
  name: z
    .union([z.string(), z.array(z.string())])
    .transform((names) => [names].flat())
    .pipe(z.array(z.string().trim().min(1).max(100)).max(100))
    .optional(),
})

/** Names of open documents that say no place (市科学技术局), taken as those of one place: one question for all of them. */
const homeQuestionSchema = z
  .object({
    place: z.string().describe('带级别的地名，如霁川市；不知道是哪里时为空'),
    names: z.array(
      z.object({
        name: z.string(),
        full: z.string().describe('加上地名的全称'),
        unit: z.object({ id: z.int(), name: z.string() }).nullable().describe('已有的单位；还没有的为空'),
        targets: z.int(),
      }),
    ),
  })
  .meta({ id: 'HomeQuestion' })
export const homeAnswer = z.object({ question: homeQuestionSchema.nullable() })

export const placeField = z.string().trim().min(2).max(20)
export const settleHomeBody = z.strictObject({
  place: placeField.describe('带级别的地名，如霁川市'),
  create: z.array(z.string().trim().min(1).max(100)).max(1000).describe('还没有的单位中，要按全称新建的'),
})
export const settledHomeAnswer = z.object({
  items: z.array(z.object({ name: z.string(), unitId: z.int() })),
  targets: z.int(),
})

export const namesAnswer = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      targets: z.int(),
      /** Units that may be meant, the likeliest first: called so, took over its work, or only like it. */
      proposals: z.array(
        z.object({ unitId: z.int(), name: z.string(), relation: z.enum(['same', 'became', 'likely']) }),
      ),
    }),
  ),
})
