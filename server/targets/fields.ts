import { z } from 'zod'
import { isDate } from '../rules/dates.ts'

/** Query and answer fields that several areas share. Queries arrive as text, so numbers are read from digits only. */

/** `YYYY-MM-DD`, a real day of the calendar. */
export const dateField = z.string().refine(isDate, '日期应写成 YYYY-MM-DD，且为日历上存在的一天')

/** Number of a record in an address. */
export const idField = z.string().regex(/^[1-9]\d{0,14}$/, '编号应为正整数').transform(Number)

export const idParams = z.object({ id: idField })

/** Rows on a page: 1–500, 50 where not said. */
export const limitField = z.string().regex(/^\d{1,3}$/, 'limit 应为 1 到 500 的整数').transform(Number)
  .refine((n) => n >= 1 && n <= 500, 'limit 应为 1 到 500 的整数').optional()

/** Where the next page begins, as the page before gave it. */
export const cursorField = z.string().max(500).optional()

/** A comma-separated list of allowed words; an empty text means no filter. */
export const listOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.string().max(1000).transform((text) => text.split(',').filter((word) => word !== ''))
    .pipe(z.array(z.enum(words))).optional()

/** A comma-separated list of record numbers. */
export const idList = z.string().max(8000).regex(/^(?:\d{1,15}(?:,\d{1,15})*)?$/, '应为逗号分隔的编号')
  .transform((text) => text.split(',').filter((word) => word !== '').map(Number)).optional()

/** An answer with a page of rows. `total` is null where counting was not asked for. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().nullable() })
