import type { FastifyInstance } from 'fastify'
import type { OpenDb } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { isDiskFault } from '../disk.ts'
import { inTurn } from '../write-turn.ts'
import { appendAudit } from './append.ts'

/** Refusals of one person at one route within so long after the first are one record more, with their number. */
const WINDOW_MS = 10 * 60_000
/** People and routes counted at once. */
const MAX_KEYS = 10_000

interface Counted {
  actor: Actor
  route: string
  /** Instant of the first refusal, which is written down by itself. */
  since: number
  /** Instant (UTC ISO) of the last. */
  until: string
  /** Refusals after the first. */
  more: number
}

/**
 * Writes refused access to the trail: the first at once, all others of the same person at the same route within ten
 * minutes as one record with their number. A record of the trail is never changed, so the number comes afterwards.
 */
class RefusalLog {
  private readonly counted = new Map<string, Counted>()

  constructor(private readonly db: OpenDb) {}

  /** Notes one refusal; never fails the answer because the disk is full. */
  async note(actor: Actor, route: string): Promise<void> {
    const key = `${actor.id} ${route}`
    const at = Date.parse(actor.at)
    let known = this.counted.get(key)
    if (known !== undefined && Math.abs(at - known.since) >= WINDOW_MS) {
      await this.write([key])
      known = undefined
    }
    if (known !== undefined) {
      known.more++
      known.until = actor.at
      return
    }
    if (this.counted.size >= MAX_KEYS) await this.write([...this.counted.keys()])
    this.counted.set(key, { actor, route, since: at, until: actor.at, more: 0 })
    await this.append(actor, route, null)
  }

  /** Writes what has been counted; at the end, and by a timer for those that are over. */
  async flush(before = Infinity): Promise<void> {
    await this.write([...this.counted].filter(([, { since }]) => since < before).map(([key]) => key))
  }

  private async write(keys: string[]): Promise<void> {
    for (const key of keys) {
      const known = this.counted.get(key)
      this.counted.delete(key)
      if (known && known.more > 0)
        await this.append({ ...known.actor, at: known.until }, known.route, {
          times: known.more,
          since: new Date(known.since).toISOString(),
        })
    }
  }

  private async append(actor: Actor, route: string, after: Record<string, unknown> | null): Promise<void> {
    try {
      await inTurn(this.db, (tx) => appendAudit(tx, actor, 'access.refused', 'route', route, null, after))
    } catch (error) {
      if (!isDiskFault(error)) throw error
    }
  }
}

/** The log of an application, with the timer that ends its counts. */
export function refusalLog(app: FastifyInstance): RefusalLog {
  const log = new RefusalLog(app.db)
  const timer = setInterval(() => {
    log
      .flush(app.now().getTime() - WINDOW_MS)
      .catch((err: unknown) => app.log.error({ err }, 'refusals could not be written'))
  }, WINDOW_MS / 10).unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await log.flush()
  })
  return log
}
