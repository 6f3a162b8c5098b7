import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLog, users } from '../../../db/schema/index.ts'
import type { SavedView } from '../../../server/views/schemas.ts'
import { buildTestApp, type Person, type TestApp } from '../helper.ts'

let test: TestApp
beforeEach(async () => {
  test = await buildTestApp()
})
afterEach(() => test.close())

const call = (
  person: Person,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: Record<string, unknown>,
) => test.injectAs(person, { method, url, payload })
async function saved(person: Person, fields: Partial<SavedView> = {}): Promise<SavedView> {
  const response = await call(person, 'POST', '/api/views', { name: '逾期', query: 'light=overdue', ...fields })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}
const names = async (person: Person) =>
  ((await call(person, 'GET', '/api/views')).json() as { items: SavedView[] }).items.map(({ name }) => name)

describe('a saved view', () => {
  it('keeps the filters, in one order and without empty ones', async () => {
    const view = await saved('supervisor', {
      name: ' 甲局 逾期 ',
      query: '?unitId=3&light=overdue,behind&q=&sort=-deadline',
    })
    expect(view).toMatchObject({
      name: '甲局 逾期',
      query: 'light=overdue%2Cbehind&sort=-deadline&unitId=3',
      shared: false,
      mine: true,
      owner: 'supervisor',
    })
    expect((await call('supervisor', 'GET', `/api/views/${view.id}`)).json()).toEqual(view)
  })

  it.each(['foo=1', 'light=purple', 'asOf=2026-02-30', 'unitId=x', 'sort=secret', 'cursor=abc'])(
    'refuses %s, which is no filter of the ledger',
    async (query) => {
      const response = await call('supervisor', 'POST', '/api/views', { name: '错', query })
      expect([response.statusCode, response.json().code]).toEqual([400, 'invalid-input'])
      expect(await names('supervisor')).toEqual([])
    },
  )

  it('has a name of its own among the views of one person', async () => {
    const first = await saved('supervisor')
    expect((await call('supervisor', 'POST', '/api/views', { name: '逾期', query: '' })).json().errors).toEqual([
      { path: 'name', message: expect.stringContaining('已有') },
    ])
    await saved('leader')
    const second = await saved('supervisor', { name: '滞后' })
    expect((await call('supervisor', 'PATCH', `/api/views/${second.id}`, { name: '逾期' })).statusCode).toBe(400)
    expect((await call('supervisor', 'PATCH', `/api/views/${first.id}`, { name: '逾期' })).statusCode).toBe(200)
    expect((await call('supervisor', 'POST', '/api/views', { name: '  ', query: '' })).statusCode).toBe(400)
  })

  it('is seen by others only once it is shared', async () => {
    const { id } = await saved('supervisor')
    expect(await names('leader')).toEqual([])
    expect((await call('leader', 'GET', `/api/views/${id}`)).statusCode).toBe(404)
    expect((await call('leader', 'PATCH', `/api/views/${id}`, { name: 'x' })).statusCode).toBe(404)
    expect((await call('supervisor', 'PATCH', `/api/views/${id}`, { shared: true })).json()).toMatchObject({
      shared: true,
      name: '逾期',
      query: 'light=overdue',
    })
    for (const person of ['leader', 'reporter', 'otherReporter', 'admin'] as const)
      expect(await names(person)).toEqual(['逾期'])
    expect((await call('leader', 'GET', `/api/views/${id}`)).json()).toMatchObject({ mine: false, owner: 'supervisor' })
    expect((await call('leader', 'PATCH', `/api/views/${id}`, { name: 'x' })).statusCode).toBe(403)
    expect((await call('leader', 'DELETE', `/api/views/${id}`)).statusCode).toBe(403)
  })

  it('of a department is shared with its own people and the offices, not with other departments', async () => {
    const { id } = await saved('reporter', { shared: true })
    expect(await names('otherReporter')).toEqual([])
    expect((await call('otherReporter', 'GET', `/api/views/${id}`)).statusCode).toBe(404)
    expect(await names('supervisor')).toEqual(['逾期'])
    test.db.update(users).set({ unitId: test.unitIds.own }).where(eq(users.id, test.userIds.otherReporter)).run()
    expect(await names('otherReporter')).toEqual(['逾期'])
  })

  it("stands after the own ones when it is somebody else's", async () => {
    await saved('leader', { name: 'A', shared: true })
    await saved('supervisor', { name: 'B' })
    expect(await names('supervisor')).toEqual(['B', 'A'])
  })

  it('is deleted by its owner or an administrator, and all of it is in the trail', async () => {
    const own = await saved('supervisor')
    await call('supervisor', 'PATCH', `/api/views/${own.id}`, { name: '红灯' })
    expect((await call('supervisor', 'DELETE', `/api/views/${own.id}`)).statusCode).toBe(204)
    expect((await call('supervisor', 'GET', `/api/views/${own.id}`)).statusCode).toBe(404)
    const shared = await saved('leader', { shared: true })
    expect((await call('admin', 'DELETE', `/api/views/${shared.id}`)).statusCode).toBe(204)
    const trail = test.db
      .select()
      .from(auditLog)
      .all()
      .filter(({ entity }) => entity === 'view')
    expect(trail.map(({ action }) => action)).toEqual([
      'view.create',
      'view.change',
      'view.delete',
      'view.create',
      'view.delete',
    ])
    expect(trail[1]).toMatchObject({ before: { name: '逾期' }, after: { name: '红灯' } })
  })

  it('is one of a hundred at most', async () => {
    for (let i = 0; i < 100; i++) await saved('supervisor', { name: `视图${i}` })
    expect(
      (await call('supervisor', 'POST', '/api/views', { name: '再一个', query: '' })).json().errors[0].message,
    ).toContain('最多保存 100 个')
  })
})
