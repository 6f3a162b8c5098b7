import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../db/domain/dates.ts'
import { LIGHTS } from '../../../db/domain/lights.ts'
import { STATES } from '../../../db/domain/states.ts'
import { KINDS } from '../../../db/domain/target-terms.ts'
import {
  HAS_VALUE,
  LAST_DAY,
  LATE,
  lightCode,
  lightOfCode,
  MISSING_BASELINE,
  partsOfCode,
  StandingColumns,
  type StandingInterval,
  UNKNOWN,
} from '../../../server/counting/columns.ts'
import { intervalsOf } from '../../../server/counting/intervals.ts'
import { ownLightCode, roleBits, UnitSets } from '../../../server/counting/unit-sets.ts'
import { FIRST, intervals } from './intervals.ts'

const dateOf = (day: number) => addDays('1970-01-01', day)

/** What the columns say of a target on a day. */
function told(columns: StandingColumns, id: number, day: number): Omit<StandingInterval, 'fromDay' | 'toDay'> | null {
  const { rowOf, codes, sets } = columns.on(day)
  const [row, code] = [rowOf[id] ?? -1, codes[id] ?? UNKNOWN]
  expect(code === UNKNOWN).toBe(row < 0)
  if (row < 0) return null
  expect(sets[id]).toBe(columns.units[row])
  const flags = columns.flags[row]!
  const parts = { state: columns.state[row], kind: columns.kind[row], light: columns.light[row], flags }
  expect(partsOfCode(code)).toMatchObject(parts)
  return {
    state: STATES[columns.state[row]!]!,
    kind: KINDS[columns.kind[row]!]!,
    deadline: columns.deadlines[columns.deadline[row]!]!,
    units: columns.units[row]!,
    missingBaseline: (flags & MISSING_BASELINE) !== 0,
    light: lightOfCode(columns.light[row]!),
    late: (flags & LATE) !== 0,
    hasValue: (flags & HAS_VALUE) !== 0,
  }
}

describe('columns of what targets were', () => {
  test('say on every day what was written last, whatever was asked between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), intervals, fc.nat(60)), { maxLength: 60 }),
        (writes) => {
          const columns = new StandingColumns()
          const kept = new Map<number, StandingInterval[]>()
          for (const [id, list, ask] of writes) {
            columns.replace({ id, documentId: id * 2, start: id * 3 }, list)
            kept.set(id, list)
            const atHand = columns.on(FIRST + ask) // a day that is kept at hand from now on
            if (ask % 2 === 0) void atHand.sets // and of some the sets of units
          }
          for (const [id, list] of kept) {
            expect([columns.documentId[id], columns.start[id]]).toEqual([id * 2, id * 3])
            for (let day = FIRST - 1; day < FIRST + 70; day += 3) {
              const now = list.find(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
              const { fromDay: _from, toDay: _to, ...want } = now ?? { fromDay: 0, toDay: 0 }
              expect(told(columns, id, day)).toEqual(now ? want : null)
            }
          }
        },
      ),
    )
  })

  test('win back the place of what was replaced', () => {
    const columns = new StandingColumns()
    const one = (n: number): StandingInterval[] =>
      Array.from({ length: 1 + (n % 5) }, (_, i) => ({
        fromDay: FIRST + i,
        toDay: i === n % 5 ? LAST_DAY : FIRST + i,
        state: STATES[(n + i) % STATES.length]!,
        kind: 'quantity',
        deadline: null,
        units: n,
        missingBaseline: false,
        light: null,
        late: false,
        hasValue: false,
      }))
    for (let n = 0; n < 20_000; n++) columns.replace({ id: 1 + (n % 500), documentId: 1, start: 0 }, one(n))
    for (let id = 1; id <= 500; id++) {
      const n = 19_500 + id - 1
      const list = one(n)
      expect(told(columns, id, FIRST + 10)).toMatchObject({ units: n, state: list.at(-1)!.state })
    }
  })
})

describe('intervals of versions and spans', () => {
  const version = (from: string, until: string | null, state: string) =>
    [1, from, until, state, 'quantity', '2026-12-31', 60, 'level', null, '[]'] as const
  const shown = (versions: ReturnType<typeof version>[], spans: Parameters<typeof intervalsOf>[1]) =>
    intervalsOf(versions as unknown as Parameters<typeof intervalsOf>[0], spans, [], new UnitSets()).map(
      ({ fromDay, toDay, state, light }) => [dateOf(fromDay), toDay === LAST_DAY ? null : dateOf(toDay), state, light],
    )

  test('a version counts on the days at whose end in Shanghai it held', () => {
    expect(
      shown(
        [
          version('2026-03-01T15:59:59.999Z', '2026-03-02T16:00:00.000Z', 'extracted'),
          version('2026-03-02T16:00:00.000Z', '2026-03-03T01:00:00.000Z', 'confirmed'),
          version('2026-03-03T01:00:00.000Z', null, 'assigned'),
        ],
        [
          [1, '2026-03-03', '2026-03-09', 'unreported', 0, null],
          [1, '2026-03-10', '9999-12-31', 'behind', 0, null],
        ],
      ),
    ).toEqual([
      ['2026-03-01', '2026-03-02', 'extracted', null],
      ['2026-03-03', '2026-03-09', 'assigned', 'unreported'],
      ['2026-03-10', null, 'assigned', 'behind'],
    ])
  })
})

test('a code of a row has room for every state, kind and light', () => {
  const { state, kind, light } = partsOfCode(UNKNOWN - 1)
  expect(STATES.length - 1).toBeLessThanOrEqual(state)
  expect(KINDS.length - 1).toBeLessThanOrEqual(kind)
  expect(Math.max(...LIGHTS.map(lightCode))).toBeLessThanOrEqual(light)
})

describe('sets of units', () => {
  const sets = new UnitSets()
  const number = sets.numberOf([
    { role: 'responsible', unitId: 2 },
    { role: 'responsible', unitId: 3 },
    { role: 'support', unitId: 4 },
  ])
  const led = sets.numberOf([
    { role: 'lead', unitId: null },
    { role: 'responsible', unitId: 2 },
  ])
  test('the same units are one set', () => {
    expect(
      sets.numberOfJson(
        '[{"role":"responsible","unitId":2,"name":"甲"},{"role":"responsible","unitId":3},{"role":"support","unitId":4}]',
      ),
    ).toBe(number)
  })
  test('tell where a unit has a part, in sets that came later too', () => {
    const more = new UnitSets()
    const of = (...unitIds: number[]) => [...more.parts(new Set(unitIds)).subarray(0, more.list.length)]
    const [leads, supports] = [roleBits(['lead', 'main']), roleBits(['support'])]
    more.numberOf([{ role: 'lead', unitId: 1 }])
    expect(of(2)).toEqual([0])
    more.numberOf([{ role: 'support', unitId: 2 }])
    expect(of(2)).toEqual([0, supports])
    expect(of(1)).toEqual([leads, 0])
    more.numberOf([
      { role: 'lead', unitId: 1 },
      { role: 'support', unitId: 2 },
    ])
    expect(of(1, 2)).toEqual([leads, supports, leads | supports])
  })
  test('tell the light of the own line of a unit, in sets that came later too', () => {
    const more = new UnitSets()
    const set = more.numberOf([{ role: 'lead', unitId: 1 }])
    expect(more.lightsOf(1)[set]).toBe(0)
    const own = { unitId: 1, code: 3, late: true, hasValue: false }
    const lit = more.withLights(set, [own])
    expect(more.lightsOf(1)[lit]).toBe(ownLightCode(own))
    expect(more.lightsOf(1)[set]).toBe(0)
    expect(more.lightsOf(2)[lit]).toBe(0)
  })
  test('who leads answers, and who is responsible where nobody leads', () => {
    expect(sets.list[number]).toMatchObject({ main: [2, 3], all: [2, 3, 4] })
    expect(sets.list[led]).toMatchObject({ main: [], all: [2] })
    expect([sets.unresolved[number], sets.unresolved[led]]).toEqual([0, 0])
    const main = roleBits(['main'])
    const has = (set: number, unitIds: number[] | null, bits: number) =>
      (sets.parts(unitIds && new Set(unitIds))[set]! & bits) !== 0
    expect(has(number, [2], main)).toBe(true)
    expect(has(number, [4], main)).toBe(false)
    expect(has(led, [2], main)).toBe(false)
    expect(has(led, null, roleBits(['lead']))).toBe(true)
    expect(has(led, null, roleBits(['support']))).toBe(false)
  })
})
