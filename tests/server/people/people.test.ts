import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, users } from '../../../db/schema/index.ts'
import { unitKey } from '../../../db/domain/unit-key.ts'
import { resolveUnit } from '../../../server/core/units.ts'
import { buildTestApp, FROM_PAGE, PASSWORD, type TestApp } from '../helper.ts'

let test: TestApp
beforeEach(async () => {
  test = await buildTestApp()
})
afterEach(() => test.close())

const admin = async (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  const response = await test.injectAs('admin', { method, url, ...(payload ? { payload } : {}) })
  return { status: response.statusCode, body: response.body === '' ? null : response.json() }
}

describe('a person', () => {
  const create = (fields: object = {}) =>
    admin('POST', '/api/users', {
      username: '张三',
      displayName: '张三',
      role: 'reporter',
      unitId: test.unitIds.own,
      ...fields,
    })
  const signIn = async (username: string, password: string) => {
    const response = await test.inject({ method: 'POST', url: '/api/session', payload: { username, password } })
    return {
      status: response.statusCode,
      cookie: response.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      body: response.json(),
    }
  }

  it('gets a random first password, with which only a new one can be chosen', async () => {
    const { status, body } = await create()
    expect(status).toBe(201)
    expect(body.oneTimePassword).toMatch(/^[a-z2-9]{16}$/)
    expect(body.user).not.toHaveProperty('passwordHash')
    const { cookie, body: me } = await signIn('张三', body.oneTimePassword)
    expect(me.mustChangePassword).toBe(true)
    const call = (method: 'GET' | 'POST', url: string, payload?: object) =>
      test.app.inject({ method, url, headers: { ...FROM_PAGE, cookie }, ...(payload ? { payload } : {}) })
    expect((await call('GET', '/api/units')).json()).toMatchObject({ status: 403, code: 'password-change-required' })
    expect((await call('GET', '/api/session')).statusCode).toBe(200)
    const changed = await call('POST', '/api/session/password', {
      current: body.oneTimePassword,
      next: 'four words in a row',
    })
    expect(changed.statusCode).toBe(204)
    const after = await signIn('张三', 'four words in a row')
    expect(after.body.mustChangePassword).toBe(false)
    expect((await signIn('张三', body.oneTimePassword)).status).toBe(401)
  })

  it('cannot use a first password after three days, nor half an hour after its first use', async () => {
    const late = (await create()).body.oneTimePassword
    test.clock.advance(72 * 3600)
    expect((await signIn('张三', late)).status).toBe(401)
    const { body } = await admin(
      'POST',
      `/api/users/${test.db.select().from(users).where(eq(users.username, '张三')).get()!.id}/reset`,
    )
    expect((await signIn('张三', body.oneTimePassword)).status).toBe(200)
    test.clock.advance(29 * 60)
    expect((await signIn('张三', body.oneTimePassword)).status).toBe(200)
    test.clock.advance(60)
    expect((await signIn('张三', body.oneTimePassword)).status).toBe(401)
  })

  it.each([
    ['short', 'short789'],
    ['known to everybody', 'qwertyuiop'],
    ['known to everybody in capitals', 'PASSWORD123'],
    ['the name', 'leader leader'],
    ['a single sign', 'aaaaaaaaaaaaaaa'],
    ['endless', 'long '.repeat(30)],
  ])('cannot choose a password that is %s', async (_what, next) => {
    const response = await test.injectAs('leader', {
      method: 'POST',
      url: '/api/session/password',
      payload: { current: PASSWORD, next },
    })
    expect(response.json()).toMatchObject({ status: 400, code: 'weak-password' })
  })

  it('may choose a long one in any writing', async () => {
    const next = '山高月小 水落石出 🌕 '.repeat(4).trim()
    expect(
      (
        await test.injectAs('leader', {
          method: 'POST',
          url: '/api/session/password',
          payload: { current: PASSWORD, next },
        })
      ).statusCode,
    ).toBe(204)
    expect((await signIn('leader', next)).status).toBe(200)
  })

  it('has a name of its own, whatever the case', async () => {
    expect((await create({ username: 'LEADER' })).body).toMatchObject({ status: 400, errors: [{ path: 'username' }] })
  })

  it('cannot be of a unit that is not there', async () => {
    expect((await create({ unitId: 99 })).body).toMatchObject({ status: 422, errors: [{ path: 'unitId' }] })
  })

  it.each([
    ['a reporter without unit', { unitId: null }],
    ['a leader with unit', { role: 'leader' }],
    ['with a role that is none', { role: 'root' }],
    ['with a number as text', { unitId: '1' }],
    ['with a field we do not know', { passwordHash: 'x' }],
    ['without a name', { displayName: ' ' }],
  ])('cannot be %s', async (_what, fields) => {
    expect((await create(fields)).body).toMatchObject({ status: 400, code: 'invalid-input' })
  })

  it('is not overwritten by a second editor', async () => {
    const url = `/api/users/${test.userIds.leader}`
    expect((await admin('PATCH', url, { version: 1, displayName: '李市长' })).status).toBe(200)
    const second = await admin('PATCH', url, { version: 1, displayName: '王市长' })
    expect(second.body).toMatchObject({
      status: 409,
      code: 'version-conflict',
      current: { displayName: '李市长', version: 2 },
    })
  })

  it('stays when it is the last administrator', async () => {
    const url = `/api/users/${test.userIds.admin}`
    expect((await admin('PATCH', url, { version: 1, disabled: true })).status).toBe(400)
    expect((await admin('PATCH', url, { version: 1, role: 'leader' })).status).toBe(400)
    expect((await admin('GET', '/api/session')).status).toBe(200)
  })

  it('leaves a trail with what was and what is, but no hash', async () => {
    await admin('PATCH', `/api/users/${test.userIds.leader}`, { version: 1, email: 'li@example.gov.cn' })
    const [entry] = test.db.select().from(auditLog).where(eq(auditLog.action, 'user.change')).all()
    expect(entry).toMatchObject({
      userId: test.userIds.admin,
      userName: 'admin',
      ip: '127.0.0.1',
      entity: 'user',
      entityId: String(test.userIds.leader),
      at: test.clock.now.toISOString(),
    })
    expect(entry!.before).toMatchObject({ email: null, version: 1 })
    expect(entry!.after).toMatchObject({ email: 'li@example.gov.cn', version: 2 })
    expect(JSON.stringify(test.db.select().from(auditLog).all())).not.toContain('argon2')
  })

  it('can be chosen in lists while active, without what only the administrator needs', async () => {
    await admin('PATCH', `/api/users/${test.userIds.leader}`, { version: 1, disabled: true })
    const people = (await test.injectAs('supervisor', { url: '/api/people' })).json().items as { displayName: string }[]
    expect(people.map(({ displayName }) => displayName)).not.toContain('leader')
    expect(Object.keys(people[0]!).sort()).toEqual(['displayName', 'id', 'role', 'unit'])
  })
})

describe('a unit', () => {
  it('is found by every name it has had', async () => {
    const { body: unit } = await admin('POST', '/api/units', {
      name: '市规划局',
      shortName: '规划局',
      aliases: ['市城乡规划局'],
    })
    expect(unit.aliases.map(({ name }: { name: string }) => name)).toEqual(['市规划局', '规划局', '市城乡规划局'])
    await admin('PATCH', `/api/units/${unit.id}`, { version: 1, name: '市自然资源和规划局' })
    await admin('POST', `/api/units/${unit.id}/aliases`, { name: '市资规局（林业局）' })
    for (const name of [
      '市规划局',
      '规划局',
      '市城乡规划局',
      '市自然资源和规划局',
      '市 自然资源 和规划局',
      '市资规局(林业局)',
    ]) {
      expect(resolveUnit(test.db, name), name).toBe(unit.id)
    }
    expect(resolveUnit(test.db, '市教育局')).toBeNull()
  })

  it('has names that no other has', async () => {
    await admin('POST', '/api/units', { name: '市规划局', aliases: ['市资规局'] })
    expect((await admin('POST', '/api/units', { name: '市规划局' })).body.errors[0].message).toMatch('已有名为')
    const taken = await admin('POST', '/api/units', { name: '市林业局', aliases: ['市 资规局'] })
    expect(taken.body.errors[0].message).toBe('“市 资规局”已是“市规划局”的名称')
    expect(resolveUnit(test.db, '市林业局')).toBeNull() // nothing of the refused unit stays
  })

  it('keeps its present name while an old one is forgotten', async () => {
    const { body: unit } = await admin('POST', '/api/units', { name: '市规划局', aliases: ['市资规局'] })
    const [own, old] = unit.aliases
    expect((await admin('DELETE', `/api/units/${unit.id}/aliases/${own.id}`)).status).toBe(400)
    expect((await admin('DELETE', `/api/units/${unit.id}/aliases/${old.id}`)).body).toMatchObject({
      unit: { aliases: [{ name: expect.any(String) as string }] },
      asked: 0,
    })
    expect(resolveUnit(test.db, '市资规局')).toBeNull()
  })

  it('has a parent and a successor, but never in a circle', async () => {
    const { own, other } = test.unitIds
    expect((await admin('PATCH', `/api/units/${own}`, { version: 1, successorId: other })).body.successorId).toBe(other)
    expect((await admin('PATCH', `/api/units/${other}`, { version: 1, successorId: own })).body.errors).toEqual([
      { path: 'successorId', message: '承继单位不能循环' },
    ])
    expect((await admin('PATCH', `/api/units/${own}`, { version: 2, parentId: own })).body.errors[0].path).toBe(
      'parentId',
    )
    expect((await admin('PATCH', `/api/units/${own}`, { version: 2, parentId: 99 })).body).toMatchObject({
      status: 422,
      errors: [{ path: 'parentId' }],
    })
  })

  it('that is archived or a group has no new reporters', async () => {
    await admin('PATCH', `/api/units/${test.unitIds.own}`, { version: 1, archived: true })
    const { body: group } = await admin('POST', '/api/units', { name: '各县市区政府', kind: 'group' })
    for (const unitId of [test.unitIds.own, group.id]) {
      expect(
        (await admin('POST', '/api/users', { username: 'zhang', displayName: '张', role: 'reporter', unitId })).body
          .errors[0].path,
      ).toBe('unitId')
    }
    expect(
      (await admin('PATCH', `/api/units/${test.unitIds.own}`, { version: 2, archived: false })).body.archivedAt,
    ).toBeNull()
  })

  it('is not overwritten by a second editor', async () => {
    const url = `/api/units/${test.unitIds.own}`
    await admin('PATCH', url, { version: 1, shortName: '甲' + '方' })
    expect((await admin('PATCH', url, { version: 1, shortName: '丙方' })).body).toMatchObject({
      code: 'version-conflict',
      current: { shortName: '甲方' },
    })
  })

  it.each([
    ['市教育局（市委教育工委）', '市 教育局(市委教育工委)'],
    ['市“放管服”办', '市放管服办'],
    ['市ＡＢＣ中心', '市abc中心'],
  ])('%s and %s are one name', (a, b) => expect(unitKey(a)).toBe(unitKey(b)))
})

describe('settings', () => {
  it('have defaults, a version and a trail', async () => {
    const { body: before } = await admin('GET', '/api/settings')
    expect(before.lights).toEqual({
      value: { behindPoints: 10, dueSoonDays: 30, reportGraceDays: 10 },
      version: 0,
      updatedAt: null,
    })
    const value = { ...before.lights.value, behindPoints: 0 }
    const { body: after } = await admin('PUT', '/api/settings', { lights: { value, version: 0 } })
    expect(after.lights).toEqual({ value, version: 1, updatedAt: test.clock.now.toISOString() })
    expect((await admin('PUT', '/api/settings', { lights: { value, version: 0 } })).body).toMatchObject({
      code: 'version-conflict',
      current: { lights: { version: 1 } },
    })
    expect(test.db.select().from(auditLog).where(eq(auditLog.action, 'setting.change')).all()).toHaveLength(1)
  })

  it.each([
    [
      'a text for a number',
      { lights: { version: 0, value: { behindPoints: '10', dueSoonDays: 30, reportGraceDays: 10 } } },
    ],
    [
      'null for a number',
      { lights: { version: 0, value: { behindPoints: null, dueSoonDays: 30, reportGraceDays: 10 } } },
    ],
    ['out of range', { session: { version: 0, value: { idleMinutes: 1, absoluteHours: 12 } } }],
    ['a missing field', { session: { version: 0, value: { idleMinutes: 30 } } }],
    ['an unknown setting', { colour: { version: 0, value: 'red' } }],
    [
      'a scheme without number',
      { numbering: { version: 0, value: { order: '政督〔{year}〕号', bulletin: '通报〔{year}〕{n}号' } } },
    ],
  ])('refuse %s', async (_what, payload) => {
    expect((await admin('PUT', '/api/settings', payload)).body).toMatchObject({ status: 400, code: 'invalid-input' })
  })

  it('change all together or not at all', async () => {
    const office = { value: { name: '督查室' }, version: 0 }
    const stale = { value: { idleMinutes: 30, absoluteHours: 8 }, version: 7 }
    expect((await admin('PUT', '/api/settings', { office, session: stale })).status).toBe(409)
    expect((await admin('GET', '/api/settings')).body.office.version).toBe(0)
  })
})
