import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { calendarFeeds, users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { hashToken } from '../token-hash.ts'

/** Random bytes of an address: nobody guesses it. */
const TOKEN_BYTES = 32
/** The last fetch is noted once in so many milliseconds. */
const NOTED_EVERY_MS = 3_600_000

/** What may be shown of a person's feed: never its address. */
export const feedOf = (db: Db, userId: number) =>
  db
    .select({ createdAt: calendarFeeds.createdAt, lastReadAt: calendarFeeds.lastReadAt })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.userId, userId))
    .get() ?? null

/** Makes a new secret address; the one before ends. @returns its random part, which is never shown again */
export function makeFeed(db: Db, actor: Actor): string {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  inTransaction(db, (tx) => {
    tx.delete(calendarFeeds).where(eq(calendarFeeds.userId, actor.id)).run()
    tx.insert(calendarFeeds)
      .values({ userId: actor.id, tokenHash: hashToken(token), createdAt: actor.at })
      .run()
    appendAudit(tx, actor, 'calendar.feed', 'user', actor.id, null, null)
  })
  return token
}

/** Ends a person's secret address. @returns whether there was one */
export function endFeed(db: Db, actor: Actor): boolean {
  return inTransaction(db, (tx) => {
    const ended = tx.delete(calendarFeeds).where(eq(calendarFeeds.userId, actor.id)).run().changes > 0
    if (ended) appendAudit(tx, actor, 'calendar.end-feed', 'user', actor.id, null, null)
    return ended
  })
}

/** The person whose feed has this secret, null where there is none or the account is disabled. */
export function readerOf(db: Db, token: string) {
  return (
    db
      .select({ id: users.id, role: users.role, unitId: users.unitId, lastReadAt: calendarFeeds.lastReadAt })
      .from(calendarFeeds)
      .innerJoin(users, eq(users.id, calendarFeeds.userId))
      .where(and(eq(calendarFeeds.tokenHash, hashToken(token)), isNull(users.disabledAt)))
      .get() ?? null
  )
}

/** Whether the fetch should be noted: not each of the many that a program makes. */
export const isWorthNoting = (lastReadAt: string | null, now: Date): boolean =>
  lastReadAt === null || now.getTime() - Date.parse(lastReadAt) >= NOTED_EVERY_MS

export function noteRead(db: Db, userId: number, at: string): void {
  db.update(calendarFeeds).set({ lastReadAt: at }).where(eq(calendarFeeds.userId, userId)).run()
}
