import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ORDER_COLORS } from '../../db/domain/supervision-terms.ts'
import { reasonField, textField } from '../core/fields.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { dateField, idParams } from '../schema.ts'
import { personRef, targetBrief } from './brief-schemas.ts'
import { approveProposals, dismissProposals, editProposal, issueProposals, listProposals } from './proposals.ts'

const proposalRow = z
  .object({
    id: z.int(),
    target: targetBrief,
    unit: z.object({ id: z.int(), name: z.string() }),
    color: z.enum(ORDER_COLORS),
    text: z.string(),
    /** The limit that was set, or that of the setting counted from today. */
    dueOn: z.string(),
    byRule: z.boolean(),
    proposedBy: personRef,
    proposedAt: z.string(),
    approvedBy: personRef,
    approvedAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'OrderProposal' })

const proposalPage = z
  .object({
    items: z.array(proposalRow),
    nextCursor: z.string().nullable(),
    total: z.int(),
    /** 领导批准后签发 */
    needsApproval: z.boolean(),
  })
  .meta({ id: 'OrderProposals' })

const seen = z
  .array(z.strictObject({ id: z.int(), version: z.int() }))
  .min(1)
  .max(500)
const doneAnswer = z.object({ done: z.int() })

/** 待签发: 督办单 that wait for a person; the unit knows nothing of them. */
export const proposalRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ['supervision']
  app.get(
    '/supervision/order-proposals',
    {
      config: { roles: ['supervisor', 'leader'] },
      schema: {
        tags,
        summary: '待签发的督办单',
        querystring: z.object({
          unitId: idParams.shape.id.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
          cursor: z.string().max(500).optional(),
        }),
        response: { 200: proposalPage },
      },
    },
    async ({ query }) => listProposals(app.db, query, app.today()),
  )

  app.patch(
    '/order-proposals/:id',
    {
      config: { roles: ['supervisor'] },
      schema: {
        tags,
        summary: '修改待签发的督办单',
        params: idParams,
        body: z.strictObject({
          version: z.int(),
          color: z.enum(ORDER_COLORS).optional(),
          text: textField.optional(),
          dueOn: dateField.nullable().optional(),
        }),
        response: { 200: doneAnswer },
      },
    },
    async ({ params, body: { version, ...changes }, actor }) => {
      editProposal(app.db, actor, { id: params.id, version }, changes)
      return { done: 1 }
    },
  )

  app.post(
    '/order-proposals/issue',
    {
      config: { roles: ['supervisor'], ...BULK_LIMIT },
      schema: {
        tags,
        summary: '签发督办单',
        body: z.strictObject({ items: seen, together: z.boolean().default(false) }),
        response: {
          200: z.object({
            orders: z.array(z.object({ id: z.int(), number: z.string(), unitId: z.int(), items: z.int() })),
          }),
        },
      },
    },
    async ({ body, actor }) => ({ orders: issueProposals(app.db, actor, body.items, body.together) }),
  )

  app.post(
    '/order-proposals/dismiss',
    {
      config: { roles: ['supervisor'], ...BULK_LIMIT },
      schema: {
        tags,
        summary: '不予签发',
        body: z.strictObject({ items: seen, reason: reasonField }),
        response: { 200: doneAnswer },
      },
    },
    async ({ body, actor }) => ({ done: dismissProposals(app.db, actor, body.items, body.reason) }),
  )

  app.post(
    '/order-proposals/approve',
    {
      config: { roles: ['leader'], ...BULK_LIMIT },
      schema: {
        tags,
        summary: '批准签发督办单',
        body: z.strictObject({ items: seen }),
        response: { 200: doneAnswer },
      },
    },
    async ({ body, actor }) => ({ done: approveProposals(app.db, actor, body.items) }),
  )
}
