import type { FastifyInstance, FastifyRequest } from 'fastify'
import { inTransaction } from '../../db/transaction.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { Problem } from '../errors.ts'
import { writeTurn } from '../write-turn.ts'
import { throwIfSlowed, type SignInThrottle } from './throttle.ts'
import { findRecoveryCode, plainCode, takeRecoveryCode, takeTotp } from './totp.ts'

const wrongCode = () => {
  const title = '验证码不正确或已经用过'
  return new Problem(401, 'wrong-code', title, '请等手机上的下一个验证码再试；手机不在身边时，可以用恢复码。', {
    errors: [{ path: 'code', message: title }],
  })
}

/**
 * Takes a code of the authenticator or a recovery code, each once; slowed down by the person alone, whatever the address,
 * because whoever gets here knows the password. A refusal goes to the trail.
 * @param recovery whether a recovery code will do
 * @returns which of the two it was
 * @throws {Problem} 401 wrong-code, 429 too-many-failures
 */
export async function checkCode(
  app: FastifyInstance,
  request: FastifyRequest,
  throttle: SignInThrottle,
  userId: number,
  typed: string,
  recovery = true,
): Promise<'totp' | 'recovery'> {
  const key = `code ${userId}`
  throwIfSlowed(throttle, key)
  throttle.failed(key) // counted before the slow check, so that parallel tries are counted too
  const code = plainCode(typed)
  const stamp: Stamp = request.stamp
  const recoveryId = recovery ? await findRecoveryCode(app.db, userId, code) : null
  await writeTurn(app.db.$client)
  const kind = inTransaction(app.db, (tx) => {
    if (takeTotp(tx, userId, code, app.now())) return 'totp'
    if (recoveryId !== null && takeRecoveryCode(tx, recoveryId, app.now())) return 'recovery'
    appendAudit(tx, stamp, 'second-factor.refused', 'user', userId, null, null)
    return null
  })
  if (kind === null) throw wrongCode()
  throttle.succeeded(key)
  return kind
}
