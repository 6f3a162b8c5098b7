import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { Provider } from 'oidc-provider'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, identities, users } from '../../../db/schema/index.ts'
import { systemStamp } from '../../../server/actor.ts'
import { personOfClaims } from '../../../server/session/provider.ts'
import { storeLink } from '../../../server/session/sign-in-links.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../server/rules/settings.ts'
import { buildTestApp, PASSWORD, type TestApp } from '../helper.ts'

/** Our address as the provider knows it, and the people it knows. */
const US = 'http://zhengbiao.test'
const PEOPLE: Record<string, Record<string, unknown>> = {
  s1: { preferred_username: 'supervisor', name: '督查一', email: 'S@example.org', email_verified: false },
  s2: { preferred_username: 'linzhiyuan', name: '林知远', department: '甲局' },
  s3: { preferred_username: 'suxiao', name: '苏晓', department: '没有的局' },
  s4: { preferred_username: 'admin', name: '某人' },
}

describe('sign-in by the identity provider of the office', () => {
  let server: Server
  let issuer: string
  let test: TestApp
  beforeAll(async () => {
    server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'zhengbiao', client_secret: 'a secret of the test', redirect_uris: [`${US}/signed-in`] }],
      pkce: { required: () => true },
      claims: {
        openid: ['sub'],
        profile: ['name', 'preferred_username', 'department'],
        email: ['email', 'email_verified'],
        phone: ['phone_number', 'phone_number_verified'],
      },
      findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...PEOPLE[id] }) }),
      features: { devInteractions: { enabled: true } },
      cookies: { keys: ['of the test'] },
    })
    server.on('request', provider.callback())
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  beforeEach(async () => {
    test = await buildTestApp({
      publicUrl: US,
      provider: { issuer, clientId: 'zhengbiao', clientSecret: 'a secret of the test' },
    })
  })
  afterEach(() => test.close())

  const rule = async (change: Partial<Settings['identity']>) => {
    const value = { ...DEFAULT_SETTINGS.identity, ...change }
    const answer = await test.injectAs('admin', {
      method: 'PUT',
      url: '/api/settings',
      payload: { identity: { value, version: 0 } },
    })
    expect(answer.statusCode).toBe(200)
  }

  /** What a browser does at the provider's pages: signs in as a person, agrees, and is led back. */
  async function atProvider(address: string, person: string): Promise<URL> {
    const jar = new Map<string, string>()
    let at = new URL(address)
    let form: string | null = null
    for (let hops = 0; hops < 12; hops++) {
      if (at.origin !== issuer) return at
      const answer: Response = await fetch(at, {
        redirect: 'manual',
        method: form === null ? 'GET' : 'POST',
        body: form,
        headers: {
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form !== null && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      })
      for (const set of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
        if (value === '') jar.delete(name!)
        else jar.set(name!, value!)
      }
      const body = await answer.text()
      const to = answer.headers.get('location')
      form = to === null ? (body.includes('value="login"') ? `prompt=login&login=${person}` : 'prompt=consent') : null
      if (to !== null) at = new URL(to, issuer)
    }
    throw new Error(`the provider did not lead back: ${at.href}`)
  }

  async function begin() {
    const begun = await test.inject({ method: 'POST', url: '/api/session/provider' })
    const [cookie] = begun.cookies
    return { address: begun.json().address as string, cookie: `${cookie!.name}=${cookie!.value}` }
  }
  const end = (back: URL, cookie: string) =>
    test.inject({
      method: 'POST',
      url: '/api/session/provider/end',
      headers: { cookie },
      payload: { query: back.search },
    })
  async function signIn(person: string) {
    const { address, cookie } = await begin()
    return end(await atProvider(address, person), cookie)
  }

  it('leads to the account that the claim names, by code with PKCE, and remembers who it was', async () => {
    const { address } = await begin()
    expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({
      code_challenge_method: 'S256',
      redirect_uri: `${US}/signed-in`,
    })
    const entered = await signIn('s1')
    expect([entered.statusCode, entered.json().username]).toEqual([200, 'supervisor'])
    const session = entered.cookies.find(({ name }) => name === 'zhengbiao')!
    const me = await test.inject({ url: '/api/session', headers: { cookie: `zhengbiao=${session.value}` } })
    expect(me.json().role).toBe('supervisor')
    expect(test.db.select().from(identities).all()).toMatchObject([
      { issuer, subject: 's1', userId: test.userIds.supervisor },
    ])
    expect((await signIn('s1')).statusCode).toBe(200)
    expect(test.db.select().from(identities).all()).toHaveLength(1)
    const opened = test.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action === 'session.open')
    expect(opened.at(-1)!.after).toEqual({ provider: issuer })
  })

  it('makes no account unless the rule says so, and then one of the unit that is named', async () => {
    const before = test.db.select().from(users).all().length
    const nobody = await signIn('s2')
    expect([nobody.statusCode, nobody.json().code]).toEqual([403, 'no-account'])
    await rule({ create: 'reporter' })
    const entered = await signIn('s2')
    expect(entered.json()).toMatchObject({
      displayName: '林知远',
      role: 'reporter',
      unit: { name: '甲局' },
      mustChangePassword: false,
    })
    expect((await signIn('s3')).json().detail).toContain('“没有的局”没有登记')
    expect(test.db.select().from(users).all()).toHaveLength(before + 1)
    const guess = await test.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'linzhiyuan', password: PASSWORD },
    })
    expect(guess.statusCode).toBe(401)
  })

  it('never opens the administrator, who keeps the local password where others lose it', async () => {
    expect((await signIn('s4')).json()).toMatchObject({ code: 'no-account', detail: '管理员账号只能用本地密码登录。' })
    await rule({ localForAdminsOnly: true })
    expect((await test.inject({ url: '/api/session/ways' })).json()).toEqual({
      provider: true,
      localForAdminsOnly: true,
    })
    const local = (username: string) =>
      test.inject({ method: 'POST', url: '/api/session', payload: { username, password: PASSWORD } })
    expect((await local('leader')).json().code).toBe('provider-only')
    const link = { userId: test.userIds.leader, createdAt: '2026-06-30T00:00:00Z', expiresAt: '2026-07-07T00:00:00Z' }
    storeLink(test.db, { token: 'of the leader', ...link })
    const welcome = await test.inject({
      method: 'POST',
      url: '/api/welcome/of%20the%20leader',
      payload: { password: '山高水长且听风吟一夜雨' },
    })
    expect(welcome.json().code).toBe('provider-only')
    expect((await local('admin')).statusCode).toBe(200)
    expect((await signIn('s1')).statusCode).toBe(200)
  })

  it('matches no address that the provider has not verified, and no disabled account', async () => {
    await rule({ claim: 'email', match: 'email' })
    test.db.update(users).set({ email: 's@example.org' }).run()
    expect((await signIn('s1')).json().detail).toContain('相符')
    test.db.update(users).set({ email: null }).run()
    await test.injectAs('admin', {
      method: 'PATCH',
      url: `/api/users/${test.userIds.supervisor}`,
      payload: { version: 1, email: 's@example.org' },
    })
    expect((await signIn('s1')).json().detail).toContain('没有确认您的邮箱')
  })

  it.each<[match: 'email' | 'telephone' | 'username', claims: Record<string, unknown>, enters: boolean]>([
    ['email', { email: 's@example.org', email_verified: true }, true],
    ['email', { email: 's@example.org', email_verified: false }, false],
    ['email', { email: 's@example.org', email_verified: 'true' }, false],
    ['email', { email: 's@example.org' }, false],
    ['email', { email: 's@example.org', phone_number_verified: true }, false],
    ['telephone', { phone_number: '13800000001', phone_number_verified: true }, true],
    ['telephone', { phone_number: '13800000001', phone_number_verified: false }, false],
    ['telephone', { phone_number: '13800000001' }, false],
    ['username', { preferred_username: 'supervisor' }, true],
  ])('by %s, what the provider says of it decides: %j', async (match, claims, enters) => {
    await rule({ match, claim: { email: 'email', telephone: 'phone_number', username: 'preferred_username' }[match] })
    const scope = new URL((await begin()).address).searchParams.get('scope')!.split(' ')
    expect(scope.includes('phone')).toBe(match === 'telephone')
    const own = { email: 's@example.org', telephone: '13800000001' }
    test.db.update(users).set(own).where(eq(users.id, test.userIds.supervisor)).run()
    const stamp = systemStamp('测试', test.clock.now)
    const enter = () => personOfClaims(test.db, issuer, { sub: 's9', ...claims }, stamp, 'a hash')
    if (enters) expect(enter().username).toBe('supervisor')
    else expect(enter).toThrow('no-account')
    expect(test.db.select().from(identities).all()).toHaveLength(enters ? 1 : 0)
  })

  it('takes an answer once, and only in the browser that began', async () => {
    const one = await begin()
    const other = await begin()
    const back = await atProvider(one.address, 's1')
    expect((await end(back, other.cookie)).statusCode).toBe(401)
    expect((await end(back, one.cookie)).statusCode).toBe(200)
    expect((await end(back, one.cookie)).json().code).toBe('sign-in-lost')
    expect(
      (await test.inject({ method: 'POST', url: '/api/session/provider/end', payload: { query: '?code=x&state=y' } }))
        .statusCode,
    ).toBe(401)
  })

  it('is not there where none is configured', async () => {
    const plain = await buildTestApp()
    expect((await plain.inject({ url: '/api/session/ways' })).json()).toEqual({
      provider: false,
      localForAdminsOnly: false,
    })
    expect((await plain.inject({ method: 'POST', url: '/api/session/provider' })).statusCode).toBe(404)
    await plain.close()
  })
})
