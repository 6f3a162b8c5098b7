import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { wrongState } from '../errors.ts'
import { BULK_LIMIT } from '../plugins/rate-limits.ts'
import { readSetting } from '../settings/store.ts'
import { inTurn } from '../write-turn.ts'
import { backupsDir } from '../paths.ts'
import { type Backup, listBackups, readBackup } from './create.ts'
import { backupInBackground } from './run.ts'

const backupSchema = z
  .object({
    name: z.string(),
    at: z.string(),
    version: z.string(),
    rows: z.record(z.string(), z.number().int()),
    files: z.number().int(),
    /** What is wrong with the audit log in it, empty where it verifies. */
    auditFaults: z.array(z.string()).optional(),
  })
  .meta({ id: 'Backup' })

const running = new WeakSet<FastifyInstance['db']>()

/** One backup now, told in the audit log; refused while another one runs. */
export async function backUp(app: FastifyInstance, stamp: Stamp): Promise<Backup> {
  if (running.has(app.db)) throw wrongState('正在备份，请稍候。')
  running.add(app.db)
  try {
    const name = await backupInBackground(app.dataDir, readSetting(app.db, 'backup').keep)
    const made = await readBackup(join(backupsDir(app.dataDir), name))
    const { files, auditFaults = [] } = made
    if (auditFaults.length > 0) app.log.error({ name, auditFaults }, 'the audit log does not verify')
    await inTurn(app.db, (tx) =>
      appendAudit(tx, stamp, 'backup.create', 'backup', name, null, { files, auditFaults: auditFaults.length }),
    )
    return made
  } finally {
    running.delete(app.db)
  }
}

/** Backups on demand and what there are. */
export const backupArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/backups',
    {
      config: { roles: ['admin'] },
      schema: { tags: ['系统'], response: { 200: z.object({ items: z.array(backupSchema) }) } },
    },
    async () => ({ items: await listBackups(app.dataDir) }),
  )

  app.post(
    '/backups',
    {
      config: { roles: ['admin'], ...BULK_LIMIT },
      schema: { tags: ['系统'], response: { 201: backupSchema } },
    },
    async (request, reply) => reply.code(201).send(await backUp(app, request.actor)),
  )
}
