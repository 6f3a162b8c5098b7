import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { invalid } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import type { IntakeRunner } from './runner.ts'
import { intakeSchema } from './schemas.ts'
import { shownIntake } from './shown.ts'
import { levelLetter, startingSet } from './starting-set.ts'
import { STARTING_LEVELS } from '../../db/domain/intake-terms.ts'

const PLACE_OF = { province: '省、自治区或直辖市', city: '市、州或盟', county: '县、区、市或旗' } as const

/** 常用机构: a list that the office looks through and confirms as any other. */
export const startingSetRoutes =
  (runner: IntakeRunner): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/intakes/units/starting-set',
      {
        config: { roles: ['admin', 'supervisor'], ...BULK_LIMIT },
        schema: {
          tags: ['批量导入'],
          summary: '按层级列出常用机构和 2018、2023 年机构改革的承继关系，先看后存',
          body: z
            .object({
              level: z.enum(STARTING_LEVELS).describe('省级、市级或县级'),
              place: z.string().trim().min(2).max(20).describe('地名，带“省”“市”“县”等'),
              withFormer: z.boolean().default(true).describe('含改革前的单位，旧文件里的名称由此对应'),
            })
            .strict(),
          response: { 201: intakeSchema },
        },
      },
      async (request, reply) => {
        const { level, place, withFormer } = request.body
        if (levelLetter(place, level) === null)
          throw invalid([{ path: 'place', message: `地名“${place}”须写全，以${PLACE_OF[level]}结尾` }])
        const text = startingSet(place, level, withFormer)
        const { id } = await runner.run({ do: 'open', kind: 'units', fileName: null, text, stamp: request.actor })
        return reply.code(201).send(shownIntake(app.db, 'units', id))
      },
    )
  }
