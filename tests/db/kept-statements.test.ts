import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { units } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'

describe('kept statements', () => {
  let db: OpenDb
  beforeEach(() => {
    db = openDatabase(':memory:')
    for (const name of ['甲局', '乙局']) db.insert(units).values({ name, createdAt: '2026-01-01T00:00:00.000Z' }).run()
  })
  afterEach(() => {
    db.$client.close()
    vi.restoreAllMocks()
  })
  const nameOf = (id: number) => db.select({ name: units.name }).from(units).where(eq(units.id, id)).get()?.name

  it('prepares a text once, whatever is filled in, inside a transaction too', () => {
    nameOf(1)
    const prepare = vi.spyOn(db.$client, 'prepare')
    expect([nameOf(2), nameOf(1), nameOf(3)]).toEqual(['乙局', '甲局', undefined])
    expect(inTransaction(db, (tx) => tx.select({ name: units.name }).from(units).where(eq(units.id, 2)).get())).toEqual(
      {
        name: '乙局',
      },
    )
    expect(prepare.mock.calls.filter(([text]) => text.includes('units'))).toEqual([])
  })

  it('gives rows as objects and as arrays in turn', () => {
    const text = sql`SELECT id, name FROM units ORDER BY id`
    for (let i = 0; i < 2; i++) {
      expect(db.all(text)[0]).toEqual({ id: 1, name: '甲局' })
      expect(db.values(text)[0]).toEqual([1, '甲局'])
      expect(db.get(text)).toEqual({ id: 1, name: '甲局' })
    }
  })

  it('gives one row as the list of rows does, also where a joined table has none', () => {
    const other = alias(units, 'other')
    const query = db
      .select({ id: units.id, mine: { name: units.name }, other: { name: other.name } })
      .from(units)
      .leftJoin(other, eq(other.id, units.parentId))
      .where(eq(units.id, sql.placeholder('id')))
      .prepare()
    expect(query.get({ id: 2 })).toEqual({ id: 2, mine: { name: '乙局' }, other: null })
    expect(query.get({ id: 2 })).toEqual(query.all({ id: 2 })[0])
    expect(query.get({ id: 3 })).toBeUndefined()
  })

  it('follows a change of the tables', () => {
    expect(db.all(sql`SELECT * FROM units`)[0]).not.toHaveProperty('shade')
    db.$client.exec('ALTER TABLE units ADD COLUMN shade text')
    expect(db.all(sql`SELECT * FROM units`)[0]).toHaveProperty('shade')
  })

  it('does not disturb a statement of the bare connection with the same text', () => {
    const own = db.$client.prepare('SELECT id, name FROM units ORDER BY id').raw()
    db.all(sql`SELECT id, name FROM units ORDER BY id`)
    expect(own.all()[0]).toEqual([1, '甲局'])
  })
})
