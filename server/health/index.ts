import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sqliteVersion } from '../../db/open.ts'
import { diskSpace, LOW_DISK_BYTES } from '../disk.ts'
import { VERSION } from '../version.ts'

/** How often the log is told that space is short. */
const WATCH_MS = 10 * 60_000

/** Whether the server answers and can read its database; for a monitor or a proxy. */
export const healthArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/health',
    {
      config: { roles: 'public' },
      schema: {
        tags: ['系统'],
        response: {
          200: z.object({
            status: z.literal('ok'),
            version: z.string(),
            sqlite: z.string(),
            uptimeSeconds: z.number().int(),
          }),
        },
      },
    },
    async () => ({
      status: 'ok' as const,
      version: VERSION,
      sqlite: sqliteVersion(app.db.$client),
      uptimeSeconds: Math.floor(process.uptime()),
    }),
  )

  app.get(
    '/disk',
    {
      config: { roles: ['admin'] },
      schema: {
        tags: ['系统'],
        summary: '磁盘空间',
        response: { 200: z.object({ free: z.int(), total: z.int(), low: z.boolean() }).meta({ id: 'DiskSpace' }) },
      },
    },
    async () => diskSpace(app.dataDir),
  )

  let watch: NodeJS.Timeout | undefined
  app.addHook('onListen', async () => {
    watch = setInterval(() => {
      diskSpace(app.dataDir).then(
        ({ free }) => free < LOW_DISK_BYTES && app.log.warn({ free }, 'the disk of DATA_DIR is nearly full'),
        (err: unknown) => app.log.warn({ err }, 'the free space of the disk cannot be told'),
      )
    }, WATCH_MS).unref()
  })
  app.addHook('onClose', async () => clearInterval(watch))
}
