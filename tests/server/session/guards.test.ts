import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SIGN_INS_PER_MINUTE } from '../../../server/plugins/rate-limits.ts'
import { hashPassword, passwordMatches, pretendToCheck } from '../../../server/session/passwords.ts'
import { SignInThrottle } from '../../../server/session/throttle.ts'
import { buildTestApp, PASSWORD, type TestApp } from '../helper.ts'

describe('guessing passwords', () => {
  let test: TestApp
  afterEach(() => test.close())
  const signIn = (username: string, password: string) =>
    test.inject({ method: 'POST', url: '/api/session', payload: { username, password } })

  it('is slowed down after five failures, for that name only, and forgotten after success', async () => {
    test = await buildTestApp()
    for (let i = 0; i < 5; i++) expect((await signIn('leader', 'wrong')).statusCode).toBe(401)
    const refused = await signIn('Leader', PASSWORD)
    expect(refused.json()).toMatchObject({ status: 429, code: 'too-many-failures' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('admin', PASSWORD)).statusCode).toBe(200)
    test.clock.advance(11)
    expect((await signIn('leader', 'wrong')).statusCode).toBe(401)
    test.clock.advance(11)
    expect((await signIn('leader', PASSWORD)).statusCode).toBe(429) // the wait doubles
    test.clock.advance(10)
    expect((await signIn('leader', PASSWORD)).statusCode).toBe(200)
    expect((await signIn('leader', 'wrong')).statusCode).toBe(401)
  })

  it('is not made faster by trying at the same time', async () => {
    test = await buildTestApp()
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('leader', 'wrong')))
    expect(answers.filter(({ statusCode }) => statusCode === 401).length).toBeLessThanOrEqual(5)
  })

  it('is limited by address over all names', async () => {
    test = await buildTestApp({ limits: true })
    const codes: number[] = []
    for (let i = 0; i <= SIGN_INS_PER_MINUTE; i++) codes.push((await signIn(`name${i}`, 'wrong')).statusCode)
    expect(codes.slice(0, -1).every((code) => code === 401)).toBe(true)
    expect(codes.at(-1)).toBe(429)
    const refused = await signIn('leader', PASSWORD)
    expect(refused.json()).toMatchObject({ code: 'too-many-requests' })
    expect(refused.headers['retry-after']).toBeDefined()
  })

  it('gets the same answer for an unknown name as for a wrong password', async () => {
    test = await buildTestApp()
    const [unknown, wrong] = [await signIn('nobody', 'wrong'), await signIn('leader', 'wrong')]
    expect(unknown.statusCode).toBe(401)
    expect(unknown.body).toBe(wrong.body)
  })

  // In time of the processor, not of the clock: other tests run beside this one.
  it('takes as long for an unknown name as for a known one', async () => {
    test = await buildTestApp()
    const cost = { memoryCost: 4096, timeCost: 2 }
    const hash = await hashPassword(PASSWORD, cost)
    await pretendToCheck('warm up', cost)
    const median = async (work: () => Promise<unknown>) => {
      const times: number[] = []
      for (let i = 0; i < 15; i++) {
        const before = process.cpuUsage()
        await work()
        const { user, system } = process.cpuUsage(before)
        times.push(user + system)
      }
      return times.sort((a, b) => a - b)[7]!
    }
    const ratio =
      (await median(() => pretendToCheck('guess', cost))) / (await median(() => passwordMatches(hash, 'guess')))
    expect(ratio).toBeGreaterThan(0.3)
    expect(ratio).toBeLessThan(3)
  })
})

describe('a stored password', () => {
  it('is argon2id with a salt of its own, at the cost that is asked for', async () => {
    const [one, two] = [
      await hashPassword('same', { memoryCost: 19_456, timeCost: 2 }),
      await hashPassword('same', { memoryCost: 19_456, timeCost: 2 }),
    ]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(await passwordMatches(one, 'same')).toBe(true)
    expect(await passwordMatches(one, 'Same')).toBe(false)
    expect(
      await passwordMatches(
        await hashPassword('caf\u00e9 \u4e00', { memoryCost: 8, timeCost: 1 }),
        'cafe\u0301 \u4e00',
      ),
    ).toBe(true) // two writings of one letter
  })
})

describe('the throttle', () => {
  it('waits longer each time up to a quarter of an hour, and forgets after an hour', () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const throttle = new SignInThrottle(() => now)
    const waits = Array.from({ length: 16 }, () => {
      throttle.failed('x')
      return throttle.waitMs('x') / 1000
    })
    expect(waits).toEqual([0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900, 900])
    now = new Date('2026-01-01T01:00:00Z')
    expect(throttle.waitMs('x')).toBe(0)
    throttle.failed('x')
    expect(throttle.waitMs('x')).toBe(0)
  })
})

describe('a forged request', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await buildTestApp()
  })
  afterEach(() => test.close())

  it.each([
    ['without the header', { 'x-requested-with': '' }],
    ['of a form', { 'x-requested-with': '', 'content-type': 'application/x-www-form-urlencoded' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from another port', { origin: 'http://localhost:4000' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', async (_what, headers) => {
    const cookie = await test.signIn('admin')
    const response = await test.inject({ method: 'DELETE', url: '/api/session', headers: { cookie, ...headers } })
    expect(response.json()).toMatchObject({ status: 403, code: 'forged-request' })
    expect((await test.inject({ url: '/api/session', headers: { cookie } })).statusCode).toBe(200)
  })

  it('behind a proxy that hides the host is told from one under the public address', async () => {
    const behind = await buildTestApp({ publicUrl: 'http://zb.example.gov.cn' })
    const post = (origin: string) =>
      behind.inject({
        method: 'POST',
        url: '/api/session',
        headers: { origin },
        payload: { username: 'leader', password: PASSWORD },
      })
    expect((await post('http://zb.example.gov.cn')).statusCode).toBe(200)
    expect((await post('http://zb.example.gov.cn.evil.example')).statusCode).toBe(403)
    await behind.close()
  })

  it('but one of our pages passes', async () => {
    const cookie = await test.signIn('admin')
    const response = await test.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: {
        cookie,
        host: 'zhengbiao.test:3000',
        origin: 'http://zhengbiao.test:3000',
        'sec-fetch-site': 'same-origin',
      },
    })
    expect(response.statusCode).toBe(204)
  })
})
