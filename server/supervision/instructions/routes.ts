import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../../db/domain/roles.ts'
import { sendJson } from '../../reading/index.ts'
import { idParams } from '../../schema.ts'
import { countInstructions, oneInstruction } from './list.ts'
import {
  againBody,
  answerBody,
  closeBody,
  instructionCounts,
  instructionPage,
  instructionQuery,
  instructionRow,
  newInstructionBody,
  satisfiedBody,
} from './schemas.ts'
import { addInstruction, takeInstructionStep } from './store.ts'

const written = z.object({ id: z.int() })
const taken = z.object({ id: z.int(), version: z.int() })

/** 批示: written, answered, judged, closed. */
export const instructionRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ['批示']

  app.get(
    '/supervision/instructions',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: '批示',
        description: '单位看到点名本单位的和本单位事项上的批示；办理情况只看本单位的。',
        querystring: instructionQuery,
        response: { 200: instructionPage },
      },
    },
    async ({ query, actor }, reply) =>
      sendJson(reply, await app.reading.text('instructions', actor, query, app.today())),
  )

  app.get(
    '/supervision/instruction-counts',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '批示办理情况统计', response: { 200: instructionCounts } },
    },
    async ({ actor }) => countInstructions(app.db, actor, app.today()),
  )

  app.get(
    '/instructions/:id',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '一件批示', params: idParams, response: { 200: instructionRow } },
    },
    async ({ params, actor }) => oneInstruction(app.db, actor, params.id, app.today()),
  )

  app.post(
    '/instructions',
    {
      config: { roles: ['leader'] },
      schema: {
        tags,
        summary: '作出批示（不针对某一事项）',
        description: '针对事项的批示用 POST /targets/:id/steps/instruct。',
        body: newInstructionBody,
        response: { 201: written },
      },
    },
    async ({ body, actor }, reply) => reply.code(201).send(addInstruction(app.db, actor, body)),
  )

  app.post(
    '/instructions/:id/answer',
    {
      config: { roles: ['reporter', 'supervisor'] },
      schema: {
        tags,
        summary: '报送批示办理情况',
        description: '由批示点名的单位报送，可附佐证材料（先传到 POST /instructions/:id/attachments）。',
        params: idParams,
        body: answerBody,
        response: { 200: taken },
      },
    },
    async ({ params, body, actor }) => takeInstructionStep(app.db, actor, params.id, { step: 'answer', ...body }),
  )

  app.post(
    '/instructions/:id/satisfied',
    {
      config: { roles: ['leader'] },
      schema: { tags, summary: '阅示：满意', params: idParams, body: satisfiedBody, response: { 200: taken } },
    },
    async ({ params, body, actor }) => takeInstructionStep(app.db, actor, params.id, { step: 'satisfied', ...body }),
  )

  app.post(
    '/instructions/:id/again',
    {
      config: { roles: ['leader'] },
      schema: {
        tags,
        summary: '阅示：再办',
        description: '各单位须重新报送；可另定时限。',
        params: idParams,
        body: againBody,
        response: { 200: taken },
      },
    },
    async ({ params, body, actor }) => takeInstructionStep(app.db, actor, params.id, { step: 'again', ...body }),
  )

  app.post(
    '/instructions/:id/close',
    {
      config: { roles: ['supervisor'] },
      schema: { tags, summary: '办结批示', params: idParams, body: closeBody, response: { 200: taken } },
    },
    async ({ params, body, actor }) => takeInstructionStep(app.db, actor, params.id, { step: 'close', ...body }),
  )
}
