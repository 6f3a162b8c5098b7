import { inArray } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { UNIT_KINDS } from '../../db/domain/unit-terms.ts'
import { inTransaction } from '../../db/transaction.ts'
import { targets } from '../../db/schema/index.ts'
import { versionsOf } from '../../db/target-versions.ts'
import { appendAudit } from '../audit/append.ts'
import { invalid } from '../errors.ts'
import { addAlias, createUnit } from '../core/units.ts'
import { idParams } from '../schema.ts'
import { runStep } from '../core/step-engine.ts'
import { stepAnswer, stepRoutes } from '../core/step-routes.ts'
import { loadTarget } from '../core/target-record.ts'
import { applyName, unresolvedNames } from '../core/target-units.ts'
import { writeVersion } from '../core/versions.ts'
import { addBody, addTarget } from './add.ts'
import { candidatesOf, listCandidates } from './candidates.ts'
import { changesOf, compareVersions } from './compare.ts'
import { fieldChanges } from '../core/field-changes.ts'
import { homeQuestion, settleHome } from '../core/home-names.ts'
import { findDuplicates } from './duplicates.ts'
import {
  candidatePage,
  comparisonAnswer,
  duplicatesAnswer,
  duplicatesQuery,
  homeAnswer,
  mendFields,
  namesAnswer,
  namesQuery,
  placeField,
  reviewQuery,
  settledHomeAnswer,
  settleHomeBody,
} from './schemas.ts'
import { mend, REVIEW_STEPS } from './steps.ts'

const OFFICE = { roles: ['supervisor'] as const }

/** 校核: from what the rules found to what the office will follow. */
export const reviewArea: FastifyPluginAsyncZod = async (app) => {
  stepRoutes(app, REVIEW_STEPS)

  app.get(
    '/review',
    {
      config: OFFICE,
      schema: { tags: ['review'], summary: '待校核', querystring: reviewQuery, response: { 200: candidatePage } },
    },
    async (request) => listCandidates(app.db, request.query),
  )

  app.get(
    '/review/duplicates',
    {
      config: OFFICE,
      schema: {
        tags: ['review'],
        summary: '疑似重复',
        querystring: duplicatesQuery,
        response: { 200: duplicatesAnswer },
      },
    },
    async (request) => {
      const pairs = await findDuplicates(app.db, request.query)
      const ids = [...new Set(pairs.flatMap((p) => [p.keepId, p.duplicateId]))]
      const rows = ids.length === 0 ? [] : app.db.select().from(targets).where(inArray(targets.id, ids)).all()
      const byId = new Map(candidatesOf(app.db, rows).map((row) => [row.id, row]))
      return {
        items: pairs.map((p) => ({
          likeness: p.likeness,
          sameDocument: p.sameDocument,
          keep: byId.get(p.keepId)!,
          duplicate: byId.get(p.duplicateId)!,
        })),
      }
    },
  )

  app.post(
    '/targets',
    { config: OFFICE, schema: { tags: ['review'], summary: '手工增加', body: addBody, response: { 201: stepAnswer } } },
    async (request, reply) => reply.code(201).send(addTarget(app.db, request.body, request.actor)),
  )

  app.patch(
    '/targets/:id',
    {
      config: OFFICE,
      schema: {
        tags: ['review'],
        summary: '修改',
        params: idParams,
        body: mendFields.extend({ version: z.int() }),
        response: { 200: stepAnswer },
      },
    },
    async (request) => {
      const { version, ...fields } = request.body
      return runStep(app.db, mend, request.params.id, version, fields, request.actor)
    },
  )

  app.get(
    '/targets/:id/versions',
    {
      config: { roles: ['supervisor', 'leader', 'admin'] },
      schema: { tags: ['review'], summary: '提取与确认对照', params: idParams, response: { 200: comparisonAnswer } },
    },
    async (request) => {
      const { target } = loadTarget(app.db, request.params.id, request.actor)
      const versions = versionsOf(app.db, target.id)
      return {
        byHand: target.extracted === null,
        fields: compareVersions(target, versions),
        changes: changesOf(versions, fieldChanges(app.db)),
      }
    },
  )

  app.get(
    '/review/names',
    {
      config: OFFICE,
      schema: {
        tags: ['review'],
        summary: '待对应的单位名称',
        querystring: namesQuery,
        response: { 200: namesAnswer },
      },
    },
    async (request) => ({ items: unresolvedNames(app.db, request.query.name) }),
  )

  app.get(
    '/review/home',
    {
      config: OFFICE,
      schema: {
        tags: ['review'],
        summary: '未写明地名的单位名称（一次问清是哪里的）',
        querystring: z.object({ place: placeField.optional() }),
        response: { 200: homeAnswer },
      },
    },
    async (request) => ({ question: homeQuestion(app.db, request.query.place) }),
  )

  app.post(
    '/review/home',
    {
      config: OFFICE,
      schema: {
        tags: ['review'],
        summary: '指明未写明地名的单位名称是哪里的',
        body: settleHomeBody,
        response: { 200: settledHomeAnswer },
      },
    },
    async ({ body: { place, create }, actor }) => inTransaction(app.db, (tx) => settleHome(tx, actor, place, create)),
  )

  app.post(
    '/review/names',
    {
      config: OFFICE,
      schema: {
        tags: ['review'],
        summary: '指明单位名称',
        body: z.strictObject({
          name: z.string().trim().min(1).max(100),
          /** The unit that is meant; the name is remembered as its alias. */
          unitId: z.int().optional(),
          /** Or a new unit of that name, or a group of units such as 各县市区政府. */
          create: z.enum(UNIT_KINDS).optional(),
        }),
        response: { 200: z.object({ unitId: z.int(), targets: z.int() }) },
      },
    },
    async (request) =>
      inTransaction(app.db, (tx) => {
        const { name, unitId, create } = request.body
        if ((unitId === undefined) === (create === undefined))
          throw invalid([{ path: 'unitId', message: '请选择已有单位，或新建单位' }])
        const unit =
          unitId === undefined
            ? createUnit(tx, request.actor, { name, kind: create })
            : addAlias(tx, request.actor, unitId, name)
        const touched = applyName(tx, name, unit.id)
        writeVersion(tx, touched, 'resolve-name', request.actor)
        appendAudit(tx, request.actor, 'unit.resolve', 'unit', unit.id, null, { name, targets: touched })
        return { unitId: unit.id, targets: touched.length }
      }),
  )
}
