import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FOUND_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { NameFinder } from '../core/name-finder.ts'
import { stepAnswer } from '../core/step-routes.ts'
import { presentUnit } from '../core/target-units.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { writeTurn } from '../write-turn.ts'
import { addItem, addList } from './add.ts'
import {
  addItemBody,
  addListAnswer,
  addListBody,
  addSourceKindBody,
  changeSourceKindBody,
  readItemAnswer,
  readItemBody,
  sourceKindSchema,
  sourceKindsAnswer,
} from './schemas.ts'
import { addSourceKind, changeSourceKind, shownSourceKinds } from './source-kinds.ts'

/** The rules of extraction, loaded with the first line that somebody types: they are a third of all that a server could load. */
const lineRules = () => import('./read-line.ts')

/** 新建事项: what is supervised and comes from no document that was imported, and the register of 来源类别. */
export const itemsArea: FastifyPluginAsyncZod = async (app) => {
  const office = { roles: ['supervisor'] as const }
  const register = { roles: ['supervisor', 'admin'] as const }
  const tags = ['新建事项']

  app.get(
    '/source-kinds',
    {
      config: { roles: ROLES },
      schema: { tags, summary: '来源类别', response: { 200: sourceKindsAnswer } },
    },
    async () => ({ items: shownSourceKinds(app.db) }),
  )

  app.post(
    '/source-kinds',
    {
      config: register,
      schema: {
        tags,
        summary: '增加来源类别',
        description: '本单位自定的来源类别，排在系统自带的之后。',
        body: addSourceKindBody,
        response: { 201: sourceKindSchema },
      },
    },
    async ({ body, actor }, reply) => reply.code(201).send(addSourceKind(app.db, actor, body.title)),
  )

  app.patch(
    '/source-kinds/:id',
    {
      config: register,
      schema: {
        tags,
        summary: '修改、停用来源类别',
        description: '只能修改本单位自定的类别；停用后不再供选择，已有来源不变。',
        params: z.object({ id: z.string().max(40) }),
        body: changeSourceKindBody,
        response: { 200: sourceKindSchema },
      },
    },
    async ({ params, body, actor }) => changeSourceKind(app.db, actor, params.id, body),
  )

  app.post(
    '/items/read',
    {
      config: office,
      schema: {
        tags,
        summary: '从一句话读出事项的各项内容',
        description: '只读不存：供新建事项时预填，由人确认。',
        body: readItemBody,
        response: { 200: readItemAnswer },
      },
    },
    async ({ body }) => {
      const { readWords } = await lineRules()
      const finder = new NameFinder(app.db)
      const unitOf = (name: string) => {
        const { unitId } = finder.find(name)
        return unitId === null ? null : presentUnit(app.db, unitId)
      }
      return {
        items: readWords(body.text, body.issuedOn ?? app.today()).map(({ columns, units }) => ({
          ...pickFields(columns as Required<typeof columns>, FOUND_FIELDS),
          confidence: columns.confidence,
          units: units.map(({ role, name }) => ({ role, name, unitId: unitOf(name) })),
        })),
      }
    },
  )

  app.post(
    '/items',
    {
      config: { ...office, tokenScope: 'items' },
      schema: {
        tags,
        summary: '新建一件事项（即为已立项）',
        description: '来源可以是新的，也可以是以前录入的；事项原文记为来源的一行，答复中 record.id 为来源的编号。',
        body: addItemBody,
        response: { 201: stepAnswer },
      },
    },
    async ({ body, actor }, reply) => reply.code(201).send(addItem(app.db, app.dataDir, actor, body)),
  )

  app.post(
    '/items/list',
    {
      config: { ...office, ...BULK_LIMIT, tokenScope: 'items' },
      schema: {
        tags,
        summary: '录入清单（每行一项，进入校核）',
        body: addListBody,
        response: { 201: addListAnswer },
      },
    },
    async ({ body, actor }, reply) => {
      const rules = await lineRules()
      await writeTurn(app.db.$client) // loading them took a while, somebody else may write now
      return reply.code(201).send(addList(app.db, app.dataDir, actor, body, rules))
    },
  )
}
