import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { inTransaction } from '../../db/transaction.ts'
import type { Db } from '../../db/open.ts'
import { setupLinks, users } from '../../db/schema/index.ts'
import { notFound } from '../errors.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import { hashToken } from '../token-hash.ts'

/** The link of the first administrator works so long. */
const SETUP_HOURS = 24

/** Whether nobody can sign in yet. */
const hasNoUsers = (db: Db): boolean => db.select({ id: users.id }).from(users).limit(1).get() === undefined

/** A new one-time token for the first administrator; earlier ones end. Null when there are people already. */
export function createSetupToken(db: Db, now: Date): string | null {
  return inTransaction(db, (tx) => {
    if (!hasNoUsers(tx)) return null
    const token = randomBytes(24).toString('base64url')
    tx.delete(setupLinks).run()
    tx.insert(setupLinks)
      .values({
        tokenHash: hashToken(token),
        createdAt: now.toISOString(),
        expiresAt: secondsAfter(now, SETUP_HOURS * 3600),
      })
      .run()
    return token
  })
}

/** 404 where the token is unknown, used, too old, or somebody has been set up already. */
export function checkSetupToken(db: Db, token: string, now: Date): void {
  const link = db
    .select()
    .from(setupLinks)
    .where(
      and(
        eq(setupLinks.tokenHash, hashToken(token)),
        isNull(setupLinks.usedAt),
        gt(setupLinks.expiresAt, now.toISOString()),
      ),
    )
    .get()
  if (!link || !hasNoUsers(db)) throw notFound('初始设置链接')
}

/** Marks the token as used; inside the transaction that creates the administrator. */
export function useSetupToken(tx: Db, token: string, now: Date): void {
  checkSetupToken(tx, token, now)
  tx.update(setupLinks)
    .set({ usedAt: now.toISOString() })
    .where(eq(setupLinks.tokenHash, hashToken(token)))
    .run()
}
