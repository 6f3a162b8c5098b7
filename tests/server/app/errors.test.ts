import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../../server/logger.ts'
import { buildTestApp, FROM_PAGE, PASSWORD, type TestApp } from '../helper.ts'

describe('answers', () => {
  let test: TestApp
  let log = ''
  beforeAll(async () => {
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString()
        done()
      },
    })
    test = await buildTestApp({ logger: createLogger('trace', sink) })
  })
  afterAll(() => test.close())

  it('name every wrong field in Chinese', async () => {
    const response = await test.injectAs('admin', {
      method: 'POST',
      url: '/api/users',
      payload: { username: 'a b', role: 'root' },
    })
    expect(response.headers['content-type']).toMatch('application/problem+json')
    const problem = response.json()
    expect(problem).toMatchObject({
      type: 'urn:zhengbiao:problem:invalid-input',
      status: 400,
      code: 'invalid-input',
      title: '填写有误',
    })
    expect(problem.errors.map(({ path }: { path: string }) => path)).toEqual(['username', 'displayName', 'role'])
    expect(problem.detail).toMatch(/用户名只能用/)
  })

  it.each([
    ['no such address', { url: '/api/nowhere' }, 404, 'not-found'],
    ['another method', { method: 'PUT', url: '/api/health' }, 404, 'not-found'],
    [
      'a broken body',
      { method: 'POST', url: '/api/session', payload: '{"username":', headers: { 'content-type': 'application/json' } },
      400,
      'bad-request',
    ],
    [
      'another type of body',
      {
        method: 'POST',
        url: '/api/session',
        payload: 'a=b',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      415,
      'unsupported-media-type',
    ],
    [
      'an endless body',
      { method: 'POST', url: '/api/session', payload: { username: 'x'.repeat(2_000_000), password: 'x' } },
      413,
      'too-large',
    ],
    ['a number that is none', { method: 'POST', url: '/api/users/abc/reset' }, 400, 'invalid-input'],
    ['a broken address', { url: '/api/units/%E0%A4%A' }, 400, 'bad-request'],
  ] as const)('to %s are problems', async (_what, request, status, code) => {
    const response = await test.injectAs('admin', request as never)
    expect(response.headers['content-type']).toMatch('application/problem+json')
    expect(response.json()).toMatchObject({ status, code })
    expect(response.statusCode).toBe(status)
  })

  it('say nothing of what went wrong inside', async () => {
    test.db.$client.exec('ALTER TABLE unit_aliases RENAME TO hidden')
    const response = await test.injectAs('admin', { url: '/api/units' })
    test.db.$client.exec('ALTER TABLE hidden RENAME TO unit_aliases')
    expect(response.json()).toMatchObject({ status: 500, code: 'internal' })
    expect(response.body).not.toMatch(/unit_aliases|sqlite|select/i)
    expect(log).toMatch(/no such table/)
  })

  it('carry the headers that a browser needs to be careful', async () => {
    const { headers } = await test.inject({ url: '/api/health' })
    expect(headers['content-security-policy']).toMatch(`script-src 'self';`)
    expect(headers['content-security-policy']).toMatch(`frame-ancestors 'none'`)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(headers).not.toHaveProperty('strict-transport-security') // served by plain HTTP
    expect(headers).not.toHaveProperty('x-powered-by')
  })

  it('leave no secret in the log', async () => {
    const cookie = await test.signIn('leader')
    await test.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: FROM_PAGE,
      payload: { username: 'leader', password: 'not the password' },
    })
    await test.inject({ url: '/api/setup/secret-token-in-the-address' })
    await test.inject({ url: '/api/session', headers: { cookie } })
    test.app.log.info({ body: { password: PASSWORD, user: { token: 'secret-token-deeper' } } }, 'somebody logs a body')
    expect(log).toContain('incoming request')
    expect(log).toContain('/api/setup/***')
    for (const secret of [PASSWORD, 'not the password', 'secret-token', cookie.split('=')[1]!])
      expect(log).not.toContain(secret)
  })

  it('turn away who asks without end, also for addresses that do not exist', async () => {
    const limited = await buildTestApp({ limits: true })
    let status = 0
    for (let i = 0; i < 1300 && status !== 429; i++)
      status = (await limited.inject({ url: `/api/guess${i}` })).statusCode
    expect(status).toBe(429)
    await limited.close()
  })

  it('turn away the one who floods at once, with the time to wait, and nobody else', async () => {
    const limited = await buildTestApp({ limits: true })
    for (const person of ['leader', 'supervisor'] as const) await limited.injectAs(person, { url: '/api/overview' })
    const flood = Promise.all(
      Array.from({ length: 80 }, () => limited.injectAs('leader', { url: '/api/documents/1/candidates' })),
    )
    const other = limited.injectAs('supervisor', { url: '/api/overview' })
    const answers = await flood
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(80)
    expect(refused[0]!.headers['retry-after']).toBe('1')
    expect((await other).statusCode).toBe(200)
    expect((await limited.injectAs('leader', { url: '/api/overview' })).statusCode).toBe(200)
    await limited.close()
  })
})
