import { eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { users } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { Problem } from '../errors.ts'
import { passwordMatches } from './passwords.ts'
import { type SignInThrottle, throwIfSlowed } from './throttle.ts'

/**
 * Asks a person who is signed in for the password once more, before something that guards the account is changed.
 * @param path name of the field in the request
 * @throws {Problem} 400 wrong-password, 429 too-many-failures
 */
export async function confirmPassword(
  app: FastifyInstance,
  actor: Actor,
  throttle: SignInThrottle,
  password: string,
  path = 'password',
) {
  const key = `password ${actor.id} ${actor.ip}`
  throwIfSlowed(throttle, key)
  throttle.failed(key)
  const user = app.db.select().from(users).where(eq(users.id, actor.id)).get()!
  if (!(await passwordMatches(user.passwordHash, password))) {
    const title = path === 'current' ? '原密码不正确' : '密码不正确'
    throw new Problem(400, 'wrong-password', title, `${title}，请重新输入。`, { errors: [{ path, message: title }] })
  }
  throttle.succeeded(key)
  return user
}
