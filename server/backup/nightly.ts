import { Cron } from 'croner'
import type { FastifyInstance } from 'fastify'
import { systemStamp } from '../actor.ts'
import { purgeSessions } from '../session/store.ts'
import { readSetting } from '../settings/store.ts'
import { backUp } from './index.ts'

/** Half past two in the morning, office time. */
const NIGHTLY = '30 2 * * *'

/** Every night: sessions that are over are removed, and a backup is made where the setting says so. Returns how to end it. */
export function startNightly(app: FastifyInstance): () => void {
  const job = new Cron(NIGHTLY, { timezone: 'Asia/Shanghai', protect: true, unref: true }, async () => {
    try {
      purgeSessions(app.db, app.now(), readSetting(app.db, 'session'))
      if (readSetting(app.db, 'backup').nightly) await backUp(app, systemStamp('每日备份', app.now()))
    } catch (err) {
      app.log.error({ err }, 'the nightly backup failed')
    }
  })
  return () => job.stop()
}
