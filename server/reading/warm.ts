import { Cron } from 'croner'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Db } from '../../db/open.ts'
import { users } from '../../db/schema/index.ts'

/** A minute after the day has changed: what a day was asked first is counted anew for each day. */
const AFTER_MIDNIGHT = '1 0 * * *'

/** When the columns are kept for the next start, where much was written since, and sums made of those that were read anew. */
const KEEPING = '*/5 * * * *'

/**
 * Makes the first looks of the day ready, now and after each midnight of the office, and keeps up from time to time what is
 * made ready besides; returns how to end it.
 */
export function startWarming(app: FastifyInstance): () => void {
  const warm = () =>
    app.reading
      .warm(unitsWithPeople(app.db), app.today())
      .catch((err: unknown) => app.log.debug({ err }, 'the first looks were not made ready'))
  const rehearse = () =>
    app.reading
      .rehearse(unitsWithPeople(app.db), app.today())
      .catch((err: unknown) => app.log.debug({ err }, 'the rehearsal was broken off'))
  // A thread stays quick: only a new one has to play.
  void warm().then(rehearse)
  const keep = () =>
    app.reading.keepUp(app.today()).catch((err: unknown) => app.log.debug({ err }, 'the counts were not kept up'))
  const options = { timezone: 'Asia/Shanghai', protect: true, unref: true }
  const jobs = [new Cron(AFTER_MIDNIGHT, options, warm), new Cron(KEEPING, options, keep)]
  return () => jobs.forEach((job) => job.stop())
}

/** Units for which somebody signs in. */
const unitsWithPeople = (db: Db): number[] =>
  db
    .selectDistinct({ unitId: users.unitId })
    .from(users)
    .where(and(eq(users.role, 'reporter'), isNull(users.disabledAt), isNotNull(users.unitId)))
    .all()
    .map(({ unitId }) => unitId!)
