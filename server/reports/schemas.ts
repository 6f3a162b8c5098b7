import { z } from 'zod'
import { amountField, dateField } from '../schema.ts'

const wordsField = z.string().trim().max(4000).nullable().default(null)

/** What a unit tells: a value for a quantity; for a milestone or duty whether it is done, with a percentage where it likes. */
export const valueFields = z.object({
  value: amountField.nullable().default(null),
  done: z.boolean().nullable().default(null),
  asOf: dateField,
  /** 进展情况 */
  note: wordsField,
  /** 存在问题, 下一步措施, 需要协调的事项: needed where the light stays yellow or red. */
  problems: wordsField,
  nextSteps: wordsField,
  needs: wordsField,
})

/** Codes of the doubts that the reporter has read and confirms. */
export const confirmField = z.array(z.string().max(40)).max(20).default([])
