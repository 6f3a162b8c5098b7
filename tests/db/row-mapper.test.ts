import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import * as utils from 'drizzle-orm/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { settings, units, users } from '../../db/schema/index.ts'
import { rowMapper } from '../../db/row-mapper.ts'

const AT = '2026-01-01T00:00:00.000Z'
const person = {
  displayName: '甲',
  role: 'reporter' as const,
  passwordHash: '',
  createdAt: AT,
  mustChangePassword: true,
}

describe('rows of a selection', () => {
  let db: OpenDb
  beforeAll(() => {
    db = openDatabase(':memory:')
    for (const name of ['甲局', '乙局']) db.insert(units).values({ name, createdAt: AT }).run()
    db.insert(users)
      .values([
        { ...person, username: 'a', unitId: 1 },
        { ...person, username: 'b', unitId: null },
      ])
      .run()
    db.insert(settings)
      .values({ key: 'office', value: { name: '督查室' }, version: 1, updatedAt: AT })
      .run()
  })
  afterAll(() => db.$client.close())

  /** Not among what drizzle's types tell of. */
  const { mapResultRow } = utils as unknown as {
    mapResultRow: (fields: unknown, row: unknown[], notNullable: unknown) => Record<string, unknown>
  }

  /** What drizzle itself makes of the rows, and what is made of them here. */
  function both(query: { prepare: () => unknown }) {
    const own = query.prepare() as {
      fields: Parameters<typeof rowMapper>[0]
      joinsNotNullableMap: Record<string, boolean>
      values: () => unknown[][]
      all: () => unknown[]
    }
    const theirs = own.values().map((row) => mapResultRow(own.fields, row, own.joinsNotNullableMap))
    return { theirs, ours: own.all(), mapper: rowMapper(own.fields, own.joinsNotNullableMap) }
  }
  const parent = () => alias(units, 'parent')

  it.each([
    ['all columns of a table, yes and no among them', () => db.select().from(users)],
    ['JSON', () => db.select().from(settings)],
    [
      'some columns and an expression',
      () => db.select({ id: units.id, n: sql<number>`length(${units.name})` }).from(units),
    ],
    ['a join that finds nothing', () => db.select().from(users).leftJoin(units, eq(units.id, users.unitId))],
    [
      'a group of columns of a join that finds nothing',
      () =>
        db
          .select({ who: users.username, unit: { id: units.id, name: units.name } })
          .from(users)
          .leftJoin(units, eq(units.id, users.unitId)),
    ],
    [
      'a group of columns of two tables',
      () =>
        db
          .select({ both: { unit: units.id, person: users.id } })
          .from(users)
          .leftJoin(units, eq(units.id, users.unitId)),
    ],
    [
      'a table joined to itself',
      () => {
        const of = parent()
        return db.select().from(units).leftJoin(of, eq(of.id, units.parentId))
      },
    ],
  ])('%s: as drizzle makes them', (_name, query) => {
    const { theirs, ours, mapper } = both(query() as never)
    expect(theirs.length).toBeGreaterThan(0)
    expect(mapper).not.toBeNull()
    expect(ours).toEqual(theirs)
    expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs))
  })

  it('leaves a deeper selection to drizzle', () => {
    const { theirs, ours, mapper } = both(db.select({ one: { two: { id: units.id } } as never }).from(units) as never)
    expect(mapper).toBeNull()
    expect(ours).toEqual(theirs)
  })
})
