import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ROLES } from '../../db/domain/roles.ts'
import { idParams, noContent } from '../schema.ts'
import { newView, viewList, viewPatch, viewSchema } from './schemas.ts'
import { changeView, createView, deleteView, listViews, loadView } from './store.ts'

/** Saved views of the ledger: filters under a name, opened by `/targets?view=<id>`, shared when wanted. */
export const viewsArea: FastifyPluginAsyncZod = async (app) => {
  const tags = ['目标']

  app.get(
    '/views',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '台账视图：自己的和共享的', response: { 200: viewList } },
    },
    async ({ actor }) => ({ items: listViews(app.db, actor) }),
  )

  app.post(
    '/views',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '保存台账视图', body: newView, response: { 201: viewSchema } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(createView(app.db, actor, body)),
  )

  app.get(
    '/views/:id',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '一个台账视图', params: idParams, response: { 200: viewSchema } },
    },
    async ({ actor, params }) => loadView(app.db, actor, params.id),
  )

  app.patch(
    '/views/:id',
    {
      config: { roles: ROLES },
      // Who may not know of the view learns nothing from the check of the body.
      preValidation: async (request) => {
        const { data } = idParams.safeParse(request.params)
        if (data) loadView(app.db, request.actor, data.id) // any other number is refused by the schema
      },
      schema: { tags, summary: '改名、改条件或共享', params: idParams, body: viewPatch, response: { 200: viewSchema } },
    },
    async ({ actor, params, body }) => changeView(app.db, actor, params.id, body),
  )

  app.delete(
    '/views/:id',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '删除台账视图', params: idParams, response: { 204: noContent } },
    },
    async ({ actor, params }, reply) => {
      deleteView(app.db, actor, params.id)
      return reply.code(204).send()
    },
  )
}
