import { hash } from 'node:crypto'
import { and, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Session } from 'fastify'
import type { Db } from '../../db/open.ts'
import { sessions, users } from '../../db/schema/index.ts'
import { withoutStamp } from '../../db/change-stamp.ts'
import { claimWriteLock } from '../../db/write-lock.ts'
import { isDiskFault } from '../disk.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import { clientOf } from '../../db/client.ts'
import { keptQuery } from '../../db/kept-query.ts'
import { writeTurn } from '../write-turn.ts'

/** Written limits of a session (ASVS 7.1.1). */
interface SessionLimits {
  /** Ends after so many minutes without a request. */
  idleMinutes: number
  /** Ends so many hours after sign-in, used or not. */
  absoluteHours: number
}

/** `lastSeenAt` is written at most this often, so that reading pages does not write to the disk all the time. */
const SEEN_EVERY_MS = 60_000

type Callback = (error?: Error | null) => void
type Loaded = (error: Error | null, session?: Session | null) => void

/** What the cookie holds is never stored, only its hash: a stolen database opens no session. */
export const hashId = (sessionId: string): string => hash('sha256', sessionId)

const sessionById = keptQuery((db) =>
  db
    .select({
      data: sessions.data,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      disabledAt: users.disabledAt,
    })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder('id'))),
)

/**
 * Sessions in SQLite for @fastify/session. Limits are checked on each load against the clock passed in, and the
 * session of a person who has been disabled is gone at once.
 */
export class SessionStore {
  constructor(
    private readonly db: Db,
    private readonly now: () => Date,
    private readonly limits: () => SessionLimits,
  ) {}

  get(sessionId: string, done: Loaded): void {
    try {
      done(null, this.load(hashId(sessionId)))
    } catch (error) {
      done(error as Error)
    }
  }

  set(sessionId: string, session: Session, done: Callback): void {
    const userId = session.userId ?? null
    const data = { userId, cookie: session.cookie }
    this.whenFree(() => {
      const at = this.now()
      this.db
        .insert(sessions)
        .values({
          id: hashId(sessionId),
          userId,
          data,
          createdAt: at.toISOString(),
          lastSeenAt: at.toISOString(),
          expiresAt: secondsAfter(at, this.limits().absoluteHours * 3600),
        })
        .onConflictDoUpdate({ target: sessions.id, set: { userId, data, lastSeenAt: at.toISOString() } })
        .run()
    }).then(() => done(), done)
  }

  destroy(sessionId: string, done: Callback): void {
    this.whenFree(() =>
      this.db
        .delete(sessions)
        .where(eq(sessions.id, hashId(sessionId)))
        .run(),
    ).then(() => done(), done)
  }

  private load(id: string): Session | null {
    const row = sessionById(this.db).get({ id })
    if (!row) return null
    const at = this.now()
    if (row.disabledAt !== null || hasEnded(row, at, this.limits())) {
      this.writeIfFree(() => this.db.delete(sessions).where(eq(sessions.id, id)).run())
      return null
    }
    if (Math.abs(at.getTime() - Date.parse(row.lastSeenAt)) >= SEEN_EVERY_MS) {
      this.writeIfFree(() =>
        this.db.update(sessions).set({ lastSeenAt: at.toISOString() }).where(eq(sessions.id, id)).run(),
      )
    }
    return row.data as Session
  }

  /**
   * Loading must not wait for an import to let go of the write lock, and must not fail because the disk takes nothing more:
   * the next request does what was left out.
   */
  private writeIfFree(write: () => void): void {
    const client = clientOf(this.db)
    try {
      withoutStamp(client, () => claimWriteLock(client, write))
    } catch (error) {
      if (!isDiskFault(error)) throw error
    }
  }

  private async whenFree(write: () => void): Promise<void> {
    await writeTurn(clientOf(this.db))
    write()
  }
}

/** Clocks differ by some seconds and are set right by some minutes. */
const CLOCK_SKEW_MS = 5 * 60_000

/**
 * Whether a session is over: by its age, by its idleness, or because it was made on a day that has not come yet, by a clock
 * that was ahead then and would keep it open until that day.
 */
function hasEnded(
  { createdAt, lastSeenAt, expiresAt }: { createdAt: string; lastSeenAt: string; expiresAt: string },
  at: Date,
  limits: SessionLimits,
): boolean {
  const now = at.toISOString()
  const idleEnd = secondsAfter(new Date(lastSeenAt), limits.idleMinutes * 60)
  return now >= expiresAt || now >= idleEnd || Date.parse(createdAt) - at.getTime() > CLOCK_SKEW_MS
}

/** The person whose session this is, null where it is over; without counting as a sign of life. */
export function userOfSession(db: Db, sessionId: string, now: Date, limits: SessionLimits): number | null {
  const row = db
    .select()
    .from(sessions)
    .where(eq(sessions.id, hashId(sessionId)))
    .get()
  return row === undefined || hasEnded(row, now, limits) ? null : row.userId
}

/** Ends every session of a person, but not the one whose cookie is `exceptSessionId`. */
export function endSessionsOf(db: Db, userId: number, exceptSessionId?: string): number {
  const others = exceptSessionId === undefined ? undefined : ne(sessions.id, hashId(exceptSessionId))
  return db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), others))
    .run().changes
}

/** Removes what no longer opens anything; called once at start and by the nightly job. */
export function purgeSessions(db: Db, now: Date, limits: SessionLimits): number {
  const idleSince = secondsAfter(now, -limits.idleMinutes * 60)
  return db
    .delete(sessions)
    .where(
      or(
        lt(sessions.expiresAt, now.toISOString()),
        lt(sessions.lastSeenAt, idleSince),
        gt(sessions.createdAt, new Date(now.getTime() + CLOCK_SKEW_MS).toISOString()),
        isNull(sessions.userId),
      ),
    )
    .run().changes
}

declare module 'fastify' {
  interface Session {
    userId?: number
  }
}
