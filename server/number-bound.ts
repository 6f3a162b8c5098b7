/**
 * Largest size of a number that a person or a document may bring in: a thousand million million, of whatever unit. Every
 * whole number up to it is exact in a double, and no sum, share or percentage of such numbers overflows.
 */
const MAX_NUMBER = 1e15

/** Whether a number is one that can be stored, counted with and shown. */
export const isUsableNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= MAX_NUMBER

/** Follows the name of the field. */
export const NUMBER_TOO_LARGE = '过大，请核对或换用更大的计量单位'
