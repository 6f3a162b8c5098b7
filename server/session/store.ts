import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, ne, or } from 'drizzle-orm'
import type { Session } from 'fastify'
import type { Db } from '../../db/open.ts'
import { sessions, users } from '../../db/schema/index.ts'
import { withoutStamp } from '../../db/change-stamp.ts'
import { claimWriteLock } from '../../db/write-lock.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import { clientOf } from '../../db/client.ts'
import { writeTurn } from '../write-turn.ts'

/** Written limits of a session (ASVS 7.1.1). */
export interface SessionLimits {
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
export const hashId = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex')

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
    const row = this.db
      .select({
        data: sessions.data,
        lastSeenAt: sessions.lastSeenAt,
        expiresAt: sessions.expiresAt,
        disabledAt: users.disabledAt,
      })
      .from(sessions)
      .leftJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, id))
      .get()
    if (!row) return null
    const at = this.now()
    const idleEnd = secondsAfter(new Date(row.lastSeenAt), this.limits().idleMinutes * 60)
    if (at.toISOString() >= row.expiresAt || at.toISOString() >= idleEnd || row.disabledAt !== null) {
      this.writeIfFree(() => this.db.delete(sessions).where(eq(sessions.id, id)).run())
      return null
    }
    if (at.getTime() - Date.parse(row.lastSeenAt) >= SEEN_EVERY_MS) {
      this.writeIfFree(() =>
        this.db.update(sessions).set({ lastSeenAt: at.toISOString() }).where(eq(sessions.id, id)).run(),
      )
    }
    return row.data as Session
  }

  /** Loading must not wait for an import to let go of the write lock: the next request does what was left out. */
  private writeIfFree(write: () => void): void {
    const client = clientOf(this.db)
    withoutStamp(client, () => claimWriteLock(client, write))
  }

  private async whenFree(write: () => void): Promise<void> {
    await writeTurn(clientOf(this.db))
    write()
  }
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
    .where(or(lt(sessions.expiresAt, now.toISOString()), lt(sessions.lastSeenAt, idleSince), isNull(sessions.userId)))
    .run().changes
}

declare module 'fastify' {
  interface Session {
    userId?: number
  }
}
