import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, recoveryCodes, secondFactors } from '../../../db/schema/index.ts'
import { createLogger } from '../../../server/logger.ts'
import { buildTestApp, PASSWORD, type Person, type TestApp } from '../helper.ts'

const PERIOD = 30

describe('两步验证', () => {
  let office: TestApp
  let log: string
  beforeEach(async () => {
    log = ''
    office = await buildTestApp({
      logger: createLogger('trace', {
        write: (line: string) => {
          log += line
        },
      }),
    })
  })
  afterEach(() => office.close())

  const codeOf = (secret: string, seconds = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: PERIOD }).generate({
      timestamp: office.clock.now.getTime() + seconds * 1000,
    })
  const signIn = (person: Person, code?: string, remoteAddress = '10.0.0.1') =>
    office.inject({
      method: 'POST',
      url: '/api/session',
      remoteAddress,
      payload: { username: person, password: PASSWORD, ...(code === undefined ? {} : { code }) },
    })
  const post = (cookie: string, path: string, payload: object) =>
    office.inject({ method: 'POST', url: `/api/session/second-factor${path}`, headers: { cookie }, payload })
  const state = async (cookie: string) =>
    (await office.inject({ method: 'GET', url: '/api/session/second-factor', headers: { cookie } })).json()
  const trail = () =>
    office.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action.startsWith('second-factor.'))
      .map(({ action }) => action)
  const nextPeriod = () => office.clock.advance(PERIOD)

  /** Switches it on for a person; the code of this period is used up. */
  async function switchOn(person: Person): Promise<{ cookie: string; secret: string; codes: string[] }> {
    const cookie = await office.signIn(person)
    const begun = await post(cookie, '', { password: PASSWORD })
    expect(begun.statusCode, begun.body).toBe(200)
    const { secret } = begun.json()
    const confirmed = await post(cookie, '/confirm', { code: codeOf(secret) })
    expect(confirmed.statusCode, confirmed.body).toBe(200)
    return { cookie, secret, codes: confirmed.json().recoveryCodes }
  }

  it('is switched on with the password and one code, gives ten recovery codes once, and ends other sessions', async () => {
    const other = await office.signIn('leader')
    const cookie = await office.signIn('leader')
    expect(await state(cookie)).toEqual({ on: false, since: null, recoveryCodesLeft: 0, required: false })
    expect((await post(cookie, '', { password: 'not it at all' })).json()).toMatchObject({
      status: 400,
      code: 'wrong-password',
      errors: [{ path: 'password' }],
    })
    const { secret, uri } = (await post(cookie, '', { password: PASSWORD })).json()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    expect(uri).toMatch(/^otpauth:\/\/totp\/.*leader/)
    // Shown is not switched on.
    expect((await signIn('leader')).statusCode).toBe(200)
    expect((await post(cookie, '/confirm', { code: codeOf(secret, 5 * PERIOD) })).json()).toMatchObject({
      status: 401,
      code: 'wrong-code',
    })
    const confirmed = await post(cookie, '/confirm', { code: codeOf(secret) })
    const codes = confirmed.json().recoveryCodes as string[]
    expect(new Set(codes).size).toBe(10)
    expect(codes.every((code) => /^[a-z2-9]{5}-[a-z2-9]{5}$/.test(code))).toBe(true)
    expect(await state(cookie)).toEqual({
      on: true,
      since: office.clock.now.toISOString(),
      recoveryCodesLeft: 10,
      required: false,
    })
    expect((await office.inject({ method: 'GET', url: '/api/session', headers: { cookie: other } })).statusCode).toBe(
      401,
    )
    expect((await post(cookie, '', { password: PASSWORD })).statusCode).toBe(409)
    expect((await post(cookie, '/confirm', { code: codeOf(secret, PERIOD) })).statusCode).toBe(409)
    expect(trail()).toEqual(['second-factor.refused', 'second-factor.on'])
  })

  it('forgets a secret that was not confirmed within half an hour', async () => {
    const cookie = await office.signIn('leader')
    const { secret } = (await post(cookie, '', { password: PASSWORD })).json()
    office.clock.advance(31 * 60)
    expect((await post(cookie, '/confirm', { code: codeOf(secret) })).statusCode).toBe(409)
    expect(await state(cookie)).toMatchObject({ on: false })
  })

  it('asks for the code as a second step, and takes no code twice nor an older one after it', async () => {
    const { secret } = await switchOn('leader')
    expect((await signIn('leader', codeOf(secret))).json()).toMatchObject({ status: 401, code: 'wrong-code' }) // used to switch it on
    office.clock.advance(10 * PERIOD)
    const asked = await signIn('leader')
    expect(asked.json()).toMatchObject({ status: 401, code: 'second-factor-required' })
    expect(asked.cookies).toEqual([])
    const [before, now, after] = [codeOf(secret, -PERIOD), codeOf(secret), codeOf(secret, PERIOD)]
    expect((await signIn('leader', codeOf(secret, -2 * PERIOD))).statusCode).toBe(401)
    expect((await signIn('leader', codeOf(secret, 2 * PERIOD))).statusCode).toBe(401)
    const entered = await signIn('leader', `${now.slice(0, 3)} ${now.slice(3)}`)
    expect(entered.json()).toMatchObject({ username: 'leader', mustSetUpSecondFactor: false })
    for (const used of [now, before])
      expect((await signIn('leader', used)).json()).toMatchObject({ code: 'wrong-code' })
    expect((await signIn('leader', after)).statusCode).toBe(200) // a telephone that is half a minute fast
    const opened = office.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action === 'session.open')
      .at(-1)
    expect(opened?.after).toEqual({ secondFactor: 'totp' })
  })

  it('tells a wrong password nothing of the second step', async () => {
    await switchOn('leader')
    nextPeriod()
    const wrong = await office.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'leader', password: 'something else', code: '123456' },
    })
    expect(wrong.json()).toMatchObject({ status: 401, code: 'wrong-credentials' })
  })

  it('takes each recovery code once', async () => {
    const { codes, cookie } = await switchOn('leader')
    nextPeriod()
    expect((await signIn('leader', codes[3]!.toUpperCase())).statusCode).toBe(200)
    expect((await signIn('leader', codes[3])).json()).toMatchObject({ code: 'wrong-code' })
    expect((await signIn('leader', codes[7]!.replace('-', ' '))).statusCode).toBe(200)
    expect((await state(cookie)).recoveryCodesLeft).toBe(8)
    const opened = office.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action === 'session.open')
      .at(-1)
    expect(opened?.after).toEqual({ secondFactor: 'recovery' })
  })

  it('takes one code for one sign-in where two arrive at once', async () => {
    const { secret, codes } = await switchOn('leader')
    nextPeriod()
    const now = codeOf(secret)
    const answers = await Promise.all([
      signIn('leader', now),
      signIn('leader', now),
      signIn('leader', codes[0]),
      signIn('leader', codes[0]),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 401, 401])
  })

  it('slows down guessing at codes from whatever address, like guessing at passwords', async () => {
    const { secret } = await switchOn('leader')
    office.clock.advance(10 * PERIOD)
    const wrong = String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, '0')
    for (let i = 0; i < 5; i++) expect((await signIn('leader', wrong, `10.0.0.${i}`)).statusCode).toBe(401)
    const slowed = await signIn('leader', codeOf(secret), '10.0.0.99')
    expect(slowed.json()).toMatchObject({ status: 429, code: 'too-many-failures' })
    expect(Number(slowed.headers['retry-after'])).toBe(10)
    office.clock.advance(11)
    expect((await signIn('leader', codeOf(secret))).statusCode).toBe(200)
  })

  it('is switched off, and gets new recovery codes, by password and code', async () => {
    const { cookie, secret, codes } = await switchOn('leader')
    expect((await post(cookie, '/recovery-codes', { password: PASSWORD, code: codeOf(secret) })).statusCode).toBe(401) // used
    nextPeriod()
    expect(
      (await post(cookie, '/recovery-codes', { password: 'not it at all', code: codeOf(secret) })).statusCode,
    ).toBe(400)
    const fresh = (await post(cookie, '/recovery-codes', { password: PASSWORD, code: codeOf(secret) })).json()
      .recoveryCodes as string[]
    expect(fresh).toHaveLength(10)
    expect((await signIn('leader', codes[0])).statusCode).toBe(401)
    expect((await post(cookie, '/off', { password: PASSWORD, code: '000000' })).statusCode).toBe(401)
    expect((await post(cookie, '/off', { password: PASSWORD, code: fresh[0] })).statusCode).toBe(204)
    expect((await signIn('leader')).statusCode).toBe(200)
    expect(office.db.select().from(secondFactors).all()).toEqual([])
    expect(office.db.select().from(recoveryCodes).all()).toEqual([])
    expect((await post(cookie, '/off', { password: PASSWORD, code: fresh[1] })).statusCode).toBe(409)
    expect(trail().at(-1)).toBe('second-factor.off')
  })

  it('is reset by an administrator for others only, which is audited and ends their sessions', async () => {
    const { cookie } = await switchOn('leader')
    const reset = (person: Person, whose: Person) =>
      office.injectAs(person, { method: 'DELETE', url: `/api/users/${office.userIds[whose]}/second-factor` })
    const shown = async () =>
      (await office.injectAs('admin', { method: 'GET', url: '/api/users' }))
        .json()
        .items.find(({ username }: { username: string }) => username === 'leader').secondFactor
    expect(await shown()).toBe(true)
    expect((await reset('supervisor', 'leader')).statusCode).toBe(403)
    expect((await reset('admin', 'reporter')).statusCode).toBe(409)
    expect((await reset('admin', 'leader')).statusCode).toBe(204)
    expect(await shown()).toBe(false)
    expect((await office.inject({ method: 'GET', url: '/api/session', headers: { cookie } })).statusCode).toBe(401)
    expect((await signIn('leader')).statusCode).toBe(200)
    const record = office.db
      .select()
      .from(auditLog)
      .all()
      .find(({ action }) => action === 'second-factor.reset')
    expect(record).toMatchObject({ userId: office.userIds.admin, entityId: String(office.userIds.leader) })
    const own = await switchOn('admin')
    const ownReset = await office.inject({
      method: 'DELETE',
      url: `/api/users/${office.userIds.admin}/second-factor`,
      headers: { cookie: own.cookie },
    })
    expect(ownReset.json()).toMatchObject({ status: 409, code: 'own-second-factor' })
  })

  it('is asked of the roles that the setting names, and lets them do nothing before', async () => {
    const admin = await office.signIn('admin')
    const old = await office.signIn('supervisor')
    const setting = await office.inject({
      method: 'PUT',
      url: '/api/settings',
      headers: { cookie: admin },
      payload: { secondFactor: { value: { requiredFor: ['supervisor'] }, version: 0 } },
    })
    expect(setting.statusCode).toBe(200)
    for (const cookie of [old, await office.signIn('supervisor')]) {
      const get = (url: string) => office.inject({ method: 'GET', url, headers: { cookie } })
      expect((await get('/api/session')).json()).toMatchObject({ mustSetUpSecondFactor: true })
      expect(await state(cookie)).toMatchObject({ required: true })
      for (const url of ['/api/targets', '/api/settings', '/api/supervision/reports', '/api/notifications'])
        expect((await get(url)).json(), url).toMatchObject({ status: 403, code: 'second-factor-setup-required' })
    }
    const { cookie } = await switchOn('supervisor')
    expect((await office.inject({ method: 'GET', url: '/api/targets', headers: { cookie } })).statusCode).toBe(200)
    expect((await office.injectAs('leader', { method: 'GET', url: '/api/targets' })).statusCode).toBe(200)
  })

  it('keeps its secrets out of trail, log, lists and export', async () => {
    const { secret, codes, cookie } = await switchOn('admin')
    nextPeriod()
    await signIn('admin', codeOf(secret))
    await signIn('admin', codes[0])
    const everything = await office.inject({ method: 'GET', url: '/api/exports/everything', headers: { cookie } })
    const users = await office.inject({ method: 'GET', url: '/api/users', headers: { cookie } })
    office.app.log.info(
      { secret, answer: { recoveryCodes: codes, uri: `otpauth://totp/x?secret=${secret}` } },
      'somebody logs an answer',
    )
    expect(log).toContain('somebody logs an answer')
    const told = [
      log,
      users.body,
      everything.rawPayload.toString('latin1'),
      JSON.stringify(office.db.select().from(auditLog).all()),
    ].join('\n')
    for (const word of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))])
      expect(told).not.toContain(word)
    expect(everything.rawPayload.toString('latin1')).not.toMatch(/tables\/(?:second_factors|recovery_codes)/)
    expect(
      office.db
        .select()
        .from(recoveryCodes)
        .all()
        .every(({ codeHash }) => codeHash.startsWith('$argon2id$')),
    ).toBe(true)
  })
})
