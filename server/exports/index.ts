import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { LEDGER_COLUMN_IDS } from '../../db/domain/ledger-columns.ts'
import { ROLES } from '../../db/domain/roles.ts'
import { inTransaction } from '../../db/transaction.ts'
import { appendAudit } from '../audit/append.ts'
import { attachmentHeader } from '../core/attachment-header.ts'
import { unitAsked } from '../counting/own-lights.ts'
import { viewerOf } from '../reading/index.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { commaList } from '../schema.ts'
import { targetQuery } from '../core/target-schemas.ts'
import { writeTurn } from '../write-turn.ts'
import { exportEverything } from './everything.ts'
import { ledgerFile } from './ledger-file.ts'
import { XLSX } from '../core/workbook.ts'

/** Filters and order of the ledger, and its columns in their order (all where none are named). */
const ledgerExport = targetQuery
  .omit({ limit: true, cursor: true })
  .extend({ format: z.enum(['xlsx', 'csv']).default('xlsx'), columns: commaList(z.enum(LEDGER_COLUMN_IDS)) })

/** Exports: what leaves the system is written to the trail. */
export const exportsArea: FastifyPluginAsyncZod = async (app) => {
  const tags = ['exports']

  app.get(
    '/exports/targets',
    {
      config: { roles: ROLES, ...BULK_LIMIT },
      schema: { tags, summary: '导出目标台账（同台账的筛选）', querystring: ledgerExport, response: { 200: z.any() } },
    },
    async ({ query, actor }, reply) => {
      const { format, columns, sort, ...asked } = query
      const { asOf = app.today(), ...filter } = asked
      const { ids } = await app.reading.ask('page', viewerOf(actor), filter, asOf, sort, undefined, null)
      await writeTurn(app.db.$client)
      inTransaction(app.db, (tx) =>
        appendAudit(tx, actor, 'export.targets', 'export', null, null, { format, ...asked, sort, columns, asOf }),
      )
      const task = { ids, columns, asOf, format, unitId: unitAsked(actor, filter) }
      const { size, stream } = await ledgerFile(app.db, app.dataDir, task)
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : XLSX)
        .header('content-disposition', attachmentHeader(`目标台账_${asOf}.${format}`))
        .header('content-length', size)
        .send(stream)
    },
  )

  app.get(
    '/exports/everything',
    {
      config: { roles: ['admin'], ...BULK_LIMIT },
      schema: { tags, summary: '导出全部数据（zip，csv 与 jsonl）', response: { 200: z.any() } },
    },
    async ({ actor }, reply) => {
      await writeTurn(app.db.$client)
      inTransaction(app.db, (tx) => appendAudit(tx, actor, 'export.everything', 'export', null, null, null))
      const data = await exportEverything(app.db, app.dataDir)
      return reply
        .type('application/zip')
        .header('content-disposition', attachmentHeader(`政标数据_${app.today()}.zip`))
        .send(data)
    },
  )
}
