import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SOURCE_KIND_TITLES } from '../../../db/domain/source-kinds.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { appendAudit } from '../../../server/audit/append.ts'
import { buildTestApp, type TestApp } from '../helper.ts'

describe('reading the trail', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await buildTestApp({ now: '2026-06-30T02:00:00Z' })
    const actor = test.actorOf('supervisor')
    inTransaction(test.db, (tx) => {
      for (let i = 1; i <= 5; i++)
        appendAudit(tx, { ...actor, at: `2026-06-2${i}T15:59:59.999Z` }, 'target.assign', 'target', i, null, {
          name: '=1+1',
          text: '有"引号"，和逗号,',
        })
      appendAudit(tx, { ...actor, at: '2026-06-25T16:00:00.000Z' }, 'report.submit', 'report', 1, null, null)
    })
  })
  afterAll(() => test.close())
  const read = async (query: string) =>
    (await test.injectAs('admin', { url: `/api/audit?${query}` })).json() as {
      items: { id: number; entityId: string; action: string }[]
      nextCursor: string | null
      total: number
    }

  it('pages from the newest to the oldest without gaps', async () => {
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof read>> = await read(
        `entity=target,report&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      expect(page.total).toBe(6)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(6)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
  })

  it('filters by thing, step, person and day of Shanghai', async () => {
    expect((await read('entity=target&entityId=3')).items).toHaveLength(1)
    expect((await read('action=target.')).total).toBe(5)
    expect((await read('action=report.submit')).total).toBe(1)
    expect((await read(`entity=target&userId=${test.userIds.leader}`)).total).toBe(0)
    expect((await read('entity=target,report&from=2026-06-26')).items.map(({ action }) => action)).toEqual([
      'report.submit',
    ])
    expect((await read('entity=target,report&to=2026-06-21')).items.map(({ entityId }) => entityId)).toEqual(['1'])
  })

  it('tells what a record is about by its name of today, and nothing of what has none', async () => {
    const { db, unitIds, userIds } = test
    const stamp = { ...test.actorOf('admin'), at: '2026-06-27T02:00:00.000Z' }
    inTransaction(db, (tx) => {
      appendAudit(tx, stamp, 'unit.change', 'unit', unitIds.own, null, null)
      appendAudit(tx, stamp, 'user.change', 'user', userIds.leader, null, null)
      appendAudit(tx, stamp, 'source-kind.change', 'source-kind', 'meeting', null, null)
      appendAudit(tx, stamp, 'bulletin.issue', 'bulletin', 77, null, null)
      appendAudit(tx, stamp, 'setting.change', 'setting', 'lights', null, null)
    })
    const answer = await test.injectAs('admin', { url: '/api/audit?from=2026-06-27&to=2026-06-27' })
    const told = (answer.json().items as { entity: string; entityName: string | null }[]).reverse()
    expect(told.map(({ entity, entityName }) => [entity, entityName])).toEqual([
      ['unit', '甲局'],
      ['user', 'leader'],
      ['source-kind', SOURCE_KIND_TITLES.meeting],
      ['bulletin', null],
      ['setting', null],
    ])
  })

  it('refuses a cursor that is none', async () => {
    const response = await test.injectAs('admin', { url: '/api/audit?cursor=abc' })
    expect(response.json()).toMatchObject({ status: 400, code: 'bad-cursor' })
  })

  it('exports everything as CSV, with formulas made harmless and the export told', async () => {
    const response = await test.injectAs('admin', { url: '/api/audit/export.csv?entity=target' })
    expect(response.headers['content-type']).toMatch('text/csv')
    expect(response.headers['content-disposition']).toBe('attachment; filename="audit-2026-06-30.csv"')
    const lines = response.body.split('\r\n')
    expect(lines[0]!.startsWith('\uFEFF序号,')).toBe(true)
    expect(lines.filter((line) => line.includes('target.assign'))).toHaveLength(5)
    expect(response.body).toContain('"{""name"":""=1+1"",""text"":""有\\""引号\\""，和逗号,""}"')
    expect((await read('action=audit.export')).total).toBe(1)
  })

  it('verifies', async () => {
    expect((await test.injectAs('admin', { url: '/api/audit/verify' })).json()).toMatchObject({ faults: [] })
  })
})
