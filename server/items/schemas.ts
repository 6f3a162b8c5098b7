import { z } from 'zod'
import { FOUND_FIELDS, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import { KINDS } from '../../db/domain/target-terms.ts'
import { joinedLines } from '../core/candidates.ts'
import { answerShape, changeShape } from '../core/field-schemas.ts'
import { unitsField } from '../core/target-units.ts'
import { dateField } from '../schema.ts'

/** One kind of the register. */
export const sourceKindSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    /** Whether it comes with the program and cannot be renamed or taken away. */
    builtIn: z.boolean(),
    /** Offered no more; sources that have it keep it. */
    archived: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'SourceKind' })
export const sourceKindsAnswer = z.object({ items: z.array(sourceKindSchema) })

const kindTitle = z.string().trim().min(2, '请填写类别名称').max(20, '类别名称不超过 20 字')
export const addSourceKindBody = z.strictObject({ title: kindTitle })
export const changeSourceKindBody = z.strictObject({
  version: z.int(),
  title: kindTitle.optional(),
  archived: z.boolean().optional(),
})

/** A source that is not in the register yet. The same kind, title, number and date again is the same source. */
const newSource = z.strictObject({
  kind: z.string().max(40),
  title: z.string().trim().min(2, '请填写名称').max(300),
  /** 文号, 期号 or number of the proposal. */
  number: z.string().trim().min(1).max(100).nullable().default(null),
  /** Date of the meeting, 批示, letter … */
  issuedOn: dateField.nullable().default(null),
  /** Who wrote it or handed it over: 提案人, 来信人, 来文单位. */
  issuer: z.string().trim().min(1).max(200).nullable().default(null),
  /** 交办领导, as he is called. */
  leader: z.string().trim().min(1).max(100).nullable().default(null),
})
export type NewSource = z.infer<typeof newSource>

/** Where items come from: a source that was typed before, by its number, or a new one. */
const sourceField = z.union([z.strictObject({ documentId: z.int() }), newSource])
export type SourceChoice = z.infer<typeof sourceField>

/** Words of an item, a line of the source. */
const itemText = z.string().trim().min(4, '请写明要办的事').max(2000).transform(joinedLines).pipe(z.string())

export const readItemBody = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  /** Date of the source, from which 年底前 and the like count. */
  issuedOn: dateField.nullable().default(null),
})
export const readItemAnswer = z.object({
  /** What the rules read in the words, the surest first. */
  items: z.array(
    z.object({
      ...answerShape(FOUND_FIELDS),
      confidence: z.number(),
      units: unitsField,
    }),
  ),
})

const { kind: _kind, indicator: _indicator, ...fields } = changeShape(MENDED_FIELDS)
export const addItemBody = z.strictObject({
  source: sourceField,
  text: itemText,
  ...fields,
  kind: z.enum(KINDS),
  indicator: z.string().trim().min(1).max(500),
  units: unitsField.default([]),
})

/** Most lines of one list. */
export const MOST_LINES = 200
export const addListBody = z.strictObject({
  source: sourceField,
  /** A list as it was pasted: each line is one item. */
  text: z.string().trim().min(4, '请粘贴清单，每行一项').max(40_000),
})
export const addListAnswer = z.object({
  documentId: z.int(),
  lines: z.int(),
  /** Candidates for 校核; a line may hold several. */
  candidates: z.int(),
  /** Lines in which the rules read no target: each of them is a candidate as it stands. */
  unread: z.int(),
})
