/** API tokens: made, recognised, revoked. Of a token only its SHA-256 is kept. */
import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { TokenScope } from '../../db/domain/token-terms.ts'
import { clientOf } from '../../db/client.ts'
import { withoutStamp } from '../../db/change-stamp.ts'
import type { Db } from '../../db/open.ts'
import { apiTokens } from '../../db/schema/index.ts'
import { claimWriteLock } from '../../db/write-lock.ts'
import { isDiskFault } from '../disk.ts'
import { Problem } from '../errors.ts'
import { hashToken } from '../token-hash.ts'

/** A token begins with it, so that scanners of repositories and logs find one that was lost. */
const PREFIX = 'zbt_'

/** A new token, 256 random bits, and what is kept of it. */
export function newToken(): { token: string; tokenHash: string } {
  const token = PREFIX + randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

/** Who a request with a token speaks for. */
interface TokenUse {
  id: number
  name: string
  userId: number
  scopes: readonly TokenScope[]
}

/** `lastUsedAt` is written at most this often. */
const USED_EVERY_MS = 60_000

/**
 * The token of an Authorization header; null where there is none. Other schemes are not ours: a browser sends along what a
 * server in front asked it for (Basic), and its session goes on.
 * @throws {Problem} 401 for one that is unknown, revoked or over: the same answer for all
 */
export function tokenOf(db: Db, authorization: string | undefined, now: Date): TokenUse | null {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return null
  const row =
    token.startsWith(PREFIX) &&
    db
      .select()
      .from(apiTokens)
      .where(and(eq(apiTokens.tokenHash, hashToken(token)), isNull(apiTokens.revokedAt)))
      .get()
  if (!row || row.expiresAt <= now.toISOString())
    throw new Problem(401, 'invalid-token', '令牌无效', '接口令牌有误、已到期或已撤销，请联系管理员重新开具。')
  noteUse(db, row, now)
  return { id: row.id, name: row.name, userId: row.userId, scopes: row.scopes }
}

/** A read must not wait for the write lock, and must not fail because the disk takes nothing more. */
function noteUse(db: Db, { id, lastUsedAt }: typeof apiTokens.$inferSelect, now: Date): void {
  if (lastUsedAt !== null && Math.abs(now.getTime() - Date.parse(lastUsedAt)) < USED_EVERY_MS) return
  const client = clientOf(db)
  try {
    withoutStamp(client, () =>
      claimWriteLock(client, () =>
        db.update(apiTokens).set({ lastUsedAt: now.toISOString() }).where(eq(apiTokens.id, id)).run(),
      ),
    )
  } catch (error) {
    if (!isDiskFault(error)) throw error
  }
}
