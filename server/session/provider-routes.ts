import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { notFound } from '../errors.ts'
import { SIGN_IN_LIMIT } from '../plugins/rate-limits.ts'
import { readSetting } from '../settings/store.ts'
import { hashPassword, oneTimePassword } from './passwords.ts'
import { IdentityProvider, personOfClaims } from './provider.ts'
import { meSchema } from './schemas.ts'
import { openSession } from './sign-in.ts'

const TAGS = ['登录']
/** Keeps the sign-in under way with the browser that began it. */
const COOKIE = 'zhengbiao-provider'
/** The page to which the provider leads back; it is registered there. */
const BACK = '/signed-in'

interface Options {
  /** The signed-in person as the pages need it. */
  me: (app: FastifyInstance, actor: Actor) => z.infer<typeof meSchema>
}

/** 统一身份登录: by the office's own identity provider, beside the local passwords. */
export const providerRoutes: FastifyPluginAsyncZod<Options> = async (app, { me }) => {
  const provider = app.provider === null ? null : new IdentityProvider(app.provider)
  const cookie = { path: '/api/session', httpOnly: true, sameSite: 'lax', secure: app.https } as const

  app.get(
    '/session/ways',
    {
      config: { roles: 'public' },
      schema: {
        tags: TAGS,
        summary: '怎样登录：有没有统一身份平台，本地密码是否只供管理员',
        response: { 200: z.object({ provider: z.boolean(), localForAdminsOnly: z.boolean() }) },
      },
    },
    async () => ({
      provider: provider !== null,
      localForAdminsOnly: provider !== null && readSetting(app.db, 'identity').localForAdminsOnly,
    }),
  )

  app.post(
    '/session/provider',
    {
      config: { roles: 'public', ...SIGN_IN_LIMIT },
      schema: {
        tags: TAGS,
        summary: '开始统一身份登录（OpenID Connect，授权码加 PKCE）',
        response: { 200: z.object({ address: z.string().describe('统一身份平台的登录页') }) },
      },
    },
    async (request, reply) => {
      if (provider === null) throw notFound('统一身份平台')
      const { address, key } = await provider.begin(
        `${originOf(app, request)}${BACK}`,
        readSetting(app.db, 'identity').match,
      )
      void reply.setCookie(COOKIE, key, { ...cookie, maxAge: 600 })
      return { address }
    },
  )

  app.post(
    '/session/provider/end',
    {
      config: { roles: 'public', ...SIGN_IN_LIMIT },
      schema: {
        tags: TAGS,
        summary: '统一身份平台确认之后登录',
        body: z.object({ query: z.string().max(4000).describe('平台带回的查询串') }).strict(),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      if (provider === null) throw notFound('统一身份平台')
      const claims = await provider.end(request.cookies[COOKIE], request.body.query)
      void reply.clearCookie(COOKIE, cookie)
      const passwordHash = await hashPassword(oneTimePassword(), app.passwordCost)
      const user = personOfClaims(app.db, app.provider!.issuer, claims, request.stamp, passwordHash)
      await openSession(app, request, { ...user, mustChangePassword: false }, { provider: app.provider!.issuer })
      return me(app, request.actor)
    },
  )
}

/** Where people reach us: behind a proxy what it is called there, else what the browser asked. */
const originOf = (app: FastifyInstance, { protocol, host }: FastifyRequest): string =>
  app.publicUrl?.replace(/\/$/, '') ?? `${protocol}://${host}`
