import { z } from 'zod'
import { amountField, dateField } from '../schema.ts'

/** What a unit tells: a value for a quantity; for a milestone or duty whether it is done, with a percentage where it likes. */
export const valueFields = z.object({
  value: amountField.nullable().default(null),
  done: z.boolean().nullable().default(null),
  asOf: dateField,
  note: z.string().trim().max(4000).nullable().default(null),
})

/** Codes of the doubts that the reporter has read and confirms. */
export const confirmField = z.array(z.string().max(40)).max(20).default([])
