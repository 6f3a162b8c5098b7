import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, sessions } from '../../../db/schema/index.ts'
import { hashId, purgeSessions } from '../../../server/session/store.ts'
import { buildTestApp, PASSWORD, type Person, type TestApp } from '../helper.ts'

const MINUTE = 60
const HOUR = 3600

describe('a session', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await buildTestApp()
  })
  afterEach(() => test.close())

  const post = (payload: object, headers: Record<string, string> = {}) =>
    test.inject({ method: 'POST', url: '/api/session', payload, headers })
  const get = async (cookie: string) => (await test.inject({ url: '/api/session', headers: { cookie } })).statusCode
  const version = (person: Person) =>
    test.db.query.users.findFirst({ where: (user) => eq(user.id, test.userIds[person]) }).sync()!.version

  it('gets a new id at sign-in: an id brought along is worth nothing', async () => {
    const planted = 'zhengbiao=planted-by-somebody-else'
    const response = await post({ username: 'leader', password: PASSWORD }, { cookie: planted })
    expect(response.statusCode).toBe(200)
    expect(response.cookies[0]!.value).not.toContain('planted')
    expect(await get(planted)).toBe(401)
  })

  it('ends when the same browser signs in again: the old id no longer works', async () => {
    const first = await test.signIn('leader')
    const response = await post({ username: 'admin', password: PASSWORD }, { cookie: first })
    expect(response.json()).toMatchObject({ role: 'admin' })
    expect(await get(first)).toBe(401)
  })

  it('is a long random value, kept only as its hash, in a cookie that scripts cannot read', async () => {
    const response = await post({ username: 'leader', password: PASSWORD })
    const [cookie] = response.cookies
    expect(cookie).toMatchObject({ name: 'zhengbiao', httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(Buffer.from(cookie!.value, 'base64url').length).toBe(32)
    const rows = test.db.select().from(sessions).all()
    expect(rows.map(({ id }) => id)).toEqual([hashId(cookie!.value)])
    expect(JSON.stringify(rows)).not.toContain(cookie!.value)
  })

  it('is Secure and __Host- when served by HTTPS', async () => {
    const https = await buildTestApp({ https: true, trustProxy: ['loopback'] })
    const response = await https.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'leader', password: PASSWORD },
      headers: { 'x-forwarded-proto': 'https' },
    })
    expect(response.cookies[0]).toMatchObject({ name: '__Host-zhengbiao', secure: true, httpOnly: true, path: '/' })
    expect(response.cookies[0]).not.toHaveProperty('domain')
    expect(response.headers['strict-transport-security']).toMatch(/max-age=31536000/)
    const plain = await https.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'leader', password: PASSWORD },
    })
    expect(plain.json()).toMatchObject({ status: 400, code: 'insecure-connection' })
    await https.close()
  })

  it('ends after an idle hour', async () => {
    const cookie = await test.signIn('leader')
    test.clock.advance(59 * MINUTE)
    expect(await get(cookie)).toBe(200)
    test.clock.advance(59 * MINUTE)
    expect(await get(cookie)).toBe(200)
    test.clock.advance(61 * MINUTE)
    expect(await get(cookie)).toBe(401)
    expect(test.db.select().from(sessions).all().length).toBe(0)
  })

  it('ends twelve hours after sign-in, however busy', async () => {
    const cookie = await test.signIn('leader')
    for (let half = 1; half < 24; half++) {
      test.clock.advance(HOUR / 2)
      expect(await get(cookie)).toBe(200)
    }
    test.clock.advance(HOUR / 2)
    expect(await get(cookie)).toBe(401)
  })

  it('that is over is removed at night', async () => {
    for (const person of ['leader', 'admin', 'reporter'] as const) await test.signIn(person)
    test.clock.advance(50 * MINUTE)
    const alive = await test.signIn('supervisor')
    test.clock.advance(20 * MINUTE)
    expect(purgeSessions(test.db, test.clock.now, { idleMinutes: 60, absoluteHours: 12 })).toBe(3)
    expect(await get(alive)).toBe(200)
  })

  it('ends by the limits in the settings', async () => {
    const changed = await test.injectAs('admin', {
      method: 'PUT',
      url: '/api/settings',
      payload: { session: { version: 0, value: { idleMinutes: 5, absoluteHours: 1 } } },
    })
    expect(changed.statusCode).toBe(200)
    const cookie = await test.signIn('leader')
    test.clock.advance(6 * MINUTE)
    expect(await get(cookie)).toBe(401)
  })

  it('ends at sign-out', async () => {
    const cookie = await test.signIn('leader')
    const response = await test.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } })
    expect(response.statusCode).toBe(204)
    expect(await get(cookie)).toBe(401)
    expect(test.db.select().from(sessions).all().length).toBe(0)
  })

  it('ends at once when the person is disabled, and so does signing in', async () => {
    const cookie = await test.signIn('reporter')
    const response = await test.injectAs('admin', {
      method: 'PATCH',
      url: `/api/users/${test.userIds.reporter}`,
      payload: { version: 1, disabled: true },
    })
    expect(response.statusCode).toBe(200)
    expect(await get(cookie)).toBe(401)
    expect((await post({ username: 'reporter', password: PASSWORD })).json()).toMatchObject({
      code: 'wrong-credentials',
    })
    await test.injectAs('admin', {
      method: 'PATCH',
      url: `/api/users/${test.userIds.reporter}`,
      payload: { version: version('reporter'), disabled: false },
    })
    expect(await get(cookie)).toBe(401)
    expect((await post({ username: 'reporter', password: PASSWORD })).statusCode).toBe(200)
  })

  it('can be ended by the administrator', async () => {
    const cookie = await test.signIn('reporter')
    const response = await test.injectAs('admin', {
      method: 'DELETE',
      url: `/api/users/${test.userIds.reporter}/sessions`,
    })
    expect(response.json()).toEqual({ ended: 1 })
    expect(await get(cookie)).toBe(401)
  })

  it('has the role of now, not of sign-in', async () => {
    const cookie = await test.signIn('supervisor2')
    await test.injectAs('admin', {
      method: 'PATCH',
      url: `/api/users/${test.userIds.supervisor2}`,
      payload: { version: 1, role: 'leader' },
    })
    expect((await test.inject({ url: '/api/session', headers: { cookie } })).json()).toMatchObject({ role: 'leader' })
  })

  it('ends everywhere else when the password changes', async () => {
    const [here, elsewhere] = [await test.signIn('leader'), await test.signIn('leader')]
    const next = 'a new and longer phrase'
    const response = await test.inject({
      method: 'POST',
      url: '/api/session/password',
      headers: { cookie: here },
      payload: { current: PASSWORD, next },
    })
    expect(response.statusCode).toBe(204)
    expect(await get(here)).toBe(401)
    expect(await get(elsewhere)).toBe(401)
    expect(await get(`zhengbiao=${response.cookies[0]!.value}`)).toBe(200)
    expect((await post({ username: 'leader', password: PASSWORD })).statusCode).toBe(401)
    expect((await post({ username: 'leader', password: next })).statusCode).toBe(200)
  })

  it('is told in the trail, without any password', async () => {
    await post({ username: 'LEADER', password: PASSWORD })
    await post({ username: 'leader', password: 'wrong but long enough' })
    await post({ username: 'my password in the wrong field', password: 'x' })
    const trail = test.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action.startsWith('session.'))
    expect(trail.map(({ action, userId, after }) => [action, userId, after])).toEqual([
      ['session.open', test.userIds.leader, null],
      ['session.refused', null, { username: 'leader', reason: 'wrong-password' }],
      ['session.refused', null, { username: null, reason: 'unknown-name' }],
    ])
    expect(JSON.stringify(trail)).not.toMatch(/wrong but|wrong field/)
  })
})
