import { Cron } from 'croner'
import type { FastifyInstance } from 'fastify'
import { readWorkingDays } from '../core/working-days.ts'
import { dueDay, isDone, REMIND_FROM_HOUR, runDaily } from './daily.ts'
import { fillOutbox, type Outbox, sendOutbox } from './deliver.ts'

const OFFICE_TIME = { timezone: 'Asia/Shanghai', protect: true, unref: true }

/**
 * Starts the daily job (eight o'clock, office time) and the outbox (every minute), and does at once what was left out while
 * the server was stopped. Returns how to end them.
 */
export function startReminders(app: FastifyInstance): () => void {
  const guarded = (what: string, work: () => Promise<unknown>) => async () => {
    try {
      await work()
    } catch (err) {
      app.log.error({ err }, `${what} failed`)
    }
  }
  const daily = guarded('the daily reminders', () => remindIfDue(app))
  const outbox = guarded('the outbox', () => deliver(app, { channels: app.channels.current(), address: app.publicUrl }))
  const jobs = [
    new Cron(`0 ${REMIND_FROM_HOUR} * * *`, OFFICE_TIME, daily),
    // a machine that was asleep at eight o'clock does it within the hour after waking
    new Cron('5 * * * *', OFFICE_TIME, daily),
    new Cron('* * * * *', OFFICE_TIME, outbox),
  ]
  void daily()
  return () => jobs.forEach((job) => job.stop())
}

/** Runs the daily job where the day that is due has not been done. */
export async function remindIfDue(app: Pick<FastifyInstance, 'db' | 'now'>): Promise<boolean> {
  const now = app.now()
  if (isDone(app.db, dueDay(now, readWorkingDays(app.db)))) return false
  await runDaily(app.db, now)
  return true
}

/** One turn of the outbox. */
export async function deliver(app: Pick<FastifyInstance, 'db' | 'now'>, outbox: Outbox) {
  await fillOutbox(app.db, outbox.channels, app.now())
  return sendOutbox(app.db, outbox, app.now)
}
