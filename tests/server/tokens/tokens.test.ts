import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiTokens, auditLog, targets, users } from '../../../db/schema/index.ts'
import { buildTestApp, type TestApp } from '../helper.ts'

describe('an API token', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await buildTestApp()
  })
  afterEach(() => test.close())

  const make = async (change: object = {}) =>
    test.injectAs('admin', {
      method: 'POST',
      url: '/api/tokens',
      payload: { name: 'OA 办公系统', userId: test.userIds.supervisor, scopes: ['read', 'items'], days: 30, ...change },
    })
  const by = (token: string, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    test.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) })
  const ITEM = {
    source: { kind: 'meeting', title: '市政府第12次常务会议', issuedOn: '2026-06-20' },
    text: '甲局2026年9月底前研究提出停车收费办法。',
    indicator: '研究停车收费办法',
    kind: 'milestone',
    deadline: '2026-09-30',
    units: [{ role: 'lead', name: '甲局' }],
  }

  it('lets another program create items and read states in the name of an account', async () => {
    const { token } = (await make()).json()
    const created = await by(token, 'POST', '/api/items', ITEM)
    expect([created.statusCode, created.body]).toEqual([201, expect.stringContaining('confirmed')])
    const [target] = test.db.select().from(targets).all()
    expect((await by(token, 'GET', `/api/targets/${target!.id}`)).json()).toMatchObject({ state: 'confirmed' })
    expect((await by(token, 'GET', '/api/targets')).json().total).toBe(1)
    const trail = test.db.select().from(auditLog).all()
    expect(trail.some(({ userName }) => userName === 'supervisor（接口：OA 办公系统）')).toBe(true)
    expect(JSON.stringify([trail, test.db.select().from(apiTokens).all()])).not.toContain(token)
    expect((await test.injectAs('admin', { url: '/api/tokens' })).json().items[0]).toMatchObject({
      name: 'OA 办公系统',
      lastUsedAt: test.clock.now.toISOString(),
      user: { displayName: 'supervisor' },
    })
  })

  it.each<[what: string, scopes: string[], method: 'GET' | 'POST' | 'DELETE', url: string, code: string]>([
    ['creates nothing with reading alone', ['read'], 'POST', '/api/items', 'token-scope'],
    ['reads nothing with creating alone', ['items'], 'GET', '/api/targets', 'token-scope'],
    ['takes no step', ['read', 'items'], 'POST', '/api/targets/1/steps/accept', 'token-scope'],
    ['reads no tokens', ['read'], 'GET', '/api/tokens', 'token-scope'],
    ['ends no session', ['read'], 'DELETE', '/api/session', 'token-scope'],
    ['is no more than its account', ['read'], 'GET', '/api/users', 'forbidden'],
  ])('%s', async (_what, scopes, method, url, code) => {
    const { token } = (await make({ scopes })).json()
    const answer = await by(token, method, url, method === 'POST' ? ITEM : undefined)
    expect([answer.statusCode, answer.json().code]).toEqual([403, code])
  })

  it('ends by its end, by being revoked, and with its account', async () => {
    const token = async () => (await make({ days: 1 })).json().token as string
    const status = async (one: string) => (await by(one, 'GET', '/api/targets')).json().code ?? 'good'
    const [late, revoked, orphan] = [await token(), await token(), await token()]
    expect([await status(late), await status('zbt_unknown'), await status('x')]).toEqual([
      'good',
      'invalid-token',
      'invalid-token',
    ])
    expect((await test.injectAs('admin', { method: 'DELETE', url: '/api/tokens/2' })).json().revokedAt).not.toBeNull()
    expect(await status(revoked)).toBe('invalid-token')
    test.db.update(users).set({ disabledAt: test.clock.now.toISOString() }).run()
    expect(await status(orphan)).toBe('not-signed-in')
    test.db.update(users).set({ disabledAt: null }).run()
    test.clock.advance(24 * 3600)
    expect(await status(late)).toBe('invalid-token')
  })

  it.each(['admin', 'reporter'] as const)('ends where its account becomes %s', async (role) => {
    const { token } = (await make({ scopes: ['read'] })).json()
    expect((await by(token, 'GET', '/api/targets')).statusCode).toBe(200)
    test.db.update(users).set({ role }).where(eq(users.id, test.userIds.supervisor)).run()
    expect((await by(token, 'GET', '/api/targets')).statusCode).toBe(401)
  })

  it('is only what follows Bearer: with another header a session goes on, and nobody comes in', async () => {
    const authorization = `Basic ${Buffer.from('office:front door').toString('base64')}`
    const cookie = await test.signIn('supervisor')
    const status = async (headers: Record<string, string>) =>
      (await test.app.inject({ url: '/api/targets', headers: { authorization, ...headers } })).statusCode
    expect([await status({ cookie }), await status({})]).toEqual([200, 401])
  })

  it('speaks for an account of the office or of a leader alone', async () => {
    for (const person of ['admin', 'reporter'] as const)
      expect((await make({ userId: test.userIds[person] })).json().detail).toContain('督查室或领导账号')
    expect((await make({ userId: test.userIds.leader })).json().detail).toContain('督查室账号')
    expect((await make({ userId: test.userIds.leader, scopes: ['read'] })).statusCode).toBe(201)
  })

  it('is told of in the description of the API', async () => {
    const { info, components } = (await test.inject({ url: '/api/openapi.json' })).json()
    expect(info.description).toContain('Authorization: Bearer')
    expect(components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' })
  })
})
