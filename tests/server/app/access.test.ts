import type { HTTPMethods } from 'fastify'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '../../../db/schema/index.ts'
import { accessPlugin, type RouteAccess } from '../../../server/plugins/access.ts'
import { buildTestApp, PEOPLE, ROLE_OF, type TestApp } from '../helper.ts'

/** A path with something in every place that is asked for. */
const filled = (url: string) => url.replace(/:[a-z]+/gi, '1').replace('*', 'x')

describe('every route', () => {
  let test: TestApp
  let routes: RouteAccess[]
  beforeAll(async () => {
    test = await buildTestApp()
    routes = test.app.routeAccess.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
  })
  afterAll(() => test.close())
  const call = (person: (typeof PEOPLE)[number] | null, { method, url }: RouteAccess) => {
    const request = { method: method as 'GET', url: filled(url) }
    return person ? test.injectAs(person, request) : test.inject(request)
  }

  it('is known', () => {
    expect(routes.length).toBeGreaterThan(20)
    const open = routes
      .filter(({ roles }) => roles === 'public')
      .map(({ method, url }) => `${method} ${url}`)
      .filter((route) => !route.includes('/api/docs'))
    // A new public route has to be added here by hand, on purpose.
    expect(open.sort()).toEqual([
      'GET /api/calendar/feeds/:file',
      'GET /api/health',
      'GET /api/openapi.json',
      'GET /api/session/ways',
      'GET /api/setup/:token',
      'GET /api/welcome/:token',
      'POST /api/session',
      'POST /api/session/provider',
      'POST /api/session/provider/end',
      'POST /api/setup/:token',
      'POST /api/welcome/:token',
    ])
  })

  it('answers 401 to somebody who is not signed in', async () => {
    for (const route of routes.filter(({ roles }) => roles !== 'public')) {
      const response = await call(null, route)
      expect([response.statusCode, response.json().code], `${route.method} ${route.url}`).toEqual([
        401,
        'not-signed-in',
      ])
    }
  })

  it.each(PEOPLE)('refuses %s where the role is not named', async (person) => {
    for (const route of routes) {
      if (route.roles === 'public' || route.roles.includes(ROLE_OF[person])) continue
      const response = await call(person, route)
      expect([response.statusCode, response.json().code], `${route.method} ${route.url}`).toEqual([403, 'forbidden'])
    }
  })

  it('has its refusals told in the trail', () => {
    const refused = test.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action === 'access.refused')
    expect(refused.some(({ userName, entityId }) => userName === 'reporter' && entityId === 'GET /api/audit')).toBe(
      true,
    )
  })

  it('answers HEAD to the same people as GET', () => {
    for (const { url, roles } of test.app.routeAccess.filter(
      ({ method, url }) => method === 'HEAD' && !url.startsWith('/api/docs'),
    )) {
      expect(routes.find((route) => route.method === 'GET' && route.url === url)?.roles, url).toEqual(roles)
    }
  })

  it('is described with the schemas of its answers', async () => {
    const { paths } = (await test.inject({ url: '/api/openapi.json' })).json() as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
    }
    for (const { method, url } of routes) {
      if (url.startsWith('/api/docs') || url === '/api/openapi.json') continue
      const path = url.replace(/:([a-z]+)/gi, '{$1}')
      const responses = Object.keys(paths[path]?.[method.toLowerCase()]?.responses ?? {})
      expect(
        responses.some((status) => status.startsWith('2')),
        `${method} ${url} has no schema of its answer`,
      ).toBe(true)
      expect(responses).toContain('4XX')
    }
  })
})

describe('a route that declares no roles', () => {
  it.each(['GET', 'POST'] as HTTPMethods[])('by %s stops the start', async (method) => {
    const app = Fastify()
    app.decorate('routeAccess', [])
    await app.register(async (scope) => {
      // The plugin's own dependencies are not what is tested here.
      await (accessPlugin as unknown as (instance: typeof scope, options: { publicUrl: null }) => Promise<void>)(
        scope,
        { publicUrl: null },
      )
      scope.route({ method, url: '/forgotten', handler: async () => 'open' })
    })
    await expect(app.ready()).rejects.toThrow(/\/forgotten does not declare config.roles/)
    await app.close()
  })
})
