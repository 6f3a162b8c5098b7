import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../../../db/transaction.ts'
import { lightCache, reports, settings, targets } from '../../../db/schema/index.ts'
import { writeSetting } from '../../../server/settings/store.ts'
import { computeLights, ensureLights, refreshLights } from '../../../server/targets/light-cache.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

const TODAY = '2026-06-30'

describe('the cache of lights', () => {
  let office: Office
  const ids: number[] = []
  beforeAll(async () => {
    office = await buildOffice()
    for (let i = 0; i < 600; i++)
      ids.push(office.addTarget({ state: 'in_progress', deadline: i % 3 === 0 ? '2026-03-31' : '2026-12-31' }, []))
  })
  afterAll(() => office.close())

  const cached = (day: string) =>
    new Map(
      office.db
        .select()
        .from(lightCache)
        .where(eq(lightCache.asOf, day))
        .all()
        .map(({ asOf: _asOf, targetId, ...row }) => [targetId, row]),
    )

  test('is filled for every target, more than one portion of them', async () => {
    await ensureLights(office.db, TODAY, TODAY)
    expect(cached(TODAY)).toEqual(computeLights(office.db, ids, TODAY))
    expect(cached(TODAY).size).toBe(600)
  })

  test('two who ask at once wait for one filling', async () => {
    await Promise.all([ensureLights(office.db, '2026-01-01', TODAY), ensureLights(office.db, '2026-01-01', TODAY)])
    expect(cached('2026-01-01').size).toBe(600)
  })

  test('says on every day what the rule says, after any changes', async () => {
    const change = fc.record({
      index: fc.integer({ min: 0, max: 20 }),
      value: fc.integer({ min: 0, max: 80 }),
      asOf: fc.constantFrom('2025-06-30', '2025-12-31', '2026-03-31', '2026-06-15'),
      op: fc.constantFrom('>=', '<=', '~' as const),
      deadline: fc.constantFrom('2026-03-31', '2026-07-15', '2027-12-31', null),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        for (const { index, value, asOf, op, deadline } of changes) {
          inTransaction(office.db, (tx) => {
            const targetId = ids[index]!
            tx.insert(reports).values({ targetId, value, asOf, status: 'approved', createdAt: asOf }).run()
            tx.update(targets)
              .set({ op: op as '>=', deadline })
              .where(eq(targets.id, targetId))
              .run()
            refreshLights(tx, [targetId])
          })
        }
        for (const day of [TODAY, '2026-01-01']) expect(cached(day)).toEqual(computeLights(office.db, ids, day))
      }),
      { numRuns: 15 },
    )
  })

  test('a correction takes the place of what it corrects', async () => {
    const targetId = office.addTarget({ state: 'in_progress' }, [])
    const wrong = office.db
      .insert(reports)
      .values({ targetId, value: 99, asOf: '2026-05-31', status: 'approved', createdAt: 'x' })
      .returning()
      .get().id
    office.db
      .insert(reports)
      .values({ targetId, value: 52, asOf: '2026-03-31', status: 'approved', correctsId: wrong, createdAt: 'x' })
      .run()
    expect(computeLights(office.db, [targetId], TODAY).get(targetId)).toMatchObject({
      value: 52,
      valueAsOf: '2026-03-31',
      light: 'behind',
    })
  })

  test('statistics and reports that are not approved do not count', () => {
    const targetId = office.addTarget({ state: 'in_progress' }, [])
    for (const status of ['draft', 'submitted', 'returned', 'withdrawn'] as const)
      office.db.insert(reports).values({ targetId, value: 99, asOf: '2026-05-31', status, createdAt: 'x' }).run()
    office.db
      .insert(reports)
      .values({ targetId, value: 99, asOf: '2026-05-31', status: 'approved', source: 'statistics', createdAt: 'x' })
      .run()
    expect(computeLights(office.db, [targetId], TODAY).get(targetId)).toMatchObject({
      light: 'unreported',
      value: null,
    })
  })

  test('new thresholds empty it, and it is filled by them', async () => {
    const value = { behindPoints: 10, dueSoonDays: 365, reportGraceDays: 10 }
    inTransaction(office.db, (tx) => writeSetting(tx, office.actorOf('admin'), 'lights', value, 0))
    expect(cached(TODAY).size).toBe(0)
    await ensureLights(office.db, TODAY, TODAY)
    expect([...cached(TODAY).values()].some(({ light }) => light === 'due_soon')).toBe(true)
    expect(cached(TODAY)).toEqual(computeLights(office.db, [...cached(TODAY).keys()], TODAY))
    office.db.delete(settings).run()
    office.db.delete(lightCache).run()
  })

  test('keeps the twelve days used last', async () => {
    for (let day = 1; day <= 14; day++) await ensureLights(office.db, `2026-05-${String(day).padStart(2, '0')}`, TODAY)
    const days = office.db
      .selectDistinct({ day: lightCache.asOf })
      .from(lightCache)
      .all()
      .map(({ day }) => day)
      .sort()
    expect(days).toEqual(Array.from({ length: 12 }, (_, i) => `2026-05-${String(i + 3).padStart(2, '0')}`))
  })
})
