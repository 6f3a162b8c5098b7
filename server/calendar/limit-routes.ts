import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addDays, daysBetween } from '../../db/domain/dates.ts'
import type { Actor } from '../actor.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { invalid, notFound } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { plain, sendJson } from '../reading/index.ts'
import { noContent } from '../schema.ts'
import { writeTurn } from '../write-turn.ts'
import { calendarFile } from './feed-file.ts'
import { endFeed, feedOf, isWorthNoting, makeFeed, noteRead, readerOf } from './feeds.ts'
import { feedAnswer, limitsAnswer, limitsQuery, newFeedAnswer } from './limit-schemas.ts'

const tags = ['日历']
/** Whoever has limits to keep or to watch over. */
const WITH_LIMITS = { roles: ['supervisor', 'reporter', 'leader'] } as const
const ICS = 'text/calendar; charset=utf-8'

/** Days that one question may cover: a year and its neighbours' edges on the sheet. */
const MAX_DAYS = 400
/** What a calendar file holds: the month behind and the year ahead. */
const DAYS_BEHIND = 31
const DAYS_AHEAD = 366
/** A whole office behind one address, each program asking every few minutes. */
const FEED_LIMIT = { rateLimit: { max: 300, timeWindow: 60_000, groupId: 'calendar-feed' } }

/** 期限日历: what falls due when, on a page, as a file, and under a secret address for calendar programs. */
export const limitRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/calendar/limits',
    {
      config: WITH_LIMITS,
      schema: { tags, summary: '期限日历', querystring: limitsQuery, response: { 200: limitsAnswer } },
    },
    async ({ query, actor }, reply) => {
      if (query.to < query.from) throw invalid([{ path: 'to', message: '结束日期不能早于开始日期' }])
      if (daysBetween(query.from, query.to) >= MAX_DAYS)
        throw invalid([{ path: 'to', message: `一次最多查询 ${MAX_DAYS} 天，请缩短日期范围` }])
      return sendJson(reply, await app.reading.text('limits', viewer(actor), query, app.today()))
    },
  )

  /** One's own limits as a file. */
  const file = async (person: Pick<Actor, 'id' | 'role' | 'unitId'>): Promise<string> => {
    const today = app.today()
    const query = { from: addDays(today, -DAYS_BEHIND), to: addDays(today, DAYS_AHEAD), scope: 'mine' } as const
    const { items } = JSON.parse(plain(await app.reading.text('limits', viewer(person), query, today))) as z.infer<
      typeof limitsAnswer
    >
    return calendarFile(items, app.publicUrl, app.now())
  }

  app.get(
    '/calendar/limits.ics',
    {
      config: { ...WITH_LIMITS, ...BULK_LIMIT },
      schema: { tags, summary: '本人的期限（iCalendar 文件）', response: { 200: z.any().describe('text/calendar') } },
    },
    async ({ actor }, reply) =>
      reply
        .type(ICS)
        .header('content-disposition', attachmentHeader('督查期限.ics'))
        .send(await file(actor)),
  )

  app.get(
    '/calendar/feed',
    {
      config: WITH_LIMITS,
      schema: { tags, summary: '本人的日历订阅（不含地址）', response: { 200: feedAnswer } },
    },
    async ({ actor }) => ({ feed: feedOf(app.db, actor.id) }),
  )

  app.post(
    '/calendar/feed',
    {
      config: WITH_LIMITS,
      schema: { tags, summary: '生成新的订阅地址，原地址随即失效', response: { 201: newFeedAnswer } },
    },
    async ({ actor }, reply) => {
      const token = makeFeed(app.db, actor)
      return reply.code(201).send({ path: `/api/calendar/feeds/${token}.ics`, createdAt: actor.at })
    },
  )

  app.delete(
    '/calendar/feed',
    { config: WITH_LIMITS, schema: { tags, summary: '停用订阅地址', response: { 204: noContent } } },
    async ({ actor }, reply) => {
      endFeed(app.db, actor)
      return reply.code(204).send()
    },
  )

  app.get(
    '/calendar/feeds/:file',
    {
      // Calendar programs send no cookie: the long random name is what lets them in.
      config: { roles: 'public', ...FEED_LIMIT },
      schema: {
        tags,
        summary: '凭订阅地址读取本人的期限',
        params: z.object({ file: z.string().max(100) }),
        response: { 200: z.any().describe('text/calendar') },
      },
    },
    async ({ params }, reply) => {
      const reader = readerOf(app.db, params.file.replace(/\.ics$/, ''))
      if (reader === null || !(WITH_LIMITS.roles as readonly string[]).includes(reader.role)) throw notFound('订阅地址')
      const now = app.now()
      if (isWorthNoting(reader.lastReadAt, now)) {
        await writeTurn(app.db.$client)
        noteRead(app.db, reader.id, now.toISOString())
      }
      return reply.type(ICS).send(await file(reader))
    },
  )
}

/** What a question of limits needs of a person, so that the same question has the same answer. */
const viewer = ({ id, role, unitId }: Pick<Actor, 'id' | 'role' | 'unitId'>) => ({ id, role, unitId })
