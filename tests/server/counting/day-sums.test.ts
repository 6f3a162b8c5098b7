import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../db/domain/dates.ts'
import { LIGHTS } from '../../../db/domain/lights.ts'
import { isTracked } from '../../../db/domain/tracking.ts'
import { dayOf, LAST_DAY, lightCode, StandingColumns, type StandingInterval } from '../../../server/counting/columns.ts'
import { DayCounts } from '../../../server/counting/day-counts.ts'
import { DaySums, readySumsOf, sumsOn } from '../../../server/counting/day-sums.ts'
import { KEYS, keyOf } from '../../../server/counting/light-keys.ts'
import { Standing } from '../../../server/counting/standing.ts'
import { FIRST, intervals } from './intervals.ts'

const dateOf = (day: number) => addDays('1970-01-01', day)

test('counts of days are those of the stretches that were added and not taken away', () => {
  const stretch = fc.record({ kind: fc.nat(3), from: fc.nat(160), days: fc.integer({ min: 1, max: 90 }) })
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 40 }), fc.nat(9), (stretches, taken) => {
      const days = { first: 20, last: 120 }
      const counts = new DayCounts(days)
      const add = (step: 1 | -1) => (one: (typeof stretches)[number]) =>
        counts.add(one.kind, one.from, one.from + one.days - 1, step)
      stretches.forEach(add(1))
      stretches.slice(0, taken).forEach(add(-1))
      for (let day = days.first; day <= days.last; day++) {
        const found = [0, 0, 0, 0]
        counts.each(day, (kind, n) => (found[kind] = n))
        const isOn = ({ from, days }: (typeof stretches)[number]) => from <= day && day < from + days
        const expected = [0, 0, 0, 0]
        for (const one of stretches.slice(taken)) expected[one.kind]! += Number(isOn(one))
        expect([day, found]).toEqual([day, expected])
        for (const kind of [0, 1, 2, 3]) {
          expect(counts.on(kind, day)).toBe(expected[kind])
          const isIn = counts.stretches(kind).some(({ first, last }) => first <= day && day <= last)
          expect(isIn).toBe(expected[kind]! > 0)
        }
      }
    }),
  )
})

const SETS = [
  [{ role: 'lead', unitId: 1 }],
  [
    { role: 'responsible', unitId: 1 },
    { role: 'responsible', unitId: 2 },
  ],
  [{ role: 'support', unitId: 3 }],
] as const
/** The unit of the second set whose line has a light of its own in the last one. */
const OWN = { unitId: 2, code: lightCode('done'), late: true, hasValue: false }
const MAIN = [[1], [1, 2], [], [1, 2]]

const TODAY = FIRST + 60

/** Counts by kind, without those that there are none of. */
const counted = (kinds: readonly number[]) => {
  const counts: Record<number, number> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

test('sums of days are what is counted of all targets, whatever was written before, between and after', () => {
  let [reds, documents] = [0, 0]
  const write = fc.tuple(fc.integer({ min: 1, max: 40 }), intervals, fc.nat(3))
  fc.assert(
    fc.property(fc.array(write, { minLength: 10, maxLength: 60 }), fc.nat(60), fc.nat(60), (writes, early, late) => {
      const columns = new StandingColumns()
      for (const set of SETS) columns.unitSets.numberOf(set)
      columns.unitSets.withLights(1, [OWN])
      const sums = new DaySums(columns, TODAY)
      const known = new Map<number, { list: StandingInterval[]; documentId: number }>()
      writes.forEach(([id, list, documentId], i) => {
        if (i === early) columns.lasting.add(sums)
        if (i >= early && i < early + late) sums.addNext(3, 1)
        columns.replace({ id, documentId: 1 + documentId, start: id }, list)
        known.set(id, { list, documentId })
      })
      columns.lasting.add(sums)
      while (sums.addNext(7, 1));
      expect(sums.covers(TODAY)).toBe(true)
      for (let day = FIRST - 2; day < FIRST + 90; day += 5) {
        const found = [...known].flatMap(([id, { list, documentId }]) => {
          const now = list.find(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
          return now === undefined ? [] : [{ id, documentId, ...now }]
        })
        const told = (counts: DayCounts) => {
          const all: Record<number, number> = {}
          counts.each(day, (kind, n) => (all[kind] = n))
          return all
        }
        expect(told(sums.codes)).toEqual(counted(found.map(({ id }) => columns.codeAt(columns.rowAt(id, day)))))
        const lit = found.filter(({ state, light }) => isTracked(state) && light !== null)
        const key = ({ light, late }: StandingInterval) => keyOf(LIGHTS.indexOf(light!) + 1, late)
        expect(told(sums.deadlines)).toEqual(
          counted(lit.map((one) => columns.deadlineNumber(one.deadline) * KEYS + key(one))),
        )
        expect(told(sums.units)).toEqual(
          counted(
            lit.flatMap((one) =>
              MAIN[one.units]!.map(
                (unitId) =>
                  unitId * KEYS + (one.units === 3 && unitId === OWN.unitId ? keyOf(OWN.code, OWN.late) : key(one)),
              ),
            ),
          ),
        )
        expect(sums.unresolved.on(0, day)).toBe(lit.filter(({ units }) => units === 2).length)
        const ofLit = new Set(lit.map(({ documentId }) => documentId))
        expect(sums.documents.on(day)).toBe(ofLit.size)
        documents += ofLit.size
        // what has become red though its deadline had passed before is told of
        for (const before of [day - 3, day - 20]) {
          const lights = new Map(
            [...known].map(([id, { list }]) => [
              id,
              list.find(({ fromDay, toDay }) => fromDay <= before && before <= toDay)?.light ?? null,
            ]),
          )
          const turned = lit.filter(
            ({ id, light, deadline }) =>
              light === 'overdue' && lights.get(id) !== 'overdue' && (deadline === null || dayOf(deadline) < before),
          )
          if (before < FIRST - 20) continue
          const told = new Set(sums.redLate(before, day))
          expect(turned.map(({ id }) => id).filter((id) => !told.has(id))).toEqual([])
          reds += turned.length
        }
      }
    }),
  )
  expect([reds > 5, documents > 1000]).toEqual([true, true])
})

test('sums are made anew before the days ahead of them are over', () => {
  const sums = new DaySums(new StandingColumns(), TODAY)
  while (sums.addNext(1, 1));
  expect([sums.lastsBeyond(TODAY + 60), sums.lastsBeyond(TODAY + 110)]).toEqual([true, false])
  expect([sums.covers(TODAY - 1000), sums.covers(dayOf(addDays('2026-01-01', -2000)))]).toEqual([true, false])
})

test.each([
  [20, 1000],
  [9_000, 500],
  [60_000, null],
])('with %i deadlines sums go %s days back at least, as far as there is room', (deadlines, back) => {
  const columns = new StandingColumns()
  const units = columns.unitSets.numberOf([{ role: 'lead', unitId: 1 }])
  for (let id = 1; id <= deadlines; id++)
    columns.replace({ id, documentId: 1, start: id }, [
      {
        ...{ fromDay: TODAY - 400, toDay: LAST_DAY, state: 'in_progress', kind: 'quantity', units },
        ...{ deadline: dateOf(FIRST + id), light: 'normal' },
        ...{ missingBaseline: false, late: false, hasValue: true },
      },
    ])
  const today = new Standing(dateOf(TODAY), columns)
  while (readySumsOf(today));
  const sums = sumsOn(new Standing(dateOf(TODAY - 1), columns))
  expect(sums?.covers(TODAY - (back ?? 0)) ?? null).toBe(back === null ? null : true)
  expect(columns.lasting.size).toBe(back === null ? 0 : 1)
  if (sums === null) return
  expect(sums.isTooLarge).toBe(false)
  expect([sums.codes.on(columns.codeAt(0), TODAY - 300), sums.codes.on(columns.codeAt(0), TODAY - 450)]).toEqual([
    deadlines,
    0,
  ])
})
