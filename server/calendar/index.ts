import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { daysBetween } from '../../db/domain/dates.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { MAX_DAYS, readWorkingDays } from '../core/working-days.ts'
import { invalid } from '../errors.ts'
import { readSetting } from '../settings/store.ts'
import { dateField } from '../schema.ts'
import { limitRoutes } from './limit-routes.ts'

const daysOffQuery = z.object({ from: dateField.optional(), to: dateField.optional() })
const daysOffSchema = z.object({ daysOff: z.array(z.string()) }).meta({ id: 'DaysOff' })
const limitQuery = z.object({ from: dateField.optional(), days: z.coerce.number().int().min(0).max(250).optional() })
const limitSchema = z.object({ on: z.string() }).meta({ id: 'WorkingDayLimit' })

/**
 * 期限日历 (limit-routes.ts), and 工作日: which days are off (of this year where none are named), and when a limit of so many
 * working days ends (those of the setting 督办单 where none are named).
 */
export const calendarArea: FastifyPluginAsyncZod = async (app) => {
  await app.register(limitRoutes)

  app.get(
    '/calendar/days-off',
    {
      config: { roles: ROLES },
      schema: { tags: ['日历'], querystring: daysOffQuery, response: { 200: daysOffSchema } },
    },
    async ({ query }) => {
      const from = query.from ?? `${app.today().slice(0, 4)}-01-01`
      const to = query.to ?? `${from.slice(0, 4)}-12-31`
      if (to < from) throw invalid([{ path: 'to', message: '结束日期不能早于开始日期' }])
      if (daysBetween(from, to) >= MAX_DAYS)
        throw invalid([{ path: 'to', message: `一次最多查询 ${MAX_DAYS} 天，请缩短日期范围` }])
      return { daysOff: readWorkingDays(app.db).daysOff(from, to) }
    },
  )

  app.get(
    '/calendar/limit',
    {
      config: { roles: ROLES },
      schema: { tags: ['日历'], querystring: limitQuery, response: { 200: limitSchema } },
    },
    async ({ query: { from, days } }) => ({
      on: readWorkingDays(app.db).after(from ?? app.today(), days ?? readSetting(app.db, 'orders').answerDays),
    }),
  )
}
