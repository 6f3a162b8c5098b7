import { z } from 'zod'
import { documents } from '../../db/schema/index.ts'

/** What a list says of the source that a target comes from. */
export const documentRef = z.object({
  id: z.int(),
  number: z.string().nullable(),
  title: z.string(),
  /** 来源类别: an id of the register (GET /source-kinds). */
  kind: z.string(),
})

/** The same as columns of a query. */
export const DOCUMENT_REF = {
  id: documents.id,
  number: documents.number,
  title: documents.title,
  kind: documents.kind,
} as const
