import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Cron } from 'croner'
import { ROLES } from '../actor.ts'
import { viewerOf } from '../counting/index.ts'
import { asOfQuery, idParams } from '../schema.ts'
import { searchWords } from '../search.ts'
import { isSlowWord, keepHits } from './search-hits.ts'
import { targetDetail } from './detail.ts'
import { overviewDays } from '../overview/queries.ts'
import { ensureLights, isLit } from './light-cache.ts'
import { asksNoLights, listTargets, listUnlit } from './list.ts'
import { facetsAnswer, targetDetailSchema, targetFilterQuery, targetListAnswer, targetQuery } from './schemas.ts'

/** The day that is asked for, today where none is, with the lights of every target on it. */
export async function litDay(app: FastifyInstance, asOf: string | undefined): Promise<string> {
  const day = asOf ?? app.today()
  await ensureLights(app.db, day, app.today())
  return day
}

/** As {@link litDay} for a query of the ledger, whose filter may look at the lights of an earlier day too. */
export async function litDays(
  app: FastifyInstance,
  { asOf, since }: { asOf?: string; since?: string },
): Promise<string> {
  if (since !== undefined) await litDay(app, since)
  return litDay(app, asOf)
}

/** Looks for the short words of a search, which no index knows, in the counting thread: the list finds them kept. */
export async function findSlowWords(app: FastifyInstance, q: string | undefined): Promise<void> {
  for (const word of searchWords(q))
    if (isSlowWord(app.db, word)) keepHits(app.db, word, await app.counting.ask('hits', [], word))
}

/** 目标台账 and 目标. Steps that change a target are the areas' of review, reports and supervision. */
export const targetsArea: FastifyPluginAsyncZod = async (app) => {
  const tags = ['目标']

  app.get(
    '/targets',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '目标台账', querystring: targetQuery, response: { 200: targetListAnswer } },
    },
    async ({ query, actor, log }) => {
      await findSlowWords(app, query.q)
      const day = query.asOf ?? app.today()
      if (!asksNoLights(query) || isLit(app.db, day))
        return listTargets(app.db, actor, query, await litDays(app, query))
      // A day nobody has looked at takes seconds to fill at 100,000 targets: the page does not wait for it.
      ensureLights(app.db, day, app.today()).catch((error: unknown) => {
        if (app.db.$client.open) log.error({ err: error }, `lights of ${day}`)
      })
      return listUnlit(app.db, actor, query, day, day < app.today())
    },
  )

  app.get(
    '/targets/facets',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '台账各筛选项的条数', querystring: targetFilterQuery, response: { 200: facetsAnswer } },
    },
    async ({ query, actor }) => {
      const { asOf = app.today(), ...filter } = query
      return app.counting.ask(
        'facets',
        filter.since === undefined ? [asOf] : [asOf, filter.since],
        viewerOf(actor),
        filter,
        asOf,
      )
    },
  )

  app.get(
    '/targets/:id',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '一个目标',
        params: idParams,
        querystring: asOfQuery,
        response: { 200: targetDetailSchema },
      },
    },
    async ({ params, query, actor }) => {
      const day = query.asOf ?? app.today()
      return targetDetail(app.db, actor, params.id, day, day < app.today())
    },
  )

  warmToday(app)
}

/** A server that listens has the lights of today and the leaders' overview ready, from its start and from each midnight in Shanghai on. */
function warmToday(app: FastifyInstance): void {
  let closing = false
  const everything = viewerOf({ role: 'leader', unitId: null })
  const warm = () =>
    app.counting
      .ask('overview', overviewDays(app.today(), null), everything, app.today(), null)
      .catch((error: unknown) => {
        if (!closing) app.log.error({ err: error }, 'lights of today')
      })
  let midnight: Cron | undefined
  app.addHook('onListen', async () => {
    midnight = new Cron('1 0 0 * * *', { timezone: 'Asia/Shanghai', unref: true }, () => void warm())
    void warm()
  })
  app.addHook('onClose', async () => {
    closing = true
    midnight?.stop()
  })
}
