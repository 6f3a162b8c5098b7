import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Cron } from 'croner'
import { clientOf } from '../../db/client.ts'
import { pruneStandingChanges } from '../../db/standings.ts'
import { inTurn } from '../write-turn.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { sendJson, viewerOf } from '../reading/index.ts'
import { asOfQuery, idParams } from '../schema.ts'
import { applyThresholds } from '../core/new-thresholds.ts'
import {
  facetsAnswer,
  targetDetailSchema,
  targetFilterQuery,
  targetListAnswer,
  targetQuery,
} from '../core/target-schemas.ts'

/** 目标台账 and 目标. Steps that change a target are the areas' of review, reports and supervision. */
export const targetsArea: FastifyPluginAsyncZod = async (app) => {
  const tags = ['目标']

  app.get(
    '/targets',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '目标台账', querystring: targetQuery, response: { 200: targetListAnswer } },
    },
    async ({ query, actor }, reply) => {
      const { asOf = app.today(), sort, cursor, limit, ...filter } = query
      return sendJson(reply, await app.reading.text('ledger', viewerOf(actor), filter, asOf, sort, cursor, limit))
    },
  )

  app.get(
    '/targets/facets',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '台账各筛选项的条数', querystring: targetFilterQuery, response: { 200: facetsAnswer } },
    },
    async ({ query, actor }, reply) => {
      const today = app.today()
      const { asOf = today, ...filter } = query
      const person = { personId: actor.id, isPast: asOf < today }
      return sendJson(reply, await app.reading.recentText(person, 'facets', viewerOf(actor), filter, asOf))
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
    async ({ params, query, actor }, reply) =>
      sendJson(reply, await app.reading.text('target', actor, params.id, query.asOf ?? app.today())),
  )

  standingJobs(app)
}

/**
 * From its start on, and after each midnight in Shanghai: the columns are read before anybody asks, new thresholds are
 * applied that are not yet, changes that everybody has seen are forgotten.
 */
function standingJobs(app: FastifyInstance): void {
  let closing = false
  const tidy = async () => {
    try {
      await app.reading.ask('overview', viewerOf({ role: 'leader', unitId: null }), app.today(), null)
      await applyThresholds(app.db, app.now)
      await inTurn(app.db, (tx) => pruneStandingChanges(clientOf(tx)))
    } catch (error) {
      if (!closing) app.log.error({ err: error }, 'work on the standings')
    }
  }
  let midnight: Cron | undefined
  app.addHook('onListen', async () => {
    midnight = new Cron('1 0 0 * * *', { timezone: 'Asia/Shanghai', unref: true }, () => void tidy())
    void tidy()
  })
  app.addHook('onClose', async () => {
    closing = true
    midnight?.stop()
  })
}
