import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import type { Role } from '../../db/domain/roles.ts'
import { refusalLog } from '../audit/refusals.ts'
import { forbidden, notSignedIn, Problem } from '../errors.ts'

/** One route of the API and who may call it. */
export interface RouteAccess {
  method: string
  url: string
  roles: readonly Role[] | 'public'
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with its declared access, in the order of registration. */
    readonly routeAccess: RouteAccess[]
  }
}

/** Methods that change nothing. */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Roles and the guard against forged requests, for every route of the API.
 * A route that does not declare `config.roles` stops the start: forgetting it must not open anything.
 */
export const accessPlugin = fp(
  async (app: FastifyInstance, options: { publicUrl: string | null }) => {
    const publicHost = options.publicUrl === null ? null : new URL(options.publicUrl).host
    const refusals = refusalLog(app)
    const routes: RouteOptions[] = []
    app.addHook('onRoute', (route) => {
      routes.push(route)
    })
    // At the end, because the scope of a foreign plugin declares for its routes after this hook has seen them.
    app.addHook('onReady', async () => {
      for (const { method, url, config } of routes) {
        const roles = config?.roles
        if (roles === undefined) throw new Error(`${String(method)} ${url} does not declare config.roles`)
        for (const one of [method].flat()) app.routeAccess.push({ method: one, url, roles })
      }
    })

    // After every `onRequest`, the limits among them: who is refused is counted as well.
    app.addHook('preParsing', async (request) => {
      // No page of another site can send a token along: it is in no cookie.
      if (request.tokenScopes !== null) refuseBeyondToken(request)
      else if (!SAFE_METHODS.has(request.method)) refuseForged(request, publicHost)
      const roles = request.routeOptions.config.roles
      if (request.is404 || roles === 'public') return
      const actor = request.actorOrNull
      if (!actor) throw notSignedIn()
      if (!roles?.includes(actor.role)) {
        await refusals.note(actor, `${request.method} ${request.routeOptions.url}`)
        throw forbidden()
      }
      if (actor.mustChangePassword && !request.routeOptions.config.beforePasswordChange) {
        throw new Problem(403, 'password-change-required', '请先修改密码', '您使用的是一次性密码，请先设置新密码。')
      }
      if (actor.mustSetUpSecondFactor && !request.routeOptions.config.beforeSecondFactor) {
        throw new Problem(
          403,
          'second-factor-setup-required',
          '请先开启两步验证',
          '您的角色须开启两步验证后才能使用本系统。',
        )
      }
    })
  },
  { name: 'access', dependencies: ['session', 'errors'] },
)

/** A token reads with `read`, and changes only what names its scope; what concerns sign-in and tokens themselves is not its. */
function refuseBeyondToken(request: FastifyRequest): void {
  const { tokenScope } = request.routeOptions.config
  const isRead = SAFE_METHODS.has(request.method) && !/^\/api\/(?:session|tokens)/.test(request.routeOptions.url ?? '')
  const needed = tokenScope ?? (isRead ? 'read' : null)
  if (needed === null || !request.tokenScopes!.includes(needed))
    throw new Problem(403, 'token-scope', '令牌没有此权限', '这个接口令牌的权限不包括此操作，请联系管理员。')
}

/**
 * A page of another site can neither set the header nor hide its origin (ASVS 3.5.1).
 * Origin and Sec-Fetch-Site are checked where the browser sends them.
 */
function refuseForged(request: FastifyRequest, publicHost: string | null): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const ours =
    request.headers['x-requested-with'] === 'zhengbiao' &&
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || [request.host, publicHost].includes(hostOf(origin)))
  if (!ours)
    throw new Problem(403, 'forged-request', '请求来源不可信', '请从本系统的页面进行操作；若已打开多时，请刷新页面。')
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return 'none' // `Origin: null`, or no URL at all
  }
}
