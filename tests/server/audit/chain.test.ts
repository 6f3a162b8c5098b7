import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDb, openDatabase } from '../../../db/open.ts'
import { auditLog } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { systemStamp } from '../../../server/actor.ts'
import { appendAudit } from '../../../server/audit/append.ts'
import { verifyAudit } from '../../../server/audit/verify.ts'

const stamp = systemStamp('测试', new Date('2026-01-01T00:00:00Z'))

describe('the audit log', () => {
  let db: OpenDb
  beforeEach(() => {
    db = openDatabase(':memory:')
    for (let i = 1; i <= 5; i++)
      inTransaction(db, (tx) => appendAudit(tx, stamp, 'target.assign', 'target', i, null, { unit: '甲局', value: 0 }))
  })
  afterEach(() => db.$client.close())

  /** Does what a person with the file and a tool could do: takes the triggers away, edits, puts them back. */
  function forge(sql: string) {
    const triggers = db.$client
      .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'`)
      .all() as { name: string; sql: string }[]
    for (const { name } of triggers) db.$client.exec(`DROP TRIGGER ${name}`)
    db.$client.exec(sql)
    for (const trigger of triggers) db.$client.exec(trigger.sql)
  }
  const faults = async () => (await verifyAudit(db.$client)).faults.map(({ id, message }) => `${id} ${message}`)

  it('verifies as it was written', async () => {
    expect(await verifyAudit(db.$client)).toMatchObject({ records: 5, faults: [], head: { id: 5 } })
  })

  it('verifies when empty', async () => {
    const empty = openDatabase(':memory:')
    expect(await verifyAudit(empty.$client)).toEqual({ records: 0, head: null, faults: [] })
    empty.$client.close()
  })

  it.each([
    ['UPDATE', `UPDATE audit_log SET user_name = 'x' WHERE id = 2`],
    ['DELETE', 'DELETE FROM audit_log WHERE id = 5'],
    [
      'REPLACE',
      `INSERT OR REPLACE INTO audit_log (id, at, action, entity, prev_hash, hash) VALUES (2, 'x', 'x', 'x', 'x', 'x')`,
    ],
    [
      'an upsert',
      `INSERT INTO audit_log (id, at, action, entity, prev_hash, hash) VALUES (2, 'x', 'x', 'x', 'x', 'x') ON CONFLICT DO UPDATE SET at = 'x'`,
    ],
  ])('refuses %s', async (_what, sql) => {
    expect(() => db.$client.exec(sql)).toThrow(/append-only/)
    expect(await faults()).toEqual([])
  })

  it.each([
    ['user_id', '7'],
    ['user_name', `'某人'`],
    ['at', `'2020-01-01T00:00:00.000Z'`],
    ['ip', `'10.0.0.1'`],
    ['action', `'target.drop'`],
    ['entity', `'report'`],
    ['entity_id', `'9'`],
    ['before', `'{}'`],
    ['after', `'{"unit":"乙局","value":0}'`],
    ['after', 'NULL'],
  ])('tells that %s was changed', async (column, value) => {
    forge(`UPDATE audit_log SET "${column}" = ${value} WHERE id = 3`)
    expect(await faults()).toEqual([expect.stringMatching(/^3 was changed/)])
  })

  it('tells a record that was changed together with its hash', async () => {
    forge(`UPDATE audit_log SET user_name = '某人', hash = '${'a'.repeat(64)}' WHERE id = 3`)
    expect(await faults()).toEqual([
      expect.stringMatching(/^3 was changed/),
      expect.stringMatching(/^4 does not follow/),
    ])
  })

  it('tells a record taken from the middle, the beginning, the end', async () => {
    forge('DELETE FROM audit_log WHERE id = 3')
    expect((await faults()).join()).toMatch(/4 does not follow.*numbers 3 to 3 are missing/)
    forge('DELETE FROM audit_log WHERE id = 1')
    expect((await faults()).join()).toMatch(/numbers 1 to 1 are missing/)
    forge('DELETE FROM audit_log WHERE id >= 4')
    expect((await faults()).join()).toMatch(/5 the end was cut off: numbers 3 to 5 are missing/)
  })

  it('tells an end cut off with its counter, by a head that was noted elsewhere', async () => {
    const { head } = await verifyAudit(db.$client)
    forge(`DELETE FROM audit_log WHERE id = 5; UPDATE sqlite_sequence SET seq = 4 WHERE name = 'audit_log'`)
    expect(await faults()).toEqual([])
    expect((await verifyAudit(db.$client, [{ ...head!, source: 'backup x' }])).faults).toEqual([
      { id: 5, message: 'is missing, but is noted in backup x' },
    ])
    inTransaction(db, (tx) => appendAudit(tx, stamp, 'target.assign', 'target', 6, null, { unit: '乙局', value: 0 }))
    expect((await verifyAudit(db.$client, [{ ...head!, source: 'backup x' }])).faults[0]!.message).toMatch(
      /not the record noted/,
    )
  })

  it('tells that its guard was taken away', async () => {
    db.$client.exec('DROP TRIGGER audit_log_no_delete')
    expect(await faults()).toEqual([expect.stringMatching(/audit_log_no_delete/)])
  })

  it('stands and falls with the step', async () => {
    expect(() =>
      inTransaction(db, (tx) => {
        appendAudit(tx, stamp, 'target.close', 'target', 1, null, null)
        throw new Error('the step fails')
      }),
    ).toThrow()
    expect(db.select().from(auditLog).all().length).toBe(5)
    inTransaction(db, (tx) =>
      appendAudit(tx, stamp, 'target.close', 'target', 1, { state: 'met' }, { state: 'closed' }),
    )
    expect(await verifyAudit(db.$client)).toMatchObject({ records: 6, faults: [] })
  })
})
