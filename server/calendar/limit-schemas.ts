import { z } from 'zod'
import { LIMIT_KINDS } from '../../db/domain/limits.ts'
import { dateField } from '../schema.ts'

export const limitsQuery = z.object({
  from: dateField,
  to: dateField,
  scope: z.enum(['mine', 'all']).default('mine').describe('mine 为本人（本单位）的，all 为看得到的全部'),
})

export const limitsAnswer = z
  .object({
    items: z.array(
      z.object({
        key: z.string(),
        kind: z.enum(LIMIT_KINDS),
        on: z.string(),
        targetId: z.int(),
        indicator: z.string(),
        units: z.array(z.string()),
        path: z.string().describe('办理的页面'),
      }),
    ),
    /** How many there are: of very many only the first are listed. */
    total: z.int(),
    counts: z.array(z.object({ on: z.string(), kind: z.enum(LIMIT_KINDS), count: z.int() })),
  })
  .meta({ id: 'Limits' })

export const feedAnswer = z
  .object({
    feed: z.object({ createdAt: z.string(), lastReadAt: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'CalendarFeed' })

export const newFeedAnswer = z
  .object({ path: z.string().describe('订阅地址的路径，只显示这一次'), createdAt: z.string() })
  .meta({ id: 'NewCalendarFeed' })
