import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { takeFigures } from '../counting/figures.ts'
import { notFound } from '../errors.ts'
import { idParams } from '../schema.ts'
import { answerAppeal, appeal } from './appeals.ts'
import { readPeriod } from './read-period.ts'
import { frozenRanking, publishedRanking } from './rankings.ts'
import { appealAnswerBody, appealBody, periodField, rankingAnswer } from './schemas.ts'

const tags = ['bulletins']

/** 考核排名: live for the office and the leaders, frozen for everybody once its bulletin is out; and 申诉 against it. */
export const rankingRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/rankings',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '考核排名',
        querystring: z.object({ period: periodField }),
        response: { 200: rankingAnswer },
      },
    },
    async ({ query, actor }) => {
      const period = readPeriod(query.period, app.today())
      const frozen = frozenRanking(app.db, period.name)
      if (frozen) return { ...publishedRanking(app.db, frozen, actor), title: period.title }
      // What has not been published is the office's and the leaders' business.
      if (actor.role === 'reporter') throw notFound('该期排名')
      const { asOf, formula, formulaText, ranking } = await takeFigures(app, period)
      return {
        period: period.name,
        title: period.title,
        asOf,
        frozenAt: null,
        appealUntil: null,
        formula,
        formulaText,
        rows: ranking,
        corrections: [],
        appeals: [],
      }
    },
  )

  app.post(
    '/rankings/:period/appeals',
    {
      config: { roles: ['reporter'] },
      schema: {
        tags,
        summary: '对已公布的排名申诉（每期一次，限公布后若干工作日内）',
        params: z.object({ period: periodField }),
        body: appealBody,
        response: { 201: rankingAnswer },
      },
    },
    async ({ params, body, actor }, reply) => {
      const period = readPeriod(params.period, app.today())
      appeal(app.db, actor, period.name, body.text)
      const frozen = frozenRanking(app.db, period.name)!
      return reply.code(201).send({ ...publishedRanking(app.db, frozen, actor), title: period.title })
    },
  )

  app.post(
    '/ranking-appeals/:id/answer',
    {
      config: { roles: ['supervisor'] },
      schema: {
        tags,
        summary: '答复申诉',
        params: idParams,
        body: appealAnswerBody,
        response: { 200: rankingAnswer },
      },
    },
    async ({ params, body: { version, ...given }, actor }) => {
      const period = readPeriod(answerAppeal(app.db, actor, params.id, version, given), app.today())
      return { ...publishedRanking(app.db, frozenRanking(app.db, period.name)!, actor), title: period.title }
    },
  )
}
