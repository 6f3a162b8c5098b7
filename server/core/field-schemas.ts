/** Schemas of a target's fields, made from the one list of them. */
import { z } from 'zod'
import { fieldEntry, type FieldValues, type TargetField } from '../../db/domain/target-fields.ts'
import { idsOf } from '../../db/domain/vocabulary.ts'
import { amountField, dateField } from '../schema.ts'

type AnswerShape<F extends TargetField> = { [K in F]: z.ZodType<FieldValues[K]> }
type ChangeShape<F extends TargetField> = { [K in F]: z.ZodOptional<z.ZodType<FieldValues[K], FieldValues[K]>> }

/** How some fields stand in an answer: every one of them, null where it is empty. */
export const answerShape = <F extends TargetField>(fields: readonly F[]): AnswerShape<F> =>
  shapeOf(fields, (field) => emptied(field, answered(field))) as AnswerShape<F>

/** How some fields are changed: one that is left out stays, null empties it. Numbers are JSON numbers, never text. */
export const changeShape = <F extends TargetField>(fields: readonly F[]): ChangeShape<F> =>
  shapeOf(fields, (field) => emptied(field, typed(field)).optional()) as ChangeShape<F>

const shapeOf = (fields: readonly TargetField[], schemaOf: (field: TargetField) => z.ZodType) =>
  Object.fromEntries(fields.map((field) => [field, schemaOf(field)])) as unknown

const emptied = (field: TargetField, schema: z.ZodType) => (fieldEntry(field).needed ? schema : schema.nullable())

function answered(field: TargetField): z.ZodType {
  const { type, words } = fieldEntry(field)
  if (words !== undefined) return z.enum(idsOf(words))
  return type === 'number' ? z.number() : type === 'id' ? z.int() : z.string()
}

function typed(field: TargetField): z.ZodType {
  const { type, needed, most } = fieldEntry(field)
  if (type === 'number') return amountField
  if (type === 'date') return dateField
  if (type !== 'text') return answered(field)
  const text = z.string().trim()
  const filled = needed ? text.min(1) : text
  return most === undefined ? filled : filled.max(most)
}
