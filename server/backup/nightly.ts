import { Cron } from 'croner'
import type { FastifyInstance } from 'fastify'
import { systemStamp } from '../actor.ts'
import { sweepEvidence } from '../core/sweep-evidence.ts'
import { purgeSessions } from '../session/store.ts'
import { readSetting } from '../settings/store.ts'
import { inTurn } from '../write-turn.ts'
import { backUp } from './index.ts'

/** Half past two in the morning, office time. */
const NIGHTLY = '30 2 * * *'

/** Every night: ended sessions and uploads that were never sent are removed, and a backup is made where the setting says so. */
export async function runNightly(app: FastifyInstance): Promise<void> {
  await inTurn(app.db, (tx) => purgeSessions(tx, app.now(), readSetting(tx, 'session')))
  await sweepEvidence(app.db, app.dataDir, app.now())
  if (readSetting(app.db, 'backup').nightly) await backUp(app, systemStamp('每日备份', app.now()))
}

/** Starts the nightly work; returns how to end it. */
export function startNightly(app: FastifyInstance): () => void {
  const job = new Cron(NIGHTLY, { timezone: 'Asia/Shanghai', protect: true, unref: true }, () =>
    runNightly(app).catch((err: unknown) => app.log.error({ err }, 'the nightly work failed')),
  )
  return () => job.stop()
}
