/** Pieces of schemas that every area uses. Query and params arrive as text and are coerced here; bodies never are. */
import { z } from 'zod'
import { FIRST_YEAR, isDate, LAST_YEAR } from '../db/domain/dates.ts'
import { Problem } from './errors.ts'
import { isUsableNumber, NUMBER_TOO_LARGE } from './number-bound.ts'

/** Number of a record in a path: `/targets/:id`. */
export const idParams = z.object({ id: z.coerce.number().int().positive() })

/** `YYYY-MM-DD` that exists in the calendar. */
export const dateField = z
  .string()
  .refine(isDate, `日期应为 YYYY-MM-DD，${FIRST_YEAR} 至 ${LAST_YEAR} 年`)
  .meta({ format: 'date', examples: ['2026-06-30'] })

/** An amount as a JSON number of a size that can be counted with; text, `null` and `NaN` are no amounts. */
export const amountField = z.number().refine(isUsableNumber, NUMBER_TOO_LARGE)

/** `?asOf=`; handlers fall back to `app.today()`. */
export const asOfQuery = z.object({ asOf: dateField.optional() })

/** `?limit=&cursor=`. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
})

/** `?light=overdue,behind` → `['overdue', 'behind']`; an empty text is no filter. */
export function commaList<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .max(4000)
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item).max(500))
    .optional()
}

/** `?unitId=3,14` → `[3, 14]` */
export const idList = commaList(z.coerce.number<string>().int().positive())

/** `?flag=true|false` (z.coerce.boolean would read the text "false" as true). */
export const booleanQuery = z.enum(['true', 'false']).transform((text) => text === 'true')

/** The answer of a list. `total` is null where counting would cost too much. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().nullable() })
}

/** 204 */
export const noContent = z.undefined().describe('nothing')

/** The sort keys of the last row, as an opaque text. */
export function encodeCursor(keys: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** Reads a cursor; 400 where it is not one of ours or has another number of keys. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | null {
  if (cursor === undefined) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(keys) &&
      keys.length === length &&
      keys.every((key) => key === null || ['string', 'number'].includes(typeof key))
    ) {
      return keys as (string | number | null)[]
    }
  } catch {
    /* told below */
  }
  throw new Problem(400, 'bad-cursor', '翻页位置无效', '翻页位置无效，请从第一页重新开始。')
}

/** An object with one field for each word of a vocabulary: counts by light, points by light. */
export const objectOf = <K extends string, S extends z.ZodType>(ids: readonly K[], schema: S) =>
  z.object(Object.fromEntries(ids.map((id) => [id, schema])) as Record<K, S>)
