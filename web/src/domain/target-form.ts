import { upperEnd } from '../../../db/domain/figure-ends.ts'
import { fieldEntry, type FieldValues, type TargetField } from '../../../db/domain/target-fields.ts'
import { readNumber } from './briefs.ts'

/** Fields of a target as they are typed: an empty text where one is empty. */
type Typed<F extends TargetField = TargetField> = Record<F, string>
export type Mistakes = Partial<Record<TargetField, string>>

export const typedOf = <F extends TargetField>(target: Readonly<Record<F, unknown>>, fields: readonly F[]): Typed<F> =>
  Object.fromEntries(fields.map((field) => [field, String(target[field] ?? '')])) as Typed<F>

/** A person is named by a number. */
const isNumber = (field: TargetField) => ['number', 'id'].includes(fieldEntry(field).type)
const OF_QUANTITY = /^baseline/
const isOfQuantity = (field: TargetField) => fieldEntry(field).ofNumber === true || OF_QUANTITY.test(field)
const hasUpperEnd = (typed: Partial<Typed>) => upperEnd({ op: typed.op ?? null, valueHigh: 0 }) !== null

/**
 * The fields that the form shows, what it is about first: those of a number only for 量化指标, the upper end only for a range, how
 * values are rolled up only where units report separately.
 */
export const shownFields = <F extends TargetField>(typed: Partial<Typed>, fields: readonly F[], kind: string): F[] =>
  fields
    .filter((field) => kind === 'quantity' || !isOfQuantity(field))
    .filter((field) => field !== 'valueHigh' || hasUpperEnd(typed))
    .filter((field) => field !== 'rollUp' || typed.reporting === 'each')
    .sort((a, b) => Number(b === 'indicator') - Number(a === 'indicator'))

/** Name of a field in the form; a range has two ends. */
export const fieldTitle = (field: TargetField, typed: Partial<Typed>): string =>
  hasUpperEnd(typed) && field === 'value' ? '目标下限' : fieldEntry(field).title

/** What is typed, as it is sent. What the form hides is left out, save that the upper end is emptied where there is no range. */
export function readFields<F extends TargetField>(
  typed: Typed<F>,
  fields: readonly F[],
  kind: string,
): Partial<FieldValues> {
  const shown = shownFields(typed, fields, kind)
  const read = fields.flatMap((field) => {
    if (!shown.includes(field)) return field === 'valueHigh' && kind === 'quantity' ? [[field, null]] : []
    const plain = typed[field].trim()
    return [[field, plain === '' ? null : isNumber(field) ? readNumber(plain) : plain]]
  })
  return Object.fromEntries(read) as Partial<FieldValues>
}

/** The fields that are to be sent: those that differ from the record. */
export const changedFrom = (read: Partial<FieldValues>, target: object): Partial<FieldValues> =>
  Object.fromEntries(
    Object.entries(read).filter(([field, value]) => value !== (target as Record<string, unknown>)[field]),
  )

/** What is wrong with what is typed, by field: numbers that are none, and `demanded` fields that are empty. */
export function mistakesOf<F extends TargetField>(
  typed: Typed<F>,
  fields: readonly F[],
  kind: string,
  demanded: readonly F[],
): Mistakes {
  const wrong = (field: F): string | undefined => {
    const plain = typed[field].trim()
    if (plain === '') return demanded.includes(field) ? `请填写${fieldTitle(field, typed)}` : undefined
    return isNumber(field) && readNumber(plain) === null ? '应为一个数' : undefined
  }
  return Object.fromEntries(
    shownFields(typed, fields, kind).flatMap((field) => {
      const mistake = wrong(field)
      return mistake === undefined ? [] : [[field, mistake]]
    }),
  )
}
