import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { signInLinks, users } from '../../db/schema/index.ts'
import { notFound } from '../errors.ts'
import { hashToken } from '../token-hash.ts'

/** 192 random bits, as they stand in the address of a link. */
export const newLinkToken = (): string => randomBytes(24).toString('base64url')

/** Keeps a link by the hash of its token; instants are UTC ISO. */
export function storeLink(
  tx: Db,
  { token, ...link }: { token: string; userId: number; createdAt: string; expiresAt: string },
): void {
  tx.insert(signInLinks)
    .values({ tokenHash: hashToken(token), ...link })
    .run()
}

/** The person whose link this is; 404 where it is unknown, used or too old, or the person has been disabled. */
export function personOfLink(db: Db, token: string, now: Date): typeof users.$inferSelect {
  const row = db
    .select({ user: users })
    .from(signInLinks)
    .innerJoin(users, eq(users.id, signInLinks.userId))
    .where(
      and(
        eq(signInLinks.tokenHash, hashToken(token)),
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, now.toISOString()),
        isNull(users.disabledAt),
      ),
    )
    .get()
  if (!row) throw notFound('登录链接')
  return row.user
}

/** Marks every link of a person as used: one has been used, or the administrator has given another way in. */
export function endLinksOf(tx: Db, userId: number, now: Date): void {
  tx.update(signInLinks)
    .set({ usedAt: now.toISOString() })
    .where(and(eq(signInLinks.userId, userId), isNull(signInLinks.usedAt)))
    .run()
}
