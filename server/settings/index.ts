import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { inTransaction } from '../../db/transaction.ts'
import { SETTINGS, type SettingKey, type Settings } from '../rules/settings.ts'
import { applyThresholds } from '../core/new-thresholds.ts'
import { loadSettings, writeSetting } from './store.ts'

const keys = Object.keys(SETTINGS) as SettingKey[]

function shapeOf<T extends z.ZodType>(wrap: (value: z.ZodType) => T): Record<SettingKey, T> {
  return Object.fromEntries(keys.map((key) => [key, wrap(SETTINGS[key])])) as Record<SettingKey, T>
}

const settingsSchema = z
  .object(shapeOf((value) => z.object({ value, version: z.number().int(), updatedAt: z.string().nullable() })))
  .meta({ id: 'Settings' })
const changeSchema = z
  .object(shapeOf((value) => z.object({ value, version: z.number().int().min(0) }).optional()))
  .strict()

/** Thresholds, numbering and limits: everyone reads them (the rule of the lights is public), administrators change them. */
export const settingsArea: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/settings',
    {
      config: { roles: ROLES },
      schema: { tags: ['系统'], response: { 200: settingsSchema } },
    },
    async () => loadSettings(app.db),
  )

  app.put(
    '/settings',
    {
      config: { roles: ['admin'] },
      schema: { tags: ['系统'], body: changeSchema, response: { 200: settingsSchema } },
    },
    async (request) => {
      const changed = inTransaction(app.db, (tx) => {
        for (const key of keys) {
          const change = request.body[key]
          if (change) writeSetting(tx, request.actor, key, change.value as Settings[typeof key], change.version)
        }
        return loadSettings(tx)
      })
      // in pieces, while the answer goes out; the next start goes on where this is cut off
      if (request.body.lights)
        applyThresholds(app.db, app.now).catch((error: unknown) => {
          if (app.db.$client.open) request.log.error({ err: error }, 'lights by new thresholds')
        })
      return changed
    },
  )
}
