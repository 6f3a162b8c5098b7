import { afterEach, describe, expect, it, vi } from 'vitest'
import { auditLog, sessions } from '../../db/schema/index.ts'
import { SIGN_INS_PER_MINUTE, REQUESTS_PER_MINUTE } from '../../server/plugins/rate-limits.ts'
import { RequestWindows } from '../../server/plugins/request-windows.ts'
import { SignInThrottle } from '../../server/session/throttle.ts'
import { buildTestApp, PASSWORD, type TestApp } from '../server/helper.ts'
import { printFigures } from './figures.ts'

let test: TestApp
afterEach(() => {
  vi.useRealTimers()
  return test?.close()
})
const signIn = (username: string, password = PASSWORD) =>
  test.inject({ method: 'POST', url: '/api/session', payload: { username, password } })

describe('guessing from an address', () => {
  it('locks out nobody who has signed in from it before', async () => {
    test = await buildTestApp({ limits: true })
    expect((await signIn('leader')).statusCode).toBe(200)
    for (let i = 0; i < 2 * SIGN_INS_PER_MINUTE; i++) await signIn(`name${i}`, 'wrong')
    expect((await signIn('nobody', 'wrong')).statusCode).toBe(429)
    expect((await signIn('leader')).statusCode).toBe(200)
    // a name that is known and one that is not are slowed alike
    expect((await signIn('admin')).json().detail).toBe((await signIn('nobody')).json().detail)
    test.clock.advance(61)
    expect((await signIn('admin')).statusCode).toBe(200)
  })
})

describe('refusals', () => {
  it('are limited like every request, and one record with their number', async () => {
    test = await buildTestApp({ limits: true })
    const cookie = await test.signIn('reporter')
    const codes: Record<number, number> = {}
    for (let i = 0; i < REQUESTS_PER_MINUTE + 50; i++) {
      const { statusCode } = await test.inject({ url: '/api/audit', headers: { cookie } })
      codes[statusCode] = (codes[statusCode] ?? 0) + 1
    }
    const rows = () =>
      test.db
        .select()
        .from(auditLog)
        .all()
        .filter(({ action }) => action === 'access.refused')
    expect(codes[429]).toBeGreaterThan(0)
    expect(rows()).toHaveLength(1)
    await test.app.close() // what has been counted is written at the end, or after ten minutes
    printFigures('forbidden requests', {
      refused: codes[403] ?? 0,
      'turned away by the limit': codes[429] ?? 0,
      records: rows().length,
    })
    expect(rows().map(({ after }) => (after as { times?: number } | null)?.times)).toEqual([undefined, codes[403]! - 1])
  })
})

describe('names', () => {
  const add = (username: string) =>
    test.injectAs('admin', {
      method: 'POST',
      url: '/api/users',
      payload: { username, displayName: '新人', role: 'leader' },
    })

  it.each([
    ['ＺＨＡＮＧＳＡＮ', 'zhangsan'],
    ['Éric', 'éric'],
    ['ÜBER', 'über'],
    ['Иван', 'ИВАН'],
    ['e\u0301va', 'ÉVA'],
  ])('%s signs in as %s, and neither is made twice', async (made, typed) => {
    test = await buildTestApp()
    const answer = await add(made)
    expect(answer.statusCode, answer.body).toBe(201)
    const { oneTimePassword, password } = answer.json() as { oneTimePassword?: string; password?: string }
    for (const name of [made, typed])
      expect((await signIn(name, oneTimePassword ?? password)).statusCode, name).toBe(200)
    for (const name of [made, typed]) expect((await add(name)).statusCode, name).toBe(400)
  })
})

describe('a clock that is set back', () => {
  it('makes no wait longer than it was', () => {
    let now = new Date('2026-01-02T00:00:00Z')
    const throttle = new SignInThrottle(() => now)
    for (let i = 0; i < 6; i++) throttle.failed('x')
    now = new Date('2026-01-01T00:00:00Z')
    expect(throttle.waitMs('x')).toBe(20_000)
    now = new Date('2026-01-01T00:00:21Z')
    expect(throttle.waitMs('x')).toBe(0)
  })

  it('turns nobody away for longer than the minute in which too much was asked', () => {
    let [machine, passed] = [Date.parse('2026-01-02T00:00:00Z'), 0]
    vi.useFakeTimers({ toFake: ['Date'] })
    class Windows extends RequestWindows {
      protected override clock = () => passed
    }
    const windows = new Windows()
    const ask = () => {
      vi.setSystemTime(machine)
      let told = { current: 0, ttl: 0 }
      windows.incr('ip:10.0.0.1', (_, result) => (told = result!), 60_000)
      return told
    }
    for (let i = 0; i < 5; i++) ask()
    machine -= 86_400_000 // the clock goes back a day
    passed += 30_000
    expect(ask()).toEqual({ current: 6, ttl: 30_000 })
    machine += 30_000
    passed += 30_000
    expect(ask()).toEqual({ current: 1, ttl: 60_000 })
  })

  it('ends the sessions that were made by it while it was ahead, and keeps the others', async () => {
    test = await buildTestApp({ now: '2026-06-30T02:00:00.000Z' })
    const kept = await test.signIn('leader')
    test.clock.advance(300 * 86_400)
    const ahead = await test.signIn('admin')
    const status = async (cookie: string) =>
      (await test.inject({ url: '/api/session', headers: { cookie } })).statusCode
    expect(await status(ahead)).toBe(200)
    test.clock.now = new Date('2026-06-30T02:05:00.000Z')
    expect(await status(ahead)).toBe(401)
    expect(await status(kept)).toBe(200)
    expect(test.db.select().from(sessions).all()).toHaveLength(1)
  })
})
