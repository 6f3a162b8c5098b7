import { and, eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { inTransaction } from '../../db/transaction.ts'
import type { Db } from '../../db/open.ts'
import { auditLog, users } from '../../db/schema/index.ts'
import { appendAudit } from '../audit/append.ts'
import { Problem } from '../errors.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import { nameKey, userByName } from '../core/user-name.ts'
import { SIGN_INS_PER_MINUTE } from '../plugins/rate-limits.ts'
import { readSetting } from '../settings/store.ts'
import { loadActor } from './plugin.ts'
import { passwordMatches, pretendToCheck } from './passwords.ts'
import { checkCode } from './check-code.ts'
import { type SignInThrottle, throwIfSlowed } from './throttle.ts'
import { factorOf } from './totp.ts'

/** A one-time password works this long after it was first used, so that a broken-off first visit can be resumed. */
const ONE_TIME_GRACE_SECONDS = 30 * 60

type User = typeof users.$inferSelect

const wrong = () =>
  new Problem(401, 'wrong-credentials', '登录未成功', '用户名或密码不正确；一次性密码过期后请联系管理员重置。')

/**
 * Checks name and password and opens a new session. The same answer in about the same time for an unknown name, a wrong
 * password, a disabled person and a one-time password that has run out. Tries and successes go to the audit log.
 * Whoever has switched on 两步验证 sends name, password and code together, after the 401 problem second-factor-required.
 */
export async function signIn(
  app: FastifyInstance,
  request: FastifyRequest,
  throttle: SignInThrottle,
  username: string,
  password: string,
  code?: string,
): Promise<void> {
  const key = `${nameKey(username)} ${request.ip}`
  throwIfSlowed(throttle, key)
  const user = userByName(app.db, username)
  // One address may stand for an office: guesses over many names slow down only names that never signed in from it.
  if (app.hasDecorator('rateLimit') && !hasSignedInFrom(app.db, user?.id, request.ip))
    throttle.throwIfCrowded(request.ip, SIGN_INS_PER_MINUTE)
  throttle.failed(key) // counted before the slow check, so that parallel tries are counted too
  const matches = user
    ? await passwordMatches(user.passwordHash, password)
    : await pretendToCheck(password, app.passwordCost).then(() => false)
  const now = app.now()
  const expired = user?.passwordExpiresAt != null && user.passwordExpiresAt <= now.toISOString()
  if (!user || !matches || user.disabledAt !== null || expired) {
    const reason = !user ? 'unknown-name' : !matches ? 'wrong-password' : expired ? 'expired' : 'disabled'
    // What was typed as a name may be a password typed into the wrong field: only a known name is written down.
    inTransaction(app.db, (tx) =>
      appendAudit(tx, request.stamp, 'session.refused', 'user', user?.id ?? null, null, {
        username: user?.username ?? null,
        reason,
      }),
    )
    throw wrong()
  }
  throttle.succeeded(key)
  refuseLocal(app, user)
  if (factorOf(app.db, user.id) === undefined) return openSession(app, request, user)
  if (code === undefined)
    throw new Problem(401, 'second-factor-required', '还需要验证码', '请输入手机验证器上的 6 位验证码。')
  await openSession(app, request, user, { secondFactor: await checkCode(app, request, throttle, user.id, code) })
}

/**
 * Whoever enters by something of this system's own (password, link) has to be one for whom the administrator left that way.
 * @throws {Problem} 403 where all but administrators come by the identity provider
 */
export function refuseLocal(app: FastifyInstance, { role }: Pick<User, 'role'>): void {
  if (app.provider !== null && role !== 'admin' && readSetting(app.db, 'identity').localForAdminsOnly)
    throw new Problem(403, 'provider-only', '请用统一身份登录', '本系统已改用统一身份登录，本地密码只供管理员使用。')
}

/** Whether the person has signed in from this address before; the trail knows. */
function hasSignedInFrom(db: Db, userId: number | undefined, ip: string): boolean {
  if (userId === undefined) return false
  const { entity, entityId, action } = auditLog
  const here = and(eq(entity, 'user'), eq(entityId, String(userId)), eq(action, 'session.open'), eq(auditLog.ip, ip))
  return db.select({ id: auditLog.id }).from(auditLog).where(here).limit(1).get() !== undefined
}

/** A new id for the session (whatever the browser sent ends), bound to the person. */
export async function openSession(
  app: FastifyInstance,
  request: FastifyRequest,
  user: User,
  how: { secondFactor: 'totp' | 'recovery' } | { provider: string } | null = null,
): Promise<void> {
  if (request.session.cookie.secure && request.protocol !== 'https') {
    throw new Problem(
      400,
      'insecure-connection',
      '连接不安全',
      '本系统只能通过 HTTPS 登录。请使用 https 开头的地址；管理员请检查反向代理是否设置了 X-Forwarded-Proto。',
    )
  }
  await request.session.regenerate()
  request.session.userId = user.id
  request.actorOrNull = loadActor(app, user.id, request.ip)
  inTransaction(app.db, (tx) => {
    if (user.mustChangePassword) {
      const end = secondsAfter(app.now(), ONE_TIME_GRACE_SECONDS)
      if (user.passwordExpiresAt === null || end < user.passwordExpiresAt) {
        tx.update(users).set({ passwordExpiresAt: end }).where(eq(users.id, user.id)).run()
      }
    }
    appendAudit(tx, request.actor, 'session.open', 'user', user.id, null, how)
  })
}
