import { eq } from 'drizzle-orm'
import { clientOf } from '../../db/client.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import type { OpenDb } from '../../db/open.ts'
import { replaySpans } from '../../db/replay-spans.ts'
import { jobRuns } from '../../db/schema/index.ts'
import { trackedAfter } from '../../db/standings.ts'
import { rewriteSpans } from './light-spans.ts'
import { loadSetting } from '../settings/store.ts'
import { inTurn } from '../write-turn.ts'

/** Targets worked on in one transaction: some milliseconds, so that requests go on in between. */
const CHUNK = 100

/** Work on a database that is under way. */
const running = new WeakMap<OpenDb, Promise<void>>()

/**
 * Rewrites the spans of all tracked targets from the day on which the thresholds of the lights were changed, in pieces,
 * where that has not been done yet. To be called after a change, and at the start of the server: after a stop in the middle
 * all of it is done again. Targets that are written meanwhile take the new thresholds by themselves.
 */
export async function applyThresholds(db: OpenDb, now: () => Date): Promise<void> {
  await running.get(db)
  const work = apply(db, now).finally(() => running.delete(db))
  running.set(db, work)
  return work
}

async function apply(db: OpenDb, now: () => Date): Promise<void> {
  for (;;) {
    const { version, updatedAt } = loadSetting(db, 'lights')
    if (version === 0 || updatedAt === null) return
    const [name, on] = [`thresholds-${version}`, shanghaiDate(new Date(updatedAt))]
    if (db.select().from(jobRuns).where(eq(jobRuns.name, name)).get()) return
    for (let after = 0; ;) {
      const ids = trackedAfter(db.$client, after, CHUNK)
      if (ids.length === 0) break
      after = ids.at(-1)!
      await inTurn(db, (tx) => {
        // run on a later day, it reads the day of the change from the memory, as any past day
        if (on === shanghaiDate(now())) rewriteSpans(tx, ids, on)
        else replaySpans(clientOf(tx), ids)
      })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await inTurn(db, (tx) =>
      tx.insert(jobRuns).values({ name, on, finishedAt: now().toISOString() }).onConflictDoNothing().run(),
    )
  }
}
