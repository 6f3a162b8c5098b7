import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sqliteVersion } from '../../db/open.ts'
import { VERSION } from '../version.ts'

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
}
