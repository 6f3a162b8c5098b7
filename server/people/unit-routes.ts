import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { inTransaction } from '../../db/transaction.ts'
import { idParams } from '../schema.ts'
import { newUnitSchema, unitChangeSchema, unitNameField, unitSchema } from './schemas.ts'
import { addAlias, createUnit, listUnits, removeAlias, updateUnit } from '../core/units.ts'

const TAGS = ['单位']
/** 督查室 names units while confirming; the administrator keeps the list. */
const KEEPERS = ['admin', 'supervisor'] as const

/** Everyone reads the units (filters, forms); keepers change them. */
export const unitRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/units',
    {
      config: { roles: ROLES },
      schema: { tags: TAGS, response: { 200: z.object({ items: z.array(unitSchema) }) } },
    },
    async () => ({ items: listUnits(app.db) }),
  )

  app.post(
    '/units',
    {
      config: { roles: KEEPERS },
      schema: { tags: TAGS, body: newUnitSchema, response: { 201: unitSchema } },
    },
    async (request, reply) => {
      const unit = inTransaction(app.db, (tx) => createUnit(tx, request.actor, request.body))
      return reply.code(201).send(unit)
    },
  )

  app.patch(
    '/units/:id',
    {
      config: { roles: KEEPERS },
      schema: { tags: TAGS, params: idParams, body: unitChangeSchema, response: { 200: unitSchema } },
    },
    async (request) => {
      const { version, ...change } = request.body
      return inTransaction(app.db, (tx) => updateUnit(tx, request.actor, request.params.id, version, change))
    },
  )

  app.post(
    '/units/:id/aliases',
    {
      config: { roles: KEEPERS },
      schema: {
        tags: TAGS,
        params: idParams,
        body: z.object({ name: unitNameField }).strict(),
        response: { 201: unitSchema },
      },
    },
    async (request, reply) => {
      const unit = inTransaction(app.db, (tx) => addAlias(tx, request.actor, request.params.id, request.body.name))
      return reply.code(201).send(unit)
    },
  )

  app.delete(
    '/units/:id/aliases/:aliasId',
    {
      config: { roles: KEEPERS },
      schema: {
        tags: TAGS,
        summary: '删除别名；规则不再自行加回',
        params: idParams.extend({ aliasId: z.coerce.number().int().positive() }),
        // `asked`: targets before 交办 that ask for this name again.
        response: { 200: z.object({ unit: unitSchema, asked: z.int() }) },
      },
    },
    async (request) =>
      inTransaction(app.db, (tx) => removeAlias(tx, request.actor, request.params.id, request.params.aliasId)),
  )
}
