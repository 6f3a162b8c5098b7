import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, type OpenDb, openDatabase, SQLITE_AT_LEAST, sqliteVersion } from '../../db/open.ts'
import { counters } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'

describe('an open database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-open-'))
  let db: OpenDb
  beforeAll(() => {
    db = openDatabase(join(folder, 'a/b/test.sqlite'))
  })
  afterAll(() => {
    db.$client.close()
    rmSync(folder, { recursive: true })
  })
  const pragma = (name: string) => db.$client.pragma(name, { simple: true })
  const add = (name: string) => ({ name, year: 2026, last: 1 })
  const names = () =>
    db
      .select({ name: counters.name })
      .from(counters)
      .all()
      .map(({ name }) => name)

  it('writes durably and checks references', () => {
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('synchronous')).toBe(2) // FULL
    expect(pragma('foreign_keys')).toBe(1)
    expect(pragma('busy_timeout')).toBeGreaterThanOrEqual(5000)
  })

  it('runs on a SQLite without the WAL-reset bug', () => {
    expect(sqliteVersion(db.$client).localeCompare(SQLITE_AT_LEAST, 'en', { numeric: true })).toBeGreaterThanOrEqual(0)
  })

  it('rolls a failed step back', () => {
    expect(() =>
      inTransaction(db, (tx) => {
        tx.insert(counters).values(add('failed')).run()
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(names()).not.toContain('failed')
  })

  it('refuses a step with a promise and rolls it back', () => {
    const insert = (tx: Db) => tx.insert(counters).values(add('promised')).run()
    // eslint-disable-next-line no-restricted-syntax -- this is what must be refused
    const step = () => inTransaction(db, async (tx) => insert(tx))
    expect(step).toThrow(/synchronous/)
    expect(names()).not.toContain('promised')
  })

  it('makes a step inside a step a part of it', () => {
    expect(() =>
      inTransaction(db, (tx) => {
        inTransaction(tx, (inner) => {
          inner.insert(counters).values(add('inner')).run()
        })
        throw new Error('outer fails')
      }),
    ).toThrow('outer fails')
    inTransaction(db, (tx) => {
      tx.insert(counters).values(add('outer')).run()
      expect(() =>
        inTransaction(tx, (inner) => {
          inner.insert(counters).values(add('lost')).run()
          throw new Error('inner fails')
        }),
      ).toThrow('inner fails')
    })
    expect(names()).toEqual(['outer'])
  })

  it('holds the write lock from the start of a step', () => {
    const other = openDatabase(join(folder, 'a/b/test.sqlite'))
    other.$client.pragma('busy_timeout = 0')
    inTransaction(db, () => {
      expect(() => inTransaction(other, () => {})).toThrow(/locked/)
    })
    other.$client.close()
  })

  it('opened for reading only does not write', () => {
    const reader = openDatabase(join(folder, 'a/b/test.sqlite'), { readonly: true })
    expect(() => reader.insert(counters).values(add('reader')).run()).toThrow(/readonly/)
    reader.$client.close()
  })
})
