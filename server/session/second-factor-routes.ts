import { eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'
import { inTransaction } from '../../db/transaction.ts'
import { secondFactors } from '../../db/schema/index.ts'
import { appendAudit } from '../audit/append.ts'
import { Problem, wrongState } from '../errors.ts'
import { passwordField } from './schemas.ts'
import { getUser } from '../core/users.ts'
import { SIGN_IN_LIMIT } from '../plugins/rate-limits.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import { idParams, noContent } from '../schema.ts'
import { checkCode } from './check-code.ts'
import { confirmPassword } from './confirm-password.ts'
import { mustSetUpFactor } from './plugin.ts'
import { endSessionsOf } from './store.ts'
import type { SignInThrottle } from './throttle.ts'
import {
  factorOf,
  makeRecoveryCodes,
  newSecret,
  removeFactor,
  secretUri,
  unusedCodes,
  writeRecoveryCodes,
} from './totp.ts'

const TAGS = ['登录']
/** A secret that was shown has to be confirmed within so many seconds. */
const CONFIRM_WITHIN = 30 * 60

/** Six digits, or a recovery code where the route takes one. */
export const codeField = z.string().min(6).max(40)
const codesSchema = z.object({ recoveryCodes: z.array(z.string()) })

const notOn = () => wrongState('两步验证没有开启。')

/** 两步验证 of the person signed in, and the administrator's reset for one who has lost the telephone. */
export const secondFactorRoutes: FastifyPluginAsyncZod<{ throttle: SignInThrottle }> = async (app, { throttle }) => {
  const own = { roles: ROLES, beforeSecondFactor: true, ...SIGN_IN_LIMIT }

  app.get(
    '/session/second-factor',
    {
      config: { roles: ROLES, beforeSecondFactor: true },
      schema: {
        tags: TAGS,
        summary: '本人的两步验证',
        response: {
          200: z
            .object({
              on: z.boolean(),
              since: z.string().nullable(),
              recoveryCodesLeft: z.int(),
              required: z.boolean(),
            })
            .meta({ id: 'SecondFactor' }),
        },
      },
    },
    async ({ actor }) => {
      const factor = factorOf(app.db, actor.id)
      return {
        on: factor !== undefined,
        since: factor?.confirmedAt ?? null,
        recoveryCodesLeft: factor ? unusedCodes(app.db, actor.id).length : 0,
        required: mustSetUpFactor(app.db, actor.role, false),
      }
    },
  )

  app.post(
    '/session/second-factor',
    {
      config: own,
      schema: {
        tags: TAGS,
        summary: '取得密钥，尚未开启',
        body: z.strictObject({ password: passwordField }),
        response: { 200: z.object({ secret: z.string(), uri: z.string() }) },
      },
    },
    async ({ actor, body }) => {
      await confirmPassword(app, actor, throttle, body.password)
      const secret = newSecret()
      const row = { secret, lastStep: 0, confirmedAt: null, createdAt: actor.at }
      inTransaction(app.db, (tx) => {
        if (factorOf(tx, actor.id)) throw wrongState('两步验证已经开启；更换手机请先关闭再重新开启。')
        tx.insert(secondFactors)
          .values({ userId: actor.id, ...row })
          .onConflictDoUpdate({ target: secondFactors.userId, set: row })
          .run()
      })
      return { secret, uri: secretUri(secret, actor.username) }
    },
  )

  app.post(
    '/session/second-factor/confirm',
    {
      config: own,
      schema: {
        tags: TAGS,
        summary: '以一个验证码开启，取得恢复码',
        body: z.strictObject({ code: codeField }),
        response: { 200: codesSchema },
      },
    },
    async (request) => {
      const { actor } = request
      const pending = app.db.select().from(secondFactors).where(eq(secondFactors.userId, actor.id)).get()
      if (
        !pending ||
        pending.confirmedAt !== null ||
        secondsAfter(new Date(pending.createdAt), CONFIRM_WITHIN) < actor.at
      ) {
        throw wrongState('没有等待确认的密钥，或已超过 30 分钟，请重新开始。')
      }
      await checkCode(app, request, throttle, actor.id, request.body.code, false)
      const { codes, hashes } = await makeRecoveryCodes(app.passwordCost)
      inTransaction(app.db, (tx) => {
        // The secret that the code was of, not one that another window has asked for since.
        const { changes } = tx
          .update(secondFactors)
          .set({ confirmedAt: actor.at })
          .where(eq(secondFactors.secret, pending.secret))
          .run()
        if (changes !== 1) throw wrongState('密钥已在另一个窗口重新生成，请用新的密钥。')
        writeRecoveryCodes(tx, actor.id, hashes, actor.at)
        endSessionsOf(tx, actor.id, request.session.sessionId)
        appendAudit(tx, actor, 'second-factor.on', 'user', actor.id, null, null)
      })
      return { recoveryCodes: codes }
    },
  )

  app.post(
    '/session/second-factor/recovery-codes',
    {
      config: own,
      schema: {
        tags: TAGS,
        summary: '重新生成恢复码，旧的失效',
        body: z.strictObject({ password: passwordField, code: codeField }),
        response: { 200: codesSchema },
      },
    },
    async (request) => {
      const { actor, body } = request
      await confirmPassword(app, actor, throttle, body.password)
      if (!factorOf(app.db, actor.id)) throw notOn()
      await checkCode(app, request, throttle, actor.id, body.code)
      const { codes, hashes } = await makeRecoveryCodes(app.passwordCost)
      inTransaction(app.db, (tx) => {
        writeRecoveryCodes(tx, actor.id, hashes, actor.at)
        appendAudit(tx, actor, 'second-factor.recovery-codes', 'user', actor.id, null, null)
      })
      return { recoveryCodes: codes }
    },
  )

  app.post(
    '/session/second-factor/off',
    {
      config: own,
      schema: {
        tags: TAGS,
        summary: '关闭两步验证',
        body: z.strictObject({ password: passwordField, code: codeField }),
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { actor, body } = request
      await confirmPassword(app, actor, throttle, body.password)
      if (!factorOf(app.db, actor.id)) throw notOn()
      await checkCode(app, request, throttle, actor.id, body.code)
      inTransaction(app.db, (tx) => {
        removeFactor(tx, actor.id)
        endSessionsOf(tx, actor.id, request.session.sessionId)
        appendAudit(tx, actor, 'second-factor.off', 'user', actor.id, null, null)
      })
      return reply.code(204).send()
    },
  )

  app.delete(
    '/users/:id/second-factor',
    {
      config: { roles: ['admin'] },
      schema: {
        tags: ['人员'],
        summary: '重置此人的两步验证，并结束其登录',
        params: idParams,
        response: { 204: noContent },
      },
    },
    async ({ actor, params }, reply) => {
      inTransaction(app.db, (tx) => {
        const { id } = getUser(tx, params.id)
        // Whoever sits at an administrator's open session must not get rid of the code that guards it.
        if (id === actor.id)
          throw new Problem(
            409,
            'own-second-factor',
            '不能重置本人的',
            '请在“两步验证”页面用密码和验证码关闭；手机遗失的，用恢复码，或请另一位管理员重置。',
          )
        if (!removeFactor(tx, id)) throw notOn()
        endSessionsOf(tx, id)
        appendAudit(tx, actor, 'second-factor.reset', 'user', id, null, null)
      })
      return reply.code(204).send()
    },
  )
}
