import { rm } from 'node:fs/promises'
import multipart from '@fastify/multipart'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { INTAKE_TITLES, type IntakeKind } from '../../db/domain/intake-terms.ts'
import type { Role } from '../../db/domain/roles.ts'
import { intakes } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { receive } from '../core/uploads.ts'
import { XLSX } from '../core/workbook.ts'
import { Problem } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { endingOf } from '../readers/content.ts'
import { SHEET_FORMS, SHEETS_IN_WORDS } from '../readers/forms.ts'
import { idParams } from '../schema.ts'
import { readSetting } from '../settings/store.ts'
import { forgetRows } from './rows.ts'
import type { IntakeRunner } from './runner.ts'
import {
  confirmAnswer,
  confirmBody,
  intakeSchema,
  latestIntakesAnswer,
  layoutBody,
  rowsAnswer,
  rowsQuery,
  textBody,
} from './schemas.ts'
import { shownIntake, shownRows } from './shown.ts'
import { likelyLevel } from './starting-set.ts'
import { latestIntakes, openIntake } from './store.ts'
import { listTemplate } from './template.ts'

/** Bytes of a list; a ledger of 20,000 rows has some five million. */
const MAX_BYTES = 20 * 1024 * 1024
/** Earlier lists that are shown. */
const LATEST = 20

/**
 * The routes of one kind of list: chosen or pasted, laid out, looked through, confirmed, undone. Nothing but the list
 * itself is stored before 确认.
 */
export const intakeRoutes =
  (kind: IntakeKind, roles: readonly Role[], runner: IntakeRunner): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(multipart, { limits: { fileSize: MAX_BYTES, files: 1, fields: 5, parts: 6 } })
    const title = INTAKE_TITLES[kind]
    const tags = ['批量导入']
    const config = { roles }
    const bulk = { roles, ...BULK_LIMIT }
    const shown = async (id: number) => shownIntake(app.db, kind, id)

    app.get(
      `/intakes/${kind}/template`,
      {
        config: bulk,
        schema: { tags, summary: `下载${title}导入模板（xlsx）`, response: { 200: z.any() } },
      },
      async (_request, reply) =>
        reply
          .type(XLSX)
          .header('content-disposition', attachmentHeader(`${title}导入模板.xlsx`))
          .send(await listTemplate(kind)),
    )

    app.get(
      `/intakes/${kind}`,
      {
        config,
        schema: {
          tags,
          summary: `最近的${title}导入`,
          response: { 200: latestIntakesAnswer },
        },
      },
      async () => {
        const { place } = readSetting(app.db, 'office')
        return {
          items: latestIntakes(app.db, kind, LATEST),
          forms: SHEET_FORMS.map(({ title, endings }) => ({ title, endings: [...endings] })),
          home: { place, level: likelyLevel(place) },
        }
      },
    )

    app.post(
      `/intakes/${kind}`,
      {
        config: bulk,
        schema: {
          tags,
          summary: `选择要导入的${title}表（${SHEETS_IN_WORDS}），先看后存`,
          consumes: ['multipart/form-data'],
          response: { 201: intakeSchema },
        },
      },
      async (request, reply) => {
        const { fileName, path } = await received(request, app.dataDir)
        try {
          const { id } = await runner.run({ do: 'open', kind, fileName, path, stamp: stampOf(request) })
          return await reply.code(201).send(await shown(id))
        } finally {
          await rm(path, { force: true })
        }
      },
    )

    if (kind !== 'ledger')
      app.post(
        `/intakes/${kind}/text`,
        {
          config: bulk,
          schema: { tags, summary: `粘贴${title}名单，先看后存`, body: textBody, response: { 201: intakeSchema } },
        },
        async (request, reply) => {
          const { text } = request.body
          const { id } = await runner.run({ do: 'open', kind, fileName: null, text, stamp: stampOf(request) })
          return reply.code(201).send(await shown(id))
        },
      )

    app.get(
      `/intakes/${kind}/:id`,
      { config, schema: { tags, summary: `一次${title}导入`, params: idParams, response: { 200: intakeSchema } } },
      async ({ params }) => shown(params.id),
    )

    app.get(
      `/intakes/${kind}/:id/rows`,
      {
        config,
        schema: {
          tags,
          summary: '逐行预览：每行会怎样，有误的为什么',
          params: idParams,
          querystring: rowsQuery,
          response: { 200: rowsAnswer },
        },
      },
      async ({ params, query }) => shownRows(app.db, kind, params.id, query),
    )

    app.get(
      `/intakes/${kind}/:id/progress`,
      {
        config,
        schema: {
          tags,
          summary: '正在导入到第几行',
          params: idParams,
          response: { 200: z.object({ progress: z.object({ done: z.int(), of: z.int() }).nullable() }) },
        },
      },
      async ({ params }) => ({ progress: runner.progressOf(params.id) }),
    )

    app.put(
      `/intakes/${kind}/:id/layout`,
      {
        config: bulk,
        schema: {
          tags,
          summary: '指明工作表、表头和各列的含义；确认后记住，下次同样的表头不用再指',
          params: idParams,
          body: layoutBody,
          response: { 200: intakeSchema },
        },
      },
      async (request) => {
        const { version, ...layout } = request.body
        const { id } = request.params
        await runner.run({ do: 'lay-out', kind, id, version, layout, stamp: stampOf(request) })
        return shown(id)
      },
    )

    app.post(
      `/intakes/${kind}/:id/confirm`,
      {
        config: bulk,
        schema: {
          tags,
          summary: '确认导入；一次存完，或者什么也不存',
          params: idParams,
          body: confirmBody,
          response: { 200: confirmAnswer },
        },
      },
      async (request) => {
        const { id } = request.params
        const { secrets } = await runner.run({
          do: 'confirm',
          kind,
          id,
          said: request.body,
          stamp: stampOf(request),
          dataDir: app.dataDir,
          cost: app.passwordCost,
        })
        return { intake: await shown(id), secrets }
      },
    )

    app.post(
      `/intakes/${kind}/:id/undo`,
      {
        config,
        schema: {
          tags,
          summary: '整批撤销；导入的内容已经用过的不能撤销',
          params: idParams,
          response: { 200: intakeSchema },
        },
      },
      async (request) => {
        const { id } = request.params
        await runner.run({ do: 'undo', kind, id, stamp: stampOf(request), dataDir: app.dataDir })
        return shown(id)
      },
    )

    app.delete(
      `/intakes/${kind}/:id`,
      {
        config,
        schema: {
          tags,
          summary: '放弃，不导入',
          params: idParams,
          querystring: z.object({ version: z.coerce.number().int() }),
          response: { 200: intakeSchema },
        },
      },
      async ({ params: { id }, query }) => {
        inTransaction(app.db, (tx) => {
          const { version } = openIntake(tx, kind, id, query.version)
          tx.update(intakes)
            .set({ status: 'dropped', bytes: null, preview: null, version: version + 1 })
            .where(eq(intakes.id, id))
            .run()
          forgetRows(tx, id)
        })
        return shown(id)
      },
    )
  }

/** Who asks, as plain values that go into a process. */
const stampOf = ({ actor: { id, displayName, ip, at } }: FastifyRequest) => ({ id, displayName, ip, at })

/** The list that was sent, under a name of ours; whoever asks removes it. */
async function received(request: FastifyRequest, dataDir: string): Promise<{ fileName: string; path: string }> {
  if (!request.isMultipart())
    throw new Problem(415, 'not-multipart', '上传方式有误', '请以 multipart/form-data 方式上传文件。')
  const part = await request.file()
  if (!part) throw new Problem(400, 'no-file', '没有文件', '请选择要导入的表格。')
  const file = await receive(part, dataDir)
  if ('tooLarge' in file)
    throw new Problem(413, 'too-large', '文件过大', `《${file.fileName}》超过 20 MB，请拆分后再导入。`)
  if (!SHEET_FORMS.some(({ endings }) => endings.includes(endingOf(file.fileName)))) {
    await rm(file.path, { force: true })
    throw new Problem(422, 'wrong-type', '不是表格', `《${file.fileName}》不是表格，请选择 ${SHEETS_IN_WORDS} 文件。`)
  }
  return file
}
