import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { STATES } from '../../db/domain/states.ts'
import type { Db } from '../../db/open.ts'
import { Problem, problemBody } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { ruleOf } from '../../db/domain/lifecycle.ts'
import { idParams } from '../schema.ts'
import { inTurn } from '../write-turn.ts'
import { runOwnStep, runStep, type StepDefinition } from './step-engine.ts'
import { loadTarget } from './target-record.ts'

/** Most targets one request may take a step for. */
const BULK_MAX = 500

/** So long one piece of them may keep everybody else waiting, in milliseconds. */
const PIECE_MS = 30

const recordSchema = z.object({ id: z.int(), number: z.string().optional() })

export const stepAnswer = z
  .object({
    id: z.int(),
    state: z.enum(STATES),
    version: z.int(),
    /** The report, request, 督办单 … that the step has made or decided. */
    record: recordSchema.nullable(),
    /** Further targets that the step has made (拆分). */
    made: z.array(z.int()).optional(),
  })
  .meta({ id: 'StepAnswer' })

const bulkAnswer = z
  .object({
    done: z.int(),
    failed: z.int(),
    items: z.array(
      z.object({
        id: z.int(),
        ok: z.boolean(),
        state: z.enum(STATES).nullable(),
        version: z.int().nullable(),
        record: recordSchema.nullable(),
        /** Why it was refused: the code and words of the problem that the single step would have answered. */
        code: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkStepAnswer' })

/** Fields that name a record of one target; in a request for many they stand with each item. */
const PER_ITEM = new Set(['reportId', 'requestId', 'orderId', 'problemId'])

/** POST /targets/:id/steps/<step>, and /targets/steps/<step> where many may be done at once. */
export function stepRoutes(plain: FastifyInstance, definitions: readonly StepDefinition[]): void {
  const app = plain.withTypeProvider<ZodTypeProvider>()
  for (const definition of definitions) {
    const { roles, title } = ruleOf(definition.step)
    app.post(
      `/targets/:id/steps/${definition.step}`,
      {
        config: { roles, takesTurn: true },
        attachValidation: true, // see below
        schema: {
          tags: ['steps'],
          summary: title,
          params: idParams,
          body: definition.body.extend({ version: z.int() }).strict(),
          response: { 200: stepAnswer },
        },
      },
      async (request) => {
        const { params, body: said, actor, validationError } = request
        const { id } = params as { id: number }
        if (validationError !== undefined) {
          // Who may not know of the target learns nothing from the check of the body.
          if (Number.isSafeInteger(Number(id)) && Number(id) > 0) loadTarget(app.db, Number(id), actor)
          throw validationError
        }
        const { version, ...body } = said as { version: number }
        return app.steps.take(
          (tx) => runOwnStep(tx, definition, id, version, body, actor),
          (written) => {
            request.writtenOut = written
          },
        )
      },
    )
    if (definition.bulk) bulkRoute(plain, definition)
  }
}

/** Each item is a step of its own: those that can be done are done, and every other says why not. Others come through between. */
function bulkRoute(plain: FastifyInstance, definition: StepDefinition): void {
  const app = plain.withTypeProvider<ZodTypeProvider>()
  const { roles, title } = ruleOf(definition.step)
  const shape = definition.body.shape
  const own = Object.fromEntries(Object.entries(shape).filter(([key]) => PER_ITEM.has(key)))
  const shared = Object.fromEntries(Object.entries(shape).filter(([key]) => !PER_ITEM.has(key)))
  const each = z
    .object(shared)
    .pick(Object.fromEntries((definition.each ?? []).map((key) => [key, true])))
    .partial()
  const item = z.strictObject({ id: z.int(), version: z.int(), ...own, ...each.shape })
  app.post(
    `/targets/steps/${definition.step}`,
    {
      config: { roles, takesTurn: true, ...BULK_LIMIT },
      schema: {
        tags: ['steps'],
        summary: `批量${title}`,
        body: z.strictObject({ items: z.array(item).min(1).max(BULK_MAX), ...shared }),
        response: { 200: bulkAnswer },
      },
    },
    async (request) => {
      const { items, ...common } = request.body as unknown as { items: { id: number; version: number }[] }
      // Two reports of one target in one request: the second was seen at the version before the first.
      const versions = new Map<string, number>()
      const results: z.infer<typeof bulkAnswer>['items'] = []
      const take = (tx: Db, { id, version, ...rest }: (typeof items)[number]) => {
        const seen = versions.get(`${id}:${version}`) ?? version
        try {
          const answer = runStep(tx, definition, id, seen, { ...common, ...rest }, request.actor)
          versions.set(`${id}:${version}`, answer.version)
          results.push({ ...answer, ok: true, code: null, detail: null })
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          const { code, detail } = problemBody(error)
          results.push({ id, ok: false, state: null, version: null, record: null, code, detail })
        }
      }
      // Every step is all or nothing by itself. Some of them share a transaction, so that the disk is waited for once; no
      // transaction stands in the way of others for long.
      while (results.length < items.length) {
        await inTurn(app.db, (tx) => {
          const end = performance.now() + PIECE_MS
          do take(tx, items[results.length]!)
          while (results.length < items.length && performance.now() < end)
        })
        await setImmediate()
      }
      const done = results.filter((r) => r.ok).length
      return { done, failed: results.length - done, items: results }
    },
  )
}
